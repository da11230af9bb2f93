"""Figures read from pictures and compared with their ink: drawn with a real font, read wrongly on purpose."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("tesserocr")

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from kms.extract.ocr.figures import as_printed, glyphs_of, mend_figures, sign_of  # noqa: E402
from kms.extract.ocr.tesseract import Reader, ReadWord  # noqa: E402


def drawn(text: str, size: int = 26):
    """A line of print as ink, as a picture, and the box around it."""
    image = Image.new("L", (600, 80), 250)
    font = ImageFont.load_default(size=size)
    ImageDraw.Draw(image).text((20, 20), text, fill=0, font=font)
    picture = np.asarray(image)
    ink = picture < 150
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return picture, ink, (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("3,95", "3.95"),
        ("3.950", "3,950"),
        ("71,3", "713"),
        ("1.265,5", "1265,5"),
        ("1.265,5", "1.265.5"),
        ("75", "15"),
        ("77", "17"),
        ("11", "11"),
        ("(7)", "(7)"),
    ],
)
def test_marks_and_sevens_are_as_their_ink(printed: str, read: str):
    _, ink, box = drawn(printed)
    assert as_printed(read, glyphs_of(ink, box)) == printed


@pytest.mark.parametrize("other", ["8", "0123", "8.01.02", "7x", "12a", "4567"])
def test_what_does_not_fit_its_ink_stays_as_read(other: str):
    _, ink, box = drawn("3,95")
    assert as_printed(other, glyphs_of(ink, box)) == other


def test_a_comma_that_touches_its_digit_stays():
    _, ink, box = drawn("75,5", size=32)
    ink = ink.copy()
    left, top, right, bottom = box
    columns = np.flatnonzero(~ink[top:bottom, left:right].any(axis=0)) + left
    ink[bottom - 9, columns[len(columns) // 3 : -2]] = True
    assert as_printed("75,5", glyphs_of(ink, box)) == "75,5"


@pytest.mark.parametrize("sign", ["<", ">"])
def test_signs_are_told_from_digits(sign: str):
    _, ink, box = drawn(sign)
    (glyph,) = glyphs_of(ink, box)
    assert sign_of(glyph) == sign
    barred = np.vstack([glyph.ink, np.zeros((3, glyph.width), bool), np.ones((2, glyph.width), bool)])
    assert sign_of(type(glyph)(0, glyph.width, 0, len(barred), barred)) == {"<": "≤", ">": "≥"}[sign]
    for digit in "0123456789":
        _, ink, box = drawn(digit)
        assert sign_of(glyphs_of(ink, box)[0]) is None


@pytest.fixture(scope="module")
def reader():
    from kms.extract.ocr import availability

    if not availability().ready:
        pytest.skip("no model to read with")
    with Reader() as found:
        yield found


@pytest.mark.parametrize(
    ("printed", "read"), [("88,6%", "88,696"), ("(51%),", "(5196),"), ("96", "96"), ("2016", "2016")]
)
def test_a_percent_sign_read_as_digits_is_one_again(printed: str, read: str, reader: Reader):
    picture, ink, box = drawn(printed)
    (word,) = mend_figures([ReadWord(read, box, 0.9, 0, 0, 0)], ink, picture, 200, reader)
    assert word.text == printed
