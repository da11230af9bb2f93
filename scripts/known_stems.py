"""Writes kms/text/known_stems.txt: the stems of the common words, so that they need not be worked out each time.

Run it after a change of stems.tsv, frequencies.txt, abbreviations.tsv, either synonyms.tsv or Sastrawi:
``python scripts/known_stems.py``.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kms.query.thesaurus import everyday
from kms.text import segment, stems, stopwords, tokenize
from kms.text.abbreviations import seeds
from kms.text.synonyms import groups

OUT = Path(stems.__file__).with_name("known_stems.txt")


def main() -> None:
    """One line for each stem: the stem, then the words that have it."""
    words: dict[str, list[str]] = defaultdict(list)
    lists = (*groups(), *everyday(), *seeds())
    terms = {token.exact for group in lists for term in group for token in tokenize(term)}
    for word in sorted({*segment.frequencies(), *stopwords.STOP_WORDS, *terms}):
        if stems.needs_work(word):
            words[stems.work_out(word)].append(word)
    lines = [" ".join([stem, *(word for word in group)]) for stem, group in sorted(words.items())]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{OUT}: {sum(map(len, words.values()))} words, {len(lines)} stems")


if __name__ == "__main__":
    main()
