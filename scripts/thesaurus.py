"""Writes what would take long to work out of ``synonyms.tsv`` at each start; ``--check`` fails where it is out of date.

Run it after a change of synonyms.tsv, of the stems, or of how a word is read: ``python scripts/thesaurus.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from kms.duplicates import meaning
from kms.text import synonyms

TABLES = {
    Path(synonyms.__file__).with_name("thesaurus.json"): lambda: {
        "words": synonyms.work_out_words(),
        "phrases": synonyms.work_out_phrases(),
    },
    Path(meaning.__file__).with_name("parts.json"): lambda: {
        word: sorted(names) for word, names in meaning.work_out_parts().items()
    },
}


def main() -> None:
    old = []
    for path, work_out in TABLES.items():
        table = msgspec.json.format(msgspec.json.encode(work_out(), order="deterministic"), indent=1) + b"\n"
        if "--check" not in sys.argv:
            path.write_bytes(table)
            print(f"{path}: {len(table)} bytes")
        elif not path.exists() or path.read_bytes() != table:
            old.append(path.name)
    if old:
        sys.exit(f"Out of date: {', '.join(old)}; run `python scripts/thesaurus.py`")


if __name__ == "__main__":
    main()
