"""A text as the check sees it: its words as numbers, with their places, cut into sentences."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.shingles import Shingles, shingles_of, templates_of
from kms.text.together import words_in

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.integer[Any])

_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n[ \t]*\n|\n(?=[ \t]*(?:[-•*▪➢]|\d+[.)]|[a-z][.)])\s)|\t|\f")
_SIGNS = re.compile(r"[^\w\s]*")
_LINE = re.compile(r"\n")
_PIECE = re.compile(r"\S+")
_NAME = re.compile(r"(?<=\w)[^\w.:;!?|\n\t•*-]+([A-Z][a-z]+)(?!\w)")
_NUMBER = re.compile(r"\d(?<![\w.,/]\d)(?!(?:(?<=1)9|(?<=2)0)\d\d(?![.,]?\d))\d*(?:[.,]\d+)*(?![\w/])")
"""A number that is no year. It begins with the digit, not with what is not before it: so it is looked for quickly."""
_OF_A_LIST = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s)")
_LABEL = re.compile(r"\b(?:tabel|gambar|grafik|diagram|bagan|peta|bab|pasal|ayat|nomor|no\.?)\s*\Z", re.I)
LONGEST_LABEL = 24
"""Code points before a number in which it is seen what it is the number of."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A text read for comparison.

    ``words[k]`` is the code of the k-th word's stem and ``starts[k]``, ``ends[k]`` its place (code points, half-open).
    Sentence i is the words ``bounds[i]`` to ``bounds[i + 1]``; every word belongs to exactly one sentence. ``stems``
    tells which stem a code stands for.
    """

    text: str
    words: Codes
    starts: Places
    ends: Places
    bounds: Places
    stems: Mapping[int, str]

    @property
    def sentences(self) -> int:
        """How many sentences the text has."""
        return len(self.bounds) - 1

    @cached_property
    def names(self) -> Mask:
        """Which words are written as names: with a capital, and inside a sentence."""
        return self._at(match.start(1) for match in _NAME.finditer(self.text))

    @cached_property
    def figures(self) -> Mask:
        """Which words are counts or amounts: no years, and no numbers that only count lines, tables or laws."""
        return self._at(_figures(self.text))

    @cached_property
    def shingles(self) -> Shingles:
        """A number for each few words in a row, in their order."""
        return shingles_of(self.words)

    @cached_property
    def templates(self) -> Shingles:
        """The same with names and figures left free: what a form says is not where and how many."""
        return templates_of(self.words, self.shingles, self.names, self.figures)

    def _at(self, places: Iterable[int]) -> Mask:
        mask = np.zeros(len(self.words) + 1, bool)
        mask[np.searchsorted(self.starts, np.fromiter(places, np.int64))] = True
        return mask[:-1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words ``first`` to ``last`` (half-open, at least one) stand in the text, with the signs around."""
        until = int(self.starts[last]) if last < len(self.starts) else len(self.text)
        start = int(self.starts[first])
        while start > 0 and self.text[start - 1] in "\"'“‘([":
            start -= 1
        stop = int(self.ends[last - 1])
        tail = _SIGNS.match(self.text, stop, until)
        return start, tail.end() if tail else stop


@lru_cache(maxsize=1 << 18)
def code(stem: str) -> int:
    """A number that stands for a stem, the same on every machine."""
    return zlib.crc32(stem.encode())


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Each number once, in ascending order: `numpy.unique` goes by hashing, which takes ten times as long."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def read(text: str, longest: int = 50, shortest: int = 4) -> Reading:
    """``text`` cut into sentences of at most ``longest`` words; those of fewer than ``shortest`` join the next.

    Words that were run together are read as the words they are made of.
    """
    words, starts, ends, stems = _words(text)
    stops = np.fromiter((match.end() for match in _STOP.finditer(text)), np.int64)
    breaks = np.fromiter((match.end() for match in _LINE.finditer(text)), np.int64)
    return Reading(text, words, starts, ends, _bounds(starts, stops, breaks, longest, shortest), stems)


def _figures(text: str) -> Iterator[int]:
    """Where counts and amounts begin: numbers but those of years, and of lines, tables, chapters or laws."""
    for number in _NUMBER.finditer(text):
        start = number.start()
        before = text[max(0, start - LONGEST_LABEL) : start]
        begins_line = before.rstrip(" \t|")[-1:] in ("", "\n")
        if not (begins_line and _OF_A_LIST.match(text, start)) and not _LABEL.search(before):
            yield start


def _words(text: str) -> tuple[Codes, Places, Places, Mapping[int, str]]:
    """``words``, ``starts``, ``ends`` and ``stems`` of a reading: each piece between blanks is looked at once."""
    pieces = text.split()
    numbers = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    read = [words_in(piece)[0] for piece in numbers]
    tokens = list(chain.from_iterable(read))
    _, known, begin, end = zip(*tokens) if tokens else ((), (), (), ())
    codes, lefts, rights = np.array([*map(code, known)], np.uint32), np.array(begin, np.int64), np.array(end, np.int64)
    sizes = np.fromiter(map(len, read), np.int64, len(read))
    firsts = np.cumsum(sizes) - sizes
    which = np.fromiter(map(numbers.__getitem__, pieces), np.int64, len(pieces))
    begins = np.fromiter((match.start() for match in _PIECE.finditer(text)), np.int64, len(pieces))
    counts = sizes[which]
    before = np.cumsum(counts) - counts
    rows = np.arange(int(counts.sum())) + np.repeat(firsts[which] - before, counts)
    at = np.repeat(begins, counts)
    stems = dict(zip(map(code, known), known))
    return codes[rows], at + lefts[rows], at + rights[rows], stems


def _bounds(starts: Places, stops: Places, breaks: Places, longest: int, shortest: int) -> Places:
    if not len(starts):
        return np.zeros(1, np.int64)
    # Both come in ascending order, and the same one twice does no harm.
    edges = [*np.searchsorted(starts, stops).tolist(), len(starts)]
    lines = np.searchsorted(starts, breaks)
    bounds = [0]
    for edge in edges:
        while edge - bounds[-1] > longest:
            low, high = np.searchsorted(lines, [bounds[-1] + longest // 2, bounds[-1] + longest], side="right")
            bounds.append(int(lines[high - 1]) if high > low else bounds[-1] + longest)
        if edge - bounds[-1] >= shortest:
            bounds.append(edge)
    if bounds[-1] != len(starts):
        if len(bounds) > 1:
            bounds.pop()
        bounds.append(len(starts))
    return np.array(bounds, np.int64)
