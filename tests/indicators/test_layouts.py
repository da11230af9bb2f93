"""The tables in which offices state indicators, each read as a planner reads it."""

from __future__ import annotations

import pytest

from kms.extract.indicators import find_indicators
from kms.model import Indicator, Table, Tag

FUNDED = "Target Kinerja Program dan Kerangka Pendanaan"
LAST_YEAR = "Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu (2020)"


def table(header: tuple[str, ...], *rows: tuple[str, ...], caption: str = "Tabel 1", page: int = 1) -> Table:
    return Table(
        page, (page,), caption or None, header, rows, (0, 0, 1, 1),
        row_pages=(page,) * len(rows), cell_boxes=tuple(tuple((0.0, 0.0, 1.0, 1.0) for _ in row) for row in rows),
    )  # fmt: skip


def found(kind: str, *tables: Table, year: str = "2022", period: str = "") -> list[Indicator]:
    when = Tag("period", period) if period else Tag("year", year)
    return list(find_indicators(tables, (), (Tag("type", kind), when)))


def targets(indicator: Indicator) -> dict[str, str]:
    return {when: figure.text for when, figure in indicator.targets.items()}


def realised(indicator: Indicator) -> dict[str, str]:
    return {when: figure.text for when, figure in indicator.realisations.items()}


def test_a_performance_agreement() -> None:
    header = ("No", "Sasaran Strategis", "Indikator Kinerja", "Target")
    first, second = found(
        "perjanjian-kinerja",
        table(
            header,
            ("1", "Meningkatnya kerukunan", "Indeks kerukunan", "73,50"),
            ("", "", "Angka konflik", "≤ 5 kasus"),
        ),
    )
    assert (first.name, targets(first), first.sasaran) == (
        "Indeks kerukunan",
        {"2022": "73,50"},
        "Meningkatnya kerukunan",
    )
    assert (second.unit, second.targets["2022"].high, second.sasaran) == ("kasus", 5, "Meningkatnya kerukunan")


def test_a_strategic_plan_with_targets_and_money_side_by_side() -> None:
    header = (
        "Tujuan", "Sasaran", "Kode", "Program dan Kegiatan",
        "Indikator Kinerja Tujuan, Sasaran, Program (Outcome) dan Kegiatan (Output)",
        "Data Capaian pada Tahun Awal Perencanaan",
        f"{FUNDED} / Tahun-1 (2019) / target", f"{FUNDED} / Tahun-1 (2019) / Rp",
        f"{FUNDED} / Tahun-2 (2020) / target", f"{FUNDED} / Tahun-2 (2020) / Rp",
        "Kondisi Kinerja pada akhir periode Renstra / target", "Kondisi Kinerja pada akhir periode Renstra / Rp",
        "Unit Kerja Penanggung-jawab", "Lokasi",
    )  # fmt: skip
    program, activity = found(
        "renstra",
        table(
            header,
            ("Mewujudkan kerukunan", "Terciptanya rasa aman", "8.01.02", "Program Penguatan Ideologi Pancasila",
             "Persentase warga yang paham", "60%", "65%", "100.000.000", "70%", "120.000.000", "85%", "500.000.000",
             "Bidang Ideologi", "Kota"),
            ("", "", "8.01.02.2.01", "Perumusan kebijakan teknis", "Jumlah dokumen", "2 dok", "2 dok", "10.000.000",
             "3 dok", "11.000.000", "12 dok", "50.000.000", "", ""),
        ),
        period="2018-2023",
    )  # fmt: skip
    assert targets(program) == {"2019": "65%", "2020": "70%", "kondisi akhir": "85%"}
    assert program.baseline and program.baseline.value == 60
    assert (program.program, activity.activity) == (
        "Program Penguatan Ideologi Pancasila",
        "Perumusan kebijakan teknis",
    )
    assert (activity.program, activity.unit) == ("Program Penguatan Ideologi Pancasila", "dok")


def test_the_same_years_as_target_as_realisation_and_as_ratio() -> None:
    years = ("2016", "2017", "2018")
    header = (
        "No", "Indikator Kinerja sesuai Tugas dan Fungsi", "Target NSPK", "Target IKK", "Target Indikator Lainnya",
        *(f"Target Renstra Tahun ke- / {year}" for year in years),
        *(f"Realisasi Capaian Tahun ke- / {year}" for year in years),
        *(f"Rasio Capaian pada Tahun ke- / {year}" for year in years),
    )  # fmt: skip
    row = (
        "1",
        "Persentase konflik yang selesai",
        "-",
        "-",
        "-",
        "80",
        "85",
        "90",
        "82",
        "84",
        "92",
        "1,02",
        "0,98",
        "1,02",
    )
    (one,) = found("renstra", table(header, row), period="2016-2021")
    assert targets(one) == {"2016": "80", "2017": "85", "2018": "90"}
    assert realised(one) == {"2016": "82", "2017": "84", "2018": "92"}


def test_last_years_evaluation_tells_what_was_reached_until_a_year_from_what_was_reached_in_it() -> None:
    header = (
        "Kode", "Urusan/Program/Kegiatan", "Indikator Kinerja Program (outcomes)/ Kegiatan (output)",
        "Target Kinerja Capaian Program (Renstra) Tahun 2023",
        "Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d tahun 2019",
        f"{LAST_YEAR} / Target Renja tahun 2020", f"{LAST_YEAR} / Realisasi Renja tahun 2020",
        f"{LAST_YEAR} / Tingkat Realisasi (%)", "Target program dan kegiatan (Renja Tahun 2021)",
        "Perkiraan Realisasi s/d tahun 2021 / Realisasi Capaian s/d tahun berjalan (2021)",
        "Perkiraan Realisasi s/d tahun 2021 / Tingkat Capaian Realisasi Target Renstra (%)",
    )  # fmt: skip
    row = ("8.01.03", "Program Peningkatan Peran Partai Politik", "Persentase parpol tertib", "100%", "85%", "90%",
           "88%", "97,7", "95%", "96%", "96,0")  # fmt: skip
    (one,) = found("renja", table(header, row))
    assert targets(one) == {"2023": "100%", "2020": "90%", "2021": "95%"}
    assert realised(one) == {"s/d 2019": "85%", "2020": "88%", "s/d 2021": "96%"}


def test_targets_of_quarters_are_not_the_target_of_the_year() -> None:
    header = ("No", "Indikator Kinerja", "Satuan", "Target Tahun 2022", "Target Triwulan / I", "Target Triwulan / II")
    (one,) = found("perjanjian-kinerja", table(header, ("1", "Jumlah dialog", "kali", "8", "2", "4")))
    assert targets(one) == {"2022": "8", "triwulan I": "2", "triwulan II": "4"}


def test_a_quarterly_evaluation_keeps_performance_and_leaves_money() -> None:
    heads = ("Target Renstra pada Tahun 2023", "Target Kinerja dan Anggaran Renja Tahun 2022",
             "Realisasi Kinerja Pada Triwulan / I", "Tingkat Capaian Kinerja")  # fmt: skip
    header = ("No", "Program/Kegiatan", "Indikator Kinerja Program (outcome)/Kegiatan (output)",
              *(f"{head} / {kind}" for head in heads for kind in ("K", "Rp")))  # fmt: skip
    row = (
        "1",
        "Program Pembinaan Ormas",
        "Persentase ormas aktif",
        "90",
        "1.000",
        "80",
        "200",
        "20",
        "50",
        "25",
        "25",
    )
    (one,) = found("evaluasi", table(header, row))
    assert (targets(one), realised(one)) == ({"2023": "90", "2022": "80"}, {"triwulan I": "20"})


@pytest.mark.parametrize(
    ("columns", "period", "expected"),
    [
        (5, "2018-2023", ["2019", "2020", "2021", "2022", "2023"]),
        (5, "2019-2023", ["2019", "2020", "2021", "2022", "2023"]),
        (3, "2018-2023", ["tahun ke-1", "tahun ke-2", "tahun ke-3"]),
    ],
)
def test_counted_years_are_named_where_the_period_leaves_one_reading(
    columns: int, period: str, expected: list[str]
) -> None:
    header = (
        "No",
        "Sasaran",
        "Indikator Sasaran",
        *(f"Target Kinerja Sasaran pada Tahun ke- / {n + 1}" for n in range(columns)),
    )
    (one,) = found(
        "renstra",
        table(header, ("1", "S", "Indeks kerukunan", *(str(70 + n) for n in range(columns)))),
        period=period,
    )
    assert list(one.targets) == expected


def test_a_report_without_the_word_indicator_in_its_header() -> None:
    rows = (("Indeks kerukunan", "70", "72"), ("Persentase ormas aktif", "80%", "82%"))
    one, other = found("lkip", table(("Uraian", "Target", "Realisasi"), *rows), year="2021")
    assert (one.name, targets(one), realised(other)) == ("Indeks kerukunan", {"2021": "70"}, {"2021": "82%"})


def test_prose_staff_and_money_are_no_indicators() -> None:
    assert not found("renja", table(("No", "Uraian", "Jumlah"), ("1", "Golongan IV", "4"), ("2", "Golongan III", "9")))
    assert not found("lkip", table(("No", "Program", "Pagu Anggaran", "Realisasi"), ("1", "Program X", "1.000", "900")))
    assert not found("renja", table(("Masalah", "Akar Masalah"), ("Indeks masih rendah", "Persentase pelaporan")))


def test_key_indicators_without_targets_are_kept() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja Utama", "Formulasi Perhitungan", "Sumber Data")
    (one,) = found("iku", table(header, ("1", "Meningkatnya kerukunan", "Indeks kerukunan", "skor / n", "Survei")))
    assert (one.name, one.targets, one.realisations) == ("Indeks kerukunan", {}, {})


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


def test_two_groups_of_indicators_side_by_side_each_with_its_target() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Program", "Kegiatan",
              "Indikator Kinerja Kegiatan", "Target Kegiatan")  # fmt: skip
    row = ("1", "Kerukunan", "Indeks kerukunan", "Poin", "70", "Program Pembinaan", "Dialog", "Jumlah dialog", "4 kali")
    one, other = found("rkt", table(header, row))
    assert (one.name, targets(one), one.unit) == ("Indeks kerukunan", {"2022": "70"}, "Poin")
    assert (other.name, targets(other), other.program, other.activity) == (
        "Jumlah dialog",
        {"2022": "4 kali"},
        "Program Pembinaan",
        "Dialog",
    )


def test_a_table_goes_on_without_header_and_with_the_rest_of_a_name() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja", "Target")
    first = table(header, ("1", "Kerukunan", "Persentase laporan pendampingan yang", "80%"))
    second = table(header, ("", "", "telah ditindaklanjuti", ""), ("2", "", "Jumlah dialog", "4"), caption="", page=2)
    one, other = found("renja", first, second)
    assert (one.name, one.page) == ("Persentase laporan pendampingan yang telah ditindaklanjuti", 1)
    assert (other.name, other.sasaran, other.page) == ("Jumlah dialog", "Kerukunan", 2)


def test_the_objective_of_a_program_stands_beside_the_program() -> None:
    header = ("Program", "Sasaran Program", "Indikator Program", "Target")
    (one,) = found("rkt", table(header, ("Program Pembinaan", "Meningkatnya peran ormas", "Persentase ormas", "80%")))
    assert (one.program, one.sasaran) == ("Program Pembinaan", "Meningkatnya peran ormas")


def test_figures_of_a_scanned_table_are_unverified() -> None:
    from dataclasses import replace

    scanned = replace(table(("No", "Indikator Kinerja", "Target"), ("1", "Indeks kerukunan", "70")), source="ocr")
    (one,) = found("rkt", scanned)
    assert not one.targets["2022"].verified


def test_words_broken_by_a_narrow_column_are_joined() -> None:
    header = ("No", "Indikator Kinerja", "Target")
    (one,) = found("rkt", table(header, ("1", "Persentase pengawasa n yang telah ditindaklanj uti", "93%")))
    assert one.name == "Persentase pengawasan yang telah ditindaklanjuti"


def test_a_budget_form_states_what_is_measured_not_its_kinds_nor_the_money() -> None:
    rows = (
        ("Capaian Program", "Persentase ormas aktif", "80 %"),
        ("Masukan", "Dana yang dibutuhkan", "Rp 100.000.000"),
        ("Keluaran", "Jumlah dialog lintas agama", "4 kali"),
    )
    read = found("renja", table(("Indikator", "Tolok Ukur Kinerja", "Target Kinerja"), *rows))
    assert [(one.name, targets(one)) for one in read] == [
        ("Persentase ormas aktif", {"2022": "80 %"}),
        ("Jumlah dialog lintas agama", {"2022": "4 kali"}),
    ]


def test_letters_for_target_and_realisation_under_each_year() -> None:
    header = ("No", "Indikator Kinerja", "Satuan", "2019 / T", "2019 / R", "2020 / T", "2020 / R")
    (one,) = found("lkip", table(header, ("1", "Indeks kerukunan", "Poin", "68", "69", "70", "71")), year="2020")
    assert (targets(one), realised(one)) == ({"2019": "68", "2020": "70"}, {"2019": "69", "2020": "71"})


def test_the_final_condition_is_a_target_also_when_its_year_stands_below() -> None:
    header = ("No", "Indikator Kinerja Daerah", "Kondisi Kinerja pada awal periode RPJMD / 2018",
              "Target Capaian Setiap Tahun / 2019", "Kondisi Kinerja pada akhir periode RPJMD / 2023")  # fmt: skip
    (one,) = found("rpjmd", table(header, ("1", "Indeks kerukunan", "68", "69", "75")), period="2018-2023")
    assert (targets(one), one.baseline and one.baseline.text) == ({"2019": "69", "kondisi akhir": "75"}, "68")


def test_what_was_reached_until_a_quarter_says_so() -> None:
    header = ("Indikator", "Satuan", "Target 2021", "Realisasi s.d. TW III", "%")
    (one,) = found("evaluasi", table(header, ("Indeks kerukunan", "Poin", "70", "65", "92")), year="2021")
    assert (targets(one), realised(one)) == ({"2021": "70"}, {"s/d triwulan III": "65"})


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


def test_a_pyramid_of_indicators_without_targets() -> None:
    header = ("Sasaran", "Indikator Sasaran", "Program", "Indikator Program", "Kegiatan", "Indikator Kegiatan")
    row = ("Kerukunan", "Indeks kerukunan", "Program Pembinaan", "Persentase ormas", "Dialog", "Jumlah dialog")
    read = found("pohon-kinerja", table(header, row))
    assert [(one.name, one.program, one.activity) for one in read] == [
        ("Indeks kerukunan", None, None),
        ("Persentase ormas", "Program Pembinaan", None),
        ("Jumlah dialog", "Program Pembinaan", "Dialog"),
    ]


def test_a_budget_drawn_against_the_targets_of_an_agreement_is_none_of_them() -> None:
    header = ("No.", "Sasaran", "Indikator Kinerja", "Indikator Kinerja", "Satuan", "Satuan", "Target")
    (one,) = found(
        "perjanjian-kinerja",
        table(
            header,
            ("1", "Meningkatnya pelayanan", "Indeks Kepuasan Masyarakat", "", "Indeks", "", "86,50"),
            ("No.", "Program", "", "Anggaran", "", "Keterangan", ""),
            ("1", "Program Ketertiban Umum", "", "Rp 325.000.000", "", "APBD", ""),
        ),
    )
    assert (one.name, one.unit, targets(one)) == ("Indeks Kepuasan Masyarakat", "Indeks", {"2022": "86,50"})


def test_k_beside_rp_under_a_year_or_a_quarter_is_the_performance() -> None:
    header = ("Kegiatan", "Indikator", "2022 / K", "2022 / Rp (ribu)", "2023 / K", "2023 / Rp (ribu)")
    (plan,) = found(
        "renstra", table(header, ("Pengawasan", "Jumlah kios yang diawasi", "48", "40.000", "50", "42.500"))
    )
    assert targets(plan) == {"2022": "48", "2023": "50"}
    header = (
        "Program", "Indikator Kinerja", "Realisasi Kinerja Pada Triwulan / I (K)",
        "Realisasi Kinerja Pada Triwulan / I (Rp)", "Realisasi Kinerja Pada Triwulan / II (K)",
    )  # fmt: skip
    (report,) = found("evaluasi", table(header, ("Program A", "Jumlah RW siaga aktif", "10", "12.500.000", "35")))
    assert realised(report) == {"triwulan I": "10", "triwulan II": "35"}


def test_the_target_after_a_revision_is_the_one_of_the_year() -> None:
    header = ("Kegiatan", "Indikator", "Target Kinerja / Sebelum Perubahan", "Target Kinerja / Setelah Perubahan",
              "Pagu Anggaran / Sebelum Perubahan", "Pagu Anggaran / Setelah Perubahan")  # fmt: skip
    (one,) = found("renja", table(header, ("Pencegahan", "Jumlah inspeksi", "24", "30", "110.000.000", "140.000.000")))
    assert targets(one) == {"sebelum perubahan": "24", "2022": "30"}


def test_an_indicator_written_out_beside_each_that_hangs_on_it_counts_once() -> None:
    header = ("Sasaran", "Indikator Sasaran", "Target", "Sasaran Program", "Indikator Program", "Target")
    rows = found(
        "pohon-kinerja",
        table(
            header,
            ("Meningkatnya ketahanan", "Indeks Ketahanan", "78,5", "Meningkatnya pembinaan", "Persentase ormas", "65%"),
            ("Meningkatnya ketahanan", "Indeks Ketahanan", "78,5", "Meningkatnya deteksi", "Persentase laporan", "90%"),
        ),
    )
    assert [one.name for one in rows] == ["Indeks Ketahanan", "Persentase ormas", "Persentase laporan"]


def test_a_final_target_with_a_year_that_no_other_column_has_is_the_target_of_that_year() -> None:
    header = ("Indikator Kinerja", "Tahun 2020 / Target", "Tahun 2020 / Realisasi", "Target Akhir Renstra (2021)")
    (one,) = found("lkip", table(header, ("Jumlah atlet berprestasi", "20", "9", "25")), year="2020")
    assert (targets(one), realised(one)) == ({"2020": "20", "2021": "25"}, {"2020": "9"})


def test_quarters_beside_a_target_are_its_parts() -> None:
    header = ("No", "Indikator Kinerja", "Target 2025", "TW 1", "TW 2", "Sumber Data")
    (one,) = found("rkt", table(header, ("1", "Jumlah kajian", "5", "-", "3", "SIPD")))
    assert targets(one) == {"2025": "5", "triwulan I": "-", "triwulan II": "3"}


def test_quarters_that_hold_ticks_are_a_schedule() -> None:
    header = ("No", "Indikator Kinerja", "Target 2025", "TW 1", "TW 2")
    (one,) = found("rkt", table(header, ("1", "Jumlah kajian", "5", "v", "")))
    assert targets(one) == {"2025": "5"}


def test_what_was_reached_in_the_first_year_is_the_baseline() -> None:
    header = ("Indikator Kinerja", "Data Capaian Tahun Awal (2024)", "2025", "2026", "Kondisi Akhir")
    (one,) = found("renstra", table(header, ("Rasio konektivitas", "0,62", "0,64", "0,66", "0,66")), period="2025-2026")
    assert one.baseline is not None and one.baseline.text == "0,62"


def test_a_sasaran_above_its_indicators_in_one_column_is_their_context() -> None:
    header = ("No", "Sasaran/Indikator Kinerja", "Satuan", "Target")
    (one,) = found("rkt", table(header, ("I", "Meningkatnya gizi", "", ""), ("1", "Angka stunting", "%", "14")))
    assert (one.name, one.sasaran) == ("Angka stunting", "Meningkatnya gizi")


def test_counted_years_are_those_of_the_caption() -> None:
    header = ("Indikator Kinerja", "Target Tahun Ke- / 1", "Target Tahun Ke- / 2", "Target Tahun Ke- / 3")
    rows = ("Indeks kerukunan", "70", "72", "74")
    (one,) = found("renja", table(header, rows, caption="Tujuan dan Sasaran Tahun 2024-2026"))
    assert targets(one) == {"2024": "70", "2025": "72", "2026": "74"}


def test_what_is_to_be_reached_between_two_conditions_is_a_target_though_only_the_last_says_so() -> None:
    header = (
        "Indikator", "Kondisi Awal (2020)", "Capaian Program dan Pendanaan / 2021 / K",
        "Capaian Program dan Pendanaan / 2021 / Rp", "Kondisi Kinerja pada Akhir Periode / Target",
    )  # fmt: skip
    (one,) = found("renstra", table(header, ("Indeks ASN", "55", "60", "2.100", "80")), period="2021-2026")
    assert targets(one) == {"2021": "60", "kondisi akhir": "80"}
    assert not realised(one)


def test_an_existing_condition_is_the_baseline() -> None:
    header = ("Indikator", "2020 (Eksisting)", "2021", "2022", "Akhir Renstra")
    (one,) = found("renstra", table(header, ("Jumlah cagar budaya", "12", "14", "16", "16")), period="2021-2022")
    assert one.baseline is not None and one.baseline.text == "12"


def test_what_explains_an_indicator_is_not_its_name() -> None:
    header = ("No", "Indikator Kinerja", "Formulasi Indikator", "Satuan Indikator", "Target")
    (one,) = found("rkt", table(header, ("1", "Jumlah surat", "Surat masuk dan keluar", "surat", "40")))
    assert (one.name, one.unit, targets(one)) == ("Jumlah surat", "surat", {"2022": "40"})


def test_a_table_that_goes_on_without_any_header_has_that_of_the_page_before() -> None:
    header = ("No", "Sasaran", "Indikator Kinerja", "Target")
    first = table(header, ("1", "Rukun", "Indeks kerukunan", "73"))
    rest = table((), ("2", "Aman", "Angka konflik", "0 kasus"), caption="", page=2)
    assert [(one.name, targets(one)) for one in found("rkt", first, rest)] == [
        ("Indeks kerukunan", {"2022": "73"}),
        ("Angka konflik", {"2022": "0 kasus"}),
    ]


def test_a_column_of_kinds_beside_the_measure_names_no_indicator() -> None:
    header = ("Kegiatan", "Indikator Capaian", "Tolok Ukur", "Target")
    rows = ("Pembangunan Jalan", "Output", "Panjang jalan dibangun", "12,4"), ("Jalan", "Outcome", "Jalan mantap", "61")
    assert [one.name for one in found("renja", table(header, *rows))] == ["Panjang jalan dibangun", "Jalan mantap"]


def test_outcome_and_output_share_the_figures_beside_them() -> None:
    header = ("Program/Kegiatan", "Indikator Program (Outcome)", "Indikator Kegiatan (Output)", "Target", "Satuan")
    outcome, output = found(
        "rkt",
        table(
            header,
            ("Program Informasi", "Persentase informasi tersebar", "", "75", "%"),
            ("Kemitraan Media", "", "Jumlah media mitra", "14", "media"),
        ),
    )
    assert (targets(outcome), outcome.unit) == ({"2022": "75"}, "%")
    assert (targets(output), output.unit) == ({"2022": "14"}, "media")


def test_what_is_to_be_reached_beside_a_target_is_the_sasaran() -> None:
    header = ("No", "Indikator Kinerja", "Target", "Satuan", "Sasaran yang akan dicapai")
    (one,) = found("rkt", table(header, ("1", "Angka pengangguran", "5,2", "%", "Menurunnya pengangguran")))
    assert (targets(one), one.sasaran) == ({"2022": "5,2"}, "Menurunnya pengangguran")


def test_a_counted_year_over_target_and_money_dates_each_target() -> None:
    header = ("Indikator Program", *(f"{FUNDED} / Tahun-{n} / {what}" for n in (1, 2) for what in ("Target", "Rp")))
    (one,) = found("renstra", table(header, ("Jumlah forum", "3 unit", "45.000.000", "4 unit", "47.500.000")))
    assert targets(one) == {"tahun ke-1": "3 unit", "tahun ke-2": "4 unit"}


def test_result_and_output_side_by_side_each_have_their_own_target() -> None:
    header = ("Indikator / Program (Hasil)", "Indikator / Kegiatan (Keluaran)", "Target / Hasil", "Target / Keluaran")
    result, output = found("renja", table(header, ("Persentase ormas aktif", "Jumlah ormas dibina", "60 %", "25")))
    assert (result.name, targets(result)) == ("Persentase ormas aktif", {"2022": "60 %"})
    assert (output.name, targets(output)) == ("Jumlah ormas dibina", {"2022": "25"})


def test_a_number_of_two_parts_is_no_part_of_the_name() -> None:
    (one,) = found("rkt", table(("Sasaran", "Indikator", "Target"), ("1. Aman", "1.2 Indeks Risiko Bencana", "128")))
    assert one.name == "Indeks Risiko Bencana"


def test_no_figure_is_lost_under_a_heading_that_comes_twice() -> None:
    header = ("Indikator", "Target / Kota / Murni", "Target / Desa / Murni")
    (one,) = found("renja", table(header, ("Jumlah forum", "3", "8")))
    assert sorted(targets(one).values()) == ["3", "8"]


@pytest.mark.parametrize(
    ("headings", "when"),
    [
        (("Target Sasaran pada Tahun / I", "Target Sasaran pada Tahun / II"), ("tahun ke-1", "tahun ke-2")),
        (("Rencana 2022", "Rencana Tahun 2023"), ("2022", "2023")),
        (("2022 (Target)", "2023 (Proyeksi)"), ("2022", "2023")),
    ],
)
def test_headings_of_what_is_planned(headings: tuple[str, str], when: tuple[str, str]) -> None:
    (one,) = found("renstra", table(("Sasaran", "Indikator", *headings), ("Aman", "Angka konflik", "4", "3")))
    assert targets(one) == dict(zip(when, ("4", "3"), strict=True))


def test_volume_and_unit_are_the_target_where_nothing_else_is() -> None:
    (one,) = found(
        "renja", table(("Sub Kegiatan", "Indikator", "Volume", "Satuan"), ("Rapat", "Jumlah rapat", "12", "kali"))
    )
    assert (targets(one), one.unit) == ({"2022": "12"}, "kali")


def test_target_and_unit_in_one_column() -> None:
    (one,) = found(
        "renja", table(("Sub Kegiatan", "Indikator", "Target dan Satuan"), ("Rapat", "Jumlah rapat", "12 kali"))
    )
    assert (targets(one), one.unit) == ({"2022": "12 kali"}, "kali")
