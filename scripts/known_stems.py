"""Writes kms/text/known_stems.json: the stems of the common words, so that they need not be worked out each time.

Run it after a change of stems.tsv, frequencies.txt, abbreviations.tsv, either synonyms.tsv or Sastrawi:
``python scripts/known_stems.py``.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from kms.query.thesaurus import everyday
from kms.text import segment, stems, stopwords, tokenize
from kms.text.abbreviations import seeds
from kms.text.synonyms import groups

OUT = Path(stems.__file__).with_name("known_stems.json")


def main() -> None:
    """Each word with its stem."""
    lists = (*groups(), *everyday(), *seeds())
    terms = {token.exact for group in lists for term in group for token in tokenize(term)}
    words = sorted({*segment.frequencies(), *stopwords.STOP_WORDS, *terms})
    known = {word: stems.work_out(word) for word in words if stems.needs_work(word)}
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=1) + b"\n")
    print(f"{OUT}: {len(known)} words")


if __name__ == "__main__":
    main()
