"""What covers of the benchmark's unseen set showed: offices, regulations and forms that were read wrongly before."""

from __future__ import annotations

import pytest

from kms.extract.tags import find_tags
from kms.model import Page


def tags(*pages: str) -> dict[str, str]:
    found = find_tags(tuple(Page(number, text) for number, text in enumerate(pages, 1)), (), "dokumen.pdf")
    return {tag.name: tag.value for tag in reversed(found)}


@pytest.mark.parametrize(
    ("cover", "agency"),
    [
        (
            "LAPORAN KINERJA\nRUMAH SAKIT JIWA PROVINSI NUSA TENGGARA BARAT\nTAHUN 2023",
            "Rumah Sakit Jiwa Provinsi Nusa Tenggara Barat",
        ),
        (
            "PEMERINTAH KOTA MAKASSAR\nKECAMATAN TAMALANREA\nKELURAHAN TAMALANREA\nRENCANA STRATEGIS\nTAHUN 2017-2022",
            "Kelurahan Tamalanrea Kecamatan Tamalanrea Kota Makassar",
        ),
        (
            "RENCANA KERJA\nSEKRETARIAT DEWAN PERWAKILAN RAKYAT DAERAH\nKOTA TERNATE\nTAHUN 2022",
            "Sekretariat DPRD Kota Ternate",
        ),
        (
            "PEMERINTAH KABUPATEN SIDOARJO\nDINAS PERHUBUNGAN\nLAPORAN ANTARA\nKAJIAN ANGKUTAN\nKABUPATEN SIDOARJO",
            "Dinas Perhubungan Kabupaten Sidoarjo",
        ),
        (
            "KEPUTUSAN KEPALA DINAS SOSIAL\nKOTA PONTIANAK\nNOMOR 65 TAHUN 2020\nTENTANG\nPENETAPAN TIM",
            "Dinas Sosial Kota Pontianak",
        ),
    ],
)
def test_whose_a_document_is(cover: str, agency: str) -> None:
    assert tags(cover)["agency"] == agency


def test_a_study_belongs_to_the_region_of_its_office_not_to_the_place_it_looks_at() -> None:
    found = tags(
        "PENELITIAN\nPOLA PENYELESAIAN SENGKETA LAHAN\nDI KABUPATEN LUWU UTARA\n"
        "BADAN KESATUAN BANGSA DAN POLITIK\nPROVINSI SULAWESI SELATAN\nTAHUN 2018"
    )
    assert found["agency"] == "Badan Kesatuan Bangsa dan Politik Provinsi Sulawesi Selatan"
    assert found["locus"] == "Kabupaten Luwu Utara"


def test_a_regulation_that_sets_a_plan_is_a_regulation() -> None:
    found = tags(
        "WALI KOTA TOMOHON\nPERATURAN DAERAH KOTA TOMOHON\nNOMOR 4 TAHUN 2021\nTENTANG\n"
        "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH KOTA TOMOHON TAHUN 2021-2026\nDENGAN RAHMAT TUHAN"
    )
    assert (found["type"], found["year"]) == ("regulasi", "2021")


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        (
            "KERANGKA ACUAN KERJA\nKAJIAN KERAWANAN DI KECAMATAN CIMAHI SELATAN\nSKPD : KESBANGPOL CIMAHI\nTA 2023",
            "Kerangka Acuan Kerja Kajian Kerawanan di Kecamatan Cimahi Selatan",
        ),
        (
            "PROVINSI KALIMANTAN TIMUR\nTERM OF REFERENCE (TOR)\nINVENTARISASI GAS RUMAH KACA\nTA. 2022",
            "Term of Reference (TOR) Inventarisasi Gas Rumah Kaca",
        ),
        (
            "LAPORAN\nSURVEI KEPUASAN MASYARAKAT (SKM)\nDINAS SOSIAL\nKABUPATEN WAY KANAN\nSEMESTER II TAHUN 2021",
            "Laporan Survei Kepuasan Masyarakat (SKM) Dinas Sosial Kabupaten Way Kanan Semester II Tahun 2021",
        ),
    ],
)
def test_titles_end_before_labels_and_forms_say_whose_they_are(cover: str, title: str) -> None:
    assert tags(cover)["title"] == title
