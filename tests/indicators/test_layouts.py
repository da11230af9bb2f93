"""The tables in which offices state indicators, each read as a planner reads it."""

from __future__ import annotations

import pytest

from tests.indicators.reading import found, realised, table, targets

FUNDED = "Target Kinerja Program dan Kerangka Pendanaan"


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


def test_the_objective_of_a_program_stands_beside_the_program() -> None:
    header = ("Program", "Sasaran Program", "Indikator Program", "Target")
    (one,) = found("rkt", table(header, ("Program Pembinaan", "Meningkatnya peran ormas", "Persentase ormas", "80%")))
    assert (one.program, one.sasaran) == ("Program Pembinaan", "Meningkatnya peran ormas")


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


def test_a_sasaran_above_its_indicators_in_one_column_is_their_context() -> None:
    header = ("No", "Sasaran/Indikator Kinerja", "Satuan", "Target")
    (one,) = found("rkt", table(header, ("I", "Meningkatnya gizi", "", ""), ("1", "Angka stunting", "%", "14")))
    assert (one.name, one.sasaran) == ("Angka stunting", "Meningkatnya gizi")


def test_what_explains_an_indicator_is_not_its_name() -> None:
    header = ("No", "Indikator Kinerja", "Formulasi Indikator", "Satuan Indikator", "Target")
    (one,) = found("rkt", table(header, ("1", "Jumlah surat", "Surat masuk dan keluar", "surat", "40")))
    assert (one.name, one.unit, targets(one)) == ("Jumlah surat", "surat", {"2022": "40"})


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


def test_result_and_output_side_by_side_each_have_their_own_target() -> None:
    header = ("Indikator / Program (Hasil)", "Indikator / Kegiatan (Keluaran)", "Target / Hasil", "Target / Keluaran")
    result, output = found("renja", table(header, ("Persentase ormas aktif", "Jumlah ormas dibina", "60 %", "25")))
    assert (result.name, targets(result)) == ("Persentase ormas aktif", {"2022": "60 %"})
    assert (output.name, targets(output)) == ("Jumlah ormas dibina", {"2022": "25"})


@pytest.mark.parametrize("heading", ["Volume", "Besaran/Volume", "Kuantitas", "Rencana"])
def test_volume_and_unit_are_the_target_where_nothing_else_is(heading: str) -> None:
    (one,) = found(
        "renja", table(("Sub Kegiatan", "Indikator", heading, "Satuan"), ("Rapat", "Jumlah rapat", "12", "kali"))
    )
    assert (targets(one), one.unit) == ({"2022": "12"}, "kali")
