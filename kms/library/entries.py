"""How a document is put before the engine: one entry per page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kms.engines.engine import Entry
from kms.library.sections import above
from kms.model import Document, Page
from kms.text import separate, tokenize
from kms.text.abbreviations import definitions

ROWS = 5
"""Rows with dots to a page number, or that end with one below "Daftar Isi", that make a page one of contents."""

_LEADER = re.compile(r"(?:\.{4}|\u2026{2}|(?:\. ){4})[.\u2026 \t]*(?:[IVXLC]+ ?- ?)?\d*")
_LISTED = re.compile(
    r"^[^\w\n]{0,8}daftar[ \t]{1,8}(?:isi|tabel|gambar|grafik|bagan|diagram|lampiran)"
    r"(?:[ \t]{1,8}[ivxlc]{1,6})?[^\w\n]{0,8}$",
    re.I | re.M,
)
CHAPTERS = 3
"""Chapters that begin on one page of an outline ("Sistematika Penulisan"), where most rows are numbered headings."""

_CHAPTER = re.compile(r"^\W{0,4}bab[ \t]{1,4}([ivxlc]{1,6}|\d{1,2})\b", re.I | re.M)
_NUMBERED = re.compile(r"\W{0,4}(?:bab[ \t]{1,4}(?:[ivxlc]{1,6}|\d{1,2})\b|\d{1,2}\.\d)", re.I)
_PAGE = re.compile(r"[ivxlc]{1,6}|\d{1,3}", re.I)
_LETTER = re.compile(r"[^\W\d_]")


def years_of(document: Document) -> tuple[str, ...]:
    """Every year that a document is found under: its year, and all years of its period."""
    years = set()
    if document.year is not None:
        years.add(document.year)
    if document.period is not None:
        first, last = document.period
        years.update(range(first, min(last, first + 50) + 1))
    return tuple(str(year) for year in sorted(years))


def entries(document: Document) -> Iterator[Entry]:
    """The pages of a document as the engine sees them; one without text is there too, found by its keywords."""
    title = tuple(tokenize(document.title))
    over = above(document)
    of_all = {
        "type": (document.type,) if document.type else (),
        "year": years_of(document),
        "title": (document.title,),
        "agency": (document.agency,) if document.agency else (),
    }
    for page in document.content.pages:
        names = tuple(dict.fromkeys(row.name for row in document.content.indicators if row.page == page.number))
        captions = tuple(table.caption for table in document.content.tables if table.page == page.number)
        keywords = {
            **of_all,
            "program": _programs(document, page),
            "indicator": tuple(name for name in names if name),
            "abbreviation": tuple(dict.fromkeys(f"{short}\t{long}".lower() for short, long in definitions(page.text))),
            "part": ("contents",) if _lists_others(page) else (),
        }
        body, wholes = separate(tokenize(page.text))
        heads = dict.fromkeys(text for text in (*page.headings, *captions, *names) if text)
        headings = tuple(token for text in heads for token in separate(tokenize(text))[0])
        under = [token for text in over[page.number] for token in separate(tokenize(text))[0]]
        yield Entry(document.id, page.number, tuple(body), title, headings, (*wholes, *under), keywords)


def _lists_others(page: Page) -> bool:
    """Whether the page is of a table of contents or a list of tables, of rows that end with a page number, or of an
    outline, which has the headings of several chapters and little beside."""
    dotted = any(dots in page.text for dots in ("....", ". . .", "\u2026\u2026"))
    if dotted and len(_LEADER.findall(page.text)) >= ROWS:
        return True
    if len({chapter.upper() for chapter in _CHAPTER.findall(page.text)}) >= CHAPTERS:
        rows = [row for row in page.text.splitlines() if row.strip()]
        if 2 * sum(1 for row in rows if _NUMBERED.match(row)) >= len(rows):
            return True
    if not _LISTED.search(page.text):
        return False
    return sum(map(_leads_to_a_page, page.text.splitlines())) >= ROWS


def _leads_to_a_page(row: str) -> bool:
    """Whether words come first and a page number last."""
    *words, last = row.rsplit(maxsplit=1) or [""]
    return bool(words) and _PAGE.fullmatch(last) is not None and _LETTER.search(words[0]) is not None


def _programs(document: Document, page: Page) -> tuple[str, ...]:
    """Programs that the page itself names; one that a person gave, or that has no page, belongs to every page."""
    tags = document.tags("program")
    return tuple(dict.fromkeys(tag.value for tag in tags if tag.page in (None, page.number)))
