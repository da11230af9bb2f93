"""How much a word says: rare ones much, common ones little, stop words nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from kms.duplicates.reading import Codes, Weights, code
from kms.duplicates.weights import factor
from kms.text import segment
from kms.text.stopwords import STOP_WORDS

PRIOR = 300.0
"""Pages of a corpus at which its own counts weigh as much as those of the language, when words are sought."""
SAY = 0.2
"""The most that a corpus's own counts weigh where two texts are judged: two studies are no less the same where many
others are on their subject, too."""
UNKNOWN = 1.0
"""The weight of a word that nobody learnt."""


class Rarity:
    """Weights of stems between 0 and 1, from the number of pages of a corpus that have them and from the language.

    ``count`` gives the numbers of pages for stems, out of ``pages`` in all. A small corpus cannot tell which words
    are common, so the language's own frequencies help out where words are sought; where texts are judged, these say
    nearly all, so that a judgement does not depend on what else the corpus holds. A word tells less of a subject where
    it only names the kind of work, place or time, and nothing where it was `mute`d.
    """

    def __init__(self, count: Callable[[Sequence[str]], Sequence[int]], pages: int) -> None:
        self._count = count
        self._pages = pages
        self._plain: dict[str, float] = {}
        self._sought: dict[str, float] = {}
        self._in_text: dict[int, float] = {}
        self._telling: dict[int, float] = {}
        self._muted: set[int] = set()
        self._asked: dict[int, float] = {}
        self._fresh: set[int] = set()
        self._codes: Codes = np.zeros(0, np.uint32)
        self._weights = np.full((3, 1), UNKNOWN)

    def of(self, stem: str) -> float:
        """The weight of one stem by itself."""
        if stem not in self._plain:
            self._note(stem, self._count([stem])[0])
        return self._plain[stem]

    def sought(self, stem: str) -> float:
        """The weight of one stem in a question to the corpus."""
        self.of(stem)
        return self._sought[stem]

    def held(self, stems: Iterable[str]) -> set[str]:
        """Those of some stems that the corpus has on some page; their weights are looked up all at once."""
        asked = list(stems)
        counts = self._count(asked)
        for stem, pages in zip(asked, counts, strict=True):
            self._note(stem, pages)
        return {stem for stem, pages in zip(asked, counts, strict=True) if pages}

    def mute(self, stems: Iterable[str]) -> None:
        """Let stems tell nothing, such as the name of the office that wrote it."""
        for stem in stems:
            self._muted.add(code(stem))
            self._telling[code(stem)] = self._asked[code(stem)] = 0.0
            self._fresh.add(code(stem))

    def learn(self, stems: Mapping[int, str]) -> None:
        """Look up the stems of a reading, so that `weigh` knows them."""
        unknown = [(number, stem) for number, stem in stems.items() if number not in self._in_text]
        if not unknown:
            return
        for (number, stem), pages in zip(unknown, self._count([stem for _, stem in unknown])):
            self._note(stem, pages)
            tells = 0.0 if number in self._muted else factor(stem)
            self._in_text[number] = self._plain[stem]
            self._telling[number] = self._plain[stem] * tells
            self._asked[number] = self._sought[stem] * tells if pages else 0.0
            self._fresh.add(number)

    def weigh(self, codes: Codes) -> Weights:
        """The weight of each word in running text; the ones nobody learnt weigh as much as the rarest."""
        return self._look_up(codes, 0)

    def tell(self, codes: Codes) -> Weights:
        """What each word of a running text says about its subject: as `weigh`, less for words of any subject."""
        return self._look_up(codes, 1)

    def ask(self, codes: Codes) -> Weights:
        """What each word is worth in a question to the corpus: as `tell`, nothing for words that it does not hold."""
        return self._look_up(codes, 2)

    def _look_up(self, codes: Codes, column: int) -> Weights:
        """One of the three weights of each word."""
        if self._fresh:
            self._sort_in(sorted(self._fresh))
            self._fresh.clear()
        first, last = np.searchsorted(self._codes, codes), np.searchsorted(self._codes, codes, side="right")
        found: Weights = self._weights[column][np.where(first < last, first, len(self._codes))]
        return found

    def _sort_in(self, numbers: Sequence[int]) -> None:
        """Note the weights of these words in the table, which is ordered by code; its last row is of all others."""
        in_text = [self._in_text.get(number, UNKNOWN) for number in numbers]
        telling = [self._telling.get(number, UNKNOWN) for number in numbers]
        asked = [self._asked.get(number, UNKNOWN) for number in numbers]
        codes = np.array(numbers, np.uint32)
        kept = np.flatnonzero(~np.isin(self._codes, codes, assume_unique=True))
        codes = np.concatenate([self._codes[kept], codes])
        weights = np.concatenate([self._weights[:, kept], np.array([in_text, telling, asked])], axis=1)
        order = np.argsort(codes)
        self._codes = codes[order]
        self._weights = np.concatenate([weights[:, order], np.full((3, 1), UNKNOWN)], axis=1)

    def _note(self, stem: str, pages: int) -> None:
        """Note the weights of a stem that so many pages have: to judge by, and to seek by."""
        if stem in STOP_WORDS:
            self._plain[stem] = self._sought[stem] = 0.0
            return
        own = math.log((self._pages + 2) / (pages + 1)) / math.log(self._pages + 2)
        says = self._pages / (self._pages + PRIOR)
        for weights, share in ((self._plain, min(says, SAY)), (self._sought, says)):
            weights[stem] = max(0.0, share * own + (1 - share) * general_rarity(stem))


def general_rarity(stem: str) -> float:
    """How rare a word is in the language as such, 0 to 1; what no list holds is rare."""
    common = segment.frequencies().get(stem)
    return 1.0 if common is None else min(1.0, max(0.0, (7.5 - common) / 5))
