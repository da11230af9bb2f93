"""A document: its pages, its tables, and what machine and people say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kms.model.indicator import Indicator
from kms.model.table import Table

DOCUMENT_TYPES = (
    "rkt",
    "renstra",
    "renja",
    "rkpd",
    "rpjmd",
    "rpjpd",
    "lkip",
    "perjanjian-kinerja",
    "iku",
    "evaluasi",
    "pohon-kinerja",
    "lkpj",
    "kak",
    "kajian",
    "regulasi",
    "lainnya",
)

ACCESS_LEVELS = ("umum", "terbatas", "rahasia")
"""Who may see a document, from everybody to few; the first is in force where nobody said anything."""

Role = Literal["reader", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "editor", "admin")
"""What people may do, each also what those before it may."""

PageState = Literal["text", "ocr", "needs-ocr", "blank", "unreadable"]
TagSource = Literal["rule", "table", "person"]


@dataclass(frozen=True)
class Page:
    """One page as read. ``text`` is what is searched, shown and counted in (code points), "" when nothing was read.

    ``state``: "text" from the file's own text; "ocr" read by a machine from a picture; "needs-ocr" a picture nobody
    has read yet, perhaps beside text of the page; "blank" truly empty; "unreadable" damaged. ``width`` and ``height``
    are points as displayed, 0 for files without pages. ``headings`` are lines of ``text`` that head a chapter or a
    table. ``appearance`` is what a page looks like that says little by its words: 256 bits as 64 hex digits, of which
    few differ between two pictures of one page; "" for other pages.
    """

    number: int
    text: str
    width: float = 0.0
    height: float = 0.0
    state: PageState = "text"
    headings: tuple[str, ...] = ()
    appearance: str = ""


@dataclass(frozen=True)
class Tag:
    """One statement about a document, with its evidence.

    ``name``: "type", "title", "agency", "region", "year", "period", "program", "code", "program-link", "locus",
    "keyword"; several tags may share the last five names. "access" is only ever a person's. A "program-link" says which
    official program took over the subject of an old one that the page names ("old name > code new name"); the new name
    is a "program" there too. ``value`` is always text: a year "2021", a period "2018-2023". ``page`` and ``quote`` are
    where and in which words the document says it; None for a person's tag or the file's name.
    ``confidence`` is between 0 and 1; a person's is 1.
    """

    name: str
    value: str
    page: int | None = None
    quote: str | None = None
    source: TagSource = "rule"
    confidence: float = 1.0


@dataclass(frozen=True)
class Extraction:
    """What was read from one file. ``media``: "pdf", "docx", "md" or "txt". A PDF has its pages, text is one;
    a Word document is one, and one more for each picture of print that stands in it.

    ``extractors`` maps the name of each program that took part to its version.
    """

    media: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tags: tuple[Tag, ...] = ()
    extractors: Mapping[str, str] = field(default_factory=dict)

    @property
    def scanned(self) -> bool:
        """Whether most pages that are not blank came as pictures."""
        pictures = sum(page.state in ("ocr", "needs-ocr") for page in self.pages)
        return pictures * 2 > sum(page.state != "blank" for page in self.pages)


@dataclass(frozen=True)
class Summary:
    """What a list or a hit shows of a document. ``year`` or ``period`` (first and last year) is None when unknown."""

    id: str
    title: str
    type: str | None
    year: int | None
    period: tuple[int, int] | None
    agency: str | None
    pages: int
    scanned: bool
    source: str
    access: str = ACCESS_LEVELS[0]


@dataclass(frozen=True)
class Document:
    """A document of the corpus: what was read, and what people corrected.

    ``id`` is the folder's name, ``sha256`` the digest of the original, ``source`` the name of the file as it was
    given. ``corrections`` come from ``tags.json`` and win over the machine's tags of the same name; an empty value
    means "none".
    """

    id: str
    sha256: str
    source: str
    content: Extraction
    corrections: tuple[Tag, ...] = ()

    def tags(self, name: str) -> tuple[Tag, ...]:
        """The tags of that name in force: the person's when there are any, else the machine's, surest first."""
        corrected = [tag for tag in self.corrections if tag.name == name]
        if corrected:
            return tuple(tag for tag in corrected if tag.value)
        found = [tag for tag in self.content.tags if tag.name == name]
        return tuple(sorted(found, key=lambda tag: -tag.confidence))

    def value(self, name: str) -> str | None:
        """The value of the surest tag of that name, or None."""
        tags = self.tags(name)
        return tags[0].value if tags else None

    def values(self, name: str) -> tuple[str, ...]:
        """All values of that name, each once, surest first."""
        return tuple(dict.fromkeys(tag.value for tag in self.tags(name)))

    @property
    def title(self) -> str:
        """The title, or the name of the file where no title was found."""
        return self.value("title") or self.source

    @property
    def type(self) -> str | None:
        """One of `DOCUMENT_TYPES`, or None."""
        return self.value("type")

    @property
    def agency(self) -> str | None:
        """The office that the document belongs to, or None."""
        return self.value("agency")

    @property
    def year(self) -> int | None:
        """The year it plans, reports or was made for; None for a document of several years."""
        value = self.value("year")
        return int(value) if value and _is_year(value) else None

    @property
    def period(self) -> tuple[int, int] | None:
        """First and last year of a plan for several years, both included."""
        first, _, last = (self.value("period") or "").partition("-")
        return (int(first), int(last)) if _is_year(first) and _is_year(last) else None

    @property
    def access(self) -> str:
        """One of `ACCESS_LEVELS`, as a person said."""
        said = [tag.value for tag in self.corrections if tag.name == "access" and tag.value]
        return said[0] if said else ACCESS_LEVELS[0]

    @property
    def summary(self) -> Summary:
        """The few facts that lists and hits show."""
        return Summary(
            self.id,
            self.title,
            self.type,
            self.year,
            self.period,
            self.agency,
            len(self.content.pages),
            self.content.scanned,
            self.source,
            self.access,
        )


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4
