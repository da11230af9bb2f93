"""One table of a document, whole over all its pages, and as a file for a spreadsheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from kms.model import Document, Table
from webui.addresses import read_asked
from webui.documents import open_document, safe_name
from webui.pages import finder
from webui.spreadsheets import as_file, table_csv, table_xlsx

LONGEST_TITLE = 60
"""Characters of a title in the name of a file."""

blueprint = Blueprint("tables", __name__, url_prefix="/documents/<document_id>/tables")


@blueprint.get("/<int:table_number>")
def show(document_id: str, table_number: int) -> Any:
    """One whole table (1-based, in the order of the document), over all its pages."""
    document = open_document(document_id)
    return render_template(
        "table.html",
        document=document,
        table=table_of(document, table_number),
        number=table_number,
        find=finder(read_asked(request.args).words),
        section="documents",
    )


@blueprint.get("/<int:table_number>.<any(csv, xlsx):form>")
def download(document_id: str, table_number: int, form: str) -> Response:
    """A table as a file for a spreadsheet; its name says whether OCR read it."""
    document = open_document(document_id)
    table = table_of(document, table_number)
    # A file goes from hand to hand without the page that says how it was read; its cells stay as they are.
    unread = "-hasil-ocr-belum-diperiksa" if table.source == "ocr" else ""
    name = safe_name(f"{document.title[:LONGEST_TITLE]}-tabel-{table_number}{unread}", form)
    return as_file(table_csv(table) if form == "csv" else table_xlsx(table), form, name)


def table_of(document: Document, number: int) -> Table:
    """Table ``number`` (1-based) of a document."""
    if not 1 <= number <= len(document.content.tables):
        abort(404)
    return document.content.tables[number - 1]
