"""Pictures of figures as plain numbers for SVG: an indicator through the years, and documents by year and type."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kms.library.ledger import History, Statement
from kms.model import Box, Figure, Summary

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 24, 34, 46
LETTER, LINE, MARKER = 8.0, 14.0, 7.0
"""About how wide a letter, how high a line and half a marker is."""
LONGEST_TEXT = 14
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Point:
    """A figure of a chart: where its marker stands, what it says, and the statement it comes from.

    ``kind`` is "target", "realisation" or "baseline"; ``side`` tells where its text stands: "above" the marker,
    "below", "right" of it, or "" where it would cover another one.
    """

    x: float
    y: float
    kind: str
    figure: Figure
    statement: Statement
    side: str = "above"

    @property
    def text(self) -> str:
        """What stands beside the marker; a long figure is cut."""
        return self.figure.text if len(self.figure.text) <= LONGEST_TEXT else f"{self.figure.text[: LONGEST_TEXT - 1]}…"


@dataclass(frozen=True)
class Chart:
    """A chart of `WIDTH` x `HEIGHT`: points, a line through each kind's points, and what stands at the axes."""

    points: tuple[Point, ...]
    lines: tuple[tuple[str, str], ...]
    years: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    kinds: tuple[str, ...]


def chart_of(history: History) -> Chart | None:
    """The chart of an indicator, or None where fewer than two figures are numbers."""
    said = [each for statement in history.statements for each in figures_of(statement)]
    numbers = [(statement, kind, figure, value) for statement, kind, figure, value in said]
    if len({(statement.when, kind, value) for statement, kind, _, value in numbers}) < 2:
        return None
    times = list(dict.fromkeys(statement.when for statement in history.statements))
    times = [time for time in times if any(statement.when == time for statement, *_ in numbers)]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(times))
    across = {time: LEFT + step * (place + 0.5) for place, time in enumerate(times)}
    ticks = nice_ticks([value for *_, value in numbers])
    low, high = ticks[0], ticks[-1]

    def down(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low), 1)

    points: dict[tuple[str, str, float], Point] = {}
    for statement, kind, figure, value in numbers:
        key = (statement.when, kind, value)
        points.setdefault(key, Point(round(across[statement.when], 1), down(value), kind, figure, statement))
    placed = apart(list(points.values()))
    lines = []
    for kind in ("target", "realisation"):
        last = {point.x: point for point in placed if point.kind == kind and YEAR.fullmatch(point.statement.when)}
        line = " ".join(f"{point.x},{point.y}" for _, point in sorted(last.items()))
        if len(last) > 1:
            lines.append((kind, line))
    return Chart(
        tuple(placed),
        tuple(lines),
        tuple((round(x, 1), time) for time, x in across.items()),
        tuple((down(tick), short(tick)) for tick in ticks),
        tuple(kind for kind in ("baseline", "target", "realisation") if any(point.kind == kind for point in placed)),
    )


def figures_of(statement: Statement) -> Iterable[tuple[Statement, str, Figure, float]]:
    """The figures of a statement that are numbers, ranges by their middle."""
    for kind in ("baseline", "target", "realisation"):
        figure: Figure | None = getattr(statement, kind)
        if figure is None:
            continue
        value = figure.value
        if value is None and figure.low is not None and figure.high is not None:
            value = (figure.low + figure.high) / 2
        if value is None:
            value = figure.low if figure.low is not None else figure.high
        if value is not None and math.isfinite(value):
            yield statement, kind, figure, value


def apart(points: Sequence[Point]) -> list[Point]:
    """The points with their texts where they cover no marker, no other text and no year; else without one."""
    taken = [(each.x - MARKER, each.y - MARKER, each.x + MARKER, each.y + MARKER) for each in points]
    result: list[Point] = []
    highest = {x: min(each.y for each in points if each.x == x) for x in {each.x for each in points}}
    for point in sorted(points, key=lambda each: (each.x, each.y)):
        first, second = ("above", "below") if point.y == highest[point.x] else ("below", "above")
        side = ""
        for wanted in (first, second, "right"):
            box = box_of_text(point, wanted)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT - BOTTOM + 8
            if inside and not any(overlap(box, other) for other in taken):
                side = wanted
                taken.append(box)
                break
        result.append(replace(point, side=side))
    return sorted(result, key=lambda point: (point.x, point.kind))


def box_of_text(point: Point, side: str) -> Box:
    """Where the text of a point stands on that side of its marker."""
    wide = LETTER * len(point.text)
    if side == "right":
        return (point.x + 11, point.y - 6, point.x + 11 + wide, point.y + 6)
    top = point.y - 12 - LINE + 3 if side == "above" else point.y + 22 - LINE + 3
    return (point.x - wide / 2, top, point.x + wide / 2, top + LINE)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a place in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def nice_ticks(values: Sequence[float], wanted: int = 5) -> list[float]:
    """Round numbers that span ``values``, about ``wanted`` of them; a little room where all values are one."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    raw = (high - low) / (wanted - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    first = math.floor(low / step) * step
    if low >= 0 and first < 0:
        first = 0.0
    count = math.ceil((high - first) / step) + 1
    return [round(first + step * place, 10) for place in range(count)]


def short(number: float) -> str:
    """A number for an axis, as Indonesians write it: 1.250,5; 12,5 jt; 3 M."""
    for size, name in ((1e12, "T"), (1e9, "M"), (1e6, "jt")):
        if abs(number) >= size:
            return f"{number / size:g} {name}".replace(".", ",")
    return f"{number:,.10g}".translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True)
class Bar:
    """One year of the picture of the corpus: ``parts`` are (type, count, share from, share to) of the largest year."""

    year: str
    count: int
    parts: tuple[tuple[str, int, float, float], ...]


def years_of(documents: Iterable[Summary], most: int = 16) -> tuple[list[Bar], list[str], int]:
    """Documents by year and type: bars of the latest years, the types from most frequent on, and how many have no year.

    A document of a period counts under its first year.
    """
    counted: dict[int, Counter[str]] = {}
    unknown = 0
    types: Counter[str] = Counter()
    for document in documents:
        year = document.year or (document.period[0] if document.period else None)
        kind = document.type or ""
        types[kind] += 1
        if year is None:
            unknown += 1
        else:
            counted.setdefault(year, Counter())[kind] += 1
    order = [kind for kind, _ in types.most_common()]
    largest = max((sum(counts.values()) for counts in counted.values()), default=1)
    bars = []
    for year in sorted(counted)[-most:]:
        at, parts = 0, []
        for kind in order:
            if number := counted[year][kind]:
                parts.append((kind, number, at / largest, (at + number) / largest))
                at += number
        bars.append(Bar(str(year), at, tuple(parts)))
    return bars, order, unknown
