"""Every error as a page in the reader's language that says what to do next; insides never show."""

from __future__ import annotations

import errno
import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from kms.errors import (
    Ambiguous,
    BadInput,
    Busy,
    Conflict,
    Damaged,
    Forbidden,
    IndexDamaged,
    KmsError,
    LoginRefused,
    NotFound,
    TooManyLogins,
    Unreadable,
    WorkspaceError,
)
from kms.language import Message, say
from kms.model import Document
from webui.doors import doors, reader
from webui.places import library
from webui.speaking import tell

FULL = (errno.ENOSPC, errno.EDQUOT)

log = logging.getLogger("kms.web")

STATUS: tuple[tuple[type[KmsError], int, Message], ...] = (
    (NotFound, 404, say("Not found")),
    (Ambiguous, 404, say("Which one?")),
    (BadInput, 400, say("This cannot be right")),
    (Unreadable, 422, say("The file cannot be read")),
    (Conflict, 409, say("Changed meanwhile")),
    (Forbidden, 403, say("Not for this account")),
    (TooManyLogins, 429, say("Too many logins")),
    (LoginRefused, 401, say("Not logged in")),
    (Busy, 503, say("Busy at the moment")),
    (IndexDamaged, 503, say("The index is damaged")),
    (Damaged, 500, say("A document is damaged")),
    (WorkspaceError, 500, say("The workspace cannot be used")),
)
SENTENCES: dict[int, tuple[Message, Message, Message]] = {
    400: (
        say("This cannot be right"),
        say("The address or the form has something that makes no sense."),
        say("Go back and try again."),
    ),
    401: (say("Not logged in"), say("This is only for people with an account."), say("Log in and try again.")),
    421: (
        say("Not under this name"),
        say("This program does not answer under the name in the address."),
        say("Use the number of the computer, or start `kms serve` with --name."),
    ),
    403: (
        say("Not accepted"),
        say("This form was open for too long, or it did not come from this program. Nothing was changed."),
        say("Go back, load the page again, and send it once more."),
    ),
    404: (
        say("Not found"),
        say("There is no page at this address."),
        say("It may have been mistyped, or the document has been removed."),
    ),
    405: (say("Not possible"), say("This address does not take that."), say("Go back and try again.")),
    413: (
        say("Too large"),
        say("What was sent is larger than this program takes."),
        say("Send a smaller file, or use the command line."),
    ),
    500: (
        say("Something went wrong"),
        say("It is our fault, and it has been written to the log."),
        say("Try again; if it happens again, tell whoever looks after this program."),
    ),
}
CODES = {
    400: "bad-input",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-possible",
    409: "conflict",
    413: "too-large",
    415: "unsupported",
    422: "unreadable",
    429: "too-many",
    503: "busy",
}
"""The stable words for errors in the JSON for programs."""

RETRY_SECONDS = "15"
"""When a program may try again what could not be done because of other work."""
UNUSABLE = (
    say("The folder in which kms keeps everything cannot be used just now. Nothing that was kept is lost."),
    say("Its disk may be full, write-protected or not connected. Tell whoever looks after this program."),
)
"""In the place of what only whoever looks after the computer should read: where its folders are."""


def answer_kms_error(error: KmsError) -> tuple[Any, ...]:
    """The page for an error that kms raises on purpose."""
    status, heading = next(
        ((status, heading) for kind, status, heading in STATUS if isinstance(error, kind)), (500, SENTENCES[500][0])
    )
    if status >= 500:
        log.error("%r %r: %s", request.method, request.path, error)
    told = without_paths(error)
    body, status = answer(heading, told.message, told.next_step, status)
    return (body, status, {"Retry-After": RETRY_SECONDS}) if status == 503 else (body, status)


def without_paths(error: KmsError) -> KmsError:
    """``error`` as it may be told to everybody."""
    return KmsError(*UNUSABLE) if isinstance(error, WorkspaceError) else error


def answer_disk(error: OSError) -> tuple[Any, int]:
    """The page for a disk that is full, write-protected or gone."""
    log.exception("%r %r", request.method, request.path, exc_info=error)
    return answer(say("The workspace cannot be used"), *UNUSABLE, 507 if error.errno in FULL else 500)


def answer_http_error(error: HTTPException) -> tuple[Any, ...]:
    """The page for an address or a form that leads nowhere."""
    status = error.code or 500
    body, status = answer(*SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400]), status)
    possible = getattr(error, "valid_methods", None) or ()
    return body, status, {"Allow": ", ".join(sorted(possible))} if possible else {}


def answer_surprise(error: Exception) -> tuple[Any, int]:
    """The page for an error nobody thought of; its story goes to the log."""
    log.exception("%r %r", request.method, request.path, exc_info=error)
    return answer(*SENTENCES[500], 500)


def answer(heading: Message, sentence: Message, next_step: Message | None, status: int) -> tuple[Any, int]:
    """A page, or for a program an object, that says what is wrong and what to do next."""
    if request.path.startswith("/api/"):
        said = {"code": CODES.get(status, "error"), "status": status, "message": tell(sentence)}
        return {"error": {**said, "next_step": tell(next_step) if next_step else None}}, status
    page = render_template(
        "trouble.html",
        heading=tell(heading),
        sentence=tell(sentence),
        next_step=next_step and tell(next_step),
        ways=ways_on(status),
    )
    return page, status


def ways_on(status: int) -> list[tuple[str, Message]]:
    """The addresses to go to from an error, with their names, the likeliest first."""
    if reader() is None:
        return [(url_for("accounts.show_login"), say("Log in"))] if doors().needs_login() else []
    ways = []
    if status == 404 and (document := document_asked()):
        ways.append((url_for("documents.show", document_id=document.id), say("To the document")))
    if status >= 500 and request.method == "GET":
        ways.append((request.full_path.rstrip("?"), say("Try again")))
    if request.method == "POST" and (form := page_of_form()):
        ways.append((form, say("Back to the form")))
    to_all = (
        (url_for("search.show"), say("To the search")),
        (url_for("documents.index"), say("To the list of documents")),
    )
    return [*ways, *to_all]


def page_of_form() -> str | None:
    """The address of the page of ours whose form was sent; None where the browser does not tell."""
    before = urlsplit(request.referrer or "")
    ours = before.scheme in ("http", "https") and before.netloc == request.host
    return before.geturl() if ours else None


def document_asked() -> Document | None:
    """The document that the address is about, if whoever asks may see it."""
    try:
        return library().document((request.view_args or {}).get("document_id", ""))
    except KmsError:
        return None


def answer_troubles(app: Flask) -> None:
    """Make these pages the answers of an application."""
    app.register_error_handler(KmsError, answer_kms_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(OSError, answer_disk)
    app.register_error_handler(Exception, answer_surprise)
