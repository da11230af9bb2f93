"""Pages read as one text, and the way back from a place in it to the pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kms.library.checked import Place
from kms.model import Page

BETWEEN = "\n"


@dataclass(frozen=True)
class Joined:
    """The texts of some pages, one after the other. ``starts[k]`` is where page ``numbers[k]`` begins in ``text``."""

    text: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    def places(self, start: int, end: int) -> Iterator[Place]:
        """The pieces of start..end (half-open), one for each page that it touches; blank ones are left out."""
        first = max(0, bisect_right(self.starts, start) - 1)
        for number, begin, length in zip(self.numbers[first:], self.starts[first:], self.lengths[first:]):
            if begin >= end:
                break
            low, high = max(0, start - begin), min(length, end - begin)
            piece = self.text[begin + low : begin + high]
            if piece.strip():
                yield Place(number, low, high, piece)

    def span(self, place: Place) -> tuple[int, int]:
        """Where a place on one of the pages stands in the text."""
        begin = self.starts[self.numbers.index(place.page)]
        return begin + place.start, begin + place.end

    def whole_words(self, start: int, end: int) -> tuple[int, int]:
        """start..end drawn out, and held inside the text, so that neither end lies within a word."""
        start, end = max(0, start), min(len(self.text), end)
        while start > 0 and not self.text[start - 1].isspace():
            start -= 1
        while end < len(self.text) and not self.text[end].isspace():
            end += 1
        return start, end


def join(pages: Iterable[Page]) -> Joined:
    """The pages in the order given."""
    numbers, starts, lengths, texts = [], [], [], []
    at = 0
    for page in pages:
        numbers.append(page.number)
        starts.append(at)
        lengths.append(len(page.text))
        texts.append(page.text)
        at += len(page.text) + len(BETWEEN)
    return Joined(BETWEEN.join(texts), tuple(numbers), tuple(starts), tuple(lengths))
