"""Grids out of ruling lines: joined lines, the lattice they make, walls between places, merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kms.extract.sheet import Rule, Sheet
from kms.model import Box

SAME = 2.5
"""Points within which two parallel lines are one."""

REACH = 3.5
"""Points that a line may fall short of the one it should meet."""

SHORTEST = 5.0
"""Points below which a joined line is no border."""


@dataclass(frozen=True)
class Room:
    """A place or several places without a wall between them: rows and columns half-open."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """The edges of columns and rows of one ruled table, and its rooms."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rooms: tuple[Room, ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, room: Room) -> Box:
        """Where a room stands."""
        return (
            self.xs[room.column],
            self.ys[room.row],
            self.xs[room.column + room.columns],
            self.ys[room.row + room.rows],
        )


def join(rules: Iterable[Rule]) -> list[Rule]:
    """Parallel rules with those that touch or nearly touch on one line made one; dots that join nothing are gone."""
    bands: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if bands and rule.at - bands[-1][-1].at <= 0.8 and rule.at - bands[-1][0].at <= SAME:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    joined = []
    for band in bands:
        band.sort(key=lambda r: r.start)
        run = [band[0]]
        for rule in band[1:]:
            if rule.start <= max(r.end for r in run[-8:]) + REACH:
                run.append(rule)
            else:
                joined.append(one(run))
                run = [rule]
        joined.append(one(run))
    return [rule for rule in joined if rule.length >= SHORTEST]


def one(run: Sequence[Rule]) -> Rule:
    """The rule that several make, at the height of the longest."""
    longest = max(run, key=lambda r: r.length)
    return Rule(longest.at, min(r.start for r in run), max(r.end for r in run))


def lattices(sheet: Sheet) -> list[Lattice]:
    """The ruled tables of a page, top to bottom; frames with fewer than two places are left out."""
    lying, standing = join(sheet.lying), join(sheet.standing)
    if len(lying) * len(standing) > 400_000:
        return []
    found = []
    for across, down in groups(lying, standing):
        lattice = lattice_of(across, down)
        if lattice and len(lattice.rooms) > 1:
            found.append(lattice)
    found = [
        lattice
        for lattice in found
        if not any(other is not lattice and within(lattice.box, other.box) for other in found)
    ]
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def within(box: Box, other: Box) -> bool:
    """Whether a box lies inside another, which is the larger."""
    return (
        box[0] >= other[0] - 1
        and box[1] >= other[1] - 1
        and box[2] <= other[2] + 1
        and box[3] <= other[3] + 1
        and (box[2] - box[0]) * (box[3] - box[1]) < (other[2] - other[0]) * (other[3] - other[1])
    )


def groups(lying: list[Rule], standing: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together by meeting each other."""
    parent = list(range(len(lying) + len(standing)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, across in enumerate(lying):
        for j, down in enumerate(standing):
            if (
                across.start - REACH <= down.at <= across.end + REACH
                and down.start - REACH <= across.at <= down.end + REACH
            ):
                parent[find(i)] = find(len(lying) + j)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        pair = members.setdefault(find(index), ([], []))
        if index < len(lying):
            pair[0].append(lying[index])
        else:
            pair[1].append(standing[index - len(lying)])
    return [(across, down) for across, down in members.values() if across and down]


def levels(values: Iterable[float]) -> list[float]:
    """Values with those nearly the same made one."""
    bands: list[list[float]] = []
    for value in sorted(values):
        if bands and value - bands[-1][0] <= SAME:
            bands[-1].append(value)
        else:
            bands.append([value])
    return [sum(band) / len(band) for band in bands]


def lattice_of(across: list[Rule], down: list[Rule]) -> Lattice | None:
    """Rows, columns and rooms out of lines that hang together; None when they enclose nothing."""
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    xs, ys = levels(r.at for r in down), levels(r.at for r in across)
    # a side left open still is a side: columns run on below the last line, rows beyond the last column
    xs = opened(xs, *reach(across, xs[0], xs[-1]))
    ys = opened(ys, top, bottom)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Lattice(tuple(xs), tuple(ys), tuple(rooms_of(xs, ys, across, down)))


def reach(across: list[Rule], left: float, right: float) -> tuple[float, float]:
    """How far lying lines run beyond the outermost standing ones.

    They do above and below where a side is open; the rule of a page's foot that touches the table opens none.
    """
    middle = (min(r.at for r in across) + max(r.at for r in across)) / 2
    start, end = [left, left], [right, right]
    for rule in across:
        half = rule.at > middle
        start[half], end[half] = min(start[half], rule.start), max(end[half], rule.end)
    return max(start), min(end)


def opened(edges: list[float], first: float, last: float) -> list[float]:
    """Edges with an open side added where lines run on past the outermost edge."""
    if not edges or edges[0] - first > 8:
        edges = [first, *edges]
    if last - edges[-1] > 8:
        edges = [*edges, last]
    return edges


def rooms_of(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[Room]:
    """Places joined where no line parts them, each room a rectangle."""
    width, height = len(xs) - 1, len(ys) - 1
    wall = [[False] * (width + 1) for _ in range(height)]
    floor = [[False] * width for _ in range(height + 1)]
    for rule in down:
        column = nearest(xs, rule.at)
        for row in range(height):
            if covered(rule, ys[row], ys[row + 1]):
                wall[row][column] = True
    for rule in across:
        row = nearest(ys, rule.at)
        for column in range(width):
            if covered(rule, xs[column], xs[column + 1]):
                floor[row][column] = True
    taken = [[False] * width for _ in range(height)]
    rooms = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            columns = 1
            while column + columns < width and not wall[row][column + columns] and not taken[row][column + columns]:
                columns += 1
            rows = 1
            while row + rows < height and all(
                not floor[row + rows][c] and not taken[row + rows][c] for c in range(column, column + columns)
            ):
                if any(wall[row + rows][c] for c in range(column + 1, column + columns)):
                    break
                # a neighbour without a wall below would make the room something else than a rectangle
                if column + columns < width and not wall[row + rows][column + columns]:
                    break
                rows += 1
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    taken[r][c] = True
            rooms.append(Room(row, column, rows, columns))
    return rooms


def nearest(edges: list[float], value: float) -> int:
    """The number of the edge nearest to a value."""
    index = bisect_right(edges, value)
    return min((i for i in (index - 1, index) if 0 <= i < len(edges)), key=lambda i: abs(edges[i] - value))


def covered(rule: Rule, start: float, end: float) -> bool:
    """Whether a rule runs along most of a side."""
    return min(rule.end, end) - max(rule.start, start) >= 0.6 * (end - start)
