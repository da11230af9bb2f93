"""A table as read from one or more pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Table:
    """One logical table: a header row, body rows of the same width, and where they stand.

    ``pages`` are the pages it runs over, in order, and ``boxes`` the box on each of them; ``page`` and ``bbox``
    are the first of these. ``header`` is empty when the table has none; a header over two levels is one row
    ("Kondisi / 2019"). ``groups[i]`` is the label of the full-width row above ``rows[i]``, or None.
    ``row_pages[i]`` is the page on which row i begins, ``cell_boxes[i][j]`` the box of a cell on that page, or
    None for a cell filled from a merged neighbour. ``method`` tells how it was found: "ruled", "rules" (horizontal
    lines only), "gaps" (column gaps), "ocr".
    """

    page: int
    pages: tuple[int, ...]
    caption: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bbox: Box
    boxes: tuple[Box, ...] = ()
    groups: tuple[str | None, ...] = ()
    row_pages: tuple[int, ...] = ()
    cell_boxes: tuple[tuple[Box | None, ...], ...] = ()
    source: Literal["text", "ocr"] = "text"
    method: str = "ruled"

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.header) or max((len(row) for row in self.rows), default=0)
