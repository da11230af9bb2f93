"""One indicator through the years: rows of the ledger brought together, whatever each document calls the indicator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kms.library.answers import Row
from kms.model import Document, Figure
from kms.text import tokenize

Kind = Literal["baseline", "target", "realisation"]
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Statement:
    """What one document says of one time: ``when`` is a year, "kondisi akhir" ..., "" for a baseline without a year.

    ``disputed`` are the kinds of figures for which another row of the same office gives another one in the same year.
    """

    when: str
    target: Figure | None
    realisation: Figure | None
    baseline: Figure | None
    row: Row
    disputed: frozenset[Kind] = frozenset()

    @property
    def figures(self) -> tuple[tuple[Kind, Figure], ...]:
        """The figures that are there, each with what it is."""
        found: tuple[tuple[Kind, Figure | None], ...] = (
            ("baseline", self.baseline),
            ("target", self.target),
            ("realisation", self.realisation),
        )
        return tuple((kind, figure) for kind, figure in found if figure)


@dataclass(frozen=True)
class History:
    """One indicator: the wording most documents use, the others, its units, and what is said of it year by year."""

    name: str
    other_names: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[Row, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Wanted:
    """Which rows are asked for: words of the name and of the program, as stems; years; "" and empty mean any.

    ``key`` are the words of the name as `kms.extract.indicators.indicator_key` has them, so that "indeks kepuasan
    masyarakat" finds "IKM" too.
    """

    names: frozenset[str] = frozenset()
    key: frozenset[str] = frozenset()
    programs: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()


def wanted(name: str, program: str, years: Iterable[str]) -> Wanted:
    """The rows that a person asks for by words of a name, words of a program, and years."""
    from kms.extract.indicators import indicator_key  # heavy; a search never needs it

    key = frozenset(indicator_key(name).split("-")) - {""}
    return Wanted(_stems(name), key, _stems(program), frozenset(years))


def rows_of(document: Document, asked: Wanted) -> list[Row]:
    """The rows of one document that were asked for, in the order of its tables."""
    return [
        Row(document.summary, row)
        for row in document.content.indicators
        if (asked.names <= _stems(row.name) or (asked.key and asked.key <= set(row.key.split("-"))))
        and asked.programs <= _stems(row.program or "")
        and (not asked.years or asked.years & (set(row.targets) | set(row.realisations)))
    ]


def histories(rows: Sequence[Row]) -> tuple[History, ...]:
    """The rows as histories, those with the most rows first. Rows under nearly the same key are one indicator."""
    keys = common_keys(_key(row) for row in rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(keys[_key(row)], []).append(row)
    found = [_history(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda history: (-len(history.rows), history.name.casefold())))


def unified(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those of one indicator under one key also where a slip of spelling gave them another."""
    keys = common_keys(_key(row) for row in rows)
    return tuple(
        row
        if keys[_key(row)] == row.indicator.key
        else replace(row, indicator=replace(row.indicator, key=keys[_key(row)]))
        for row in rows
    )


def common_keys(keys: Iterable[str]) -> dict[str, str]:
    """For each key the one that stands for it: itself, or the first that is `near` it."""
    words = {name: frozenset(name.split("-")) for name in keys}
    counts = Counter(word for one in words.values() for word in one)
    chosen: dict[str, str] = {}
    known: dict[tuple[int, str], list[str]] = {}
    for name, mine in words.items():
        # Two near keys differ in at most two words, so that one of any three is common to both.
        rarest = sorted(mine, key=lambda word: (counts[word], word))[:3]
        candidates = dict.fromkeys(other for word in rarest for other in known.get((len(mine), word), ()))
        chosen[name] = next((other for other in candidates if _nearly(mine, words[other])), name)
        if chosen[name] == name:
            for word in mine:
                known.setdefault((len(mine), word), []).append(name)
    return chosen


def _key(row: Row) -> str:
    return row.indicator.key or row.indicator.name.casefold()


def near(one: str, other: str) -> bool:
    """Whether two keys of `indicator_key` differ only by slips of spelling: one sign in a word of six, two in nine."""
    return _nearly(frozenset(one.split("-")), frozenset(other.split("-")))


def _nearly(left: frozenset[str], right: frozenset[str]) -> bool:
    if len(left) != len(right) or len(left) < 3 or len(left & right) < len(left) - 2:
        return left == right
    mine, theirs = sorted(left - right), sorted(right - left)
    for word in mine:
        match = next((candidate for candidate in theirs if _slipped(word, candidate)), None)
        if match is None:
            return False
        theirs.remove(match)
    return True


def _slipped(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 9 else 1 if shorter >= 6 else 0
    return abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for number, sign in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (sign != against))
    return row[-1]


def _history(rows: Sequence[Row]) -> History:
    names = Counter(row.indicator.name for row in rows)
    ranked = sorted(names, key=lambda name: (-names[name], len(name), name))
    folded = {name.casefold(): name for name in reversed(ranked)}
    units = Counter(row.indicator.unit for row in rows if row.indicator.unit)
    statements = [statement for row in rows for statement in _statements(row)]
    statements.sort(key=lambda one: (*_order(one.when), one.row.document.id, one.row.indicator.page))
    others = tuple(name for name in dict.fromkeys(folded.values()) if name.casefold() != ranked[0].casefold())
    return History(
        ranked[0], others, tuple(unit for unit, _ in units.most_common()), tuple(rows), _with_disputes(statements)
    )


def _statements(row: Row) -> list[Statement]:
    indicator = row.indicator
    said = [Statement("", None, None, indicator.baseline, row)] if indicator.baseline else []
    for when in dict.fromkeys((*indicator.targets, *indicator.realisations)):
        said.append(Statement(when, indicator.targets.get(when), indicator.realisations.get(when), None, row))
    return said or [Statement("", None, None, None, row)]


def _order(when: str) -> tuple[int, str, str]:
    """A baseline first, then years with what is counted up to them, then times without a year."""
    year = _YEAR.search(when)
    return (0, "", "") if not when else (1, year[0], when) if year else (2, "", when)


def _with_disputes(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """A figure is disputed when another of the same office for the same year does not agree with it."""
    said: dict[tuple[str | None, str, Kind], list[Figure]] = {}
    for one in statements:
        for kind, figure in one.figures:
            if _YEAR.fullmatch(one.when):
                said.setdefault((one.row.document.agency, one.when, kind), []).append(figure)
    return tuple(
        replace(
            one,
            disputed=frozenset(
                kind
                for kind, figure in one.figures
                if not all(agree(figure, other) for other in said.get((one.row.document.agency, one.when, kind), ()))
            ),
        )
        for one in statements
    )


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can both hold: "75,5 %" and "75.50"; "Level 3" and "Level 3 (3,35)"; "-" and anything."""
    first, second = meaning(one), meaning(other)
    if first == second or not first or not second:
        return True
    grades = [re.sub(r"\(.*|\s", "", figure.text).casefold() for figure in (one, other)]
    exact = ["(" in figure.text for figure in (one, other)]
    return grades[0] == grades[1] and bool(re.search(r"[a-z]", grades[0])) and not all(exact)


def meaning(figure: Figure) -> str:
    """What a figure says, whatever it looks like: "75,5 %" and "75.50" are one; "" for a dash or "n/a"."""
    if figure.value is not None or figure.low is not None or figure.high is not None:
        return f"{figure.value} {figure.low} {figure.high}"
    return re.sub(r"[^\w]|^n/?a$", "", figure.text.casefold())


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokenize(text))
