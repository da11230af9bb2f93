"""One page of a document: its picture with the found words marked, its text and tables, and the way from hit to hit."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from kms.errors import BadInput, NotFound, Unreadable
from kms.language import say
from kms.library.pictures import transfer
from kms.model import Box, Document, Page, Table
from kms.query import highlight
from kms.text.lines import Spans
from webui.addresses import Asked, read_asked
from webui.documents import open_document
from webui.places import library
from webui.rendering import Finder, mark_places, mark_text, render_markdown

WIDTHS = {"small": 160, "cover": 320, "page": 1000, "large": 1600, "whole": 2400}
"""The widths of pictures in pixels, by the names that they have in addresses."""
DAY = 24 * 3600
PICTURES_AT_ONCE = 6
"""Pictures and marks made or waited for at once: what one browser asks, and pages are still answered beside it."""
MOST_PLACES = 400

_turns = threading.BoundedSemaphore(PICTURES_AT_ONCE)

blueprint = Blueprint("pages", __name__, url_prefix="/documents/<document_id>")


@blueprint.get("/find")
def find(document_id: str) -> Any:
    """The first page of a document that has the words asked for; the document, where none has."""
    document = open_document(document_id)
    asked = read_asked(request.args)
    found = library().pages_with(document.id, asked.words)
    if not found:
        return redirect(url_for("documents.show", document_id=document.id, q=asked.words or None))
    return redirect(url_for(".show", document_id=document.id, number=found[0], _anchor="found", **asked.arguments))


@blueprint.get("/turn")
def turn(document_id: str) -> Any:
    """The page whose number was typed, or the nearest there is."""
    document = open_document(document_id)
    typed = request.args.get("number", "").strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1
    number = max(1, min(number, len(document.content.pages)))
    return redirect(url_for(".show", document_id=document.id, number=number, **read_asked(request.args).arguments))


@blueprint.get("/pages/<int:number>")
def show(document_id: str, number: int) -> Any:
    """One page (1-based): its picture and its text, with the words asked for marked.

    The address keeps the search that led here (``q`` and filters), and may name a passage: ``at=120-180``.
    """
    document = open_document(document_id)
    page = page_of(document, number)
    asked = read_asked(request.args)
    passage = passage_asked(page) or passage_of_cell(document, page)
    found = library().pages_with(document.id, asked.words)
    return render_template(
        "page.html",
        document=document,
        page=page,
        number=number,
        last=len(document.content.pages),
        asked=asked,
        q=asked.words,
        trail=asked.arguments,
        found=found,
        previous_hit=max((other for other in found if other < number), default=None),
        next_hit=min((other for other in found if other > number), default=None),
        body=page_body(document, page, asked, passage),
        tables=[(i, table) for i, table in enumerate(document.content.tables, 1) if number in table.pages],
        place={name: request.args[name] for name in ("at", "cell") if request.args.get(name)},
        has_picture=document.content.media == "pdf",
        section="documents",
    )


@contextmanager
def in_turn(ready: bool) -> Iterator[None]:
    """For making a picture: says "later" (503) where too many are being made. What is ``ready`` needs no turn."""
    if ready:
        yield
        return
    if not _turns.acquire(blocking=False):
        abort(Response(status=503, headers={"Retry-After": "1", "Cache-Control": "no-store"}))
    try:
        yield
    finally:
        _turns.release()


@blueprint.get("/pages/<int:number>/<any(small, cover, page, large, whole):size>.png")
def picture(document_id: str, number: int, size: str) -> Response:
    """The picture of a page."""
    document, asked, width = open_document(document_id), library(), WIDTHS[size]
    with in_turn(asked.is_drawn(document.id, number, width)):
        response = make_response(asked.page_picture(document.id, number, width))
    response.headers["Content-Type"] = "image/png"
    return kept_a_day(response)


@blueprint.get("/pages/<int:number>/marks.svg")
def marks(document_id: str, number: int) -> Response:
    """What is to be laid over the picture of a page: the words asked for, and the passage that ``at`` names."""
    document = open_document(document_id)
    page = page_of(document, number)
    words = read_asked(request.args).words
    spans = highlight(page.text, library().meant(words))[:MOST_PLACES] if words else ()
    passage = passage_asked(page)
    with in_turn(library().is_drawn(document.id, number)):
        try:
            found = library().page_places(document.id, number, spans)
            place = library().page_places(document.id, number, passage) + boxes_of_cell(document, number)
        except (BadInput, Unreadable):
            # The picture says for itself that the page cannot be shown; there is nothing to mark on it.
            found, place = [], []
    response = make_response(
        render_template("marks.svg", width=page.width or 1, height=page.height or 1, found=found, place=place)
    )
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return kept_a_day(response)


def kept_a_day(response: Response) -> Response:
    """An answer that the browser may keep: pages of a document never change."""
    response.headers["Cache-Control"] = f"private, max-age={DAY}"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:16])
    response.make_conditional(request)
    return response


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


def passage_asked(page: Page) -> Spans:
    """The passages of the page's text that the address names ("at=120-180,200-210"); whatever makes no sense is not."""
    spans = []
    for first, last in re.findall(r"(?a:(\d{1,7})-(\d{1,7}))", request.args.get("at", "")[:2000]):
        if int(first) < min(int(last), len(page.text)):
            spans.append((int(first), min(int(last), len(page.text))))
    return spans[:MOST_PLACES]


def passage_of_quote(page: Page, quote: str) -> str | None:
    """``quote`` as a passage for an address, where it stands on the page apart from line ends; else None."""
    parts = [re.escape(part) for part in quote.replace("…", " ").split()]
    found = re.search(r"\s+".join(parts), page.text, re.IGNORECASE) if parts else None
    return f"{found.start()}-{found.end()}" if found else None


def cell_asked(document: Document) -> tuple[Table, int, int] | None:
    """The table, row and column (from 0) of the cell that the address names from 1 ("cell=1.4.3"), or None."""
    found = re.fullmatch(r"(?a:(\d{1,4})\.(\d{1,5})\.(\d{1,3}))", request.args.get("cell", ""))
    if not found:
        return None
    number, row, column = (int(part) - 1 for part in found.groups())
    if not 0 <= number < len(document.content.tables):
        return None
    table = document.content.tables[number]
    return (table, row, column) if 0 <= row < len(table.rows) and 0 <= column < len(table.rows[row]) else None


def boxes_of_cell(document: Document, number: int) -> list[Box]:
    """Where the cell that the address names stands on page ``number``; nothing where it stands elsewhere."""
    asked = cell_asked(document)
    if asked is None:
        return []
    table, row, column = asked
    pages = table.row_pages or (table.page,) * len(table.rows)
    if pages[row] != number or row >= len(table.cell_boxes):
        return []
    boxes = table.cell_boxes[row]
    box = boxes[column] if column < len(boxes) else None
    return [box] if box else [each for each in boxes if each]


def passage_of_cell(document: Document, page: Page) -> Spans:
    """The cell that the address names as a passage of the page's text, where its whole row is found there."""
    asked = cell_asked(document)
    if asked is None:
        return []
    table, row, column = asked
    parts = [r"\s+".join(map(re.escape, cell.split())) for cell in table.rows[row]]
    found = re.search(r"\s+".join(f"({part})" for part in parts), page.text)
    return [found.span(column + 1)] if found and found.start(column + 1) < found.end(column + 1) else []


def finder(words: str) -> Finder | None:
    """What finds the places of ``words`` in a text, or None where no words are asked for."""
    if not words:
        return None
    node = library().meant(words)
    return lambda text: highlight(text, node)


def page_body(document: Document, page: Page, asked: Asked, passage: Spans) -> Markup:
    """The text of a page as HTML, with the words asked for and the passage named marked."""
    find = finder(asked.words)
    if document.content.media == "txt":
        return first_named(mark_text(page.text, find(page.text) if find else (), passage))
    html = render_markdown(library().page_markdown(document.id, page.number))
    return first_named(mark_places(html, find, (lambda text: transfer(page.text, passage, text)) if passage else None))


def first_named(html: Markup) -> Markup:
    """``html`` with its first mark named "found", that of a passage before that of a word, for links to lead there."""
    wanted = '<mark class="place"' if '<mark class="place"' in html else "<mark"
    return Markup(str(html).replace(wanted, f'{wanted} id="found"', 1))
