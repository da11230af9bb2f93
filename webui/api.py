"""/api/v1: what the pages do, as JSON in the shapes of the command line, for other programs.

What is no JSON (a page as a picture, a table for a spreadsheet, the file itself) is given by the views of the pages.
Every error has one shape: ``{"error": {"code", "status", "message", "next_step"}}``. Sentences are in Indonesian unless
``Accept-Language`` prefers English. ``openapi.json`` describes all of it.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, make_response, request, send_file

from kms.errors import BadInput, Forbidden
from kms.language import say
from kms.library.answers import (
    document_json,
    indicator_json,
    ingested_json,
    listing_json,
    resembling_json,
    search_json,
    summary_json,
    table_json,
)
from kms.library.checked import Checked, audit_json, checked_json, decided_json
from kms.library.journal import entry_json
from kms.query import highlight
from webui import indicators as ledger
from webui import tables as sheets
from webui.addresses import NEWEST, read_asked
from webui.audits import groups_of
from webui.checks import REPORTS, report_of, safe_file_name
from webui.documents import open_document, series_of, show_original, words_in_title
from webui.doors import needs
from webui.home import holdings
from webui.jobs import jobs
from webui.pages import MOST_PLACES, marks, page_of, picture
from webui.parameters import json_object, save_body, switched_on, take_nothing, text_of, whole_number
from webui.places import library, library_aside, may, person
from webui.speaking import language

SIZES = "any(small, cover, page, large, whole):size"
LOG_SHOWN = 1000
DESCRIPTION = Path(__file__).parent / "openapi.json"

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/openapi.json")
def describe() -> Any:
    """The description of this interface (OpenAPI 3.1)."""
    return send_file(DESCRIPTION, mimetype="application/json")


@blueprint.get("/search")
def search() -> Any:
    """As ``kms search --json``."""
    asked = read_asked(request.args)
    limit = whole_number("limit", 10)
    answer = library().search(
        asked.words, asked.limits, limit=limit, page=whole_number("page", 1), newest=asked.order == NEWEST
    )
    return search_json(answer, language())


@blueprint.get("/complete")
def complete() -> Any:
    """How a query that is being typed may go on."""
    words = request.args.get("q", "")[:1000]
    found = library().complete(words, min(whole_number("limit", 8), 50)) if words.strip() else ()
    return {"completions": [{"text": each.text, "kind": each.kind, "pages": each.pages} for each in found]}


@blueprint.get("/documents")
def documents() -> Any:
    """As ``kms list --json``."""
    asked = read_asked(request.args)
    found = library().documents(asked.limits, unsure=switched_on("unsure"), needs_ocr=switched_on("needs_ocr"))
    return listing_json(replace(found, documents=tuple(d for d in found.documents if words_in_title(d, asked.words))))


@blueprint.post("/documents")
def ingest() -> Any:
    """Take in the file that is the body; as a line of ``kms ingest --json``."""
    edit()
    name = safe_file_name(request.args.get("name", ""))
    asked, by = library(), person()
    with tempfile.TemporaryDirectory(prefix="kms-upload-") as folder:
        path = Path(folder) / name
        save_body(path)
        (outcome,) = jobs().answer("upload", lambda job: list(asked.ingest([path], by=by)))
    status = {"new": 201, "present": 200, "failed": 422}[outcome.outcome]
    return {**ingested_json(outcome, language()), "path": name}, status


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Any:
    """As ``kms show --json``; the ETag is for changing its tags."""
    return with_mark(document_id, document_json(open_document(document_id)))


@blueprint.get("/documents/<document_id>/pages")
def pages(document_id: str) -> Any:
    """The pages (1-based) of a document that a search for the words finds there."""
    words = read_asked(request.args).words
    if not words:
        raise BadInput(say("Name words to look for."), say('Give "q".'))
    return {"document": document_id, "pages": list(library().pages_with(open_document(document_id).id, words))}


@blueprint.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> Any:
    """One page (1-based): its text, in what state it is, and where the words of ``q`` stand in the text."""
    found, words = page_of(open_document(document_id), number), read_asked(request.args).words
    spans = highlight(found.text, library().meant(words))[:MOST_PLACES] if words else ()
    return {
        "document": document_id,
        "page": found.number,
        "text": found.text,
        "state": found.state,
        "width": found.width,
        "height": found.height,
        "headings": list(found.headings),
        "marks": [list(span) for span in spans],
    }


@blueprint.get("/documents/<document_id>/tables")
def tables(document_id: str) -> Any:
    """As ``kms tables --json``."""
    return [table_json(table) for table in open_document(document_id).content.tables]


@blueprint.get("/documents/<document_id>/indicators")
def document_indicators(document_id: str) -> Any:
    """The indicators of one document."""
    return [indicator_json(row) for row in library().indicators(document=open_document(document_id).id)]


@blueprint.get("/documents/<document_id>/similar")
def similar(document_id: str) -> Any:
    """As ``kms similar --json``."""
    return resembling_json(library().similar(open_document(document_id).id, min(whole_number("limit", 5), 50)))


@blueprint.get("/documents/<document_id>/related")
def related(document_id: str) -> Any:
    """Copies and editions of a document that the last search for duplicates found, and its series for other years."""
    summary = open_document(document_id).summary
    groups = [
        {
            "relation": group.relation,
            "score": round(group.score, 4),
            "documents": [summary_json(other) for other in group.documents if other.id != document_id],
        }
        for group in groups_of(document_id)
    ]
    return {"groups": groups, "series": [summary_json(other) for other in series_of(summary)]}


@blueprint.patch("/documents/<document_id>/tags")
def tag(document_id: str) -> Any:
    """Correct tags: an object of names and values (a text, a list, "" for none, null for the machine's own again).

    With ``If-Match`` nothing is changed where somebody else corrected them meanwhile (409).
    """
    edit()
    given = json_object()
    changes: dict[str, Sequence[str] | None] = {}
    for name, value in given.items():
        values = value if isinstance(value, list) else None if value is None else [value]
        if values is not None and not all(
            isinstance(part, str | int) and not isinstance(part, bool) for part in values
        ):
            raise BadInput(say("{value} is not a value for a tag.", value=repr(value)[:80]))
        changes[name] = None if values is None else [str(part) for part in values]
    expected = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"') or None
    changed = library().tag(open_document(document_id).id, changes, person(), expected)
    return with_mark(document_id, document_json(changed))


@blueprint.get("/indicators")
def indicators() -> Any:
    """As ``kms indicators --json``."""
    asked = {name: request.args.get(name, "") for name in ("name", "year", "program", "document")}
    agency, kind = request.args.get("agency", ""), request.args.get("type", "")
    return [
        indicator_json(row)
        for row in library().indicators(**asked)
        if agency in ("", row.document.agency) and kind in ("", row.document.type)
    ]


@blueprint.post("/check")
def check() -> Any:
    """As ``kms check --json``: the body is an object with title, text, year, agency, or a file called ``name``.

    With ``report=html`` or ``report=md`` the answer is the report of ``kms check --report``.
    """
    form = request.args.get("report", "json")
    if form not in REPORTS:
        raise BadInput(say("{name} must be one of: {choices}.", name="report", choices=", ".join(REPORTS)))
    checked = check_given()
    return checked_json(checked, language()) if form == "json" else report_of(checked, form)


def check_given() -> Checked:
    """The check of the draft that is the body.

    Raises:
        BadInput: there is none.
    """
    if request.mimetype == "application/json":
        given = json_object()
        fields: dict[str, Any] = {key: text_of(given, key) for key in ("title", "text", "year", "agency")}
        if not fields["title"].strip() and not fields["text"].strip():
            raise BadInput(say("There is nothing to check."), say("Give a title, a text or a file."))
        return check_in_turn(None, fields)
    name = safe_file_name(request.args.get("name", ""))
    fields = {key: request.args.get(key, "") for key in ("title", "year", "agency")}
    with tempfile.TemporaryDirectory(prefix="kms-draft-") as folder:
        path = Path(folder) / f"draft{Path(name).suffix}"
        save_body(path)
        return check_in_turn(path, {"name": name, **fields})


def check_in_turn(path: Path | None, fields: Mapping[str, Any]) -> Checked:
    """A check when its turn has come.

    Raises:
        Crowded: too many are waiting.
    """
    asked = library_aside()
    return cast(Checked, jobs().answer("check", lambda job: asked.check(path, **fields)))


@blueprint.post("/audit")
def audit() -> Any:
    """As ``kms audit --json``; takes its time in a large corpus. The body is empty, or an object with nothing in it."""
    take_nothing()
    asked = library_aside()
    return audit_json(jobs().answer("audit", lambda job: asked.audit()), language())


@blueprint.post("/decisions")
def decide() -> Any:
    """As ``kms decide --json``: the body is an object with two documents, a choice and why."""
    edit()
    given = json_object()
    named = given.get("documents")
    if not isinstance(named, list) or len(named) != 2 or not all(isinstance(name, str) for name in named):
        raise BadInput(say("A decision is about two documents."), say('Give "documents": [id, id].'))
    choice, why = text_of(given, "choice"), text_of(given, "why")
    decision = library().decide(named[0], named[1], choice, person(), why)
    return decided_json([decision], library().corpus.ids())[0], 201


@blueprint.get("/decisions")
def decisions() -> Any:
    """What people said of two documents, oldest first."""
    return {"decisions": decided_json(library().decisions(), library().corpus.ids())}


@blueprint.get("/overview")
def overview() -> Any:
    """What is here, and what needs somebody's attention: the first page in figures."""
    found = holdings(library())
    return {
        "documents": len(found.documents),
        "pages": found.pages,
        "years": [
            {"year": bar.year, "documents": bar.count, "types": {kind or "": count for kind, count, *_ in bar.parts}}
            for bar in found.bars
        ],
        "without_year": found.without_year,
        "unsure": found.unsure,
        "needs_ocr": found.needs_ocr,
        "damaged": list(found.damaged),
        "failed": [entry_json(entry) for entry in found.failed],
        "undecided": found.undecided,
    }


@blueprint.get("/log")
@needs("admin")
def log() -> Any:
    """Who did what, the latest last; at most `LOG_SHOWN` entries."""
    asked = {name: request.args.get(name, "").strip() for name in ("who", "what", "since", "document")}
    return {"entries": [entry_json(entry) for entry in deque(library().log(**asked), LOG_SHOWN)]}


for rule, view in (
    ("/documents/<document_id>/original", show_original),
    (f"/documents/<document_id>/pages/<int:number>/<{SIZES}>.png", picture),
    ("/documents/<document_id>/pages/<int:number>/marks.svg", marks),
    ("/documents/<document_id>/tables/<int:table_number>.<any(csv, xlsx):form>", sheets.download),
    ("/indicators.<any(csv, xlsx):form>", ledger.download),
):
    blueprint.add_url_rule(rule, view.__name__ if view is not ledger.download else "download_ledger", view)


def edit() -> None:
    """Stop whoever may not change anything.

    Raises:
        Forbidden: they may not.
    """
    if not may("editor"):
        raise Forbidden


def with_mark(document_id: str, value: Mapping[str, Any]) -> Response:
    """A document with the mark of its tags as ETag."""
    response = make_response(dict(value))
    response.set_etag(library().tags_mark(document_id))
    return response
