"""The application: what is wired to what."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app, url_for

from kms.clock import local_day
from kms.language import Message, say
from kms.text.lines import run_on
from webui import places, speaking, troubles
from webui.accounts import blueprint as accounts
from webui.addresses import Asked
from webui.api import blueprint as api
from webui.audits import blueprint as audits
from webui.checks import blueprint as checks
from webui.documents import blueprint as documents
from webui.doors import open_doors, reader
from webui.home import blueprint as home
from webui.indicators import blueprint as indicators
from webui.jobs import keep_jobs
from webui.pages import blueprint as pages
from webui.rendering import mark_text
from webui.safety import secure
from webui.search import blueprint as search
from webui.showing import teach_templates
from webui.tables import blueprint as tables
from webui.tagging import blueprint as tagging
from webui.tagging import teach_tags
from webui.uploads import blueprint as uploads
from webui.uploads import teach_uploads
from webui.watching import blueprint as watching
from webui.watching import watch

if TYPE_CHECKING:
    from kms.library import Library
    from kms.library.access import Reader
    from kms.library.aside import Aside

ROOMS: tuple[tuple[str, str, Message], ...] = (
    ("search.show", "search", say("Search")),
    ("documents.index", "documents", say("Documents")),
    ("checks.ask", "checks", say("Check")),
    ("indicators.index", "indicators", say("Indicators")),
)
EDITORS_ROOMS: tuple[tuple[str, str, Message], ...] = (("uploads.ask", "uploads", say("Upload")),)
DAY = 24 * 3600
LARGEST_REQUEST = 256 * 1024 * 1024
LARGEST_FIELD = 2 * 1024 * 1024


def create_app(
    library: Library,
    everybody: Reader | None = None,
    names: tuple[str, ...] = (),
    look_unasked: bool = False,
    aside: Aside | None = None,
) -> Flask:
    """The web application for one library; it may be served by several threads at once.

    Where there are accounts people log in; without any, only whoever sits at this computer is let in, and may do
    everything. ``everybody`` is whom all are taken for without a login, where that is wanted; ``names`` are further
    names under which browsers reach this server. With ``look_unasked`` duplicates are looked for in the background
    whenever a small corpus has changed. ``aside`` are processes for checks and audits, which else are done in this one.
    """
    app = Flask(__name__)
    app.config["LOOK_UNASKED"] = look_unasked
    app.config["LANGUAGE"] = library.workspace.settings.language
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FIELD
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = DAY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    places.keep_library(app, library, aside)
    keep_jobs(app)
    watch(app)
    open_doors(app, library, everybody, names)
    secure(app)
    speaking.speak(app)
    teach_templates(app)
    teach_tags(app)
    teach_uploads(app)
    app.jinja_env.globals.update(
        rooms=rooms,
        asset=asset,
        mark_text=mark_text,
        run_on=run_on,
        Asked=Asked,
        may=places.may,
        holds_any=places.holds_any,
        local_day=local_day,
    )
    for room in (
        home,
        search,
        documents,
        pages,
        tables,
        tagging,
        checks,
        audits,
        indicators,
        uploads,
        api,
        accounts,
        watching,
    ):
        app.register_blueprint(room)
    troubles.answer_troubles(app)
    return app


def rooms() -> tuple[tuple[str, str, Message], ...]:
    """The rooms that whoever asks may enter; none for somebody who has to log in first."""
    if reader() is None:
        return ()
    return ROOMS + (EDITORS_ROOMS if places.may("editor") else ())


def asset(name: str) -> str:
    """The address of a file of ours; it changes with the content, so that browsers may keep it."""
    return url_for("static", filename=name, v=fingerprint(Path(current_app.static_folder or "") / name))


@cache
def fingerprint(path: Path) -> str:
    """Eight hex digits of a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
