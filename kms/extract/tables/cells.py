"""Text into the rooms of a ruled table."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from kms.extract.letters import Char, Word
from kms.extract.lines import Line, joined, lines_of, turned_text
from kms.extract.sheet import Sheet
from kms.extract.tables.block import Block
from kms.extract.tables.columns import cells_of
from kms.extract.tables.gaps import grid_of
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.rows import is_figured, is_ordinal, row_cells, rows_of
from kms.extract.tables.rulings import Lattice, Room

MOST_CUT = 0.2
"""The part of the words of a table that its standing lines may cut."""


def ruled_grid(sheet: Sheet, lattice: Lattice, known: Collection[str]) -> Grid | None:
    """The grid of a lattice with its words; None when it is a frame or a drawing rather than a table."""
    content: dict[Room, list[Word]] = {room: [] for room in lattice.rooms}
    rooms = places(lattice)
    x0, top, x1, bottom = lattice.box
    mine = [w for w in sheet.words if w.x1 >= x0 and w.x0 <= x1 and top <= w.level <= bottom]
    largest = 3 * median([word.size for word in mine] or [0.0])
    cut = 0
    for word in mine:
        if word.size > largest and any(word.x0 < x < word.x1 for x in lattice.xs):
            continue  # a watermark that stands upright
        pieces = parts(word, lattice)
        cut += len(pieces) > 1
        for part in pieces:
            room = room_at((part.x0 + part.x1) / 2, part.level, lattice, rooms)
            if room:
                content[room].append(part)
    if cut > MOST_CUT * len(mine):
        return None  # boxes with labels that lie one over another, as in a chart
    cells = []
    for room, words in content.items():
        box = lattice.box_of(room)
        lines = lines_of(words)
        margin = max(0.0, min((line.box[0] - box[0] for line in lines), default=0.0))
        text = joined(lines, box[2] - box[0] - 2 * min(margin, 6.0), known)
        turned = turned_text(words)
        if turned:
            text = " ".join([*turned, text]).strip()
        bold = bool(lines) and all(line.bold for line in lines)
        cells.append(Cell(room.row, room.column, room.rows, room.columns, text, box, bold))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    grid = compact(cells, lattice, sheet.number)
    if not grid or is_drawing(grid):
        return None
    if grid.height == 1 and (standing := between_standing_lines(mine, lattice, sheet.number, known)):
        return standing
    last = lattice.ys[-2]
    return unpacked(grid, lines_of(word for room in content for word in content[room] if word.top > last - 2), known)


def between_standing_lines(words: Sequence[Word], lattice: Lattice, page: int, known: Collection[str]) -> Grid | None:
    """The grid of a frame in which standing lines alone part columns, header and rows; None for a single row.

    Several rows show by their numbers or figures, or by bold names above other type.
    """
    x0, top, x1, bottom = lattice.box
    within = [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
    pieces = [part for word in within for part in parts(word, lattice)]
    block = Block(tuple(lines_of(pieces)), (), lattice.xs[1:-1], lattice.box, "ruled", captioned=True)
    grid = grid_of(block, page, known)
    if not grid or grid.height < 2:
        return None
    parted = [cells_of(line, grid.columns) for line in block.lines]
    headed = {cell.bold for cell in grid.cells if cell.text and cell.row == 0} == {True}
    plain = not any(cell.bold for cell in grid.cells if cell.text and cell.row + cell.rows == grid.height)
    several = sum(map(is_ordinal, parted)) > 1 or sum(map(is_figured, parted)) > 2
    return grid if several or (headed and plain) else None


def is_drawing(grid: Grid) -> bool:
    """Whether a grid is rather boxes joined by lines: most places are empty, and no row is nearly full.

    Lines that part most of it into single places make a form with little in it yet.
    """
    if sum(cell.rows == cell.columns == 1 for cell in grid.cells) * 2 > grid.height * grid.width:
        return False
    rows = Counter(cell.row for cell in grid.cells if cell.text)
    filled = sum(rows.values())
    return filled < 0.4 * len(grid.cells) and max(rows.values()) < 0.4 * grid.width


def unpacked(grid: Grid, lines: Sequence[Line], known: Collection[str]) -> Grid:
    """The grid with its last row parted into rows, where only standing lines part what is below the header."""
    last = grid.height - 1
    packed = [cell for cell in grid.cells if cell.row <= last < cell.row + cell.rows]
    height = max(cell.box[3] for cell in packed) - min(cell.box[1] for cell in packed)
    if not 1 <= last <= 2 or len(packed) < grid.width or height < 0.6 * (grid.box[3] - grid.box[1]):
        return grid
    if any(cell.row < last for cell in packed):
        return grid
    parted = [cells_of(line, grid.columns) for line in lines]
    numbers = sum(is_ordinal(row) for row in parted)
    figured = sum(is_figured(row) for row in parted)
    rows = rows_of(lines, grid.columns, ())
    if len(rows) < 2 or not (numbers > 1 or figured > 2):
        return grid
    cells = [cell for cell in grid.cells if cell.row < last]
    for number, row in enumerate(rows):
        cells += row_cells(row, last + number, grid.columns, known)
    return replace(grid, height=last + len(rows), cells=tuple(cells))


def places(lattice: Lattice) -> list[list[Room]]:
    """For each place of the lattice its room."""
    rows: list[list[Room]] = [[lattice.rooms[0]] * (len(lattice.xs) - 1) for _ in lattice.ys[1:]]
    for room in lattice.rooms:
        for row in range(room.row, room.row + room.rows):
            for column in range(room.column, room.column + room.columns):
                rows[row][column] = room
    return rows


def room_at(x: float, y: float, lattice: Lattice, rooms: list[list[Room]]) -> Room | None:
    """The room around a point, None outside."""
    column, row = bisect_right(lattice.xs, x) - 1, bisect_right(lattice.ys, y) - 1
    if 0 <= row < len(rooms) and 0 <= column < len(rooms[0]):
        return rooms[row][column]
    return None


def parts(word: Word, lattice: Lattice) -> list[Word]:
    """A word cut where it crosses the edge of a column with most of a letter on either side, as in tight columns."""
    if word.turned in (90, 270) or not any(word.x0 + 3 < x < word.x1 - 3 for x in lattice.xs):
        return [word]
    rooms = places(lattice)
    groups: list[tuple[Room | None, list[Char]]] = []
    for char in word.chars:
        room = room_at((char.x0 + char.x1) / 2, word.level, lattice, rooms)
        if groups and groups[-1][0] == room:
            groups[-1][1].append(char)
        else:
            groups.append((room, [char]))
    if len(groups) < 2:
        return [word]
    return [part_of(word, chars) for _, chars in groups]


def part_of(word: Word, chars: Sequence[Char]) -> Word:
    """The part of a word that consists of some of its characters."""
    return Word(
        "".join(char.text for char in chars),
        min(char.x0 for char in chars),
        word.top,
        max(char.x1 for char in chars),
        word.bottom,
        word.size,
        tuple(chars),
        word.turned,
        word.bold,
        word.shown,
    )


def is_frame(cells: Sequence[Cell], column: int, height: int) -> bool:
    """Whether a column is a single empty place from top to bottom, as beside a table in a frame."""
    mine = [cell for cell in cells if cell.column <= column < cell.column + cell.columns]
    return height > 2 and len(mine) == 1 and mine[0].rows == height and not mine[0].text


def compact(cells: list[Cell], lattice: Lattice, page: int) -> Grid | None:
    """The grid without rows and columns that only doubled lines make; None where no table is left."""
    height, width = len(lattice.ys) - 1, len(lattice.xs) - 1
    starts_row = {cell.row for cell in cells if cell.text} | {0}
    rows = [
        row
        for row in range(height)
        if row in starts_row or any(cell.row == row and lattice.ys[row + 1] - lattice.ys[row] > 6 for cell in cells)
    ]
    columns = [
        column
        for column in range(width)
        if any(c.column == column and c.text for c in cells)
        or (lattice.xs[column + 1] - lattice.xs[column] > 6 and any(c.column == column for c in cells))
    ]
    while len(columns) > 2 and is_frame(cells, columns[0], height):
        del columns[0]
    while len(columns) > 2 and is_frame(cells, columns[-1], height):
        del columns[-1]
    if not rows or not columns:
        return None
    kept = []
    for cell in cells:
        mine = [i for i, row in enumerate(rows) if cell.row <= row < cell.row + cell.rows]
        across = [i for i, column in enumerate(columns) if cell.column <= column < cell.column + cell.columns]
        if mine and across:
            kept.append(Cell(mine[0], across[0], len(mine), len(across), cell.text, cell.box, cell.bold))
    filled = [cell for cell in kept if cell.text]
    if len(columns) < 2 or len(filled) < 3 or len(rows) < 1:
        return None
    edges = (*(lattice.xs[column] for column in columns), lattice.xs[columns[-1] + 1])
    return Grid(page, len(rows), len(columns), tuple(kept), lattice.box, edges)
