"""How a document is put before the engine: one entry per page."""

from __future__ import annotations

from collections.abc import Iterator

from kms.engines.engine import Entry
from kms.model import Document, Page
from kms.text import tokenize


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
    of_all = {
        "type": (document.type,) if document.type else (),
        "year": years_of(document),
        "agency": (document.agency,) if document.agency else (),
    }
    for page in document.content.pages:
        keywords = {
            **of_all,
            "program": _programs(document, page),
            "indicator": tuple(
                dict.fromkeys(row.name for row in document.content.indicators if row.page == page.number and row.name)
            ),
        }
        yield Entry(
            document.id,
            page.number,
            tuple(tokenize(page.text)),
            title,
            tuple(token for heading in page.headings for token in tokenize(heading)),
            keywords=keywords,
        )


def _programs(document: Document, page: Page) -> tuple[str, ...]:
    """Programs that the page itself names; one that a person gave, or that has no page, belongs to every page."""
    tags = document.tags("program")
    return tuple(dict.fromkeys(tag.value for tag in tags if tag.page in (None, page.number)))
