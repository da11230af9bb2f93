"""What stands in document.json, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from kms.errors import Damaged
from kms.language import say
from kms.model import Document, Extraction, Indicator, Page, Table, Tag

FORMAT = 1
MEDIA = ("pdf", "docx", "md", "txt")
NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding bytes that are not the JSON they should be may raise."""


@dataclass(frozen=True)
class Record:
    """A document as the machine read it. ``added`` is when, in UTC (ISO 8601); ``size`` the original's in bytes."""

    id: str
    sha256: str
    source: str
    media: str
    size: int
    added: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tags: tuple[Tag, ...] = ()
    extractors: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def original(self) -> str:
        """The name of the file that holds the original."""
        return f"original.{self.media}"

    def document(self, corrections: tuple[Tag, ...] = ()) -> Document:
        """The document with what people corrected."""
        content = Extraction(self.media, self.pages, self.tables, self.indicators, self.tags, self.extractors)
        return Document(self.id, self.sha256, self.source, content, corrections)


def make_record(document_id: str, sha256: str, source: str, size: int, added: str, content: Extraction) -> Record:
    """The record of a newly read file."""
    return Record(
        document_id,
        sha256,
        source,
        content.media,
        size,
        added,
        content.pages,
        content.tables,
        content.indicators,
        content.tags,
        content.extractors,
    )


def encode_record(record: Record) -> bytes:
    """The bytes of document.json."""
    return msgspec.json.encode(record) + b"\n"


@dataclass(frozen=True)
class Header:
    """The first facts of a record, read without the rest."""

    format: int
    sha256: str
    media: str
    size: int


def decode_header(data: bytes, where: str) -> Header:
    """The header of a document.json.

    Raises:
        Damaged: it is no document.json, or of a format this version does not know; ``where`` names its folder.
    """
    try:
        header = msgspec.json.decode(data, type=Header)
    except NO_JSON as error:
        raise _unreadable(where, error) from error
    if header.format != FORMAT:
        raise Damaged(
            where,
            say(
                "{where}: document.json has format {format}, this kms knows format 1.",
                where=where,
                format=header.format,
            ),
            say("A newer kms wrote it: install that version."),
        )
    if header.media not in MEDIA:  # it becomes part of a path
        raise _unreadable(where, f"media {header.media[:20]!r}")
    return header


def decode_record(data: bytes, where: str) -> Record:
    """The record in a document.json.

    Raises:
        Damaged: it is no document.json, or of a format this version does not know; ``where`` names its folder.
    """
    decode_header(data, where)
    try:
        record = msgspec.json.decode(data, type=Record)
    except NO_JSON as error:
        raise _unreadable(where, error) from error
    for number, table in enumerate(record.tables, 1):
        if misfit := _misfit(table):
            raise _unreadable(where, f"table {number}: {misfit}")
    return record


def _misfit(table: Table) -> str | None:
    """Which part of a table does not go with its rows, or None; whoever shows a table counts on them."""
    for name in ("groups", "row_pages", "cell_boxes"):
        if len(getattr(table, name)) not in (0, len(table.rows)):
            return name
    return None


def _unreadable(where: str, error: Exception | str) -> Damaged:
    return Damaged(
        where,
        say("{where}: document.json cannot be read ({error}).", where=where, error=error),
        say("Remove the document and ingest its original file again."),
    )
