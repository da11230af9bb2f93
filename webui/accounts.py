"""Logging in and out, one's own password, and what an administrator has: the people and the log."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from kms.clock import local_moment
from kms.errors import BadInput, KmsError, LoginRefused, TooManyLogins
from kms.language import Message, say
from kms.library.journal import Entry, documents_of, entry_json
from kms.model import ACCESS_LEVELS, ROLES
from webui.addresses import read_asked
from webui.doors import doors, needs, reader, record_login, session_mark
from webui.places import library
from webui.speaking import tell
from webui.terms import REASON_NAMES, TAG_NAMES

SHOWN = 50
"""Entries of the log on a page; all of them are in the file to keep."""
LAST_PAGE = 200
ROLE_NAMES: dict[str, Message] = {
    "reader": say("reads and checks"),
    "editor": say("takes in, tags and decides"),
    "admin": say("administers"),
}
LEVEL_NAMES: dict[str, Message] = {
    "umum": say("public (umum)"),
    "terbatas": say("limited (terbatas)"),
    "rahasia": say("secret (rahasia)"),
}
DEED_NAMES: dict[str, Message] = {
    "ingest": say("took in"),
    "correction": say("corrected"),
    "decision": say("decided"),
    "removal": say("removed"),
    "view": say("opened"),
    "shown": say("was shown passages"),
    "login": say("logged in"),
    "logout": say("logged out"),
    "user": say("changed an account"),
}
DETAIL_NAMES: dict[str, Message] = {
    "file": say("file"),
    "reason": say("reason"),
    "account": say("account"),
    "change": say("change"),
    "role": say("role"),
    "clearance": say("sees up to"),
    "where": say("where"),
    "session": say("session"),
    **TAG_NAMES,
}
DETAIL_VALUES: dict[str, Message] = {
    "add": say("new account"),
    "change": say("other rights"),
    "password": say("new password"),
    "remove": say("account taken away"),
    "search": say("search"),
    "check": say("check"),
    "indicators": say("indicators"),
    **ROLE_NAMES,
    **REASON_NAMES,
}
RESULT_NAMES: dict[str, Message] = {
    "ok": say("done"),
    "new": say("new"),
    "present": say("was there already"),
    "failed": say("failed"),
}

blueprint = Blueprint("accounts", __name__)


@blueprint.app_context_processor
def teach() -> dict[str, Any]:
    """The names that the templates of these pages say."""
    return {"role_name": _name(ROLE_NAMES), "level_name": _name(LEVEL_NAMES)}


@blueprint.get("/login")
def show_login() -> Any:
    """The form that asks for name and password."""
    if reader() is not None:
        return redirect(url_for("home.show"))
    return render_template("login.html", next=_here(request.args.get("next", "")), trouble=None, name="")


@blueprint.post("/login")
def log_in() -> Any:
    """Let somebody in, and on to the page they wanted."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    wanted = _here(request.form.get("next", ""))
    try:
        account = doors().accounts.log_in(name, password, request.remote_addr or "")
    except LoginRefused as trouble:
        if not isinstance(trouble, TooManyLogins):  # each of them in the log would fill the disk
            record_login(doors(), name, None)
        return render_template("login.html", next=wanted, trouble=trouble, name=name), 401
    doors().let_in(account)
    record_login(doors(), name, account)
    return redirect(wanted or url_for("home.show"))


@blueprint.post("/logout")
def log_out() -> Any:
    """End the session."""
    library().record("logout", session=session_mark())
    doors().let_out()
    return redirect(url_for(".show_login"))


@blueprint.get("/account")
@needs("reader")
def show_account() -> Any:
    """One's own account."""
    return render_template("account.html", account=doors().accounts.find(_own()), trouble=None)


@blueprint.post("/account")
@needs("reader")
def change_own_password() -> Any:
    """Give oneself a new password; the old one is asked for, and every other session ends."""
    accounts = doors().accounts
    account = accounts.find(_own())
    try:
        accounts.log_in(_own(), request.form.get("old", ""), request.remote_addr or "")
        _same_twice()
        account = accounts.change(_own(), password=request.form.get("password", ""))
    except KmsError as trouble:
        return render_template("account.html", account=account, trouble=trouble), 400
    library().record("user", change="password", account=account.name)
    doors().let_in(account)
    flash(tell(say("The new password is in force.")), "good")
    return redirect(url_for(".show_account"))


@blueprint.get("/people")
@needs("admin")
def people() -> Any:
    """Everybody who has an account."""
    return _people(None)


@blueprint.post("/people")
@needs("admin")
def add_person() -> Any:
    """Make an account."""
    form = request.form
    try:
        _same_twice()
        account = doors().accounts.add(
            form.get("name", ""), form.get("password", ""), form.get("role", ""), form.get("clearance", "")
        )
    except KmsError as trouble:
        return _people(trouble), 400
    library().record("user", change="add", account=account.name, role=account.role, clearance=account.clearance)
    flash(tell(say("{name} may log in now.", name=account.name)), "good")
    return redirect(url_for(".people"))


@blueprint.post("/people/<name>")
@needs("admin")
def change_person(name: str) -> Any:
    """Another role, clearance or password for an account, or its end."""
    form, accounts = request.form, doors().accounts
    try:
        if form.get("do") == "remove":
            accounts.remove(name)
            library().record("user", change="remove", account=name)
            flash(tell(say("{name} has no account any more.", name=name)), "good")
        elif form.get("do") == "password":
            _same_twice()
            accounts.change(name, password=form.get("password", ""))
            library().record("user", change="password", account=name)
            flash(tell(say("{name} has a new password.", name=name)), "good")
        else:
            account = accounts.change(name, form.get("role", ""), form.get("clearance", ""))
            library().record(
                "user", change="change", account=account.name, role=account.role, clearance=account.clearance
            )
            flash(tell(say("{name} has other rights now, and has to log in again.", name=name)), "good")
    except KmsError as trouble:
        return _people(trouble), 400
    return redirect(url_for(".people"))


@blueprint.get("/log")
@needs("admin")
def log() -> Any:
    """Who did what, latest first."""
    asked = {name: request.args.get(name, "").strip() for name in ("who", "what", "since", "document")}
    page = min(read_asked(request.args).page, LAST_PAGE)
    try:
        found = deque(library().log(**asked), SHOWN * page + 1)
        trouble, status = None, 200
    except KmsError as error:
        found, trouble, status = deque(), error, 400
    page = min(page, -(-len(found) // SHOWN) or 1)
    entries = list(reversed(found))[SHOWN * (page - 1) :]
    answer = render_template(
        "log.html",
        asked=asked,
        entries=[_told(entry) for entry in entries[:SHOWN]],
        page=page,
        given={name: value for name, value in asked.items() if value},
        more=len(entries) > SHOWN,
        trouble=trouble,
        deeds=DEED_NAMES,
        titles={document.id: document.title for document in library().documents().documents},
    )
    return answer, status


@blueprint.get("/log.jsonl")
@needs("admin")
def download_log() -> Response:
    """The log as lines of JSON, to be kept elsewhere."""
    asked = {name: request.args.get(name, "").strip() for name in ("who", "what", "since", "document")}
    entries = library().log(**asked)

    def lines() -> Iterator[str]:
        for entry in entries:
            yield json.dumps(entry_json(entry), ensure_ascii=False) + "\n"

    response = Response(lines(), mimetype="application/x-ndjson")
    response.headers.set("Content-Disposition", "attachment", filename="kms-log.jsonl")
    return response


def _people(trouble: KmsError | None) -> str:
    return render_template(
        "people.html", accounts=doors().accounts.all(), roles=ROLES, levels=ACCESS_LEVELS, trouble=trouble
    )


def _told(entry: Entry) -> dict[str, Any]:
    """An entry in words."""
    detail = {name: value for name, value in entry.detail.items() if value}
    detail.pop("documents", None)
    return {
        "at": local_moment(entry.at),
        "who": entry.who,
        "what": _named(DEED_NAMES, entry.what),
        "result": _named(RESULT_NAMES, entry.result),
        "documents": documents_of(entry),
        "address": entry.address,
        "detail": ", ".join(f"{_named(DETAIL_NAMES, name)}: {_plain(value)}" for name, value in detail.items()),
        "failed": entry.result == "failed",
    }


def _plain(value: Any) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else _named(DETAIL_VALUES, str(value))


def _named(names: dict[str, Message], value: str) -> str:
    return tell(names[value]) if value in names else value


def _own() -> str:
    asking = reader()
    return asking.name if asking else ""


def _same_twice() -> None:
    """Stop a password that was not typed the same twice."""
    if request.form.get("password", "") != request.form.get("again", ""):
        raise BadInput(say("The two passwords are not the same."), say("Type it twice."))


def _here(address: str) -> str:
    """An address on this server, or "" where it leads elsewhere."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and not any(ord(sign) < 33 or sign == "\\" for sign in address) else ""


def _name(names: dict[str, Message]) -> Callable[[str], str]:
    return lambda value: _named(names, value)
