"""Blocks of lines without any rule that may be tables: below a caption, at the head of a page, or full of figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

from kms.extract.lines import Line
from kms.extract.tables.block import CAPTION, LEADER, NOTE, Block, overlap
from kms.extract.tables.columns import segments
from kms.extract.tables.heads import FIGURE, is_body, middle
from kms.model import Box

HEADING = re.compile(r"([A-Z]|[IVX]+|\d{1,2}(\.\d{1,2})*)[.)]\s*(\d{1,2}\.?)?\s+[A-Z].*")


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
    if start > caption + 1 and (
        is_level(lines[start - 1], lines[start]) or is_over_some(lines[start - 1], lines[start - 2], lines[start:])
    ):
        start -= 1  # the upper line of a name beside names of one line, or a name over several columns
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


def is_over_some(line: Line, above: Line, below: Sequence[Line]) -> bool:
    """Whether a line stands over the middle of some names of the lines below, nearer to them than to the one above.

    ``above`` is the line of the caption, or of what goes on with it.
    """
    if below[0].box[1] - line.box[3] > 0.8 * (line.box[1] - above.box[3]) or len(line.text) > 40:
        return False
    x = (line.box[0] + line.box[2]) / 2
    for names in below[:2]:
        boxes = [part.box for part in segments(names)]
        for first, last in itertools.combinations(range(len(boxes)), 2):
            left, right = boxes[first][0], boxes[last][2]
            # what stands over the middle of the first column and others may as well be part of the caption
            some = (first or names is not below[0]) and left < line.box[0] and line.box[2] < right
            if some and abs((left + right) / 2 - x) < 3:
                return True
    return False


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
