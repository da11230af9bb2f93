"""Words of the corpus: which of them a misspelt word was meant to be, and how one that is being typed may go on.

The nearest word by one edit (Damerau, 1964: a letter left out, put in, changed, or two exchanged), else by two, weighed
by how common it is and how likely the slip; the noisy channel of Kernighan, Church and Gale (1990).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import numpy as np

from kms.text import Token
from kms.text.segment import frequencies
from kms.text.stems import has_root, known_stems, stem
from kms.text.stopwords import STOP_WORDS
from kms.text.together import parts_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
VOWELS = frozenset("aiueo")
SOUNDS = ("ng", "ny")
"""Two letters that are one sound, and left out together."""

SHORTEST = 4
"""Letters of the shortest word that is corrected."""

SHORTEST_FOR_TWO = 7
"""Letters of the shortest word that may be two edits away."""

SHORTEST_RARE = 6
"""Letters of the shortest word of the corpus that is taken for a slip of its author."""

RARE = 3
"""Pages that a slip of authors stands on at most."""

MORE_COMMON = 4
"""Times as many pages have the word that was meant."""

OFTEN = 4.0
"""How frequent (Zipf) a word is that is surely none of the slips which a list of frequency holds."""

LIKELY = 5
"""Candidates that are looked at more closely."""


class Lexicon:
    """Words in their exact forms, each with the number of pages that have it."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._pages = dict(words)

    def __contains__(self, word: str) -> bool:
        return word in self._pages

    def correct(self, word: str, together: Callable[[str], int] | None = None) -> str | None:
        """The word, or words with a blank between, that ``word`` was most likely meant to be; None where unknown.

        None, too, for a word that exists, and for what is no word of letters. A word of the language that no page has
        ("triwulan") is no slip of a name ("Sriwulan"), nor of a word that says nothing ("dini", "ini"). ``together``
        tells on how many pages a candidate stands with the rest of the query.
        """
        if word in self._pages or len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
            return None
        near = self._one_edit(word)
        if word in frequencies():
            near = {found for found in near if found in frequencies() or has_root(found)}
            if is_of_the_language(word):
                near -= STOP_WORDS
            if not near:
                return None
        ranked = sorted(((self._likelihood(word, found), found) for found in near), reverse=True)
        if not ranked:
            parts = [part.exact for part, _, _ in parts_of(word)] or self._halves(word)
            if parts and all(part in self._pages for part in parts):
                return " ".join(parts)
            ranked = sorted(((self._likelihood(word, found), found) for found in self._two_edits(word)), reverse=True)
        best = ranked[:LIKELY]
        if together and len(best) > 1:
            best = sorted(((score + math.log1p(together(found)), found) for score, found in best), reverse=True)
        return best[0][1] if best else None

    def better(self, token: Token, pages: int) -> str | None:
        """A far likelier reading of a word of which only other forms stand on ``pages`` pages; None where it is good.

        Only for what no list of the language has, and only a common word of another stem, one edit away.
        """
        word = token.exact
        if word in self._pages or not may_be_bettered(token):
            return None
        known = [found for found in self._one_edit(word) if self._pages[found] >= pages and found in frequencies()]
        known = [found for found in known if stem(found) != token.stem]
        return max(known, key=lambda found: (self._likelihood(word, found), found), default=None)

    def commoner(self, word: str) -> str | None:
        """The common word that ``word``, which stands on a few pages, is most likely a slip of; None where it is none.

        A word of the language, or one made of such a word, is no slip.
        """
        pages = self._pages.get(word, 0)
        if not 0 < pages <= RARE or not may_be_slip(word):
            return None
        known = [found for found in self._one_edit(word) if self._pages[found] >= MORE_COMMON * pages]
        known = [found for found in known if frequencies().get(found, 0.0) >= 2.0 or has_root(found)]
        return max(known, key=lambda found: (self._likelihood(word, found), found), default=None)

    def complete(self, start: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin with ``start``, most pages first."""
        first = bisect_left(self._sorted, start)
        last = bisect_left(self._sorted, start + "\U0010ffff", first)
        found = self._sorted[first:last]
        return sorted(((word, self._pages[word]) for word in found), key=lambda item: (-item[1], item[0]))[:limit]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word in self._pages if word.isalpha() and len(word) > 1)

    def _one_edit(self, word: str) -> set[str]:
        return {found for found in _edits(word) if found in self._pages and found.isalpha()}

    def _two_edits(self, word: str) -> set[str]:
        if len(word) < SHORTEST_FOR_TWO:
            return set()
        words, counts = self._counts
        mine = np.array([word.count(letter) for letter in LETTERS], np.int16)
        # Each edit changes the numbers of letters by two at most.
        near = np.flatnonzero(np.abs(counts - mine).sum(axis=1) <= 4)
        found = (words[number] for number in near.tolist())
        return {other for other in found if abs(len(other) - len(word)) <= 2 and _distance(word, other) <= 2}

    @cached_property
    def _counts(self) -> tuple[list[str], np.ndarray[tuple[int, ...], np.dtype[np.int16]]]:
        words = [word for word in self._sorted if len(word) >= SHORTEST_FOR_TWO - 2 and word.isascii()]
        counts = np.zeros((len(words), len(LETTERS)), np.int16)
        codes = np.frombuffer("".join(words).encode(), np.uint8) - ord("a")
        row = np.repeat(np.arange(len(words)), [len(word) for word in words])
        np.add.at(counts, (row, codes), 1)
        return words, counts

    def _halves(self, word: str) -> list[str]:
        """Two common words that a blank was left out between."""
        number = self._pages.get
        halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        known = [(left, right) for left, right in halves if min(number(left, 0), number(right, 0)) > 2]
        best = max(known, key=lambda pair: min(self._pages[pair[0]], self._pages[pair[1]]), default=())
        return list(best)

    def _likelihood(self, typed: str, meant: str) -> float:
        """Grows with the chance that ``meant`` was typed as ``typed``."""
        pages = self._pages[meant]
        score = math.log(pages + 1) * 0.8 + _slip(typed, meant)
        common = frequencies().get(meant, 0.0)
        if common >= 2.0 or has_root(meant):
            return score + 2.0 + 0.25 * common
        return score - 1.0 if pages < 3 else score  # most likely a slip itself


def is_of_the_language(word: str) -> bool:
    """Whether the language surely has it. A list of frequency holds slips, too, and a slip may look like a form."""
    return frequencies().get(word, 0.0) >= OFTEN or (word in frequencies() and has_root(word))


def may_be_bettered(token: Token) -> bool:
    """Whether `Lexicon.better` may know better; tells at once, without a lexicon."""
    listed = token.exact in frequencies() or token.exact in known_stems()
    return token.exact != token.stem and len(token.exact) >= SHORTEST and not listed


def may_be_slip(word: str) -> bool:
    """Whether `Lexicon.commoner` may know another word; tells at once, without a lexicon."""
    if len(word) < SHORTEST_RARE or not (word.isascii() and word.isalpha()) or word in frequencies():
        return False
    return not (has_root(word) and (stem(word) == word or stem(word) in frequencies()))


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for sound in SOUNDS:
            yield left + sound + right
        for letter in LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def _slip(typed: str, meant: str) -> float:
    """How likely one edit is, as a logarithm.

    A letter left out or two exchanged can happen in one way at a place, a wrong or additional letter in 25: each of
    these is rarer, but for doubled letters, neighbours on the keyboard and vowels. The first letter is rarely wrong.
    """
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    score = -1.0 if at == 0 else 0.0
    if len(typed) < len(meant):
        return score + 2.5
    if len(typed) == len(meant):
        if typed[at + 1 : at + 2] == meant[at : at + 1] and meant[at + 1 : at + 2] == typed[at : at + 1]:
            return score + 2.5
        one, other = typed[at : at + 1], meant[at : at + 1]
        return score + (1.0 if {one, other} <= VOWELS or _beside(one, other) else 0.0)
    doubled = typed[at : at + 1] in (typed[at - 1 : at] if at else "", typed[at + 1 : at + 2])
    return score + (1.5 if doubled else 0.0)


def _beside(one: str, other: str) -> bool:
    for row in ROWS:
        if one in row and other in row:
            return abs(row.index(one) - row.index(other)) == 1
    return False


def _distance(one: str, other: str) -> int:
    """Optimal string alignment distance."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
