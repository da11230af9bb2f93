"""From a query and filters to an answer with snippets."""

from __future__ import annotations

import difflib
import time
from collections.abc import Sequence
from dataclasses import dataclass

from kms.corpus import Corpus
from kms.engines.engine import Found, Results
from kms.errors import BadInput, Damaged, NotFound
from kms.language import say
from kms.library.answers import Hit, SearchAnswer
from kms.library.index import View
from kms.model import DOCUMENT_TYPES, Summary
from kms.query import matching, parse, read_years, relax, resolve, snippet
from kms.query.resolving import TYPES
from kms.query.tree import And, Node, OneOf

FACETS = ("type", "year", "agency", "program")
HITS_AT_MOST = 1000


@dataclass(frozen=True)
class Filters:
    """What narrows a search or a list; "" or () is no limit.

    ``year`` is "2021" or "2019-2022"; several ``type`` mean any of them; the others match by their words.
    """

    year: str = ""
    type: tuple[str, ...] = ()
    agency: str = ""
    program: str = ""
    indicator: str = ""

    def __bool__(self) -> bool:
        return any((self.year, self.type, self.agency, self.program, self.indicator))

    def node(self) -> tuple[OneOf, ...]:
        """The filters as parts of a query, still in the words typed.

        Raises:
            BadInput: the year is none, or no type is called so.
        """
        parts = []
        if self.year:
            parts.append(OneOf("year", years_meant(self.year)))
        if self.type:
            parts.append(OneOf("type", tuple(type_meant(value) for value in self.type)))
        for name in ("agency", "program", "indicator"):
            if value := str(getattr(self, name)).strip():
                parts.append(OneOf(name, (value,)))
        return tuple(parts)

    def accept(self, summary: Summary, agencies: Sequence[str]) -> bool:
        """Whether a document passes the filters on year, type and agency (``agencies`` are those meant)."""
        if self.type and summary.type not in [type_meant(value) for value in self.type]:
            return False
        if self.agency and (summary.agency or "") not in agencies:
            return False
        if not self.year:
            return True
        wanted = [int(year) for year in years_meant(self.year)]
        if summary.year in wanted:
            return True
        first, last = summary.period or (0, -1)
        return any(first <= year <= last for year in wanted)


def years_meant(text: str) -> tuple[str, ...]:
    """The years of "2021" or "2019-2022".

    Raises:
        BadInput: it is neither.
    """
    years = read_years(text)
    if years is None:
        raise BadInput(say("{value} is not a year.", value=repr(text)), say("Write 2021, or 2019-2022 for several."))
    return years


def type_meant(text: str) -> str:
    """The document type of that name, or of another name of it ("LAKIP").

    Raises:
        BadInput: no type is called so; the nearest one is named.
    """
    word = "-".join(text.lower().replace("_", " ").split())
    word = TYPES.get(word, word)
    if word in DOCUMENT_TYPES:
        return word
    near = difflib.get_close_matches(word, (*DOCUMENT_TYPES, *TYPES), n=1)
    raise BadInput(
        say("There is no document type {value}.", value=repr(text)),
        say("Did you mean {word}?", word=near[0])
        if near
        else say("Types are: {names}.", names=", ".join(DOCUMENT_TYPES)),
    )


def answer(
    view: View, corpus: Corpus, query: str, filters: Filters, limit: int, offset: int, width: int
) -> SearchAnswer:
    """The pages for a query; those with some of its words where none has all of them.

    Raises:
        BadInput: a filter makes no sense.
        IndexDamaged: the index cannot be read.
    """
    began = time.perf_counter()
    parsed = parse(query)
    limits = filters.node()
    notes = list(parsed.notes)
    if view.engine is None:
        return SearchAnswer(query, 0, _since(began), (), dict.fromkeys(FACETS, ()), None, tuple(notes))
    engine = view.engine
    wanted: Node = And((parsed.node, *limits)) if limits else parsed.node
    resolved = resolve(wanted, lambda name: [value for value, _ in engine.values(name)])
    notes += resolved.notes
    node = resolved.node
    results = engine.search(node, limit, offset, FACETS)
    if not results.total:
        some = relax(_flat(node))
        if some is not None:
            relaxed = engine.search(some, limit, offset, FACETS)
            if relaxed.total:
                node, results = some, relaxed
                notes.append(say("No page has all the words; these have some of them."))
    hits = _hits(results, view, corpus, node, width)
    suggestion = None
    return SearchAnswer(query, results.total, _since(began), hits, results.facets, suggestion, tuple(notes))


def _flat(node: Node) -> Node:
    """``node`` with the parts of an And inside an And at its own level, so that all words are seen side by side."""
    if not isinstance(node, And):
        return node
    parts: list[Node] = []
    for part in node.parts:
        flat = _flat(part)
        parts.extend(flat.parts if isinstance(flat, And) else (flat,))
    return And(tuple(parts))


def _hits(results: Results, view: View, corpus: Corpus, node: Node, width: int) -> tuple[Hit, ...]:
    hits = []
    for found in results.hits:
        hit = _hit(found, view, corpus, node, width)
        if hit is not None:
            hits.append(hit)
    return tuple(hits)


def _hit(found: Found, view: View, corpus: Corpus, node: Node, width: int) -> Hit | None:
    """A hit to show; None for a document that was removed or damaged since it was indexed."""
    try:
        document = corpus.document(found.document)
    except (NotFound, Damaged):
        return None
    text = next((page.text for page in document.content.pages if page.number == found.page), "")
    piece = snippet(text, node, width)
    return Hit(document.summary, found.page, found.score, piece.text, piece.marks)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def agencies_meant(wanted: str, summaries: Sequence[Summary]) -> tuple[str, ...]:
    """The agencies among ``summaries`` that ``wanted`` means by its words."""
    return matching(wanted, sorted({summary.agency for summary in summaries if summary.agency}))
