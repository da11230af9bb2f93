"""The pages of all segments that one commit put in force: their numbers here, and which of them are deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kms.engines.engine import Found
from kms.engines.signature import BINS
from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.codec import SegmentReader


@dataclass(frozen=True)
class Part:
    """A segment among others: the number of its first page, and a mask of the pages that are not deleted."""

    reader: SegmentReader
    first: int
    alive: Array | None


class Pages:
    """Pages numbered from 0 through all segments.

    ``size`` counts all of them, ``count`` those that are ``alive``; ``page`` are their numbers in their documents.
    """

    def __init__(self, segments: Sequence[tuple[SegmentReader, Array | None]]) -> None:
        firsts = np.cumsum([0, *(reader.pages for reader, _ in segments)]).tolist()
        self.parts = [Part(reader, first, alive) for (reader, alive), first in zip(segments, firsts)]
        self.size: int = firsts[-1]
        self.alive = joined(
            (np.ones(part.reader.pages, bool) if part.alive is None else part.alive for part in self.parts), "?"
        )
        self.count = int(self.alive.sum())
        self.page = joined((part.reader.page for part in self.parts), "u4")
        self._firsts = np.array([part.first for part in self.parts])
        self._ordered: Array | None = None

    def found(self, pages: Array, weights: Array) -> tuple[Found, ...]:
        """Hits of these pages, with ``weights`` as their scores."""
        hits: list[Found | None] = [None] * len(pages)
        which, numbers, scores = self._which(pages), self.page.take(pages).tolist(), weights.tolist()
        for number in np.flatnonzero(np.bincount(which)).tolist():
            reader = self.parts[number].reader
            chosen = np.flatnonzero(which == number)
            local = pages.take(chosen) - self.parts[number].first
            rows = reader.signature[local].tobytes()
            for row, (at, name) in enumerate(zip(chosen.tolist(), reader.document.take(local).tolist())):
                signature = rows[row * BINS : (row + 1) * BINS]
                hits[at] = Found(reader.documents[name].decode(), numbers[at], scores[at], signature)
        return tuple(hit for hit in hits if hit)

    def number(self, document: str, page: int) -> int | None:
        """The number of a page here, or None."""
        for part in self.parts:
            which = part.reader.names().get(document)
            if which is not None:
                local = np.flatnonzero((part.reader.document == which) & (part.reader.page == page))
                local = local[self.alive[local + part.first]]
                if len(local):
                    return int(local[0]) + part.first
        return None

    def ranks(self, pages: Array) -> Array:
        """Numbers that order the documents of ``pages`` by id."""
        which = self._which(pages)
        document = np.empty(len(pages), np.int64)
        names: dict[str, int] = {}
        for number in np.flatnonzero(np.bincount(which)).tolist():
            part, chosen = self.parts[number], which == number
            local, inverse = np.unique(part.reader.document[pages[chosen] - part.first], return_inverse=True)
            table = [names.setdefault(part.reader.documents[int(d)].decode(), len(names)) for d in local]
            document[chosen] = np.array(table)[inverse]
        rank = np.empty(len(names), np.int64)
        rank[[names[name] for name in sorted(names)]] = np.arange(len(names))
        return rank[document]

    def order(self) -> Array:
        """For every page its number in the order of documents and pages."""
        if self._ordered is None:
            order = np.lexsort((self.page, self.ranks(np.arange(self.size))))
            ordered = np.empty(self.size, np.int32)
            ordered[order] = np.arange(self.size, dtype=np.int32)
            self._ordered = ordered
        return self._ordered

    def of_alive(self, pages: Array, weights: Array) -> tuple[Array, Array]:
        """``pages`` and ``weights`` without those of deleted pages."""
        if self.count == self.size:
            return pages, weights
        alive = self.alive[pages]
        return pages[alive], weights[alive]

    def _which(self, pages: Array) -> Array:
        """The segment of each page."""
        found: Array = np.searchsorted(self._firsts, pages, side="right") - 1
        return found
