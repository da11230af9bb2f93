"""Of which year, quarter or condition a figure is, as the headings above it say."""

from __future__ import annotations

import pytest

from tests.indicators.reading import found, realised, table, targets

FUNDED = "Target Kinerja Program dan Kerangka Pendanaan"
LAST_YEAR = "Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu (2020)"


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


def test_a_counted_year_over_target_and_money_dates_each_target() -> None:
    header = ("Indikator Program", *(f"{FUNDED} / Tahun-{n} / {what}" for n in (1, 2) for what in ("Target", "Rp")))
    (one,) = found("renstra", table(header, ("Jumlah forum", "3 unit", "45.000.000", "4 unit", "47.500.000")))
    assert targets(one) == {"tahun ke-1": "3 unit", "tahun ke-2": "4 unit"}


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


def test_the_target_agreed_for_a_year_is_that_years_and_another_plans_keeps_its_words() -> None:
    header = ("Indikator", "2023 / Target Renstra", "2023 / Target PK", "2023 / Realisasi")
    (one,) = found("lkip", table(header, ("Indeks kerukunan", "70", "72", "73")), year="2023")
    assert targets(one) == {"target renstra": "70", "2023": "72"}
    (alone,) = found("lkip", table(("Indikator", "Target Renstra 2023"), ("Indeks kerukunan", "70")), year="2023")
    assert targets(alone) == {"2023": "70"}


def test_a_forecast_beside_the_target_of_its_year_says_so() -> None:
    header = ("Indikator", "Target Renstra / Tahun 2023", "Realisasi / Tahun 2022", "Proyeksi / Tahun 2023")
    (one,) = found("renja", table(header, ("Indeks kerukunan", "70", "68", "69")), year="2024")
    assert targets(one) == {"2023": "70", "proyeksi tahun 2023": "69"}


@pytest.mark.parametrize("heading", ["Capaian 2021", "Capaian Tahun Lalu", "Realisasi Tahun Sebelumnya"])
def test_what_a_report_reached_a_year_before_is_of_that_year(heading: str) -> None:
    header = ("Indikator", heading, "Target", "Realisasi", "Capaian (%)")
    (one,) = found("lkip", table(header, ("Indeks kerukunan", "68", "70", "71", "101")), year="2022")
    assert (targets(one), realised(one)) == ({"2022": "70"}, {"2021": "68", "2022": "71"})


def test_ratios_of_several_years_are_no_realisations() -> None:
    header = ("Indikator", "Target 2022", "Realisasi 2022", "Capaian 2021", "Capaian 2022")
    (one,) = found("lkip", table(header, ("Indeks kerukunan", "70", "71", "99", "101")))
    assert realised(one) == {"2022": "71"}


def test_a_target_beside_its_money_under_one_heading_is_no_money() -> None:
    header = ("Indikator", *(f"Target dan Pagu Indikatif Tahun / 2025 / {what}" for what in ("Target", "Pagu")))
    (one,) = found("renstra", table(header, ("Jumlah forum", "3 unit", "45.000.000")))
    assert targets(one) == {"2025": "3 unit"}
    header = ("Indikator", "Kinerja / Target", "Anggaran / Pagu", "Anggaran / Realisasi")
    (other,) = found("lkip", table(header, ("Jumlah forum", "3 unit", "45.000.000", "44.000.000")))
    assert not realised(other)


@pytest.mark.parametrize(("first", "second"), [("Jan", "Feb"), ("B01", "B02"), ("Bulan ke-1", "Bulan ke-2")])
def test_months_beside_a_target_or_under_it_are_its_parts(first: str, second: str) -> None:
    beside, under = ("Indikator", "Target", first, second), ("Indikator", f"Target / {first}", f"Target / {second}")
    (one,) = found("rkt", table(beside, ("Jumlah kajian", "5", "1", "3")))
    (other,) = found("rkt", table(under, ("Jumlah kajian", "1", "3")))
    assert targets(one) == {"2022": "5", "januari": "1", "februari": "3"}
    assert targets(other) == {"januari": "1", "februari": "3"}


def test_figures_under_a_heading_are_what_it_says_whatever_the_line_between() -> None:
    header = (
        "Indikator",
        "Target",
        "Realisasi / TW I",
        "Realisasi / TW II",
        "Realisasi / Total",
        "Realisasi / Kendala",
    )
    (one,) = found("evaluasi", table(header, ("Jumlah kajian", "5", "1", "3", "4", "Tidak ada")))
    assert realised(one) == {"triwulan I": "1", "triwulan II": "3", "2022": "4"}


def test_of_two_conditions_before_the_plan_the_later_is_the_baseline() -> None:
    header = ("Indikator", "Kondisi Awal / 2018", "Kondisi Awal / 2019", "Target / 2020")
    (one,) = found("renstra", table(header, ("Indeks kerukunan", "68", "69", "70")), period="2019-2024")
    assert one.baseline and one.baseline.text == "69"
