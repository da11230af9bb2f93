"""Beranda: the search box, what the corpus holds, and what needs somebody's attention."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from kms.library import Library
from kms.library.access import HIGHEST
from kms.library.journal import Entry
from webui.audits import last_audit, look_unasked, undecided
from webui.charts import years_of
from webui.places import library

LATELY_DAYS = 30
KEPT_SECONDS = 60.0

blueprint = Blueprint("home", __name__)

_failed: dict[Path, tuple[float, list[Entry]]] = {}


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon, where a browser looks for it unasked."""
    return current_app.send_static_file("favicon.ico")


@blueprint.get("/")
def show() -> Any:
    """The first page; with words in its address, the search."""
    if request.args.get("q"):
        return redirect(url_for("search.show", **request.args.to_dict(flat=False)))  # type: ignore[arg-type]
    asked = library()
    listing = asked.documents()
    bars, types, without_year = years_of(listing.documents)
    audit = last_audit(asked)
    return render_template(
        "home.html",
        documents=listing.documents,
        damaged=listing.damaged,
        pages=sum(document.pages for document in listing.documents),
        unsure=len(asked.documents(unsure=True).documents),
        needs_ocr=len(asked.documents(needs_ocr=True).documents),
        failed=failed_lately(asked),
        bars=bars,
        types=types,
        without_year=without_year,
        audit=audit,
        undecided=undecided(asked, audit) if audit else 0,
        looking=audit is None and look_unasked(asked),
    )


def failed_lately(asked: Library) -> list[Entry]:
    """Files that could not be taken in during the last weeks, latest first; only for whoever may read the log."""
    if not asked.reader.may("admin") or asked.reader.clearance != HIGHEST:
        return []
    root, moment = asked.workspace.root, time.monotonic()
    if root not in _failed or moment - _failed[root][0] > KEPT_SECONDS:
        _failed[root] = moment, read_failures(asked)
    return _failed[root][1]


def read_failures(asked: Library) -> list[Entry]:
    """The same, read from the log."""
    since = (datetime.now(UTC) - timedelta(days=LATELY_DAYS)).strftime("%Y-%m-%d")
    last: dict[str, Entry] = {}
    for entry in asked.log(what="ingest", since=since):
        last[str(entry.detail.get("file", ""))] = entry
    return sorted((one for one in last.values() if one.result == "failed"), key=lambda one: one.at, reverse=True)
