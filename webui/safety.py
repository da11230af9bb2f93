"""What every answer carries so that a browser trusts no document: a strict policy, and tokens for whatever writes."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request, session

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
READING = ("GET", "HEAD", "OPTIONS")
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
"""Kinds of bodies that a page elsewhere could send here without asking first."""


def token() -> str:
    """The secret that forms of this browser carry along."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])


def refuse_forged() -> None:
    """Stop a write that did not come from a form of ours.

    A browser shows its session by a cookie, so it must also show the token; and a page elsewhere cannot read it.
    A program that sends name and password along with every request has no session that a page could borrow; a browser
    that was told these in an address has, so what it says of where a request comes from is looked at too.
    """
    if request.method in READING:
        return
    if is_from_elsewhere():
        abort(403)
    if g.get("kms_program"):
        return
    if request.path.startswith("/api/") and request.routing_exception is not None:
        # Nothing is there that could write; a program is told that instead (404, 405).
        return
    if request.path.startswith("/api/") and request.mimetype not in FORMS:
        # No page elsewhere can send such a body without asking first (CORS), and nobody is ever allowed to.
        return
    given = request.form.get("token") or request.headers.get("X-KMS-Token", "")
    if not hmac.compare_digest(given.encode(), str(session.get("token", "")).encode()) or not given:
        abort(403)


def is_from_elsewhere() -> bool:
    """Whether the browser says that a page of another site sends this."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    origin = request.headers.get("Origin")
    return bool(g.get("kms_program") and origin) and urlsplit(origin or "").netloc != request.host


def keep_nothing() -> None:
    """Let no browser keep this answer: whoever sits there next is somebody else."""
    g.kms_secret = True


def keep_nothing_after_logout() -> None:
    """Let no browser keep this answer where people log in; without a login it is always the same one who sits there."""
    if g.get("kms_login"):
        keep_nothing()


def add_headers(response: Response) -> Response:
    """The headers that every answer carries, where the view did not set its own."""
    for name, value in (
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ):
        response.headers.setdefault(name, value)
    if g.get("kms_secret"):
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        # The button that leads back shows what is "no-cache" without asking, also to whoever comes after a logout.
        response.headers["Cache-Control"] = "no-store" if g.get("kms_login") else "private, no-cache"
    return response


def secure(app: Flask) -> None:
    """Put the headers on every answer and ask every write for its token."""
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_NAME"] = "kms_session"
    if not app.secret_key:
        app.secret_key = secrets.token_bytes(32)
    app.before_request(refuse_forged)
    app.after_request(add_headers)
    app.jinja_env.globals.update(token=token)
