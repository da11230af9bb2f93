"""A grid of cells as it stands on one page, before anything is made of its header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kms.model import Box


@dataclass(frozen=True)
class Cell:
    """A cell: its first row and column (0-based), how many of each it covers, its text and place."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    box: Box
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """Cells that cover ``height`` x ``width`` places without overlap, ordered by row and column.

    ``caption`` stands above it on its page. ``first`` and ``last`` tell whether nothing but running heads stands
    above or below it on its page; ``columns`` are the x of the edges of its columns.
    """

    page: int
    height: int
    width: int
    cells: tuple[Cell, ...]
    box: Box
    columns: tuple[float, ...] = ()
    method: str = "ruled"
    source: Literal["text", "ocr"] = "text"
    caption: str | None = None
    first: bool = False
    last: bool = False

    def places(self) -> list[list[Cell]]:
        """For each place of the grid the cell that covers it."""
        rows: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = cell
        empty = Cell(0, 0, 1, 1, "", (0.0, 0.0, 0.0, 0.0))
        return [[cell or empty for cell in row] for row in rows]

    def text(self) -> str:
        """Cells of a row joined by a tab, rows by a newline; a merged cell is told once, empty ones are left out."""
        lines: list[list[str]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            if cell.text:
                lines[cell.row].append(cell.text)
        return "\n".join("\t".join(line) for line in lines if line)
