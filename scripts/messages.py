"""Collect every sentence shown to people from the code and the pages, and compile the Indonesian translations.

``python scripts/messages.py`` adds new sentences to ``kms/locale/id/LC_MESSAGES/kms.po``, drops those no longer used
and writes ``kms.mo`` beside it. With ``--check`` nothing is written; it fails where a sentence has no translation.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "kms" / "locale" / "id" / "LC_MESSAGES" / "kms.po"
SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {"say": None, "_": None, "translate": None}


def collect() -> Catalog:
    """Every sentence in ``kms/`` and ``webui/``, with where it stands."""
    catalogue = Catalog(locale="id", project="kms", charset="utf-8")
    for room in ("kms", "webui"):
        for name, line, sentence, comments, context in extract_from_dir(
            ROOT / room, method_map=SOURCES, keywords=KEYWORDS
        ):
            catalogue.add(sentence, locations=[(f"{room}/{name}", line)], auto_comments=comments, context=context)
    return catalogue


def merge() -> Catalog:
    """The sentences of today with the translations that exist."""
    known = read_po(io.BytesIO(PO.read_bytes()), locale="id") if PO.exists() else Catalog(locale="id")
    found = collect()
    merged = Catalog(locale="id", project="kms", charset="utf-8", fuzzy=False, creation_date=known.creation_date)
    for message in sorted((m for m in found if m.id), key=lambda m: str(m.id)):
        old = known.get(message.id)
        merged.add(
            message.id, string=old.string if old else None, locations=sorted({(f, 0) for f, _ in message.locations})
        )
    return merged


def missing(catalogue: Catalog) -> list[str]:
    """The sentences without a translation, and those whose named places differ from the translation's."""
    import string

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    return [str(m.id) for m in catalogue if m.id and (not m.string or places(str(m.id)) != places(str(m.string)))]


def main() -> None:
    catalogue = merge()
    if "--check" not in sys.argv:
        PO.parent.mkdir(parents=True, exist_ok=True)
        with PO.open("wb") as file:
            write_po(file, catalogue, width=120, omit_header=False, include_lineno=False)
        with PO.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    if untranslated := missing(catalogue):
        sys.exit("Not translated:\n" + "\n".join(f"  {sentence}" for sentence in untranslated))


if __name__ == "__main__":
    main()
