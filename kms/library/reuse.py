"""Passages of a draft that come back in an earlier document, with the pages and the shared words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kms.duplicates.alignment import Alignment, AlignmentSettings, align
from kms.duplicates.boilerplate import Mask
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Reading, read
from kms.library.checked import Evidence, Place
from kms.library.joined import Joined, join
from kms.model import Page
from kms.text import STOP_WORDS, tokenize

Span = tuple[int, int]
MOSTLY = 0.6
"""Share of boilerplate from which a passage is no evidence."""
OF_PASSAGE = 0.5
"""How much of a passage's likeness a sentence of it must have to count as taken over."""


@dataclass(frozen=True)
class Prepared:
    """A text ready to be compared: its pages joined, and its reading."""

    joined: Joined
    reading: Reading


@dataclass(frozen=True)
class Reuse:
    """What two texts share: passages, and the sentences of them that stand on the other side too.

    ``spans`` are places of such sentences in the joined draft, ``found_spans`` in the joined found text. A passage may
    hold sentences that were put in between; they are shown with it and do not count.
    """

    evidence: tuple[Evidence, ...]
    spans: tuple[Span, ...]
    found_spans: tuple[Span, ...]


def prepare(pages: Iterable[Page], rarity: Rarity) -> Prepared:
    """Pages read for comparison."""
    joined = join(pages)
    reading = read(joined.text)
    rarity.learn(reading.stems)
    return Prepared(joined, reading)


def compare_texts(
    draft: Prepared,
    found: Prepared,
    rarity: Rarity,
    empty: Mask | None = None,
    settings: AlignmentSettings | None = None,
) -> Reuse:
    """The passages that two texts share, in the order of the draft, but those whose words are mostly ``empty``."""
    alignments = [
        one
        for one in align(draft.reading, found.reading, rarity.weigh, settings, rarity.tell)
        if _says_something(draft.reading, one, empty)
    ]
    evidence = [each for one in alignments for each in _evidence(one, draft, found, rarity, settings)]
    spans: list[Span] = []
    found_spans: list[Span] = []
    for one in alignments:
        ours, theirs = (one.start, one.end), (one.found_start, one.found_end)
        spans += _taken(draft.reading, ours, found.reading, theirs, one.similarity, rarity)
        found_spans += _taken(found.reading, theirs, draft.reading, ours, one.similarity, rarity)
    return Reuse(tuple(evidence), tuple(merged(spans)), tuple(merged(found_spans)))


def _taken(
    reading: Reading, span: Span, other: Reading, passage: Span, similarity: float, rarity: Rarity
) -> Iterator[Span]:
    """The sentences of ``span`` whose words stand in the other side's ``passage``; neighbours as one span."""
    inside = _words(reading, *span)
    theirs = other.words[_words(other, *passage)]
    edges = [inside.start, *(int(edge) for edge in reading.bounds if inside.start < edge < inside.stop), inside.stop]
    weights = rarity.weigh(reading.words[inside])
    present = np.isin(reading.words[inside], theirs)
    begin: int | None = None
    for low, high in pairwise(edges):
        part = slice(low - inside.start, high - inside.start)
        whole = float(weights[part].sum())
        if whole and float(weights[part][present[part]].sum()) < OF_PASSAGE * similarity * whole:
            if begin is not None:
                yield reading.span(begin, low)
            begin = None
        elif begin is None:
            begin = low
    if begin is not None:
        yield reading.span(begin, edges[-1]) if begin > inside.start or edges[-1] < inside.stop else span


def share(spans: Iterable[Span], reading: Reading, empty: Mask | None = None) -> float:
    """How many of a text's words stand in at least one of the spans, from 0 to 1; ``empty`` ones do not count."""
    counts = np.ones(len(reading.starts), bool) if empty is None else ~empty
    size = int(counts.sum())
    if not size:
        return 0.0
    return sum(int(counts[_words(reading, start, end)].sum()) for start, end in merged(spans)) / size


def _words(reading: Reading, start: int, end: int) -> slice:
    low, high = np.searchsorted(reading.starts, (start, end)).tolist()
    return slice(low, high)


def _says_something(reading: Reading, one: Alignment, empty: Mask | None) -> bool:
    """Whether a passage of the draft is more than formulas and names of laws."""
    if empty is None:
        return True
    part = empty[_words(reading, one.start, one.end)]
    return bool(part.sum() <= MOSTLY * len(part))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _evidence(
    one: Alignment, draft: Prepared, found: Prepared, rarity: Rarity, settings: AlignmentSettings | None
) -> Iterator[Evidence]:
    """An alignment as evidence with one page on either side; one that runs over a page break is several."""
    ours = list(draft.joined.places(one.start, one.end))
    theirs = list(found.joined.places(one.found_start, one.found_end))
    if not ours or not theirs:
        return
    if len(ours) == len(theirs) == 1:
        yield marked(ours[0], theirs[0], one.similarity)
        return
    for left in ours:
        pieces = [
            marked(_part(left, each.start, each.end), _part(right, each.found_start, each.found_end), each.similarity)
            for right in theirs
            for each in align(
                _learnt(left.text, rarity), _learnt(right.text, rarity), rarity.weigh, settings, rarity.tell
            )
        ]
        # A piece too short to be found by itself stands beside the page that shares most of its words.
        yield from pieces or [max((marked(left, right, one.similarity) for right in theirs), key=_shared)]


def _shared(evidence: Evidence) -> int:
    return len(evidence.draft_marks)


def _learnt(text: str, rarity: Rarity) -> Reading:
    reading = read(text)
    rarity.learn(reading.stems)
    return reading


def _part(place: Place, start: int, end: int) -> Place:
    return Place(place.page, place.start + start, place.start + end, place.text[start:end])


def marked(ours: Place, theirs: Place, similarity: float) -> Evidence:
    """Two passages with the words that stand in both."""
    tokens, others = tokenize(ours.text), tokenize(theirs.text)
    shared = ({token.stem for token in tokens} & {token.stem for token in others}) - STOP_WORDS
    return Evidence(
        ours,
        theirs,
        similarity,
        tuple((token.start, token.end) for token in tokens if token.stem in shared),
        tuple((token.start, token.end) for token in others if token.stem in shared),
    )
