"""How far a passage reaches around its seeds, in sentences of both texts, and word by word beyond these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.reading import Codes, Weights

Rows = tuple[NDArray[np.int64], NDArray[np.int64]]
Region = tuple[int, int, int, int]
"""Sentences of the draft, first to last, and of the found text; half-open."""


@dataclass(frozen=True, eq=False)
class Side:
    """One text in the local vocabulary: which word each place holds, its weight, and the sentences' bounds."""

    words: NDArray[np.int64]
    weights: Weights
    bounds: NDArray[np.int64]
    rows: Rows

    @cached_property
    def masses(self) -> Weights:
        """The weight of all places of each word together."""
        masses: Weights = np.bincount(self.words, self.weighed, len(self.weights)).astype(float)
        return masses

    @cached_property
    def mass(self) -> float:
        """The weight of all places together."""
        return float(self.masses.sum())

    @cached_property
    def weighed(self) -> Weights:
        """The weight of each place."""
        return np.take(self.weights, self.words)

    @cached_property
    def edges(self) -> list[int]:
        """The bounds, for those that ask for single ones."""
        return [int(bound) for bound in self.bounds]

    @cached_property
    def sentences(self) -> list[float]:
        """The weight of each sentence."""
        return self._by_sentence(self.weighed, 0, len(self.bounds) - 1)

    @cached_property
    def _present(self) -> Weights:
        """0 for each word of the vocabulary; written on and wiped as `_seats` are."""
        return np.zeros(len(self.weights))

    def held(self, begin: int, end: int, there: NDArray[np.int64]) -> list[float]:
        """The weight of the words of each sentence from ``begin`` to ``end`` that are among those ``there``."""
        self._present[there] = self.weights[there]
        held = self._present[self.words[self.edges[begin] : self.edges[end]]]
        self._present[there] = 0.0
        return self._by_sentence(held, begin, end)

    def _by_sentence(self, worth: Weights, begin: int, end: int) -> list[float]:
        sums: list[float] = np.add.reduceat(worth, self.bounds[begin:end] - self.edges[begin]).tolist()
        return sums

    @cached_property
    def _seats(self) -> NDArray[np.int64]:
        """-1 for each word of the vocabulary; written on and wiped by what follows, asked of many short stretches."""
        return np.full(len(self.weights), -1)

    def among(self, words: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of ``words`` are among those ``there``."""
        self._seats[there] = 0
        among = np.greater_equal(self._seats[words], 0)
        self._seats[there] = -1
        return among

    def last(self, words: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of ``words`` do not come again after their place."""
        order = np.arange(len(words))
        self._seats[words] = order
        last: NDArray[np.bool_] = self._seats[words] == order
        self._seats[words] = -1
        return last


def fit(left: Side, right: Side, seeds: Region, reach: int, chance: float, lift: float, thrift: float) -> Region | None:
    """The sentences of both texts that belong together around a cluster of seeds; half-open.

    For the figures see `AlignmentSettings`.
    """
    first, last, found_first, found_last = seeds
    for _ in range(6):
        before = (first, last, found_first, found_last)
        edges = _best_stretch(left, right, (first, last), (found_first, found_last), reach, chance, lift)
        if edges is None:
            return None
        first, last = edges
        edges = _best_stretch(right, left, (found_first, found_last), (first, last), reach, chance, lift)
        if edges is None:
            return None
        found_first, found_last = edges
        if before == (first, last, found_first, found_last):
            break
    found_first, found_last = _trimmed(right, left, (found_first, found_last), (first, last), thrift)
    return first, last, found_first, found_last


def _best_stretch(
    side: Side, other: Side, core: tuple[int, int], against: tuple[int, int], reach: int, chance: float, lift: float
) -> tuple[int, int] | None:
    """The sentences around ``core`` whose words come back in the other text's stretch, as the greatest sum."""
    begin = max(0, core[0] - reach)
    end = min(len(side.edges) - 1, core[1] + reach)
    there = other.words[other.edges[max(0, against[0] - 1)] : other.edges[min(len(other.edges) - 1, against[1] + 1)]]
    held, weights = side.held(begin, end, there), side.sentences[begin:end]
    inside = slice(core[0] - begin, core[1] - begin)
    held_inside, size = sum(held[inside]), sum(weights[inside])
    # The share of the words outside the core that are present: what unrelated text of this kind would reach.
    elsewhere, outside = float(side.masses[there].sum()) - held_inside, side.mass - size
    if elsewhere > chance * outside:  # words that come twice counted once
        elsewhere = float(side.masses[there] @ side.last(there)) - held_inside
    chance = min(max(elsewhere / outside if outside > 1e-9 else 0.0, chance), 0.9)
    share = min(max(held_inside / max(1e-9, size), chance + lift), 0.97)
    gain, loss = log(share / chance), log((1 - chance) / (1 - share))
    expected = loss / (gain + loss)
    best, edges, total, lowest, since = 0.0, None, 0.0, 0.0, begin
    for number, (present, weight) in enumerate(zip(held, weights, strict=True), begin):
        if total < lowest:
            lowest, since = total, number
        total += present - expected * weight
        if total - lowest > best:
            best, edges = total - lowest, (since, number + 1)
    return edges


def _summed(worth: Weights) -> Weights:
    """The sum of ``worth`` up to each place, 0 first."""
    summed = np.zeros(len(worth) + 1)
    np.add.accumulate(worth, out=summed[1:])
    return summed


def _trimmed(
    side: Side, other: Side, span: tuple[int, int], against: tuple[int, int], thrift: float
) -> tuple[int, int]:
    """``span`` without the ends that only repeat words which its rest shares already."""
    begin, end = span
    low = int(side.bounds[begin])
    words, weight = side.words[low : side.bounds[end]], side.weighed[low : side.bounds[end]]
    there = other.words[other.bounds[against[0]] : other.bounds[against[1]]]
    gain, cost = weight * side.among(words, there), thrift * weight
    cuts = side.bounds[begin : end + 1] - low
    stop = int(np.argmax(_summed(gain * side.last(words[::-1])[::-1] - cost)[cuts]))
    if not stop:
        return span
    # What the end that was cut off repeats must not be cut off here, too.
    until = int(cuts[stop])
    start = int(np.argmin(_summed(gain[:until] * side.last(words[:until]) - cost[:until])[cuts[: stop + 1]]))
    return (begin + start, begin + stop) if start < stop else span


def drawn_out(
    words: Codes, others: Codes, span: tuple[int, int], found: tuple[int, int], run: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Spans of words drawn out over what follows or precedes them word for word, at least ``run`` words of it.

    A copied passage often ends in the middle of a sentence. What its own ends repeat, such as the title before a text,
    was cut off on the other side, and stands there all the same.
    """
    size, width = _run(words[span[1] :], others, max(found[0], found[1] - 80), found[1] + 20, run)
    begin, back = _run(
        words[: span[0]][::-1],
        others[::-1],
        max(0, len(others) - found[0] - 20),
        len(others) - max(0, found[0] - 20) + 60,
        run,
    )
    if not begin:
        inside = words[span[0] : span[1]]
        same, until = _run(inside, others, max(0, found[0] - 60), found[0], run)
        found = (min(found[0], until - same), found[1]) if same else found
    return (
        (span[0] - begin, span[1] + size),
        (min(found[0], len(others) - back) if begin else found[0], max(found[1], width) if size else found[1]),
    )


def _run(words: Codes, others: Codes, low: int, high: int, least: int) -> tuple[int, int]:
    """How many of the first ``words`` stand in a row in ``others`` from low..high on, and where they end."""
    if len(words) < least:
        return 0, 0
    best, until = 0, 0
    for place in np.flatnonzero(others[low:high] == words[0]) + low:
        size = min(len(words), len(others) - int(place), 60)
        same = words[:size] == others[place : place + size]
        length = size if same.all() else int(np.argmin(same))
        if length > best:
            best, until = length, int(place) + length
    return (best, until) if best >= least else (0, 0)
