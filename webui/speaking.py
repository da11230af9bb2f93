"""In which language a reader is spoken to: Bahasa Indonesia unless asked otherwise, remembered in a cookie."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, make_response, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from kms.language import DEFAULT_LANGUAGE, LANGUAGES, Message, translate

COOKIE = "kms_language"
YEAR_OF_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("speaking", __name__)


def language() -> str:
    """The reader's language, one of `LANGUAGES`."""
    if "language" not in g:
        chosen = request.cookies.get(COOKIE, "")
        if request.path.startswith("/api/"):
            chosen = request.accept_languages.best_match(LANGUAGES) or chosen
        g.language = chosen if chosen in LANGUAGES else current_app.config.get("LANGUAGE", DEFAULT_LANGUAGE)
    return str(g.language)


def phrase(template: str, /, **values: Any) -> Markup:
    """A sentence of a page in the reader's language, ready for HTML: every value is escaped unless it is Markup."""
    spoken = {name: tell(value) if isinstance(value, Message) else value for name, value in values.items()}
    return Markup(escape(translate(template, language()))).format(**spoken)


def tell(message: Message) -> str:
    """A message from below in the reader's language, as plain text."""
    return message.text(language())


def figure(number: int | float) -> str:
    """A number with the reader's separators: 12.345,6 in Indonesian, 12,345.6 in English."""
    text = f"{number:,}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def switch_language() -> AnyResponse | None:
    """Answer ``?lang=en`` on any page by remembering it and showing the page at its clean address."""
    wanted = request.args.get("lang")
    if request.method != "GET" or wanted not in LANGUAGES or not request.endpoint:
        return None
    rest = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "lang"}
    response: Response = make_response(redirect(url_for(request.endpoint, **{**(request.view_args or {}), **rest})))
    response.set_cookie(
        COOKIE, wanted, max_age=YEAR_OF_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure
    )
    return response


def other_language_address(code: str) -> str:
    """The address of this page in another language."""
    if not request.endpoint or request.endpoint == "static" or request.method != "GET":
        return url_for("home.show", lang=code)
    arguments = {**request.args.to_dict(flat=False), **(request.view_args or {}), "lang": code}
    return url_for(request.endpoint, **arguments)


def speak(app: Flask) -> None:
    """Teach an application the languages."""
    app.before_request(switch_language)
    app.jinja_env.globals.update(
        _=phrase, tell=tell, language=language, languages=LANGUAGES, other_language_address=other_language_address
    )
    app.jinja_env.filters["figure"] = figure
