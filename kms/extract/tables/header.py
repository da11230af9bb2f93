"""Which rows of a grid are its header, and what the header says."""

from __future__ import annotations

import itertools
import re

from kms.extract.tables.block import CAPTION
from kms.extract.tables.grid import Cell, Grid

COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2}|[IVX]{1,4}|[a-z])\s*\)?(\s*[=+:x*/()\d\s-]*)?")
MARK = re.compile(r"\(?([A-Za-z]|[IVX]{1,5}|\d{1,2}(\.\d{1,2}){0,4})[.)]{0,2}")
"""What numbers a group of rows: "A", "II.", "8.01.02"."""

DEEPEST_TITLE = 7
"""Rows of a sheet that may stand above the names of its columns."""

FIGURE = re.compile(r"[-–]|(rp\.?\s*)?(?=.*\d)[\d.,\s%()<>≤≥=+-]+", re.IGNORECASE)


def is_numbers_row(texts: list[str]) -> bool:
    """Whether a row does nothing but number the columns: "1 2 3 4 5 8 9", "(1) (2) (3)"."""
    filled = [text.strip() for text in texts if text.strip()]
    if len(filled) < 2 or len(filled) * 2 < len(texts):
        return False
    filled = without_overflow(filled)
    if not all(COLUMN_NUMBER.fullmatch(text) for text in filled):
        return False
    numbers = [int(match.group()) for text in filled if (match := re.search(r"\d+", text))]
    if not numbers:
        return len(filled) > 2 and filled[0].strip("()") in ("a", "I")
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    return rising and numbers[0] <= 2 and numbers[-1] <= len(texts) + 12 and len(numbers) * 4 >= len(filled) * 3


def without_overflow(texts: list[str]) -> list[str]:
    """Numbers of columns without the words that run over into few of them from names above, cut off on the page."""
    last = [text.rsplit(" ", 1)[-1] for text in texts]
    over = sum(a != b for a, b in zip(texts, last))
    counted = [text.strip("()") for text in last] == [str(number) for number in range(1, len(texts) + 1)]
    return last if counted and len(texts) > 3 and over * 4 <= len(texts) else texts


def header_height(grid: Grid) -> int:
    """How many rows, from the top, are header (the row of column numbers included)."""
    places = grid.places()
    for row in range(min(6, grid.height)):
        if is_numbers_row(row_texts(places, row)):
            return row + 1
    height = title_rows(grid, places)
    if height >= grid.height or not looks_like_header(grid, places, height):
        return 0
    end = height + 1
    while True:
        names = [cell for cell in grid.cells if height <= cell.row < end and (cell.text or cell.columns > 1)]
        reach = max((cell.row + cell.rows for cell in names), default=end)
        reach = min(reach, 5)
        if reach > end:
            end = reach
            continue
        parted = any(
            cell.columns > 1 and cell.columns < grid.width and cell.row + cell.rows == end
            for cell in grid.cells
            if height <= cell.row < end
        )
        if parted and end < grid.height and end - height < 4 and looks_like_header(grid, places, end, below=True):
            end += 1
            continue
        return min(end, grid.height)


def title_rows(grid: Grid, places: list[list[Cell]]) -> int:
    """How many rows, from the top, are titles within the frame; more than two where bold names of columns follow.

    In a sheet of a spreadsheet empty rows may follow the titles.
    """
    height = 0
    while height < min(grid.height, DEEPEST_TITLE):
        if not full_width(grid, places, height) and (not height or any(cell.text for cell in places[height])):
            break
        height += 1
    if height > 2:
        below = places[height] if height < grid.height else []
        names = [cell for cell in dict.fromkeys(below) if cell.text]
        return height if len(names) > 2 and all(cell.bold for cell in names) else 2
    return height


def row_texts(places: list[list[Cell]], row: int) -> list[str]:
    """Texts of a row, a cell that covers several columns told once."""
    return [cell.text if places[row].index(cell) == column else "" for column, cell in enumerate(places[row])]


def full_width(grid: Grid, places: list[list[Cell]], row: int) -> Cell | None:
    """The one cell with text that fills a row from edge to edge, perhaps without the first column; else None."""
    cells = list(dict.fromkeys(places[row]))
    last = cells[-1]
    others = any(cell.text for cell in cells[:-1])
    if grid.width < 2 or not last.text or others or last.columns < grid.width - (grid.width > 3):
        return titled(cells) if row == 0 and grid.width > 2 else None
    return last


def titled(cells: list[Cell]) -> Cell | None:
    """The first cell of a first row of empty ones where it bears a caption, as in a sheet printed with its grid."""
    first, *others = cells
    return first if CAPTION.match(first.text) and not any(cell.text for cell in others) else None


def label_of(grid: Grid, places: list[list[Cell]], row: int) -> str | None:
    """What a row says that is the label of the rows below: one cell from edge to edge, or with its mark before it."""
    if whole := full_width(grid, places, row):
        return whole.text if whole.rows == 1 else None
    cells = list(dict.fromkeys(places[row]))
    if len(cells) != 2 or grid.width < 4 or any(cell.rows > 1 for cell in cells):
        return None
    mark, name = cells
    labels = mark.columns == 1 and MARK.fullmatch(mark.text.strip()) and len(name.text) > 3
    return f"{mark.text} {name.text}" if labels else None


def looks_like_header(grid: Grid, places: list[list[Cell]], row: int, below: bool = False) -> bool:
    """Whether a row reads like names of columns: short, without figures other than years, mostly filled."""
    texts = [cell.text for cell in dict.fromkeys(places[row]) if cell.row == row]
    filled = [text for text in texts if text]
    if len(filled) < (1 if below else 2) or (not below and len(filled) * 2 < len(texts)):
        return False
    if any(len(text) > 120 for text in filled):
        return False
    figures = [text for text in filled if FIGURE.fullmatch(text) and not re.fullmatch(r"(19|20)\d\d", text)]
    if figures:
        return False
    if re.fullmatch(r"\W*(\d{1,3}|[a-zA-Z]|[IVX]+)[.)]?\W*", filled[0]) and not below:
        return False
    return sum(len(text) for text in filled) / len(filled) < 60


def header_of(grid: Grid, height: int) -> tuple[str, ...]:
    """One header row out of the first rows: for each column its texts from top to bottom, " / " between."""
    places = grid.places()
    rows = [row for row in range(height) if not is_numbers_row(row_texts(places, row))]
    rows = [row for row in rows if not (full_width(grid, places, row) and len(rows) > 1)]
    names = []
    for column in range(grid.width):
        parts: list[str] = []
        seen: list[Cell] = []
        for row in rows:
            cell = places[row][column]
            # a header grows finer downwards; what covers more columns than the name above it is a label of the rows
            wider = seen and cell.columns > seen[-1].columns
            if cell.text and cell not in seen and not wider:
                seen.append(cell)
                parts.append(cell.text)
        names.append(" / ".join(dict.fromkeys(parts)))
    return tuple(names)
