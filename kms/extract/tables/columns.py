"""Columns of a table without standing lines: from the joints of its rules, else from the white between its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kms.extract.letters import Word
from kms.extract.lines import Line
from kms.extract.sheet import Rule
from kms.extract.tables.rulings import SAME

RIVER = 5.0
"""Points of white that part two columns over the whole height of a table."""

NARROW_RIVER = 3.2
"""The same where many lines agree."""

NARROWEST = 1.5
"""The same where letters stand in line on both sides of it."""

ONE_SIDED = 1.8
"""The same where they do on one side, in nearly all of several lines."""

JOINT = 1.2
"""Points within which one rule ends where the next begins."""


LABEL_MARK = re.compile(r"\(?([IVX]{1,5}|[A-Z]|\d{1,3}(\.\d{1,2}){0,4})[.)]{0,2}")


@dataclass(frozen=True)
class Stretch:
    """Words of one line that stand no further apart than words do, and the columns (half-open) they reach over."""

    line: Line
    first: int
    last: int

    @property
    def middle(self) -> float:
        box = self.line.box
        return (box[0] + box[2]) / 2


def space_of(line: Line) -> float:
    """About how wide the space between the words of a line is: wide in type where all letters take the same room."""
    widths = [char.x1 - char.x0 for word in line.words for char in word.chars if char.text.isalpha()]
    even = len(widths) > 4 and max(widths) - min(widths) < 0.06 * line.size
    return (0.54 if even else 0.26) * line.size


def segments(line: Line, apart: float | None = None) -> list[Line]:
    """Stretches of a line that are parted by more than the space between words (``apart`` points)."""
    size = line.size
    wide = 0.0
    if apart is None:
        apart, wide = max(RIVER, 0.7 * size), 0.82 * size
    groups = [[line.words[0]]]
    end = line.words[0].x1
    for word in line.words[1:]:
        gap = word.x0 - end
        # only type of one width has spaces as wide as this; to look at every letter takes time
        if gap <= apart or (gap <= wide and gap <= 1.5 * space_of(line)):
            groups[-1].append(word)
            end = max(end, word.x1)
        else:
            groups.append([word])
            end = word.x1
    return [Line(tuple(group)) for group in groups]


def joints(rule: Rule, pieces: Iterable[Rule]) -> list[float]:
    """The x at which one piece of a rule ends and the next begins: word processors draw a border cell by cell.

    A dashed line, whose pieces are many and short, has none.
    """
    mine = sorted(
        (piece for piece in pieces if abs(piece.at - rule.at) <= SAME and rule.start - 1 <= piece.start < rule.end),
        key=lambda piece: (piece.start, piece.end),
    )
    found: list[float] = []
    for before, after in itertools.pairwise(mine):
        if abs(before.end - after.start) <= JOINT and rule.start + 3 < after.start < rule.end - 3:
            if found and after.start - found[-1] <= SAME:
                found[-1] = (found[-1] + after.start) / 2
            else:
                found.append(after.start)
    return found if len(found) <= max(2, rule.length / 12) else []


def edges_of(lines: Sequence[Line], header: int, marks: Sequence[float], left: float, right: float) -> list[float]:
    """The x of the edges of columns, outermost included; ``header`` is how many of the lines name the columns.

    The joints of a rule that parts only some names are not all edges: others lie where names and rows are parted.
    """
    start, end = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    if marks and crossing(lines, marks) * 6 <= len(lines):
        white = [x for x in rivers(lines, header) if parts_names(x, lines[:header], marks)]
        return sorted([min(start, left), *marks, *white, max(end, right)])
    return [min(start, left), *rivers(lines, header), max(end, right)]


def parts_names(x: float, names: Sequence[Line], marks: Sequence[float]) -> bool:
    """Whether several names stand side by side on both sides of an x between the same two marks."""
    before = max((mark for mark in marks if mark < x), default=float("-inf"))
    after = min((mark for mark in marks if mark > x), default=float("inf"))
    if x - before < 8 or after - x < 8:
        return False
    for line in names:
        boxes = [part.box for part in segments(line) if part.box[0] > before - 3 and part.box[2] < after + 3]
        if any(box[2] <= x for box in boxes) and any(box[0] >= x for box in boxes):
            return True
    return False


def crossing(lines: Sequence[Line], edges: Sequence[float]) -> int:
    """How many lines have a word across an edge."""
    return sum(any(word.x0 + 3 < x < word.x1 - 3 for word in line.words for x in edges) for line in lines)


def rivers(lines: Sequence[Line], header: int) -> list[float]:
    """The x of the middles of the white stretches that run through nearly all lines in several parts.

    One line in seven may cross (a total, a label), and any line of the header, where that parts more columns.
    """
    parted = [line for line in lines if len(segments(line)) > 1]
    if len(parted) < 2:
        return []
    heads = [line for line in lines[:header] if line in parted]
    spare = max(1, len(parted) // 7) if len(parted) > 4 else 0
    space = max(space_of(line) for line in parted)
    apart = max(RIVER, 1.4 * space) if len(parted) < 6 else max(NARROW_RIVER, 1.4 * space)
    white = whites(parted, apart, space)
    unlabelled = without_labels(parted)
    if unlabelled is not parted and len(told := whites(unlabelled, apart, space)) > len(white):
        parted, white = unlabelled, told
    while True:
        best: tuple[int, Line] | None = None
        for line in parted:
            if (line not in heads and not spare) or len(parted) < 3:
                continue
            count = len(whites([other for other in parted if other is not line], apart, space))
            if count > max(len(white), best[0] if best else 0):
                best = (count, line)
        if not best:
            return [(a + b) / 2 for a, b in white]
        parted.remove(best[1])
        spare -= best[1] not in heads
        white = whites(parted, apart, space)


def without_labels(lines: list[Line]) -> list[Line]:
    """The lines without those that label the rows below, a mark and a name that may run over several columns.

    They are the same list where too few lines are parted further than labels to tell columns alone.
    """
    rest = [line for line in lines if not is_label(line)]
    full = sum(len(segments(line)) > 2 for line in rest)
    return rest if len(rest) < len(lines) and full >= 4 and full * 2 > len(rest) else lines


def is_label(line: Line) -> bool:
    """Whether a line is a mark ("IV", "2.") and a name."""
    parts = segments(line)
    return len(parts) == 2 and bool(LABEL_MARK.fullmatch(parts[0].text)) and not parts[1].text[-1:].isdigit()


def whites(lines: Iterable[Line], apart: float = RIVER, space: float | None = None) -> list[tuple[float, float]]:
    """Stretches of x, at least ``apart`` points wide, on which no line has a word.

    Where the ``space`` between words is known, narrower ones count that letters stand in line beside: most lines end
    right before it and begin right behind it, as figures set to the right beside texts set to the left, or nearly all
    do one of both.
    """
    lines = list(lines)
    spans = sorted((word.x0, word.x1) for line in lines for word in line.words)
    found = []
    end = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - end >= apart or (space and x0 - end >= NARROWEST and in_line(lines, end, x0, space)):
            found.append((end, x0))
        end = max(end, x1)
    return found


def in_line(lines: Sequence[Line], end: float, start: float, space: float) -> bool:
    """Whether the words beside a narrow white (from ``end`` to ``start``) stand in line as those of columns do.

    Phrases that come again and again stand in line too, and so does "%" behind figures: so pairs of words must differ.
    """
    beside: list[tuple[Word, Word]] = []
    for line in lines:
        gaps = [(a, b) for a, b in itertools.pairwise(line.words) if a.x1 <= end + 0.1 and b.x0 >= start - 0.1]
        if gaps:
            beside.append(gaps[0])
    ends = sum(abs(a.x1 - end) < 0.8 for a, _ in beside)
    starts = sum(abs(b.x0 - start) < 0.8 for _, b in beside)
    pairs = {(a.text, b.text) for a, b in beside if b.text != "%"}
    if len(beside) < 4 or len({a.text for a, _ in beside}) < 3 or len(pairs) < 0.7 * len(beside):
        return False
    if min(ends, starts) >= max(4, 0.6 * len(beside)) and start - end >= 0.5 * space:
        return True
    wide = start - end >= max(ONE_SIDED, 0.8 * space)
    return wide and max(ends, starts) >= max(4, 0.8 * len(beside))


def tight_edges(lines: Sequence[Line], edges: Sequence[float]) -> frozenset[float]:
    """Those edges beside which words stand hardly further apart than within a phrase, other than in labels of rows."""
    found = set()
    for line in lines:
        if is_label(line):
            continue
        room = 0.0
        for a, b in itertools.pairwise(line.words):
            if b.x0 - a.x1 > 0.82 * line.size:
                continue
            for edge in edges[1:-1]:
                if a.x1 <= edge <= b.x0 and edge not in found:
                    room = room or max(0.4 * line.size, 1.3 * space_of(line))
                    if b.x0 - a.x1 <= room:
                        found.add(edge)
    return frozenset(found)


def stretches(line: Line, edges: Sequence[float], tight: Collection[float] = ()) -> list[Stretch]:
    """The parts of a line with the columns they reach over: more than one where an edge cuts a word or a phrase.

    At a ``tight`` edge a phrase ends wherever the edge cuts no word.
    """
    found = []
    whole = segments(line, max(0.4 * line.size, 1.3 * space_of(line)))
    for part in [piece for phrase in whole for piece in cut_at(phrase, tight)]:
        box = part.box
        first = column_at((part.words[0].x0 + min(part.words[0].x1, box[2])) / 2, edges)
        last = column_at((part.words[-1].x0 + part.words[-1].x1) / 2, edges)
        first = min(first, column_at(box[0] + 3, edges))
        last = max(last, column_at(box[2] - 3, edges))
        found.append(Stretch(part, first, max(first, last) + 1))
    return found


def cut_at(line: Line, edges: Collection[float]) -> list[Line]:
    """A line cut between those words that an edge parts."""
    groups = [[line.words[0]]]
    for before, word in itertools.pairwise(line.words):
        if any(before.x1 <= edge <= word.x0 for edge in edges):
            groups.append([])
        groups[-1].append(word)
    return [Line(tuple(group)) for group in groups] if len(groups) > 1 else [line]


def column_at(x: float, edges: Sequence[float]) -> int:
    """The number of the column around an x; the outermost one beyond the outermost edges."""
    return max(0, min(len(edges) - 2, sum(edge <= x for edge in edges) - 1))


def cells_of(line: Line, edges: Sequence[float]) -> dict[int, Line]:
    """The words of a line by the column in which their middle lies."""
    found: dict[int, list[int]] = {}
    for number, word in enumerate(line.words):
        found.setdefault(column_at((word.x0 + word.x1) / 2, edges), []).append(number)
    return {column: Line(tuple(line.words[n] for n in numbers)) for column, numbers in found.items()}
