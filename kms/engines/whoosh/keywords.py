"""Keywords of all pages: which pages have a value, how many have each, and which value of a page comes last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.codec import SegmentReader
from kms.engines.whoosh.pages import Pages


@dataclass(frozen=True)
class Keyword:
    """All uses of a keyword in some segments: page number and number of the value, by page; whether every page has just
    one."""

    readers: list[SegmentReader]
    numbers: dict[str, int]
    pages: Array
    uses: Array
    single: bool

    @cached_property
    def values(self) -> list[str]:
        """The values in the order of their numbers."""
        return list(self.numbers)

    @cached_property
    def by_value(self) -> Array:
        """The numbers of the values, these in alphabetical order."""
        return np.array(sorted(range(len(self.values)), key=self.values.__getitem__), np.intp)


class Keywords:
    """The keywords of some pages, each read when it is first asked for.

    Where the segments are those of ``before`` and some more, only these are read.
    """

    def __init__(self, pages: Pages, before: Keywords | None = None) -> None:
        self._pages = pages
        self._before = dict(before._known) if before else {}
        self._known: dict[str, Keyword] = {}
        self._greatest: dict[str, Array] = {}

    def one_of(self, name: str, values: Sequence[str]) -> Array:
        """A mask of the pages that have one of ``values``."""
        keyword = self._read(name)
        wanted = np.zeros(len(keyword.values), bool)
        wanted[[keyword.numbers[value] for value in values if value in keyword.numbers]] = True
        mask = np.zeros(self._pages.size, bool)
        mask[keyword.pages[wanted[keyword.uses]]] = True
        return mask

    def counted(self, name: str, mask: Array, pages: Array) -> tuple[tuple[str, int], ...]:
        """Each value that ``pages``, which are those of ``mask``, have, with their number; most frequent first, then by
        value."""
        keyword = self._read(name)
        # Where every page has one value, there is nothing to look up.
        used = pages if keyword.single else np.flatnonzero(mask.take(keyword.pages))
        counts = np.bincount(keyword.uses.take(used), minlength=len(keyword.values))[keyword.by_value]
        most = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        values = keyword.values
        return tuple(zip([values[number] for number in keyword.by_value[most].tolist()], counts[most].tolist()))

    def greatest(self, name: str) -> Array:
        """For every page the rank of its greatest value of a keyword, -1 where it has none."""
        if name not in self._greatest:
            keyword = self._read(name)
            rank = np.empty(len(keyword.values), np.int64)
            rank[keyword.by_value] = np.arange(len(keyword.values))
            greatest = np.full(self._pages.size, -1, np.int64)
            np.maximum.at(greatest, keyword.pages, rank[keyword.uses])
            self._greatest[name] = greatest
        return self._greatest[name]

    def _read(self, name: str) -> Keyword:
        if name not in self._known:
            readers = [part.reader for part in self._pages.parts]
            keyword = self._before.pop(name, None)
            if keyword is None or keyword.readers != readers[: len(keyword.readers)]:
                keyword = _NONE
            numbers = dict(keyword.numbers)
            pages, uses = [keyword.pages], [keyword.uses]
            for part in self._pages.parts[len(keyword.readers) :]:
                if name in part.reader.keywords:
                    values, at, which = part.reader.keyword(name)
                    table = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int32)
                    pages.append(at.astype(np.int32) + np.int32(part.first))
                    uses.append(table[which])
            every = joined(pages, "i4")
            single = len(every) == self._pages.size and bool((every == np.arange(self._pages.size)).all())
            self._known[name] = Keyword(readers, numbers, every, joined(uses, "i4"), single)
        return self._known[name]


_NONE = Keyword([], {}, np.empty(0, np.int32), np.empty(0, np.int32), False)
