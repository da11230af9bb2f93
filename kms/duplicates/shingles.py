"""Words in a row as numbers, by which a passage is known again wherever it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.reading import Codes

SHINGLE = 5
"""Words in a row that make one number."""

Shingles = NDArray[np.uint64]


def shingles_of(words: Codes) -> Shingles:
    """A number for each `SHINGLE` words in a row, in their order."""
    size = len(words) - SHINGLE + 1
    if size <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(size, np.uint64)
    for step in range(SHINGLE):
        total = total * np.uint64(0x9E3779B97F4A7C15) + words[step : step + size].astype(np.uint64)
    return total
