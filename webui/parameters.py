"""What a request to /api/v1 carries: numbers and switches of its address, an object or a file as its body."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import request

from kms.errors import BadInput
from kms.language import say
from webui.jobs import PIECE

LARGEST_JSON = 8 << 20
"""Bytes of a body that is an object; what is longer is sent as a file."""


def whole_number(name: str, otherwise: int) -> int:
    """A whole number of the address.

    Raises:
        BadInput: it is none.
    """
    text = request.args.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise BadInput(say("{name} must be a whole number.", name=name))
    return int(text)


def switched_on(name: str) -> bool:
    """Whether the address asks for something that is on or off: its name alone switches it on, "false" off.

    Raises:
        BadInput: it is neither.
    """
    text = request.args.get(name, "false").strip().lower()
    if text not in ("", "true", "1", "false", "0"):
        raise BadInput(say("{name} must be one of: {choices}.", name=name, choices="true, false"))
    return text in ("", "true", "1")


def json_object() -> Mapping[str, Any]:
    """The object that is the body.

    Raises:
        BadInput: it is none.
    """
    request.max_content_length = LARGEST_JSON
    try:
        given = request.get_json(force=True, silent=True)
        json.dumps(given, ensure_ascii=False).encode()  # halves of signs, which no file could hold
    except (RecursionError, UnicodeEncodeError):
        given = None
    if not isinstance(given, dict):
        raise BadInput(say("The body must be a JSON object."), say("/api/v1/openapi.json describes every request."))
    return given


def take_nothing() -> None:
    """Stop at a body that asks for something where there is nothing to ask for.

    Raises:
        BadInput: it does.
    """
    request.max_content_length = LARGEST_JSON
    if request.get_data() and json_object():
        raise BadInput(
            say("An audit is of the whole collection; nothing in the body is understood."),
            say("Send an empty object as the body."),
        )


def text_of(given: Mapping[str, Any], name: str) -> str:
    """The text, or the number, that an object has under ``name``; "" for none.

    Raises:
        BadInput: it is neither.
    """
    value = given.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        raise BadInput(say("{name} must be a text.", name=name), say("/api/v1/openapi.json describes every request."))
    return "" if value is None else str(value)


def save_body(path: Path) -> None:
    """Write the file that is the body to ``path``, a piece at a time, for it may be large.

    Raises:
        BadInput: there is none.
    """
    with path.open("xb") as file:
        shutil.copyfileobj(request.stream, file, PIECE)
        empty = file.tell() == 0
    if empty:
        raise BadInput(say("The file is empty or was not sent."), say("Send the file itself as the body."))
