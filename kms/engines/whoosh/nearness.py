"""Words of a query side by side, or near one another, on the pages of a segment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from kms.engines.whoosh.arrays import Array
from kms.engines.whoosh.codec import SegmentReader
from kms.query.tree import Alike, And, Node, OneOf, Or, Word
from kms.text import Token

FARTHEST = 8
"""Words apart beyond which two words are not near."""

LONGEST = 20
"""Words of the longest run that a year may stand in with all that was asked about it."""


def pairs_of(query: Node) -> list[tuple[Token, Token]]:
    """Words that are asked for one after the other, in their order."""
    pairs = itertools.pairwise(_sequence(query))
    return [(one, other) for one, other in pairs if one and other and one.stem != other.stem]


def names_year(query: Node) -> bool:
    """Whether a word of the query is also answered by documents of a year."""
    match query:
        case Alike(Word(), others):
            return any(isinstance(other, OneOf) for other in others)
        case And(parts) | Or(parts):
            return any(map(names_year, parts))
    return False


def _sequence(query: Node) -> list[Token | None]:
    """The words asked for, in their order; None where something else stands between."""
    match query:
        case Word(token):
            return [token]
        case Alike(part, _):
            return _sequence(part)
        case And(parts) | Or(parts, ordered=True):
            return [token for part in parts for token in _sequence(part)]
    return [None]


def near(one: Array, other: Array, pages: Array) -> Array:
    """How near two words stand on each of ``pages`` (ascending): each pair counts by the square of its distance.

    ``one`` and ``other`` are ascending keys: page << 32 | place. The other order counts half. After
    Rasolofo and Savoy (2003), Term Proximity Scoring for Keyword-Based Retrieval Systems.
    """
    if not len(one) or not len(other):
        return np.zeros(len(pages), np.float32)
    after = np.searchsorted(other, one)
    counted = np.zeros(len(one), np.float32)
    for at, share in ((after, 1.0), (after - 1, 0.5)):
        # At the ends there may be none after, or none before.
        exists = (at >= 0) & (at < len(other))
        apart = np.abs(other[np.where(exists, at, 0)] - one)
        close = exists & (apart > 0) & (apart <= FARTHEST)
        counted[close] += (share / np.square(apart[close], dtype=np.float64)).astype(np.float32)
    total = np.bincount(np.searchsorted(pages, one >> 32), counted, len(pages))
    found: Array = total.astype(np.float32)
    return found


def together(words: Sequence[Array], pages: Array) -> Array:
    """How close all ``words`` stand on each of ``pages`` (ascending), by the shortest run of words that has them all.

    1 where nothing else stands in it, 0 where it is longer than `LONGEST`. Each word is given by ascending keys, as
    for `near`.
    """
    best = np.zeros(len(pages), np.float32)
    if not all(map(len, words)) or len(words) > LONGEST:
        return best
    ends = np.sort(np.concatenate(words))
    # A run that ends here begins with the word whose last place before lies farthest back.
    last = (np.searchsorted(keys, ends, side="right") - 1 for keys in words)
    begins = np.min([np.where(at >= 0, keys[at], -1) for keys, at in zip(words, last)], axis=0)
    length = np.maximum(ends - begins + 1, len(words))
    close = (begins >= 0) & (length <= LONGEST)
    counted = 1 - (length[close] - len(words)) / (LONGEST - len(words) + 1)
    np.maximum.at(best, np.searchsorted(pages, ends[close] >> 32), counted.astype(np.float32))
    return best


def phrase(reader: SegmentReader, stems: Sequence[str]) -> tuple[Array, Array, Array, Array]:
    """Pages of a segment that have the stems side by side, ascending, and how often in text, headings and title."""
    first = _starts(reader, stems)
    page, place = first >> 32, first & 0xFFFFFFFF
    new = np.diff(page, prepend=-1) > 0
    pages, inverse = page[new], np.cumsum(new) - 1
    title, headings = reader.lengths_before[pages[inverse]].astype(np.int64).T
    in_title = place < title
    in_headings = ~in_title & (place <= title + headings)
    every, above, over = (
        np.bincount(which, minlength=len(pages)).astype(np.float32)
        for which in (inverse, inverse.compress(in_headings), inverse.compress(in_title))
    )
    return pages, every - above - over, above, over


def _starts(reader: SegmentReader, stems: Sequence[str]) -> Array:
    """Where the stems stand side by side: the key of the first one's place, ascending."""
    wanted = starts = None
    # The rarest first: the places of the others are only read where they may matter.
    for step in sorted(range(len(stems)), key=lambda step: reader.pages_with(stems[step])):
        if starts is not None:
            wanted = np.zeros(reader.pages, bool)
            wanted[starts >> 32] = True
        keys = reader.keys_of(stems[step], wanted) - step
        starts = keys if starts is None else _in_both(starts, keys)
    return np.empty(0, np.int64) if starts is None else starts


def _in_both(one: Array, other: Array) -> Array:
    """What is in both of two ascending arrays, each without repetitions."""
    merged = np.concatenate((one, other))
    merged.sort(kind="stable")  # sees that there are two runs, and merges them in one pass
    return merged[:-1].compress(merged[1:] == merged[:-1])
