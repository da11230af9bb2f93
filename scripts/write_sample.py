"""Writes the sample corpus: the texts in scripts/sample become the PDFs of one invented office in corpus/sample.

Usage: python scripts/write_sample.py [FOLDER]      the default folder is corpus/sample

The same programs (see `makers`) give the same bytes, so that a test can hold the committed
files against their texts; `sample_texts.py` tells how these are written.
"""

from __future__ import annotations

import io
import itertools
import random
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import PIL
import pypdfium2
import reportlab
from PIL import Image
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

sys.path.insert(0, str(Path(__file__).parent))
from sample_texts import TEXTS, Grid, Text, read_table, read_text

TARGET = Path(__file__).parent.parent / "corpus" / "sample"
SCAN_DPI = 200
BREAKS = ("@page", "@landscape", "@portrait")

FAMILIES = {
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "vera": ("Vera", "VeraBd", "VeraIt"),
}


def makers() -> dict[str, str]:
    """Name and version of each program whose change may change the bytes of the files."""
    return {
        "reportlab": str(reportlab.Version),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "pillow": PIL.__version__,
        "pypdfium2": str(pypdfium2.PYPDFIUM_INFO),
    }


class Typesetter:
    """Turns the blocks of one text into the flowables of reportlab."""

    def __init__(self, text: Text) -> None:
        self.text = text
        regular, bold, _ = FAMILIES[text.font]
        size, lead = text.size, text.size * 1.42
        self.bold = bold
        self.regular = regular
        self.body = ParagraphStyle(
            "body", None, fontName=regular, fontSize=size, leading=lead, spaceAfter=7, alignment=TA_JUSTIFY
        )
        self.lead = ParagraphStyle("lead", self.body, firstLineIndent=1 * cm)
        self.item = ParagraphStyle("item", self.body, leftIndent=0.8 * cm, bulletIndent=0.1 * cm, spaceAfter=3)
        self.centre = ParagraphStyle("centre", self.body, alignment=TA_CENTER)
        self.chapter = ParagraphStyle(
            "chapter", self.centre, fontName=bold, fontSize=size + 2, leading=lead + 3, spaceAfter=12
        )
        self.section = ParagraphStyle(
            "section", self.body, fontName=bold, spaceBefore=6, spaceAfter=5, alignment=TA_LEFT
        )
        self.caption = ParagraphStyle("caption", self.centre, fontName=bold, leading=lead * 0.92, spaceBefore=6)

    def flow(self) -> Iterator[Flowable]:
        """All blocks, in order."""
        turned = False
        blocks = self.text.blocks
        for place, block in enumerate(blocks):
            if is_heading(block) and not (place and is_heading(blocks[place - 1])):
                yield CondPageBreak(self.room_for(blocks[place:]))
            if block in BREAKS[1:]:
                turned = block == "@landscape"
                yield NextPageTemplate(block[1:])
                yield PageBreak()
            elif block == "@page":
                yield PageBreak()
            elif block.startswith("```table"):
                yield self.table(read_table(block), turned)
                if place + 1 < len(blocks) and blocks[place + 1] not in BREAKS:
                    yield Spacer(1, 10)
            else:
                yield from self.words(block)

    def room_for(self, blocks: Sequence[str]) -> float:
        """What headings need on a page so that none stands alone at its foot: themselves and what begins."""
        heads = list(itertools.takewhile(is_heading, blocks))
        following = blocks[len(heads)] if len(heads) < len(blocks) else ""
        lines = sum(1 + head.count(" / ") for head in heads)
        return lines * self.text.size * 1.9 + (4.5 if following.startswith("```table") else 2.2) * cm

    def words(self, block: str) -> Iterator[Flowable]:
        """A heading, a list, a signature or a paragraph."""
        mark, _, rest = block.partition(" ")
        if mark in ("#", "##", "###"):
            style = {"#": self.chapter, "##": self.section, "###": self.caption}[mark]
            yield Paragraph(inline(rest.replace(" / ", "<br/>")), style)
        elif mark in ("@sign", "@signs"):
            yield self.signature(rest)
        elif mark == ">":
            yield Paragraph(inline(rest.replace(" / ", "<br/>")), self.centre)
        elif re.match(r"(\d+\.|[a-z]\.|-) ", block):
            for line in block.splitlines():
                label, _, words = line.partition(" ")
                yield Paragraph(inline(words), self.item, bulletText="\N{BULLET}" if label == "-" else label)
            yield Spacer(1, 5)
        else:
            yield Paragraph(inline(" ".join(block.split())), self.lead)

    def signature(self, words: str) -> Flowable:
        """One signature at the right, or two side by side; the empty line is room for the hand."""
        style = ParagraphStyle("sign", self.centre, spaceAfter=0, leading=self.text.size * 1.3)
        left, _, right = words.rpartition("||")
        cells = [Paragraph(inline(part.strip().replace(" / ", "<br/>")), style) for part in (left, right)]
        return KeepTogether([Spacer(1, 14), Table([cells], colWidths=["50%", "50%"])])

    def table(self, grid: Grid, turned: bool) -> Table:
        """The table with ruled cells, over the width of the page."""
        page = A4[1] if turned else A4[0]
        room = page - 2 * self.text.margin - 1
        widths = [width * room / sum(grid.widths) for width in grid.widths]
        plain = ParagraphStyle("cell", None, fontName=self.regular, fontSize=grid.size, leading=grid.size * 1.22)
        middle = ParagraphStyle("middle", plain, alignment=TA_CENTER)
        strong = ParagraphStyle("strong", middle, fontName=self.bold)
        group = ParagraphStyle("group", plain, fontName=self.bold)
        cells: list[list[Any]] = []
        for i, row in enumerate(grid.rows):
            if len(row) == 1:
                cells.append([Paragraph(inline(row[0]), group)] + [""] * (len(widths) - 1))
                continue
            if len(row) != len(widths):
                raise ValueError(f"{self.text.file}: {len(row)} cells instead of {len(widths)}: {row}")
            numbers = all(re.fullmatch(r"\(?\d*\)?", cell) for cell in row)
            style = [middle if numbers or j in grid.centred else plain for j in range(len(row))]
            head = i < grid.head and not numbers
            cells.append(
                [
                    "" if cell in "^<" else Paragraph(inline(cell), strong if head else style[j])
                    for j, cell in enumerate(row)
                ]
            )
        return Table(
            cells, colWidths=widths, repeatRows=grid.head if grid.repeat else 0, style=self.rules(grid), hAlign="CENTER"
        )

    def rules(self, grid: Grid) -> list[tuple[Any, ...]]:
        """The lines, shades and joined cells of a table."""
        style: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, grid.head - 1), "MIDDLE"),
            ("VALIGN", (0, grid.head), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, grid.head - 1), HexColor(self.text.shade)),
            ("BOX", (0, 0), (-1, -1), 0.6, black),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
        if not grid.cut:
            style.append(("GRID", (0, 0), (-1, -1), 0.6, black))
        for i, row in enumerate(grid.rows):
            if len(row) == 1:
                style.append(("SPAN", (0, i), (-1, i)))
                style.append(("LINEABOVE", (0, i), (-1, i), 0.6, black))
                continue
            for j, cell in enumerate(row):
                style.extend(self.join(grid, i, j, cell))
        return style

    def join(self, grid: Grid, i: int, j: int, cell: str) -> Iterator[tuple[Any, ...]]:
        """The span of a cell that others join, or the lines round it where page breaks may cut it."""
        if grid.cut and i >= grid.head:
            yield ("LINEBEFORE", (j, i), (j, i), 0.6, black)
            if cell != "^":
                yield ("LINEABOVE", (j, i), (j, i), 0.6, black)
            return
        if grid.cut:
            yield ("GRID", (j, i), (j, i), 0.6, black)
        if cell in ("^", "<"):
            return
        down = right = 0
        while i + down + 1 < len(grid.rows) and len(grid.rows[i + down + 1]) > 1 and grid.rows[i + down + 1][j] == "^":
            down += 1
        while j + right + 1 < len(grid.rows[i]) and grid.rows[i][j + right + 1] == "<":
            right += 1
        if down or right:
            yield ("SPAN", (j, i), (j + right, i + down))


def is_heading(block: str) -> bool:
    """Whether a block is a heading of any kind."""
    return block.startswith(("# ", "## ", "### "))


def inline(words: str) -> str:
    """The markup of reportlab for a run of words: `**bold**`, `*italic*`, and signs that the plain fonts lack."""
    words = re.sub(r"&(?!\w+;)", "&amp;", words)
    words = re.sub(r"<(?!/?(br|b|i|font|u)\b)", "&lt;", words)
    words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", words)
    words = re.sub(r"(?<!\w)\*(.+?)\*(?!\w)", r"<i>\1</i>", words)
    return re.sub("[≥≤]", r'<font name="Vera">\g<0></font>', words)


def draw_cover(canvas: Canvas, text: Text) -> None:
    """The front page: an invented coat of arms, the lines of the cover (a line "-" is a gap), a frame."""
    width, height = A4
    _, bold, _ = FAMILIES[text.font]
    canvas.setLineWidth(1.4)
    canvas.rect(1.6 * cm, 1.6 * cm, width - 3.2 * cm, height - 3.2 * cm)
    x, y = width / 2, height - 6.2 * cm
    shield = canvas.beginPath()
    shield.moveTo(x - 1.3 * cm, y + 1.4 * cm)
    shield.lineTo(x + 1.3 * cm, y + 1.4 * cm)
    shield.lineTo(x + 1.3 * cm, y - 0.3 * cm)
    shield.curveTo(x + 1.2 * cm, y - 1.3 * cm, x + 0.4 * cm, y - 1.7 * cm, x, y - 2 * cm)
    shield.curveTo(x - 0.4 * cm, y - 1.7 * cm, x - 1.2 * cm, y - 1.3 * cm, x - 1.3 * cm, y - 0.3 * cm)
    shield.close()
    canvas.setFillColor(HexColor(text.shade))
    canvas.drawPath(shield, fill=1, stroke=1)
    canvas.setFillColor(black)
    for wave in range(3):
        top = y - (0.2 + 0.4 * wave) * cm
        canvas.bezier(x - 0.8 * cm, top, x - 0.3 * cm, top + 0.4 * cm, x + 0.3 * cm, top - 0.4 * cm, x + 0.8 * cm, top)
    canvas.circle(x, y + 0.75 * cm, 0.3 * cm)
    line = height - 10.2 * cm
    for words in text.cover:
        if words == "-":
            line -= 2.2 * cm
            continue
        size = 18 if words.isupper() and len(words) < 46 else 13
        canvas.setFont(bold, size)
        canvas.drawCentredString(x, line, words)
        line -= size * 1.5


def write_pdf(text: Text) -> bytes:
    """The document as a PDF with its own text."""
    target = io.BytesIO()
    margin = text.margin

    def number(canvas: Canvas, frame: Any) -> None:
        canvas.setFont(FAMILIES[text.font][0], 8.5)
        foot = " | ".join(part for part in (text.foot, str(canvas.getPageNumber())) if part)
        canvas.drawCentredString(canvas._pagesize[0] / 2, 1.3 * cm, foot)

    def frame(size: tuple[float, float]) -> Frame:
        return Frame(margin, 2 * cm, size[0] - 2 * margin, size[1] - 4 * cm, 0, 0, 0, 0)

    document = BaseDocTemplate(target, pagesize=A4, title=text.title, author=text.author, invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("cover", [frame(A4)], onPage=lambda canvas, _: draw_cover(canvas, text), pagesize=A4),
            PageTemplate("portrait", [frame(A4)], onPage=number, pagesize=A4),
            PageTemplate("landscape", [frame(landscape(A4))], onPage=number, pagesize=landscape(A4)),
        ][0 if text.cover else 1 :]
    )
    story: list[Flowable] = [NextPageTemplate("portrait"), PageBreak()] if text.cover else []
    if text.cover:
        story.insert(0, Spacer(1, 1))
    document.build([*story, *Typesetter(text).flow()])
    return target.getvalue()


def scan_pdf(pdf: bytes, title: str, seed: int = 1) -> bytes:
    """The same pages as a flatbed would give them: black and white pictures, a little askew, with specks, no text."""
    chance = random.Random(seed)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    source = pypdfium2.PdfDocument(pdf)
    for page in source:
        picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(chance.uniform(-0.5, 0.5), resample=Image.Resampling.BICUBIC, fillcolor=255)
        for _ in range(60):
            spot = (chance.randrange(picture.width - 2), chance.randrange(picture.height - 2))
            picture.paste(0, (*spot, spot[0] + chance.randint(1, 2), spot[1] + chance.randint(1, 2)))
        canvas.drawImage(ImageReader(picture.point(lambda grey: 255 * (grey > 150), mode="1")), 0, 0, *A4)
        canvas.showPage()
        page.close()
    source.close()
    canvas.save()
    return target.getvalue()


def write_sample(target: Path, texts: Path = TEXTS) -> list[Path]:
    """Writes every text of `texts` as a PDF into `target` (made when missing); the answer is the files, in order."""
    for name, file in {"Vera": "Vera.ttf", "VeraBd": "VeraBd.ttf", "VeraIt": "VeraIt.ttf"}.items():
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBd")
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(texts.glob("*.md")):
        text = read_text(path, texts)
        pdf = write_pdf(text)
        written.append(target / text.file)
        written[-1].write_bytes(scan_pdf(pdf, text.title) if text.scan else pdf)
    return written


if __name__ == "__main__":
    for made in write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET):
        print(f"{made.stat().st_size:8} {made.name}")
