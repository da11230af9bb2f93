"""Signs that Tesseract mistakes are mended where the whole word leaves no doubt, and only there."""

import pytest

pytest.importorskip("numpy")

from kms.extract.ocr.marks import capitals, numeral


@pytest.mark.parametrize(("read", "printed"), [("MIS!", "MISI"), ("V1S1", "VISI"), ("TUJUAN!", "TUJUAN!")])
def test_capitals(read: str, printed: str) -> None:
    assert capitals(read) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [("Vil", "VII"), ("vill", "VIII"), ("Il", "II"), ("|", "I"), ("ii", "ii"), ("11", "11"), ("lima", "lima")],
)
def test_numerals(read: str, printed: str) -> None:
    assert numeral(read) == printed
