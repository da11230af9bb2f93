"""The index as it was after one commit, and the matching and scoring of queries on it, whole posting lists at a time.

Scores are BM25F (Robertson and Zaragoza, 2009, The Probabilistic Relevance Framework): occurrences in text and headings
are weighed against the page's length, a word of the title is not; then all saturate together.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kms.engines.engine import Found, Results
from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.codec import SPLIT, SegmentReader
from kms.engines.whoosh.postings import IN_TITLE
from kms.query.tree import And, Node, Not, OneOf, Or, Phrase, Prefix, Word

K1 = 1.2
B = 0.6
TITLE = 1.5
INFLECTED = np.float32(0.6)
"""What an occurrence of another form of the word counts, beside 1 for the form asked for."""

_CODES = np.arange(256)
_IN_TEXT = (np.minimum(_CODES & (IN_TITLE - 1), IN_TITLE - 1) / 2).astype(np.float32)
_IN_TITLE = np.where(_CODES & IN_TITLE, np.float32(TITLE), np.float32(0))

CACHED_BYTES = 64 << 20


@dataclass(frozen=True)
class Part:
    """A segment in a snapshot: its first page's number there, and a mask of the pages that are not deleted."""

    reader: SegmentReader
    first: int
    alive: Array | None


@dataclass(frozen=True)
class Keyword:
    """All uses of a keyword: page number and number of the value, by page."""

    values: list[str]
    numbers: dict[str, int]
    pages: Array
    uses: Array


@dataclass(frozen=True)
class Scored:
    """Pages of a word, ascending, and their scores."""

    pages: Array
    scores: Array


@dataclass(frozen=True)
class Answer:
    """A mask of the pages that match, and their scores; None where nothing was scored."""

    mask: Array
    scores: Array | None = None


class Snapshot:
    """All pages in force after one commit; safe to read from many threads."""

    def __init__(self, generation: int, segments: Sequence[tuple[SegmentReader, Array | None]]) -> None:
        self.generation = generation
        firsts = np.cumsum([0, *(reader.pages for reader, _ in segments)]).tolist()
        self.parts = [Part(reader, first, alive) for (reader, alive), first in zip(segments, firsts)]
        self.size = firsts[-1]
        self._alive = joined(
            (np.ones(part.reader.pages, bool) if part.alive is None else part.alive for part in self.parts), "?"
        )
        self.count = int(self._alive.sum())
        self._page = joined((part.reader.page for part in self.parts), "u4")
        lengths = joined((part.reader.length for part in self.parts), "f4")
        average = float(lengths.mean()) if self.size else 1.0
        self._weight_of_text = (1 / (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)
        self._keywords: dict[str, Keyword] = {}
        self._cache = _Cache(CACHED_BYTES)

    def search(self, query: Node, limit: int, offset: int, facets: Sequence[str]) -> Results:
        """See `kms.engines.engine.Engine.search`."""
        answer = self._answer(query)
        mask = answer.mask & self._alive
        hits = self._best(mask, answer.scores, max(0, limit), max(0, offset))
        return Results(int(np.count_nonzero(mask)), hits, {name: self._counted(name, mask) for name in facets})

    def values(self, name: str) -> tuple[tuple[str, int], ...]:
        """See `kms.engines.engine.Engine.values`."""
        return self._counted(name, self._alive)

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """See `kms.engines.engine.Engine.vocabulary`."""
        where: dict[bytes, list[tuple[Part, int]]] = {}
        for part in self.parts:
            terms = part.reader.terms
            numbers = terms.under(prefix.encode())
            keys = terms.all() if len(numbers) == len(terms) else [terms[number] for number in numbers]
            for number, key in zip(numbers, keys):
                where.setdefault(key.partition(SPLIT)[0], []).append((part, number))
        counted = ((word.decode(), self._pages_with(found)) for word, found in sorted(where.items()))
        return [(word, pages) for word, pages in counted if pages]

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        """See `kms.engines.engine.Engine.frequencies`."""
        return [
            sum(self._pages_with([(part, term) for term in part.reader.terms_with_stem(stem)]) for part in self.parts)
            for stem in stems
        ]

    def _pages_with(self, found: Sequence[tuple[Part, int]]) -> int:
        """How many pages have any of the terms."""
        if len({id(part) for part, _ in found}) == len(found) and all(part.alive is None for part, _ in found):
            return sum(part.reader.pages_of(term) for part, term in found)
        pages = joined((part.reader.postings(term)[0] + part.first for part, term in found), "i4")
        return len(np.unique(pages[self._alive[pages]]))

    def _best(self, mask: Array, scores: Array | None, limit: int, offset: int) -> tuple[Found, ...]:
        """The hits from ``offset`` on, best first, equal scores by document and page."""
        wanted = offset + limit
        pages = np.flatnonzero(mask)
        if not limit or offset >= len(pages):
            return ()
        weights = np.zeros(len(pages), np.float32) if scores is None else scores[pages]
        if len(pages) > wanted:
            least = np.partition(weights, len(pages) - wanted)[len(pages) - wanted]
            keep = weights >= least
            pages, weights = pages[keep], weights[keep]
        firsts = np.array([part.first for part in self.parts])
        which = np.searchsorted(firsts, pages, side="right") - 1
        document = np.empty(len(pages), np.int64)
        names: dict[str, int] = {}
        for number in np.unique(which).tolist():
            part, chosen = self.parts[number], which == number
            local, inverse = np.unique(part.reader.document[pages[chosen] - part.first], return_inverse=True)
            table = [names.setdefault(part.reader.documents[int(d)].decode(), len(names)) for d in local]
            document[chosen] = np.array(table)[inverse]
        ordered = sorted(names)
        rank = np.empty(len(names), np.int64)
        rank[[names[name] for name in ordered]] = np.arange(len(names))
        order = np.lexsort((self._page[pages], rank[document], -weights))[offset:wanted]
        return tuple(
            Found(ordered[int(rank[document[at]])], int(self._page[pages[at]]), float(weights[at])) for at in order
        )

    def _counted(self, name: str, mask: Array) -> tuple[tuple[str, int], ...]:
        keyword = self._keyword(name)
        counts = np.bincount(keyword.uses[mask[keyword.pages]], minlength=len(keyword.values)).tolist()
        found = [(value, count) for value, count in zip(keyword.values, counts) if count]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))

    def _keyword(self, name: str) -> Keyword:
        if name not in self._keywords:
            numbers: dict[str, int] = {}
            pages, uses = [], []
            for part in self.parts:
                if name in part.reader.keywords:
                    values, at, which = part.reader.keyword(name)
                    table = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)
                    pages.append(at.astype(np.int64) + part.first)
                    uses.append(table[which])
            self._keywords[name] = Keyword(list(numbers), numbers, joined(pages, "i4"), joined(uses, "i4"))
        return self._keywords[name]

    def _answer(self, node: Node) -> Answer:
        match node:
            case Word(token):
                return self._spread(self._word(token.exact, token.stem))
            case Prefix(start):
                return self._spread(self._prefix(start))
            case Phrase(tokens):
                return self._spread(self._phrase(tuple(token.stem for token in tokens)))
            case OneOf(name, values):
                return Answer(self._one_of(name, values))
            case Not(part):
                return Answer(~self._answer(part).mask)
            case And(parts):
                return self._combined(parts, np.logical_and, True)
            case Or(parts):
                return self._combined(parts, np.logical_or, False)

    def _combined(self, parts: Sequence[Node], join: np.ufunc, start: bool) -> Answer:
        mask: Array | None = None
        scores: Array | None = None
        for part in parts:
            answer = self._answer(part)
            mask = answer.mask if mask is None else join(mask, answer.mask)
            if answer.scores is not None:
                scores = answer.scores if scores is None else scores + answer.scores
        return Answer(np.full(self.size, start) if mask is None else mask, scores)

    def _spread(self, scored: Scored) -> Answer:
        mask = np.zeros(self.size, bool)
        mask[scored.pages] = True
        scores = np.zeros(self.size, np.float32)
        scores[scored.pages] = scored.scores
        return Answer(mask, scores)

    def _one_of(self, name: str, values: Sequence[str]) -> Array:
        keyword = self._keyword(name)
        wanted = np.zeros(len(keyword.values), bool)
        wanted[[keyword.numbers[value] for value in values if value in keyword.numbers]] = True
        mask = np.zeros(self.size, bool)
        mask[keyword.pages[wanted[keyword.uses]]] = True
        return mask

    def _word(self, exact: str, stem: str) -> Scored:
        def terms(reader: SegmentReader) -> list[tuple[int, np.float32]]:
            found = reader.terms_with_stem(stem)
            return [
                (term, np.float32(1) if reader.terms[term].partition(SPLIT)[0] == word else INFLECTED) for term in found
            ]

        word = exact.encode()
        return self._cache.get(("word", exact, stem), lambda: self._scored(terms))

    def _prefix(self, start: str) -> Scored:
        def terms(reader: SegmentReader) -> list[tuple[int, np.float32]]:
            return [(term, np.float32(1)) for term in reader.terms.under(start.encode())]

        return self._cache.get(("prefix", start), lambda: self._scored(terms))

    def _scored(self, terms: Callable[[SegmentReader], list[tuple[int, np.float32]]]) -> Scored:
        """Pages and scores of a set of terms taken as one word."""
        pages, weights = [], []
        for part in self.parts:
            found = terms(part.reader)
            if len(found) == 1:
                (term, factor), *_ = found
                at, codes = part.reader.postings(term)
                weights.append(self._occurrences(at + part.first, codes) * factor)
                pages.append(at + part.first)
            elif found:
                total = np.zeros(part.reader.pages, np.float32)
                for term, factor in found:
                    at, codes = part.reader.postings(term)
                    total[at] += self._occurrences(at + part.first, codes) * factor
                at = np.flatnonzero(total)
                weights.append(total[at])
                pages.append(at + part.first)
        return self._saturated(joined(pages, "i4"), joined(weights, "f4"))

    def _occurrences(self, pages: Array, codes: Array) -> Array:
        """How often the pages have a word, weighed by field and length."""
        counted: Array = _IN_TEXT[codes] * self._weight_of_text[pages] + _IN_TITLE[codes]
        return counted

    def _saturated(self, pages: Array, occurrences: Array) -> Scored:
        rarity = np.float32(np.log1p((self.size - len(pages) + 0.5) / (len(pages) + 0.5)))
        return Scored(pages, occurrences * (rarity * np.float32(K1 + 1)) / (occurrences + np.float32(K1)))

    def _phrase(self, stems: tuple[str, ...]) -> Scored:
        return self._cache.get(("phrase", stems), lambda: self._phrase_scored(stems))

    def _phrase_scored(self, stems: tuple[str, ...]) -> Scored:
        pages, counts = [], []
        for part in self.parts:
            at, number = _phrase_in(part.reader, stems)
            pages.append(at + part.first)
            counts.append(number.astype(np.float32) * self._weight_of_text[at + part.first])
        return self._saturated(joined(pages, "i4"), joined(counts, "f4"))


def _phrase_in(reader: SegmentReader, stems: Sequence[str]) -> tuple[Array, Array]:
    """Pages of a segment that have the stems side by side, ascending, and how often."""
    terms = {stem: reader.terms_with_stem(stem) for stem in stems}
    wanted = np.ones(reader.pages, bool)
    for found in terms.values():
        having = np.zeros(reader.pages, bool)
        for term in found:
            having[reader.postings(term)[0]] = True
        wanted &= having
    if not stems or not wanted.any():
        return np.empty(0, np.int32), np.empty(0, np.int64)
    keys = {stem: reader.keys_of(wanted, found) for stem, found in terms.items()}
    first = keys[stems[0]]
    for step, stem in enumerate(stems[1:], 1):
        others = keys[stem]
        at = np.searchsorted(others, first + step)
        at[at == len(others)] = 0
        first = first[others[at] == first + step]
    at, number = np.unique(first >> 32, return_counts=True)
    return at.astype(np.int32), number


class _Cache:
    """The most recently used scored words, within a number of bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._entries: OrderedDict[tuple[object, ...], Scored] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], Scored]) -> Scored:
        with self._changing:
            known = self._entries.get(key)
            if known is not None:
                self._entries.move_to_end(key)
                return known
        made = make()
        size = made.pages.nbytes + made.scores.nbytes
        if size * 4 < CACHED_BYTES:
            with self._changing:
                if key not in self._entries:
                    self._entries[key] = made
                    self._room -= size
                while self._room < 0 and self._entries:
                    _, oldest = self._entries.popitem(last=False)
                    self._room += oldest.pages.nbytes + oldest.scores.nbytes
        return made
