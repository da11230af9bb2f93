"""What narrows a search or a list: years, types, agencies, programs, indicators."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from kms.errors import BadInput
from kms.language import say
from kms.model import DOCUMENT_TYPES, Summary
from kms.query import matching, read_years
from kms.query.resolving import TYPES
from kms.query.tree import OneOf

FACETS = ("type", "year", "agency", "program")
HITS_AT_MOST = 1000


@dataclass(frozen=True)
class Filters:
    """What narrows a search or a list; "" or () is no limit.

    ``year`` is "2021" or "2019-2022"; several ``type`` mean any of them; the others match by their words.
    """

    year: str = ""
    type: tuple[str, ...] = ()
    agency: str = ""
    program: str = ""
    indicator: str = ""

    def __bool__(self) -> bool:
        return any((self.year, self.type, self.agency, self.program, self.indicator))

    def node(self) -> tuple[OneOf, ...]:
        """The filters as parts of a query, still in the words typed.

        Raises:
            BadInput: the year is none, or no type is called so.
        """
        parts = []
        if self.year:
            parts.append(OneOf("year", years_meant(self.year)))
        if self.type:
            parts.append(OneOf("type", tuple(type_meant(value) for value in self.type)))
        for name in ("agency", "program", "indicator"):
            if value := str(getattr(self, name)).strip():
                parts.append(OneOf(name, (value,)))
        return tuple(parts)

    def accept(self, summary: Summary, agencies: Sequence[str]) -> bool:
        """Whether a document passes the filters on year, type and agency (``agencies`` are those meant)."""
        if self.type and summary.type not in [type_meant(value) for value in self.type]:
            return False
        if self.agency and (summary.agency or "") not in agencies:
            return False
        if not self.year:
            return True
        wanted = [int(year) for year in years_meant(self.year)]
        if summary.year in wanted:
            return True
        first, last = summary.period or (0, -1)
        return any(first <= year <= last for year in wanted)


def years_meant(text: str) -> tuple[str, ...]:
    """The years of "2021" or "2019-2022".

    Raises:
        BadInput: it is neither.
    """
    years = read_years(text)
    if years is None:
        raise BadInput(say("{value} is not a year.", value=repr(text)), say("Write 2021, or 2019-2022 for several."))
    return years


def type_meant(text: str) -> str:
    """The document type of that name, or of another name of it ("LAKIP").

    Raises:
        BadInput: no type is called so; the nearest one is named.
    """
    word = "-".join(text.lower().replace("_", " ").split())
    word = TYPES.get(word, word)
    if word in DOCUMENT_TYPES:
        return word
    near = difflib.get_close_matches(word, (*DOCUMENT_TYPES, *TYPES), n=1)
    raise BadInput(
        say("There is no document type {value}.", value=repr(text)),
        say("Did you mean {word}?", word=near[0])
        if near
        else say("Types are: {names}.", names=", ".join(DOCUMENT_TYPES)),
    )


def agencies_meant(wanted: str, summaries: Sequence[Summary]) -> tuple[str, ...]:
    """The agencies among ``summaries`` that ``wanted`` means by its words."""
    return matching(wanted, sorted({summary.agency for summary in summaries if summary.agency}))
