"""How one indicator through the years is shown on a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kms.cli.session import Session
from kms.language import say
from kms.model import Figure, Summary

if TYPE_CHECKING:
    from kms.library.ledger import History, Statement

UNVERIFIED = say("read by OCR, not verified")
MARK = " \N{NOT EQUAL TO}"
ABBREVIATED = ("rkt", "rkpd", "rpjmd", "rpjpd", "lkip", "lkpj", "iku", "kak")


@dataclass(frozen=True)
class Line:
    """One line of a history: what its figures mean and how they were first printed, and the pages of each document."""

    when: str
    meant: tuple[str, str]
    shown: tuple[str, str]
    marked: tuple[bool, bool]
    unread: bool
    places: dict[str, set[int]]

    def holds(self, other: Line) -> bool:
        """Whether the line says all that another would, which has fewer figures or the same."""
        if (self.when, self.unread) != (other.when, other.unread) or any(other.meant) != any(self.meant):
            return False
        pairs = zip(self.meant, other.meant, self.marked, other.marked, strict=True)
        return all(not theirs or (mine, mark) == (theirs, their_mark) for mine, theirs, mark, their_mark in pairs)


def through_the_years(session: Session, history: History) -> list[tuple[str, ...]]:
    """A heading, then a line for each time and figure: when, target, realisation, and the pages that say so.

    A figure marked with "≠" is contradicted by another of the same office for the same year.
    """
    several = len({row.document.agency for row in history.rows}) > 1
    lines: list[Line] = []
    # A row with both figures first: one with either says no more than it.
    for one in sorted(history.statements, key=lambda one: -len(one.figures)):
        fresh = _line(session, one)
        line = next((line for line in lines if line.holds(fresh)), fresh)
        if line is fresh:
            lines.append(fresh)
        line.places.setdefault(_short(one.row.document, several), set()).add(one.row.indicator.page)
    times = list(dict.fromkeys(_when(session, one) for one in history.statements))
    heads = (say("Year"), say("Target"), say("Realised"), say("Where"))
    shown = [tuple(session.say(head) for head in heads)]
    for line in sorted(lines, key=lambda line: times.index(line.when)):
        target, realised = (text + MARK * mark for text, mark in zip(line.shown, line.marked, strict=True))
        note = f" ({session.say(UNVERIFIED)})" if line.unread else ""
        shown.append((line.when, target, realised, _places(session, line.places) + note))
    return shown


def years_of(document: Summary) -> str:
    """ "2018-2023", "2021", or "" where the document has neither."""
    if document.period:
        return f"{document.period[0]}-{document.period[1]}"
    return str(document.year or "")


def _line(session: Session, one: Statement) -> Line:
    from kms.library.ledger import meaning

    second = one.realisation or one.baseline
    figures: tuple[Figure | None, Figure | None] = (one.target, second)
    first_meant, second_meant = (meaning(figure) if figure else "" for figure in figures)
    first_shown, second_shown = (figure.text if figure else "" for figure in figures)
    return Line(
        _when(session, one),
        (first_meant, second_meant),
        (first_shown, second_shown),
        ("target" in one.disputed, "realisation" in one.disputed),
        any(not figure.verified for _, figure in one.figures),
        {},
    )


def _when(session: Session, one: Statement) -> str:
    return one.when or session.say(say("baseline") if one.baseline else say("no figure"))


def _places(session: Session, places: dict[str, set[int]]) -> str:
    """ "RKT 2021 512ec213 p. 8, 9; Renstra ..."."""
    return "; ".join(
        session.say(say("{document} p. {pages}", document=document, pages=", ".join(map(str, sorted(pages)))))
        for document, pages in sorted(places.items())
    )


def _short(document: Summary, with_agency: bool) -> str:
    """A document in a few signs, "RKT 2021 512ec213": the last eight are enough for `kms show`."""
    kind = (document.type or "").replace("-", " ")
    spelt = kind.upper() if kind in ABBREVIATED else kind.capitalize()
    agency = document.agency or "" if with_agency else ""
    return " ".join(part for part in (spelt, years_of(document), agency, document.id.rpartition("-")[2]) if part)
