"""What words, beginnings of words and phrases are worth on each page that has them.

Scores are BM25F (Robertson and Zaragoza, 2009, The Probabilistic Relevance Framework): occurrences in text and headings
are weighed against the page's length, a word of the title is not; then all saturate together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.cache import Cache
from kms.engines.whoosh.codec import SegmentReader
from kms.engines.whoosh.forms import Forms
from kms.engines.whoosh.nearness import phrase
from kms.engines.whoosh.pages import Pages, Part
from kms.engines.whoosh.postings import IN_TITLE, MOST
from kms.query.tree import Phrase, Prefix, Word

K1 = 1.2
"""How soon further occurrences count ever less."""
B = 0.6
"""How far a long page counts less for an occurrence than a short one (0 to 1)."""
TITLE = 1.5
"""What a word of the title counts beside an occurrence in the text."""
INFLECTED = np.float32(0.6)
"""What an occurrence of another form of the word counts, beside 1 for the form asked for."""

_HALF = np.float32(0.5)


@dataclass(frozen=True)
class Scored:
    """Pages of a word, ascending, its occurrences weighed by field and length, and the scores these come to."""

    pages: Array
    occurrences: Array
    scores: Array

    @property
    def nbytes(self) -> int:
        return self.pages.nbytes + self.occurrences.nbytes + self.scores.nbytes


class Scorer:
    """Scores words of the pages, whole posting lists at a time, and remembers those asked for last."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        lengths = joined((part.reader.length for part in pages.parts), "f4")
        # Pages deleted, or hidden since, must not show in the scores of others.
        average = float(lengths[pages.alive].mean(dtype=np.float64)) if pages.count else 1.0
        self._weight_of_text = (1 / (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)
        self._cache = Cache()

    def leaf(self, node: Word | Prefix | Phrase) -> Scored:
        """The pages that have it, without deleted ones, and its scores there."""
        match node:
            case Word(token):
                return self._word(token.exact, token.stem)
            case Prefix(start):
                return self._prefix(start)
            case Phrase(tokens):
                return self._phrase(tuple(token.stem for token in tokens))

    def saturated(self, pages: Array, occurrences: Array) -> Scored:
        """The scores of what stands on just ``pages``, with its weighed ``occurrences`` there."""
        gain = self.rarity(len(pages)) * np.float32(K1 + 1)
        return Scored(pages, occurrences, occurrences * gain / (occurrences + np.float32(K1)))

    def rarity(self, pages: int) -> np.float32:
        """What an occurrence is worth of something that stands on so many pages."""
        return np.float32(np.log1p((self._pages.count - pages + 0.5) / (pages + 0.5)))

    def _word(self, exact: str, stem: str) -> Scored:
        return self._cache.get(
            ("word", exact, stem), lambda: self._scored(lambda reader: reader.forms(stem), exact.encode())
        )

    def _prefix(self, start: str) -> Scored:
        return self._cache.get(
            ("prefix", start),
            lambda: self._scored(lambda reader: reader.gathered(reader.terms.under(start.encode()))),
        )

    def _scored(self, forms_in: Callable[[SegmentReader], Forms], exact: bytes | None = None) -> Scored:
        """Pages and scores of a word; other forms than the ``exact`` one count less where that is told."""
        pages, occurrences = [], []
        for part in self._pages.parts:
            forms = forms_in(part.reader)
            # Numpy counts and looks up by numbers as wide as pointers, other ones several times slower.
            at = forms.pages.astype(np.intp)
            counted = self._occurrences(part, at, forms.codes)
            if exact is not None:
                _weigh_others(counted, forms, exact)
            if len(forms.words) > 1:
                total = np.bincount(at, counted, part.reader.pages)
                at = np.flatnonzero(total > 0)  # eight times faster than to look for zeros among floats
                counted = total.take(at)
            pages.append(at + part.first)
            occurrences.append(counted)
        return self.saturated(*self._pages.of_alive(joined(pages, "i8"), joined(occurrences, "f4")))

    def _occurrences(self, part: Part, pages: Array, codes: Array) -> Array:
        """How often ``pages`` of a segment have a word, weighed by field and length."""
        counted: Array = (codes & np.uint8(MOST)) * _HALF
        counted *= self._weight_of_text[part.first : part.first + part.reader.pages].take(pages)
        if codes.max(initial=0) >= IN_TITLE:
            counted += (codes >= IN_TITLE) * np.float32(TITLE)
        return counted

    def _phrase(self, stems: tuple[str, ...]) -> Scored:
        return self._cache.get(("phrase", stems), lambda: self._phrase_scored(stems))

    def _phrase_scored(self, stems: tuple[str, ...]) -> Scored:
        pages, counts = [], []
        for part in self._pages.parts:
            at, text, headings, title = phrase(part.reader, stems)
            pages.append(at + part.first)
            in_text = (text + np.float32(1.5) * headings) * self._weight_of_text[at + part.first]
            counts.append(in_text + np.float32(TITLE) * (title > 0))
        return self.saturated(*self._pages.of_alive(joined(pages, "i8"), joined(counts, "f4")))


def _weigh_others(counted: Array, forms: Forms, exact: bytes) -> None:
    """Let occurrences of other forms than the ``exact`` one count less."""
    if exact not in forms.words:
        counted *= INFLECTED
        return
    number = forms.words.index(exact)
    first = int(forms.sizes[:number].sum())
    counted[:first] *= INFLECTED
    counted[first + int(forms.sizes[number]) :] *= INFLECTED
