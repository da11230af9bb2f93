"""Pages as an office prints them, typeset by LibreOffice in many fonts, with the truth of what stands on them.

Everything on them is invented. A table is written as rows of texts; "<" is covered by the cell to its left, "^" by the
one above.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

NUMERIC = set("0123456789.,%-()/<>≥≤: Rp")


@dataclass(frozen=True)
class Grid:
    """A ruled table: ``widths`` in cm, ``size`` of print and ``padding`` in points; ``line`` its rule's kind, eighths
    of a point and colour; ``fill`` and ``ink`` of its ``head`` rows; ``sides`` whether its vertical rules are drawn."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: float = 9
    padding: float = 3
    line: tuple[str, int, str] = ("single", 4, "000000")
    head: int = 1
    fill: str = ""
    ink: str = "000000"
    sides: bool = True
    middle: bool = True


@dataclass(frozen=True)
class Print:
    """One page: its paragraphs and tables. A paragraph that begins with "#" is a heading, with ">" indented."""

    name: str
    font: str
    size: float
    blocks: tuple[str | Grid, ...]
    wide: bool = False
    spacing: float = 1.15
    justified: bool = True


def prints() -> list[Print]:
    """Those of ``truth/prints.json``, a row of a table as one string with its cells parted by " | "."""
    found = json.loads((Path(__file__).parent / "truth/prints.json").read_text("utf-8"))
    return [Print(**{**page, "blocks": tuple(map(block_of, page["blocks"]))}) for page in found]


def block_of(block: str | dict[str, Any]) -> str | Grid:
    if isinstance(block, str):
        return block
    rows = tuple(tuple(cell.strip() for cell in row.split("|")) for row in block["rows"])
    return Grid(**{**block, "rows": rows})


def truth_of(page: Print) -> dict[str, Any]:
    """What stands on the page, as ``rkt-2021.truth.json`` has it."""
    text: list[str] = []
    tables = []
    for block in page.blocks:
        if isinstance(block, str):
            text.append(block.lstrip("#> "))
            continue
        rows = [["" if cell in ("<", "^") else cell for cell in row] for row in block.rows]
        tables.append({"rows": rows})
        text += [cell for row in rows for cell in row if cell]
    return {"name": page.name, "text": text, "tables": tables}


def typeset(pages: Sequence[Print], folder: Path) -> list[Path]:
    """A PDF of each page, one page long; raises RuntimeError without LibreOffice or for a page that runs over."""
    import pypdfium2 as pdfium

    office = shutil.which("soffice")
    if not office:
        raise RuntimeError("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as place:
        written = [write(page, Path(place) / f"{page.name}.docx") for page in pages]
        profile = f"-env:UserInstallation=file://{place}/profile"
        asked = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, written)]
        subprocess.run(asked, check=True, capture_output=True)
    made = [folder / f"{page.name}.pdf" for page in pages]
    for path in made:
        if (length := len(pdfium.PdfDocument(path))) != 1:
            raise RuntimeError(f"{path.name} has {length} pages")
    return made


def write(page: Print, path: Path) -> Path:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if page.wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = page.font, Pt(page.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), page.font)
    for block in page.blocks:
        if isinstance(block, Grid):
            draw_table(document, block, page)
            continue
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.line_spacing = page.spacing
        paragraph.paragraph_format.space_after = Pt(6)
        run = paragraph.add_run(block.lstrip("#> "))
        if block.startswith("#"):
            run.bold = True
        elif page.justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if block.startswith(">"):
            paragraph.paragraph_format.left_indent = Cm(1)
    document.save(str(path))
    return path


def draw_table(document: Any, block: Grid, page: Print) -> None:
    height, width = len(block.rows), len(block.rows[0])
    table = document.add_table(height, width)
    table.autofit = False
    set_lines(table, block)
    for r, row in enumerate(block.rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = c + 1
            while right < width and row[right] == "<":
                right += 1
            bottom = r + 1
            while bottom < height and block.rows[bottom][c] == "^":
                bottom += 1
            cell = table.cell(r, c)
            if right > c + 1 or bottom > r + 1:
                cell = cell.merge(table.cell(bottom - 1, right - 1))
            fill_cell(cell, text, block, head=r < block.head)
        for c, centimetres in enumerate(block.widths):
            table.cell(r, c).width = Cm(centimetres)
    for column, centimetres in zip(table.columns, block.widths):
        column.width = Cm(centimetres)
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(2)


def fill_cell(cell: Any, text: str, block: Grid, head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size = Pt(block.size)
    if head:
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(block.ink)
    if head or (len(text) < 8 and set(text) <= NUMERIC):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif set(text) <= NUMERIC:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    properties = cell._tc.get_or_add_tcPr()
    if head and block.fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=block.fill))
    if block.middle:
        properties.append(element("w:vAlign", val="center"))


def set_lines(table: Any, block: Grid) -> None:
    kind, eighths, colour = block.line
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = block.sides or side in ("top", "bottom", "insideH")
        borders.append(element(f"w:{side}", val=kind if drawn else "nil", sz=str(eighths), space="0", color=colour))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        points = block.padding if side in ("left", "right") else block.padding / 2
        margins.append(element(f"w:{side}", w=str(round(points * 20)), type="dxa"))
    properties.append(margins)


def element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
