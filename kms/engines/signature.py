"""What a page says in 64 bytes, so that pages that say nearly the same are told without their texts.

One-permutation MinHash over runs of three words: the runs' hashes are spread over 64 bins, and of each bin the least is
kept, one byte of it. The share of bins that agree estimates the Jaccard coefficient of the runs. See Li, Owen and
Zhang (2012), One Permutation Hashing, and Li and Konig (2010), b-Bit Minwise Hashing.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


BINS = 64
"""Bytes of a signature: in each the least of the runs that fall there, by their hashes."""
RUN = 3
"""Words of a run."""
LEAST = 12
"""Bins that must be filled on both sides for a likeness; a page of a few words is like too many others."""

_EMPTY = 255
_MIX = np.uint64(0x9E3779B97F4A7C15)


def hash_words(words: Sequence[bytes]) -> Array:
    """A number for each word, the same in every process."""
    return np.fromiter(map(zlib.crc32, words), np.uint32, len(words))


def sign(hashes: Array, lengths: Array) -> Array:
    """The signatures of pages, one row of 64 bytes each; ``hashes`` are all their words, ``lengths`` words of each."""
    pages = len(lengths)
    table = np.full(pages * BINS, _EMPTY, np.uint8)
    if len(hashes) >= RUN:
        words = hashes.astype(np.uint64)
        runs = words[:-2] * np.uint64(3) ^ words[1:-1] * np.uint64(0x85EBCA6B) ^ words[2:] * np.uint64(0xC2B2AE3D27D4)
        runs *= _MIX
        runs ^= runs >> np.uint64(29)
        runs *= _MIX
        page = np.repeat(np.arange(pages, dtype=np.uint64), lengths)
        whole = page[:-2] == page[2:]  # no run goes over the end of a page
        keys = (page[:-2][whole] << np.uint64(38)) | (runs[whole] >> np.uint64(26))
        keys.sort()
        slots = keys >> np.uint64(32)  # page and bin: the upper 6 of the 38 bits of the run
        first = np.ones(len(slots), bool)
        first[1:] = slots[1:] != slots[:-1]
        # The least of many is small in its upper bits: the lower ones tell runs apart.
        table[slots[first].astype(np.int64)] = (keys[first] % np.uint64(1 << 32) % np.uint64(_EMPTY)).astype(np.uint8)
    return table.reshape(pages, BINS)


def likeness(one: bytes, others: Sequence[bytes]) -> Array:
    """How alike (0 to 1) a page is to others, by their signatures; 0 where one of the two has too few words."""
    if not others or len(one) != BINS:
        return np.zeros(len(others), np.float32)
    mine = np.frombuffer(one, np.uint8)
    theirs = np.frombuffer(b"".join(others), np.uint8).reshape(-1, BINS)
    filled = ((mine != _EMPTY) | (theirs != _EMPTY)).sum(axis=1)
    same = ((mine == theirs) & (mine != _EMPTY)).sum(axis=1)
    least = np.minimum((mine != _EMPTY).sum(), (theirs != _EMPTY).sum(axis=1))
    alike: Array = np.where(least >= LEAST, same / np.maximum(filled, 1), 0).astype(np.float32)
    return alike


def copies(signatures: Sequence[bytes], least: float) -> list[int]:
    """For each signature the place of the first one before it that is at least that alike and no copy itself, else its
    own place."""
    first = list(range(len(signatures)))
    rows = [number for number, signature in enumerate(signatures) if len(signature) == BINS]
    if len(rows) < 2:
        return first
    table = np.frombuffer(b"".join(signatures[number] for number in rows), np.uint8).reshape(-1, BINS)
    # Pages that are much alike agree on at least one run of four bins; most pages are told apart by that alone.
    bands = table.view(np.uint32)
    order = np.argsort(bands, axis=0, kind="stable")
    sorted_ = np.take_along_axis(bands, order, axis=0)
    same = (sorted_[1:] == sorted_[:-1]) & (sorted_[1:] != np.uint32(0xFFFFFFFF))
    candidates = np.zeros(len(rows), bool)
    candidates[order[1:][same]] = True
    candidates[order[:-1][same]] = True
    left = np.flatnonzero(candidates).tolist()
    while len(left) > 1:
        one, *rest = left
        alike = likeness(signatures[rows[one]], [signatures[rows[other]] for other in rest]) >= least
        left = []
        for other, copy in zip(rest, alike.tolist(), strict=True):
            if copy:
                first[rows[other]] = rows[one]
            else:
                left.append(other)
    return first
