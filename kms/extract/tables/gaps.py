"""Tables without standing lines: found by lying rules, by a caption, or by columns of figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kms.extract.letters import Word
from kms.extract.lines import Line, lines_of
from kms.extract.sheet import Rule, Sheet
from kms.extract.tables.centred import centred_rows
from kms.extract.tables.columns import cells_of, crossing, edges_of, joints, segments, tight_edges, whites
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.header import is_numbers_row
from kms.extract.tables.heads import FIGURE, ORDINAL, header_cells, header_lines, is_body, middle, names, unparted
from kms.extract.tables.rows import row_cells, rows_of
from kms.extract.tables.rulings import join
from kms.model import Box

CAPTION = re.compile(r"(tabel|table)\b\.?\s*([\dIVX]|[A-Z]\b)", re.IGNORECASE)
NOTE = re.compile(
    r"\(?\*|[\"'(]*(sumber|source|keterangan|catatan|note|ket)\b\s*(data)?\s*[:;.]|"
    r"(gambar|grafik|figure|bab|lampiran)\s+[\dIVX]",
    re.IGNORECASE,
)
LEADER = re.compile(r"\.{4,}|(\. ){4,}|…{2,}")
SECTION = re.compile(r"([A-Z]|[IVX]{1,4}|\d{1,2})(\.\d{1,2})*\.")
HEADING = re.compile(r"([A-Z]|[IVX]+|\d{1,2}(\.\d{1,2})*)[.)]\s*(\d{1,2}\.?)?\s+[A-Z].*")


@dataclass(frozen=True)
class Block:
    """Lines that may be a table, with the rules among them and the joints of these (``marks``)."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    marks: tuple[float, ...]
    box: Box
    method: str
    captioned: bool = False


def open_grids(sheet: Sheet, taken: Sequence[Box], known: Collection[str]) -> list[Grid]:
    """Tables of a page outside the boxes already ``taken``, top to bottom."""
    free = [word for word in sheet.words if not any(inside(word, box) for box in taken)]
    lines = lines_of(free)
    found = [grid for block in ruled_blocks(sheet, taken, free, lines) if (grid := grid_of(block, sheet.number, known))]
    grids = [grid for grid in found if not any(other is not grid and outdoes(other, grid) for other in found)]
    for find in (captioned_blocks, continued_blocks, figure_blocks):
        for block in find(lines, [*taken, *(grid.box for grid in grids)]):
            grid = grid_of(block, sheet.number, known)
            if grid and not any(overlap(grid.box, other.box) for other in grids):
                grids.append(grid)
    return sorted(grids, key=lambda grid: grid.box[1])


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= (word.top + word.bottom) / 2 <= box[3]


def overlap(box: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return min(box[2], other[2]) - max(box[0], other[0]) > 3 and min(box[3], other[3]) - max(box[1], other[1]) > 3


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


def area(box: Box) -> float:
    """The area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])


def ruled_blocks(sheet: Sheet, taken: Sequence[Box], free: Sequence[Word], lines: Sequence[Line]) -> list[Block]:
    """Blocks between long lying rules with the same ends and nothing but a table between."""
    lying = [
        rule
        for rule in join([*sheet.lying, *borders(sheet)])
        if not any(b[1] - 4 <= rule.at <= b[3] + 4 and b[0] - 4 <= rule.start and rule.end <= b[2] + 4 for b in taken)
    ]
    groups: list[list[Rule]] = []
    for rule in lying:
        if rule.length <= 0.3 * sheet.width:
            continue
        for group in groups:
            if abs(group[-1].start - rule.start) < 4 and abs(group[-1].end - rule.end) < 4:
                group.append(rule)
                break
        else:
            groups.append([rule])
    blocks = []
    for group in groups:
        left, right = min(r.start for r in group) - 3, max(r.end for r in group) + 3
        mine = lines_of(word for word in free if left <= (word.x0 + word.x1) / 2 <= right)
        marks = {rule: tuple(joints(rule, sheet.lying)) for rule in group}
        for run in runs(group, mine, marks):
            block = block_of(run, mine, lines, lying, marks)
            if block:
                blocks.append(block)
    return sorted(blocks, key=lambda block: block.box[1])


def borders(sheet: Sheet) -> list[Rule]:
    """The upper and lower borders of what is painted as high as a row may be: shaded rows are parted by them."""
    found = []
    for x0, top, x1, bottom in sheet.fills:
        if 6 < bottom - top < 0.3 * sheet.height and x1 - x0 > 4:
            found += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
    return found


def runs(rules: Sequence[Rule], lines: Sequence[Line], marks: dict[Rule, tuple[float, ...]]) -> list[list[Rule]]:
    """Rules cut into runs wherever something else than rows of one table stands between two of them."""
    result = [[rules[0]]]
    for above, below in itertools.pairwise(rules):
        between = [line for line in lines if above.at < middle(line) < below.at]
        same = any(abs(a - b) <= 3 for a in marks[above] for b in marks[below])
        if goes_on(above, below, between, same):
            result[-1].append(below)
        else:
            result.append([below])
    return result


def goes_on(above: Rule, below: Rule, between: Sequence[Line], same: bool) -> bool:
    """Whether one table lies on both sides of the lines between two rules; ``same``: the rules are jointed alike."""
    if not between:
        return below.at - above.at <= 6 or same
    if any(NOTE.match(line.text) or CAPTION.match(line.text) for line in between):
        return False
    if same:
        return True
    tops = [above.at, *(line.box[3] for line in between)]
    bottoms = [*(line.box[1] for line in between), below.at]
    if max(b - t for t, b in zip(tops, bottoms)) > 3 * max(line.size for line in between):
        return False
    prose = sum(is_prose(line, above.length) for line in between)
    return prose * 2 < len(between)


def is_prose(line: Line, width: float) -> bool:
    """Whether a line runs on over most of a width, perhaps behind the number of a list, or fills it with words."""
    parts = segments(line)
    last = parts[-1].box
    full = sum(word.x1 - word.x0 for word in line.words) > 0.8 * width
    return full or (len(parts) <= 2 and last[2] - last[0] > 0.55 * width)


def block_of(
    run: Sequence[Rule],
    mine: Sequence[Line],
    lines: Sequence[Line],
    lying: Sequence[Rule],
    marks: dict[Rule, tuple[float, ...]],
) -> Block | None:
    """The block of a run of rules: three of them, or two below a caption or jointed; None where it is none."""
    top, bottom = run[0].at, run[-1].at
    captioned = any(CAPTION.match(line.text) and 0 < top - line.box[3] < 70 for line in lines)
    levels: list[float] = []
    for x in sorted(x for rule in run for x in marks[rule]):
        if not levels or x - levels[-1] > 4:
            levels.append(x)
    if len(run) < 2 or (len(run) == 2 and not captioned and not levels):
        return None
    inner = [line for line in mine if top - 1 <= middle(line) <= bottom + 1]
    inner += table_below(mine, bottom, inner, levels)
    if len(run) == 2 and not captioned and crossing(inner, levels) * 6 > len(inner):
        return None
    if len(inner) < 2:
        return None
    left, right = min(r.start for r in run), max(r.end for r in run)
    over, start = head_above(mine, run[0], lying)
    if over:
        inner, top, lying = [*over, *inner], start, [*lying, Rule(start, left, right)]
    bottom = max(bottom, max(line.box[3] for line in inner))
    among = [
        rule for rule in lying if top - 1 <= rule.at <= bottom + 1 and left - 4 <= rule.start and rule.end <= right + 4
    ]
    return Block(
        tuple(inner),
        tuple(sorted(among, key=lambda rule: rule.at)),
        tuple(levels),
        (left, top, right, bottom),
        "rules",
        captioned,
    )


def head_above(lines: Sequence[Line], rule: Rule, lying: Sequence[Rule]) -> tuple[list[Line], float]:
    """The header between a rule and a longer one above it, which some other drawing shares, and where it begins."""
    for other in lying:
        if other.start <= rule.start + 4 and other.end >= rule.end - 4 and other.length > rule.length + 8:
            between = [line for line in lines if other.at < middle(line) < rule.at]
            size = max((line.size for line in between), default=0.0)
            if len(between) in (1, 2, 3) and rule.at - other.at < 1.8 * size * len(between):
                return (between, other.at) if len(segments(between[0])) > 1 else ([], rule.at)
    return [], rule.at


def table_below(lines: Sequence[Line], rule: float, above: Sequence[Line], marks: Sequence[float]) -> list[Line]:
    """Lines that go on with a table below its last rule, which only parts the header or some rows from the others."""
    found: list[Line] = []
    last = rule
    for line in lines:
        if middle(line) <= rule:
            continue
        if line.box[1] - last > 1.6 * line.size or NOTE.match(line.text) or CAPTION.match(line.text):
            break
        if not found and len(segments(line)) < 2:
            break
        found.append(line)
        last = line.box[3]
    while found and len(segments(found[-1])) < 2:
        found.pop()
    parted = sum(len(segments(line)) > 2 for line in found)
    if len(found) < 2 or parted < 2 or parted * 4 < len(found):
        return []
    edges = marks or [(a + b) / 2 for a, b in whites(above)]
    return [] if crossing(found, edges) * 6 > len(found) else found


def captioned_blocks(lines: Sequence[Line], taken: Sequence[Box]) -> list[Block]:
    """Blocks that follow a caption."""
    blocks = []
    for number, line in enumerate(lines):
        if not CAPTION.match(line.text) or any(overlap(line.box, box) for box in taken):
            continue
        if LEADER.search(line.text) or (number + 1 < len(lines) and CAPTION.match(lines[number + 1].text)):
            continue  # a list of tables
        block = block_below(lines, number, taken)
        if len(block) > 1:
            blocks.append(gap_block(block, captioned=True))
    return blocks


def gap_block(lines: Sequence[Line], captioned: bool) -> Block:
    """A block of lines without rules."""
    boxes = [line.box for line in lines]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Block(tuple(lines), (), (), box, "gaps", captioned)


def block_below(lines: Sequence[Line], caption: int, taken: Sequence[Box]) -> list[Line]:
    """The lines of the table that follows a caption: from the first line in several parts on, as long as it lasts."""
    start = caption + 1
    while start < len(lines) and start <= caption + 4 and len(segments(lines[start])) < 2:
        start += 1
    if start >= len(lines) or len(segments(lines[start])) < 2:
        return []
    if lines[start].box[1] - lines[caption].box[3] > 80:
        return []
    if start > caption + 1 and is_level(lines[start - 1], lines[start]):
        start -= 1  # the upper line of a name beside names of one line
    return as_long_as_table(lines[start:], taken)


def as_long_as_table(lines: Sequence[Line], taken: Sequence[Box]) -> list[Line]:
    """The lines from the first on that may belong to one table."""
    block = [lines[0]]
    widest = max(part.box[2] - part.box[0] for part in segments(lines[0]))
    left, right = lines[0].box[0], lines[0].box[2]
    starts = {round(part.box[0]) for part in segments(lines[0])}
    pitch = 0.0
    for number, line in enumerate(lines[1:], 1):
        gap = line.box[1] - block[-1].box[3]
        parts = segments(line)
        box = line.box
        if gap > max(2.2 * line.size, 1.4 * pitch) or any(overlap(box, other) for other in taken):
            break
        if NOTE.match(line.text) or CAPTION.match(line.text) or LEADER.search(line.text):
            break
        wide = len(parts) == 1 and box[2] - box[0] > max(widest * 1.15 + 5, 0.5 * (right - left))
        centred = number + 1 < len(lines) and is_level(line, lines[number + 1])
        if wide and not fills_columns(line, starts, left, centred):
            break
        if len(parts) <= 2 and HEADING.fullmatch(line.text) and gap > 1.2 * max(0.4 * line.size, pitch):
            break
        if len(parts) > 1:
            widest = max([widest, *(part.box[2] - part.box[0] for part in parts)])
            left, right = min(left, box[0]), max(right, box[2])
            starts.update(round(part.box[0]) for part in parts)
        pitch = max(pitch, gap) if len(block) < 3 else pitch
        block.append(line)
    while len(block) > 1 and len(segments(block[-1])) == 1 and not is_inside_column(block):
        block.pop()
    return block


def is_level(line: Line, below: Line) -> bool:
    """Whether the line below is so near that both stand in cells side by side, and has several parts."""
    return middle(below) - middle(line) < 0.75 * line.size and len(segments(below)) > 1


def fills_columns(line: Line, starts: Collection[int], left: float, centred: bool) -> bool:
    """Whether a line begins where a column does that is not the first, and another begins further on in it.

    Where the next line stands beside it (``centred``), the first is enough.
    """
    begins = [word for word in line.words if any(abs(word.x0 - start) <= 1 for start in starts)]
    return bool(begins) and begins[0] is line.words[0] and line.box[0] > left + 4 and (centred or len(begins) > 1)


def is_inside_column(block: Sequence[Line]) -> bool:
    """Whether the last line of a block stands under a part of a line above, as the end of a wrapped cell does."""
    last = block[-1].box
    parts = [part.box for line in block[:-1] for part in segments(line) if len(segments(line)) > 1]
    return any((box[0] - 2 <= last[0] and last[2] <= box[2] + 2) or abs(box[0] - last[0]) < 2 for box in parts[-12:])


def figure_blocks(lines: Sequence[Line], taken: Sequence[Box]) -> list[Block]:
    """Blocks without caption or rule: four lines or more in three parts and more, mostly figures."""
    blocks = []
    number = 0
    while number < len(lines):
        end = number
        while end < len(lines) and is_row_of_figures(lines[end]) and not any(overlap(lines[end].box, b) for b in taken):
            if end > number and lines[end].box[1] - lines[end - 1].box[3] > 2.5 * lines[end].size:
                break
            end += 1
        if end - number >= 4:
            first = number
            while first and number - first < 3 and may_be_header(lines[first - 1], lines[first], taken):
                first -= 1
            blocks.append(gap_block(lines[first:end], captioned=False))
        number = max(end, number + 1)
    return blocks


def continued_blocks(lines: Sequence[Line], taken: Sequence[Box]) -> list[Block]:
    """The block at the head of a page, without caption, that begins with bold names of columns, as a table goes on."""
    for number, line in enumerate(lines[:4]):
        if line.bold and len(segments(line)) >= 4 and not is_body(line):
            block = as_long_as_table(lines[number:], taken)
            if sum(is_row_of_figures(row) for row in block) >= 2:
                return [gap_block(block, captioned=False)]
    return []


def is_row_of_figures(line: Line) -> bool:
    """Whether a line stands in three parts and more, two of them figures."""
    if sum(word.text[-1].isdigit() or word.text[-1] in "%-–)" for word in line.words) < 2:
        return False
    parts = [part.text for part in segments(line)]
    figures = sum(bool(FIGURE.fullmatch(text)) for text in parts[1:])
    return len(parts) >= 3 and figures >= 2 and not LEADER.search(line.text)


def may_be_header(line: Line, below: Line, taken: Sequence[Box]) -> bool:
    """Whether a line may name the columns of the one below."""
    near = below.box[1] - line.box[3] < 1.5 * line.size
    return near and len(segments(line)) >= 3 and not is_body(line) and not any(overlap(line.box, b) for b in taken)


def grid_of(block: Block, page: int, known: Collection[str]) -> Grid | None:
    """The grid of a block, None where its lines make no table."""
    lines = [line for line in block.lines if not LEADER.search(line.text)]
    if len(lines) < 2:
        return None
    head = header_lines(lines, block.rules)
    count = next((n for n, line in enumerate(lines[: head + 1]) if n and is_numbers_line(line)), None)
    above = lines[: head if count is None else count]
    body = lines[head if count is None else count + 1 :]
    edges = edges_of(lines, len(lines) - len(body), block.marks, block.box[0], block.box[2])
    tight = () if block.marks else tight_edges(lines, edges)
    while gone := unparted(names(above, edges, block.rules, tight), body, edges):
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
