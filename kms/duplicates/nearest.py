"""Which of several texts share most words with one: told from an index of their words, before any is aligned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kms.duplicates.reading import Codes, Reading, Weights, distinct


class Nearest:
    """An index over texts; ``weigh`` gives the weight of words."""

    def __init__(self, readings: Sequence[Reading], weigh: Callable[[Codes], Weights]) -> None:
        self._texts = len(readings)
        self._weigh = weigh
        words = [distinct(reading.words) for reading in readings] or [np.zeros(0, np.uint32)]
        posted = np.concatenate(words)
        order = np.argsort(posted, kind="stable")
        self._words = posted[order]
        self._holders = np.repeat(np.arange(len(words)), [len(each) for each in words])[order]

    def to(self, reading: Reading, most: int) -> list[int]:
        """The texts, counted from 0 and in their order, that share the most weight with one: at most ``most``."""
        words = distinct(reading.words)
        low, high = (np.searchsorted(self._words, words, side) for side in ("left", "right"))
        counts = high - low
        ends = np.cumsum(counts)
        where = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts) + np.repeat(low, counts)
        shared = np.bincount(self._holders[where], np.repeat(self._weigh(words), counts), self._texts)
        best = np.argsort(-shared, kind="stable")[:most]
        return sorted(int(each) for each in best if shared[each] > 0)
