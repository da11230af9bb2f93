"""Texts ready to be compared: their pages joined, read, and what says nothing in them known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Codes, Mask, Reading, Weights, code, read
from kms.duplicates.weights import method_words
from kms.library.joined import Joined, join
from kms.model import Page

NOTHING = "yang"
BLANK = code(NOTHING)
"""What stands for a word of boilerplate: a stop word."""


@dataclass(frozen=True)
class Prepared:
    """A text ready to be compared: its pages joined, its reading, and words that are ``common``, in ascending order.

    Two texts of one subject have its words in common anyway, and two studies those of their methods, so that they say
    nothing of where a sentence comes from. ``office``: of a study, whose it is and where; None for what is none.
    """

    joined: Joined
    reading: Reading
    common: Codes = field(default_factory=lambda: np.zeros(0, np.uint32))
    office: str | None = None

    def telling(self, words: Codes, weights: Weights) -> Weights:
        """The ``weights`` of words of the text, without those that are common."""
        return np.where(np.isin(words, self.common), 0.0, weights)


def prepare(pages: Iterable[Page], rarity: Rarity, subject: str = "", office: str | None = None) -> Prepared:
    """Pages read for comparison; ``subject`` is what they are about, such as their title.

    ``office``: see `Prepared`.
    """
    joined = join(pages)
    reading = read(joined.text)
    rarity.learn(reading.stems)
    common = {*read(subject).words.tolist(), *methods().tolist()}
    return Prepared(joined, reading, np.array(sorted(common), np.uint32), office)


def learnt(text: str, rarity: Rarity) -> Reading:
    """A text read, its words known to ``rarity``."""
    reading = read(text)
    rarity.learn(reading.stems)
    return reading


def without(reading: Reading, empty: Mask, rarity: Rarity) -> Reading:
    """A text whose ``empty`` words weigh nothing: boilerplate neither begins a passage nor carries it further."""
    rarity.learn({BLANK: NOTHING})
    return replace(reading, words=np.where(empty, np.uint32(BLANK), reading.words))


def words_between(reading: Reading, start: int, end: int) -> slice:
    """The words of a stretch of a text, given in code points."""
    low, high = np.searchsorted(reading.starts, (start, end)).tolist()
    return slice(low, high)


@cache
def methods() -> Codes:
    """The words of how any study works, in ascending order."""
    return np.array([code(stem) for stem in method_words()], np.uint32)
