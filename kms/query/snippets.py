"""The best place on a page to show for a query, with the words that match marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kms.query.tree import Alike, And, Node, Or, Phrase, Prefix, Word, leaves
from kms.text import STOP_WORDS, tokenize
from kms.text.stems import traces
from kms.text.together import stems_in, words_in


@dataclass(frozen=True)
class Snippet:
    """A piece of a page on one line, its cells with a dot between. ``marks`` are (start, end) in ``text``, half-open
    code points, in order, apart.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, node: Node, width: int = 240) -> Snippet:
    """At most ``width`` code points of ``text`` that show as many of the words asked for as one place can.

    Begins and ends between words where that is possible. The beginning of the page where it has none of the words.
    """
    return Marker(node).snippet(text, width)


def highlight(text: str, node: Node) -> tuple[tuple[int, int], ...]:
    """Every place in ``text`` that the query asks for: (start, end), half-open code points, in order, apart."""
    return tuple(_merged(Marker(node).hits(text)))


CELL_END = re.compile(r" *\t[ \t]*")
BETWEEN = " \n\r·"

Hit = tuple[int, int, int, float]
"""Start, end, number of the word asked for, weight."""


class Marker:
    """Finds the words of a query in texts. It learns as it reads: use one for all the pages of an answer."""

    def __init__(self, node: Node) -> None:
        self._stems: dict[str, list[tuple[int, str, float]]] = {}
        self._prefixes: list[tuple[int, str]] = []
        self._phrases: list[tuple[int, tuple[str, ...], float]] = []
        for number, (leaf, weight) in enumerate(_weighed(node)):
            match leaf:
                case Word(token):
                    self._stems.setdefault(token.stem, []).append((number, token.exact, weight))
                case Prefix(start):
                    self._prefixes.append((number, start))
                case Phrase(parts):
                    self._phrases.append((number, tuple(part.stem for part in parts), weight))
        self._in_phrases = {stem for _, wanted, _ in self._phrases for stem in wanted}
        self._wanted = self._in_phrases.union(self._stems)
        self._trace = _traced(self._wanted, [start for _, start in self._prefixes])
        self._idle: set[str] = set()

    def snippet(self, text: str, width: int = 240) -> Snippet:
        """See `snippet`."""
        if "\t" in text:
            text = CELL_END.sub(" · ", text)
        hits = self.hits(text)
        start, end = _window(text, hits, width)
        if end < len(text):
            end = _cut_back(text, start, end)
        end = start + len(text[start:end].rstrip(BETWEEN))
        marks = tuple((left - start, right - start) for left, right in _merged(hits) if start <= left and right <= end)
        return Snippet(re.sub(r"\s", " ", text[start:end]), marks)

    def hits(self, text: str) -> list[Hit]:
        """Every match in ``text``, by place."""
        found: list[Hit] = []
        run: list[Placed] = []
        # No word spans a blank: most pieces between blanks are put aside by one look, and only the rest is placed.
        fresh = set(text.split()) - self._idle
        trace = self._trace
        likely = [chunk for chunk in fresh if trace(chunk.lower())]
        if not self._prefixes:
            likely = [chunk for chunk in likely if not self._wanted.isdisjoint(stems_in(chunk))]
        self._idle.update(fresh.difference(likely))
        for chunk in likely:
            matches, placed = self._read(chunk)
            if matches or placed:
                for start in _places(text, chunk):
                    found.extend(
                        (start + left, start + right, number, weight) for left, right, number, weight in matches
                    )
                    run.extend((start + left, start + right, stem) for left, right, stem in placed)
        if run:
            run.sort()
            found.extend(self._phrase_hits(text, run))
        found.sort()
        return found

    def _phrase_hits(self, text: str, run: Sequence[Placed]) -> Iterator[Hit]:
        """Matches of phrases among ``run``, the places of all words that phrases have."""
        for first, (start, _, _) in enumerate(run):
            for number, wanted, weight in self._phrases:
                piece = run[first : first + len(wanted)]
                if tuple(word[2] for word in piece) == wanted and not any(
                    tokenize(text[left[1] : right[0]]) for left, right in pairwise(piece)
                ):
                    yield start, piece[-1][1], number, 2.0 * weight * len(wanted)

    def _read(self, chunk: str) -> tuple[list[Hit], list[Placed]]:
        """The matches in a chunk, and its words that phrases have."""
        matches: list[Hit] = []
        words, wholes = words_in(chunk)
        for token in (*words, *wholes):
            for number, exact, weight in self._stems.get(token.stem, ()):
                counts = 0.1 if exact in STOP_WORDS else 1.5 if exact == token.exact else 1.0
                matches.append((token.start, token.end, number, counts * weight))
            for number, start in self._prefixes:
                if token.exact.startswith(start):
                    matches.append((token.start, token.end, number, 1.0))
        placed = [(token.start, token.end, token.stem) for token in words if token.stem in self._in_phrases]
        return matches, placed


Placed = tuple[int, int, str]
"""Start and end of a word, and its stem."""


def _traced(stems: Collection[str], starts: Sequence[str]) -> Callable[[str], object]:
    """Tells what, in small letters, may have a word of one of ``stems``, or one that begins with any of ``starts``.

    To stem a word that was never met before takes a hundred times as long.
    """
    pieces = [re.escape(start) for start in starts]
    for stemmed in stems:  # a number is written in several ways
        pieces += [r"\d"] if any(map(str.isdigit, stemmed)) else map(re.escape, traces(stemmed))
    return re.compile("|".join(("[^\x00-\x7f]", "'", *pieces))).search


def _places(text: str, chunk: str) -> Iterator[int]:
    """Where ``chunk`` stands in ``text`` between blanks."""
    at = text.find(chunk)
    while at >= 0:
        end = at + len(chunk)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(chunk, end)


def _weighed(node: Node, weight: float = 1.0) -> Iterator[tuple[Word | Prefix | Phrase, float]]:
    """The words to be shown; those that stand for another weigh less."""
    match node:
        case Alike(part, others, less):
            yield from _weighed(part, weight)
            for other in others:
                yield from _weighed(other, weight * less)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _weighed(part, weight)
        case _:
            for leaf in leaves(node):
                yield leaf, weight


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
        while start < latest and text[start] in BETWEEN:
            start += 1
        return start
    gap = re.compile(r"\s[\s·]*").search(text, start, latest)
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
