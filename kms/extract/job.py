"""What parent and child say to each other: a job on the child's standard input, its answer in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from kms.config import ReadingLimits
from kms.errors import Unreadable
from kms.language import Message, say
from kms.model import Box, Extraction


@dataclass(frozen=True)
class Drawing:
    """A box to be drawn over a page: its kind ("table", "cell") and where."""

    kind: str
    box: Box


@dataclass(frozen=True)
class PlacedWord:
    """A word of a page and where it stands."""

    text: str
    box: Box


@dataclass(frozen=True)
class PlacedWords:
    """The words of a page, which is as wide and high (points) as it is displayed."""

    width: float
    height: float
    words: tuple[PlacedWord, ...] = ()


@dataclass(frozen=True)
class Job:
    """What a child is asked. ``work`` is "read" or "words" (answer: JSON of `Outcome`) or "picture" (answer: PNG),
    or "sight": whether pictures can be read here (answer: an `Outcome`, with a failure where not).

    ``skip`` are 1-based pages that are known to bring a reader down. ``page`` is for words and
    pictures, ``width`` (pixels) and ``drawings`` are for a picture.
    ``readers`` pictures of pages are read at a time; the child then reports page 0, as it cannot be known which of
    them brings it down. A child in the ``background`` lets whoever searches meanwhile go first.
    """

    work: Literal["read", "picture", "words", "sight"]
    path: str
    answer: str
    limits: ReadingLimits
    name: str = ""
    skip: tuple[int, ...] = ()
    page: int = 1
    width: int = 1000
    drawings: tuple[Drawing, ...] = ()
    readers: int = 1
    background: bool = False


@dataclass(frozen=True)
class Failure:
    """Why a file cannot be taken in; ``values`` fill the sentence, ``detail`` is for whoever mends the program."""

    reason: str
    values: dict[str, Any] = field(default_factory=dict)
    detail: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was read, or the words of one page, or why not; ``notes`` say what is missing to read pictures well."""

    extraction: Extraction | None = None
    words: PlacedWords | None = None
    failure: Failure | None = None
    notes: tuple[Message, ...] = ()


class CannotRead(Exception):
    """Raised inside the child where a file cannot be taken in; becomes a `Failure`."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.failure = Failure(reason, values)


SENTENCES = {
    "missing": (say("There is no file {name}."), say("Check the path.")),
    "empty": (say("{name} is empty (0 bytes)."), say("Fetch the file again from where it came from.")),
    "no-text": (say("{name} contains no text."), None),
    "only-pictures": (
        say("{name} holds pictures and no text."),
        say("Save it as PDF: of a PDF, pictures of pages are read too."),
    ),
    "too-large": (
        say("{name} is larger than {limit} MB."),
        say("Split it, or raise reading.file_mb in kms.toml."),
    ),
    "not-a-pdf": (
        say("{name} is called a PDF but is not one."),
        say("Open it in the program that made it and save it as PDF."),
    ),
    "unsupported": (
        say("{name} is of a kind that kms does not read."),
        say("kms reads .pdf, .docx, .md and .txt; save it as one of these."),
    ),
    "password": (say("{name} is locked with a password."), say("Save a copy without the password.")),
    "damaged": (
        say("{name} is damaged and cannot be read."),
        say("Fetch the file again, or open it elsewhere and save it anew."),
    ),
    "too-many-pages": (
        say("{name} has {pages} pages, more than {limit}."),
        say("Split it, or raise reading.pages in kms.toml."),
    ),
    "too-much-text": (
        say("{name} unpacks to far more text than a document has."),
        say("It may have been made to harm; open it elsewhere and save it anew."),
    ),
    "memory": (
        say("Reading {name} takes more than {limit} MB of memory."),
        say("It may be damaged; open it elsewhere and save it anew, or raise reading.memory_mb in kms.toml."),
    ),
    "time": (
        say("Reading {name} takes too long."),
        say("It may be damaged; open it elsewhere and save it anew, or raise reading.seconds in kms.toml."),
    ),
    "crashed": (
        say("{name} brings the reader of its format down."),
        say("It may be damaged; open it elsewhere and save it anew."),
    ),
    "no-ocr": (
        say("There is nothing here to read pictures with."),
        say("Get it with `pip install kms[ocr]`, and Indonesian with `apt-get install tesseract-ocr-ind`."),
    ),
    "no-page": (say("{name} has no page {page}."), None),
}


def unreadable(failure: Failure, name: str) -> Unreadable:
    """The error for a person that belongs to a failure; ``name`` is the file's name."""
    sentence, advice = SENTENCES.get(failure.reason, SENTENCES["damaged"])
    return Unreadable(failure.reason, say(sentence.template, **{"name": name, **failure.values}), advice)
