"""Passages of one text that come back in another: copied, shuffled, reworded or summarised.

The method is that of the winners of the PAN text alignment task (Sanchez-Perez, Sidorov and Gelbukh, "A Winning
Approach to Text Alignment for Text Reuse Detection at PAN 2014", CLEF 2014): sentences compared as weighted bags of
words give seeds, seeds that lie close together in both texts are joined, weak results are filtered out. The ends of a
passage are found differently: as the stretch of greatest sum when every sentence counts for the share of its words
that come back on the other side, less the share that is expected of unrelated text. That bridges reworded sentences
and follows shuffled ones, where a fixed gap would break.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.reading import Codes, Reading, Weights, distinct

Rows = tuple[NDArray[np.int64], NDArray[np.int64]]
Region = tuple[int, int, int, int]
"""Sentences of the draft, first to last, and of the found text; half-open."""

PAIRS_AT_MOST = 30_000_000
"""Pairs of sentences with a word in common that are looked at; a report of 338 pages beside itself has 11 million."""

PAIRS_AT_ONCE = 1_000_000
"""... and of these at one time, of not more than so many that might have one."""
CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class AlignmentSettings:
    """How alike sentences and passages must be. Shares and similarities lie between 0 and 1.

    ``seed``: cosine at which two sentences are a seed; ``stricter`` ones are tried beside it, since weak seeds may tie
    passages together that do not belong together. ``burst``: how much less a word weighs that a text is full of (with
    1, nothing where a thousand sentences have it). ``gap``: sentences between two seeds of one passage.
    ``reach``: sentences beyond the outermost seeds that may still be joined. ``chance``: share of a sentence's words
    that comes back by chance, at least; ``lift``: how much more comes back inside a passage, at least. ``thrift``:
    share of new words below which the end of a found passage is cut off. ``run``: words in a row, word for word, by
    which a passage is drawn out beyond whole sentences. ``kept``: least containment of a passage, ``mass``: least
    weight of the words it shares (a rare word weighs 1), ``words``: its least length.
    """

    seed: float = 0.25
    stricter: tuple[float, ...] = (0.35, 0.5)
    burst: float = 0.3
    gap: int = 5
    reach: int = 8
    chance: float = 0.14
    lift: float = 0.2
    thrift: float = 0.05
    run: int = 5
    kept: float = 0.25
    mass: float = 4.7
    words: int = 12

    def accepts(self, share: float, mass: float, words: int) -> bool:
        """Whether a passage of these figures is worth showing; the more literal, the shorter it may be."""
        literal = max(0.0, 2 * share - 1)
        return share >= self.kept and words >= self.words and mass >= self.mass * (1 - 0.6 * literal)


@dataclass(frozen=True)
class Alignment:
    """A passage of the draft and the passage it comes from: places in code points, half-open.

    ``similarity`` is the share (0 to 1) of the weight of the draft passage's words that stand in the found passage.
    """

    start: int
    end: int
    found_start: int
    found_end: int
    similarity: float
    mass: float


@dataclass(frozen=True, eq=False)
class _Side:
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


def align(
    draft: Reading,
    found: Reading,
    weigh: Callable[[Codes], Weights],
    settings: AlignmentSettings | None = None,
    tell: Callable[[Codes], Weights] | None = None,
) -> list[Alignment]:
    """Every passage of ``draft`` that comes back in ``found``, in the order of the draft; they do not overlap there.

    ``weigh`` gives the weight of words: 0 for those that say nothing, 1 for the rarest. ``tell``, where given, is what
    the words of a passage weigh when it is decided whether it is worth showing.
    """
    settings = settings or AlignmentSettings()
    if not draft.sentences or not found.sentences:
        return []
    vocabulary, places = np.unique(np.concatenate([draft.words, found.words]), return_inverse=True)
    words, others = places[: len(draft.words)], places[len(draft.words) :]
    rows, other_rows = _rows(words, draft.bounds), _rows(others, found.bounds)
    spread = _spread(rows[1], other_rows[1], len(vocabulary), settings.burst)
    weights = weigh(vocabulary) * spread
    telling = tell(vocabulary) * spread if tell else weights
    left, right = _Side(words, weights, draft.bounds, rows), _Side(others, weights, found.bounds, other_rows)
    seeds, cosines = _seeds(left, right, settings.seed)
    regions: dict[Region, None] = {}
    fits: dict[Region, Region | None] = {}
    for least in (settings.seed, *settings.stricter):
        spans = [_span(each) for each in _clusters(seeds[cosines >= least], settings.gap)]
        fits.update((span, _fit(left, right, span, settings)) for span in spans if span not in fits)
        regions.update(dict.fromkeys(_joined([fit for span in spans if (fit := fits[span])], settings.gap)))
    results = []
    for first, last, found_first, found_last in regions:
        share, mass = _containment(left, right, telling, (first, last), (found_first, found_last))
        size = int(left.bounds[last] - left.bounds[first])
        if settings.accepts(share, mass, size):
            span = (int(left.bounds[first]), int(left.bounds[last]))
            found_span = (int(right.bounds[found_first]), int(right.bounds[found_last]))
            span, found_span = _drawn_out(draft.words, found.words, span, found_span, settings.run)
            results.append(Alignment(*draft.span(*span), *found.span(*found_span), share, mass))
    return without_overlaps(results)


def _rows(words: NDArray[np.int64], bounds: NDArray[np.int64]) -> Rows:
    """Sentence and word of every pair that occurs, each once, ordered by sentence."""
    sentence = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    size = int(words.max(initial=0)) + 1
    pairs = distinct(sentence * size + words)
    return pairs // size, pairs % size


def _spread(words: NDArray[np.int64], others: NDArray[np.int64], size: int, burst: float) -> Weights:
    """What is left of each word's weight: all of it where a sentence has it, less the more sentences of a text do.

    The name of a person or a place that a whole text is about says little about one passage of it.
    """
    most = np.maximum(np.bincount(words, minlength=size), np.bincount(others, minlength=size))
    spread: Weights = np.clip(1 - burst * np.log(most) / np.log(1000), 0.0, 1.0)
    return spread


def without_overlaps(alignments: list[Alignment]) -> list[Alignment]:
    """The alignments with the most shared weight first taken, those that mostly repeat a taken one left out."""
    taken: list[Alignment] = []
    for one in sorted(alignments, key=lambda each: (-each.mass, each.start)):
        shared = sum(max(0, min(one.end, other.end) - max(one.start, other.start)) for other in taken)
        if shared * 2 < one.end - one.start:
            taken.append(one)
    return sorted(taken, key=lambda each: (each.start, each.found_start))


def _seeds(left: _Side, right: _Side, least: float) -> tuple[NDArray[np.int64], Weights]:
    """Pairs (sentence of left, sentence of right) with a cosine of at least ``least``, ordered by left; the cosines."""
    sentence, word = left.rows
    other_sentence, other_word = right.rows
    weights = left.weights
    norms = np.sqrt(np.bincount(sentence, weights[word] ** 2, len(left.bounds) - 1))
    other_norms = np.sqrt(np.bincount(other_sentence, weights[other_word] ** 2, len(right.bounds) - 1))
    order = np.argsort(other_word, kind="stable")
    posted, post = other_sentence[order], other_word[order]
    low, high = np.searchsorted(post, word), np.searchsorted(post, word, side="right")
    useful = (weights[word] > 0) & (high > low) & _affordable(word, other_word)[word]
    sentence, word, low, counts = sentence[useful], word[useful], low[useful], (high - low)[useful]
    found, cosines = [np.zeros((0, 2), np.int64)], [np.zeros(0)]
    width = len(other_norms)
    for rows in _blocks(sentence, counts, width):
        ends = np.cumsum(counts[rows])
        where = np.arange(ends[-1]) - np.repeat(ends - counts[rows] - low[rows], counts[rows])
        first = sentence[rows.start]
        cells = np.repeat(sentence[rows] - first, counts[rows]) * width + posted[where]
        dots = np.bincount(cells, np.repeat(weights[word[rows]] ** 2, counts[rows]))
        several = np.flatnonzero(np.bincount(cells) >= 2)
        i, j = several // width + first, several % width
        cosine = dots[several] / (norms[i] * other_norms[j])
        good = cosine >= least
        found.append(np.stack([i[good], j[good]], axis=1))
        cosines.append(cosine[good])
    return np.concatenate(found), np.concatenate(cosines)


def _affordable(word: NDArray[np.int64], other_word: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each word, whether it is among the rarest that together make at most `PAIRS_AT_MOST` pairs of sentences.

    In long texts that say the same again and again, comparing all would take for ever.
    """
    size = int(max(word.max(initial=0), other_word.max(initial=0))) + 1
    pairs = np.bincount(word, minlength=size) * np.bincount(other_word, minlength=size)
    order = np.argsort(pairs, kind="stable")
    affordable = np.zeros(size, np.bool_)
    affordable[order] = np.cumsum(pairs[order]) <= PAIRS_AT_MOST
    return affordable


def _blocks(sentence: NDArray[np.int64], counts: NDArray[np.int64], width: int) -> list[slice]:
    """Rows ordered by sentence, parted between sentences so that each part makes some `PAIRS_AT_ONCE` pairs, of no
    more than `CELLS_AT_ONCE` with the ``width`` sentences of the other text."""
    if not len(sentence):
        return []
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    block = np.cumsum(np.add.reduceat(counts, starts)) // PAIRS_AT_ONCE + sentence[starts] * width // CELLS_AT_ONCE
    edges = [0, *starts[np.flatnonzero(np.diff(block)) + 1].tolist(), len(sentence)]
    return [slice(low, high) for low, high in pairwise(edges)]


def _clusters(seeds: NDArray[np.int64], gap: int) -> list[NDArray[np.int64]]:
    """Seeds parted wherever more than ``gap`` sentences lie between neighbours, in either text, until nothing parts."""
    done: list[NDArray[np.int64]] = []
    todo = [(seeds, 0, 0)] if len(seeds) else []
    while todo:
        cluster, column, settled = todo.pop()
        if len(cluster) > 1:
            cluster = cluster[np.argsort(cluster[:, column], kind="stable")]
        cuts = np.flatnonzero(np.diff(cluster[:, column]) > gap + 1) + 1
        settled = 1 if len(cuts) else settled + 1
        if settled >= 2 or len(cluster) == 1:
            done.append(cluster)
        else:
            edges = [0, *cuts.tolist(), len(cluster)]
            todo.extend((cluster[low:high], 1 - column, settled) for low, high in pairwise(edges))
    return done


def _span(cluster: NDArray[np.int64]) -> Region:
    """The sentences of both texts from the first to the last seed of a cluster."""
    first, found_first = cluster.min(axis=0).tolist()
    last, found_last = (cluster.max(axis=0) + 1).tolist()
    return first, last, found_first, found_last


def _fit(left: _Side, right: _Side, seeds: Region, settings: AlignmentSettings) -> Region | None:
    """The sentences of both texts that belong together around a cluster of seeds; half-open."""
    first, last, found_first, found_last = seeds
    for _ in range(6):
        before = (first, last, found_first, found_last)
        edges = _best_stretch(left, right, (first, last), (found_first, found_last), settings)
        if edges is None:
            return None
        first, last = edges
        edges = _best_stretch(right, left, (found_first, found_last), (first, last), settings)
        if edges is None:
            return None
        found_first, found_last = edges
        if before == (first, last, found_first, found_last):
            break
    found_first, found_last = _trimmed(right, left, (found_first, found_last), (first, last), settings.thrift)
    return first, last, found_first, found_last


def _best_stretch(
    side: _Side, other: _Side, core: tuple[int, int], against: tuple[int, int], settings: AlignmentSettings
) -> tuple[int, int] | None:
    """The sentences around ``core`` whose words come back in the other text's stretch, as the greatest sum."""
    begin = max(0, core[0] - settings.reach)
    end = min(len(side.bounds) - 1, core[1] + settings.reach)
    near = max(0, against[0] - 1), min(len(other.bounds) - 1, against[1] + 1)
    there = other.words[other.bounds[near[0]] : other.bounds[near[1]]]
    low, high = int(side.bounds[begin]), int(side.bounds[end])
    present = side.among(side.words[low:high], there)
    weight = side.weighed[low:high]
    inside = slice(int(side.bounds[core[0]]) - low, int(side.bounds[core[1]]) - low)
    held, size = float(weight[inside] @ present[inside]), float(weight[inside].sum())
    # The share of the words outside the core that are present: what unrelated text of this kind would reach.
    elsewhere, outside = float(side.masses[there] @ side.last(there)) - held, side.mass - size
    chance = elsewhere / outside if outside > 1e-9 else 0.0
    held = held / max(1e-9, size)
    chance = min(max(chance, settings.chance), 0.9)
    held = min(max(held, chance + settings.lift), 0.97)
    gain, loss = log(held / chance), log((1 - chance) / (1 - held))
    expected = loss / (gain + loss)
    score = _summed(weight * (present - expected))
    marks = score[side.bounds[begin : end + 1] - low].tolist()
    best, edges, lowest = 0.0, None, 0
    for k in range(1, len(marks)):
        if marks[k - 1] < marks[lowest]:
            lowest = k - 1
        if marks[k] - marks[lowest] > best:
            best, edges = marks[k] - marks[lowest], (begin + lowest, begin + k)
    return edges


def _summed(worth: Weights) -> Weights:
    """The sum of ``worth`` up to each place, 0 first."""
    summed = np.zeros(len(worth) + 1)
    np.add.accumulate(worth, out=summed[1:])
    return summed


def _drawn_out(
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


def _trimmed(
    side: _Side, other: _Side, span: tuple[int, int], against: tuple[int, int], thrift: float
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


def _joined(regions: list[Region], gap: int) -> list[Region]:
    """Regions that overlap or nearly touch in both texts made one."""
    todo = sorted(regions)
    done: list[Region] = []
    while todo:
        region = todo.pop(0)
        for k, other in enumerate(done):
            near = region[0] - other[1] <= gap and other[0] - region[1] <= gap
            if near and region[2] - other[3] <= gap and other[2] - region[3] <= gap:
                done.pop(k)
                merged = (
                    min(region[0], other[0]),
                    max(region[1], other[1]),
                    min(region[2], other[2]),
                    max(region[3], other[3]),
                )
                todo.insert(0, merged)
                break
        else:
            done.append(region)
    return done


def _containment(
    left: _Side, right: _Side, weights: Weights, span: tuple[int, int], found: tuple[int, int]
) -> tuple[float, float]:
    """Share of the draft passage's weight found on the other side, and that weight, each word counted once."""
    mine = distinct(left.words[left.bounds[span[0]] : left.bounds[span[1]]])
    theirs = distinct(right.words[right.bounds[found[0]] : right.bounds[found[1]]])
    shared = float(weights[np.intersect1d(mine, theirs, assume_unique=True)].sum())
    total = float(weights[mine].sum())
    return (shared / total if total else 0.0), shared
