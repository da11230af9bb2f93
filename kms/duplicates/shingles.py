"""Words in a row as numbers, by which a passage is known again wherever it stands."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

SHINGLE = 5
"""Words in a row that make one number."""
FREE = 2
"""Names and figures among `SHINGLE` words that may be left free; where more are, they are what is said."""
NAME, FIGURE = np.uint32(zlib.crc32(b"A")), np.uint32(zlib.crc32(b"0"))
"""What stands for any name, and for any figure."""

Shingles = NDArray[np.uint64]


def shingles_of(words: NDArray[np.uint32]) -> Shingles:
    """A number for each `SHINGLE` words in a row, in their order."""
    size = len(words) - SHINGLE + 1
    if size <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(size, np.uint64)
    for step in range(SHINGLE):
        total = total * np.uint64(0x9E3779B97F4A7C15) + words[step : step + size].astype(np.uint64)
    return total


def templates_of(
    words: NDArray[np.uint32], exact: Shingles, names: NDArray[np.bool_], figures: NDArray[np.bool_]
) -> Shingles:
    """The shingles of words with names and figures left free; ``exact`` are those with both in place."""
    if not len(exact):
        return exact
    free = np.convolve((names | figures).astype(np.int64), np.ones(SHINGLE, np.int64), "valid")
    return np.where(free > FREE, exact, shingles_of(np.where(names, NAME, np.where(figures, FIGURE, words))))
