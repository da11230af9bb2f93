"""Documents: the list, one document with its tags and tables, one page of it, and the original file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, send_file, url_for
from markupsafe import Markup

from kms.errors import NotFound
from kms.language import say
from kms.model import Document, Page, Summary, Table, Tag
from kms.query import highlight, leaves, parse
from webui.addresses import LONGEST, Asked, read_asked
from webui.places import library
from webui.rendering import mark_html, mark_text, render_markdown
from webui.showing import Finder
from webui.spreadsheets import table_csv, table_xlsx

PER_PAGE = 50
TAG_ORDER = ("title", "type", "year", "period", "agency", "region", "program", "code", "locus", "keyword")
LIST_FILTERS = ("type", "year", "agency")
ALWAYS_SHOWN = ("title", "type", "year", "agency")
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("")
def index() -> Any:
    """All documents, newest year first, with filters."""
    asked = read_asked(request.args)
    listing = library().documents(asked.limits)
    found = sorted((s for s in listing.documents if words_in_title(s, asked.words)), key=newest_first)
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
        facets={name: count_values(asked, name) for name in LIST_FILTERS},
    )


@blueprint.get("/<document_id>")
def show(document_id: str) -> Any:
    """What is known of a document, its tables and pages."""
    document = open_document(document_id)
    words = asked_words()
    return render_template(
        "document.html",
        document=document,
        q=words,
        found=pages_found(document, words),
        tag_groups=tag_groups(document),
        tag_view=lambda tag: tag_view(document, tag),
        pictures=False,
        section="documents",
    )


@blueprint.get("/<document_id>/find")
def find_inside(document_id: str) -> Any:
    """The first page of a document that has the words asked for; the document, where none has."""
    document = open_document(document_id)
    words = asked_words()
    found = pages_found(document, words)
    if not found:
        return redirect(url_for(".show", document_id=document.id, q=words or None))
    return redirect(url_for(".show_page", document_id=document.id, number=found[0], q=words))


@blueprint.get("/<document_id>/turn")
def turn(document_id: str) -> Any:
    """The page whose number was typed, or the nearest there is."""
    document = open_document(document_id)
    typed = request.args.get("page", "").strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1
    number = max(1, min(number, len(document.content.pages)))
    return redirect(url_for(".show_page", document_id=document.id, number=number, q=asked_words() or None))


@blueprint.get("/<document_id>/pages/<int:number>")
def show_page(document_id: str, number: int) -> Any:
    """One page (1-based): its picture and its text, with the words asked for marked."""
    document = open_document(document_id)
    page = page_of(document, number)
    words = asked_words()
    found = pages_found(document, words)
    return render_template(
        "page.html",
        document=document,
        page=page,
        number=number,
        last=len(document.content.pages),
        q=words,
        found=found,
        previous_hit=max((other for other in found if other < number), default=None),
        next_hit=min((other for other in found if other > number), default=None),
        body=page_body(document, page, words),
        tables=[(i, table) for i, table in enumerate(document.content.tables, 1) if number in table.pages],
        picture=None,
        section="documents",
    )


@blueprint.get("/<document_id>/tables/<int:table_number>")
def show_table(document_id: str, table_number: int) -> Any:
    """One whole table (1-based, in the order of the document), over all its pages."""
    document = open_document(document_id)
    table = table_of(document, table_number)
    return render_template(
        "table.html",
        document=document,
        table=table,
        number=table_number,
        find=finder(asked_words()),
        section="documents",
    )


@blueprint.get("/<document_id>/tables/<int:table_number>.<any(csv, xlsx):form>")
def download_table(document_id: str, table_number: int, form: str) -> Response:
    """A table as a file for a spreadsheet."""
    document = open_document(document_id)
    table = table_of(document, table_number)
    data = table_csv(table) if form == "csv" else table_xlsx(table)
    response = make_response(data)
    response.headers["Content-Type"] = "text/csv; charset=utf-8" if form == "csv" else XLSX
    name = safe_name(f"{document.title}-tabel-{table_number}", form)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


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
    document = library().document(document_id)
    if document.id != document_id:
        raise NotFound(document_id, next_step=say("Look for it in the list of documents."))
    return document


def page_of(document: Document, number: int) -> Page:
    """Page ``number`` of a document."""
    for page in document.content.pages:
        if page.number == number:
            return page
    raise NotFound(
        str(number),
        say("This document has no page {number}; its last is {last}.", number=number, last=len(document.content.pages)),
        say("Choose a page from the document's own page."),
    )


def table_of(document: Document, number: int) -> Table:
    """Table ``number`` (1-based) of a document."""
    if not 1 <= number <= len(document.content.tables):
        abort(404)
    return document.content.tables[number - 1]


def asked_words() -> str:
    """The words that are looked for inside a document, "" for none."""
    return request.args.get("q", "").strip()[:LONGEST]


def finder(words: str) -> Finder | None:
    """What finds the places of ``words`` in a text, or None where no words are asked for."""
    if not words:
        return None
    node = parse(words).node
    return lambda text: highlight(text, node)


def pages_found(document: Document, words: str) -> Sequence[int]:
    """The pages of a document with all of the words, in order; those with some of them where none has all."""
    if not words:
        return ()
    node = parse(words).node
    some = [page for page in document.content.pages if highlight(page.text, node)]
    parts = list(leaves(node))
    every = [page.number for page in some if all(highlight(page.text, part) for part in parts)]
    return every or [page.number for page in some]


def page_body(document: Document, page: Page, words: str) -> Markup:
    """The text of a page as HTML, with the words asked for marked."""
    find = finder(words)
    if document.content.media == "txt":
        return mark_text(page.text, find(page.text) if find else ())
    html = render_markdown(library().page_markdown(document.id, page.number))
    return mark_html(html, find) if find else html


def tag_groups(document: Document) -> list[tuple[str, tuple[Tag, ...]]]:
    """The tags in force by name; those that every document should have also where they are missing."""
    has_period = bool(document.tags("period"))
    shown = []
    for name in TAG_ORDER:
        tags = document.tags(name)
        if tags or (name in ALWAYS_SHOWN and not (name == "year" and has_period)):
            shown.append((name, tags))
    return shown


def tag_view(document: Document, tag: Tag) -> Markup:
    """One tag with where it was read."""
    return Markup(render_template("tag.html", document=document, tag=tag))


def newest_first(summary: Summary) -> tuple[int, str, str]:
    """The order of the list: latest year first, then by title."""
    year = summary.year or (summary.period[1] if summary.period else 0)
    return (-year, summary.title.casefold(), summary.id)


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


def count_values(asked: Asked, name: str) -> list[tuple[str, int]]:
    """Each value of a filter with the documents it would show beside the other filters in force."""
    found = library().documents(asked.without_name(name).limits).documents
    counted = Counter(
        value for summary in found if words_in_title(summary, asked.words) for value in values_of(summary, name)
    )
    if name == "year":
        return sorted(counted.items(), reverse=True)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def safe_name(name: str, ending: str) -> str:
    """A name for a file to be saved under: no path, no control signs, not endless, with the right ending."""
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)
    name = re.split(r"[\\/]", name)[-1].strip(" .")
    stem = re.sub(rf"\.{re.escape(ending)}$", "", name, flags=re.IGNORECASE)[:120].strip(" .") or "dokumen"
    return re.sub(r'[<>:"|?*]', "-", stem) + f".{ending}"
