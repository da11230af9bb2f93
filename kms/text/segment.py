"""Splits words that OCR or a PDF has run together, and leaves real words alone.

The most probable split under a unigram model, found by dynamic programming (Viterbi); see P. Norvig, "Natural Language
Corpus Data", in *Beautiful Data* (2009). A word the lists do not hold but that Indonesian affixes make from a word they
hold is taken for a word.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from functools import cache, lru_cache
from pathlib import Path

SHORTEST = 9  # letters; shorter tokens are left alone: two real words are rarely that short, and names often are
LONGEST_WORD = 24
DERIVED = 2.2  # how common a word is taken to be that only its affixes explain
OWN = 3.5  # how common a word of the corpus is taken to be
BREAK = 0.8  # what each break costs, in powers of ten

PREFIXES = (
    "memper", "diper", "menge", "penge", "keter", "keber", "meng", "meny", "mem", "men", "me", "peng", "peny", "pem",
    "pen", "pe", "per", "ber", "ter", "di", "ke", "se", "",
)  # fmt: skip
JOINED = ("antar", "dwi", "multi", "non", "pasca", "pra", "tuna", "swa", "ketidak", "ketidakter")
"""What is written in one with the word that follows it."""
SUFFIXES = ("kannya", "annya", "inya", "kan", "nya", "lah", "an", "i", "")


@cache
def frequencies() -> dict[str, float]:
    """Words of the language; each with the base-10 logarithm of its number among 10^9 words."""
    table = {}
    for line in Path(__file__).with_name("frequencies.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            size, *words = line.split(" ")
            table.update(dict.fromkeys(words, float(size)))
    return table


def split_words(token: str, known: Container[str] | Mapping[str, int] | None = None) -> tuple[str, ...]:
    """The words that ``token`` is made of, in the spelling given; ``(token,)`` when it is one word, or not understood.

    Args:
        token: letters without blanks; what holds anything but letters is given back whole.
        known: words of the corpus itself in lower case, perhaps with their counts; they are real words too.
    """
    if len(token) < SHORTEST or not token.isalpha():
        return (token,)
    lower = token.lower()
    if known is None:
        return _cut(token, _split(lower))
    return (token,) if _known(lower, known) else _cut(token, _best(lower, known))


def is_word(word: str) -> bool:
    """Whether ``word`` is a word of the language, or Indonesian affixes make it from one."""
    return _common(word.lower()) is not None


@lru_cache(maxsize=100_000)
def _split(lower: str) -> tuple[int, ...]:
    return _best(lower, None)


def _cut(token: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    if not lengths:
        return (token,)
    parts, start = [], 0
    for length in lengths:
        parts.append(token[start : start + length])
        start += length
    return tuple(parts)


def _best(lower: str, known: Container[str] | None) -> tuple[int, ...]:
    """The lengths of the parts of the most probable split, () when the token is better left whole."""
    if _common(lower) is not None:
        return ()
    end = len(lower)
    scores = [0.0] + [-math.inf] * end
    cuts = [0] * (end + 1)
    for stop in range(1, end + 1):
        for start in range(max(0, stop - LONGEST_WORD), stop):
            if scores[start] == -math.inf:
                continue
            common = _value(lower[start:stop], known)
            if common is not None and scores[start] + common - 9 - BREAK > scores[stop]:
                scores[stop], cuts[stop] = scores[start] + common - 9 - BREAK, start
    if scores[end] == -math.inf:
        return ()
    lengths: list[int] = []
    stop = end
    while stop:
        lengths.append(stop - cuts[stop])
        stop = cuts[stop]
    # Words of a few letters explain anything: a split must rest on longer ones.
    if len(lengths) < 2 or end / len(lengths) < 3.5 or max(lengths) < 4:
        return ()
    first, last = lower[: lengths[-1]], lower[end - lengths[0] :]
    if first in ("ke", "se") or (len(lengths) == 2 and (first in JOINED or is_affixed_compound(first, last))):
        return ()
    return tuple(reversed(lengths))


def is_affixed_compound(first: str, last: str) -> bool:
    """Whether two parts are a compound between the halves of one affix: *ke-setia|kawan-an*, *pen-(t)ata|usaha-an*."""
    table = frequencies()
    if not first.startswith(("ke", "pe")) or not last.endswith("an") or first in table or last in table:
        return False
    return last[:-2] in table and any(
        stem in table
        for prefix in PREFIXES
        if prefix[:2] in ("ke", "pe") and first.startswith(prefix)
        for stem in _stems(prefix, first[len(prefix) :])
    )


def _value(word: str, known: Container[str] | None) -> float | None:
    common = _common(word)
    if known is not None and len(word) > 3 and _known(word, known):
        return max(common or 0.0, OWN)
    # What is short explains anything, so it must be common; what only affixes explain must be long.
    if common is None or (len(word) <= 4 and common < 4.0) or (common == DERIVED and len(word) < 7):
        return None
    return common


def _known(word: str, known: Container[str]) -> bool:
    """Whether the corpus holds the word; where counts are given, more than once."""
    if isinstance(known, Mapping):
        return bool(known.get(word, 0) > 1)
    return word in known


@lru_cache(maxsize=200_000)
def _common(word: str) -> float | None:
    """How common the word is, None for no word."""
    table = frequencies()
    if word in table:
        return table[word]
    if len(word) < 6:
        return None
    for prefix in PREFIXES:
        if not word.startswith(prefix):
            continue
        for suffix in SUFFIXES:
            if not (prefix or suffix) or not word.endswith(suffix):
                continue
            root = word[len(prefix) : len(word) - len(suffix)]
            if any(len(stem) > 3 and table.get(stem, 0.0) > 2.7 for stem in _stems(prefix, root)):
                return DERIVED
    return None


def _stems(prefix: str, root: str) -> tuple[str, ...]:
    """What the root may be before the prefix swallowed its first letter."""
    swallowed = {"men": "t", "pen": "t", "mem": "p", "pem": "p", "meny": "s", "peny": "s", "meng": "k", "peng": "k"}
    return (root, swallowed[prefix] + root) if prefix in swallowed else (root,)
