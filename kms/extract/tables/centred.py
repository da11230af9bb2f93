"""Rows of a table without lines whose cells are centred on their rows, so that lines of a row stand at many heights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kms.extract.lines import Line
from kms.extract.tables.heads import FIGURE, ORDINAL, middle

OFF = 0.25
"""Part of a letter's height by which the middle of a cell may miss the middle of its row."""

MOST_LINES = 14
"""Lines of one cell at most."""

Piece = tuple[int, Line]


def centred_rows(lines: Sequence[Line], cells: Sequence[dict[int, Line]]) -> list[int] | None:
    """For each line the number of its row (from 0), None where cells are not centred or that cannot be told.

    Columns of nothing but figures and numbers tell where rows are; the lines of every other column must fall into cells
    whose middles are there. ``cells`` are the parts of each line by column.
    """
    columns: dict[int, list[Piece]] = {}
    for number, parts in enumerate(cells):
        for column, part in parts.items():
            columns.setdefault(column, []).append((number, part))
    size = max((line.size for line in lines), default=0.0)
    telling = {
        column
        for column, pieces in columns.items()
        if all(FIGURE.fullmatch(part.text) or ORDINAL.fullmatch(part.text) for _, part in pieces)
    }
    anchors: list[float] = []
    for at in sorted(middle(part) for column in telling for _, part in columns[column]):
        if not anchors or at - anchors[-1] > 0.6 * size:
            anchors.append(at)
    if len(anchors) < 2 or len(telling) == len(columns):
        return None
    rows: dict[int, int] = {}
    several = 0
    for pieces in columns.values():
        blocks = blocks_of(pieces, anchors, OFF * size, 1.6 * size)
        if blocks is None or torn(blocks):
            return None
        for row, block in enumerate(blocks):
            several += len(block) > 1
            for number, _ in block:
                if rows.setdefault(number, row) != row:
                    return None
    found = [rows[number] for number in range(len(lines))]
    rising = all(a <= b for a, b in pairwise(found))
    return found if several and rising and len(set(found)) == len(anchors) else None


def torn(blocks: Sequence[Sequence[Piece]]) -> bool:
    """Whether some cells of a column begin with small letters and others do not: the former are the ends of others."""
    firsts = [block[0][1].text[:1] for block in blocks if block]
    return any(first.islower() for first in firsts) and any(first.isupper() for first in firsts)


def blocks_of(pieces: Sequence[Piece], anchors: Sequence[float], off: float, step: float) -> list[list[Piece]] | None:
    """The lines of a column cut into one cell, perhaps empty, for each row; None where no cut centres all of them.

    ``step`` is the most that lines of one cell lie apart. Dynamic programming over lines and rows, that the least be
    missed: what the cells miss their rows by, and what lines of one cell lie further apart than lines do.
    """
    many = len(pieces)
    places = [middle(part) for _, part in pieces]
    steps = [b - a for a, b in pairwise(places)]
    usual = min(steps, default=0.0)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for anchor in anchors:
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            apart = 0.0
            for end in range(start, min(many, start + MOST_LINES) + 1):
                if end - start > 1:
                    if steps[end - 2] > step:
                        break
                    apart += max(0.0, steps[end - 2] - usual - 0.5)
                miss = abs((places[start] + places[end - 1]) / 2 - anchor) if end > start else 0.0
                whole = cost + miss + apart
                if miss <= off and (end not in reached or whole < reached[end][0]):
                    reached[end] = (whole, start)
        best.append(reached)
    if many not in best[-1]:
        return None
    blocks = []
    end = many
    for row in range(len(anchors), 0, -1):
        start = best[row][end][1]
        blocks.append(list(pieces[start:end]))
        end = start
    return blocks[::-1]
