"""Who may come in: every request is given a reader, or sent to the login, before anything else looks at it."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import platform
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from kms.errors import Forbidden, KmsError, LoginRefused, TooManyLogins, WorkspaceError
from kms.language import say
from kms.library.access import LOWEST, Reader
from kms.library.accounts import Account, Accounts
from kms.model import Role

if TYPE_CHECKING:
    from kms.library import Library

KEY = "kms_doors"
OPEN = ("static", "home.favicon", "accounts.log_in", "accounts.show_login", "watching.health")
"""Addresses that nobody has to log in for."""
IDLE_HOURS, LOGIN_HOURS = 8.0, 24.0
"""How long a login lasts without a request, and at most."""
NOBODY = Reader("", "reader", LOWEST)
"""Whoever has not logged in, while the login or an error is shown to them."""
PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""What web servers say when they pass on what somebody elsewhere sent."""
LOCAL_NAMES = ("localhost", "")
REMEMBERED_SECONDS = 300.0
"""How long a password that was right need not be hashed again; programs send it with each request."""

View = TypeVar("View", bound=Callable[..., Any])


class Doors:
    """Lets people in.

    With accounts they log in. Without any, whoever sits at this computer may do everything and nobody else comes in.
    ``everybody`` is whom all are taken for, with or without accounts, where somebody asked for that. ``names`` are
    further names under which browsers reach this server.
    """

    def __init__(
        self, library: Library, accounts: Accounts, everybody: Reader | None = None, names: tuple[str, ...] = ()
    ) -> None:
        self.library = library
        self.accounts = accounts
        self._everybody = everybody
        own = platform.node().lower()
        self._names = {*LOCAL_NAMES, own, f"{own}.local", *(name.lower() for name in names)}
        self._ended = ended_sessions(library)
        self._ending = threading.Lock()
        self._remembered: dict[bytes, tuple[float, str, str]] = {}
        self._pepper = secrets.token_bytes(32)

    def needs_login(self) -> bool:
        """Whether people have to log in."""
        return self._everybody is None and bool(self.accounts.all())

    def reader(self) -> Reader | None:
        """Who sends this request; None for somebody who has to log in first."""
        address = request.remote_addr or ""
        if self._everybody is not None:
            self._check_host()
            return self._with_address(self._everybody, address)
        if self.accounts.all():
            g.kms_login = True
            account = self._account()
            return account.reader(address) if account else None
        if not is_loopback(address):
            raise Forbidden
        if any(name in request.headers for name in PASSED_ON):
            raise Forbidden(
                say("A web server passes this on for somebody else, and nobody has an account."),
                say("Make one with `kms user add NAME --role admin`, and name the web server with --proxy."),
            )
        self._check_host()
        return Reader(self.library.reader.name or "web", address=address)

    def let_in(self, account: Account) -> None:
        """Begin a session; nothing of an earlier one is left."""
        session.clear()
        session.permanent = True
        session.update(user=account.name, mark=account.mark, since=time.time(), id=secrets.token_hex(16))

    def let_out(self) -> None:
        """End the session, also for whoever has a copy of its cookie."""
        moment = time.time()
        with self._ending:
            self._ended = {name: until for name, until in self._ended.items() if until > moment}
            if name := session_mark():
                self._ended[name] = moment + LOGIN_HOURS * 3600
        session.clear()

    def _account(self) -> Account | None:
        """The account of the session, or of the name and password that a program sends along."""
        if request.authorization and request.authorization.type == "basic" and "user" not in session:
            g.kms_program = True
            return self._of_program()
        account = self.accounts.find(str(session.get("user", "")))
        since = session.get("since")
        if (
            account is None
            or session.get("mark") != account.mark
            or session_mark() in self._ended
            or not isinstance(since, float)
            or not -60 < time.time() - since < LOGIN_HOURS * 3600
        ):
            return None
        return account

    def _of_program(self) -> Account | None:
        """The account of ``Authorization: Basic``; remembered for some minutes, for a hash takes its time."""
        sent = request.authorization
        assert sent is not None
        name, password = str(sent.username or ""), str(sent.password or "")
        key = hmac.digest(self._pepper, f"{name}\0{password}".encode(), "sha256")
        moment = time.monotonic()
        until, user, mark = self._remembered.get(key, (0.0, "", ""))
        account = self.accounts.find(user) if until > moment else None
        if account and account.mark == mark:
            return account
        try:
            account = self.accounts.log_in(name, password, request.remote_addr or "")
        except TooManyLogins:
            raise
        except LoginRefused:
            record_login(self, name, None)
            raise
        record_login(self, name, account)
        if len(self._remembered) > 1000:
            self._remembered.clear()
        self._remembered[key] = moment + REMEMBERED_SECONDS, account.name, account.mark
        return account

    def _check_host(self) -> None:
        """Stop a page elsewhere that has its own name lead here (DNS rebinding), where no login stands in its way."""
        name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
        name = name.strip("[]").lower()
        if name not in self._names and not _is_address(name):
            abort(421)

    @staticmethod
    def _with_address(reader: Reader, address: str) -> Reader:
        return Reader(reader.name, reader.role, reader.clearance, address)


class CookieSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which is for HTTPS only wherever it was set over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def session_mark() -> str:
    """What the log calls the session of this request, "" where there is none; nobody can make a cookie of it."""
    name = session.get("id")
    return hashlib.sha256(str(name).encode()).hexdigest()[:32] if name else ""


def ended_sessions(library: Library) -> dict[str, float]:
    """The marks of sessions whose people logged out, as the log has them, and until when a cookie could be used."""
    moment = time.time()
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment - LOGIN_HOURS * 3600))
    with suppress(KmsError, OSError):
        return {
            str(entry.detail["session"]): moment + LOGIN_HOURS * 3600
            for entry in library.log(what="logout", since=since)
            if "session" in entry.detail
        }
    return {}


def doors() -> Doors:
    """The doors of the application that answers."""
    return cast(Doors, current_app.extensions[KEY])


def reader() -> Reader | None:
    """Who asks; None for somebody who has not logged in."""
    return cast("Reader | None", g.get("kms_reader"))


def needs(role: Role) -> Callable[[View], View]:
    """A view for those only who may do what ``role`` may."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            (reader() or NOBODY).must(role)
            return view(*args, **kwargs)

        return cast(View, guarded)

    return decorate


def greet() -> Response | None:
    """Give the request its reader, or send it to the login."""
    g.kms_reader, g.kms_library = None, doors().library.seen_by(NOBODY)
    if request.endpoint == "static":
        return None
    g.kms_reader = found = doors().reader()
    if found is not None:
        g.kms_library = doors().library.seen_by(found)
        return None
    if request.endpoint in OPEN:
        return None
    if request.method == "GET" and "text/html" in request.headers.get("Accept", "text/html"):
        return redirect(url_for("accounts.show_login", next=request.full_path.rstrip("?")))
    abort(401)


def record_login(at: Doors, name: str, account: Account | None) -> None:
    """Put a login into the log; a name that nobody has is not kept, for people mistype passwords into that field."""
    known = account or at.accounts.find(name)
    who = Reader(known.name if known else "?", address=request.remote_addr or "")
    at.library.seen_by(who).record("login", "ok" if account else "failed")


def open_doors(app: Flask, library: Library, everybody: Reader | None, names: tuple[str, ...]) -> None:
    """Let an application know its people."""
    accounts = Accounts(library.workspace.root)
    with suppress(WorkspaceError):
        accounts.all()  # from now on they are missed when they are gone
    try:
        app.secret_key = accounts.secret()
    except WorkspaceError:
        # Nothing can be written there: sessions end when the server does.
        app.secret_key = secrets.token_bytes(32)
    app.session_interface = CookieSessions()
    app.permanent_session_lifetime = int(IDLE_HOURS * 3600)
    app.extensions[KEY] = Doors(library, accounts, everybody, names)
    app.before_request(greet)
    app.jinja_env.globals.update(reader=reader, login_needed=lambda: doors().needs_login())


def is_loopback(address: str) -> bool:
    """Whether an address is of this computer itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
