"""What the layouts are made of: invented words and figures, heads, rows, and how a document is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

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
