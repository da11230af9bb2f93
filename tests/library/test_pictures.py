"""Places of words on a page, whatever order the reader put them in; pictures kept within their room."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kms.config import ReadingLimits
from kms.library.pictures import Pictures, align, joined, places, transfer

WORDS = st.lists(st.sampled_from(["alfa", "beta", "gama", "rencana", "kinerja", "tahun", "2021"]), max_size=30)


def row(text: str, top: float = 10.0, left: float = 0.0) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Words of a line as they stand on a page: a letter is five points wide."""
    words = []
    for word in text.split():
        words.append((word, (left, top, left + 5.0 * len(word), top + 10)))
        left += 5.0 * len(word) + 4
    return words


def test_words_side_by_side_are_one_box() -> None:
    text = "Rencana kerja tahunan kota"
    (box,) = places(text, [(8, 21)], row(text))
    assert box[0] == 39.0
    assert box[2] == row(text)[2][1][2]


def test_a_passage_over_two_lines_has_a_box_on_each() -> None:
    words = row("deteksi dini", 10) + row("konflik sosial", 30)
    text = "deteksi dini\nkonflik sosial"
    assert [box[1] for box in places(text, [(8, 20)], words)] == [10, 30]


def test_cells_in_another_order_are_found() -> None:
    """The page's text goes cell by cell, the picture line by line."""
    words = row("Jumlah 12", 10) + row("konflik dokumen", 22) + row("Jumlah 0", 40) + row("forum kasus", 52)
    text = "Jumlah konflik\t12 dokumen\nJumlah forum\t0 kasus"
    start = text.index("0 kasus")
    boxes = places(text, [(start, len(text))], words)
    assert [box[1] for box in boxes] == [40, 52]


def test_a_word_cut_by_a_line_has_two_boxes() -> None:
    words = row("pelaksanaan pembangun-", 10) + row("an daerah", 24)
    text = "pelaksanaan pembangunan daerah"
    assert len(places(text, [(12, 23)], words)) == 2


def test_what_is_not_on_the_page_has_no_box() -> None:
    assert places("konflik", [(0, 7)], row("rencana kerja")) == []


@given(WORDS)
def test_everything_is_found_on_a_page_that_says_the_same(words: list[str]) -> None:
    assert align(words, words) == {number: (number,) for number in range(len(words))}


@given(WORDS, st.randoms(use_true_random=False))
def test_nothing_is_taken_for_another_word(words: list[str], random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for wanted, found in align(words, shuffled).items():
        assert [shuffled[place] for place in found] == [words[wanted]]


@given(WORDS)
def test_boxes_of_a_line_lie_apart(words: list[str]) -> None:
    boxes = joined(row(" ".join(words)))
    assert all(one[2] < other[0] for one, other in pairwise(boxes))


def test_a_passage_is_found_in_another_form_of_the_text() -> None:
    text, other = "satu dua\ttiga empat", "| satu dua | tiga empat |"
    ((start, end),) = transfer(text, [(9, 19)], other)
    assert other[start:end] == "tiga empat"


def test_pictures_are_made_once_and_old_ones_go(tmp_path: Path, sample_dir: Path) -> None:
    original = sample_dir / "KAK Kajian Kabar Bohong 2023.pdf"
    pictures = Pictures(tmp_path, ReadingLimits(), kept_mb=0)
    assert pictures.picture("a", original, 1, 160).startswith(b"\x89PNG")
    assert list(tmp_path.rglob("*.png")) == [], "nothing is kept where there is no room"
    pictures = Pictures(tmp_path, ReadingLimits())
    first = pictures.picture("a", original, 1, 160)
    (kept,) = tmp_path.rglob("*.png")
    kept.write_bytes(b"kept")
    assert pictures.picture("a", original, 1, 160) == b"kept"
    kept.unlink()
    assert pictures.picture("a", original, 1, 160) == first
    assert len(pictures.words("a", original, 1)) > 50
    pictures.picture("a", original, 1, 333)
    assert [path.name for path in tmp_path.rglob("*.png")] == ["1-160.png"], "only some widths are kept"
