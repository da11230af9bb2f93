"""The header of a table without standing lines: which lines it is, and which names stand over several columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kms.extract.lines import Line, joined
from kms.extract.sheet import Rule
from kms.extract.tables.columns import Stretch, cells_of, segments, stretches
from kms.extract.tables.grid import Cell
from kms.extract.tables.header import is_numbers_row

ORDINAL = re.compile(r"\(?\d{1,3}(\.\d{1,2}){0,4}[.)]?|[a-zA-Z][.)]|[IVX]{1,5}[.)]?")
FIGURE = re.compile(r"(rp\.?\s*)?[<>≤≥~±+-]?\s*[\d.,\s%()*-]*\d[\d.,\s%()*-]*|-|–|n/?a|%", re.IGNORECASE)
ROMAN = re.compile(r"(TW|TRIWULAN|SEMESTER)?\s*[IVX]{1,4}", re.IGNORECASE)
YEAR = re.compile(r"\(?(19|20)\d\d\)?\*{0,3}\)?")
DEEPEST = 6
"""Lines that a header has at most; twice as many where a rule ends it, since cells may be centred between lines."""


def header_lines(lines: Sequence[Line], rules: Sequence[Rule]) -> int:
    """How many lines, from the top, name columns: those above the second rule, else those above the first row."""
    longest = max((rule.length for rule in rules), default=0.0)
    tops = [rule.at for rule in rules if rule.length > 0.6 * longest]
    if len(tops) >= 2 and lines and tops[0] <= middle(lines[0]):
        ends = [at for at in tops[1:] if at > middle(lines[0])]
        count = sum(middle(line) < ends[0] for line in lines) if ends else 0
        if 0 < count <= 2 * DEEPEST and count < len(lines) and not is_body(lines[0]):
            whole = any(abs(rule.at - ends[0]) < 1 and rule.length > 0.95 * longest for rule in rules)
            return count if whole else below_partial(lines, rules, count)
    for number, line in enumerate(lines[: DEEPEST + 1]):
        if is_body(line):
            # cells may be centred on their row: lines that overlap this one belong to it
            while number and middle(line) - middle(lines[number - 1]) < 0.75 * line.size:
                number -= 1
                line = lines[number]
            return number
    return 1


def below_partial(lines: Sequence[Line], rules: Sequence[Rule], count: int) -> int:
    """How many lines are header where the first rule below ``count`` of them runs only under some of the names.

    Names go on down to the first row, if a rule ends them there.
    """
    for number in range(count, min(len(lines), 2 * DEEPEST + 1)):
        if is_body(lines[number]):
            above = middle(lines[number - 1])
            ended = any(above < rule.at < middle(lines[number]) for rule in rules)
            return number if ended else count
    return count


def middle(line: Line) -> float:
    """The y of a line's middle."""
    return (line.box[1] + line.box[3]) / 2


def is_body(line: Line) -> bool:
    """Whether a line begins with a number or bears figures other than years; a row of column numbers does not count."""
    parts = [part.text for part in segments(line)]
    if is_numbers_row(parts):
        return False
    figures = [text for text in parts if FIGURE.fullmatch(text) and not YEAR.fullmatch(text)]
    if not figures and sum(bool(ROMAN.fullmatch(text)) for text in parts) > 1:
        return False  # quarters or ranks
    return bool(ORDINAL.fullmatch(parts[0])) or len(figures) * 2 >= len(parts) or len(figures) >= 2


def names(
    lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule], tight: Collection[float] = ()
) -> list[Stretch]:
    """The parts of header lines, each with the columns it names."""
    found: list[Stretch] = []
    for number, line in enumerate(lines):
        parts = stretches(line, edges, tight)
        for part in parts:
            if part.last - part.first == 1:
                reach = below_rule(part, parts, lines[number + 1 :], edges, rules) or centred(
                    part, parts, lines, number, edges
                )
                part = Stretch(part.line, *(reach or (part.first, part.last)))
            found.append(part)
    return found


def below_rule(
    part: Stretch, beside: Sequence[Stretch], below: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]
) -> tuple[int, int] | None:
    """The columns over which a short rule right below a name runs, None without one or where it is one column.

    It is its own: no other name of the line (``beside``) stands over it. ``below`` are the lines of the header under
    the name: the columns have names of their own there.
    """
    box, size = part.line.box, part.line.size
    for rule in rules:
        whole = rule.length > 0.9 * (edges[-1] - edges[0])
        if (
            not whole
            and box[3] - 0.4 * size <= rule.at <= box[3] + 1.2 * size
            and rule.start <= part.middle <= rule.end
        ):
            under = [
                n for n in range(len(edges) - 1) if rule.start - 3 <= (edges[n] + edges[n + 1]) / 2 <= rule.end + 3
            ]
            named = any(middle(line) > rule.at and len(set(under) & set(cells_of(line, edges))) > 1 for line in below)
            shared = any(rule.start <= other.middle <= rule.end for other in beside if other is not part)
            if named and not shared and abs((rule.start + rule.end) / 2 - part.middle) < 0.3 * rule.length:
                return under[0], under[-1] + 1
    return None


def centred(
    part: Stretch, beside: Sequence[Stretch], lines: Sequence[Line], number: int, edges: Sequence[float]
) -> tuple[int, int] | None:
    """The columns over whose middle a name stands: they have names of their own on a line below, and none above.

    Three columns whose middle one is the name's own must be of one kind (years), since a name in two lines looks alike.
    """
    best: tuple[int, int] | None = None
    for below in lines[number + 1 :]:
        texts = cells_of(below, edges)
        own = set(texts)
        above = {column for line in lines[: number + 1] for column in cells_of(line, edges)} - {part.first}
        free = own - above
        if part.first not in free:
            continue
        for first in range(part.first, -1, -1):
            if first not in free:
                break
            for last in range(max(part.first + 1, first + 2), len(edges)):
                if last - 1 not in free:
                    break
                width = (edges[last] - edges[first]) / (last - first)
                off = abs((edges[first] + edges[last]) / 2 - part.middle)
                own_off = abs((edges[part.first] + edges[part.first + 1]) / 2 - part.middle)
                alike = all(YEAR.fullmatch(texts[column].text) for column in range(first, last))
                if (
                    (alike or own_off > 2 * off)
                    and off < 0.2 * width
                    and (not best or last - first > best[1] - best[0])
                ):
                    best = (first, last)
    return best


def header_cells(parts: Sequence[Stretch], edges: Sequence[float]) -> list[Cell]:
    """The cells of a header, names over several columns above those of their columns."""
    width = len(edges) - 1
    # a name over several columns that takes two lines is one name
    groups: dict[tuple[int, int], list[Line]] = {}
    for part in parts:
        if part.last - part.first > 1:
            groups.setdefault((part.first, part.last), []).append(part.line)
    cells = []
    depth = [0] * width
    for (first, last), mine in sorted(groups.items(), key=lambda item: middle(item[1][0])):
        row = max(depth[first:last])
        cells.append(cell_of(mine, row, first, 1, last - first, edges))
        depth[first:last] = [row + 1] * (last - first)
    height = max(depth) + 1
    for column in range(width):
        mine = [part.line for part in parts if (part.first, part.last) == (column, column + 1)]
        cells.append(cell_of(mine, depth[column], column, height - depth[column], 1, edges))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def cell_of(lines: Sequence[Line], row: int, column: int, rows: int, columns: int, edges: Sequence[float]) -> Cell:
    """A cell of some lines, placed where they stand."""
    left, right = edges[column], edges[column + columns]
    if not lines:
        return Cell(row, column, rows, columns, "", (left, 0.0, right, 0.0))
    top, bottom = min(line.box[1] for line in lines), max(line.box[3] for line in lines)
    text = joined(lines, right - left)
    return Cell(row, column, rows, columns, text, (left, top, right, bottom), all(line.bold for line in lines))


def unparted(parts: Sequence[Stretch], body: Sequence[Line], edges: Sequence[float]) -> list[int]:
    """Edges (numbers into ``edges``) that part nothing: one name for both sides, which are never filled together.

    Surest first, and to be taken away one by one, since each makes two columns one. So a name that is centred over
    figures set to the right makes no column of its own, nor does "Rp".
    """
    single = {part.first for part in parts if part.last - part.first == 1}
    rows = [set(cells_of(line, edges)) for line in body]
    gone: list[int] = []
    sure: list[int] = []
    for number in range(1, len(edges) - 1):
        over = any(part.first < number < part.last for part in parts)
        named = (number - 1 in single) + (number in single)
        both = sum(number - 1 in row and number in row for row in rows)
        if over and not named:
            if both * 3 <= len(rows):
                sure.append(number)
        elif named < 2 and both * 10 <= len(rows):
            lone = sum(number - 1 in row for row in rows), sum(number in row for row in rows)
            if named == 1 and (over or min(lone) == 0 or both == 0):
                gone.append(number)
        elif named < 2 and number - 1 not in single and is_mere_sign(number - 1, body, edges):
            gone.append(number)
    return [*sure, *gone]


def is_mere_sign(column: int, body: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether a column holds nothing but the "Rp" of the figures in the next."""
    texts = [cells[column].text for line in body if column in (cells := cells_of(line, edges))]
    return bool(texts) and all(re.fullmatch(r"rp\.?|idr|:|=", text, re.IGNORECASE) for text in texts)
