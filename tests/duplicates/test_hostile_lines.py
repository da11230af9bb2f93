"""Texts whose lines could be taken apart in very many ways are read all the same."""

from __future__ import annotations

import pytest

from kms.duplicates.reading import read
from kms.duplicates.study import describe

LINES = [
    " " * 1500,
    "* " * 700,
    "# " * 700,
    "1. " * 500,
    "1." * 700,
    "a) " * 400,
    "1. " + "x" * 1500,
    "." * 1900,
    "IV. " * 400,
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_one_sign_repeated_is_read(line: str) -> None:
    study = describe("Kajian Toleransi", [line + "\n" + line + "!\n\nTujuan\nMengukur toleransi warga.\n"])
    assert study.aims == ("Mengukur toleransi warga.",)
    assert read(line).sentences >= 0
