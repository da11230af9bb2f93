"""What kms asks of a search engine.

Words used here. An *entry* is one page as an engine sees it. A *batch* is a set of changes that becomes visible, and
lasts, all together or not at all. A *keyword* is a value matched whole, such as a year or an agency; *words* are
matched by exact form and stem. Engines return ids and scores; texts come from the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from kms.query.tree import Node
from kms.text import Token

KEYWORDS = ("type", "year", "title", "agency", "program", "indicator", "abbreviation", "part")


@dataclass(frozen=True)
class Entry:
    """One page to be indexed. ``title`` and ``headings`` are words that weigh more; the headings stand in the body too.

    Words of the title match like words of the body, on every page of the document. ``also`` are words that a
    page is found by besides: other forms of words of the body, such as "rencanakerja" where it has "rencana kerja", and
    the heading of a section that began on a page before; they weigh less. Phrases never span two of
    the four. ``keywords`` maps names out of `KEYWORDS` to the values this page is found and counted under.
    """

    document: str
    page: int
    body: tuple[Token, ...]
    title: tuple[Token, ...] = ()
    headings: tuple[Token, ...] = ()
    also: tuple[Token, ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A page that answers a query. A higher score is better; scores of two queries or engines cannot be compared.

    ``signature`` is what `kms.engines.signature.likeness` compares to see whether two pages say nearly the same.
    """

    document: str
    page: int
    score: float
    signature: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True)
class Preference:
    """Pages that match ``node`` have their score multiplied by ``factor``; which pages answer stays the same."""

    node: Node
    factor: float


@dataclass(frozen=True)
class Reason:
    """A share of a score: that of ``part`` of the query, or of words standing near one another where it is None."""

    part: Node | None
    score: float


@dataclass(frozen=True)
class Results:
    """``hits`` are best first, equal scores by document id and page; ``total`` counts all pages that match.

    ``facets`` maps each keyword asked for to (value, number of matching pages), most frequent first, then by value.
    """

    total: int
    hits: tuple[Found, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


class Batch(Protocol):
    """Changes to come into force together."""

    def remove(self, document: str) -> None:
        """Take out all pages of a document; nothing happens where there are none."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Put in pages. The pages of one document are given together, after `remove` where it was indexed before."""


class Engine(Protocol):
    """An index of pages. Reading never blocks, also while a batch is being written by this or another process."""

    def batch(self) -> AbstractContextManager[Batch]:
        """A batch, in force when the block ends without an error. One writer at a time; the caller sees to that."""

    def search(
        self,
        query: Node,
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[str] = (),
        prefer: Sequence[Preference] = (),
        latest: str = "",
    ) -> Results:
        """Pages that match, ``limit`` of them from the ``offset``-th on. Sees every batch in force when it is called.

        ``latest`` names a keyword: pages with a greater value of it (compared as text) come first, those without one
        last, and scores order only what is left equal.

        Raises:
            IndexDamaged: the index cannot be read.
        """

    def explain(self, query: Node, pages: Sequence[tuple[str, int]]) -> list[tuple[Reason, ...]]:
        """For each (document, page) what makes its score, greatest share first; () for a page that is not there."""

    def count(self) -> int:
        """Number of pages."""

    def vocabulary(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Exact forms of words that begin with ``prefix``, in order, each with the number of pages that have it."""

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        """For each of ``stems`` the number of pages with a word of that stem, title and headings included."""

    def values(self, keyword: str) -> tuple[tuple[str, int], ...]:
        """All values of a keyword, each with its number of pages, most frequent first, then by value."""

    def close(self) -> None:
        """Let go of open files. Closing twice does nothing."""
