"""What reading a picture gives: words, grids of cells, and the page they make up.

Boxes are (x0, top, x1, bottom) in PDF points with the origin at the top left of the page as displayed, also when the
picture had to be turned or straightened before it could be read. Confidences are between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kms.language import Message
from kms.model import Box, Table


@dataclass(frozen=True)
class Availability:
    """Whether pictures can be read on this machine.

    ``engine`` is the name and version of the OCR program, None when it is missing. ``languages`` maps each language
    found ("ind", "eng", "osd") to the folder its model lies in. ``missing`` are sentences that say what is not there
    and how to get it; some of them may stand although ``ready`` is True (Indonesian missing: English reads, worse).
    """

    engine: str | None
    languages: dict[str, str] = field(default_factory=dict)
    missing: tuple[Message, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether a page can be read at all."""
        return self.engine is not None and bool(self.languages.keys() & {"ind", "eng"})


@dataclass(frozen=True)
class OcrWord:
    """One word as read, with its place."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True)
class OcrLine:
    """Words on one line, left to right. ``block`` and ``paragraph`` number what belongs together, in reading order."""

    words: tuple[OcrWord, ...]
    block: int = 0
    paragraph: int = 0

    @property
    def text(self) -> str:
        """The words, one space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words."""
        return around([word.box for word in self.words])


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid: its first row and column (0-based), how many of each it covers, its text and its words."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    box: Box
    lines: tuple[OcrLine, ...] = ()


@dataclass(frozen=True)
class OcrGrid:
    """A ruled table as it stands on one page, before anything is made of its header.

    ``cells`` are ordered by row, then column; they do not overlap, and every place of the ``height`` x ``width`` grid
    belongs to exactly one of them.
    """

    height: int
    width: int
    cells: tuple[GridCell, ...]
    box: Box

    def rows(self) -> list[list[str]]:
        """The texts as rows of ``width`` cells; a merged cell's text stands in its first place, "" in the others."""
        rows = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows

    def text(self) -> str:
        """Cells of a row joined by a tab, rows by a newline; places covered by a merged cell are left out."""
        lines: list[list[str]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            lines[cell.row].append(cell.text)
        return "\n".join("\t".join(line) for line in lines if any(line))


@dataclass(frozen=True)
class OcrPage:
    """A page read from a picture.

    ``blocks`` are its running text and its grids in reading order, ``text`` the same as one string, in which a grid
    is told by its cells. ``tables`` are the grids as raw tables: no header, every printed row a row. ``turned`` is by
    how many degrees clockwise the picture was turned before reading (0, 90, 180, 270), ``skew`` by how many more it
    was straightened. ``confidence`` is the mean over words, 0 where there are none. ``languages`` are the models used.
    """

    text: str
    width: float
    height: float
    blocks: tuple[str | OcrGrid, ...] = ()
    lines: tuple[OcrLine, ...] = ()
    tables: tuple[Table, ...] = ()
    turned: int = 0
    skew: float = 0.0
    confidence: float = 0.0
    languages: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[OcrWord, ...]:
        """Every word of the page: running text first, then the grids cell by cell."""
        cells = [cell for grid in self.grids for cell in grid.cells]
        lines = [*self.lines, *(line for cell in cells for line in cell.lines)]
        return tuple(word for line in lines for word in line.words)

    @property
    def grids(self) -> tuple[OcrGrid, ...]:
        """The grids in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, OcrGrid))


def around(boxes: list[Box]) -> Box:
    """The smallest box around ``boxes``, (0, 0, 0, 0) around none."""
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
