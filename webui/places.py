"""For whom a view answers: the library to ask, who is asking, and what they may do.

Every view gets these from here and nowhere else, so that logins can put another library in place for one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from flask import Flask, current_app, g, has_request_context

if TYPE_CHECKING:
    from kms.library import Library

KEY = "kms"
NOBODY = "web"


def keep_library(app: Flask, library: Library) -> None:
    """Give an application its library."""
    app.extensions[KEY] = library


def library() -> Library:
    """The library that this request may see: ``g.kms_library`` where something has set it, else the application's."""
    if has_request_context() and "kms_library" in g:
        return cast("Library", g.kms_library)
    return cast("Library", current_app.extensions[KEY])


def person() -> str:
    """Who is asking, for the record of corrections and decisions."""
    return library().reader.name or NOBODY


def may(role: Literal["reader", "editor", "admin"]) -> bool:
    """Whether whoever asks may do what ``role`` may."""
    return library().reader.may(role)
