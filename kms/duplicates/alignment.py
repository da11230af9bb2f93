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
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.extension import Region, Rows, Side, drawn_out, fit
from kms.duplicates.reading import Codes, Reading, Weights, distinct

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
    left, right = Side(words, weights, draft.bounds, rows), Side(others, weights, found.bounds, other_rows)
    seeds, cosines = _seeds(left, right, settings.seed)
    regions: dict[Region, None] = {}
    fits: dict[Region, Region | None] = {}
    extent = settings.reach, settings.chance, settings.lift, settings.thrift
    for least in (settings.seed, *settings.stricter):
        spans = [_span(each) for each in _clusters(seeds[cosines >= least], settings.gap)]
        fits.update((span, fit(left, right, span, *extent)) for span in spans if span not in fits)
        regions.update(dict.fromkeys(_joined([region for span in spans if (region := fits[span])], settings.gap)))
    results = []
    for first, last, found_first, found_last in regions:
        share, mass = _containment(left, right, telling, (first, last), (found_first, found_last))
        size = int(left.bounds[last] - left.bounds[first])
        if settings.accepts(share, mass, size):
            span = (int(left.bounds[first]), int(left.bounds[last]))
            found_span = (int(right.bounds[found_first]), int(right.bounds[found_last]))
            span, found_span = drawn_out(draft.words, found.words, span, found_span, settings.run)
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


def _seeds(left: Side, right: Side, least: float) -> tuple[NDArray[np.int64], Weights]:
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
    left: Side, right: Side, weights: Weights, span: tuple[int, int], found: tuple[int, int]
) -> tuple[float, float]:
    """Share of the draft passage's weight found on the other side, and that weight, each word counted once."""
    mine = distinct(left.words[left.bounds[span[0]] : left.bounds[span[1]]])
    theirs = distinct(right.words[right.bounds[found[0]] : right.bounds[found[1]]])
    shared = float(weights[np.intersect1d(mine, theirs, assume_unique=True)].sum())
    total = float(weights[mine].sum())
    return (shared / total if total else 0.0), shared
