"""Pictures in a Word document: those of print are pages of it, read or waiting, and never passed over in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import numpy as np
import pytest
from docx.shared import Cm
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kms.errors import Unreadable
from kms.extract import read_file

SAID = "Jumlah organisasi kemasyarakatan yang dibina"


def print_on_paper(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A picture of twelve lines of print."""
    picture = Image.new("RGB", size, "white")
    brush, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    for line in range(12):
        brush.text((60, 50 + 66 * line), f"{SAID} {2010 + line}", "black", font)
    return picture


def photograph() -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((1200, 800)).filter(ImageFilter.GaussianBlur(25))


def word_file(path: Path, text: str, *pictures: tuple[Image.Image, float]) -> Path:
    """A Word document of a line of text and pictures, each so many centimetres wide."""
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for picture, width in pictures:
        file = io.BytesIO()
        picture.save(file, "PNG")
        document.add_picture(file, Cm(width))
    document.save(str(path))
    return path


def test_a_pasted_scan_is_a_page_of_its_own(tmp_path: Path) -> None:
    pages = read_file(word_file(tmp_path / "kajian.docx", "Kajian ormas.", (print_on_paper(), 15.0))).pages
    assert [page.number for page in pages] == [1, 2]
    assert (pages[0].state, pages[0].text) == ("text", "Kajian ormas.")
    assert pages[1].state in ("ocr", "needs-ocr")
    assert pages[1].state == "needs-ocr" or SAID in pages[1].text


def test_logos_and_photographs_are_no_pages(tmp_path: Path) -> None:
    logo = (print_on_paper().resize((200, 150)), 2.0)
    path = word_file(tmp_path / "kajian.docx", "Kajian ormas.", logo, (photograph(), 15.0))
    assert [page.text for page in read_file(path).pages] == ["Kajian ormas."]


def test_a_document_of_scans_alone_is_their_pages(tmp_path: Path) -> None:
    transparent = Image.new("RGBA", (1200, 900))
    transparent.paste(print_on_paper(), mask=print_on_paper().convert("L").point(lambda grey: 255 - grey))
    path = word_file(tmp_path / "pindaian.docx", "", (print_on_paper(), 15.0), (transparent, 15.0))
    pages = read_file(path).pages
    assert [page.number for page in pages] == [1, 2]
    assert all(page.state == "needs-ocr" or SAID in page.text for page in pages)


def test_a_picture_that_cannot_be_opened_is_listed(tmp_path: Path) -> None:
    whole = word_file(tmp_path / "asli.docx", "Kajian ormas.", (print_on_paper(), 15.0))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "kajian.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"\x01\0\0\0 EMF" if name.endswith(".png") else old.read(name))
    assert [page.state for page in read_file(tmp_path / "kajian.docx").pages] == ["text", "unreadable"]


def test_photographs_alone_are_no_document(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        read_file(word_file(tmp_path / "foto.docx", "", (photograph(), 15.0)))
    assert error.value.reason == "only-pictures"
