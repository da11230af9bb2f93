"""What a file says: the parent's side, which never opens the file's format itself."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import msgspec

from kms.config import ReadingLimits
from kms.errors import KmsError, Unreadable
from kms.extract.job import Drawing, Failure, Job, Outcome, PlacedWords, unreadable
from kms.extract.process import Result, run
from kms.language import Message
from kms.model import Extraction

ATTEMPTS = 3
"""How often a document is begun anew, each time without the page that brought its reader down."""


PICTURES_AT_ONCE = 2
"""Pages of one document that are read from their pictures at a time, where there are as many processors."""


class ReaderDied(KmsError):
    """What the child left behind; the cause of an `Unreadable`, seen with ``--debug``."""

    def __init__(self, detail: str) -> None:
        Exception.__init__(self, detail)
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


def read_file(
    path: str | Path, limits: ReadingLimits | None = None, name: str = "", background: bool = False
) -> Extraction:
    """Pages, tables, tags and indicators of a .pdf, .docx, .md or .txt file.

    The work is done in a child process that may not take more memory or time than ``limits`` say. A single page that
    brings the reader down is given up (state "unreadable") and costs nothing but itself. ``name`` is the name by which
    people know the file, where ``path`` is a temporary one. In the ``background`` it lets other processes go first.

    Raises:
        Unreadable: ``reason`` is one of "missing", "empty", "no-text", "only-pictures", "too-large", "not-a-pdf",
            "unsupported", "password", "damaged", "too-many-pages", "too-much-text", "memory", "time" and "crashed".
    """
    path = Path(path)
    limits = limits or ReadingLimits()
    name = os.fsencode(name or path.name).decode("utf-8", "replace")
    failure = objection(path, limits)
    if failure:
        raise unreadable(failure, name)
    at_once = min(PICTURES_AT_ONCE, os.cpu_count() or 1)
    job = Job("read", str(path.absolute()), "", limits, name, readers=at_once, background=background)
    left = limits.seconds
    first: Result | None = None
    for _ in range(ATTEMPTS):
        result = run(replace(job, limits=replace(limits, seconds=max(1.0, left))))
        left -= result.seconds
        if result.answer is not None:
            outcome = msgspec.json.decode(result.answer, type=Outcome)
            if outcome.extraction is not None:
                return outcome.extraction
            first = first or Result(None, outcome.failure)
            break
        first = first or result
        if result.page == 0:
            job = replace(job, readers=1)
            continue
        if result.page is None or result.page in job.skip or left <= 0:
            break
        job = replace(job, skip=(*job.skip, result.page))
    assert first and first.failure
    raise explained(first.failure, name)


def render_page(path: str | Path, page: int, width: int = 1000, limits: ReadingLimits | None = None) -> bytes:
    """A page of a PDF (1-based) as PNG, ``width`` pixels wide (at most 4000); made in a child process like reading.

    Raises:
        Unreadable: as `read_file` does, or "no-page".
    """
    return picture(path, page, width, (), limits)


def place_words(path: str | Path, page: int, limits: ReadingLimits | None = None) -> PlacedWords:
    """The words of a page of a PDF (1-based) with their boxes, line by line; those of a picture are read again.

    Raises:
        Unreadable: as `read_file` does, or "no-page".
    """
    result = one_page(
        Job("words", str(Path(path).absolute()), "", limits or ReadingLimits(), Path(path).name, page=page)
    )
    outcome = msgspec.json.decode(result, type=Outcome)
    if outcome.words is None:
        raise explained(outcome.failure or Failure("crashed"), Path(path).name)
    return outcome.words


def draw_page(
    path: str | Path, page: int, extraction: Extraction, width: int = 1600, limits: ReadingLimits | None = None
) -> bytes:
    """The same with the boxes of the tables (red) and cells (blue) that stand on that page drawn over it."""
    drawings = []
    for table in extraction.tables:
        drawings += [Drawing("table", box) for number, box in zip(table.pages, table.boxes) if number == page]
        for number, boxes in zip(table.row_pages, table.cell_boxes):
            drawings += [Drawing("cell", box) for box in boxes if box and number == page]
    return picture(path, page, width, tuple(drawings), limits)


def must_read_pictures(limits: ReadingLimits | None = None) -> None:
    """Nothing where pictures of pages can be read on this machine.

    Raises:
        Unreadable: they cannot ("no-ocr"); it says what to install.
    """
    failure = sight(limits).failure
    if failure is not None:
        raise explained(failure, "")


def missing_for_pictures(limits: ReadingLimits | None = None) -> tuple[Message, ...]:
    """What this machine lacks to read pictures of pages, or to read them well, and how to get it; empty for nothing."""
    return sight(limits).notes


def sight(limits: ReadingLimits | None) -> Outcome:
    """What a child says of reading pictures here."""
    result = run(Job("sight", "", "", limits or ReadingLimits()))
    return msgspec.json.decode(result.answer, type=Outcome) if result.answer else Outcome(failure=result.failure)


def picture(
    path: str | Path, page: int, width: int, drawings: tuple[Drawing, ...], limits: ReadingLimits | None
) -> bytes:
    """The PNG of a page, or the error that kept it from being made."""
    path = Path(path)
    limits = limits or ReadingLimits()
    answer = one_page(
        Job("picture", str(path.absolute()), "", limits, path.name, page=page, width=width, drawings=drawings)
    )
    if answer.startswith(b"\x89PNG"):
        return answer
    outcome = msgspec.json.decode(answer, type=Outcome)
    raise explained(outcome.failure or Failure("crashed"), path.name)


def one_page(job: Job) -> bytes:
    """The answer to a job about one page, which may take the time of one page."""
    failure = objection(Path(job.path), job.limits)
    if failure:
        raise unreadable(failure, job.name)
    limits = replace(job.limits, seconds=min(job.limits.seconds, job.limits.seconds_per_page))
    result = run(replace(job, limits=limits))
    if result.answer is None:
        raise explained(result.failure or Failure("crashed"), job.name)
    return result.answer


def objection(path: Path, limits: ReadingLimits) -> Failure | None:
    """What can be said against a file without opening it."""
    if not path.is_file():
        return Failure("missing")
    size = path.stat().st_size
    if size == 0:
        return Failure("empty")
    if size > limits.file_mb << 20:
        return Failure("too-large", {"limit": limits.file_mb})
    return None


def explained(failure: Failure, name: str) -> Unreadable:
    """The error of a failure, with what the child left behind as its cause."""
    error = unreadable(failure, name)
    if failure.detail:
        error.__cause__ = ReaderDied(failure.detail)
    return error
