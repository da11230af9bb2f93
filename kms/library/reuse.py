"""Passages of a draft that come back in an earlier document, with the pages and the shared words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kms.duplicates.alignment import Alignment, AlignmentSettings, align
from kms.duplicates.matter import beside_the_matter
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Codes, Mask, Reading, Weights, distinct, read
from kms.duplicates.weights import factor
from kms.library.checked import Evidence
from kms.library.evidence import Shown, once, says_something
from kms.library.prepared import Prepared, methods, without, words_between

Span = tuple[int, int]
MOSTLY_ONE = 0.7
"""Share of both texts from which one is mostly the other."""
MUCH = 0.25
"""Share of words of methods, by weight, from which a passage may be about these alone."""
OF_PASSAGE = 0.5
"""How much of a passage's likeness a sentence of it must have to count as taken over."""
USUAL = 0.25
"""Share of a sentence's words that stands in a passage of any text of the same field."""
USUAL_OF_ROW = 0.5
"""The same of the figures of a row, of which two tables have some by chance."""
ALIKE, SAME = 0, 1
"""Of a sentence: that its words are alike, or that what it says is the same. With all other figures it says something
else, and names say where, but not where `MUCH` of a text is alike: then it is the other brought up to date."""
LITERAL = 0.6
"""Share from which all of a sentence counts as taken over; from `USUAL` on it counts ever more."""


@dataclass(frozen=True, eq=False)
class Reuse:
    """What two texts share: passages, and how far each word of the draft, and of the found text, is taken over.

    A word counts (0 to 1) as its sentence does. A passage may hold sentences that were put in between; they are shown
    with it and do not count. A reworded one, which shares some words with the other side, counts in part.
    """

    evidence: tuple[Evidence, ...]
    taken: Weights
    found_taken: Weights


def compare_texts(
    draft: Prepared,
    found: Prepared,
    rarity: Rarity,
    empty: Mask | None = None,
    settings: AlignmentSettings | None = None,
    portrait: Mask | None = None,
) -> Reuse:
    """The passages that two texts share, in the order of the draft, but those that are ``empty``.

    What any study could have said, such as the ``portrait`` of a region in the draft, is a part only where one text
    is mostly the other.
    """
    passages: list[tuple[Alignment, slice]] = []
    taken, found_taken = np.zeros((2, len(draft.reading.words))), np.zeros((2, len(found.reading.words)))
    told = np.zeros_like(taken)
    own = draft.reading if empty is None else without(draft.reading, empty, rarity)
    settings = settings or AlignmentSettings()
    alignments = align(own, found.reading, rarity.weigh, settings, rarity.tell)
    matter = _matter(found, rarity) if alignments else found.reading
    for one in alignments:
        ours = words_between(draft.reading, one.start, one.end)
        theirs = words_between(found.reading, one.found_start, one.found_end)
        shared = np.intersect1d(own.words[ours], found.reading.words[theirs])
        if _is_on_methods(draft, shared, rarity, settings.mass):
            continue
        by_it = _taken(draft, ours, found.reading, theirs, one.similarity, rarity, empty)
        if empty is None or says_something(by_it[ALIKE], empty[ours]):
            passages.append((one, ours))
            _add(taken[:, ours], by_it)
            _add(found_taken[:, theirs], _taken(found, theirs, draft.reading, ours, one.similarity, rarity))
            _add(told[:, ours], _taken(draft, ours, matter, theirs, one.similarity, rarity, empty))
    counted = ALIKE if share(taken[ALIKE], empty) >= MUCH else SAME
    if matter is not found.reading and min(share(taken[counted], empty), share(found_taken[counted])) < MOSTLY_ONE:
        taken = told if portrait is None else told * ~portrait
    passages = [(one, ours) for one, ours in passages if taken[counted, ours].any()]
    said = np.zeros(len(draft.reading.words), bool) if empty is None else empty
    shown = Shown(draft, found, taken[counted], said, rarity, settings)
    return Reuse(once([each for one, _ in passages for each in shown.of(one)]), taken[counted], found_taken[counted])


def _matter(text: Prepared, rarity: Rarity) -> Reading:
    """A study whose words weigh nothing in stretches that any other could have (see `beside_the_matter`)."""
    if text.office is None:
        return text.reading
    aside = beside_the_matter(text.reading, rarity.tell, _usual(text.reading, text.office))
    return without(text.reading, aside, rarity)


def _taken(
    own: Prepared,
    inside: slice,
    other: Reading,
    there: slice,
    similarity: float,
    rarity: Rarity,
    empty: Mask | None = None,
) -> Weights:
    """How far the sentence of each word ``inside`` a passage stands in the passage ``there``: rows `ALIKE` and `SAME`.

    Of one that comes back in other words only, it is two neighbouring sentences there: the words of a subject are
    scattered over any text on it. ``similarity`` of the passage counts for sentences of which no word tells anything.
    Words that are ``empty`` are no part of their sentence, such as a letterhead before the first.
    """
    words = own.reading.words[inside]
    counts = np.ones(len(words)) if empty is None else (~empty[inside]).astype(float)
    counted = own.reading.figures[inside] * counts
    weights = own.telling(words, rarity.weigh(words)) * counts
    unnamed = weights * ~own.reading.names[inside]
    neighbours = _Neighbours(other, [there.start, there.stop] if similarity >= LITERAL else _edges(other, there))
    taken = np.zeros((2, len(words)))
    for low, high in pairwise(edge - inside.start for edge in _edges(own.reading, inside)):
        part = slice(low, high)

        def kept(weighed: Weights, part: slice = part) -> float:
            whole = float(weighed[part].sum())
            return neighbours.most_of(words[part], weighed[part]) / whole if whole else similarity

        is_row = 3 * counted[part].sum() >= high - low
        alike = kept(weights + counted * is_row)
        if alike < OF_PASSAGE * similarity:
            continue
        taken[ALIKE, part] = _how_far(alike, USUAL) * counts[part]
        if is_row:
            taken[SAME, part] = _how_far(kept(counted), USUAL_OF_ROW) * counts[part]
        elif not counted[part].any() or kept(counted):
            taken[SAME, part] = _how_far(kept(unnamed), USUAL) * counts[part]
    return taken


def _how_far(share: float, usual: float) -> float:
    return float(np.clip((share - usual) / (LITERAL - usual), 0.0, 1.0))


def _add(taken: Weights, more: Weights) -> None:
    np.maximum(taken, more, out=taken)


class _Neighbours:
    """Which words stand in each sentence of a text or in the one after it; sentences go from edge to edge."""

    def __init__(self, reading: Reading, edges: Sequence[int]) -> None:
        sizes = np.diff(edges)
        sentence = np.repeat(np.arange(len(sizes)), sizes)
        self._count = max(1, len(sizes))
        self._words, which = np.unique(reading.words[edges[0] : edges[-1]], return_inverse=True)
        pairs = np.concatenate([which * self._count + sentence, which * self._count + np.maximum(sentence - 1, 0)])
        pairs = distinct(pairs)
        self._sentences = pairs % self._count
        self._bounds = np.searchsorted(pairs // self._count, np.arange(len(self._words) + 1))

    def most_of(self, words: Codes, weights: Weights) -> float:
        """The weight of those of ``words`` that the two sentences hold that hold most of it."""
        totals = np.zeros(self._count)
        places = np.searchsorted(self._words, words)
        for word, place, weight in zip(words, places, weights, strict=True):
            if weight and place < len(self._words) and self._words[place] == word:
                totals[self._sentences[self._bounds[place] : self._bounds[place + 1]]] += weight
        return float(totals.max())


def _edges(reading: Reading, inside: slice) -> list[int]:
    """Where the sentences of a stretch of words begin, and its end."""
    return [inside.start, *(int(edge) for edge in reading.bounds if inside.start < edge < inside.stop), inside.stop]


def mass_of(own: Prepared, found: Prepared, taken: Weights, rarity: Rarity, empty: Mask | None = None) -> float:
    """How much is taken over, as the weight of its telling words: a rare one counts 1, one of any subject little.

    Only words that the found text has, too, and no names: these say where it was and who was asked.
    """
    counted = np.flatnonzero(taken if empty is None else taken * ~empty)
    counted = counted[np.isin(own.reading.words[counted], found.reading.words) & ~own.reading.names[counted]]
    words = own.reading.words[counted]
    return float(np.sum(own.telling(words, rarity.tell(words)) * taken[counted]))


def share(taken: Weights, empty: Mask | None = None) -> float:
    """How much of a text is taken over, from 0 to 1; words that are ``empty`` do not count."""
    counted = taken if empty is None else taken[~empty]
    return float(counted.mean()) if len(counted) else 0.0


def spans_of(taken: Weights, reading: Reading) -> list[Span]:
    """Where a text holds what was taken over: code points, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], taken > 0, [False]]).astype(np.int8)))
    return [reading.span(int(low), int(high)) for low, high in edges.reshape(-1, 2)]


def _is_on_methods(draft: Prepared, shared: Codes, rarity: Rarity, least: float) -> bool:
    """Whether what a passage shares says how any study works: little else, less than ``least``, beside the subject."""
    told = rarity.tell(shared)
    at_all, by_itself = float(told.sum()), float(draft.telling(shared, told).sum())
    return float(told[np.isin(shared, methods())].sum()) >= MUCH * at_all and by_itself < min(least, at_all / 2)


def _usual(reading: Reading, office: str) -> Codes:
    """The words of a study that any other of its office has: of its methods, its kind, its parts, and its place."""
    kinds = [number for number, stem in reading.stems.items() if factor(stem) < 0.3 or re.fullmatch("[ivx]+", stem)]
    return np.union1d(methods(), np.array([*kinds, *read(office).words.tolist()], np.uint32))
