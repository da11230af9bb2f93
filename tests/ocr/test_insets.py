"""A scanned table on a page with text of its own is read; photographs, and text that the page has, are not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402
from reportlab.lib.utils import ImageReader  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from kms.config import ReadingLimits  # noqa: E402
from kms.extract import read_file  # noqa: E402
from kms.extract.job import Job  # noqa: E402
from kms.extract.ocr import Availability, availability  # noqa: E402
from kms.extract.ocr.insets import inset_boxes, legible  # noqa: E402
from kms.extract.ocr.values import OcrLine, OcrPage, OcrWord  # noqa: E402
from kms.extract.pdf import read_pdf  # noqa: E402

pytestmark = pytest.mark.skipif(not availability().ready, reason="nothing to read pictures with")

CELLS = (("Sasaran", "Indikator", "Target"), ("Kerukunan warga", "Jumlah dialog warga", "75,5 %"))


def scan() -> Image.Image:
    image = Image.new("L", (1300, 320), 248)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    for y in (20, 150, 290):
        pen.line((20, y, 1270, y), fill=0, width=3)
    for x in (20, 430, 900, 1270):
        pen.line((x, 20, x, 290), fill=0, width=3)
    for row, cells in enumerate(CELLS):
        for x, text in zip((40, 450, 920), cells, strict=True):
            pen.text((x, 60 + 130 * row), text, fill=0, font=font)
    return image


def photograph() -> Image.Image:
    chance = np.random.default_rng(1)
    small = Image.fromarray(chance.integers(0, 255, (12, 40), dtype=np.uint8))
    return small.resize((1300, 320), Image.Resampling.BICUBIC)


def document(folder: Path, picture: Image.Image, foot: bool = False) -> Path:
    path, file = folder / "halaman.pdf", io.BytesIO()
    picture.save(file, "PNG")
    canvas = Canvas(str(path), pagesize=(595, 842))
    if foot:  # a scan, and a line that whoever signed it has set below
        canvas.drawImage(ImageReader(file), 60, 400, 470, 231)
        canvas.drawString(60, 40, "Dokumen ini ditandatangani secara elektronik oleh pejabat yang berwenang.")
        canvas.save()
        return path
    canvas.drawString(60, 760, "Rencana kerja memuat sasaran dan indikator sebagaimana tabel berikut.")
    canvas.drawImage(ImageReader(file), 60, 560, 470, 116)
    canvas.drawString(60, 500, "Demikian rencana ini disusun untuk dilaksanakan bersama.")
    canvas.save()
    return path


def test_a_scanned_table_between_lines_of_text_is_read(tmp_path: Path) -> None:
    extraction = read_file(document(tmp_path, scan()))
    (page,) = extraction.pages
    (table,) = extraction.tables
    assert page.state == "text" and table.source == "ocr"
    assert [*table.header, *table.rows[0]] == [*CELLS[0], *CELLS[1]]
    assert page.text.index("Rencana kerja") < page.text.index("75,5 %") < page.text.index("Demikian")
    assert extraction.extractors["ocr"]


def test_without_ocr_the_page_waits_for_it_and_a_photograph_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = Availability(None)
    monkeypatch.setattr("kms.extract.pdf.availability", lambda: blind)
    states = []
    for picture in (scan(), photograph()):
        path = document(tmp_path, picture)
        extraction = read_pdf(path, Job("read", str(path), "", ReadingLimits()), lambda _: None)
        states.append(extraction.pages[0].state)
        assert "Rencana kerja" in extraction.pages[0].text
    assert states == ["needs-ocr", "text"]


def test_a_photograph_adds_nothing(tmp_path: Path) -> None:
    extraction = read_file(document(tmp_path, photograph()))
    assert extraction.tables == () and "ocr" not in extraction.extractors
    assert len(extraction.pages[0].text.splitlines()) <= 3


def test_a_picture_under_the_text_of_the_page_is_left_alone() -> None:
    lines = [(50.0, 60.0 + 20 * number, 500.0, 72.0 + 20 * number) for number in range(36)]
    assert inset_boxes([(0.0, 0.0, 595.0, 842.0)], lines, 595.0, 842.0) == []
    assert inset_boxes([(0.0, 0.0, 595.0, 842.0)], lines[-2:], 595.0, 842.0) == [(0.0, 0.0, 595.0, 842.0)]
    assert inset_boxes([(0.0, 0.0, 60.0, 60.0)], [], 595.0, 842.0) == []


def test_a_scan_with_a_line_of_text_below_is_a_scan(tmp_path: Path) -> None:
    scanned = Image.new("L", (1300, 640), 248)
    pen, font = ImageDraw.Draw(scanned), ImageFont.load_default(34)
    for number in range(8):
        pen.text((40, 20 + number * 76), "Rencana kerja memuat sasaran dan target tahunan", fill=0, font=font)
    (page,) = read_file(document(tmp_path, scanned, foot=True)).pages
    assert page.state == "ocr"
    assert page.text.index("Rencana") < page.text.index("elektronik")


def test_a_poor_scan_of_the_whole_page_is_read_though_a_line_was_stamped_on_it() -> None:
    line = OcrLine(tuple(OcrWord("pengawasan", (x, 0, x + 9, 9), 0.6) for x in range(0, 100, 10)))
    seen = OcrPage(line.text, 100, 100, lines=(line,))
    assert legible(seen, whole=True)[0] == [line]
    assert legible(seen)[0] == []
