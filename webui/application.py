"""The application: what is wired to what."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app, url_for

from kms.language import Message, say
from webui import places, speaking, troubles
from webui.addresses import Asked
from webui.documents import blueprint as documents
from webui.home import blueprint as home
from webui.pages import blueprint as pages
from webui.rendering import mark_text
from webui.safety import secure
from webui.search import blueprint as search
from webui.showing import teach_templates
from webui.tables import blueprint as tables
from webui.tagging import blueprint as tagging
from webui.tagging import teach_tags

if TYPE_CHECKING:
    from kms.library import Library

ROOMS: tuple[tuple[str, str, Message], ...] = (
    ("search.show", "search", say("Search")),
    ("documents.index", "documents", say("Documents")),
)
DAY = 24 * 3600
LARGEST_REQUEST = 8 * 1024 * 1024


def create_app(library: Library) -> Flask:
    """The web application for one library; it may be served by several threads at once."""
    app = Flask(__name__)
    app.config["LANGUAGE"] = library.workspace.settings.language
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = DAY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    places.keep_library(app, library)
    secure(app)
    speaking.speak(app)
    teach_templates(app)
    teach_tags(app)
    app.jinja_env.globals.update(rooms=lambda: ROOMS, asset=asset, mark_text=mark_text, Asked=Asked, may=places.may)
    for room in (home, search, documents, pages, tables, tagging):
        app.register_blueprint(room)
    troubles.answer_troubles(app)
    return app


def asset(name: str) -> str:
    """The address of a file of ours; it changes with the content, so that browsers may keep it."""
    return url_for("static", filename=name, v=fingerprint(Path(current_app.static_folder or "") / name))


@cache
def fingerprint(path: Path) -> str:
    """Eight hex digits of a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
