"""The words of all pages, and on how many pages each stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kms.engines.whoosh.codec import SPLIT
from kms.engines.whoosh.pages import Pages, Part

MANY = 100
"""Stems from which it pays to look them up together."""


class Vocabulary:
    """Counts words and stems."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def words(self, prefix: str) -> list[tuple[str, int]]:
        """See `kms.engines.engine.Engine.vocabulary`."""
        counts: dict[bytes, int] = {}
        unsure: dict[bytes, list[tuple[Part, int]]] = {}
        for part in self._pages.parts:
            terms = part.reader.terms
            numbers = terms.under(prefix.encode())
            keys = terms.all() if len(numbers) == len(terms) else [terms[number] for number in numbers]
            pages = part.reader.pages_of_all(numbers)
            before = b""
            for key, count in zip(keys, pages):
                word = key.partition(SPLIT)[0]
                if part.alive is None and word != before:
                    counts[word] = counts.get(word, 0) + count
                else:  # pages are gone, or one word has several stems: its pages have to be looked at
                    unsure.setdefault(word, [])
                before = word
        if unsure:
            for part in self._pages.parts:
                for number in part.reader.terms.under(prefix.encode()):
                    word = part.reader.terms[number].partition(SPLIT)[0]
                    if word in unsure:
                        unsure[word].append((part, number))
            counts.update((word, self._pages_with(found)) for word, found in unsure.items())
        return [(word.decode(), count) for word, count in sorted(counts.items()) if count]

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        """See `kms.engines.engine.Engine.frequencies`."""
        if len(stems) >= MANY:
            for part in self._pages.parts:
                part.reader.meet(stems)
        return [sum(self._frequency(part, stem) for part in self._pages.parts) for stem in stems]

    def _frequency(self, part: Part, stem: str) -> int:
        if part.alive is None:
            return part.reader.pages_with(stem)
        return int(np.count_nonzero(part.reader.having(stem) & part.alive))

    def _pages_with(self, found: Sequence[tuple[Part, int]]) -> int:
        """How many pages have any of the terms."""
        if len({id(part) for part, _ in found}) == len(found) and all(part.alive is None for part, _ in found):
            return sum(part.reader.pages_of(term) for part, term in found)
        having = np.zeros(self._pages.size, bool)
        for part, term in found:
            having[part.reader.postings(term)[0] + part.first] = True
        return int(np.count_nonzero(having & self._pages.alive))
