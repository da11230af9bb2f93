"""Tables with lying rules alone: rows lie between the rules, columns are told by the paper between words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.grids import Lattice, Line, Region
from kms.extract.ocr.marks import find_runs
from kms.extract.ocr.straighten import Mask

FEWEST = 4  # rules; one that parts each row from the next
LONG = 2.5  # inches; a shorter one underlines words
ALIKE = 0.1  # inches by which the rules of a table may end apart
LOW, HIGH = 0.12, 1.2  # inches from one rule to the next
GAP = 0.11  # inches of paper between columns; between words there is half of that
CROSSED = 0.2  # of the rows, whose print may lie across a gap: heads over several columns
FILLED = 0.6  # of the rows that have print in two columns or more
TOUCHED = 0.04  # of a rule's length along which there may be ink beside it, as the bars of a chart have


def find_ladders(across: Sequence[Line], taken: Sequence[Lattice], dpi: float) -> list[list[Line]]:
    """Rules that lie one below the other and end alike, outside of tables ``taken`` already; each from the top down."""
    free = [
        line
        for line in across
        if line.end - line.start >= LONG * dpi and not any(holds(lattice, line, ALIKE * dpi) for lattice in taken)
    ]
    ladders: list[list[Line]] = []
    for line in sorted(free, key=lambda line: line.place):
        for ladder in ladders:
            last = ladder[-1]
            ends = max(abs(line.start - last.start), abs(line.end - last.end)) <= ALIKE * dpi
            if ends and LOW * dpi <= line.place - last.place <= HIGH * dpi:
                ladder.append(line)
                break
        else:
            ladders.append([line])
    return [ladder for ladder in ladders if len(ladder) >= FEWEST]


def holds(lattice: Lattice, line: Line, edge: float) -> bool:
    """Whether a line lies in a table or at its edge."""
    left, top, right, bottom = lattice.box
    return top - edge <= line.place <= bottom + edge and line.start <= right + edge and line.end >= left - edge


def lattice_of(ladder: Sequence[Line], ink: Mask, dpi: float) -> Lattice | None:
    """The cells between the rules of a ladder, None where no columns are told; ``ink`` is without the rules."""
    left, right = round(min(line.start for line in ladder)), round(max(line.end for line in ladder))
    left, right = max(left, 0), min(right, ink.shape[1])
    ys = [line.place for line in ladder]
    edge = max(2, round(0.02 * dpi))
    bands = [ink[round(top) + edge : round(bottom) - edge, left:right] for top, bottom in pairwise(ys)]
    printed = np.array([solid(band) for band in bands])
    if max(touched(ink[:, left:right], round(y), edge) for y in ys) > TOUCHED:
        return None
    empty = find_runs(np.asarray(printed.mean(axis=0) <= CROSSED))
    # Paper before the first column and after the last parts nothing.
    inner = [(a, b) for a, b in empty if a > 0 and b < right - left and b - a >= GAP * dpi]
    inked = np.asarray(printed.any(axis=0))
    inner = [(a, b) for a, b in inner if inked[:a].any() and inked[b:].any()]
    if not inner:
        return None
    middles = [(a + b) // 2 for a, b in inner]
    edges = [0, *middles, right - left]
    filled = np.array([[row[a:b].any() for a, b in pairwise(edges)] for row in printed])
    if (filled.sum(axis=1) >= 2).mean() < FILLED:
        return None
    xs = [float(left + x) for x in edges]
    regions = [
        Region(row, first, 1, last - first, (xs[first], ys[row], xs[last], ys[row + 1]))
        for row, band in enumerate(printed)
        for first, last in spans([bool(band[max(x - edge, 0) : x + edge].any()) for x in middles])
    ]
    return Lattice(tuple(xs), tuple(ys), tuple(regions))


def solid(band: Mask) -> npt.NDArray[np.bool_]:
    """In which columns of points a row has ink, specks left out."""
    return np.asarray((band[1:] & band[:-1]).sum(axis=0) > 0)


def touched(ink: Mask, y: int, edge: int) -> float:
    """Along which part of a rule ink stands right above and below it, as what crosses it does."""
    above, below = ink[max(y - 2 * edge, 0) : max(y - edge, 1)], ink[y + edge : y + 2 * edge]
    return float((above.any(axis=0) & below.any(axis=0)).mean())


def spans(crossed: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last column (half-open) of each cell in a row; a gap that is ``crossed`` parts nothing."""
    starts = [0, *(column for column, over in enumerate(crossed, 1) if not over)]
    return list(zip(starts, [*starts[1:], len(crossed) + 1]))
