"""From a query to an answer: words understood, pages found, editions and copies put in order, snippets cut."""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kms.corpus import Corpus
from kms.corpus.texts import Texts
from kms.engines.engine import Engine, Found, Preference
from kms.engines.signature import copies
from kms.errors import Damaged, NotFound
from kms.language import Message, say
from kms.library.answers import Hit, SearchAnswer, Share
from kms.library.index import View
from kms.library.searching import FACETS, Filters
from kms.library.understanding import surer, understand
from kms.library.vocabulary import Completion, Words, load_synonyms
from kms.model import Summary
from kms.query import Marker, parse, relax
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word

WINDOW = 100
"""Hits among which older editions step back and copies become one."""

COMMON = 0.2
"""The share of all pages that a word stands on that makes no page an answer by itself."""

SOME_WORDS = 0.8
"""What pages with some of the words keep of their score where those with all of them are shown, too ..."""

WORD_MISSED = 0.9
"""... and how much of that they lose for a word that they miss, by its share in what all words say: little for a common
word, most for the one that tells."""

FEW = 10
PAGES_PER_FEW = 50

OLDER = 0.96
"""What a page keeps of its score for each newer edition of its document, up to `OLDER_AT_MOST`."""

OLDER_AT_MOST = 3

IN_A_ROW = re.compile(r'["\u201c\u201d\u201e]\w+\W+\w[^"\u201c\u201d\u201e]*["\u201c\u201d\u201e]')
"""Words between quotation marks."""

COPY = 0.85
"""How alike the runs of words of two pages are (Jaccard) that are shown as one hit."""


@dataclass(frozen=True)
class Wish:
    """What a person wants to see of an answer: ``limit`` hits from the ``offset``-th on, snippets ``width`` long.

    ``newest`` puts documents of later years first; ``explain`` tells of each hit why it ranks where it does.
    """

    limit: int = 10
    offset: int = 0
    width: int = 240
    newest: bool = False
    explain: bool = False


@dataclass(frozen=True)
class _Group:
    """A hit and the pages that say nearly the same, best first."""

    found: Found
    similar: tuple[Found, ...] = ()


class Answerer:
    """Answers queries about the views of one corpus. May be used from several threads."""

    def __init__(self, corpus: Corpus, workspace: Path) -> None:
        self._corpus = corpus
        self._workspace = workspace
        self._texts = Texts(corpus)
        self._lock = threading.Lock()
        self._known: tuple[View, Words] | None = None
        self._own: tuple[tuple[str, ...], ...] | None = None

    def answer(self, view: View, query: str, filters: Filters, wish: Wish) -> SearchAnswer:
        """The pages for a query; those with some of its words where none has all of them.

        Raises:
            BadInput: a filter makes no sense.
            IndexDamaged: the index cannot be read.
        """
        began = time.perf_counter()
        limits = filters.node()
        if view.engine is None:
            return SearchAnswer(query, 0, _since(began), (), dict.fromkeys(FACETS, ()), None, parse(query).notes)
        if not limits and parse(query).node == And(()):
            note = say("There is nothing to search for.")
            return SearchAnswer(query, 0, _since(began), (), dict.fromkeys(FACETS, ()), None, (note,))
        asked = understand(view.engine, self.words(view), query, limits)
        node, notes = asked.node, list(asked.notes)
        window = max(WINDOW, wish.offset + wish.limit)
        latest = "year" if wish.newest else ""
        results = view.engine.search(node, window, 0, FACETS, asked.prefer, latest)
        if results.total < _few(view.engine.count()):
            wider = understand(view.engine, self.words(view), query, limits, sparing=False)
            if wider.node != node:
                more = view.engine.search(wider.node, window, 0, FACETS, wider.prefer, latest)
                if more.total > results.total:
                    asked, node, notes, results = wider, wider.node, list(wider.notes), more
        few = results.total < _few(view.engine.count())
        some = relax(_flat(node), partial(self._is_common, view)) if few else None
        if some is not None:
            prefer = (*asked.prefer, *_missed(view.engine, node), *surer(view.engine, asked))
            relaxed = view.engine.search(some, window, 0, FACETS, prefer, latest)
            if relaxed.total > results.total:
                notes.append(_relaxed(results.total))
                node, results = some, relaxed
        if not results.total and IN_A_ROW.search(query):
            notes.append(say("No page has these words in a row; without quotation marks each is looked for by itself."))
        editions = {} if asked.names_year or filters.year or wish.newest else self.words(view).editions
        groups = _grouped(_stepped_back(results.hits[:WINDOW], editions))
        listed = len(groups) + max(0, results.total - min(WINDOW, len(results.hits)))
        groups += [_Group(found) for found in results.hits[WINDOW:]]
        shown = groups[wish.offset : wish.offset + wish.limit]
        hits = self._hits(view, shown, node, wish)
        return SearchAnswer(
            query, results.total, _since(began), hits, results.facets, asked.suggestion, tuple(notes), listed
        )

    def _is_common(self, view: View, word: Word) -> bool:
        assert view.engine
        return self.words(view).pages(word) > COMMON * view.engine.count()

    def complete(self, view: View, text: str, limit: int) -> tuple[Completion, ...]:
        """What ``text`` may go on to be; () where there is no index yet."""
        return () if view.engine is None else self.words(view).complete(text, limit)

    def meant(self, view: View, query: str) -> Node:
        """What ``query`` is asked as; what it says, word for word, where there is no index yet.

        Raises:
            IndexDamaged: the index cannot be read.
        """
        if view.engine is None:
            return parse(query).node
        return understand(view.engine, self.words(view), query, ()).node

    def words(self, view: View) -> Words:
        """What the view knows about words.

        Raises:
            WorkspaceError: the workspace's own synonyms cannot be read.
        """
        assert view.engine
        with self._lock:
            if self._known is None or self._known[0] is not view:
                if self._own is None:
                    self._own = load_synonyms(self._workspace)
                before = self._known and self._known[1]
                self._known = view, Words(view.engine, view.catalogue, self._own, before)
            return self._known[1]

    def _hits(self, view: View, groups: Sequence[_Group], node: Node, wish: Wish) -> tuple[Hit, ...]:
        """Hits to show, without those whose document was removed or damaged since it was indexed."""
        assert view.engine
        marker = Marker(node)
        reasons = [()] * len(groups) if not wish.explain else self._reasons(view.engine, node, groups)
        hits = []
        for group, why in zip(groups, reasons, strict=True):
            summary = self._summary(view, group.found.document)
            if summary is None:
                continue
            try:
                text = self._texts.page(group.found.document, group.found.page)
            except (NotFound, Damaged):
                continue
            piece = marker.snippet(text, wish.width)
            similar = tuple((other.document, other.page) for other in group.similar)
            hits.append(Hit(summary, group.found.page, group.found.score, piece.text, piece.marks, similar, tuple(why)))
        return tuple(hits)

    def _summary(self, view: View, document_id: str) -> Summary | None:
        """The few facts of a document as it is now; None where it is gone."""
        card = view.catalogue.cards.get(document_id)
        try:
            if card and card.summary and card.stamp == self._corpus.stamp(document_id):
                return card.summary
            return self._corpus.document(document_id).summary
        except (NotFound, Damaged):
            return None

    def _reasons(self, engine: Engine, node: Node, groups: Sequence[_Group]) -> list[tuple[Share, ...]]:
        explained = engine.explain(node, [(group.found.document, group.found.page) for group in groups])
        return [
            tuple(Share(describe(reason.part) if reason.part else "", reason.score) for reason in reasons)
            for reasons in explained
        ]


def _stepped_back(hits: Sequence[Found], editions: dict[str, int]) -> list[Found]:
    """``hits`` with those of older editions a little behind, where scores are near."""
    if not editions:
        return list(hits)
    weighed = []
    for found in hits:
        newer = min(editions.get(found.document, 0), OLDER_AT_MOST)
        if newer:
            found = Found(found.document, found.page, found.score * OLDER**newer, found.signature)
        weighed.append(found)
    return sorted(weighed, key=lambda found: -found.score)


def _grouped(hits: Sequence[Found]) -> list[_Group]:
    """``hits`` with those that say nearly the same as a better one under it."""
    under: dict[int, list[Found]] = {}
    for number, first in enumerate(copies([found.signature for found in hits], COPY)):
        if first == number:
            under[number] = []
        else:
            under[first].append(hits[number])
    return [_Group(hits[number], tuple(similar)) for number, similar in under.items()]


def describe(node: Node) -> str:
    """A part of a query as a person may have typed it."""
    match node:
        case Word(token):
            return token.exact
        case Prefix(start):
            return f"{start}*"
        case Phrase(tokens):
            return '"' + " ".join(token.exact for token in tokens) + '"'
        case Alike(part, others):
            return " ~ ".join(filter(None, map(describe, (part, *others))))
        case And(parts):
            return " ".join(describe(part) for part in parts)
        case Or(parts):
            return " OR ".join(describe(part) for part in parts)
        case OneOf(name, values):
            return f"{name}:{'|'.join(values)}"
    return "-" + describe(node.part)


def _flat(node: Node) -> Node:
    """``node`` with the parts of an And inside an And at its own level, so that all words are seen side by side."""
    if not isinstance(node, And | Alike):
        return node
    parts: list[Node] = []
    for part in _parts(node):
        match part:
            case And():
                parts.extend(_parts(_flat(part)))
            case Alike(And(words), others, weight):
                # Words that make up a term may be missing one by one, too.
                parts.extend((*words, Alike(Or(()), others, weight)))
            case _:
                parts.append(part)
    return And(tuple(parts))


def _missed(engine: Engine, node: Node) -> Iterator[Preference]:
    """What pages keep of their score that have not all of what ``node`` asks for."""
    yield Preference(Not(node), SOME_WORDS)
    parts = [part for part in _parts(node) if not isinstance(part, Not | OneOf)]
    says = [_rarity(engine.search(part, limit=0).total, engine.count()) for part in parts]
    for part, own in zip(parts, says, strict=True):
        yield Preference(Not(part), 1 - WORD_MISSED * own / sum(says))


def _rarity(pages: int, every: int) -> float:
    return math.log1p((every - pages + 0.5) / (pages + 0.5))


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)


def _few(pages: int) -> int:
    """Below how many pages with all the words those with some of them are shown, too.

    In a small corpus few are no sign that too much was asked: there only when no page has them all.
    """
    return max(1, min(FEW, pages // PAGES_PER_FEW))


def _relaxed(total: int) -> Message:
    if not total:
        return say("No page has all the words; these have some of them.")
    return say("Pages with all the words: {count}. Others with some of them follow.", count=total)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
