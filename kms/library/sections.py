"""What a page stands under: the heading of a section that goes on, and captions of tables that do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kms.model import Document

_NUMBERED = re.compile(r"\s*(?:(?i:BAB)\s+[IVXLC\d]+\b|\d{1,2}(?:\.\d{1,2})+\b|[A-Z]\.\s)")
_CAPTION = re.compile(r"\s*(?:tabel|gambar|grafik|bagan|diagram|peta|foto|lampiran)\b", re.IGNORECASE)


def above(document: Document) -> Mapping[int, tuple[str, ...]]:
    """For each page of a document (by number) what stands above it on pages before, outermost first; () for nothing."""
    captions: dict[int, list[str]] = {}
    for table in document.content.tables:
        for number in table.pages:
            if table.caption and number != table.page:
                captions.setdefault(number, []).append(table.caption)
    found = {}
    section: tuple[str, ...] = ()
    for page in document.content.pages:
        found[page.number] = (*section, *captions.get(page.number, ()))
        section = _last_section(page.headings) or section
    return found


def _last_section(headings: Sequence[str]) -> tuple[str, ...]:
    """The last numbered heading with the lines it goes on in; () where there is none."""
    last: list[str] = []
    open_ = False
    for heading in headings:
        if _NUMBERED.match(heading):
            last, open_ = [heading], True
        elif _CAPTION.match(heading):
            open_ = False
        elif open_:
            last.append(heading)
    return tuple(last)
