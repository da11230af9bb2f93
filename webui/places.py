"""For whom a view answers: the library to ask, who is asking, and what they may do.

Every view gets these from here and nowhere else, so that logins can put another library in place for one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from flask import Flask, current_app, g, has_request_context

if TYPE_CHECKING:
    from kms.library import Library
    from kms.library.aside import Aside, AsideLibrary

KEY = "kms"
ASIDE = "kms_aside"
NOBODY = "web"


def keep_library(app: Flask, library: Library, aside: Aside | None = None) -> None:
    """Give an application its library, and the processes for what takes long, where it has any."""
    app.extensions[KEY] = library
    app.extensions[ASIDE] = aside


def library() -> Library:
    """The library that this request may see: ``g.kms_library`` where something has set it, else the application's."""
    if has_request_context() and "kms_library" in g:
        return cast("Library", g.kms_library)
    return cast("Library", current_app.extensions[KEY])


def library_aside() -> Library | AsideLibrary:
    """What to ask for checks and audits, which take long: the same documents in a process of its own, if there is one.

    Use it when a piece of work is begun, and not from the thread that does it.
    """
    aside = cast("Aside | None", current_app.extensions[ASIDE])
    return aside.seen_by(library().reader) if aside else library()


def person() -> str:
    """Who is asking, for the record of corrections and decisions."""
    return library().reader.name or NOBODY


def holds_any() -> bool:
    """Whether there is any document for whoever asks."""
    return bool(library().documents().documents)


def may(role: Literal["reader", "editor", "admin"]) -> bool:
    """Whether whoever asks may do what ``role`` may."""
    return library().reader.may(role)
