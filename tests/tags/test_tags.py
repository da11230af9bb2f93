"""What a document is, told from the ways in which offices write covers, running heads and prefaces."""

from __future__ import annotations

import pytest

from kms.extract.tags import find_tags
from kms.model import Page, Table, Tag


def tags_of(*texts: str, name: str = "dokumen.pdf", tables: tuple[Table, ...] = ()) -> dict[str, Tag]:
    found = find_tags(tuple(Page(number, text) for number, text in enumerate(texts, 1)), tables, name)
    return {tag.name: tag for tag in reversed(found)}


def values(*texts: str, name: str = "dokumen.pdf") -> dict[str, str]:
    return {key: tag.value for key, tag in tags_of(*texts, name=name).items()}


PREFACE = "KATA PENGANTAR\nPuji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa. "


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["RENCANA KERJA TAHUNAN (RKT)\nTAHUN 2022\nDINAS SOSIAL\nKOTA MALANG"],
            {"type": "rkt", "year": "2022", "agency": "Dinas Sosial Kota Malang", "region": "Kota Malang"},
        ),
        (
            ["RENCANA STRATEGIS\nBADAN KEPEGAWAIAN DAERAH\nKABUPATEN SLEMAN\nTAHUN 2021 – 2026", PREFACE],
            {"type": "renstra", "period": "2021-2026", "agency": "Badan Kepegawaian Daerah Kabupaten Sleman"},
        ),
        (
            ["LAPORAN KINERJA INSTANSI PEMERINTAH\n(LKjIP)\nTAHUN 2020\nSATUAN POLISI PAMONG PRAJA\nKAB. BANTUL"],
            {"type": "lkip", "year": "2020", "agency": "Satuan Polisi Pamong Praja Kabupaten Bantul"},
        ),
        (
            ["", PREFACE + "Perjanjian Kinerja Tahun 2021 menjadi dasar Laporan Kinerja (LKIP) Tahun 2021 ini, "
             "sesuai Renstra 2018-2023, oleh Inspektorat Kabupaten Sleman."],
            {"type": "lkip", "year": "2021", "agency": "Inspektorat Kabupaten Sleman"},
        ),
        (
            ["RENCANA KERJA PEMERINTAH DAERAH\n(RKPD)\nKABUPATEN GIANYAR\nTAHUN 2024"],
            {"type": "rkpd", "year": "2024", "agency": "Pemerintah Kabupaten Gianyar"},
        ),
        (
            ["PERJANJIAN KINERJA TAHUN 2023\nDINAS PERHUBUNGAN KOTA SURAKARTA"],
            {"type": "perjanjian-kinerja", "year": "2023"},
        ),
        (
            ["INDIKATOR KINERJA UTAMA (IKU)\nDINAS KESEHATAN KABUPATEN DEMAK\nTAHUN 2022"],
            {"type": "iku", "agency": "Dinas Kesehatan Kabupaten Demak"},
        ),
        (
            ["KERANGKA ACUAN KERJA (KAK)\nKAJIAN KERUKUNAN UMAT BERAGAMA KOTA BOGOR\nTAHUN ANGGARAN 2023"],
            {"type": "kak", "year": "2023"},
        ),
        (
            ["PERATURAN WALI KOTA BOGOR\nNOMOR 12 TAHUN 2019\nTENTANG\nKEDUDUKAN DAN SUSUNAN ORGANISASI"],
            {"type": "regulasi"},
        ),
    ],
)  # fmt: skip
def test_covers_and_prefaces(texts: list[str], expected: dict[str, str]) -> None:
    found = values(*texts)
    assert {name: found.get(name) for name in expected} == expected


def test_a_plan_for_several_years_has_a_period_and_no_year() -> None:
    found = values("RENCANA STRATEGIS (RENSTRA)\nDINAS SOSIAL KOTA MALANG\nTAHUN 2019-2023")
    assert found["period"] == "2019-2023" and "year" not in found


def test_the_year_of_a_document_is_not_one_it_mentions() -> None:
    text = PREFACE + (
        "Rencana Kerja (Renja) Dinas Sosial Kota Malang Tahun 2022 disusun sesuai Peraturan Daerah Nomor 8 Tahun 2016 "
        "dan Undang-Undang Nomor 23 Tahun 2014. Malang, Januari 2021"
    )
    assert values("", text)["year"] == "2022"


@pytest.mark.parametrize("region", ["Wonogiri", "Wonosobo", "Ponorogo", "Nganjuk"])
def test_the_name_of_a_region_is_no_number_of_a_law(region: str) -> None:
    cover = f"Kajian Minat Baca\n\nDinas Perpustakaan\nKabupaten {region}\nTahun 2021"
    assert values(f"{cover}\n\nSejak tahun 2014 perpustakaan desa bertambah.")["year"] == "2021"


def test_how_an_enterprise_performs_is_the_question_of_a_study() -> None:
    assert values("Evaluasi Kinerja Badan Usaha Milik Desa\ndi Kabupaten Wonogiri\n2021").get("type") != "evaluasi"
    assert (
        values("Evaluasi Kinerja Badan Pendapatan Daerah\nKabupaten Wonogiri\nTriwulan II 2021")["type"] == "evaluasi"
    )


def test_a_revised_plan_says_so_in_its_title() -> None:
    found = values("PERUBAHAN RENCANA STRATEGIS\nINSPEKTORAT\nKABUPATEN SLEMAN\nTAHUN 2018 - 2023")
    assert found["title"] == "Perubahan Rencana Strategis (Renstra) Inspektorat Kabupaten Sleman Tahun 2018-2023"


def test_a_study_keeps_its_own_title() -> None:
    found = tags_of("KAJIAN PARTISIPASI PEMILIH PEMULA\nDI KECAMATAN SUKMAJAYA\nTAHUN 2020\n\nBAB I PENDAHULUAN")
    assert found["type"].value == "kajian"
    assert found["title"].value == "Kajian Partisipasi Pemilih Pemula di Kecamatan Sukmajaya Tahun 2020"
    assert found["year"].value == "2020"


def test_short_names_of_offices_are_spelt_out() -> None:
    text = "REKAPITULASI PERKEMBANGAN KEGIATAN\nTAHUN ANGGARAN 2018\n: DISKOMINFO KAB. WONOGIRI"
    found = values(text)
    assert found["agency"] == "Dinas Komunikasi dan Informatika Kabupaten Wonogiri"
    assert found["type"] == "evaluasi"


def test_of_a_scan_only_the_name_of_the_file_speaks_and_is_not_believed_much() -> None:
    found = tags_of("", "", name="sleman-inspektorat-pkpt-2021-scan.pdf")
    assert found["year"].value == "2021"
    assert all(tag.page is None and tag.confidence < 0.6 for tag in found.values())


def test_a_document_that_says_nothing_gets_no_tags() -> None:
    assert tags_of("Halo dunia.", name="catatan.txt").keys() <= {"title"}


def test_every_tag_but_a_composed_title_quotes_the_page_it_names() -> None:
    cover = "RENCANA KERJA (RENJA)\nDINAS SOSIAL KOTA MALANG\nTAHUN 2022"
    for tag in tags_of(cover).values():
        if tag.quote and tag.page:
            assert " ".join(tag.quote.split()).lower() in " ".join(cover.split()).lower()


def test_programs_of_tables_come_with_code_and_page() -> None:
    rows = (
        ("8.01.02", "PROGRAM PENGUATAN IDEOLOGI PANCASILA DAN KARAKTER KEBANGSAAN", "100"),
        ("", "Program ini baik", ""),
    )
    table = Table(2, (2,), None, ("Kode", "Program", "Target"), rows, (0, 0, 1, 1), row_pages=(2, 2))
    found = tags_of("RENJA", "tabel", tables=(table,))
    assert found["program"].value == "Program Penguatan Ideologi Pancasila dan Karakter Kebangsaan"
    assert (found["program"].page, found["code"].value) == (2, "8.01.02")


def test_abbreviations_of_a_title_in_capitals_stay_in_capitals() -> None:
    title = values("LAPORAN AKHIR\nKAJIAN PDRB, IPM DAN TPPO\nKABUPATEN SIAK\nTAHUN 2023")["title"]
    assert "Kajian PDRB, IPM dan TPPO Kabupaten Siak" in title


@pytest.mark.parametrize(
    "address",
    [
        "Jalan Raya Pemuda Nomor 12 Telepon (0251) 8321234 Faksimile (0251) 8321235",
        "Jl. Margonda Raya No. 54",
        "Telp. (021) 7773610 Fax (021) 7773611",
        "Laman: www.sekarwangi.go.id Pos-el: sekretariat@sekarwangi.go.id",
        "SEKAR WANGI 16412",
        "______________________",
    ],
)
def test_the_address_in_a_letterhead_is_no_part_of_a_title(address: str) -> None:
    head = f"PEMERINTAH KABUPATEN SEKAR WANGI\nDINAS PERHUBUNGAN\n{address}\n"
    study = "KERANGKA ACUAN KERJA (KAK)\nKAJIAN POTENSI PARKIR DI PASAR LAMA\nTAHUN ANGGARAN 2023\n"
    tags = {tag.name: tag.value for tag in find_tags((Page(1, head + study),), (), "kak.pdf")}
    assert tags["title"] == "Kerangka Acuan Kerja (KAK) Kajian Potensi Parkir di Pasar Lama"


@pytest.mark.parametrize("title", ["Jalan Rusak di Kecamatan Beji dan Dampaknya", "Evaluasi Layanan Telepon 112"])
def test_a_study_of_roads_or_telephones_keeps_its_title(title: str) -> None:
    tags = {tag.name: tag.value for tag in find_tags((Page(1, f"LAPORAN AKHIR\n{title}\n"),), (), "x.pdf")}
    assert tags["title"].endswith(title)


@pytest.mark.parametrize(
    "region", ["Kota Sungai Kencana", "Kabupaten Bukit Asri Mulya", "Kota Batu Layang", "Kota Depok"]
)
def test_a_region_has_all_words_of_its_name(region: str) -> None:
    cover = f"RENCANA KERJA (RENJA)\nDINAS PERHUBUNGAN\n{region.upper()}\nTAHUN 2022"
    body = f"Pemerintah {region} Tahun 2022 menetapkan rencana. {region} Provinsi Jawa Barat memiliki enam trayek."
    tags = {tag.name: tag.value for tag in find_tags((Page(1, cover), Page(2, body)), (), "renja.pdf")}
    assert tags["region"] == region
    assert tags["title"] == f"Rencana Kerja (Renja) Dinas Perhubungan {region} Tahun 2022"


def test_a_long_title_under_a_letterhead_in_a_word_file() -> None:
    title = "Evaluasi Penyediaan Tempat Penitipan Anak bagi Ibu Pekerja Tambak di Kabupaten Muara Teduh"
    head = "PEMERINTAH KABUPATEN MUARA TEDUH\nDINAS KESEHATAN\nKERANGKA ACUAN KERJA (KAK)\n"
    tags = {
        tag.name: tag.value
        for tag in find_tags((Page(1, head + title.upper() + "\nTAHUN ANGGARAN 2024\n"),), (), "a.docx")
    }
    assert tags["title"] == f"Kerangka Acuan Kerja (KAK) {title}"
