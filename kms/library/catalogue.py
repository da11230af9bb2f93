"""The catalogue: what the index was built from, and the few facts of every document that lists need.

It stands in ``index/catalogue.json`` and is derived like the rest of the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from kms.corpus import NO_JSON, Stamp, replace_file
from kms.model import Document, Summary

CATALOGUE = "catalogue.json"
SURE = 0.6
"""Confidence from which a tag is not asked about."""
JUDGED = ("type", "title", "agency", "year")


@dataclass(frozen=True)
class Sentinel:
    """What must be the same for an index to be usable: its own format, the engine, and what a word is.

    ``rendering`` is the version of the document.md files; with another one they are written anew.
    """

    format: int
    engine: str
    analyser: str
    rendering: int = 0


@dataclass(frozen=True)
class Card:
    """What the index knows of a document as it was when ``stamp`` and ``digest`` were its fingerprints.

    ``summary`` is None for a document that could not be understood then. ``needs_ocr`` counts its pages nobody has
    read; ``unsure`` names the tags that the machine guesses or does not know. ``appearances`` are the pages that are
    known by their looks: number (1-based) and what they look like.
    """

    stamp: Stamp
    digest: str
    summary: Summary | None = None
    needs_ocr: int = 0
    unsure: tuple[str, ...] = ()
    appearances: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All cards; ``folder`` is where the engine's files stand, below the index folder."""

    sentinel: Sentinel
    folder: str
    cards: Mapping[str, Card] = field(default_factory=dict)

    @cached_property
    def damaged(self) -> int:
        """How many documents cannot be understood."""
        return sum(card.summary is None for card in self.cards.values())


def make_card(document: Document, stamp: Stamp, digest: str) -> Card:
    """The card of a document."""
    pages = document.content.pages
    return Card(
        stamp,
        digest,
        document.summary,
        sum(page.state == "needs-ocr" for page in pages),
        tuple(name for name in JUDGED if not is_sure(document, name)),
        tuple((page.number, page.appearance) for page in pages if page.appearance),
    )


def is_sure(document: Document, name: str) -> bool:
    """Whether a tag comes from a person or from clear evidence; a period serves where the year is asked for."""
    names = ("year", "period") if name == "year" else (name,)
    if any(tag.name in names for tag in document.corrections):
        return True
    return any(tag.confidence >= SURE for part in names for tag in document.tags(part)[:1])


def load_catalogue(index: Path) -> Catalogue | None:
    """The catalogue, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((index / CATALOGUE).read_bytes(), type=Catalogue)
    except (OSError, *NO_JSON):
        return None


def knows_documents(index: Path) -> bool:
    """Whether an index was made from documents."""
    catalogue = load_catalogue(index)
    return catalogue is not None and bool(catalogue.cards)


def save_catalogue(index: Path, catalogue: Catalogue) -> None:
    """Put ``catalogue`` in the place of the old one, at once."""
    replace_file(index / CATALOGUE, msgspec.json.encode(catalogue))
