"""The index as it was after one commit: which pages answer a query, and in which order.

The best pages are ordered once more by how near to one another the words of the query stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kms.engines.engine import Preference, Reason, Results
from kms.engines.whoosh.arrays import Array, joined
from kms.engines.whoosh.codec import SegmentReader
from kms.engines.whoosh.keywords import Keywords
from kms.engines.whoosh.nearness import names_year, near, pairs_of, together
from kms.engines.whoosh.pages import Pages
from kms.engines.whoosh.scoring import K1, Scored, Scorer
from kms.engines.whoosh.vocabulary import Vocabulary
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word

NEAR = np.float32(1.0)
"""What two words of the query side by side count, beside the rarer of them."""

ABOUT_YEAR = np.float32(1.5)
"""What counts in a query with a year that all its words stand together, beside a word of their mean rarity: a figure of
that year, and not of another that the page has, too."""

WINDOW = 200
"""Pages that are ordered once more by nearness."""


@dataclass(frozen=True)
class Answer:
    """A mask of the pages that match, and their scores; None where nothing was scored. Both belong to who asked."""

    mask: Array
    scores: Array | None = None


class Snapshot:
    """All pages in force after one commit; safe to read from many threads.

    What the snapshot ``before`` has read of keywords is taken over.
    """

    def __init__(
        self,
        generation: int,
        segments: Sequence[tuple[SegmentReader, Array | None]],
        before: Snapshot | None = None,
    ) -> None:
        self.generation = generation
        self._pages = Pages(segments)
        self._keywords: Keywords = Keywords(self._pages, before._keywords if before else None)
        self._scorer = Scorer(self._pages)
        self._vocabulary = Vocabulary(self._pages)

    @property
    def count(self) -> int:
        """Number of pages in force."""
        return self._pages.count

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
        mask = answer.mask & self._pages.alive
        scores = answer.scores
        if scores is not None:
            for preference in prefer:
                scores[np.flatnonzero(self._answer(preference.node).mask)] *= np.float32(preference.factor)
        limit, offset = max(0, limit), max(0, offset)
        pairs = not latest and limit and offset < WINDOW and pairs_of(query)
        every = np.flatnonzero(mask)
        pages, weights = self._first(every, scores, max(limit + offset, WINDOW if pairs else 0), latest)
        if pairs:
            pages, weights = self._ordered_by_nearness(pages, weights, query)
        hits = self._pages.found(pages[offset : offset + limit], weights[offset : offset + limit])
        return Results(len(every), hits, {name: self._keywords.counted(name, mask, every) for name in facets})

    def explain(self, query: Node, pages: Sequence[tuple[str, int]]) -> list[tuple[Reason, ...]]:
        """See `kms.engines.engine.Engine.explain`."""
        numbers = [self._pages.number(document, page) for document, page in pages]
        shares: list[list[Reason]] = [[] for _ in pages]
        for part in _parts(query):
            scores = self._answer(part).scores
            for number, share in zip(numbers, shares):
                if number is not None and scores is not None and scores[number] > 0:
                    share.append(Reason(part, float(scores[number])))
        for number, share in zip(numbers, shares):
            bonus = 0.0 if number is None else float(self._nearness(np.array([number]), query)[0])
            if bonus > 0:
                share.append(Reason(None, bonus))
        return [tuple(sorted(share, key=lambda reason: -reason.score)) for share in shares]

    def values(self, name: str) -> tuple[tuple[str, int], ...]:
        """See `kms.engines.engine.Engine.values`."""
        return self._keywords.counted(name, self._pages.alive, np.flatnonzero(self._pages.alive))

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """See `kms.engines.engine.Engine.vocabulary`."""
        return self._vocabulary.words(prefix)

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        """See `kms.engines.engine.Engine.frequencies`."""
        return self._vocabulary.frequencies(stems)

    def _first(self, pages: Array, scores: Array | None, wanted: int, latest: str) -> tuple[Array, Array]:
        """The ``wanted`` best of ``pages`` and their scores, best first, equal ones by document and page."""
        weights = np.zeros(len(pages), np.float32) if scores is None else scores.take(pages)
        if not wanted or not len(pages):
            return pages[:0], weights[:0]
        keys = weights if not latest else self._keywords.greatest(latest)[pages] * 1e6 + weights
        if len(pages) > wanted:
            least = np.partition(keys, len(pages) - wanted)[len(pages) - wanted]
            keep = keys >= least
            if np.count_nonzero(keep) > 4 * wanted:  # most are equal: only the first of those are of use
                better, equal = keys > least, np.flatnonzero(keys == least)
                order = self._pages.order()[pages[equal]]
                room = wanted - int(np.count_nonzero(better))
                keep = better
                keep[equal[np.argpartition(order, room - 1)[:room]]] = True
            pages, weights, keys = pages[keep], weights[keep], keys[keep]
        chosen = np.argsort(-keys, kind="stable")
        again = np.diff(keys[chosen]) == 0
        tied = chosen[np.append(again, False) | np.append(False, again)]
        if len(tied):
            # Only of equal ones the documents have to be known.
            ranks = np.zeros(len(pages), np.int64)
            ranks[tied] = self._pages.ranks(pages[tied])
            chosen = np.lexsort((self._pages.page[pages], ranks, -keys))
        chosen = chosen[:wanted]
        return pages[chosen], weights[chosen]

    def _ordered_by_nearness(self, pages: Array, weights: Array, query: Node) -> tuple[Array, Array]:
        """The first `WINDOW` pages anew, by score and nearness; the rest stays behind them."""
        head = pages[:WINDOW]
        raised = weights.copy()
        raised[:WINDOW] += self._nearness(head, query)
        order = np.arange(len(pages))
        # Stable, so that equal ones stay by document and page.
        order[:WINDOW] = np.argsort(-raised[:WINDOW], kind="stable")
        return pages[order], raised[order]

    def _nearness(self, pages: Array, query: Node) -> Array:
        """What is added to the scores of pages for words of the query near one another."""
        pairs = pairs_of(query)
        bonus = np.zeros(len(pages), np.float32)
        order = np.argsort(pages)
        ascending = pages[order]
        rarity = {t.stem: self._scorer.rarity(len(self._scorer.leaf(Word(t)).pages)) for pair in pairs for t in pair}
        found: dict[str, list[Array]] = {stem: [] for stem in rarity}
        for part in self._pages.parts:
            left, right = np.searchsorted(ascending, (part.first, part.first + part.reader.pages)).tolist()
            if left == right:
                continue
            wanted = np.zeros(part.reader.pages, bool)
            wanted[ascending[left:right] - part.first] = True
            for stem, keys in found.items():
                keys.append(part.reader.keys_of(stem, wanted) + (part.first << 32))
        at = {stem: joined(keys, "i8") for stem, keys in found.items()}
        for one, other in pairs:
            count = near(at[one.stem], at[other.stem], ascending)
            gain = NEAR * min(rarity[one.stem], rarity[other.stem]) * np.float32(K1 + 1)
            bonus[order] += gain * count / (count + np.float32(K1))
        if len(at) > 2 and names_year(query):
            gain = ABOUT_YEAR * np.float32(sum(rarity.values()) / len(rarity)) * np.float32(K1 + 1)
            bonus[order] += gain * together(tuple(at.values()), ascending)
        return bonus

    def _answer(self, node: Node) -> Answer:
        match node:
            case Word() | Prefix() | Phrase():
                return self._spread(self._scorer.leaf(node))
            case Alike(part, others, weight):
                return self._alike(part, others, np.float32(weight))
            case OneOf(name, values):
                return Answer(self._keywords.one_of(name, values))
            case Not(part):
                return Answer(~self._answer(part).mask)
            case And(parts):
                return self._combined(parts, np.logical_and, True)
            case Or(parts):
                words = [part for part in parts if isinstance(part, Word | Prefix | Phrase)]
                if parts and len(words) == len(parts):
                    return self._any_of(map(self._scorer.leaf, words))
                return self._combined(parts, np.logical_or, False)

    def _combined(self, parts: Sequence[Node], join: np.ufunc, start: bool) -> Answer:
        mask: Array | None = None
        scores: Array | None = None
        for part in parts:
            answer = self._answer(part)
            mask = answer.mask if mask is None else join(mask, answer.mask)
            if answer.scores is not None:
                scores = answer.scores if scores is None else np.add(scores, answer.scores, out=scores)
        return Answer(np.full(self._pages.size, start) if mask is None else mask, scores)

    def _alike(self, part: Node, others: Sequence[Node], weight: np.float32) -> Answer:
        """Leaves count together as one word; of anything larger the best counts."""
        nodes = (part, *others)
        words = [node for node in nodes if isinstance(node, Word | Prefix | Phrase)]
        if len(words) == len(nodes):
            total = np.zeros(self._pages.size, np.float32)
            for number, node in enumerate(words):
                scored = self._scorer.leaf(node)
                total[scored.pages] += scored.occurrences * (weight if number else np.float32(1))
            pages = np.flatnonzero(total > 0)
            return self._spread(self._scorer.saturated(pages, total[pages]))
        first, *rest = (self._answer(node) for node in nodes)
        mask = first.mask
        scores = np.zeros(self._pages.size, np.float32) if first.scores is None else np.where(mask, first.scores, 0)
        for answer in rest:
            mask = mask | answer.mask
            if answer.scores is not None:
                scores = np.maximum(scores, np.where(answer.mask, answer.scores * weight, 0))
        return Answer(mask, scores)

    def _spread(self, scored: Scored) -> Answer:
        return self._any_of([scored])

    def _any_of(self, leaves: Iterable[Scored]) -> Answer:
        """The sum of what stands on some pages only, taken there only."""
        scores = np.zeros(self._pages.size, np.float32)
        for scored in leaves:
            scores[scored.pages] += scored.scores
        return Answer(scores > 0, scores)


def _parts(query: Node) -> list[Node]:
    """The parts of a query that are scored one by one."""
    match query:
        case And(parts) | Or(parts):
            return [inner for part in parts for inner in _parts(part)]
        case Word() | Prefix() | Phrase() | Alike():
            return [query]
    return []
