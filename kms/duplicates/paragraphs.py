"""A long passage and the one it comes from as pairs of paragraphs, so that each can be read beside its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np

from kms.duplicates.reading import Reading, code, read
from kms.text import STOP_WORDS

Span = tuple[int, int]
Words = frozenset[int]
"""The words of a sentence."""

LONG = 600
"""Code points up to which a passage is read at one glance."""
PARAGRAPH = 120
"""Code points from which a paragraph ends with its line; a shorter one, such as a heading, goes on with the next."""
CHANCE = 0.3
"""Share of a sentence's words that stands in any paragraph of the same passage."""
HARDLY = 0.1
"""Share of new words up to which a sentence at the end of a stretch is left out."""


def pair_paragraphs(draft: str, found: str) -> Iterator[tuple[Span, Span, float]]:
    """Paragraphs of ``draft`` beside the stretch of ``found`` that each comes from, in the order of the draft.

    Spans are code points, half-open; the share (0 to 1) is that of the paragraph's words which stand in the stretch.
    What only one of the texts has is left out. Nothing where both are short.
    """
    if max(len(draft), len(found)) <= LONG:
        return
    ours, theirs = read(draft), read(found)
    here, there = _sentences(ours), _sentences(theirs)
    # A word that many sentences of the passage hold tells none of them from the others.
    weights = {word: 1 / count for word, count in Counter(chain.from_iterable(there)).items()}
    for low, high in _paragraphs(ours):
        whole = _stretch(there, here[low:high], weights)
        found_first, found_last = _trimmed(there, here[low:high], weights, whole)
        stretch = there[found_first:found_last]
        first, last = _stretch(here[low:high], stretch, weights)
        if first < last:
            own, its = frozenset(chain(*here[low + first : low + last])), frozenset(chain(*stretch))
            share = _weight(own & its, weights) / _weight(own, weights)
            yield _place(ours, low + first, low + last), _place(theirs, found_first, found_last), share


@cache
def _empty() -> frozenset[int]:
    return frozenset(map(code, STOP_WORDS))


def _sentences(reading: Reading) -> list[Words]:
    return [frozenset(part.tolist()) - _empty() for part in np.split(reading.words, reading.bounds[1:-1])]


def _paragraphs(reading: Reading) -> Iterator[Span]:
    """The sentences of a text as paragraphs, first to last, half-open: parted where a line ends, or where too long."""
    first = 0
    for number in range(1, reading.sentences):
        begin, until = _place(reading, first, number)
        start, end = _place(reading, number, number + 1)
        line_ends = until - begin >= PARAGRAPH and "\n" in reading.text[until:start]
        if line_ends or end - begin > LONG:
            yield first, number
            first = number
    if reading.sentences:
        yield first, reading.sentences


def _stretch(among: Sequence[Words], of: Iterable[Words], weights: Mapping[int, float]) -> Span:
    """The neighbours ``among`` sentences that hold most words ``of`` others, beyond what chance puts there."""
    wanted = frozenset(chain(*of))
    best, total, begin, span = 0.0, 0.0, 0, (0, 0)
    for number, sentence in enumerate(among):
        if total <= 0:
            total, begin = 0.0, number
        total += _weight(sentence & wanted, weights) - CHANCE * _weight(sentence, weights)
        if total > best:
            best, span = total, (begin, number + 1)
    return span


def _trimmed(among: Sequence[Words], of: Iterable[Words], weights: Mapping[int, float], span: Span) -> Span:
    """``span`` without the ends that hardly hold a word ``of`` others which its rest has not, as rows of a table do."""
    first, last = span
    wanted = frozenset(chain(*of))
    held = Counter(word for sentence in among[first:last] for word in sentence & wanted)

    def adds_nothing(sentence: Words) -> bool:
        new = [word for word in sentence & wanted if held[word] == 1]
        return _weight(new, weights) <= HARDLY * _weight(sentence, weights)

    while last - first > 1 and adds_nothing(among[last - 1]):
        last -= 1
        held.subtract(among[last] & wanted)
    while last - first > 1 and adds_nothing(among[first]):
        held.subtract(among[first] & wanted)
        first += 1
    return first, last


def _weight(words: Collection[int], weights: Mapping[int, float]) -> float:
    """The weight of words together; 1 for one that is only in the draft."""
    return sum(weights.get(word, 1.0) for word in words)


def _place(reading: Reading, first: int, last: int) -> Span:
    """Where sentences stand, first to last, half-open."""
    return reading.span(int(reading.bounds[first]), int(reading.bounds[last]))
