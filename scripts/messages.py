"""Collect every sentence shown to people from code, pages, help and click, and compile the Indonesian translations.

``python scripts/messages.py`` adds new sentences to ``kms/locale/id/LC_MESSAGES/kms.po``, drops those no longer used
and writes ``kms.mo`` beside it. With ``--check`` nothing is written; it fails where a sentence has no translation.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kms.cli import command

ROOT = Path(__file__).parent.parent
PO = ROOT / "kms" / "locale" / "id" / "LC_MESSAGES" / "kms.po"
SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {"say": None, "_": None, "translate": None}
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""The modules of click whose sentences a person may meet."""


def collect() -> Catalog:
    """Every sentence in ``kms/`` and ``webui/``, in the help of the commands and in click, with where it stands."""
    catalogue = Catalog(locale="id", project="kms", charset="utf-8")
    for room in ("kms", "webui"):
        for name, line, sentence, comments, context in extract_from_dir(
            ROOT / room, method_map=SOURCES, keywords=KEYWORDS
        ):
            catalogue.add(sentence, locations=[(f"{room}/{name}", line)], auto_comments=comments, context=context)
    for sentence in helps(command):
        catalogue.add(sentence, locations=[("kms/cli", 0)])
    for module in CLICK:
        path = Path(click.__file__).with_name(f"{module}.py")
        for _, sentence, _, _ in extract_from_file("python", path, {"_": None, "ngettext": (1, 2)}):
            catalogue.add(sentence, locations=[("click", 0)])
    return catalogue


def helps(part: click.Command) -> Iterator[str]:
    """The help of a command, of its options, and of the commands below it."""
    yield cleandoc(part.help or "")
    yield from (param.help for param in part.params if isinstance(param, click.Option) and param.help)
    for below in part.commands.values() if isinstance(part, click.Group) else ():
        yield from helps(below)


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
    return [str(message.id) for message in catalogue if message.id and not whole(message)]


def whole(message: Message) -> bool:
    """Whether each form of a sentence has an Indonesian one with places that the sentence has, too."""
    forms, told = (
        each if isinstance(each, list | tuple) else (each,) for each in (message.id, message.string or ("",))
    )
    if len(forms) == 1:
        return bool(told[0]) and places(forms[0]) == places(told[0])
    return all(told) and all(places(each) <= places("".join(forms)) for each in told)


def places(text: str) -> set[str]:
    """The names of the places in a sentence where values go."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


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
