"""Who did what and when: one line of JSON each in ``log/<year>-<month>.jsonl``, only ever appended to.

::

    {"n": 7, "at": "2026-11-24T04:12:09Z", "who": "sari", "what": "view", "document": "peta-...-0a1b2c3d",
     "result": "ok", "address": "10.0.0.7", "detail": {}, "before": "9f86d081884c7d65"}

``n`` counts on over all files, so that a clock that was set back changes no order; a line never goes into an older file
than the last one did. ``before`` is the beginning of the sha256 of the line before, so that a line that was changed or
taken out shows. ``what``: ingest, correction, decision, removal, view, shown, login, logout, user.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kms.clock import begin_of_day
from kms.corpus import NO_JSON, now, sync_folder
from kms.errors import BadInput, WorkspaceError, why
from kms.language import Message, say
from kms.library.access import Reader

FOLDER = "log"
LOCK = ".lock"
TAIL = 256 * 1024
"""Bytes at the end of a file that are read to find its last entry."""
LONGEST = 300
"""Code points of a detail that are kept at most."""
MOST = 100
"""Members of a list that are kept at most."""
LONGEST_DETAIL = TAIL // 4
"""Bytes of all details of an entry at most, so that the end of the file always shows the last one whole."""
_FILE = re.compile(r"\d{4}-\d{2}\.jsonl")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]+Z?")


@dataclass(frozen=True)
class Entry:
    """One thing that was done. ``at`` is UTC (ISO 8601); ``document`` is None for what concerns none or several."""

    n: int
    at: str
    who: str
    what: str
    document: str | None
    result: str
    address: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""


class Journal:
    """The log of a workspace; several threads and processes may write to it at once."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._thread = threading.Lock()

    def append(
        self, reader: Reader, what: str, document: str | None, result: str = "ok", by: str = "", /, **detail: Any
    ) -> None:
        """Keep what ``reader`` did, on the disk when this returns; ``by`` is their name where they have another.

        Raises:
            WorkspaceError: it cannot be written.
        """
        from filelock import FileLock  # not needed by who only asks

        said = _bounded({name: _shortened(value) for name, value in detail.items() if value not in ("", None)})
        try:
            fresh = not self._folder.is_dir()
            if fresh:
                self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
                sync_folder(self._folder.parent)
            with self._thread, FileLock(self._folder / LOCK, timeout=30, mode=0o600):
                path, number, before = self._end()
                entry = Entry(
                    number + 1, now(), by or reader.name, what, document, result, reader.address, said, before
                )
                self._write(path, entry)
        except OSError as error:  # also filelock's Timeout
            raise WorkspaceError(
                say("The log in {path} cannot be written ({error}).", path=self._folder, error=why(error)),
                say("Check the folder's permissions and the free space of its disk."),
            ) from error

    def entries(self, who: str = "", what: str = "", since: str = "", document: str = "") -> Iterator[Entry]:
        """Entries, oldest first: of one person, one kind, one document; ``since`` is a day here, or a moment in UTC.

        Raises:
            BadInput: the day is none.
        """
        begin = _moment(since)
        return (
            entry
            for _, entry in self._lines(begin[:7])
            if entry is not None
            and (not who or entry.who == who)
            and (not what or entry.what == what)
            and entry.at >= begin
            and (not document or document in documents_of(entry))
        )

    def damage(self) -> Iterator[Message]:
        """What in the log was changed, or taken out of its middle, since it was written."""
        last: Entry | None = None
        digest = ""
        for line, entry in self._lines():
            if entry is None:
                yield say("The log has a line that cannot be understood, after entry {n}.", n=last.n if last else 0)
                continue
            if last and (entry.n != last.n + 1 or entry.before != digest):
                yield say("The log was changed between the entries {first} and {second}.", first=last.n, second=entry.n)
            last, digest = entry, _digest(line)

    def _lines(self, month: str = "") -> Iterator[tuple[bytes, Entry | None]]:
        """Every whole line, or those of the files since a month; None for one that cannot be understood."""
        for path in self._files():
            if path.stem < month:
                continue
            with path.open("rb") as file:
                for line in file:
                    # A line without its end is being written, or was when the power went.
                    if line.endswith(b"\n"):
                        yield line, _decode(line)

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if _FILE.fullmatch(path.name))

    def _end(self) -> tuple[Path, int, str]:
        """The file to write to, the number of the last entry, and the digest of its line."""
        files = self._files()
        path = self._folder / f"{now()[:7]}.jsonl"
        for last in reversed(files):
            with last.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - TAIL))
                lines = [line for line in file.read().splitlines(keepends=True) if line.endswith(b"\n")]
            for line in reversed(lines):
                entry = _decode(line)
                if entry is not None:
                    return max(path, files[-1]), entry.n, _digest(line)
        return max([path, *files]), 0, ""

    def _write(self, path: Path, entry: Entry) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            end = file.seek(0, os.SEEK_END)
            fresh = not end
            if end:
                # What a killed writer left of a line is cut off, so that it cannot spoil this one.
                begin = max(0, end - TAIL)
                file.seek(begin)
                whole = file.read().rfind(b"\n")
                file.truncate(begin + whole + 1 if whole >= 0 else 0 if not begin else end)
                file.seek(0, os.SEEK_END)
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            sync_folder(self._folder)


def documents_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the documents that an entry is about."""
    several = entry.detail.get("documents")
    named = tuple(map(str, several)) if isinstance(several, list | tuple) else ()
    return (entry.document, *named) if entry.document else named


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as ``kms log --json`` gives it."""
    value: dict[str, Any] = msgspec.to_builtins(entry)
    return value


def _bounded(detail: dict[str, Any]) -> dict[str, Any]:
    """``detail``, or where it would fill a line beyond `LONGEST_DETAIL`, how much of each there was."""
    if len(msgspec.json.encode(detail)) <= LONGEST_DETAIL:
        return detail
    return {name: f"({len(value)})" for name, value in detail.items()}


def _shortened(value: Any) -> Any:
    """A detail that is no longer than a line of people; what no file can hold is marked."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()
        return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return [_shortened(part) for part in value[:MOST]]


def _decode(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except NO_JSON:
        return None


def _digest(line: bytes) -> str:
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()[:16]


def _moment(since: str) -> str:
    """The moment in UTC that a day here begins with; a moment itself; "" for none."""
    if not since or _MOMENT.fullmatch(since):
        return since
    try:
        return begin_of_day(since)
    except ValueError:
        raise BadInput(say("{value} is not a day.", value=repr(since)), say("Write a day like 2026-11-24.")) from None
