"""Whether two pages look the same: how many of the bits differ that tell what each looks like, whichever way up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kms.text import tokenize
from kms.text.segment import is_word, split_words

ALIKE = 28
"""Bits (of 255) up to which two pages look the same; docs/benchmarks.md has the figures."""

SIDE = 16
BITS = SIDE * SIDE - 1
LEGIBLE = 0.8
"""Share of a page's longer words that must be words, that what it says counts; no real page has less than .84."""
LONGER = 0.5
"""Share of all words that longer ones must have for that: .65 and more on nineteen real pages of twenty, .36 to .42
where small print was misread."""
SAID_ALIKE = 0.6
"""Share of the words of the page that says less which the other must say, too."""
FEWEST, ENOUGH = 3, 40
"""Different words on both pages from which this can be asked, and from which the words are compared themselves."""

Bits = npt.NDArray[np.uint8]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGER = re.compile(r"[^\W\d_]{4,}")


def decode(appearances: Sequence[str]) -> Bits:
    """Hex digits as rows of 32 bytes; what is none becomes a row of zeros, which looks like nothing."""
    return np.array([_row(each) for each in appearances], np.uint8).reshape(-1, SIDE * SIDE // 8)


def differences(one: str, others: Bits) -> npt.NDArray[np.int64]:
    """In how many bits each of the ``others`` differs from ``one``, turned so that they agree best."""
    if not len(others):
        return np.zeros(0, np.int64)
    counts = [_ONES[others ^ turned].sum(axis=1, dtype=np.int64) for turned in _turns(one)]
    found: npt.NDArray[np.int64] = np.min(counts, axis=0)
    return np.where(others.any(axis=1), found, BITS)


def similarity(bits: int) -> float:
    """How alike two pages are that differ in so many bits: 1 for the same, 0 for what chance has in common."""
    return max(0.0, 1 - 2 * bits / BITS)


def speaks_against(one: str, other: str) -> bool:
    """Whether what can be read on two pages leaves nothing to their looks: other words, other years, or enough of both.

    What was misread shows nothing: small print in a scan gives words, but not those that stand there.
    """
    years, theirs = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    if years and theirs and not years & theirs:
        return True
    if not (_is_legible(one) and _is_legible(other)):
        return False
    fewer, more = sorted((_words(one), _words(other)), key=len)
    return len(fewer) >= FEWEST and (len(fewer) >= ENOUGH or len(fewer & more) < SAID_ALIKE * len(fewer))


def _is_legible(text: str) -> bool:
    """Whether nearly all longer words on a page are words, and not only scraps of letters that happen to be some."""
    found = _LONGER.findall(text)
    known = sum(is_word(word) or len(split_words(word)) > 1 for word in found)
    return known >= LEGIBLE * len(found) and known >= LONGER * sum(any(map(str.isalpha, each)) for each in text.split())


def _words(text: str) -> set[str]:
    return {token.exact for token in tokenize(text) if len(token.exact) > 2 and is_word(token.exact)}


_ONES = np.array([bin(byte).count("1") for byte in range(256)], np.uint8)


def _row(appearance: str) -> list[int]:
    try:
        row = bytes.fromhex(appearance)
    except ValueError:
        row = b""
    return list(row) if len(row) == SIDE * SIDE // 8 else [0] * (SIDE * SIDE // 8)


def _turns(appearance: str) -> list[Bits]:
    """The bits as they are when the page is turned by 0, 90, 180 and 270 degrees.

    A mirrored picture has the odd frequencies of that direction with the other sign, one laid on its side has rows and
    columns exchanged.
    """
    bits = np.unpackbits(decode([appearance])[0]).reshape(SIDE, SIDE)
    odd = np.arange(SIDE) % 2
    rows, columns = np.broadcast_to(odd[:, None], bits.shape), np.broadcast_to(odd, bits.shape)
    turned = [bits, bits ^ rows ^ columns, bits.T ^ rows, bits.T ^ columns]
    return [np.packbits(each.astype(np.uint8) & _BUT_FIRST) for each in turned]


_BUT_FIRST = np.ones((SIDE, SIDE), np.uint8)
_BUT_FIRST[0, 0] = 0
