"""Running text in two columns: read column after column, while tables and lists of pairs are not."""

from __future__ import annotations

import numpy as np

from kms.extract.flow import flowing_lines, reading_place, zones_of
from kms.extract.letters import Word, upright_goes_on

PROSE = ["rencana", "kerja", "tahunan", "memuat", "sasaran", "program", "dan", "kegiatan"]


def words_at(x: float, top: float, texts: list[str], apart: float = 3.0) -> list[Word]:
    """Words of ten points side by side, five points a letter."""
    words = []
    for text in texts:
        words.append(Word(text, x, top, x + 5.0 * len(text), top + 10, 10))
        x = words[-1].x1 + apart
    return words


def prose(x: float, top: float, lines: int) -> list[Word]:
    """Lines of four words, about 130 points wide."""
    return [word for n in range(lines) for word in words_at(x, top + 13 * n, turned(n))]


def turned(number: int) -> list[str]:
    """Four words of the prose, others on each line."""
    return [PROSE[(number + m) % len(PROSE)] for m in range(4)]


def read(words: list[Word]) -> list[str]:
    zones = zones_of(words, [])
    lines = sorted(flowing_lines(words, zones), key=lambda line: reading_place(line.box, zones))
    return [line.text for line in lines]


def test_columns_are_read_one_after_the_other_below_the_title() -> None:
    title = words_at(60, 50, ["KAJIAN", "KERAWANAN", "SOSIAL", "DI", "SELURUH", "WILAYAH", "KOTA"])
    left, right = prose(50, 80, 12), prose(260, 84, 12)  # lines of the two columns need not be level
    found = read([*title, *left, *right])
    assert found[0].startswith("KAJIAN KERAWANAN")
    assert found[1:13] == [" ".join(turned(n)) for n in range(12)]
    assert found[13:] == found[1:13]


def test_words_beside_columns_of_figures_are_no_running_text() -> None:
    rows = [
        word
        for n in range(12)
        for x, text in ((50, "Program pelayanan kantor"), (260, "1.250.000"), (330, "75,5"), (390, "80"))
        for word in words_at(x, 80 + 13 * n, text.split())
    ]
    assert zones_of(rows, []) == ()


def test_text_of_one_column_has_no_gutter() -> None:
    words = [word for n in range(20) for word in words_at(50 + n % 3, 80 + 13 * n, PROSE * 2)]
    assert zones_of(words, []) == ()


def test_letters_of_a_ligature_stay_in_their_word() -> None:
    boxes = np.array([[0, 0, 5, 10], [5, 0, 18, 3], [5, 0, 18, 3], [18, 0, 23, 10.0]])
    assert upright_goes_on(boxes)[1]
