"""What is to be checked: a title, a title with a text, or a file. A draft is never stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kms.errors import BadInput
from kms.language import say
from kms.model import Document, Extraction, Page, Tag

LONGEST_TITLE = 1000
"""Code points; more is a text."""


@dataclass(frozen=True)
class Draft:
    """A draft as a document that has no place in the corpus.

    ``document.id`` is "" and ``document.sha256`` the digest of the file, or of title and text; a decision about the
    draft is kept under it. A title without a text has no pages.
    """

    document: Document

    @property
    def title(self) -> str:
        """The title given or found; "" where there is none."""
        return self.document.value("title") or ""

    @property
    def title_read(self) -> bool:
        """Whether the title was found in the draft, and nobody gave it."""
        return any(tag.source != "person" for tag in self.document.tags("title"))

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages with their texts."""
        return self.document.content.pages

    @property
    def digest(self) -> str:
        """The sha256 of the draft, in hex."""
        return self.document.sha256


def draft_of_text(title: str, text: str, tags: tuple[Tag, ...] = ()) -> Draft:
    """A draft out of words that somebody typed; ``tags`` are what else was said of it.

    Raises:
        BadInput: there are neither a title nor a text, or the title is too long for one.
    """
    title = " ".join(title.split())
    if not title and not text.strip():
        raise BadInput(say("There is nothing to check."), say("Give a title, a text or a file."))
    if len(title) > LONGEST_TITLE:
        raise BadInput(
            say("A title has at most {most} letters.", most=LONGEST_TITLE), say("Give more as a text or as a file.")
        )
    pages = (Page(1, text),) if text.strip() else ()
    sha256 = hashlib.sha256(f"{title}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    named = (Tag("title", title, source="person"),) if title else ()
    return Draft(Document("", sha256, "", Extraction("txt", pages), (*named, *tags)))


def draft_of_file(
    path: Path, read: Callable[[Path], Extraction], name: str, title: str, text: str, tags: tuple[Tag, ...] = ()
) -> Draft:
    """A draft out of a file, called ``name``; a title and ``tags`` given by hand win over what is found in it.

    Raises:
        BadInput: there is a text besides, or the file holds neither words nor pictures.
        Unreadable: the file cannot be read.
    """
    if text.strip():
        raise BadInput(say("A draft is a file or a text, not both."), say("Leave out one of them."))
    content = read(path)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    title = " ".join(title.split())
    named = (Tag("title", title, source="person"),) if title else ()
    return Draft(Document("", sha256, name, content, (*named, *tags)))
