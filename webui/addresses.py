"""The state of a search as it stands in an address, so that every state can be shared and gone back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from kms.library import Filters

FILTERS = ("type", "year", "agency", "program", "indicator")
SEVERAL = ("type",)
LONGEST = 1000
NEWEST = "newest"


@dataclass(frozen=True)
class Asked:
    """What was asked: words, filters (name to values), a 1-based page of hits, and an order other than the usual one.

    Only the filters in `SEVERAL` have more than one value, which are alternatives.
    """

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    order: str = ""

    @property
    def arguments(self) -> dict[str, Any]:
        """For ``url_for``: only what differs from the plain page."""
        found: dict[str, Any] = {"q": self.words} if self.words else {}
        found.update({name: list(values) for name, values in self.filters.items() if values})
        if self.order:
            found["sort"] = self.order
        return {**found, "page": self.page} if self.page > 1 else found

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every filter in force as (name, value)."""
        return [(name, value) for name, values in self.filters.items() for value in values]

    def has(self, name: str, value: str) -> bool:
        """Whether that filter is in force."""
        return value in self.filters.get(name, ())

    def with_filter(self, name: str, value: str) -> Asked:
        """The same with one more filter, or another value of one that has a single value; from its first page."""
        values = dict.fromkeys([*self.filters.get(name, ()), value] if name in SEVERAL else [value])
        return replace(self, filters={**self.filters, name: tuple(values)}, page=1)

    def without_filter(self, name: str, value: str) -> Asked:
        """The same without that filter, from its first page."""
        values = tuple(other for other in self.filters.get(name, ()) if other != value)
        return replace(self, filters={**self.filters, name: values}, page=1)

    def without_name(self, name: str) -> Asked:
        """The same without any filter of that name, from its first page."""
        return replace(self, filters={other: found for other, found in self.filters.items() if other != name}, page=1)

    def without_filters(self) -> Asked:
        """The words alone."""
        return replace(self, filters={}, page=1)

    def saying(self, words: str) -> Asked:
        """The same filters with other words."""
        return replace(self, words=words, page=1)

    @property
    def limits(self) -> Filters:
        """The filters as the library wants them."""

        def single(name: str) -> str:
            return next(iter(self.filters.get(name, ())), "")

        return Filters(
            single("year"), self.filters.get("type", ()), single("agency"), single("program"), single("indicator")
        )

    def sorted(self, order: str) -> Asked:
        """The same in another order, "" being the usual one; from its first page."""
        return replace(self, order=order, page=1)

    def at(self, page: int) -> Asked:
        """The same, another page of it."""
        return replace(self, page=page)


def read_asked(arguments: MultiDict[str, str], also: Sequence[str] = (), orders: Sequence[str] = (NEWEST,)) -> Asked:
    """What an address asks; whatever makes no sense in it is left out.

    ``also`` are filters beside `FILTERS`, ``orders`` those there are beside the usual one.
    """
    filters = {
        name: tuple(dict.fromkeys(value.strip()[:LONGEST] for value in arguments.getlist(name) if value.strip()))
        for name in (*FILTERS, *also)
    }
    first, last = (arguments.get(name, "").strip() for name in ("from", "to"))
    if (first or last) and all(part == "" or (part.isascii() and part.isdecimal()) for part in (first, last)):
        filters["year"] = (f"{first or '1900'}-{last or '2100'}",)
    filters = {name: values if name in SEVERAL else values[-1:] for name, values in filters.items()}
    page = arguments.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    words = arguments.get("q", "").strip()[:LONGEST]
    kept = {name: values for name, values in filters.items() if values}
    order = arguments.get("sort", "")
    return Asked(words, kept, max(1, number), order if order in orders else "")
