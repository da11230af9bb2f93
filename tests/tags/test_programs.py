"""Programs under their official names, old and new, in every spelling of name and code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.extract.tags.nomenclature import by_code, official, program_name, programs, read_code
from kms.extract.tags.programs import find_programs
from kms.model import Page, Table, Tag

IDEOLOGY = "Program Penguatan Ideologi Pancasila dan Karakter Kebangsaan"
PARTIES = (
    "Program Peningkatan Peran Partai Politik dan Lembaga Pendidikan melalui Pendidikan Politik dan Pengembangan "
    "Etika serta Budaya Politik"
)


def table(*rows: tuple[str, ...], header: tuple[str, ...] = (), pages: tuple[int, ...] = ()) -> Table:
    header = header or ("Kode", "Program dan Kegiatan", "Target")
    return Table(1, (1,), None, header, rows, (0, 0, 1, 1), row_pages=pages or (1,) * len(rows))


def found(*tables: Table, text: tuple[str, ...] = ()) -> list[Tag]:
    return find_programs(tuple(Page(number, one) for number, one in enumerate(text, 1)), tables)


def values(tags: list[Tag], name: str = "program") -> list[str]:
    return [tag.value for tag in tags if tag.name == name]


@pytest.mark.parametrize(
    ("printed", "code", "level"),
    [
        ("8.01.02", "8.01.02", "program"),
        ("8.1.2", "8.01.02", "program"),
        ("8 01 02", "8.01.02", "program"),
        ("8.01.02.", "8.01.02", "program"),
        ("8.1.5.2.01.", "8.01.05.2.01", "kegiatan"),
        ("8.01.05.02.01", "8.01.05.2.01", "kegiatan"),
        ("8.01.02.2.01.0001", "8.01.02.2.01.0001", "sub"),
        ("2.10.2.10.1.01", "2.10.2.10.1.01", "old"),
        ("4.01.44.01.17", "4.01.44.01.17", "old"),
    ],
)
def test_a_code_has_one_form_however_it_is_printed(printed: str, code: str, level: str) -> None:
    read = read_code(printed)
    assert read and (read.text, read.level) == (code, level)


@pytest.mark.parametrize("printed", ["8.01", "12.500.000", "1.250.000", "2.500.000.000", "17.08.1945", "a.b", ""])
def test_what_is_no_code_is_none(printed: str) -> None:
    assert read_code(printed) is None


@given(st.sampled_from(sorted(by_code())), st.sampled_from([".", " ", ". "]), st.booleans())
def test_padding_and_dots_never_change_a_programs_code(code: str, mark: str, padded: bool) -> None:
    parts = [part if padded else str(int(part)) for part in code.split(".")]
    read = read_code(mark.join(parts))
    assert read and read.text == code


def test_every_official_name_is_recognised_in_capitals_and_in_broken_lines() -> None:
    for program in programs():
        known = official(program.name.upper().replace(" ", "\n", 2))
        assert known and known.name == program.name


@pytest.mark.parametrize(
    "printed",
    [
        "PROGRAM PENGUATAN IDEOLOGI PANCASILA DAN KARAKTER KEBANGSAAN",
        "Program Penguatan Ideologi Pancasila dan Karakter Kebangsaan.",
        "PROGRAM PENGUATAN IDEOLOGI PANCASI LA DAN KARAKTER KEBANGSA AN",
        "Program Penguatan Idiologi Pancasila dan Karakter Kebangsaan",
        "Program Penguatan Ideologi Pancasila dan",
    ],
)
def test_a_name_misspelt_broken_or_cut_short_is_the_official_one(printed: str) -> None:
    tags = found(table(("8.1.2", printed, "100")))
    assert values(tags) == [IDEOLOGY]
    assert values(tags, "code") == ["8.01.02"]
    assert all(tag.confidence > 0.9 for tag in tags)


def test_an_activity_is_no_program_and_its_code_says_so() -> None:
    tags = found(
        table(
            ("8.01.02", IDEOLOGY, ""),
            ("8.01.02.2.01", "Perumusan Kebijakan Teknis Bidang Ideologi", "2 dok"),
            ("8.01.02.2.01.0001", "Program kerja bidang ideologi tahun depan", "1 dok"),
        )
    )
    assert values(tags) == [IDEOLOGY]
    assert set(values(tags, "code")) == {"8.01.02", "8.01.02.2.01", "8.01.02.2.01.0001"}


def test_a_code_of_one_part_a_cell_is_put_together() -> None:
    header = ("Kode", "Kode", "Kode", "Program", "Target")
    tags = found(table(("8", "01", "03", PARTIES, "90"), header=header))
    assert (values(tags), values(tags, "code")) == ([PARTIES], ["8.01.03"])


def test_an_old_name_is_kept_and_linked_to_the_new_one() -> None:
    tags = found(table(("1.19.1.19.01.17", "Program Pengembangan Wawasan Kebangsaan", "")))
    assert set(values(tags)) == {"Program Pengembangan Wawasan Kebangsaan", IDEOLOGY}
    sure = {tag.value: tag.confidence for tag in tags if tag.name == "program"}
    assert sure["Program Pengembangan Wawasan Kebangsaan"] > 0.9 > 0.6 > sure[IDEOLOGY]
    assert values(tags, "program-link") == [f"Program Pengembangan Wawasan Kebangsaan > 8.01.02 {IDEOLOGY}"]


def test_a_new_name_has_no_link() -> None:
    assert values(found(table(("8.01.02", IDEOLOGY, ""))), "program-link") == []


def test_programs_in_running_text_also_across_lines_and_pages() -> None:
    tags = found(
        text=(
            "Pada tahun ini dilaksanakan Program Penguatan Ideologi\nPancasila dan Karakter Kebangsaan dan lain-lain.\n"
            "Selanjutnya Program Pemberdayaan dan Pengawasan",
            "RKT 2022\nOrganisasi Kemasyarakatan dilaksanakan.",
        )
    )
    assert set(values(tags)) == {IDEOLOGY, "Program Pemberdayaan dan Pengawasan Organisasi Kemasyarakatan"}
    assert {tag.page for tag in tags} == {1}
    assert {tag.source for tag in tags} == {"rule"}


def test_a_longer_name_that_begins_like_an_official_one_is_its_own() -> None:
    assert values(found(text=("dalam Program Penanggulangan Bencana Alam kota.",))) == []
    tags = found(table(("", "Program Penanggulangan Bencana Alam Kecamatan Utara", "")))
    assert values(tags) == ["Program Penanggulangan Bencana Alam Kecamatan Utara"]


def test_a_free_name_counts_in_a_table_and_less_without_a_code() -> None:
    with_code, without = (
        found(table((code, "Program Optimalisasi Pemanfaatan Teknologi Informasi", "")))
        for code in ("2.10.2.10.1.19", "")
    )
    assert values(with_code) == values(without) == ["Program Optimalisasi Pemanfaatan Teknologi Informasi"]
    assert with_code[-1].confidence > without[-1].confidence


def test_an_indicator_in_the_same_cell_is_not_part_of_the_name() -> None:
    tags = found(
        table(("1", "Program Pembinaan Kerukunan Outcome : Persentase dialog", "5"), header=("No", "Program", "Target"))
    )
    assert values(tags) == ["Program Pembinaan Kerukunan"]


def test_a_name_cut_by_the_page_break_is_one_name() -> None:
    rows = (("", "Program Pengkajian dan Penelitian Bidang", "1"), ("", "Komunikasi dan Informasi", ""))
    tags = found(table(*rows, pages=(1, 2)))
    assert [(tag.value, tag.page) for tag in tags] == [
        ("Program Pengkajian dan Penelitian Bidang Komunikasi dan Informasi", 1)
    ]


def test_sentences_about_programs_are_none() -> None:
    assert found(table(("", "Program ini dilaksanakan sejak tahun 2019", ""))) == []


def test_several_programs_on_a_page_are_all_kept() -> None:
    rows = tuple((code, by_code()[code].name.upper(), "") for code in ("8.01.02", "8.01.03", "8.01.04", "8.01.06"))
    assert len(values(found(table(*rows)))) == 4


def test_abbreviations_in_names_stay_large() -> None:
    assert (
        program_name("PROGRAM PENINGKATAN SDM DAN DATA/INFORMASI DAERAH")
        == "Program Peningkatan SDM dan Data/Informasi Daerah"
    )


def test_a_full_width_row_names_the_program_of_the_rows_below() -> None:
    rows = (("8.01.02.2.01", "Perumusan Kebijakan", "2 dok"),)
    grouped = Table(
        1, (1,), None, ("Kode", "Kegiatan", "Target"), rows, (0, 0, 1, 1),
        groups=("Program 8.01.02 Penguatan Ideologi Pancasila dan Karakter Kebangsaan",), row_pages=(1,),
    )  # fmt: skip
    assert values(found(grouped)) == [IDEOLOGY]
    assert set(values(found(grouped), "code")) == {"8.01.02", "8.01.02.2.01"}


def test_a_column_headed_program_names_programs_without_the_word() -> None:
    header = ("Sasaran", "Indikator", "Target", "Program")
    rows = (
        ("Kohesi sosial", "Indeks", "70", "Penanganan Konflik Sosial."),
        ("", "", "", "Penguatan Ideologi Pancasila dan Karakter Kebangsaan"),
        ("", "", "", "melalui dialog yang dilaksanakan di semua kecamatan"),
        ("", "", "", "Jumlah 3"),
    )
    assert set(values(found(table(*rows, header=header)))) == {"Program Penanganan Konflik Sosial", IDEOLOGY}


def test_figures_of_the_next_column_and_sums_are_no_part_of_a_name() -> None:
    rows = (("", "Program Peningkatan Mutu Pelayanan Kesehatan 89,68", "1"), ("", "J U M L A H", "1"))
    named = values(found(table(*rows, header=("Kode", "Program", "Target"))))
    assert named == ["Program Peningkatan Mutu Pelayanan Kesehatan"]
