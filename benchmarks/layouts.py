"""Kinds of planning tables as offices lay them out, one document each, read by kms and by pdfplumber.

Run as ``python benchmarks/layouts.py``; names of kinds after it choose them and show what was read. Nothing here is
taken from a real document. `benchmarks/variety.py` varies how a table is drawn; this varies what is drawn: heads over
three levels, groups, tables that go on over a page in many ways, pages in two columns.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from kms.extract import read_file

Truths = list[tuple[tuple[str, ...], list[tuple[str, ...]]]]
"""Header and body rows of each table of a document, merged cells filled down."""

KINDS: dict[str, Callable[[Path], Truths]] = {}
"""What writes a document of each kind and returns what its tables say."""

SENTENCE = (
    "Pemerintah daerah menyusun rencana kinerja tahunan sebagai penjabaran dari rencana strategis yang telah "
    "ditetapkan untuk lima tahun. "
)
SASARAN = [
    "Meningkatnya kerukunan antarumat beragama di masyarakat",
    "Menurunnya konflik sosial",
    "Terlaksananya pendidikan politik bagi pemilih pemula",
    "Terbinanya organisasi kemasyarakatan yang aktif dan mandiri",
    "Tersusunnya laporan kewaspadaan dini daerah",
    "Terpeliharanya wawasan kebangsaan warga",
    "Meningkatnya kualitas pelayanan administrasi perkantoran",
]
INDICATORS = [
    "Persentase konflik yang ditangani",
    "Jumlah forum yang dibina",
    "Indeks kerukunan umat beragama",
    "Persentase ormas aktif",
    "Jumlah dokumen kewaspadaan dini",
    "Nilai SAKIP",
    "Jumlah peserta pelatihan",
]
FIGURES = ["75,5 %", "12", "80", "3.250", "100 %", "0,02", "72,4"]
HEADER = ["No", "Sasaran", "Indikator Kinerja", "2021", "2022"]
WIDTHS = [25, 160, 150, 60, 60]
GRID: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def layout(write: Callable[[Path], Truths]) -> Callable[[Path], Truths]:
    """Name a kind after the function that writes it."""
    KINDS[write.__name__.replace("_", " ")] = write
    return write


def words(text: str, size: float = 8, bold: bool = False, alignment: int = 0) -> Paragraph:
    font = "Helvetica-Bold" if bold else "Helvetica"
    return Paragraph(text, ParagraphStyle("x", fontName=font, fontSize=size, leading=size * 1.2, alignment=alignment))


def prose(sentences: int = 2) -> Paragraph:
    style = ParagraphStyle("b", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=6)
    return Paragraph(SENTENCE * sentences, style)


def caption(text: str = "Tabel 2.1 Sasaran dan Indikator Kinerja") -> Paragraph:
    style = ParagraphStyle("c", fontName="Helvetica-Bold", fontSize=10, leading=13, alignment=1, spaceAfter=4)
    return Paragraph(text, style)


class Upright(Flowable):  # type: ignore[misc]
    """A word that stands on its end."""

    def __init__(self, text: str) -> None:
        self.text = text

    def wrap(self, *_: float) -> tuple[float, float]:
        return 10.4, 60.0

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica-Bold", 8)
        self.canv.drawString(2, -8, self.text)


def rows(count: int, offset: int = 0) -> list[list[str]]:
    return [
        [
            str(k + 1),
            SASARAN[(k + offset) % 7],
            INDICATORS[(k + 2 * offset) % 7],
            FIGURES[(k + offset) % 7],
            FIGURES[(k + 3 + offset) % 7],
        ]
        for k in range(count)
    ]


def table(
    head: Sequence[Sequence[Any]],
    body: Sequence[Sequence[str]],
    w: Sequence[float] = WIDTHS,
    style: Sequence[tuple[Any, ...]] = GRID,
    s: float = 8,
    rep: int = 0,
) -> Table:
    shown = [[x if isinstance(x, Flowable) else words(x, s, True, 1) for x in row] for row in head]
    shown += [[words(x, s) for x in row] for row in body]
    return Table(shown, colWidths=list(w), style=list(style), repeatRows=rep)


def told(body: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [tuple(row) for row in body]


def save(path: Path, story: list[Any], size: tuple[float, float] = A4) -> None:
    document = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50, invariant=1
    )
    document.build(story)


@layout
def three_level(path: Path) -> Truths:
    h = [
        ["No", "Indikator", "Target", "", "", ""],
        ["", "", "Tahun 2021", "", "Tahun 2022", ""],
        ["", "", "Smt I", "Smt II", "Smt I", "Smt II"],
    ]
    b = [[str(k + 1), INDICATORS[k], *[FIGURES[(k + j) % 7] for j in range(4)]] for k in range(6)]
    sp = [
        ("SPAN", (0, 0), (0, 2)),
        ("SPAN", (1, 0), (1, 2)),
        ("SPAN", (2, 0), (5, 0)),
        ("SPAN", (2, 1), (3, 1)),
        ("SPAN", (4, 1), (5, 1)),
    ]
    save(path, [prose(), caption(), table(h, b, [25, 170, 70, 70, 70, 70], GRID + sp), prose()])
    return [
        (
            (
                "No",
                "Indikator",
                "Target / Tahun 2021 / Smt I",
                "Target / Tahun 2021 / Smt II",
                "Target / Tahun 2022 / Smt I",
                "Target / Tahun 2022 / Smt II",
            ),
            told(b),
        )
    ]


@layout
def rotated_heads(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], FIGURES[(k + 1) % 7], FIGURES[(k + 2) % 7]] for k in range(6)]
    h = [["No", "Indikator", Upright("Target 2021"), Upright("Realisasi 2021"), Upright("Capaian")]]
    save(path, [prose(), caption(), table(h, b, [25, 200, 50, 50, 50]), prose()])
    return [(("No", "Indikator", "Target 2021", "Realisasi 2021", "Capaian"), told(b))]


@layout
def bands(path: Path) -> Truths:
    b = rows(7)
    st = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#4472c4"))] + [
        ("BACKGROUND", (0, k), (-1, k), colors.HexColor("#d9e2f3")) for k in range(1, 8, 2)
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def double_rules(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.4, colors.black, 1, None, None, 2, 2), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def dotted(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.5, colors.black, 1, (0.5, 2)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def tiny(path: Path) -> Truths:
    h = (
        ["Kode", "Program", "Indikator", "Satuan"]
        + [str(y) for y in range(2019, 2025)]
        + ["Kondisi Akhir", "Pagu", "PJ"]
    )
    b = [
        [f"8.01.0{k % 6 + 1}", SASARAN[k % 7], INDICATORS[k % 7], "%"]
        + [FIGURES[(k + j) % 7] for j in range(6)]
        + [FIGURES[k % 7], "1.250.000.000", "Kesbangpol"]
        for k in range(9)
    ]
    st = [
        ("GRID", (0, 0), (-1, -1), 0.25, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    save(path, [caption(), table([h], b, [28, 70, 66, 22] + [24] * 6 + [30, 46, 44], st, s=4.5)])
    return [(tuple(h), told(b))]


@layout
def bullets(path: Path) -> Truths:
    L = [
        "- rapat koordinasi<br/>- sosialisasi kepada warga<br/>- pelaporan",
        "1. pendataan ormas<br/>2. pembinaan",
        "a. forum<br/>b. dialog<br/>c. monitoring",
    ]
    b = [[str(k + 1), SASARAN[k], L[k % 3], FIGURES[k]] for k in range(6)]
    save(path, [prose(), caption(), table([["No", "Sasaran", "Kegiatan", "Target"]], b, [25, 170, 170, 60]), prose()])
    return [(("No", "Sasaran", "Kegiatan", "Target"), [tuple(x.replace("<br/>", " ") for x in r) for r in b])]


@layout
def repeat_head(path: Path) -> Truths:
    b = rows(60)
    num = ["1", "2", "3", "4", "5"]
    save(path, [prose(), caption(), table([HEADER, num], b, rep=2), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def only_numbers_repeat(path: Path) -> Truths:
    b = rows(40)
    num = ["1", "2", "3", "4", "5"]
    w = WIDTHS
    s1 = [prose(), caption(), table([HEADER, num], b[:20], w), PageBreak(), table([num], b[20:], w), prose()]
    save(path, s1)
    return [(tuple(HEADER), told(b))]


@layout
def no_head_next(path: Path) -> Truths:
    b = rows(60)
    save(path, [prose(), caption(), table([HEADER], b), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def group_rows(path: Path) -> Truths:
    body = []
    truth = []
    st = list(GRID)
    for g, (m, t) in enumerate(
        (
            ("I", "Program Penguatan Ideologi Pancasila"),
            ("II", "Program Pendidikan Politik"),
            ("III", "Program Kewaspadaan Nasional"),
        )
    ):
        body.append([m, t, "", "", ""])
        truth.append((m, t, "", "", ""))
        for r in rows(3, g):
            body.append(r)
            truth.append(tuple(r))
    save(path, [prose(), caption(), table([HEADER], body, style=st), prose()])
    return [(tuple(HEADER), truth)]


@layout
def group_span(path: Path) -> Truths:
    body = []
    truth = []
    st = list(GRID)
    for g, (m, t) in enumerate((("A", "Tujuan 1: terwujudnya kerukunan"), ("B", "Tujuan 2: terwujudnya ketertiban"))):
        st.append(("SPAN", (1, len(body) + 1), (4, len(body) + 1)))
        body.append([m, t, "", "", ""])
        for r in rows(4, g):
            body.append(r)
            truth.append(tuple(r))
    save(path, [prose(), caption(), table([HEADER], body, style=st), prose()])
    return [(tuple(HEADER), truth)]


@layout
def totals(path: Path) -> Truths:
    b = rows(5)
    st = [*GRID, ("SPAN", (0, 6), (2, 6)), ("SPAN", (0, 7), (2, 7))]
    x = [["Jumlah", "", "", "1.250", "1.300"], ["Rata-rata", "", "", "250", "260"]]
    save(path, [prose(), caption(), table([HEADER], b + x, style=st), prose()])
    return [(tuple(HEADER), told(b + x))]


@layout
def spread(path: Path) -> Truths:
    hl = ["No", "Program", "Indikator", "2019"]
    hr = ["2020", "2021", "2022", "Pelaksana"]
    b = [
        [
            str(k + 1),
            SASARAN[k % 7],
            INDICATORS[k % 7],
            FIGURES[k % 7],
            FIGURES[(k + 1) % 7],
            FIGURES[(k + 2) % 7],
            FIGURES[(k + 3) % 7],
            "Kesbangpol",
        ]
        for k in range(8)
    ]
    heights = [20] + [30] * 8
    left = Table(
        [[words(x, 8, True) for x in hl]] + [[words(x) for x in r[:4]] for r in b],
        colWidths=[25, 250, 250, 150],
        rowHeights=heights,
        style=GRID,
    )
    right = Table(
        [[words(x, 8, True) for x in hr]] + [[words(x) for x in r[4:]] for r in b],
        colWidths=[150, 150, 150, 200],
        rowHeights=heights,
        style=GRID,
    )
    save(path, [caption(), left, PageBreak(), right], landscape(A4))
    return [(tuple(hl), [tuple(x[:4]) for x in b]), (tuple(hr), [tuple(x[4:]) for x in b])]


@layout
def footnotes(path: Path) -> Truths:
    b = rows(6)
    b[1][3] = "75,5 %*"
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    s = ParagraphStyle("n", fontName="Helvetica", fontSize=7, leading=9)
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], b, style=st),
            Paragraph("*) angka sementara", s),
            Paragraph("Keterangan: target disesuaikan dengan RPJMD", s),
            Spacer(1, 10),
            prose(),
        ],
    )
    return [(tuple(HEADER), told(b))]


@layout
def side_by_side(path: Path) -> Truths:
    a = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(6)]
    b = [[str(k + 1), SASARAN[k], FIGURES[(k + 2) % 7]] for k in range(6)]
    ha = ["No", "Indikator", "Target"]
    hb = ["No", "Sasaran", "Capaian"]
    whole = Table(
        [[table([ha], a, [22, 140, 60]), "", table([hb], b, [22, 140, 60])]],
        colWidths=[224, 30, 224],
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
    )
    save(path, [prose(), whole, Spacer(1, 10), prose()])
    return [(tuple(ha), told(a)), (tuple(hb), told(b))]


@layout
def two_columns_text(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(5)]
    h = ["No", "Indikator", "Target"]
    doc = BaseDocTemplate(str(path), pagesize=A4)
    doc.addPageTemplates([PageTemplate("t", [Frame(45, 50, 245, 740), Frame(305, 50, 245, 740)])])
    doc.build([prose(5), caption("Tabel 1.1 Target"), table([h], b, [22, 140, 60]), Spacer(1, 8), prose(14)])
    return [(tuple(h), told(b))]


@layout
def two_columns_open(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(5)]
    h = ["No", "Indikator", "Target"]
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    doc = BaseDocTemplate(str(path), pagesize=A4)
    doc.addPageTemplates([PageTemplate("t", [Frame(45, 50, 245, 740), Frame(305, 50, 245, 740)])])
    doc.build([prose(5), caption("Tabel 1.1 Target"), table([h], b, [22, 140, 60], st), Spacer(1, 8), prose(14)])
    return [(tuple(h), told(b))]


@layout
def lanjutan(path: Path) -> Truths:
    b = rows(30)
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], b[:16]),
            PageBreak(),
            caption("Lanjutan Tabel 2.1"),
            table([HEADER], b[16:]),
            prose(),
        ],
    )
    return [(tuple(HEADER), told(b))]


@layout
def lanjutan_nohead(path: Path) -> Truths:
    b = rows(30)
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], b[:16]),
            PageBreak(),
            caption("Tabel 2.1 (lanjutan)"),
            table([["1", "2", "3", "4", "5"]], b[16:]),
            prose(),
        ],
    )
    return [(tuple(HEADER), told(b))]


@layout
def empty_columns(path: Path) -> Truths:
    h = ["No", "Indikator", "Target", "Realisasi", "Capaian", "Keterangan"]
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], "", "", ""] for k in range(6)]
    save(path, [prose(), caption(), table([h], b, [25, 180, 60, 60, 60, 80]), prose()])
    return [(tuple(h), told(b))]


@layout
def empty_open(path: Path) -> Truths:
    h = ["No", "Indikator", "Target", "Realisasi", "Keterangan"]
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], "", ""] for k in range(6)]
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]
    save(path, [prose(), caption(), table([h], b, [25, 180, 60, 80, 80], st), prose()])
    return [(tuple(h), told(b))]


@layout
def merged_break(path: Path) -> Truths:
    b = rows(10)
    t1 = [r[:] for r in b[:6]]
    t2 = [r[:] for r in b[6:]]
    for r in t1[4:]:
        r[1] = SASARAN[4]
    for r in t2[:2]:
        r[1] = SASARAN[4]
    truth = told(t1 + t2)
    s1 = [r[:] for r in t1]
    s2 = [r[:] for r in t2]
    s1[5][1] = ""
    s2[0][1] = s2[1][1] = ""
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], s1, style=[*GRID, ("SPAN", (1, 5), (1, 6))]),
            PageBreak(),
            table([], s2, style=[*GRID, ("SPAN", (1, 0), (1, 1))]),
        ],
    )
    return [(tuple(HEADER), truth)]


@layout
def rect_fills(path: Path) -> Truths:
    b = rows(6)
    t = table([HEADER], b, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])

    class Box(Flowable):
        def wrap(s, w, h):
            s.w, s.h = t.wrapOn(s.canv, w, h)
            return s.w, s.h

        def draw(s):
            t.drawOn(s.canv, 0, 0)
            c = s.canv
            xs = [0]
            for w in WIDTHS:
                xs.append(xs[-1] + w)
            ys = [s.h]
            for h in t._rowHeights:
                ys.append(ys[-1] - h)
            for y0, y1 in itertools.pairwise(ys):
                for x0, x1 in itertools.pairwise(xs):
                    for r in (
                        (x0, y0 - 0.48, 0.48, 0.48),
                        (x0 + 0.48, y0 - 0.48, x1 - x0 - 0.48, 0.48),
                        (x0, y1, 0.48, y0 - y1 - 0.48),
                    ):
                        c.rect(*r, stroke=0, fill=1)
            for y0, y1 in itertools.pairwise(ys):
                c.rect(xs[-1], y1, 0.48, y0 - y1, stroke=0, fill=1)
            c.rect(0, ys[-1], xs[-1], 0.48, stroke=0, fill=1)

    save(path, [prose(), caption(), Box(), Spacer(1, 8), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def hairlines(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.02, colors.HexColor("#999999")), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def fills_white_gaps(path: Path) -> Truths:
    b = rows(6)
    st = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#2e75b6")),
        ("BACKGROUND", (0, 1), (-1, -1), colors.HexColor("#deeaf6")),
        ("GRID", (0, 0), (-1, -1), 1.5, colors.white),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def head_ruled_body_rows(path: Path) -> Truths:
    b = rows(7)
    st = [
        ("GRID", (0, 0), (-1, 0), 0.5, colors.black),
        ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
        ("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def outer_only(path: Path) -> Truths:
    b = rows(6)
    st = [
        ("BOX", (0, 0), (-1, -1), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def chain(path: Path) -> Truths:
    h = ["Tujuan", "Sasaran", "Indikator", "Formula", "Target"]
    b = [
        [
            "Terwujudnya kerukunan warga",
            SASARAN[k // 2],
            INDICATORS[k],
            "(jumlah kasus selesai / jumlah kasus) x 100",
            FIGURES[k],
        ]
        for k in range(6)
    ]
    s = [r[:] for r in b]
    for k in range(1, 6):
        s[k][0] = ""
    for k in (1, 3, 5):
        s[k][1] = ""
    st = GRID + [("SPAN", (0, 1), (0, 6))] + [("SPAN", (1, k), (1, k + 1)) for k in (1, 3, 5)]
    save(path, [prose(), caption(), table([h], s, [90, 110, 110, 110, 50], st), prose()])
    return [(tuple(h), told(b))]


@layout
def quarterly(path: Path) -> Truths:
    h = [["No", "Sasaran", "Indikator", "Target", "Triwulan", "", "", ""], ["", "", "", "", "I", "II", "III", "IV"]]
    b = [[str(k + 1), SASARAN[k], INDICATORS[k], FIGURES[k], "25 %", "50 %", "75 %", "100 %"] for k in range(6)]
    sp = [("SPAN", (k, 0), (k, 1)) for k in range(4)] + [("SPAN", (4, 0), (7, 0))]
    save(path, [prose(), caption(), table(h, b, [25, 110, 110, 50, 45, 45, 45, 45], GRID + sp), prose()])
    return [
        (
            (
                "No",
                "Sasaran",
                "Indikator",
                "Target",
                "Triwulan / I",
                "Triwulan / II",
                "Triwulan / III",
                "Triwulan / IV",
            ),
            told(b),
        )
    ]


def exact(found: Sequence[Sequence[str]], truth: Sequence[Sequence[str]]) -> int:
    """How many cells stand at their place."""
    return sum(
        " ".join((a or "").split()) == " ".join(b.split())
        for row, wanted in zip(found, truth)
        for a, b in zip(row, wanted)
    )


def main(chosen: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen or KINDS:
            path = Path(folder) / "a.pdf"
            truths = KINDS[name](path)
            found = read_file(path).tables
            with pdfplumber.open(path) as pdf:
                plain = [row for page in pdf.pages for one in page.extract_tables() for row in one]
            total = right = base = named = 0
            for header, body in truths:
                best = max(found, key=lambda one: exact(one.rows, body), default=None)
                total += sum(map(len, body))
                right += exact(best.rows, body) if best else 0
                base += max((exact(plain[start:], body) for start in range(len(plain))), default=0)
                named += best is not None and best.header == header
            print(
                f"{name:22} cells exact {right / total:.3f} ({total})  headers {named}/{len(truths)}"
                f"  tables {len(found)} of {len(truths)}   pdfplumber defaults {base / total:.3f}"
            )
            for one in found if chosen else ():
                print("  ", one.pages, one.caption, one.header, *zip(one.groups, one.rows), sep="\n      ")


if __name__ == "__main__":
    main(sys.argv[1:])
