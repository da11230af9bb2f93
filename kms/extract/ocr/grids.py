"""From ruling lines to grids of cells: bent lines made straight, lines that touch made one table, cells merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.rulings import Ruling

Real = npt.NDArray[np.float64]
PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True)
class Warp:
    """How far lines bend across: a polynomial in the place along and, weakly, across; both scaled to the page."""

    terms: tuple[float, ...]
    along: float
    across: float

    def at(self, along: Real | float, across: Real | float) -> Real:
        """By how many pixels a straight line is displaced there."""
        return np.asarray(_basis(along, across, self.along, self.across) @ np.array(self.terms))


def _basis(along: Real | float, across: Real | float, along_size: float, across_size: float) -> Real:
    u, v = np.broadcast_arrays(np.asarray(along) / along_size - 0.5, np.asarray(across) / across_size - 0.5)
    return np.stack([u, u * v, u**2, u**3, u**2 * v], axis=-1)


def find_warp(rulings: Sequence[Ruling], along: float, across: float) -> Warp:
    """The bend that the long ones of ``rulings`` have in common; none where there are too few to tell."""
    long = [ruling for ruling in rulings if ruling.length > 0.15 * along and len(ruling.along) > 5]
    if len(long) < 2:
        return Warp((0.0,) * 5, along, across)
    points = np.concatenate([_basis(line.along, line.across, along, across) for line in long])
    owner = np.repeat(np.arange(len(long)), [len(line.along) for line in long])
    own = np.eye(len(long))[owner]
    target = np.concatenate([line.across for line in long])
    # Ridge: a term that few points speak for stays small.
    ridge = np.hstack([np.zeros((5, len(long))), np.diag([0.01, 0.3, 0.3, 0.3, 1.0])])
    matrix = np.vstack([np.hstack([own, points]), ridge])
    values = np.concatenate([target, np.zeros(5)])
    weights = np.ones(len(values))
    solution: Real = np.zeros(len(long) + 5)
    for _ in range(4):  # a robust fit: a point far from its line counts less each time
        fit = np.linalg.lstsq(matrix * weights[:, None], values * weights, rcond=None)
        solution = np.asarray(fit[0], dtype=np.float64)
        residual = np.abs(matrix @ solution - values)
        weights[: len(target)] = 1 / np.sqrt(1 + (residual[: len(target)] / 2) ** 2)
    return Warp(tuple(float(term) for term in solution[len(long) :]), along, across)


@dataclass(frozen=True)
class Line:
    """A straightened ruling: at ``place`` across, from ``start`` to ``end`` along."""

    place: float
    start: float
    end: float


def straight(rulings: Iterable[Ruling], own: Warp, crossing: Warp) -> list[Line]:
    """``rulings`` with their ``own`` bend taken out, their ends moved by that of the lines ``crossing`` them."""
    return [
        Line(
            float(np.median(line.across - own.at(line.along, line.across))),
            line.start - float(crossing.at(line.across[0], line.start)),
            line.end - float(crossing.at(line.across[-1], line.end)),
        )
        for line in rulings
    ]


@dataclass(frozen=True)
class Region:
    """A cell: first row and column, rows and columns covered, and its box in pixels of the straightened page."""

    row: int
    column: int
    rows: int
    columns: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Lattice:
    """A table's places of vertical and horizontal lines, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_lattices(across: Sequence[Line], down: Sequence[Line], dpi: float) -> list[Lattice]:
    """Each table that horizontal (``across``) and vertical (``down``) lines make, from the top of the page down."""
    reach = 0.05 * dpi
    lattices = []
    for rows, columns in _touching(across, down, reach):
        lattice = _lattice(rows, columns, reach)
        if lattice is not None and len(lattice.regions) > 1:
            lattices.append(lattice)
    outer = [one for one in lattices if not any(other is not one and _inside(one, other) for other in lattices)]
    return sorted(outer, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _inside(inner: Lattice, outer: Lattice) -> bool:
    a, b = inner.box, outer.box
    return b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]


def _touching(across: Sequence[Line], down: Sequence[Line], reach: float) -> list[tuple[list[Line], list[Line]]]:
    """Lines that hang together."""
    group = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while group[item] != item:
            item = group[item]
        return item

    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            if (
                row.start - reach <= column.place <= row.end + reach
                and column.start - reach <= row.place <= column.end + reach
            ):
                group[root(j)] = root(i)
    members: dict[int, tuple[list[Line], list[Line]]] = {}
    for item, line in enumerate([*across, *down]):
        members.setdefault(root(item), ([], []))[item >= len(across)].append(line)
    return [pair for pair in members.values() if len(pair[0]) > 1 and pair[1]]


def _lattice(across: list[Line], down: list[Line], reach: float) -> Lattice | None:
    down = down + _open_sides(across, down, reach)
    ys, rows = _clusters(across, reach)
    xs, columns = _clusters(down, reach)
    if len(ys) < 2 or len(xs) < 2:
        return None
    # ruled[i][j]: whether a line runs along the top of place (i, j); likewise its left side.
    tops = [[_covered(rows[i], xs[j], xs[j + 1]) for j in range(len(xs) - 1)] for i in range(len(ys))]
    lefts = [[_covered(columns[j], ys[i], ys[i + 1]) for j in range(len(xs))] for i in range(len(ys) - 1)]
    regions = [
        Region(row, column, height, width, (xs[column], ys[row], xs[column + width], ys[row + height]))
        for row, column, height, width in _merge(tops, lefts)
    ]
    return Lattice(tuple(xs), tuple(ys), tuple(regions))


def _open_sides(across: list[Line], down: list[Line], reach: float) -> list[Line]:
    """The sides of a table that is open left or right: where most of its horizontal lines end, beyond any vertical."""
    top, bottom = min(line.place for line in across), max(line.place for line in across)
    left = float(np.median([line.start for line in across]))
    right = float(np.median([line.end for line in across]))
    sides = []
    if not down or left < min(line.place for line in down) - 4 * reach:
        sides.append(Line(left, top, bottom))
    if not down or right > max(line.place for line in down) + 4 * reach:
        sides.append(Line(right, top, bottom))
    return sides


def _clusters(lines: list[Line], reach: float) -> tuple[list[float], list[list[Line]]]:
    """Places at which lines lie, with the lines of each; lines nearer than ``reach`` are at one place."""
    places: list[float] = []
    members: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.place):
        if places and line.place - places[-1] <= reach:
            members[-1].append(line)
            total = sum(one.end - one.start for one in members[-1])
            places[-1] = sum(one.place * (one.end - one.start) for one in members[-1]) / total
        else:
            places.append(line.place)
            members.append([line])
    return places, members


def _covered(lines: list[Line], start: float, end: float, share: float = 0.6) -> bool:
    """Whether ``lines`` cover at least ``share`` of start..end."""
    done, covered = start, 0.0
    for line in sorted(lines, key=lambda line: line.start):
        low, high = max(line.start, done), min(line.end, end)
        if high > low:
            covered += high - low
            done = high
    return covered >= share * (end - start)


def _merge(tops: list[list[bool]], lefts: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """Places with no line between them, as rectangles (row, column, height, width), ordered by row and column."""
    height, width = len(lefts), len(tops[0])
    owner = [[-1] * width for _ in range(height)]
    merged: list[tuple[int, int, int, int]] = []
    for row in range(height):
        for column in range(width):
            if owner[row][column] >= 0:
                continue
            right = column + 1
            while right < width and owner[row][right] < 0 and not lefts[row][right]:
                right += 1
            bottom = row + 1
            while bottom < height and _continues(tops, lefts, owner, bottom, column, right):
                bottom += 1
            for r in range(row, bottom):
                owner[r][column:right] = [len(merged)] * (right - column)
            merged.append((row, column, bottom - row, right - column))
    return merged


def _continues(
    tops: list[list[bool]], lefts: list[list[bool]], owner: list[list[int]], row: int, left: int, right: int
) -> bool:
    """Whether a cell over columns left..right goes on in ``row``: no line above or within, lines at its sides."""
    return (
        not any(tops[row][left:right])
        and not any(lefts[row][left + 1 : right])
        and all(own < 0 for own in owner[row][left:right])
        and (left == 0 or lefts[row][left])
        and (right == len(tops[0]) or lefts[row][right])
    )
