"""Grids of single pages into logical tables: header, groups, merged cells filled, continued over pages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from kms.extract.tables.block import CAPTION
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.header import full_width, header_height, header_of, is_numbers_row, label_of, row_texts
from kms.model import Box, Table


@dataclass
class Row:
    """A body row while a table is put together; ``covered`` tells which cells belong to a cell of a row above."""

    texts: list[str]
    boxes: list[Box | None]
    covered: list[bool]
    page: int
    group: str | None = None


@dataclass
class Draft:
    """A logical table while it is put together; ``heads`` are the rows of its header, which may come again."""

    grids: list[Grid]
    header: tuple[str, ...]
    heads: frozenset[tuple[str, ...]] = frozenset()
    rows: list[Row] = field(default_factory=list)

    def table(self) -> Table:
        """The finished table."""
        first = self.grids[0]
        return Table(
            page=first.page,
            pages=tuple(dict.fromkeys(grid.page for grid in self.grids)),
            caption=first.caption,
            header=self.header,
            rows=tuple(tuple(row.texts) for row in self.rows),
            bbox=rounded(first.box),
            boxes=tuple(rounded(grid.box) for grid in self.grids),
            groups=tuple(row.group for row in self.rows),
            row_pages=tuple(row.page for row in self.rows),
            cell_boxes=tuple(tuple(box and rounded(box) for box in row.boxes) for row in self.rows),
            source=first.source,
            method=first.method,
        )


def rounded(box: Box) -> Box:
    """A box in tenths of a point."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def assemble(grids: Iterable[Grid]) -> list[Table]:
    """Logical tables of a document out of its grids in reading order."""
    drafts: list[Draft] = []
    for grid in grids:
        before = drafts[-1] if drafts else None
        if before and continues(before, grid):
            go_on(before, grid)
        else:
            drafts.append(begin(grid))
    return [draft.table() for draft in drafts if draft.rows or draft.header]


def begin(grid: Grid) -> Draft:
    """A table that starts with this grid."""
    height = header_height(grid)
    if height >= grid.height and grid.height > 1 and not grid.last:
        height = 0 if height > 3 else height
    places = grid.places()
    heads = frozenset(plain(row_texts(places, number)) for number in range(height))
    draft = Draft([title_as_caption(grid, height)], header_of(grid, height) if height else (), heads)
    draft.rows = body(grid, height, heads)
    titles = [title for title in titles_of(grid, height) if title not in (grid.caption or title)]
    if titles:
        for row in itertools.takewhile(lambda row: row.group is None, draft.rows):
            row.group = titles[-1]
    return draft


def title_as_caption(grid: Grid, height: int) -> Grid:
    """The grid with the full-width titles in its header as its caption, where it has no other."""
    titles = titles_of(grid, height)
    return replace(grid, caption=" ".join(titles)) if titles and not grid.caption else grid


def titles_of(grid: Grid, height: int) -> list[str]:
    """What the full-width rows say that stand above the names of columns in a header."""
    places = grid.places()
    rows = itertools.takewhile(bool, (full_width(grid, places, row) for row in range(height)))
    return list(dict.fromkeys(cell.text for cell in rows if cell))


def body(grid: Grid, start: int, heads: Collection[tuple[str, ...]]) -> list[Row]:
    """Body rows, merged cells filled down, full-width rows turned into the label of the rows below.

    Rows of the header (``heads``) that come again among them are left out.
    """
    places = grid.places()
    rows: list[Row] = []
    group: str | None = None
    for number in range(start, grid.height):
        label = label_of(grid, places, number)
        if label:
            group = label
            continue
        if is_numbers_row(row_texts(places, number)) and number - start < 2 and number < 6:
            continue
        texts = plain(row_texts(places, number))
        if texts in heads and sum(map(bool, texts)) > 1:
            continue
        row = row_of(grid, places, number, start)
        if any(row.texts):
            row.group = group
            rows.append(row)
    return rows


def row_of(grid: Grid, places: list[list[Cell]], number: int, start: int) -> Row:
    """One body row; a cell over several columns stands in the first of them."""
    texts: list[str] = []
    boxes: list[Box | None] = []
    covered: list[bool] = []
    for column, cell in enumerate(places[number]):
        above = cell.row < number and number > start
        texts.append(cell.text if column == cell.column else "")
        boxes.append(None if above or column != cell.column else cell.box)
        covered.append(above)
    return Row(texts, boxes, covered, grid.page)


def continues(draft: Draft, grid: Grid) -> bool:
    """Whether a grid goes on with a table of the page before."""
    last = draft.grids[-1]
    if grid.page != last.page + 1 or not last.last or not grid.first or grid.source != last.source:
        return False
    height = header_height(grid)
    if not any(header_of(grid, height)):
        height = 0  # column numbers alone are no header of its own
    repeated = bool(height) and alike(header_of(grid, height), draft.header)
    # where words alone show the columns, these stand at other places on every page
    part = 0.2 if repeated and grid.method != "ruled" else 0.03 if repeated else 0.015
    if grid.width != last.width or not same_columns(last, grid, part):
        return False
    if repeated:
        return True
    if grid.caption and not re.search(r"lanjutan|sambungan", grid.caption, re.IGNORECASE):
        return False
    if not height or picks_up(draft, grid, 0):
        return True
    if alike(digitless(header_of(grid, height)), digitless(draft.header)):
        return picks_up(draft, grid, height)
    places = grid.places()
    numbered = any(is_numbers_row(row_texts(places, row)) for row in range(height))
    return not numbered and not any(cell.bold and cell.text for cell in grid.cells if cell.row < height)


def picks_up(draft: Draft, grid: Grid, start: int) -> bool:
    """Whether the first row from ``start`` on has nothing in its first column, or the number after the last one."""
    places = grid.places()
    if start >= grid.height or not draft.rows:
        return False
    first = places[start][0].text
    if not first:
        return any(cell.text for cell in places[start])
    before = [number for row in draft.rows if (number := re.fullmatch(r"(\d+)[.)]?", row.texts[0]))]
    mine = re.fullmatch(r"(\d+)[.)]?", first)
    return bool(before and mine and int(mine[1]) == int(before[-1][1]) + 1)


def digitless(header: tuple[str, ...]) -> tuple[str, ...]:
    """A header without its figures."""
    return tuple(re.sub(r"\d", "", name) for name in header)


def same_columns(one: Grid, other: Grid, part: float) -> bool:
    """Whether two grids have the same columns, but for a ``part`` of their width and perhaps a shift of all."""
    if len(one.columns) != len(other.columns) or not one.columns:
        return one.width == other.width
    shift = other.columns[0] - one.columns[0]
    allowed = max(4.0, part * (one.columns[-1] - one.columns[0]))
    return all(abs(b - a - shift) <= allowed for a, b in zip(one.columns, other.columns))


def alike(header: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two headers say the same but for spaces and case, and for the ends of few names of several words.

    A header that is repeated may have less room for its names than the first.
    """

    one, two = plain(header), plain(other)
    if len(one) != len(two):
        return False
    differ = [(a, b) for a, b in zip(one, two) if a != b]
    cut = all(min(len(a), len(b)) > 7 and (a.startswith(b) or b.startswith(a)) for a, b in differ)
    return cut and len(differ) * 4 <= len(one)


def plain(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts without case, spaces and signs."""
    return tuple(re.sub(r"\W", "", text).lower() for text in texts)


def go_on(draft: Draft, grid: Grid) -> None:
    """Add the rows of a grid to a table, a row cut by the page break made one."""
    height = header_height(grid)
    if not (height and alike(digitless(header_of(grid, height)), digitless(draft.header))):
        places = grid.places()
        height = 0
        while height < grid.height and is_numbers_row(row_texts(places, height)):
            height += 1
    rows = body(grid, height, draft.heads)
    before = titles_of(draft.grids[0], header_height(draft.grids[0]))
    titles = [title for title in titles_of(grid, height) if title not in before and not CAPTION.match(title)]
    draft.grids.append(grid)
    label = titles[-1] if titles else draft.rows[-1].group if draft.rows else None
    for row in rows:
        if row.group is None:
            row.group = label
    if rows and draft.rows and rows[0].group == label:
        rows = mend_break(draft.rows, rows)
    draft.rows.extend(rows)


def mend_break(above: list[Row], below: list[Row]) -> list[Row]:
    """The rows below a page break with the first, where it was cut, joined to the last row above."""
    last, first = above[-1], below[0]
    if re.fullmatch(r"\(?\d{1,3}[.)]{0,2}", first.texts[0]):
        fill_merged(last, below)
        return below
    filled = [column for column, text in enumerate(first.texts) if text]
    going = {column for column in filled if goes_on(last.texts[column], first.texts[column])}
    if 0 not in filled and len(filled) < 3 and all(is_remainder(last.texts[n], first.texts[n]) for n in filled):
        going.update(filled)
    fresh = [column for column in filled if column not in going and last.texts[column]]
    lead = filled[0] if filled else 0
    if lead == 0 and 0 not in going:
        return below
    if filled and not fresh and going:
        for column in filled:
            spread(above, column, f"{last.texts[column]} {first.texts[column]}".strip())
        rest = below[1:]
        for column, text in enumerate(first.texts):
            if rest and rest[0].covered[column] and not text and last.texts[column]:
                fill(rest, column, "", last.texts[column])
        return rest
    for column in going:
        whole = f"{last.texts[column]} {first.texts[column]}"
        spread(above, column, whole)
        fill(below, column, first.texts[column], whole)
    for column in range(lead):
        if not first.texts[column] and last.texts[column] and cut_in_two(above, below, column):
            fill(below, column, "", last.texts[column])
    return below


def cut_in_two(above: list[Row], below: list[Row], column: int) -> bool:
    """Whether an empty cell below a page break is the rest of the cell above it.

    It is where it is merged with cells below it, and else where the column leaves no other cell empty.
    """
    if len(below) > 1 and below[1].covered[column]:
        return True
    return all(row.texts[column] or row.covered[column] for row in (*above, *below[1:]))


def is_remainder(above: str, below: str) -> bool:
    """Whether a text is no more than the last words of the cell above a page break."""
    short = len(below.split()) <= 3 and not re.search(r"\d|%", below)
    return short and above.count(" ") > 1 and not re.search(r"[.;:!?]$", above)


def spread(rows: list[Row], column: int, text: str) -> None:
    """Give a text to the last row's cell and to the rows above that belong to the same merged cell."""
    for row in reversed(rows):
        row.texts[column] = text
        if not row.covered[column]:
            return


def fill(rows: list[Row], column: int, old: str, text: str) -> None:
    """Give a text to the first row's cell and to the rows below that belong to the same merged cell."""
    for number, row in enumerate(rows):
        if number and not (row.covered[column] and row.texts[column] == old):
            return
        row.texts[column] = text
        row.boxes[column] = row.boxes[column] if old else None
        row.covered[column] = True


def fill_merged(last: Row, below: list[Row]) -> None:
    """Fill what is merged below a page break and says nothing: it belongs to the cell above, where that has words."""
    for column, text in enumerate(below[0].texts):
        merged = len(below) > 1 and below[1].covered[column]
        if merged and not text and re.search(r"[^\W\d]{3}", last.texts[column]):
            fill(below, column, "", last.texts[column])


def goes_on(above: str, below: str) -> bool:
    """Whether the text of a cell goes on below a page break."""
    if not above or re.search(r"[.;:!?]$", above) or re.match(r"\(?([a-z]|\d{1,2})([.)]\s|\s+[A-Z])", below):
        return False
    return bool(re.match(r"[a-z(,;/&%]|-\w", below)) or bool(re.search(r"\w-$|,$| (dan|atau|di|dalam)$", above))
