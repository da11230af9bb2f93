"""Beranda: the search box, what the corpus holds, and what needs somebody's attention."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from kms.library import Library
from kms.library.access import HIGHEST
from kms.library.journal import Entry
from kms.model import Summary
from webui.audits import last_audit, look_unasked, undecided
from webui.charts import Bar, years_of
from webui.places import library

LATELY_DAYS = 30
"""Days for which files that could not be read are shown."""
KEPT_SECONDS = 60.0
"""How long what the log says of them is not read again."""


@dataclass(frozen=True)
class Holdings:
    """What a library holds and what needs attention: numbers of documents, except ``pages``.

    ``failed`` are files that could not be taken in lately; ``undecided`` are groups of duplicates, None where nobody
    has looked for them since documents changed.
    """

    documents: tuple[Summary, ...]
    pages: int
    damaged: tuple[str, ...]
    unsure: int
    needs_ocr: int
    failed: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    types: tuple[str, ...]
    without_year: int
    undecided: int | None


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
    found = holdings(asked)
    looking = found.undecided is None and look_unasked(asked)
    return render_template("home.html", found=found, looking=looking)


def holdings(asked: Library) -> Holdings:
    """What the library of whoever asks holds at this moment."""
    listing = asked.documents()
    bars, types, without_year = years_of(listing.documents)
    audit = last_audit(asked)
    return Holdings(
        listing.documents,
        sum(document.pages for document in listing.documents),
        tuple(listing.damaged),
        len(asked.documents(unsure=True).documents),
        len(asked.documents(needs_ocr=True).documents),
        tuple(failed_lately(asked)),
        tuple(bars),
        tuple(types),
        without_year,
        undecided(asked, audit) if audit else None,
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
    since = (date.today() - timedelta(days=LATELY_DAYS)).isoformat()
    last: dict[str, Entry] = {}
    for entry in asked.log(what="ingest", since=since):
        last[str(entry.detail.get("file", ""))] = entry
    return sorted((one for one in last.values() if one.result == "failed"), key=lambda one: one.at, reverse=True)
