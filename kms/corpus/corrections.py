"""What people say of a document: tags.json, the one file that is edited by hand."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kms.errors import BadInput, Damaged
from kms.language import Message, say
from kms.model import ACCESS_LEVELS, DOCUMENT_TYPES, Tag

FORMAT = 1
SINGLE = ("type", "title", "agency", "region", "year", "period", "access")
SEVERAL = ("program", "code", "locus", "keyword")
NAMES = SINGLE + SEVERAL
YEARS = range(1945, 2101)


@dataclass(frozen=True)
class Correction:
    """The values a person gave one tag; none of them means that the document has no such tag.

    ``by`` is who said so and ``at`` when (UTC, ISO 8601); both are None where the file was edited by hand.
    """

    values: tuple[str, ...]
    by: str | None = None
    at: str | None = None


Corrections = Mapping[str, Correction]


def check_value(name: str, value: str) -> str:
    """``value`` in the form in which tags are kept: trimmed, a type in lower case, a period as "2018-2023".

    Raises:
        BadInput: no tag has that name, or the value makes no sense for it.
    """
    if name not in NAMES:
        raise BadInput(
            say("There is no tag {name}.", name=repr(name)),
            _nearest(name, NAMES, say("Tags are: {names}.", names=_list(NAMES))),
        )
    value = _plain(value)
    if not value:
        return ""
    if name == "type":
        kind = re.sub(r"[\s_]+", "-", value.lower())
        if kind not in DOCUMENT_TYPES:
            types = say("Types are: {names}.", names=_list(DOCUMENT_TYPES))
            raise BadInput(
                say("There is no document type {value}.", value=repr(value)), _nearest(kind, DOCUMENT_TYPES, types)
            )
        return kind
    if name == "access":
        if value.lower() not in ACCESS_LEVELS:
            levels = say("Access levels are: {names}.", names=_list(ACCESS_LEVELS))
            raise BadInput(
                say("There is no access level {value}.", value=repr(value)),
                _nearest(value.lower(), ACCESS_LEVELS, levels),
            )
        return value.lower()
    if name == "year":
        if not value.isascii() or not value.isdecimal() or int(value) not in YEARS:
            raise BadInput(
                say("{value} is not a year.", value=repr(value)),
                say("Write a year like 2021; a period like 2018-2023 is a period."),
            )
        return value
    if name == "period":
        match = re.fullmatch(r"(\d{4})\s*[-–—]\s*(\d{4})", value, re.ASCII)
        if not match or int(match[1]) not in YEARS or int(match[2]) not in YEARS or int(match[1]) > int(match[2]):
            raise BadInput(say("{value} is not a period.", value=repr(value)), say("Write a period like 2018-2023."))
        return f"{match[1]}-{match[2]}"
    return value


def correct(
    corrections: Corrections, changes: Mapping[str, tuple[str, ...] | None], by: str, at: str
) -> dict[str, Correction]:
    """``corrections`` after ``changes``: None takes a correction back, so that the machine's tag is in force again.

    Raises:
        BadInput: a name or a value makes no sense, or there are several values of a tag that has one.
    """
    result = dict(corrections)
    for name, values in changes.items():
        if values is None:
            check_value(name, "")
            result.pop(name, None)
            continue
        checked = tuple(dict.fromkeys(value for value in (check_value(name, value) for value in values) if value))
        if name in SINGLE and len(checked) > 1:
            raise BadInput(say("A document has one {name}, not {count}.", name=name, count=len(checked)))
        result[name] = Correction(checked, by, at)
    return result


def tags_of(corrections: Corrections) -> tuple[Tag, ...]:
    """The corrections as tags; an empty value means "none". A person's year ends a machine's period, and back."""
    tags = []
    for name, correction in corrections.items():
        tags += [Tag(name, value, source="person") for value in correction.values or ("",)]
    for name, other in (("year", "period"), ("period", "year")):
        if name in corrections and corrections[name].values and other not in corrections:
            tags.append(Tag(other, "", source="person"))
    return tuple(tags)


def encode_corrections(corrections: Corrections) -> bytes:
    """The bytes of tags.json, laid out for people."""
    tags = {}
    for name, correction in corrections.items():
        value: Any = (
            list(correction.values) if name in SEVERAL else (correction.values[0] if correction.values else None)
        )
        entry = {"value": value, "by": correction.by, "at": correction.at}
        tags[name] = {key: part for key, part in entry.items() if key == "value" or part is not None}
    return (json.dumps({"format": FORMAT, "tags": tags}, ensure_ascii=False, indent=2) + "\n").encode()


def decode_corrections(data: bytes, where: str) -> dict[str, Correction]:
    """The corrections in a tags.json, also where a hand wrote the short form ``"year": "2021"``.

    Raises:
        Damaged: it has a mistake; the sentence says which, ``where`` names the folder.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _mistake(where, say("Line {line} is not JSON ({error}).", line=error.lineno, error=error.msg)) from error
    except UnicodeDecodeError as error:
        raise _mistake(where, say("It is not a text file.")) from error
    except (ValueError, RecursionError) as error:  # a number without end, a nest without bottom
        raise _mistake(where, say("It is not JSON that kms can read.")) from error
    if not isinstance(content, dict):
        raise _mistake(where, say("It must be an object with the tags."))
    if content.get("format", FORMAT) != FORMAT:
        given = str(content["format"])[:20]
        raise _mistake(where, say("It has format {format}, this kms knows format 1.", format=given))
    tags = content.get("tags", {})
    if not isinstance(tags, dict):
        raise _mistake(where, say('"tags" must be an object.'))
    result = {}
    for name, entry in tags.items():
        if isinstance(entry, dict):
            value, by, at = entry.get("value"), entry.get("by"), entry.get("at")
        else:
            value, by, at = entry, None, None
        try:
            one = correct({}, {name: _values(value)}, "", "")[name]
        except BadInput as error:
            sentence = (
                error.message
                if error.next_step is None
                else say("{first} {second}", first=error.message, second=error.next_step)
            )
            raise _mistake(where, sentence) from error
        result[name] = Correction(one.values, _plain(str(by)) if by else None, _plain(str(at)) if at else None)
    return result


def _plain(text: str) -> str:
    """``text`` on one line, without control signs, and with a mark for what no file could hold."""
    text = text.encode("utf-8", "replace").decode()
    return " ".join("".join(sign if sign.isspace() or sign >= " " else " " for sign in text).split())


def _values(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [] if value is None else [value]
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, str | int):
            raise BadInput(say("{value} is not a value for a tag.", value=json.dumps(part, ensure_ascii=False)[:80]))
    return tuple(str(part) for part in parts)


def _mistake(where: str, what: Message) -> Damaged:
    return Damaged(
        where,
        say("{where}: tags.json has a mistake: {what}", where=where, what=what),
        say("Correct the file; the other documents are not affected."),
    )


def _nearest(word: str, words: tuple[str, ...], otherwise: Message) -> Message:
    close = difflib.get_close_matches(word.lower(), words, n=1)
    return say("Did you mean {word}?", word=close[0]) if close else otherwise


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words)
