"""The best place on a page to show for a query, with the words that match marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kms.query.tree import Node, Phrase, Prefix, Word, leaves
from kms.text import STOP_WORDS, Token, tokenize


@dataclass(frozen=True)
class Snippet:
    """A piece of a page. ``marks`` are (start, end) in ``text``, half-open code points, in order, apart.

    ``text`` begins at code point ``start`` of the page's text and is as long as the piece it shows; line ends and tabs
    became spaces, one for one.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int


def snippet(text: str, node: Node, width: int = 240) -> Snippet:
    """At most ``width`` code points of ``text`` that show as many of the words asked for as one place can.

    Begins and ends between words where that is possible. The beginning of the page where it has none of the words.
    """
    tokens = tokenize(text)
    hits = sorted(_hits(tokens, node))
    start, end = _window(text, hits, width)
    if end < len(text):
        end = _cut_back(text, start, end)
    marks = tuple((left - start, right - start) for left, right in _merged(hits) if start <= left and right <= end)
    return Snippet(re.sub(r"\s", " ", text[start:end]), marks, start)


def highlight(text: str, node: Node) -> tuple[tuple[int, int], ...]:
    """Every place in ``text`` that the query asks for: (start, end), half-open code points, in order, apart."""
    return tuple(_merged(sorted(_hits(tokenize(text), node))))


Hit = tuple[int, int, int, float]


def _hits(tokens: Sequence[Token], node: Node) -> Iterator[Hit]:
    """(start, end, number of the leaf, weight) of every match."""
    stems: dict[str, list[tuple[int, str]]] = {}
    prefixes: list[tuple[int, str]] = []
    phrases: list[tuple[int, tuple[str, ...]]] = []
    for number, leaf in enumerate(leaves(node)):
        match leaf:
            case Word(token):
                stems.setdefault(token.stem, []).append((number, token.exact))
            case Prefix(start):
                prefixes.append((number, start))
            case Phrase(parts):
                phrases.append((number, tuple(part.stem for part in parts)))
    firsts = {wanted[0] for _, wanted in phrases}
    for place, token in enumerate(tokens):
        for number, exact in stems.get(token.stem, ()):
            weight = 1.5 if exact == token.exact else 1.0
            yield token.start, token.end, number, 0.1 if exact in STOP_WORDS else weight
        for number, start in prefixes:
            if token.exact.startswith(start):
                yield token.start, token.end, number, 1.0
        if token.stem in firsts:
            for number, wanted in phrases:
                found = tokens[place : place + len(wanted)]
                if tuple(part.stem for part in found) == wanted:
                    yield token.start, found[-1].end, number, 2.0 * len(wanted)


def _window(text: str, hits: Sequence[Hit], width: int) -> tuple[int, int]:
    """The span of ``text`` whose matches weigh most: different words first, then nearness to the beginning."""
    if not hits:
        start = len(text) - len(text.lstrip())
        return start, min(len(text), start + width)
    best = (-1.0, 0, 0)
    last = 0
    for first, (start, *_) in enumerate(hits):
        last = max(last, first)
        while last + 1 < len(hits) and hits[last + 1][1] - start <= width:
            last += 1
        strongest: dict[int, float] = {}
        for _, _, number, weight in hits[first : last + 1]:
            strongest[number] = max(weight, strongest.get(number, 0.0))
        score = sum(strongest.values()) + 0.05 * min(last - first, 10)
        if score > best[0] + 1e-9:
            best = (score, first, last)
    left, right = hits[best[1]][0], max(hit[1] for hit in hits[best[1] : best[2] + 1])
    room = max(0, width - (right - left))
    start = max(0, left - min(room // 2, 80), min(left, len(text) - width))
    return _cut_forward(text, start, left), min(len(text), max(start + width, min(right, left + width)))


def _cut_forward(text: str, start: int, latest: int) -> int:
    """``start``, or the beginning of the next word up to ``latest``."""
    if start == 0 or text[start - 1].isspace():
        while start < latest and text[start].isspace():
            start += 1
        return start
    gap = re.compile(r"\s+").search(text, start, latest)
    return gap.end() if gap else start


def _cut_back(text: str, start: int, end: int) -> int:
    """``end``, or the end of the last whole word before it."""
    if text[end].isspace():
        return end
    gap = max(text.rfind(char, start, end) for char in " \n\t")
    return gap if gap > start + (end - start) // 2 else end


def _merged(hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """The places of ``hits``, those that overlap made one."""
    left = right = -1
    for start, end, *_ in hits:
        if start < right:
            right = max(right, end)
            continue
        if right >= 0:
            yield left, right
        left, right = start, end
    if right >= 0:
        yield left, right
