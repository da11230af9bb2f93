"""Tables made up to try a reader: many ways of drawing the same kind of content, each with what it truly says.

Nothing here is taken from a real document. ``make(kind, seed, path)`` writes a PDF and returns its tables;
``python benchmarks/variety.py KIND SEED FILE.pdf`` writes one for looking at.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

KINDS = (
    "grid", "dashed", "bars", "shaded", "merged", "rotated", "cut", "standing", "rows ruled", "three rules", "none",
    "unnumbered", "narrow", "two levels",
)  # fmt: skip
FREE = ("prose", "lists", "contents", "letter")
"""Kinds of pages without any table."""

FONTS = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold"))
NOUNS = [
    "forum", "warga", "toleransi", "pemilih", "pemuda", "konflik", "wawasan", "kerukunan", "organisasi", "pelatihan",
    "data", "laporan", "jembatan", "pasar", "sekolah", "puskesmas", "irigasi", "koperasi", "wisata", "arsip", "pajak",
    "perizinan", "pegawai", "aset", "sampah", "air", "jalan", "banjir",
]  # fmt: skip
VERBS = ["meningkatnya", "menurunnya", "terlaksananya", "tersusunnya", "terbinanya", "terpeliharanya", "terkelolanya"]
ADJECTIVES = [
    "tertib", "mandiri", "terpadu", "berkala", "aktif", "sehat", "layak", "tangguh", "daerah", "wilayah", "perkotaan",
    "masyarakat",
]  # fmt: skip
UNITS = ("%", "orang", "dokumen", "kali", "unit", "indeks")
AGENCIES = ("Dinas Melati", "Badan Kenanga", "Kantor Cempaka", "Bagian Mawar", "Kecamatan Dahlia")


@dataclass
class Truth:
    """A table as it is: header in one row, body rows with merged cells filled, the pages it stands on (1-based)."""

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    pages: set[int] = field(default_factory=set)


@dataclass
class Look:
    """How the tables of a document look."""

    font: str
    bold: str
    size: float
    padding: float
    weight: float
    colour: Any
    leading: float
    middle: bool


def look_of(chance: random.Random) -> Look:
    """Fonts, paddings and rules drawn by lot."""
    font, bold = chance.choice(FONTS)
    size = chance.choice((7, 8, 9, 10, 11))
    return Look(
        font,
        bold,
        size,
        chance.choice((1.5, 2.5, 4, 6)),
        chance.choice((0.25, 0.5, 1, 1.5)),
        chance.choice((colors.black, colors.grey, colors.darkblue, colors.HexColor("#8c4a00"))),
        size * chance.choice((1.15, 1.2, 1.3)),
        chance.random() < 0.3,
    )


def phrase(chance: random.Random, words: int) -> str:
    """Some words that read like the name of a programme or an indicator."""
    parts = [chance.choice(VERBS)]
    while len(parts) < words:
        parts += [chance.choice(NOUNS), chance.choice(ADJECTIVES)]
    text = " ".join(parts[:words])
    return text[0].upper() + text[1:]


def sentence(chance: random.Random) -> str:
    return phrase(chance, chance.randint(9, 18)) + ", " + phrase(chance, chance.randint(5, 14)).lower() + "."


def prose(chance: random.Random, sentences: int) -> Paragraph:
    style = ParagraphStyle("p", fontName="Times-Roman", fontSize=11, leading=16, alignment=TA_JUSTIFY, spaceAfter=8)
    return Paragraph(" ".join(sentence(chance) for _ in range(sentences)), style)


def figure(chance: random.Random) -> str:
    return chance.choice(
        (
            f"{chance.randint(1, 99)},{chance.randint(1, 99):02d}",
            f"{chance.randint(1, 999)}.{chance.randint(0, 999):03d}.000",
            f"{chance.randint(1, 100)} %",
            str(chance.randint(1, 400)),
            f"{chance.randint(1, 9)}.{chance.randint(0, 999):03d}",
        )
    )


def paragraph(text: str, look: Look, alignment: int, bold: bool = False) -> Paragraph:
    style = ParagraphStyle(
        "c", fontName=look.bold if bold else look.font, fontSize=look.size, leading=look.leading, alignment=alignment
    )
    return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style)


def contents(chance: random.Random, rows: int, numbered: bool, figures: int) -> tuple[list[str], list[list[str]]]:
    """Header and rows: a number, one or two texts, a unit, figures."""
    header = ["No"] if numbered else []
    header += chance.choice((["Program"], ["Sasaran", "Indikator Kinerja"], ["Uraian Kegiatan"]))
    header += ["Satuan"] if chance.random() < 0.5 else []
    first = chance.randint(2015, 2022)
    header += (
        [str(first + n) for n in range(figures)]
        if chance.random() < 0.6
        else ["Target", "Realisasi", "Capaian"][:figures]
    )
    header += ["Pelaksana"] if chance.random() < 0.4 else []
    body = []
    mark = chance.choice(("{}", "{}.", "({})"))
    for number in range(1, rows + 1):
        row = []
        for name in header:
            if name == "No":
                row.append(mark.format(number))
            elif name in ("Program", "Sasaran", "Indikator Kinerja", "Uraian Kegiatan"):
                row.append(phrase(chance, chance.randint(2, 12)))
            elif name == "Satuan":
                row.append(chance.choice(UNITS))
            elif name == "Pelaksana":
                row.append(chance.choice(AGENCIES))
            else:
                row.append("-" if chance.random() < 0.05 else figure(chance))
        body.append(row)
    return header, body


def is_text(name: str) -> bool:
    return name in ("Program", "Sasaran", "Indikator Kinerja", "Uraian Kegiatan")


def widths(header: Sequence[str], room: float, chance: random.Random, look: Look) -> list[float]:
    """Widths of columns: narrow numbers, figures wide enough for their longest, the rest for texts."""
    result = []
    for name in header:
        if name == "No":
            result.append(4 * 0.62 * look.size + 2 * look.padding)
        elif is_text(name):
            result.append(0.0)
        else:
            result.append(13 * 0.62 * look.size * chance.choice((1.0, 1.15)) + 2 * look.padding)
    rest = max(room - sum(result), 90.0 * result.count(0.0))
    rest = min(rest, 260.0 * result.count(0.0))
    return [width or rest / result.count(0.0) for width in result]


def alignments(header: Sequence[str], chance: random.Random) -> list[int]:
    right = chance.choice((TA_RIGHT, TA_CENTER))
    return [
        TA_LEFT if is_text(name) or name in ("Pelaksana",) else (TA_CENTER if name in ("No", "Satuan") else right)
        for name in header
    ]


def cells(rows: Sequence[Sequence[str]], look: Look, aligned: Sequence[int], heads: int) -> list[list[Any]]:
    return [
        [paragraph(text, look, TA_CENTER if n < heads else aligned[c], bold=n < heads) for c, text in enumerate(row)]
        for n, row in enumerate(rows)
    ]


def base_style(look: Look) -> list[tuple[Any, ...]]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if look.middle else "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), look.padding) for side in ("LEFT", "RIGHT")),
        *((f"{side}PADDING", (0, 0), (-1, -1), max(1.0, look.padding * 0.7)) for side in ("TOP", "BOTTOM")),
    ]


def drawn(kind: str, look: Look, rows: int) -> list[tuple[Any, ...]]:
    """The rules of a kind."""
    whole = ((0, 0), (-1, -1))
    if kind in ("grid", "merged", "rotated", "cut", "narrow", "two levels"):
        return [("GRID", *whole, look.weight, look.colour)]
    if kind == "dashed":
        return [("GRID", *whole, look.weight, look.colour, "butt", (2, 1.5))]
    if kind == "bars":
        return [("GRID", *whole, 1.2, colors.white), *(("BACKGROUND", (0, n), (-1, n), shade(n)) for n in range(rows))]
    if kind == "shaded":
        return [("BACKGROUND", (0, n), (-1, n), shade(n)) for n in range(rows)]
    if kind == "standing":
        return [
            ("INNERGRID", (0, 0), (-1, 0), look.weight, look.colour),
            ("BOX", *whole, look.weight, look.colour),
            ("LINEAFTER", (0, 0), (-2, -1), look.weight, look.colour),
            ("LINEBELOW", (0, 0), (-1, 0), look.weight, look.colour),
        ]
    if kind == "rows ruled":
        return [("LINEBELOW", *whole, look.weight, look.colour), ("LINEABOVE", (0, 0), (-1, 0), 1, look.colour)]
    if kind in ("three rules", "unnumbered"):
        lines = [("LINEABOVE", (0, 0), (-1, 0), 1, look.colour), ("LINEBELOW", (0, 0), (-1, 0), 0.5, look.colour)]
        return [*lines, ("LINEBELOW", (0, -1), (-1, -1), 1, look.colour)]
    return []


def shade(row: int) -> Any:
    return colors.HexColor(("#cfe2f3" if row == 0 else "#eeeeee") if row % 2 == 0 else "#fafafa")


def make(kind: str, seed: int, path: Path) -> list[Truth]:
    """Write a PDF of one kind and return its tables in order; no two seeds look alike."""
    chance = random.Random(f"{kind} {seed}")
    look = look_of(chance)
    size = landscape(A4) if kind in ("two levels",) or chance.random() < 0.2 else A4
    room = size[0] - 120
    story: list[Any] = [prose(chance, chance.randint(1, 4))]
    truths: list[Truth] = []
    if kind in FREE:
        story += free(kind, chance)
    else:
        number = f"{chance.randint(1, 5)}.{chance.randint(1, 30)}"
        centred = ParagraphStyle("t", fontName="Times-Bold", fontSize=11, leading=14, alignment=TA_CENTER, spaceAfter=4)
        story.append(Paragraph(f"Tabel {number}<br/>{phrase(chance, 5)} Tahun {chance.randint(2016, 2024)}", centred))
        table, truth = table_of(kind, chance, look, room)
        truths.append(truth)
        story.append(table)
        if chance.random() < 0.5:
            note = ParagraphStyle("n", fontName="Times-Italic", fontSize=8, leading=10)
            story.append(Paragraph(f"Sumber: {chance.choice(AGENCIES)}, {chance.randint(2016, 2024)}", note))
        story += [Spacer(1, 12), prose(chance, chance.randint(1, 4))]
    watermark = chance.random() < 0.25
    turn = chance.choice((90, 270)) if kind == "rotated" else 0

    def decorate(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        if watermark:
            canvas.setFillColor(colors.HexColor("#e8e8e8"))
            canvas.setFont("Helvetica-Bold", 48)
            canvas.translate(size[0] / 2, size[1] / 2)
            canvas.rotate(45)
            canvas.drawCentredString(0, 0, "SALINAN")
        canvas.restoreState()
        canvas.setFont("Times-Italic", 9)
        canvas.line(60, 45, size[0] - 60, 45)
        canvas.drawString(60, 32, "Laporan Kota Tirtaraja")
        canvas.drawRightString(size[0] - 60, 32, str(document.page))

    document = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=60, rightMargin=60, topMargin=60, bottomMargin=60, invariant=1
    )
    document.build(story, onFirstPage=decorate, onLaterPages=decorate)
    if turn:
        turned(path, turn)
    return truths


def turned(path: Path, turn: int) -> None:
    """Write the pages so that they lie on their side and are displayed upright by their rotation."""
    document = pypdfium2.PdfDocument(path)
    fresh = pypdfium2.PdfDocument.new()
    for number in range(len(document)):
        width, height = document[number].get_size()
        form = document.page_as_xobject(number, fresh)
        item = form.as_pageobject()
        sheet = fresh.new_page(height, width)
        matrix = pypdfium2.PdfMatrix().rotate(turn, ccw=True)
        item.set_matrix(matrix.translate(height, 0) if turn == 90 else matrix.translate(0, width))
        sheet.insert_obj(item)
        sheet.set_rotation(turn)
        sheet.gen_content()
    fresh.save(path)


def table_of(kind: str, chance: random.Random, look: Look, room: float) -> tuple[Table, Truth]:
    """A table of a kind and what it says."""
    rows = chance.randint(45, 90) if kind == "cut" else chance.randint(3, 9)
    numbered = kind not in ("unnumbered",) and (kind != "shaded" or chance.random() < 0.5)
    header, body = contents(chance, rows, numbered, chance.randint(1, 3) if kind != "two levels" else 3)
    aligned = alignments(header, chance)
    columns = widths(header, room, chance, look)
    style = base_style(look)
    if kind == "narrow":
        figures = [
            n for n, name in enumerate(header) if not is_text(name) and name not in ("No", "Satuan", "Pelaksana")
        ]
        for number in figures:
            columns[number] = 6.2 * 0.56 * look.size + 2 * look.padding
    total = kind in ("grid", "rows ruled", "three rules", "none") and chance.random() < 0.4
    if total:
        label = 1 if numbered else 0
        body.append(
            [
                (
                    "Jumlah"
                    if n == label
                    else ("" if is_text(name) or name in ("No", "Satuan", "Pelaksana") else figure(chance))
                )
                for n, name in enumerate(header)
            ]
        )
    shown = [header, *body]
    heads = 1
    names = tuple(header)
    truth_rows = [tuple(row) for row in body]
    if kind == "two levels" or (kind in ("three rules", "none", "grid") and chance.random() < 0.3):
        shown, names, more = two_levels(header, body, aligned, ruled=kind == "three rules", look=look)
        style += more
        heads = len(shown) - len(body)
    if kind in ("grid", "merged", "none", "three rules") and chance.random() < 0.4:
        shown.insert(heads, [str(n + 1) for n in range(len(header))])
        heads += 1
    if kind == "merged":
        more, truth_rows = merge(chance, shown, heads, header, truth_rows)
        style += more
    repeat = heads if kind != "cut" or chance.random() < 0.5 else 0
    style += drawn(kind, look, len(shown))
    if kind == "three rules" and heads > 1:
        style = [s for s in style if s != ("LINEBELOW", (0, 0), (-1, 0), 0.5, look.colour)]
        style.append(("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.5, look.colour))
    table = Table(cells(shown, look, aligned, heads), colWidths=columns, repeatRows=repeat, style=style)
    return table, Truth(names, truth_rows)


def two_levels(
    header: list[str], body: list[list[str]], aligned: list[int], ruled: bool, look: Look
) -> tuple[list[list[str]], tuple[str, ...], list[tuple[Any, ...]]]:
    """A header over two levels: the figures stand under one name."""
    under = [n for n, name in enumerate(header) if not is_text(name) and name not in ("No", "Satuan", "Pelaksana")]
    if len(under) < 2:
        return [header, *body], tuple(header), []
    first, last = under[0], under[-1]
    name = "Kinerja Tahunan"
    top = [name if n == first else ("" if first < n <= last else text) for n, text in enumerate(header)]
    low = [text if first <= n <= last else "" for n, text in enumerate(header)]
    style: list[tuple[Any, ...]] = [("SPAN", (first, 0), (last, 0))]
    style += [("SPAN", (n, 0), (n, 1)) for n in range(len(header)) if not first <= n <= last]
    if ruled:
        style.append(("LINEBELOW", (first, 0), (last, 0), 0.5, look.colour))
    names = tuple(f"{name} / {text}" if first <= n <= last else text for n, text in enumerate(header))
    return [top, low, *body], names, style


def merge(
    chance: random.Random, shown: list[list[str]], heads: int, header: list[str], rows: list[tuple[str, ...]]
) -> tuple[list[tuple[Any, ...]], list[tuple[str, ...]]]:
    """Cells merged down in the first columns."""
    style: list[tuple[Any, ...]] = []
    filled = [list(row) for row in rows]
    start = 0
    while start < len(rows):
        end = min(len(rows), start + chance.randint(1, 3))
        for column in range(2 if header[0] == "No" else 1):
            if end - start > 1:
                style.append(("SPAN", (column, heads + start), (column, heads + end - 1)))
                for row in range(start + 1, end):
                    shown[heads + row][column] = ""
                    filled[row][column] = filled[start][column]
        start = end
    return style, [tuple(row) for row in filled]


def free(kind: str, chance: random.Random) -> list[Any]:
    """Pages on which there is no table."""
    plain = ParagraphStyle("l", fontName="Times-Roman", fontSize=11, leading=15, leftIndent=24, bulletIndent=4)
    if kind == "lists":
        return [
            Paragraph(sentence(chance), plain, bulletText=chance.choice(("-", f"{n}.", f"{chr(97 + n % 26)}.")))
            for n in range(1, 24)
        ]
    if kind == "contents":
        lines = []
        for n in range(1, 30):
            name = (
                f"Tabel {n // 8 + 1}.{n % 8 + 1} {phrase(chance, 6)}"
                if chance.random() < 0.6
                else f"{n}. {phrase(chance, 5)}"
            )
            lines.append(Paragraph(f"{name} {'.' * (90 - int(1.6 * len(name)) // 2)} {n + 3}", plain))
        return lines
    if kind == "letter":
        fields = [
            ("Nomor", "000/12/2021"),
            ("Lampiran", "1 berkas"),
            ("Perihal", phrase(chance, 4)),
            ("Tanggal", "3 Mei 2021"),
        ]
        table = Table([[a, ":", b] for a, b in fields], colWidths=[70, 12, 220], hAlign="LEFT")
        sign = Table([["", "Kepala"], ["", ""], ["", "Nama Terang"], ["", "NIP 1970"]], colWidths=[250, 180])
        return [table, prose(chance, 6), prose(chance, 5), sign]
    return [prose(chance, chance.randint(4, 7)) for _ in range(6)]


if __name__ == "__main__":
    for found in make(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])):
        print(found.header, *found.rows, sep="\n")
