"""The index as it was after one commit, and the matching and scoring of queries on it, whole posting lists at a time.

Scores are BM25F (Robertson and Zaragoza, 2009, The Probabilistic Relevance Framework): occurrences in text and headings
are weighed against the page's length, a word of the title is not; then all saturate together. The best pages are
ordered once more by how near to one another the words of the query stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kms.engines.engine import Found, Preference, Reason, Results
from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.cache import Cache, Scored
from kms.engines.whoosh.codec import SPLIT, STEMS_KEPT, SegmentReader
from kms.engines.whoosh.nearness import near, pairs_of, phrase
from kms.engines.whoosh.postings import IN_TITLE
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word
from kms.text import Token

Pairs = Sequence[tuple[Token, Token]]

K1 = 1.2
B = 0.6
TITLE = 1.5
INFLECTED = np.float32(0.6)
"""What an occurrence of another form of the word counts, beside 1 for the form asked for."""

NEAR = np.float32(1.0)
"""What two words of the query side by side count, beside the rarer of them."""

WINDOW = 200
"""Pages that are ordered once more by nearness."""

_CODES = np.arange(256)
_IN_TEXT = (np.minimum(_CODES & (IN_TITLE - 1), IN_TITLE - 1) / 2).astype(np.float32)
_IN_TITLE = np.where(_CODES & IN_TITLE, np.float32(TITLE), np.float32(0))


@dataclass(frozen=True)
class Part:
    """A segment in a snapshot: its first page's number there, and a mask of the pages that are not deleted."""

    reader: SegmentReader
    first: int
    alive: Array | None


@dataclass(frozen=True)
class Keyword:
    """All uses of a keyword: page number and number of the value, by page; whether every page has just one."""

    values: list[str]
    numbers: dict[str, int]
    pages: Array
    uses: Array
    single: bool


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
        # Pages deleted, or hidden since, must not show in the scores of others.
        average = float(lengths[self._alive].mean(dtype=np.float64)) if self.count else 1.0
        self._weight_of_text = (1 / (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)
        self._keywords: dict[str, Keyword] = {}
        self._frequencies: dict[str, int] = {}
        self._greatest: dict[str, Array] = {}
        self._ordered: Array | None = None
        self._cache = Cache()

    def search(
        self,
        query: Node,
        limit: int,
        offset: int,
        facets: Sequence[str],
        prefer: Sequence[Preference] = (),
        latest: str = "",
    ) -> Results:
        """See `kms.engines.engine.Engine.search`."""
        answer = self._answer(query)
        mask = answer.mask & self._alive
        scores = answer.scores
        if scores is not None:
            for preference in prefer:
                scores = np.where(self._answer(preference.node).mask, scores * np.float32(preference.factor), scores)
        limit, offset = max(0, limit), max(0, offset)
        pairs = [] if latest or not limit or offset >= WINDOW else pairs_of(query)
        pages, weights = self._first(mask, scores, max(limit + offset, WINDOW if pairs else 0), latest)
        if pairs:
            pages, weights = self._ordered_by_nearness(pages, weights, pairs)
        hits = self._found(pages[offset : offset + limit], weights[offset : offset + limit])
        return Results(int(np.count_nonzero(mask)), hits, {name: self._counted(name, mask) for name in facets})

    def explain(self, query: Node, pages: Sequence[tuple[str, int]]) -> list[tuple[Reason, ...]]:
        """See `kms.engines.engine.Engine.explain`."""
        numbers = [self._number(document, page) for document, page in pages]
        shares: list[list[Reason]] = [[] for _ in pages]
        for part in _parts(query):
            scores = self._answer(part).scores
            for number, share in zip(numbers, shares):
                if number is not None and scores is not None and scores[number] > 0:
                    share.append(Reason(part, float(scores[number])))
        pairs = pairs_of(query)
        for number, share in zip(numbers, shares):
            bonus = 0.0 if number is None else float(self._nearness(np.array([number]), pairs)[0])
            if bonus > 0:
                share.append(Reason(None, bonus))
        return [tuple(sorted(share, key=lambda reason: -reason.score)) for share in shares]

    def values(self, name: str) -> tuple[tuple[str, int], ...]:
        """See `kms.engines.engine.Engine.values`."""
        return self._counted(name, self._alive)

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """See `kms.engines.engine.Engine.vocabulary`."""
        counts: dict[bytes, int] = {}
        unsure: dict[bytes, list[tuple[Part, int]]] = {}
        for part in self.parts:
            terms = part.reader.terms
            numbers = terms.under(prefix.encode())
            keys = terms.all() if len(numbers) == len(terms) else [terms[number] for number in numbers]
            pages = part.reader.pages_of_all(numbers)
            before = b""
            for key, count in zip(keys, pages):
                word = key.partition(SPLIT)[0]
                if part.alive is None and word != before:
                    counts[word] = counts.get(word, 0) + count
                else:  # pages are gone, or one word has several stems: its pages have to be looked at
                    unsure.setdefault(word, [])
                before = word
        if unsure:
            for part in self.parts:
                for number in part.reader.terms.under(prefix.encode()):
                    word = part.reader.terms[number].partition(SPLIT)[0]
                    if word in unsure:
                        unsure[word].append((part, number))
            counts.update((word, self._pages_with(found)) for word, found in unsure.items())
        return [(word.decode(), count) for word, count in sorted(counts.items()) if count]

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        """See `kms.engines.engine.Engine.frequencies`."""
        found = []
        for stem in stems:
            number = self._frequencies.get(stem)
            if number is None:
                if len(self._frequencies) >= STEMS_KEPT:
                    self._frequencies.clear()
                number = self._frequencies[stem] = sum(self._frequency(part, stem) for part in self.parts)
            found.append(number)
        return found

    def _frequency(self, part: Part, stem: str) -> int:
        terms = part.reader.terms_with_stem(stem)
        if len(terms) < 2 and part.alive is None:
            return part.reader.pages_of(terms[0]) if terms else 0
        having = np.zeros(part.reader.pages, bool)
        for term in terms:
            having[part.reader.postings(term)[0]] = True
        return int(np.count_nonzero(having if part.alive is None else having & part.alive))

    def _pages_with(self, found: Sequence[tuple[Part, int]]) -> int:
        """How many pages have any of the terms."""
        if len({id(part) for part, _ in found}) == len(found) and all(part.alive is None for part, _ in found):
            return sum(part.reader.pages_of(term) for part, term in found)
        having = np.zeros(self.size, bool)
        for part, term in found:
            having[part.reader.postings(term)[0] + part.first] = True
        return int(np.count_nonzero(having & self._alive))

    def _first(self, mask: Array, scores: Array | None, wanted: int, latest: str) -> tuple[Array, Array]:
        """The ``wanted`` best pages and their scores, best first, equal ones by document and page."""
        pages = np.flatnonzero(mask)
        weights = np.zeros(len(pages), np.float32) if scores is None else scores[pages]
        if not wanted or not len(pages):
            return pages[:0], weights[:0]
        keys = weights if not latest else self._latest(latest)[pages] * 1e6 + weights
        if len(pages) > wanted:
            least = np.partition(keys, len(pages) - wanted)[len(pages) - wanted]
            keep = keys >= least
            if np.count_nonzero(keep) > 4 * wanted:  # most are equal: only the first of those are of use
                better, equal = keys > least, np.flatnonzero(keys == least)
                order = self._order()[pages[equal]]
                room = wanted - int(np.count_nonzero(better))
                keep = better
                keep[equal[np.argpartition(order, room - 1)[:room]]] = True
            pages, weights, keys = pages[keep], weights[keep], keys[keep]
        ranks = self._ranks(pages)
        chosen = np.lexsort((self._page[pages], ranks, -keys))[:wanted]
        return pages[chosen], weights[chosen]

    def _ordered_by_nearness(self, pages: Array, weights: Array, pairs: Pairs) -> tuple[Array, Array]:
        """The first `WINDOW` pages anew, by score and nearness; the rest stays behind them."""
        head = pages[:WINDOW]
        raised = weights.copy()
        raised[:WINDOW] += self._nearness(head, pairs)
        order = np.arange(len(pages))
        # Stable, so that equal ones stay by document and page.
        order[:WINDOW] = np.argsort(-raised[:WINDOW], kind="stable")
        return pages[order], raised[order]

    def _nearness(self, pages: Array, pairs: Pairs) -> Array:
        """What is added to the scores of pages for words of the query near one another."""
        bonus = np.zeros(len(pages), np.float32)
        order = np.argsort(pages)
        ascending = pages[order]
        rarity = {t.stem: self._rarity(len(self._word(t.exact, t.stem).pages)) for pair in pairs for t in pair}
        for part in self.parts:
            left, right = np.searchsorted(ascending, (part.first, part.first + part.reader.pages)).tolist()
            if left == right:
                continue
            local = ascending[left:right] - part.first
            keys = {stem: part.reader.keys_of(local, part.reader.terms_with_stem(stem)) for stem in rarity}
            for one, other in pairs:
                count = near(keys[one.stem], keys[other.stem], local)
                gain = NEAR * min(rarity[one.stem], rarity[other.stem]) * np.float32(K1 + 1)
                bonus[order[left:right]] += gain * count / (count + np.float32(K1))
        return bonus

    def _found(self, pages: Array, weights: Array) -> tuple[Found, ...]:
        firsts = np.array([part.first for part in self.parts])
        hits = []
        for page, which, weight in zip(
            pages.tolist(), (np.searchsorted(firsts, pages, side="right") - 1).tolist(), weights.tolist()
        ):
            part = self.parts[which]
            local = page - part.first
            document = part.reader.documents[int(part.reader.document[local])].decode()
            hits.append(Found(document, int(self._page[page]), weight, part.reader.signature[local].tobytes()))
        return tuple(hits)

    def _number(self, document: str, page: int) -> int | None:
        """The number of a page here, or None."""
        for part in self.parts:
            which = part.reader.names().get(document)
            if which is not None:
                local = np.flatnonzero((part.reader.document == which) & (part.reader.page == page))
                local = local[self._alive[local + part.first]]
                if len(local):
                    return int(local[0]) + part.first
        return None

    def _ranks(self, pages: Array) -> Array:
        """Numbers that order the documents of ``pages`` by id."""
        firsts = np.array([part.first for part in self.parts])
        which = np.searchsorted(firsts, pages, side="right") - 1
        document = np.empty(len(pages), np.int64)
        names: dict[str, int] = {}
        for number in np.unique(which).tolist():
            part, chosen = self.parts[number], which == number
            local, inverse = np.unique(part.reader.document[pages[chosen] - part.first], return_inverse=True)
            table = [names.setdefault(part.reader.documents[int(d)].decode(), len(names)) for d in local]
            document[chosen] = np.array(table)[inverse]
        rank = np.empty(len(names), np.int64)
        rank[[names[name] for name in sorted(names)]] = np.arange(len(names))
        return rank[document]

    def _order(self) -> Array:
        """For every page its number in the order of documents and pages."""
        if self._ordered is None:
            order = np.lexsort((self._page, self._ranks(np.arange(self.size))))
            ordered = np.empty(self.size, np.int32)
            ordered[order] = np.arange(self.size, dtype=np.int32)
            self._ordered = ordered
        return self._ordered

    def _latest(self, name: str) -> Array:
        """For every page the rank of its greatest value of a keyword, -1 where it has none."""
        if name not in self._greatest:
            keyword = self._keyword(name)
            rank = np.empty(len(keyword.values), np.int64)
            rank[sorted(range(len(keyword.values)), key=keyword.values.__getitem__)] = np.arange(len(keyword.values))
            greatest = np.full(self.size, -1, np.int64)
            np.maximum.at(greatest, keyword.pages, rank[keyword.uses])
            self._greatest[name] = greatest
        return self._greatest[name]

    def _counted(self, name: str, mask: Array) -> tuple[tuple[str, int], ...]:
        keyword = self._keyword(name)
        # Where every page has one value, there is nothing to look up.
        used = mask if keyword.single else mask[keyword.pages]
        counts = np.bincount(keyword.uses[used], minlength=len(keyword.values)).tolist()
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
            every = joined(pages, "i4")
            single = len(every) == self.size and bool((every == np.arange(self.size)).all())
            self._keywords[name] = Keyword(list(numbers), numbers, every, joined(uses, "i4"), single)
        return self._keywords[name]

    def _answer(self, node: Node) -> Answer:
        match node:
            case Word() | Prefix() | Phrase():
                return self._spread(self._leaf(node))
            case Alike(part, others, weight):
                return self._alike(part, others, np.float32(weight))
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

    def _alike(self, part: Node, others: Sequence[Node], weight: np.float32) -> Answer:
        """Leaves count together as one word; of anything larger the best counts."""
        nodes = (part, *others)
        if all(isinstance(node, Word | Prefix | Phrase) for node in nodes):
            total = np.zeros(self.size, np.float32)
            for number, node in enumerate(nodes):
                scored = self._leaf(node)
                total[scored.pages] += scored.occurrences * (weight if number else np.float32(1))
            pages = np.flatnonzero(total)
            return self._spread(self._saturated(pages, total[pages]))
        first, *rest = (self._answer(node) for node in nodes)
        mask = first.mask
        scores = np.zeros(self.size, np.float32) if first.scores is None else np.where(mask, first.scores, 0)
        for answer in rest:
            mask = mask | answer.mask
            if answer.scores is not None:
                scores = np.maximum(scores, np.where(answer.mask, answer.scores * weight, 0))
        return Answer(mask, scores)

    def _leaf(self, node: Node) -> Scored:
        match node:
            case Word(token):
                return self._word(token.exact, token.stem)
            case Prefix(start):
                return self._prefix(start)
            case Phrase(tokens):
                return self._phrase(tuple(token.stem for token in tokens))
        raise TypeError(node)

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
        return self._saturated(*self._of_alive(joined(pages, "i4"), joined(weights, "f4")))

    def _of_alive(self, pages: Array, weights: Array) -> tuple[Array, Array]:
        """``pages`` and ``weights`` without those of deleted pages."""
        if self.count == self.size:
            return pages, weights
        alive = self._alive[pages]
        return pages[alive], weights[alive]

    def _occurrences(self, pages: Array, codes: Array) -> Array:
        """How often the pages have a word, weighed by field and length."""
        counted: Array = _IN_TEXT[codes] * self._weight_of_text[pages] + _IN_TITLE[codes]
        return counted

    def _saturated(self, pages: Array, occurrences: Array) -> Scored:
        gain = self._rarity(len(pages)) * np.float32(K1 + 1)
        return Scored(pages, occurrences, occurrences * gain / (occurrences + np.float32(K1)))

    def _rarity(self, pages: int) -> np.float32:
        return np.float32(np.log1p((self.count - pages + 0.5) / (pages + 0.5)))

    def _phrase(self, stems: tuple[str, ...]) -> Scored:
        return self._cache.get(("phrase", stems), lambda: self._phrase_scored(stems))

    def _phrase_scored(self, stems: tuple[str, ...]) -> Scored:
        pages, counts = [], []
        for part in self.parts:
            at, text, headings, title = phrase(part.reader, stems)
            pages.append(at + part.first)
            in_text = (text + np.float32(1.5) * headings) * self._weight_of_text[at + part.first]
            counts.append(in_text + np.float32(TITLE) * (title > 0))
        return self._saturated(*self._of_alive(joined(pages, "i4"), joined(counts, "f4")))


def _parts(query: Node) -> list[Node]:
    """The parts of a query that are scored one by one."""
    match query:
        case And(parts) | Or(parts):
            return [inner for part in parts for inner in _parts(part)]
        case Word() | Prefix() | Phrase() | Alike():
            return [query]
    return []
