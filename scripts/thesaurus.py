"""Writes what would take long to work out of ``synonyms.tsv`` and its like at each start.

Run it after a change of synonyms.tsv, neighbours.tsv, weights.tsv, of the stems, or of how a word is read: ``python
scripts/thesaurus.py``. With ``--check`` it fails where a table is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from kms.duplicates import terms, weights
from kms.text import synonyms

# Each may need those before it.
TABLES: dict[Path, Callable[[], object]] = {
    Path(synonyms.__file__).with_name("thesaurus.json"): lambda: {
        "words": synonyms.work_out_words(),
        "phrases": (phrases := synonyms.work_out_phrases()),
        "longest": synonyms.work_out_longest(phrases),
    },
    Path(weights.__file__).with_name("weights.json"): weights.work_out_factors,
    Path(terms.__file__).with_name("parts.json"): lambda: ordered(terms.work_out_parts()),
    Path(terms.__file__).with_name("neighbours.json"): lambda: ordered(terms.work_out_neighbours()),
}


def ordered(table: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {word: sorted(names) for word, names in table.items()}


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
