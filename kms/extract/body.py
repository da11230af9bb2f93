"""The running text of a page: its lines without running heads, with its tables where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kms.extract.flow import Zone, flowing_lines, reading_place
from kms.extract.headings import CHAPTER, LEADER, TABLE, headings_of, is_heading
from kms.extract.letters import Word
from kms.extract.lines import Line, turned_text
from kms.extract.sheet import Sheet
from kms.extract.tables.columns import segments
from kms.extract.tables.grid import Grid
from kms.model import Box

EDGE = 0.1
"""Part of the page's height at its head and foot where running heads stand."""

IN_A_ROW = 5
"""Pages in a row on which a line at the edge is a running head, however long the document is."""

PAGE_NUMBER = re.compile(
    r"[-–|\s]*((halaman|hal\.?|page)\s*)?(\d{1,4}|[ivxlc]{1,6}|[IVX]{1,5}\s*[-–]\s*\d{1,4})"
    r"(\s*(dari|of|/)\s*\d{1,4})?[-–|\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Draft:
    """A page between reading and writing: its lines outside tables, its grids; ``read`` is its text if from OCR.

    ``zones`` are the parts of it that are set in two columns. ``small_print``: most of its letters are too small to be
    read in a scan of it.
    """

    sheet: Sheet
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    turned: tuple[str, ...] = ()
    read: str | None = None
    zones: tuple[Zone, ...] = ()
    small_print: bool = False


def outside(sheet: Sheet, boxes: Sequence[Box], zones: Sequence[Zone] = ()) -> tuple[list[Line], list[str]]:
    """Lines of the words that stand in none of the boxes, and turned text."""
    words = [word for word in sheet.words if not any(holds(box, word) for box in boxes)]
    return flowing_lines(words, zones), turned_text(words)


def holds(box: Box, word: Word) -> bool:
    """Whether the middle of a word lies in a box."""
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= word.level <= box[3]


def shape(line: Line, height: float) -> str:
    """A line with its figures made alike, but for the number of a chapter at the head: a chapter begins but once."""
    chapter = CHAPTER.fullmatch(line.text) if line.box[3] <= EDGE * height else None
    if chapter:
        return re.sub(r"\d+", "0", f"BAB-{chapter['number']} {chapter['title']}".strip())
    return re.sub(r"\d+|\b[ivxlc]+\b", "0", line.text.lower())


def at_edge(line: Line, height: float, edge: float = EDGE) -> bool:
    """Whether a line stands where running heads do, within a part of the page's height."""
    box = line.box
    return box[3] <= edge * height or box[1] >= (1 - edge) * height


def running_heads(pages: Iterable[tuple[float, Sequence[Line]]]) -> frozenset[str]:
    """Shapes of the lines that stand at the edge of many pages; ``pages`` are heights and lines."""
    seen: dict[str, list[int]] = {}
    count = 0
    for height, lines in pages:
        for text in {shape(line, height) for line in lines if at_edge(line, height)}:
            seen.setdefault(text, []).append(count)
        count += 1
    few = min(3, max(2, count))
    many = max(few, 0.08 * count)
    return frozenset(
        text
        for text, places in seen.items()
        if len(places) >= (few if text.startswith("BAB-") else many) or longest_run(places) >= IN_A_ROW
    )


def longest_run(places: Sequence[int]) -> int:
    """How many of ascending numbers follow one another, by steps of one or two, since left and right pages differ."""
    longest = run = 1
    for before, after in itertools.pairwise(places):
        run = run + 1 if after - before <= 2 else 1
        longest = max(longest, run)
    return longest


def is_running_head(line: Line, height: float, heads: Iterable[str]) -> bool:
    """Whether a line is a running head, a foot or a page number."""
    if PAGE_NUMBER.fullmatch(line.text):
        return at_edge(line, height, 1.5 * EDGE)
    return at_edge(line, height) and shape(line, height) in heads


def body_lines(lines: Sequence[Line], height: float, heads: Iterable[str]) -> list[Line]:
    """The lines of a page, from top to bottom, without running heads, feet and page numbers.

    A lone figure further from the edge is a page number only where nothing but running heads stands beyond it.
    """
    plain = [not is_running_head(line, height, heads) for line in lines]
    first = next((n for n, is_plain in enumerate(plain) if is_plain), len(lines))
    last = max((n for n, is_plain in enumerate(plain) if is_plain), default=0)
    return [
        line
        for number, line in enumerate(lines)
        if plain[number] or (first < number < last and not at_edge(line, height))
    ]


def caption_of(grid: Grid, lines: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """What stands above a table as its caption, and the lines that say it."""
    whole = [line for line in lines if line.box[3] <= grid.box[1] + 2 and line.box[1] > grid.box[1] - 130]
    pairs = sorted(((over(grid, line), line) for line in whole), key=lambda pair: pair[0].box[1])
    found, said = caption_among(grid, [own for own, _ in pairs])
    return found, [line for own, line in pairs if any(own is one for one in said)]


def over(grid: Grid, line: Line) -> Line:
    """The parts of a line that stand over a table, where others stand beside it, as in text of two columns."""
    parts = segments(line)
    kept = [part for part in parts if part.box[0] < grid.box[2] and part.box[2] > grid.box[0]]
    return line if len(kept) in (0, len(parts)) else Line(tuple(word for part in kept for word in part.words))


def caption_among(grid: Grid, above: list[Line]) -> tuple[str | None, list[Line]]:
    """What the lines above a table say as its caption, and which of them say it."""
    for number in range(len(above) - 1, max(-1, len(above) - 6), -1):
        if TABLE.match(above[number].text):
            mine = above[number:]
            names = [n for n, line in enumerate(mine) if n and len(segments(line)) > 2]
            mine = mine[: names[0]] if names else mine  # what names columns is no caption
            if all(len(line.text) < 160 for line in mine):
                return " ".join(line.text for line in mine), mine
    mine = []
    edge = grid.box[1]
    for line in reversed(above):
        size = line.size
        if edge - line.box[3] > 1.6 * size or not line.bold or len(line.text) > 140 or len(mine) == 3:
            break
        middle = (line.box[0] + line.box[2]) / 2
        if abs(middle - (grid.box[0] + grid.box[2]) / 2) > 0.15 * (grid.box[2] - grid.box[0]):
            break
        mine.insert(0, line)
        edge = line.box[1]
    if mine and not is_heading(mine[0]):
        return " ".join(line.text for line in mine), mine
    return None, []


def caption_at_foot(draft: Draft, lines: Sequence[Line]) -> str | None:
    """The caption that ends a page, its table on the next; ``lines`` are those of the page without its foot."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
        if table := TABLE.match(lines[number].text):
            if re.match(r"[\d.\-IVX]*\s+[a-z]", lines[number].text[table.end() - 1 :]):
                return None  # a sentence about a table
            below = any(grid.box[1] > lines[number].box[1] for grid in draft.grids)
            text = " ".join(line.text for line in lines[number:])
            return None if below or len(text) > 160 or LEADER.search(text) or text.endswith((".", ";")) else text
    return None


def page_text(draft: Draft, heads: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The text of a page in reading order, and those of its lines that head a chapter or a table."""
    height = draft.sheet.height
    zones = draft.zones
    lines = sorted(body_lines(draft.lines, height, heads), key=lambda line: reading_place(line.box, zones))
    pieces = [(reading_place(grid.box, zones), grid.text()) for grid in draft.grids]
    headings = tuple(lines[number].text for number in headings_of(lines))
    before: Line | None = None
    pitch = median([b.box[1] - a.box[1] for a, b in itertools.pairwise(lines) if b.box[1] > a.box[1]] or [12.0])
    for line in lines:
        gap = before is not None and line.box[1] - before.box[1] > 1.35 * pitch
        pieces.append((reading_place(line.box, zones), ("\n" if gap else "") + line.text))
        before = line
    pieces.sort(key=lambda piece: piece[0])
    text = "\n".join(piece for _, piece in pieces)
    if draft.turned:
        text = "\n".join([text, *draft.turned])
    return text.strip("\n"), headings
