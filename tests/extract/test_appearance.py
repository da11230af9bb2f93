"""What a page looks like: scans of one drawing are known again, other drawings are not taken for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kms.duplicates.appearance import ALIKE, decode, differences, similarity, speaks_against
from kms.extract.appearance import signature
from kms.extract.reading import read_file

Draw = Callable[[int], Image.Image]
Scan = Callable[..., Image.Image]


def bits_between(one: Image.Image, other: Image.Image) -> int:
    return int(differences(signature(one), decode([signature(other)]))[0])


@pytest.mark.parametrize(
    ("skew", "scale", "turn"), [(1.0, 1.0, 0), (-1.8, 0.75, 0), (0.0, 1.5, 0), (0.4, 1.0, 180), (0.3, 1.0, 90)]
)
def test_a_drawing_is_known_again_when_it_was_scanned(
    drawing: Draw, scan: Scan, skew: float, scale: float, turn: int
) -> None:
    for seed in range(3):
        assert bits_between(drawing(seed), scan(drawing(seed), seed, skew, scale, turn)) <= ALIKE


def test_margins_of_another_paper_and_a_pale_mark_change_little(drawing: Draw) -> None:
    sheet = Image.new("L", (2000, 1700), 255)
    sheet.paste(drawing(1), (240, 300))
    marked = drawing(1)
    pale = Image.new("L", marked.size, 225)
    stripe = Image.new("L", marked.size, 0)
    ImageDraw.Draw(stripe).line((100, 1100, 1500, 100), 255, 60)
    marked.paste(pale, mask=stripe)
    assert max(bits_between(drawing(1), sheet), bits_between(drawing(1), marked)) <= ALIKE


def test_other_drawings_look_different(drawing: Draw) -> None:
    looks = [signature(drawing(seed)) for seed in range(12)]
    for place, one in enumerate(looks[1:], 1):
        assert differences(one, decode(looks[:place])).min() > ALIKE


def test_an_empty_page_looks_like_nothing_even_when_scanned(drawing: Draw, scan: Scan) -> None:
    blank = Image.new("L", (1240, 1754), 255)
    assert signature(blank) == "" == signature(scan(blank, 1))
    assert differences(signature(drawing(1)), decode(["", "no hex", signature(drawing(1))])).tolist() == [255, 255, 0]


def test_the_same_looks_the_same_and_chance_has_nothing_in_common() -> None:
    assert (similarity(0), similarity(128)) == (1.0, 0.0)


def test_words_and_years_that_can_be_read_speak_louder_than_looks() -> None:
    heading = "POHON KINERJA BADAN KESATUAN BANGSA DAN POLITIK"
    assert speaks_against(f"{heading} TAHUN 2023", f"{heading} TAHUN 2024")
    assert speaks_against("BAB II GAMBARAN UMUM WILAYAH", "BAB III RENCANA KEGIATAN DAN ANGGARAN")
    assert not speaks_against(heading, f"{heading} Meningkatnya kesadaran politik masyarakat tahun 2024")
    assert not speaks_against("", heading)
    assert not speaks_against("menara nan eee mana aan para haa mae mean pam nae penahan mma nee sman", heading)
    assert not speaks_against("nea Bts esa menbakanya penning B8 Degan seah senbsnato kawapasaan pena", heading)


def test_only_pages_with_few_words_are_looked_at(tmp_path: Path, drawing: Draw) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "kajian.pdf"
    page = Canvas(str(path), (1191, 842))
    for line in range(40):
        page.drawString(
            80, 780 - 18 * line, "Kajian ini memetakan kerukunan warga di kecamatan dan kelurahan setempat."
        )
    page.showPage()
    drawing(5).save(tmp_path / "gambar.png")
    page.drawImage(str(tmp_path / "gambar.png"), 60, 60, 1070, 720)
    page.showPage()
    page.setFont("Helvetica", 3)
    for line in range(30):
        page.rect(100 + 25 * line, 300, 20, 30)
        page.drawString(102 + 25 * line, 320, "jumlah warga")
    page.showPage()
    page.showPage()
    page.save()
    looks = [page.appearance for page in read_file(path).pages]
    assert [bool(each) for each in looks] == [False, True, True, False]
