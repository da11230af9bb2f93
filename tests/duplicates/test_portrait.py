"""What portrays a region in general, told from what a study says of its own matter there."""

from __future__ import annotations

import pytest

from kms.duplicates.portrait import portraits, portraying_sentences

REGION = (
    "Kabupaten Mekarjati luasnya 1.204,5 kilometer persegi dan terbagi atas 14 kecamatan, 9 kelurahan, dan 151 desa."
    " Penduduknya 512.340 jiwa. Lembah di selatan ditanami padi, lereng di utara kopi."
)
ECONOMY = (
    "Pertanian masih menyumbang 28 persen produk domestik regional bruto. Indeks Pembangunan Manusia 69,4, dan penduduk"
    " miskin tinggal 9,8 persen."
)
OWN = "Dari 312 warung yang disurvei, dua pertiga mengambil beras dari tengkulak di luar kecamatan."


def portrayed(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in portraits(text)]


@pytest.mark.parametrize("portrait", [REGION, ECONOMY])
def test_a_region_is_portrayed_wherever_it_stands(portrait: str) -> None:
    assert portrayed(f"Temuan\n\n{OWN}\n\n{portrait}\n\n{OWN}") == [portrait]


def test_neighbours_that_portray_are_one() -> None:
    assert portrayed(f"{OWN}\n\n{REGION}\n\n{ECONOMY}") == [f"{REGION}\n\n{ECONOMY}"]


@pytest.mark.parametrize(
    "said",
    [
        OWN,
        "Curah hujan di atas 100 milimeter sehari menggenangi 14 ruas jalan; pompa menyala dua jam kemudian.",
        "Penduduk miskin di lima desa berjumlah 1.240 jiwa, dan 310 di antaranya belum menerima bantuan.",
    ],
)
def test_what_a_study_found_is_no_portrait(said: str) -> None:
    assert portrayed(f"{said}\n\n{said}") == []


def test_a_long_paragraph_that_mentions_some_of_it_is_no_portrait() -> None:
    assert portrayed(" ".join([OWN] * 30) + " " + ECONOMY) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Kabupaten Mekarjati seluas 1.204,5 kilometer persegi berbatasan dengan laut di utara.",
        "Penduduknya 512.340 jiwa dengan Indeks Pembangunan Manusia 69,4.",
    ],
)
def test_a_sentence_in_passing_that_portrays_a_region_is_known(sentence: str) -> None:
    text = f"{OWN} {sentence} {OWN}"
    assert [text[start:end].strip() for start, end in portraying_sentences(text)] == [sentence]


def test_a_sentence_on_what_is_studied_is_no_portrait() -> None:
    poor = "Penduduk miskin di lima desa berjumlah 1.240 orang, dan 310 di antaranya belum menerima bantuan."
    assert not list(portraying_sentences(f"{OWN} {poor} {OWN}"))
