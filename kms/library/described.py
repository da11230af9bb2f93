"""What a document or a draft is about, as the check sees it."""

from __future__ import annotations

from dataclasses import dataclass

from kms.duplicates.study import Study, describe
from kms.model import Document

ONLY_QUOTED = 0.4
"""Up to this confidence a document is a regulation only because it quotes some, as any study does."""
KEYWORDS_LISTED = 0.6
"""Above this confidence a keyword comes from a list of the document's own, or from a person."""


@dataclass(frozen=True)
class Described:
    """A document as the check sees it; ``digest`` is that of its record and corrections, ``sha256`` of the original."""

    version: int
    digest: str
    sha256: str
    study: Study


def describe_document(document: Document) -> Study:
    """What a document or a draft is about, by its tags and its text."""
    pages = document.content.pages
    first = next((page for page in pages if page.text.strip()), None)
    return describe(
        document.value("title") or "",
        [page.text for page in pages],
        _type(document),
        document.year,
        document.period,
        document.agency,
        document.value("region"),
        document.values("locus"),
        # Keywords that were only taken from the title would count the title twice.
        tuple(dict.fromkeys(tag.value for tag in document.tags("keyword") if tag.confidence > KEYWORDS_LISTED)),
        document.values("program"),
        tuple(dict.fromkeys(row.name for row in document.content.indicators)),
        headed=first is not None and first.state != "ocr",
    )


def _type(document: Document) -> str | None:
    found = next(iter(document.tags("type")), None)
    return None if found is None or (found.value == "regulasi" and found.confidence <= ONLY_QUOTED) else found.value
