"""Regulations, amounts, days and other names that people write in several ways: each finds the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kms.library import Library

Fill = Callable[..., Library]


def titles(library: Library, query: str) -> list[str]:
    return [hit.document.title for hit in library.search(query).hits]


@pytest.mark.parametrize(
    "query",
    ["PP 8/2008", "PP No. 8 tahun 2008", "peraturan pemerintah nomor 8 tahun 2008", "Nomor 8 Thn 2008", "pp 8 2008"],
)
def test_a_regulation_is_found_however_its_number_is_written(fill: Fill, query: str) -> None:
    library = fill(
        "kajian;2019;Satu;\nPeraturan Pemerintah Nomor 6 Tahun 2008 dan Nomor 8 Tahun 2009; PP lain tahun 2008.",
        "kajian;2020;Dua;\nPeraturan Pemerintah (PP) Nomor 8 Tahun 2008 tentang tahapan.",
        "kajian;2021;Tiga;\nPeraturan pemerintah (PP) No. 8/2008 tentang tahapan.",
    )
    assert set(titles(library, query)[:2]) == {"Dua", "Tiga"}


def test_a_name_with_a_letter_before_it_is_found_in_one_word_or_two_and_else_without_the_letter(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nPenerapan e-kinerja pegawai.",
        "kajian;2020;Dua;\nAplikasi ekinerja pegawai.",
        "kajian;2021;Tiga;\nKinerja pegawai, lampiran E. Absensi pegawai.",
        "kajian;2022;Empat;\nLampiran e.",
    )
    assert set(titles(library, "e-kinerja")) == set(titles(library, "E-Kinerja pegawai")) == {"Satu", "Dua"}
    assert titles(library, "e-absensi") == ["Tiga"]
    assert titles(library, "eabsensi") == ["Tiga"]
    assert titles(library, "e-pegawai") and "Empat" not in titles(library, "e-pegawai")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("semester 2", "Semester II berjalan"),
        ("triwulan IV", "Triwulan 4 berjalan"),
        ("31-12-2019", "Per 31 Desember 2019"),
        ("1/8/2018", "Per 01-08-2018"),
        ("93,5 persen", "Capaian 93.5%"),
        ("1 agt 2018", "Per 1 Agustus 2018"),
    ],
)
def test_a_number_is_found_as_others_write_it(fill: Fill, typed: str, written: str) -> None:
    assert titles(fill(f"kajian;2019;Satu;\n{written}.", "kajian;2020;Dua;\nHal lain."), typed) == ["Satu"]


@pytest.mark.parametrize("query", ["150 juta", "Rp150 jt", "150jt", "Rp 150.000.000,00", "150000000", "0,15 miliar"])
def test_an_amount_is_found_in_figures_and_in_words(fill: Fill, query: str) -> None:
    library = fill(
        "kajian;2019;Satu;\nPagu Rp150.000.000 untuk rapat.",
        "kajian;2020;Dua;\nPagu sebesar Rp 150,000,000.00 untuk rapat.",
        "kajian;2021;Tiga;\nBantuan Rp150 juta untuk rapat.",
        "kajian;2022;Empat;\nTarget 150 orang, pagu rp 1,5 juta.",
    )
    assert set(titles(library, query)) == {"Satu", "Dua", "Tiga"}


def test_years_without_a_regulation_and_regulations_that_no_page_has_are_words(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nTriwulan 3 dari tahun 2020.",
        "kajian;2020;Dua;\nKelas 3 tahun 2020.",
        "kajian;2019;Tiga;\nNomor peraturan: 4, dari tahun 2020.",
    )
    assert set(titles(library, "3 tahun 2020")) == {"Satu", "Dua"}
    assert titles(library, "peraturan nomor 4 tahun 2020") == ["Tiga"]


def test_the_parts_of_a_mark_stand_side_by_side(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nTabel T-C.30 memuat target.", "kajian;2020;Dua;\nTabel 30: C. Rahmat dan T.")
    assert titles(library, "tabel t-c.30") == ["Satu"]
    assert titles(library, "T-C.31") == []
