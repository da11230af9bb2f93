"""Tables without standing lines: found by lying rules, by a caption, or by columns of figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kms.extract.flow import Zone, flowing_lines
from kms.extract.lines import Line
from kms.extract.sheet import Sheet
from kms.extract.tables.between_rules import ruled_blocks
from kms.extract.tables.block import LEADER, Block, area, inside, overlap
from kms.extract.tables.centred import centred_rows
from kms.extract.tables.columns import cells_of, crossing, edges_of, segments, tight_edges
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.header import is_numbers_row
from kms.extract.tables.heads import FIGURE, ORDINAL, header_cells, header_lines, names, unparted
from kms.extract.tables.rows import row_cells, rows_of
from kms.extract.tables.without_rules import captioned_blocks, continued_blocks, figure_blocks
from kms.model import Box

SECTION = re.compile(r"([A-Z]|[IVX]{1,4}|\d{1,2})(\.\d{1,2})*\.")


def open_grids(sheet: Sheet, taken: Sequence[Box], known: Collection[str], zones: Sequence[Zone] = ()) -> list[Grid]:
    """Tables of a page outside the boxes already ``taken``, top to bottom; ``zones`` are set in two columns."""
    free = [word for word in sheet.words if not any(inside(word, box) for box in taken)]
    lines = flowing_lines(free, zones)
    found = [grid for block in ruled_blocks(sheet, taken, free, lines) if (grid := grid_of(block, sheet.number, known))]
    grids = [grid for grid in found if not any(other is not grid and outdoes(other, grid) for other in found)]
    for find in (captioned_blocks, continued_blocks, figure_blocks):
        for block in find(lines, [*taken, *(grid.box for grid in grids)]):
            grid = grid_of(block, sheet.number, known)
            if grid and not any(overlap(grid.box, other.box) for other in grids):
                grids.append(grid)
    return sorted(grids, key=lambda grid: grid.box[1])


def outdoes(grid: Grid, other: Grid) -> bool:
    """Whether a grid is the one to keep of two that overlap.

    It is the larger one where that has all the columns of the smaller; else, as around a table beside a chart, it is
    the smaller.
    """
    if not overlap(grid.box, other.box):
        return False
    larger, smaller = sorted((grid, other), key=lambda one: -area(one.box))
    shared = all(min(abs(edge - x) for x in larger.columns) < 8 for edge in smaller.columns)
    return (grid is larger) == shared


def grid_of(block: Block, page: int, known: Collection[str]) -> Grid | None:
    """The grid of a block, None where its lines make no table; the marks of a "ruled" one are standing lines."""
    lines = [line for line in block.lines if not LEADER.search(line.text)]
    if len(lines) < 2:
        return None
    head = header_lines(lines, block.rules)
    count = next((n for n, line in enumerate(lines[: head + 1]) if n and is_numbers_line(line)), None)
    above = lines[: head if count is None else count]
    body = lines[head if count is None else count + 1 :]
    drawn = block.method == "ruled"
    if drawn:
        edges = [block.box[0], *block.marks, block.box[2]]
    else:
        edges = edges_of(lines, len(lines) - len(body), block.marks, block.box[0], block.box[2])
    tight = () if block.marks else tight_edges(lines, edges)
    while not drawn and (gone := unparted(names(above, edges, block.rules, tight), body, edges)):
        edges = without(edges, gone[:1])
    if len(edges) < 3:
        return None
    if count is None and not block.rules:
        parted = [cells_of(line, edges) for line in lines]
        heads = [n for n in range(1, min(head, len(lines) - 1) + 1) if centred_rows(lines[n:], parted[n:])]
        above, body = (lines[: heads[0]], lines[heads[0] :]) if heads else (above, body)
    cells: list[Cell] = header_cells(names(above, edges, block.rules, tight), edges) if above else []
    height = max((cell.row + cell.rows for cell in cells), default=0)
    whole = [rule.at for rule in block.rules if rule.length > 0.5 * (block.box[2] - block.box[0])]
    counted = [] if count is None else [[lines[count]]]
    for row in [*counted, *rows_of(body, edges, whole)]:
        cells += row_cells(row, height, edges, known, tight)
        height += 1
    if not is_table(block, cells, height, len(edges) - 1, head):
        return None
    return Grid(page, height, len(edges) - 1, tuple(cells), block.box, tuple(edges), block.method)


def is_numbers_line(line: Line) -> bool:
    """Whether a line numbers the columns."""
    return is_numbers_row([part.text for part in segments(line)])


def without(edges: Sequence[float], gone: Sequence[int]) -> list[float]:
    """Edges without some of them."""
    return [edge for number, edge in enumerate(edges) if number not in gone]


def is_table(block: Block, cells: Sequence[Cell], height: int, width: int, head: int) -> bool:
    """Whether cells make a table rather than broken prose, a list or the labels of a chart."""
    filled = [cell for cell in cells if cell.text]
    rows: dict[int, int] = {}
    for cell in filled:
        rows[cell.row] = rows.get(cell.row, 0) + 1
    full = sum(count >= min(width, 3) for count in rows.values())
    parted = sum(count >= 2 for count in rows.values())
    if (not head and height < 2) or parted * 2 < height or parted < 2:
        return False
    if crossing(block.lines, [cell.box[2] for cell in cells if cell.row == 0][:-1]) * 3 > len(block.lines):
        return False
    letters = sum(any(char.isalpha() for char in cell.text) for cell in filled)
    if letters * 6 < len(filled) or letters < 2:
        return False
    if width == 2:
        firsts = [cell.text for cell in filled if cell.column == 0 and cell.row]
        if any(cell.row == 0 and cell.column == 0 and SECTION.fullmatch(cell.text) for cell in filled):
            return False  # a heading and the list below it
        seconds = [cell.text for cell in filled if cell.column == 1 and cell.row]
        listed = sum(bool(ORDINAL.fullmatch(text)) for text in firsts) * 2 > len(firsts)
        figures = sum(bool(FIGURE.fullmatch(text)) for text in seconds) * 2 > len(seconds)
        if not block.marks and not (block.captioned and (listed or figures)):
            return False
        return head > 0 and full >= 2
    return full >= (2 if block.captioned or block.marks else 3)
