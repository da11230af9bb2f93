"""A scan that carries the text of a bad OCR of long ago is a picture; one with good text keeps it."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kms.extract.ocr.layer import says_less
from kms.extract.pdf import state_of
from kms.extract.sheet import Sheet, read_sheet

GOOD = "Rencana kinerja tahunan memuat sasaran, indikator dan target yang akan dicapai dalam satu tahun anggaran"


def garbage(seed: int) -> str:
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("bcdfghjklmnpqrstvwxzIl1", k=chance.randint(4, 9))) for _ in range(14))


def page_with(folder: Path, line: str, share: float) -> Sheet:
    """A page with twenty such lines, not to be seen, behind a picture that covers ``share`` of its height."""
    picture = io.BytesIO()
    Image.new("L", (200, 280), 240).save(picture, "PNG")
    path = folder / "scan.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    text = canvas.beginText(60, 780)
    text.setTextRenderMode(3)
    for _ in range(20):
        text.textLine(line)
    canvas.drawText(text)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842 * share)
    canvas.save()
    document = pypdfium2.PdfDocument(path)
    try:
        return read_sheet(document[0], 1)
    finally:
        document.close()


def misread(rate: float) -> str:
    """A good line as an OCR reads it that takes so many letters for others."""
    chance = random.Random(5)
    return "".join(chance.choice("bdgqz") if c.isalpha() and chance.random() < rate else c for c in GOOD)


@pytest.mark.parametrize(
    ("line", "share", "state"),
    [
        (misread(0.12), 1.0, "needs-ocr"),
        (misread(0.01), 1.0, "text"),
        (garbage(1), 1.0, "needs-ocr"),
        (garbage(2), 0.85, "needs-ocr"),
        (GOOD, 1.0, "text"),
        (garbage(3), 0.5, "text"),
    ],
)
def test_what_an_old_layer_is_worth(tmp_path: Path, line: str, share: float, state: str) -> None:
    assert state_of(page_with(tmp_path, line, share)) == state


def test_the_older_reading_is_kept_where_the_new_one_says_less() -> None:
    assert says_less("Rencana k1nerja tahvnan", GOOD)
    assert not says_less(GOOD, misread(0.2))
    assert not says_less(GOOD, "Disetujui")
