"""Rows of a table without standing lines: which lines are one row, and its cells."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Sequence

from kms.extract.lines import Line, joined
from kms.extract.tables.centred import centred_rows
from kms.extract.tables.columns import cells_of, segments, stretches
from kms.extract.tables.grid import Cell
from kms.extract.tables.header import is_numbers_row
from kms.extract.tables.heads import FIGURE, ORDINAL, middle

TOTAL = re.compile(r"(sub\s*)?(total|jumlah|j u m l a h|rata\s*-?\s*rata)\b.*", re.IGNORECASE)

MARKED = re.compile(r"\(?(\d{1,2}|[a-z])[.)]|[-•➢✓]")


def rows_of(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[float]) -> list[list[Line]]:
    """Body lines put together into rows, by the best evidence that the table gives.

    Rules between the rows where there are any; else the middles of cells where these are centred; else gaps wider than
    those within a row; else numbers in the first column, figures that would stand under figures, and lines whose first
    word had room on the line above.
    """
    if not lines:
        return []
    cells = [cells_of(line, edges) for line in lines]
    between = [any(middle(a) < y < middle(b) for y in rules) for a, b in itertools.pairwise(lines)]
    ruled = all_ruled(cells, between, len(edges) - 1)
    centred = None if any(between) else centred_rows(lines, cells)
    if centred:
        numbers = sorted(set(centred))
        return [[line for line, row in zip(lines, centred) if row == number] for number in numbers]
    rooms = column_rooms(cells, edges)
    free = free_above(lines)
    wide = 0.0 if ruled else wide_gaps(lines, cells, rooms, free)
    names = recurring(cells)
    rows = [[0]]
    for index in range(1, len(lines)):
        if between[index - 1]:
            begins = True
        elif ruled:
            begins = False
        elif wide:
            begins = free[index] > wide
        else:
            begins = lead_of(cells[index]) in names or starts_row(cells, rows[-1], index, lines, rooms)
        if begins or is_numbers_row([part.text for part in segments(lines[index])]):
            rows.append([index])
        else:
            rows[-1].append(index)
    return [[lines[index] for index in row] for row in rows]


def lead_of(row: dict[int, Line]) -> tuple[int, str]:
    """The first filled column of a line and what it says there."""
    column = min(row)
    return column, row[column].text


def recurring(cells: Sequence[dict[int, Line]]) -> set[tuple[int, str]]:
    """What leads rows again and again, as "Anggaran" under each of several programs: it stands beside figures."""
    led = Counter(
        lead_of(row)
        for row in cells
        if len(row) > 1 and any(FIGURE.fullmatch(line.text) for column, line in row.items() if column != min(row))
    )
    return {lead for lead, times in led.items() if times > 2 and lead[0] < 2 and lead[1][:1].isupper()}


def is_ordinal(row: dict[int, Line]) -> bool:
    """Whether a line begins with a number in the first column."""
    return 0 in row and bool(ORDINAL.fullmatch(row[0].text))


def free_above(lines: Sequence[Line]) -> list[float]:
    """For each line the white between it and whatever reaches lowest above it; 0 for the first."""
    free = [0.0]
    bottom = lines[0].box[3]
    for line in lines[1:]:
        free.append(line.box[1] - bottom)
        bottom = max(bottom, line.box[3])
    return free


def wide_gaps(
    lines: Sequence[Line], cells: Sequence[dict[int, Line]], rooms: dict[int, float], free: Sequence[float]
) -> float:
    """The white between lines beyond which a new row begins, 0 where it does not tell rows apart.

    White is counted over all columns, so that cells centred on their row do not mislead.
    """
    size = max(line.size for line in lines)
    steps = sorted(max(gap, 0.0) for gap in free[1:])
    if len(steps) < 2 or steps[0] > 1.1 * size:
        return 0.0
    jump, limit = max((b - a, (a + b) / 2) for a, b in itertools.pairwise(steps))
    if jump < max(1.2, 0.12 * size):
        return 0.0
    groups = [[0]]
    inner = doubts = strange = 0
    for number in range(1, len(lines)):
        if free[number] > limit:
            groups.append([number])
            upper, lower = cells[number - 1], cells[number]
            starts = is_ordinal(lower) or second_figures(upper, lower) or leads_row(lower, upper, len(rooms))
            strange += (
                not starts and len(lower) == 1 and lower.keys() <= upper.keys() and not had_rooms(upper, lower, rooms)
            )
            continue
        groups[-1].append(number)
        if middle(lines[number]) - middle(lines[number - 1]) < 0.7 * size:
            continue
        upper, lower = cells[number - 1], cells[number]
        if 0 in cells[0] and leads_row(lower, upper, len(rooms)):
            return 0.0
        inner += 1
        doubts += bool(second_figures(upper, lower)) or had_rooms(upper, lower, rooms)
    if (
        doubts * 3 > inner
        or (strange > 2 and strange * 10 > len(groups))
        or any(sum(is_ordinal(cells[n]) for n in group) > 1 for group in groups)
    ):
        return 0.0
    if sum(sum(is_figured(cells[n]) for n in group) > 1 for group in groups) * 4 > len(groups):
        return 0.0
    return limit


def is_figured(row: dict[int, Line]) -> bool:
    """Whether a line bears two figures or more."""
    return sum(bool(FIGURE.fullmatch(line.text)) for column, line in row.items() if column) > 1


def leads_row(row: dict[int, Line], above: dict[int, Line], width: int) -> bool:
    """Whether a line fills the first column, which the line above does not, and nearly all others."""
    return 0 in row and 0 not in above and len(row) > 2 and len(row) >= width - 1


def all_ruled(cells: Sequence[dict[int, Line]], between: Sequence[bool], width: int) -> bool:
    """Whether there is a rule between any two rows, so that no stretch between two rules looks like several rows."""
    if sum(between) < 2:
        return False
    stretch: list[dict[int, Line]] = []
    for row, ends in zip(cells, [*between, True]):
        stretch.append(row)
        if ends:
            figured = [row for row in stretch if is_figured(row)]
            leads = [row for n, row in enumerate(stretch) if leads_row(row, stretch[n - 1] if n else {}, width)]
            if sum(is_ordinal(row) for row in stretch) > 1 or len(figured) > 1 or (len(leads) > 1 and 0 in stretch[0]):
                return False
            stretch = []
    return True


def column_rooms(cells: Sequence[dict[int, Line]], edges: Sequence[float]) -> dict[int, float]:
    """For each column the width that its lines may take: from the widest line, or more where the padding is even."""
    rooms: dict[int, float] = {}
    for column in range(len(edges) - 1):
        boxes = [row[column].box for row in cells if column in row]
        if boxes:
            left = min(box[0] for box in boxes)
            reached = max(box[2] for box in boxes) - left
            padding = max(0.0, left - edges[column])
            rooms[column] = max(reached, edges[column + 1] - edges[column] - 2 * padding if padding < 9 else 0.0)
    return rooms


def starts_row(
    cells: Sequence[dict[int, Line]],
    row: Sequence[int],
    index: int,
    lines: Sequence[Line],
    rooms: dict[int, float],
) -> bool:
    """Whether a line begins a row where neither rules nor gaps tell."""
    mine, above = cells[index], cells[index - 1]
    if middle(lines[index]) - middle(lines[index - 1]) < 0.7 * lines[index].size:
        return False  # cells whose middles are level rather than their first lines
    if is_ordinal(mine) or TOTAL.match(lines[index].text):
        return True
    if 0 in cells[0] and leads_row(mine, above, len(rooms)):
        return True
    if all(line.text[:1].islower() for line in mine.values()):
        return False
    if len(mine) == len(above) == len(rooms) > 2 and not any(line.text[:1].islower() for line in mine.values()):
        return True  # hardly ever do all cells of a row go on with another line
    row_cells: dict[int, Line] = {}
    for number in row:
        row_cells.update(cells[number])
    if second_figures(row_cells, mine):
        return True
    return had_rooms(above, mine, rooms)


def second_figures(above: dict[int, Line], below: dict[int, Line]) -> int:
    """In how many columns a figure stands under a figure; figures do not wrap."""
    return sum(
        column in above and bool(FIGURE.fullmatch(line.text)) and bool(FIGURE.fullmatch(above[column].text))
        for column, line in below.items()
        if column
    )


def had_rooms(above: dict[int, Line], below: dict[int, Line], rooms: dict[int, float]) -> bool:
    """Whether most cells of a line would have begun on the line above if they went on with its cells."""
    shared = [column for column in below if column in above]
    return sum(had_room(above[column], below[column], rooms[column]) for column in shared) * 2 > len(shared)


def had_room(above: Line, below: Line, room: float) -> bool:
    """Whether a line goes not on with the line above: its first word would have fitted there, or it begins a list."""
    word = below.words[0]
    if (above.bold and not below.bold) or (len(below.words) > 1 and MARKED.fullmatch(word.text)):
        return True
    return (above.box[2] - above.box[0]) + (word.x1 - word.x0) + 0.8 * above.size < room


def row_cells(
    row: Sequence[Line], number: int, edges: Sequence[float], known: Collection[str], tight: Collection[float] = ()
) -> list[Cell]:
    """The cells of a row of lines; a text that runs on over an edge stands in one cell over several columns."""
    width = len(edges) - 1
    linked = [False] * width
    if len(row) == 1:
        parts = stretches(row[0], edges, tight)
        for part in parts:
            alone = not any(part.first <= other.first < part.last for other in parts if other is not part)
            if part.last - part.first > 1 and alone:
                linked[part.first : part.last - 1] = [True] * (part.last - part.first - 1)
    top, bottom = min(line.box[1] for line in row), max(line.box[3] for line in row)
    cells = [cells_of(line, edges) for line in row]
    result = []
    column = 0
    while column < width:
        last = column
        while last < width - 1 and linked[last]:
            last += 1
        mine = [
            Line(tuple(word for n in range(column, last + 1) if n in line for word in line[n].words))
            for line in cells
            if any(n in line for n in range(column, last + 1))
        ]
        left, right = edges[column], edges[last + 1]
        text = joined(mine, right - left, known)
        bold = bool(mine) and all(line.bold for line in mine)
        result.append(Cell(number, column, 1, last - column + 1, text, (left, top, right, bottom), bold))
        column = last + 1
    return result
