"""What stands in one cell: a name with its number, two indicators, an indicator and its program."""

from __future__ import annotations

from dataclasses import replace

from tests.indicators.reading import found, table, targets


def test_two_indicators_and_two_targets_in_one_cell() -> None:
    header = ("Program", "Indikator Kinerja", "Target 2022")
    rows = (
        ("Program A", "Persentase SKPD aktif; Jumlah dokumen kajian", "50%; 3"),
        ("Program B", "1. Persentase ormas aktif 2. Jumlah dialog lintas agama", "80% 4"),
    )
    assert [(one.name, targets(one)["2022"]) for one in found("renja", table(header, *rows))] == [
        ("Persentase SKPD aktif", "50%"),
        ("Jumlah dokumen kajian", "3"),
        ("Persentase ormas aktif", "80%"),
        ("Jumlah dialog lintas agama", "4"),
    ]


def test_program_outcome_and_money_in_one_column() -> None:
    header = ("No", "Program / Kegiatan / Indikator", "Satuan", "Target", "Realisasi", "Capaian")
    rows = (
        ("1", "Program Pembinaan Politik Outcome : Persentase pemilih pemula", "%", "5", "10,73", "214"),
        ("", "Anggaran", "Rp.", "625.402.800", "577.441.400", "92,33"),
        (
            "2",
            "Program Penataan Pasar Outcome : Persentase PKL tertata Persentase pasar SNI",
            "% %",
            "10 20",
            "9 -",
            "",
        ),
    )
    found_rows = found("lkpj", table(header, *rows), year="2019")
    assert [(one.name, one.program, targets(one)["2019"]) for one in found_rows] == [
        ("Persentase pemilih pemula", "Program Pembinaan Politik", "5"),
        ("Persentase PKL tertata", "Program Penataan Pasar", "10"),
        ("Persentase pasar SNI", "Program Penataan Pasar", "20"),
    ]


def test_indicator_and_place_in_swapped_columns() -> None:
    header = ("Program/Kegiatan", "Indikator Kinerja", "Lokasi", "Target 2023")
    rows = (
        ("Program Pengawasan", "Persentase temuan selesai", "Jombang", "93%"),
        ("Program Asistensi", "Jombang", "Persentase kebijakan teknis", "80%"),
    )
    assert [one.name for one in found("renja", table(header, *rows))] == [
        "Persentase temuan selesai",
        "Persentase kebijakan teknis",
    ]


def test_words_broken_by_a_narrow_column_are_joined() -> None:
    header = ("No", "Indikator Kinerja", "Target")
    (one,) = found("rkt", table(header, ("1", "Persentase pengawasa n yang telah ditindaklanj uti", "93%")))
    assert one.name == "Persentase pengawasan yang telah ditindaklanjuti"


def test_bullets_and_letters_divide_a_cell_and_numbers_of_figures_are_left_out() -> None:
    rows = (
        ("Program A", "1. Persentase ormas aktif 2. Jumlah dialog", "1. 80% 2. 4 kali"),
        ("Program B", "- Persentase parpol tertib - Jumlah pelatihan", "90% 3 kali"),
        ("Program C", "a. Persentase RT aman b. Jumlah pos ronda", "75 % 12 unit"),
        ("Program D", "Persentase tindak lanjut selesai : - Administrasi - Keuangan", "95%"),
    )
    read = found("renja", table(("Program", "Indikator", "Target"), *rows))
    assert [targets(one)["2022"] for one in read] == ["80%", "4 kali", "90%", "3 kali", "75 %", "12 unit", "95%"]
    assert read[-1].name == "Persentase tindak lanjut selesai : - Administrasi - Keuangan"


def test_a_number_of_two_parts_is_no_part_of_the_name() -> None:
    (one,) = found("rkt", table(("Sasaran", "Indikator", "Target"), ("1. Aman", "1.2 Indeks Risiko Bencana", "128")))
    assert one.name == "Indeks Risiko Bencana"


def test_target_and_unit_in_one_column() -> None:
    (one,) = found(
        "renja", table(("Sub Kegiatan", "Indikator", "Target dan Satuan"), ("Rapat", "Jumlah rapat", "12 kali"))
    )
    assert (targets(one), one.unit) == ({"2022": "12 kali"}, "kali")


def test_figures_of_a_scanned_table_are_unverified() -> None:
    scanned = replace(table(("No", "Indikator Kinerja", "Target"), ("1", "Indeks kerukunan", "70")), source="ocr")
    (one,) = found("rkt", scanned)
    assert not one.targets["2022"].verified


def test_a_table_goes_on_without_header_and_with_the_rest_of_a_name() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja", "Target")
    first = table(header, ("1", "Kerukunan", "Persentase laporan pendampingan yang", "80%"))
    second = table(header, ("", "", "telah ditindaklanjuti", ""), ("2", "", "Jumlah dialog", "4"), caption="", page=2)
    one, other = found("renja", first, second)
    assert (one.name, one.page) == ("Persentase laporan pendampingan yang telah ditindaklanjuti", 1)
    assert (other.name, other.sasaran, other.page) == ("Jumlah dialog", "Kerukunan", 2)


def test_a_table_that_goes_on_without_any_header_has_that_of_the_page_before() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja", "Target")
    first = table(header, ("1", "Rukun", "Indeks kerukunan", "73"))
    rest = table((), ("2", "Aman", "Angka konflik", "0 kasus"), caption="", page=2)
    assert [(one.name, targets(one)) for one in found("rkt", first, rest)] == [
        ("Indeks kerukunan", {"2022": "73"}),
        ("Angka konflik", {"2022": "0 kasus"}),
    ]
