"""What the library answers: frozen values, and the one place that says how each looks as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kms.corpus import Damage
from kms.language import DEFAULT_LANGUAGE, Message
from kms.model import Document, Figure, Indicator, Summary, Table, Tag

Json = dict[str, Any]

LOOKING_FOR = "Looking for: {words}."
"""The note of a search that looks for other words than were typed."""


@dataclass(frozen=True)
class Ingested:
    """What became of one file. ``id`` is None when it failed; ``reason`` is None unless it failed.

    ``code`` is a short stable word for the reason ("empty", "password" ...). ``needs_ocr`` counts pages that are
    pictures nobody has read. ``pages`` and ``tables`` are 0 for a file that failed.
    """

    path: str
    outcome: Literal["new", "present", "failed"]
    id: str | None = None
    pages: int = 0
    tables: int = 0
    scanned: bool = False
    needs_ocr: int = 0
    reason: Message | None = None
    code: str | None = None


@dataclass(frozen=True)
class Share:
    """A share of a hit's score: that of ``part`` of the query; "" for words standing near one another."""

    part: str
    score: float


@dataclass(frozen=True)
class Hit:
    """A page that answers a search. ``marks`` are (start, end) of the words found in ``snippet``, half-open.

    ``similar`` are pages that say nearly the same, as (document id, page), best first; they are no hits of their own.
    ``why`` is filled only when it was asked for, greatest share first.
    """

    document: Summary
    page: int
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    similar: tuple[tuple[str, int], ...] = ()
    why: tuple[Share, ...] = ()


@dataclass(frozen=True)
class SearchAnswer:
    """A page of hits. ``total`` counts all pages that match; ``suggestion`` is a better spelling, or None.

    ``listed`` is how many hits there are to page through: ``total`` less those that stand under another one.

    ``facets`` maps "type", "year", "agency" and "program" to (value, number of pages), most frequent first. ``notes``
    say how the query was understood where that may surprise.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    suggestion: str | None = None
    notes: tuple[Message, ...] = ()
    listed: int = 0

    @property
    def respelt(self) -> bool:
        """Whether the hits are those of the suggestion already, since no page has the words as they were typed."""
        return any(note.template == LOOKING_FOR and note.values["words"] == self.suggestion for note in self.notes)


@dataclass(frozen=True)
class Resembling:
    """A document about the same as another; ``score`` is between 0 and 1, what it has of the other's telling words.

    ``copies`` are documents that say nearly what it says; they have no place of their own.
    """

    document: Summary
    score: float
    copies: tuple[Summary, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Documents of the corpus, by id. ``damaged`` are those that cannot be understood; they are not among them."""

    documents: tuple[Summary, ...]
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """An indicator and the document it stands in."""

    document: Summary
    indicator: Indicator


def ingested_json(value: Ingested, language: str = DEFAULT_LANGUAGE) -> Json:
    """The line of ``kms ingest --json``."""
    return {
        "path": value.path,
        "outcome": value.outcome,
        "id": value.id,
        "pages": value.pages,
        "tables": value.tables,
        "scanned": value.scanned,
        "needs_ocr": value.needs_ocr,
        "reason": value.reason.text(language) if value.reason else None,
        "code": value.code,
    }


def summary_json(value: Summary) -> Json:
    """A document in a list."""
    return {
        **hit_document_json(value),
        "pages": value.pages,
        "scanned": value.scanned,
        "source": value.source,
        "access": value.access,
    }


def hit_document_json(value: Summary) -> Json:
    """A document in a hit."""
    return {
        "id": value.id,
        "title": value.title,
        "type": value.type,
        "year": value.year,
        "period": list(value.period) if value.period else None,
        "agency": value.agency,
    }


def search_json(value: SearchAnswer, language: str = DEFAULT_LANGUAGE) -> Json:
    """The object of ``kms search --json``."""
    return {
        "query": value.query,
        "total": value.total,
        "listed": value.listed,
        "took_ms": value.took_ms,
        "suggestion": value.suggestion,
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in value.facets.items()},
        "hits": [
            {
                "document": hit_document_json(hit.document),
                "page": hit.page,
                "score": round(hit.score, 4),
                "snippet": hit.snippet,
                "marks": [list(mark) for mark in hit.marks],
                "similar": {"count": len(hit.similar), "pages": [list(page) for page in hit.similar]},
                **({"why": [[share.part, round(share.score, 4)] for share in hit.why]} if hit.why else {}),
            }
            for hit in value.hits
        ],
        "notes": [note.text(language) for note in value.notes],
    }


def resembling_json(values: Sequence[Resembling]) -> Json:
    """The object of ``kms similar --json``."""
    return {
        "documents": [
            {
                **hit_document_json(value.document),
                "score": round(value.score, 4),
                "copies": [one.id for one in value.copies],
            }
            for value in values
        ],
    }


def listing_json(value: Listing) -> Json:
    """The object of ``kms list --json``."""
    return {
        "total": len(value.documents),
        "documents": [summary_json(summary) for summary in value.documents],
        "damaged": list(value.damaged),
    }


def tag_json(value: Tag) -> Json:
    """A tag with its evidence."""
    return {
        "value": value.value,
        "page": value.page,
        "quote": value.quote,
        "source": value.source,
        "confidence": value.confidence,
    }


def document_json(value: Document) -> Json:
    """The object of ``kms show --json``. ``tags`` has the surest tag of each name, ``all_tags`` every one in force."""
    names = dict.fromkeys(tag.name for tag in (*value.corrections, *value.content.tags))
    in_force = {name: value.tags(name) for name in names}
    return {
        "id": value.id,
        "sha256": value.sha256,
        "source": value.source,
        "title": value.title,
        "type": value.type,
        "year": value.year,
        "period": list(value.period) if value.period else None,
        "agency": value.agency,
        "access": value.access,
        "programs": list(value.values("program")),
        "codes": list(value.values("code")),
        "pages": len(value.content.pages),
        "scanned": value.content.scanned,
        "tags": {name: tag_json(tags[0]) for name, tags in in_force.items() if tags},
        "all_tags": [{"name": tag.name, **tag_json(tag)} for tags in in_force.values() for tag in tags],
        "tables": len(value.content.tables),
        "indicators": len(value.content.indicators),
        "needs_ocr": [page.number for page in value.content.pages if page.state == "needs-ocr"],
        "media": value.content.media,
        "extractors": dict(value.content.extractors),
    }


def table_json(value: Table) -> Json:
    """A table in ``kms tables --json``."""
    return {
        "page": value.page,
        "pages": list(value.pages),
        "caption": value.caption,
        "header": list(value.header),
        "rows": [list(row) for row in value.rows],
        "bbox": list(value.bbox),
        "source": value.source,
        "boxes": [list(box) for box in value.boxes],
        "groups": list(value.groups),
        "row_pages": list(value.row_pages),
        "method": value.method,
    }


def figure_json(value: Figure | None) -> Json | None:
    """A figure of an indicator."""
    if value is None:
        return None
    return {"text": value.text, "value": value.value, "low": value.low, "high": value.high, "verified": value.verified}


def indicator_json(value: Row) -> Json:
    """An indicator in ``kms indicators --json``."""
    indicator = value.indicator
    return {
        "document": value.document.id,
        "page": indicator.page,
        "sasaran": indicator.sasaran,
        "program": indicator.program,
        "indicator": indicator.name,
        "unit": indicator.unit,
        "baseline": figure_json(indicator.baseline),
        "targets": {year: figure_json(figure) for year, figure in indicator.targets.items()},
        "realisations": {year: figure_json(figure) for year, figure in indicator.realisations.items()},
        "activity": indicator.activity,
        "table": indicator.table,
        "row": indicator.row,
        "key": indicator.key,
    }


def damage_json(value: Damage, language: str = DEFAULT_LANGUAGE) -> Json:
    """A finding in ``kms verify --json``."""
    return {
        "document": value.document,
        "kind": value.kind,
        "message": value.message.text(language),
        "repair": value.repair.text(language),
    }


def damages_json(documents: int, damages: Sequence[Damage], language: str = DEFAULT_LANGUAGE) -> Json:
    """The object of ``kms verify --json``."""
    return {"documents": documents, "damage": [damage_json(damage, language) for damage in damages]}
