"""A word in one segment: the postings of all its forms, one form after another, and the places where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kms.engines.whoosh.arrays import Array, joined


@dataclass(frozen=True)
class Forms:
    """``words`` are the exact forms, ``sizes`` how many postings of each stand in ``pages`` and ``codes``.

    Pages are numbered from 0 in the segment; those of one form are ascending. A code is a posting's weight.
    """

    words: tuple[bytes, ...]
    sizes: Array
    pages: Array
    codes: Array

    @property
    def nbytes(self) -> int:
        return self.pages.nbytes + self.codes.nbytes


@dataclass(frozen=True)
class Places:
    """Where the words of some `Forms` stand: for each posting how many places, and the first of them in ``places``."""

    counts: Array
    first: Array
    places: Array

    @property
    def nbytes(self) -> int:
        return self.counts.nbytes + self.first.nbytes + self.places.nbytes

    def keys(self, forms: Forms, wanted: Array | None) -> Array:
        """Where the words stand on pages of the mask ``wanted``, None for all: page << 32 | place, ascending."""
        if wanted is None:
            keys: Array = np.repeat(forms.pages.astype(np.int64) << 32, self.counts) | self.places
        else:
            keys = self._keys_on(np.flatnonzero(wanted.take(forms.pages)), forms)
        if len(forms.words) > 1:
            keys.sort(kind="stable")
        return keys

    def _keys_on(self, chosen: Array, forms: Forms) -> Array:
        """Where the words stand by the ``chosen`` postings, in their order."""
        counts = self.counts.take(chosen).astype(np.int64)
        ends = np.cumsum(counts)
        # Each chosen page's places lie in a row: count up from where each begins.
        rows = np.repeat(self.first.take(chosen) - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
        keys: Array = np.repeat(forms.pages.take(chosen).astype(np.int64) << 32, counts) | self.places.take(rows)
        return keys


def gather_forms(words: Sequence[bytes], postings: Sequence[tuple[Array, Array]]) -> Forms:
    """Pages and weights of each of ``words`` as one; copied, so that the file of the segment may go."""
    sizes = np.array([len(pages) for pages, _ in postings], np.int64)
    pages, codes = joined((pages for pages, _ in postings), "i4"), joined((codes for _, codes in postings), "u1")
    return Forms(tuple(words), sizes, pages, codes)


def gather_places(found: Sequence[tuple[Array, Array]]) -> Places:
    """Counts and places of each word as one; copied, too."""
    counts = np.concatenate([np.empty(0, np.uint8), *(counts for counts, _ in found)])
    places = np.concatenate([np.empty(0, np.uint8), *(places for _, places in found)])
    first = np.cumsum(counts, dtype=np.int64) - counts
    return Places(counts, first.astype(np.uint32), places)
