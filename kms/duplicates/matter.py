"""Which stretches of a study are about its matter: what they speak of comes back elsewhere in it; a form's does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.headings import apparatus, cover, findings
from kms.duplicates.portrait import portraits, portraying_sentences
from kms.duplicates.reading import Codes, Reading, Weights, distinct

STRETCH = 30
"""Words, to the end of the sentence, that are looked at together."""
SHORT = 12
"""Words of a paragraph that is looked at by itself."""
FEW = 6
"""Stretches below which a text is too short to tell."""
COMES_BACK = 0.3
"""Share of a stretch's words, by weight, that the rest of the text has at least where it is of the text's matter; half
of what is usual in a text where that is less."""

# Of a count or an amount; a year is none, nor is the number of a law, a chapter or a day.
_FIGURE = re.compile(r"(?<![\w.,/])(?!(?:19|20)\d\d\b)\d(?:[.,]?\d)+(?![\w/.]|\s*\(|\s+hari\b)")
_PARAGRAPH = re.compile(r"[.:;?!][ \t]*\n|\n[ \t]*\n")
_NUMBERED = re.compile(r"(?:\b(?:nomor|no\.?|pasal|bab)\s*|\n\s*|^)$", re.I)


def beside_the_matter(
    reading: Reading, tell: Callable[[Codes], Weights], usual: Codes, stretch: int = STRETCH
) -> NDArray[np.bool_]:
    """Which words of a text stand in a stretch that could stand in any other study: who pays, who is thanked, and when.

    ``tell`` says how much words tell; ``usual`` are those that any study has, in ascending order. A stretch with
    figures of its own, and what stands under results, is one of them only where a heading says so (methods, schedule)
    or where it portrays a region.
    """
    headed = by_heading(reading) | portrayed(reading)
    edges = _edges(reading, stretch)
    sizes = np.diff(edges)
    if len(sizes) < FEW:
        return headed
    which = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    pairs = distinct(which << np.uint64(32) | reading.words)
    blocks, words = (pairs >> np.uint64(32)).astype(np.int64), pairs.astype(np.uint32)
    _, back, counts = np.unique(words, return_inverse=True, return_counts=True)
    weights = np.where(np.isin(words, usual), 0.0, tell(words))
    whole = np.bincount(blocks, weights, len(sizes))
    again = np.bincount(blocks, weights * (counts[back] > 1), len(sizes))
    shares = again / np.maximum(whole, 1e-9)
    aside = shares < min(COMES_BACK, float(np.median(shares)) / 2)
    for number in np.flatnonzero(aside):
        text = reading.text[reading.starts[edges[number]] : reading.ends[edges[number + 1] - 1]]
        aside[number] = not any(not _NUMBERED.search(text[: one.start()]) for one in _FIGURE.finditer(text))
    return headed | (np.repeat(aside, sizes) & ~_within(reading, findings(reading.text)))


def by_heading(reading: Reading) -> NDArray[np.bool_]:
    """Which words of a text stand under the heading of a part that any study has: thanks, laws, methods, schedule."""
    return _within(reading, apparatus(reading.text))


def portrayed(reading: Reading) -> NDArray[np.bool_]:
    """Which words of a text portray a region: paragraphs of it, and single sentences but for what it found out."""
    single = _within(reading, portraying_sentences(reading.text)) & ~_within(reading, findings(reading.text))
    return _within(reading, portraits(reading.text)) | single


def on_cover(reading: Reading) -> NDArray[np.bool_]:
    """Which words of a text stand before its first sentence: they name it and are no part of what it says."""
    return _within(reading, [(0, cover(reading.text))])


def _within(reading: Reading, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    mask = np.zeros(len(reading.words), bool)
    for span in spans:
        low, high = np.searchsorted(reading.starts, span)
        mask[low:high] = True
    return mask


def _edges(reading: Reading, stretch: int) -> list[int]:
    """Where stretches of whole sentences begin, and the end of the text: paragraphs, cut up where they are long."""
    edges = [0]
    ends = [match.end() for match in _PARAGRAPH.finditer(reading.text)]
    begins = set(np.searchsorted(reading.starts, ends).tolist())
    for low in reading.bounds.tolist()[1:-1]:
        if low - edges[-1] >= (SHORT if low in begins else stretch):
            edges.append(low)
    return [*edges, len(reading.words)]
