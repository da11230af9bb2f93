"""What a study says of its matter, told from what any study says: who pays, who is thanked, how it works."""

from __future__ import annotations

import pytest

from kms.duplicates.headings import apparatus
from kms.duplicates.matter import beside_the_matter
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import code, read

AIM = (
    "Kajian menghitung potensi retribusi parkir pada setiap ruas jalan dan memperkirakan kebocoran setoran juru parkir"
    " beserta tempat terjadinya kebocoran itu."
)
FORM = (
    "Kegiatan dilaksanakan secara swakelola bersama perguruan tinggi. Penanggung jawab ialah kepala dinas selaku"
    " pengguna anggaran, dibantu pejabat pelaksana teknis serta bendahara."
)


def aside(text: str) -> str:
    """The words of a text that are beside its matter."""
    rarity = Rarity(lambda stems: [1] * len(stems), 50)
    reading = read(text)
    rarity.learn(reading.stems)
    mask = beside_the_matter(reading, rarity.tell, read("Dinas Perhubungan").words[:0])
    assert code("parkir") in reading.words
    return " ".join(
        reading.text[start:end] for start, end, one in zip(reading.starts, reading.ends, mask, strict=True) if one
    )


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_form_among_paragraphs_of_a_study_is_beside_its_matter(parking: tuple[str, ...], place: int) -> None:
    own = [parking[0], AIM, *parking[1:]]
    text = "\n\n".join([*own[:place], FORM, *own[place:]])
    said = aside(text)
    assert "swakelola" in said and "bendahara" in said
    assert "parkir" not in said and "setoran" not in said


def test_figures_of_its_own_are_of_the_matter(parking: tuple[str, ...]) -> None:
    told = FORM.replace("bendahara", "bendahara untuk 4.812 pedagang di 37 kios")
    assert aside("\n\n".join([AIM, *parking, told])) == ""


def test_a_short_text_says_too_little_to_tell(parking: tuple[str, ...]) -> None:
    assert aside(f"{parking[0]}\n\n{FORM}") == ""


@pytest.mark.parametrize(
    "heading",
    [
        "BAB II METODE",
        "D. Metodologi",
        "Jangka Waktu Pelaksanaan",
        "1.4 Dasar Hukum",
        "BAGIAN III. KEADAAN WILAYAH",
        "A.3 Rujukan Peraturan",
        "NAMA DAN ORGANISASI PEJABAT PEMBUAT KOMITMEN",
        "Alih Pengetahuan",
        "BAB II LANDASAN DAN CARA KERJA",
        "LAMPIRAN PEDOMAN WAWANCARA",
    ],
)
def test_what_any_study_has_is_known_by_its_heading(heading: str) -> None:
    text = f"Latar Belakang\nParkir tidak tertib.\n\n{heading}\nWawancara komandan regu.\n\nHasil\nParkir tertib."
    assert [text[start:end].strip() for start, end in apparatus(text)] == [f"{heading}\nWawancara komandan regu."]


def test_a_chapter_on_the_place_is_of_any_study_with_all_its_parts() -> None:
    place = "BAB III GAMBARAN UMUM WILAYAH\n3.1 Luas\nKota ini 40 hektare.\n3.2 Penduduk\nWarga 300 jiwa."
    text = f"BAB I PENDAHULUAN\nParkir tidak tertib.\n{place}\nBAB IV HASIL\nParkir tertib."
    assert [text[start:end].strip() for start, end in apparatus(text)] == [place]
