"""Where a view finds the library that its application serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

if TYPE_CHECKING:
    from kms.library import Library

KEY = "kms"


def keep_library(app: Flask, library: Library) -> None:
    """Give an application its library."""
    app.extensions[KEY] = library


def library() -> Library:
    """The library of the application that answers."""
    return cast("Library", current_app.extensions[KEY])
