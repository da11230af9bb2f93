"""Blocks of lines between lying rules of the same ends, which may be tables."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from kms.extract.letters import Word
from kms.extract.lines import Line, lines_of
from kms.extract.sheet import Rule, Sheet
from kms.extract.tables.block import CAPTION, NOTE, Block
from kms.extract.tables.columns import crossing, joints, segments, whites
from kms.extract.tables.heads import middle
from kms.extract.tables.rulings import join
from kms.model import Box


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
    ends = min(r.start for r in run), max(r.end for r in run)
    inner += table_below([line for line in mine if not juts_out(line, lines, *ends)], bottom, inner, levels)
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


def juts_out(line: Line, lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether a line is a piece of running text that goes on beyond the ends of the rules above it."""
    return any(
        part.box[0] < right and part.box[2] > left and (part.box[2] > right + 9 or part.box[0] < left - 9)
        for whole in lines
        if abs(middle(whole) - middle(line)) < 0.3 * line.size
        for part in segments(whole)
    )


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
