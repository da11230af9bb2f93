"""Documents: the list, one document with its tags and tables, and the original file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file
from markupsafe import Markup

from kms.errors import Ambiguous, NotFound
from kms.language import say
from kms.library import Filters
from kms.library.access import LOWEST
from kms.library.answers import Resembling
from kms.model import Document, Page, Summary, Tag
from webui.addresses import Asked, read_asked
from webui.audits import groups_of
from webui.places import library, may
from webui.safety import keep_nothing
from webui.showing import short_type
from webui.speaking import phrase as _
from webui.spreadsheets import as_file, rows_csv, rows_xlsx

PER_PAGE = 50
SIMILAR_SHOWN = 5
SIMILAR_KEPT = 50
ALIKE = 0.15
"""Below this share of telling words two documents are not about the same."""
TABLES_SHOWN = 40
HEADINGS_SHOWN = 80
LONGEST_HEADING = 90
PAGES_SHOWN = 150
STEP = 10
TAG_ORDER = ("title", "type", "year", "period", "agency", "region", "program", "code", "locus", "keyword", "access")
LIST_FILTERS = ("type", "year", "agency")
ALWAYS_SHOWN = ("title", "type", "year", "agency")
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
CHAPTER = re.compile(r"(?:BAB\b|Bab\b|LAMPIRAN\b|[IVX]{1,5}\.)")
ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
LONGEST_NAME = 200
"""Bytes of a file's name without its ending; file systems take 255."""
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"

_similar: dict[tuple[tuple[Summary, ...], str], tuple[Resembling, ...]] = {}

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("")
def index() -> Any:
    """All documents, those that somebody should look at first and then the newest, with filters."""
    asked, states = list_asked(), documents_by_state()
    listing = library().documents(asked.limits)
    found = documents_asked(asked, listing.documents, states)
    last = max(1, -(-len(found) // PER_PAGE))
    asked = asked.at(min(asked.page, last))
    begin = (asked.page - 1) * PER_PAGE
    return render_template(
        "documents.html",
        asked=asked,
        total=len(found),
        shown=found[begin : begin + PER_PAGE],
        last=last,
        damaged=listing.damaged,
        twins=twins(listing.documents),
        unsure=states["unsure"],
        needs_ocr=states["needs-ocr"],
        facets={
            "state": [(name, len(ids)) for name, ids in states.items() if ids],
            **{name: count_values(asked, name, states) for name in LIST_FILTERS},
        },
    )


@blueprint.get("/list.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """The documents that the filters leave, a row for each, for a spreadsheet."""
    asked = list_asked()
    found = documents_asked(asked, library().documents(asked.limits).documents, documents_by_state())
    head = (_("Title"), _("Type"), _("Year"), _("Agency"), _("Pages"), _("Name of the file"), _("Id"))
    rows: list[list[str | float]] = [[str(name) for name in head]]
    for one in found:
        year = one.year or ("{}-{}".format(*one.period) if one.period else "")
        kind = short_type(one.type) if one.type else ""
        rows.append([one.title, kind, year, one.agency or "", one.pages, one.source, one.id])
    return as_file(rows_csv(rows) if form == "csv" else rows_xlsx(rows), form, f"{_('Documents').lower()}.{form}")


@blueprint.get("/<document_id>")
def show(document_id: str) -> Any:
    """What is known of a document, its tables and pages."""
    document = open_document(document_id)
    asked = read_asked(request.args)
    groups, series = groups_of(document.id), series_of(document.summary)
    return render_template(
        "document.html",
        document=document,
        q=asked.words,
        trail=asked.arguments,
        found=library().pages_with(document.id, asked.words),
        groups=groups,
        twins=twins(library().documents().documents),
        series=series,
        similar=[
            one
            for one in similar_to(document)
            if one.score >= ALIKE
            and one.document not in series
            and all(one.document not in g.documents for g in groups)
        ],
        outline=outline(document),
        tables=list(enumerate(document.content.tables, 1))[: None if "tables" in request.args else TABLES_SHOWN],
        numbers=numbers_shown(document),
        tag_groups=tag_groups(document),
        tag_view=lambda tag: tag_view(document, tag),
        has_picture=document.content.media == "pdf",
        unsure_left=unsure_after(document) if may("editor") else [],
        section="documents",
    )


@blueprint.get("/<document_id>/original")
def show_original(document_id: str) -> Response:
    """The file as it was given: a PDF or a text inside the browser, anything else to be saved."""
    document = open_document(document_id)
    media = document.content.media
    inside = media != "docx" and "download" not in request.args
    response = send_file(
        library().original(document.id),
        mimetype=KINDS.get(media, "application/octet-stream"),
        as_attachment=not inside,
        download_name=safe_name(document.source, media),
        conditional=True,
        etag=document.sha256,
    )
    response.headers["Content-Security-Policy"] = PDF_POLICY if media == "pdf" else FILE_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def open_document(document_id: str) -> Document:
    """The document of that id. An address holds a whole id, so the beginning of one is not enough.

    Raises:
        NotFound: there is none.
    """
    try:
        document = library().document(document_id)
    except (NotFound, Ambiguous):
        document = None
    if document is None or document.id != document_id:
        raise NotFound(document_id, next_step=say("Look for it in the list of documents."))
    if document.access != LOWEST:
        keep_nothing()
    return document


def series_of(summary: Summary) -> list[Summary]:
    """The same kind of document of the same agency for other years, earliest first; none for studies, each its own."""
    if not summary.agency or summary.type in (None, "kajian", "lainnya", "regulasi"):
        return []
    others = library().documents(Filters(type=(summary.type,))).documents
    found = [other for other in others if other.agency == summary.agency and other.id != summary.id]
    return sorted(found, key=newest_first, reverse=True)


def similar_to(document: Document) -> tuple[Resembling, ...]:
    """Documents about the same; kept until a document changes, for a long one takes its time."""
    key = (library().documents().documents, document.id)
    if key not in _similar:
        while len(_similar) >= SIMILAR_KEPT:
            _similar.pop(next(iter(_similar)), None)
        _similar[key] = library().similar(document.id, SIMILAR_SHOWN)
    return _similar[key]


def outline(document: Document) -> list[tuple[str, int]]:
    """The headings of a document with their pages, as many as can be looked over; items of lists are none."""
    found = [
        (heading, page.number)
        for page in document.content.pages
        for heading in page.headings
        if len(heading) <= LONGEST_HEADING and not (ITEM.match(heading) and heading.rstrip()[-1:] in ";,.")
    ]
    chapters = [each for each in found if CHAPTER.match(each[0])]
    return found if len(found) <= HEADINGS_SHOWN else (chapters or found)[:HEADINGS_SHOWN]


def numbers_shown(document: Document) -> list[Page]:
    """The pages that get a link: all, or of a long document every tenth."""
    pages = document.content.pages
    return [page for page in pages if len(pages) <= PAGES_SHOWN or page.number == 1 or page.number % STEP == 0]


def tag_groups(document: Document) -> list[tuple[str, tuple[Tag, ...]]]:
    """The tags in force by name; those that every document should have also where they are missing."""
    has_period = bool(document.tags("period"))
    shown = []
    for name in TAG_ORDER:
        tags = document.tags(name)
        if name == "access":
            if may("editor"):
                shown.append((name, tags or (Tag("access", document.access),)))
        elif tags or (name in ALWAYS_SHOWN and not (name == "year" and has_period)):
            shown.append((name, tags))
    return shown


def tag_view(document: Document, tag: Tag) -> Markup:
    """One tag with where it was read."""
    return Markup(render_template("tag.html", document=document, tag=tag))


def list_asked() -> Asked:
    """What the address of the list asks."""
    return read_asked(request.args, also=("state",), orders=tuple(ORDERS))


def documents_asked(asked: Asked, documents: Iterable[Summary], states: Mapping[str, frozenset[str]]) -> list[Summary]:
    """Those that the words and the state leave, in the order asked for."""
    found = [one for one in documents if words_in_title(one, asked.words) and in_state(one, asked, states)]
    if asked.order:
        return sorted(found, key=ORDERS[asked.order])
    return sorted(found, key=lambda one: (one.id not in states["unsure"], newest_first(one)))


def unsure_after(document: Document) -> list[Summary]:
    """The others whose tags are not sure, the next of the list first: for going through them one after the other.

    Empty where the document is not one of them, nor was before it was corrected just now (``next`` in the address).
    """
    unsure = sorted(library().documents(unsure=True).documents, key=newest_first)
    others = [one for one in unsure if one.id != document.id]
    if len(others) == len(unsure) and "next" not in request.args:
        return []
    here = newest_first(document.summary)
    return sorted(others, key=lambda one: newest_first(one) < here)


def newest_first(summary: Summary) -> tuple[int, str, str]:
    """The order of the list: latest year first, then by title."""
    year = summary.year or (summary.period[1] if summary.period else 0)
    return (-year, summary.title.casefold(), summary.id)


ORDERS: Mapping[str, Callable[[Summary], tuple[int | str, ...]]] = {
    "newest": newest_first,
    "title": lambda one: (one.title.casefold(), one.id),
    "pages": lambda one: (-one.pages, one.title.casefold(), one.id),
}
"""The orders of the list beside the usual one, by their names in addresses."""


def twins(documents: Iterable[Summary]) -> frozenset[str]:
    """The titles that more than one document bears, which the name of the file then tells apart."""
    return frozenset(title for title, count in Counter(one.title for one in documents).items() if count > 1)


def words_in_title(summary: Summary, words: str) -> bool:
    """Whether the title, or the name of the file, has all of the words, as they are typed."""
    title = f"{summary.title} {summary.source}".casefold()
    return all(word in title for word in words.casefold().split())


def values_of(summary: Summary, name: str) -> Sequence[str]:
    """The values of a filter under which a document is found."""
    if name == "year" and summary.period:
        first, last = summary.period
        return [str(year) for year in range(first, min(last, first + 50) + 1)]
    value = {"type": summary.type, "agency": summary.agency, "year": summary.year}[name]
    return [str(value)] if value else []


def documents_by_state() -> dict[str, frozenset[str]]:
    """The ids of the documents that somebody should look at, by what there is to look at."""
    ask = library().documents
    return {
        "unsure": frozenset(summary.id for summary in ask(unsure=True).documents),
        "needs-ocr": frozenset(summary.id for summary in ask(needs_ocr=True).documents),
    }


def in_state(summary: Summary, asked: Asked, states: Mapping[str, frozenset[str]]) -> bool:
    """Whether a document passes the filter on what there is to look at."""
    return all(summary.id in states.get(state, ()) for state in asked.filters.get("state", ()))


def count_values(asked: Asked, name: str, states: Mapping[str, frozenset[str]]) -> list[tuple[str, int]]:
    """Each value of a filter with the documents it would show beside the other filters in force."""
    found = library().documents(asked.without_name(name).limits).documents
    counted = Counter(
        value
        for summary in found
        if words_in_title(summary, asked.words) and in_state(summary, asked, states)
        for value in values_of(summary, name)
    )
    if name == "year":
        return sorted(counted.items(), reverse=True)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def safe_name(name: str, ending: str) -> str:
    """A name for a file to be saved under: no path, no control signs, not endless, with the right ending."""
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)
    name = re.split(r"[\\/]", name)[-1].strip(" .")
    stem = re.sub(rf"\.{re.escape(ending)}$", "", name, flags=re.IGNORECASE)[:120]
    stem = stem.encode("utf-8", "ignore")[:LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "dokumen"
    return re.sub(r'[<>:"|?*]', "-", stem) + f".{ending}"
