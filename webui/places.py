"""For whom a view answers: the library to ask, who is asking, and what they may do.

Every view gets these three from here and nowhere else, so that logins can put others in their place for one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from flask import Flask, current_app, g, has_request_context

if TYPE_CHECKING:
    from kms.library import Library

KEY = "kms"
Right = Literal["read", "edit", "administer"]


def keep_library(app: Flask, library: Library) -> None:
    """Give an application its library."""
    app.extensions[KEY] = library


def library() -> Library:
    """The library that this request may see: ``g.kms_library`` where something has set it, else the application's."""
    if has_request_context() and "kms_library" in g:
        return cast("Library", g.kms_library)
    return cast("Library", current_app.extensions[KEY])


def person() -> str:
    """Who is asking, for the record of corrections and decisions: ``g.kms_person`` where something has set it."""
    return str(g.kms_person) if "kms_person" in g else "web"


def may(right: Right) -> bool:
    """Whether whoever asks may do that: what ``g.kms_rights`` holds; everything where nothing has set it.

    "read" is asking, "edit" taking in, tagging and deciding, "administer" the rest.
    """
    return right in g.kms_rights if "kms_rights" in g else True
