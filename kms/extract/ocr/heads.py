"""Heads of tables on dark ground whose lines are lost in it: parted where the columns below and the words part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from kms.extract.ocr.grids import Lattice, Region
from kms.extract.ocr.marks import find_runs
from kms.extract.ocr.picture import nearby
from kms.extract.ocr.straighten import Mask

LEAST = 3  # columns that such a head goes over
ON_GROUND = 0.4  # of it that was dark
SPACE = 0.05  # inches; words of one cell are not farther apart than twice that
OFF_MIDDLE = 0.12  # of its height by which a name stands above or below its middle in a head over two levels

Box = tuple[int, int, int, int]


def part_head(lattice: Lattice, ground: Mask, ink: Mask, dpi: float) -> Lattice:
    """``lattice`` with the cells of its head, where that is one cell on dark ``ground`` now; else as it is."""
    head = lattice.regions[0]
    left, top, right, bottom = (round(value) for value in head.box)
    if not LEAST <= head.columns == len(lattice.xs) - 1 or head.rows > 1:
        return lattice
    if ground[top:bottom, left:right].mean() < ON_GROUND:
        return lattice
    edge = max(2, round(0.02 * dpi))
    names = blobs(ink[top + edge : bottom - edge, left + edge : right - edge], round(SPACE * dpi))
    edges = [x - left - edge for x in lattice.xs]
    over = [overlapped(name, edges, edge) for name in names]
    middle, reach = (bottom - top) / 2 - edge, OFF_MIDDLE * (bottom - top)
    low = {first for name, (first, last) in zip(names, over) if last == first + 1 and centre(name) > middle + reach}
    wide = [(first, last) for name, (first, last) in zip(names, over) if last > first + 1 and centre(name) < middle]
    spans = [span for first, last in wide if (span := widened(first, last, low))]
    if any(last > first + 1 and not within(first, last, spans) for first, last in over):
        return lattice
    return with_head(lattice, head, spans)


def blobs(ink: Mask, space: int) -> list[Box]:
    """The boxes of words that stand close together, lines of them one by one, left to right in each."""
    found = []
    solid = np.zeros(ink.shape, dtype=bool)
    solid[1:, 1:] = ink[1:, 1:] & ink[:-1, 1:] & ink[1:, :-1]
    joined = nearby(solid, space, np.maximum)
    for left, right in find_runs(np.asarray(joined.any(axis=0))):
        for top, bottom in find_runs(np.asarray(joined[:, left:right].any(axis=1))):
            for start, end in find_runs(np.asarray(joined[top:bottom, left:right].any(axis=0))):
                rows = np.flatnonzero(joined[top:bottom, left + start : left + end].any(axis=1))
                found.append((left + start + space, top + int(rows[0]), left + end - space, top + int(rows[-1]) + 1))
    return found


def centre(name: Box) -> float:
    """The height of its middle."""
    return (name[1] + name[3]) / 2


def overlapped(name: Box, edges: Sequence[float], least: float) -> tuple[int, int]:
    """The columns (half-open) that a name stands over, by more than ``least`` points."""
    over = [n for n, (a, b) in enumerate(pairwise(edges)) if min(name[2], b) - max(name[0], a) > least]
    over = over or [int(np.argmin([abs(name[0] - a) for a in edges[:-1]]))]
    return over[0], over[-1] + 1


def widened(first: int, last: int, low: set[int]) -> tuple[int, int] | None:
    """All columns with a name below one over ``first`` to ``last`` (half-open), side by side; None for none below."""
    if not all(column in low for column in range(first, last)):
        return None
    while first - 1 in low:
        first -= 1
    while last in low:
        last += 1
    return first, last


def within(first: int, last: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the columns lie below one of the names over several."""
    return any(a <= first and last <= b for a, b in spans)


def with_head(lattice: Lattice, head: Region, spans: Sequence[tuple[int, int]]) -> Lattice:
    """The lattice with a cell for each column in place of ``head``; over ``spans`` of columns one more above them."""
    xs, (top, bottom) = lattice.xs, lattice.ys[:2]
    levels = (top, (top + bottom) / 2, bottom) if spans else (top, bottom)
    cells = [(0, first, 1, last - first) for first, last in dict.fromkeys(spans)]
    for column in range(head.columns):
        below = int(within(column, column + 1, spans))
        cells.append((below, column, len(levels) - 1 - below, 1))
    regions = [
        Region(row, column, rows, columns, (xs[column], levels[row], xs[column + columns], levels[row + rows]))
        for row, column, rows, columns in sorted(cells)
    ]
    regions += [replace(region, row=region.row + len(levels) - 2) for region in lattice.regions[1:]]
    return Lattice(xs, (*levels, *lattice.ys[2:]), tuple(regions))
