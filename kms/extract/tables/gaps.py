"""Tables without standing lines: found by a caption or by lying rules, their columns by the gaps between words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

from kms.extract.lines import Line, joined, lines_of
from kms.extract.sheet import Rule, Sheet, Word
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.rulings import join
from kms.model import Box

CAPTION = re.compile(r"(tabel|table)\b\.?\s*([\dIVX]|[A-Z]\b)", re.IGNORECASE)
ORDINAL = re.compile(r"\(?\d{1,3}[.)]?|[a-zA-Z][.)]")
FIGURE = re.compile(r"(rp\.?\s*)?[\d.,\s%()<>≤≥-]*\d[\d.,\s%()*-]*", re.IGNORECASE)
RIVER = 5.0
"""Points of white that part two columns over the whole height of a table."""


def open_grids(sheet: Sheet, taken: Sequence[Box], known: Collection[str]) -> list[Grid]:
    """Tables of a page outside the boxes already ``taken``, top to bottom."""
    free = [word for word in sheet.words if not any(inside(word, box) for box in taken)]
    lines = lines_of(free)
    grids = []
    covered: list[Box] = []
    for rules in ladders(sheet, taken, lines):
        top, bottom = rules[0].at, rules[-1].at
        left, right = min(r.start for r in rules) - 3, max(r.end for r in rules) + 3
        mine = [w for w in free if top - 1 <= middle(w) <= bottom + 1 and left <= (w.x0 + w.x1) / 2 <= right]
        grid = grid_of(lines_of(mine), [r.at for r in rules], sheet, "rules", known, (left + 3, top, right - 3, bottom))
        if grid:
            grids.append(grid)
            covered.append(grid.box)
    for number, line in enumerate(lines):
        if not CAPTION.match(line.text) or any(inside(word, box) for word in line.words for box in covered):
            continue
        block = block_below(lines, number, [*taken, *covered])
        grid = grid_of(block, [], sheet, "gaps", known, None)
        if grid:
            grids.append(grid)
            covered.append(grid.box)
    return sorted(grids, key=lambda grid: grid.box[1])


def middle(word: Word) -> float:
    """The y of a word's middle."""
    return (word.top + word.bottom) / 2


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= middle(word) <= box[3]


def ladders(sheet: Sheet, taken: Sequence[Box], lines: Sequence[Line]) -> list[list[Rule]]:
    """Groups of three or more long lying rules with the same ends, and no prose between, as tables with rules have."""
    rules = [
        rule
        for rule in join(sheet.lying)
        if rule.length > 0.3 * sheet.width
        and not any(b[1] - 4 <= rule.at <= b[3] + 4 and b[0] - 4 <= rule.start and rule.end <= b[2] + 4 for b in taken)
    ]
    groups: list[list[Rule]] = []
    for rule in rules:
        for group in groups:
            last = group[-1]
            if abs(last.start - rule.start) < 4 and abs(last.end - rule.end) < 4:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [part for group in groups for part in without_prose(group, lines) if len(part) >= 3]


def without_prose(rules: Sequence[Rule], lines: Sequence[Line]) -> list[list[Rule]]:
    """Rules cut into groups wherever running text stands between two of them, as below a running head."""
    result = [[rules[0]]]
    for above, below in itertools.pairwise(rules):
        between = [line for line in lines if above.at < middle_of(line) < below.at]
        prose = sum(len(segments(line)) == 1 and line.box[2] - line.box[0] > 0.55 * above.length for line in between)
        if (between and prose * 2 < len(between)) or (not between and below.at - above.at < 40):
            result[-1].append(below)
        else:
            result.append([below])
    return result


def segments(line: Line) -> list[tuple[float, float]]:
    """Stretches of a line that are parted by more than the space between words."""
    result: list[tuple[float, float]] = []
    for word in line.words:
        if result and word.x0 - result[-1][1] <= max(RIVER, 0.7 * line.size):
            result[-1] = (result[-1][0], max(result[-1][1], word.x1))
        else:
            result.append((word.x0, word.x1))
    return result


def block_below(lines: Sequence[Line], caption: int, taken: Sequence[Box]) -> list[Line]:
    """The lines of the table that follows a caption: from the first line in three parts on, as long as it lasts."""
    start = caption + 1
    while start < len(lines) and start <= caption + 4 and len(segments(lines[start])) < 3:
        start += 1
    if start >= len(lines) or len(segments(lines[start])) < 3:
        return []
    block = [lines[start]]
    widest = 0.0
    for line in lines[start + 1 :]:
        gap = line.box[1] - block[-1].box[3]
        parts = segments(line)
        widest = max([widest, *(b - a for a, b in parts if len(parts) > 1)])
        if gap > 2.2 * line.size or any(inside(word, box) for word in line.words for box in taken):
            break
        if len(parts) == 1 and (parts[0][1] - parts[0][0] > widest * 1.15 + 5 or CAPTION.match(line.text)):
            break
        block.append(line)
    return block


def rivers(lines: Sequence[Line]) -> list[float]:
    """The x of the middles of the white stretches that run through all lines."""
    spans = sorted((word.x0, word.x1) for line in lines for word in line.words)
    middles: list[float] = []
    end = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - end >= RIVER:
            middles.append((end + x0) / 2)
        end = max(end, x1)
    return middles


def grid_of(
    lines: Sequence[Line], rules: Sequence[float], sheet: Sheet, method: str, known: Collection[str], box: Box | None
) -> Grid | None:
    """A grid of lines, or None where they do not stand in at least three columns and three rows."""
    middles = rivers(lines)
    if len(middles) < 2 or len(lines) < 3:
        return None
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    top, bottom = lines[0].box[1], max(line.box[3] for line in lines)
    box = box or (left, top, right, bottom)
    edges = (min(left, box[0]), *middles, max(right, box[2]))
    rows = rows_of(lines, edges, rules)
    if len(rows) < 3 or sum(len(filled(row, edges)) >= 2 for row in rows) * 2 < len(rows):
        return None
    cells = []
    for number, row in enumerate(rows):
        y0 = min(line.box[1] for line in row)
        y1 = max(line.box[3] for line in row)
        for column in range(len(edges) - 1):
            mine = [part for line in row if (part := part_in(line, edges[column], edges[column + 1]))]
            text = joined(mine, edges[column + 1] - edges[column], known)
            bold = bool(mine) and all(part.bold for part in mine)
            cells.append(Cell(number, column, 1, 1, text, (edges[column], y0, edges[column + 1], y1), bold))
    return Grid(sheet.number, len(rows), len(edges) - 1, tuple(cells), box, edges, method)


def part_in(line: Line, start: float, end: float) -> Line | None:
    """The words of a line between two x, None where there are none."""
    words = tuple(word for word in line.words if start <= (word.x0 + word.x1) / 2 < end)
    return Line(words) if words else None


def filled(row: Sequence[Line], edges: Sequence[float]) -> list[int]:
    """The columns of a row that hold text."""
    return [
        column
        for column in range(len(edges) - 1)
        if any(part_in(line, edges[column], edges[column + 1]) for line in row)
    ]


def rows_of(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[float]) -> list[list[Line]]:
    """Lines put together into rows.

    A row begins where a rule parts it from the line above, where the first column bears a number, or, in a table
    without numbers, where the gap above is wider than within a row and the first column bears text.
    """
    firsts = [part_in(line, edges[0], edges[1]) for line in lines]
    numbered = sum(bool(part and ORDINAL.fullmatch(part.text)) for part in firsts) >= 2
    gaps = [b.box[1] - a.box[1] for a, b in itertools.pairwise(lines)]
    tight = min(gaps, default=0.0)
    loose = max(gaps, default=0.0) > 1.2 * tight
    rows: list[list[Line]] = []
    for number, line in enumerate(lines):
        first = firsts[number]
        if not rows:
            rows.append([line])
            continue
        above = lines[number - 1]
        ruled = any(above.box[1] + 1 < y < line.box[3] - 1 and y > middle_of(above) for y in rules)
        begins = ruled
        if numbered:
            begins = begins or bool(first and ORDINAL.fullmatch(first.text))
        elif first:
            begins = begins or not loose or line.box[1] - above.box[1] > 1.15 * tight
        if begins or second_figure(rows[-1], line, edges):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def second_figure(row: Sequence[Line], line: Line, edges: Sequence[float]) -> bool:
    """Whether a line bears figures in two columns of a row that have theirs already, since figures do not wrap."""
    found = 0
    for column in range(1, len(edges) - 1):
        part = part_in(line, edges[column], edges[column + 1])
        if part and FIGURE.fullmatch(part.text):
            found += any(part_in(above, edges[column], edges[column + 1]) for above in row)
    return found >= 2


def middle_of(line: Line) -> float:
    """The y of a line's middle."""
    return (line.box[1] + line.box[3]) / 2
