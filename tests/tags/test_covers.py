"""Covers of many regions and kinds, in clean text and in bad OCR, read as a person reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kms.extract.tags import find_tags
from kms.extract.tags.mending import mend
from kms.model import Page

COVERS = json.loads((Path(__file__).parents[2] / "benchmarks" / "truth" / "tags.json").read_text("utf-8"))["covers"]


@pytest.mark.parametrize("cover", COVERS, ids=[cover["title"][:40] for cover in COVERS])
def test_type_office_and_time_of_a_cover(cover: dict) -> None:
    pages = tuple(Page(number, text) for number, text in enumerate(cover["pages"], 1))
    tags = {tag.name: tag.value for tag in reversed(find_tags(pages, (), cover["file"]))}
    assert {name: tags.get(name) for name in ("type", "agency", "year", "period")} == {
        name: cover.get(name) for name in ("type", "agency", "year", "period")
    }


def test_a_running_head_of_last_year_does_not_decide_and_lowers_the_confidence() -> None:
    cover = Page(1, "RENCANA KERJA (RENJA)\nDINAS SOSIAL KOTA MALANG\nTAHUN 2023")
    plain = tuple(Page(number, f"Bab {number} isi halaman") for number in range(2, 8))
    headed = tuple(Page(page.number, f"Renja Dinas Sosial Kota Malang Tahun 2022\n{page.text}") for page in plain)

    def year(*pages: Page) -> tuple[str, float]:
        tag = next(tag for tag in find_tags(pages, (), "x.pdf") if tag.name == "year")
        return tag.value, tag.confidence

    assert year(cover, *headed)[0] == year(cover, *plain)[0] == "2023"
    assert year(cover, *headed)[1] < year(cover, *plain)[1]


def test_an_office_is_no_surer_than_the_region_that_completes_it() -> None:
    tags = {tag.name: tag for tag in find_tags((Page(1, "POHON KINERJA\nDINAS SOSIAL"),), (), "dinsos-malang-2024.pdf")}
    assert tags["agency"].confidence <= tags["region"].confidence < 0.6


def test_a_word_of_a_sentence_after_kota_is_no_region() -> None:
    pages = (Page(1, "POHON KINERJA\nTerwujudnya kerukunan Kota Meningkatnya toleransi\nKota Meningkatnya kinerja"),)
    assert "region" not in {tag.name for tag in find_tags(pages, (), "pohon.pdf")}


def test_a_name_of_a_file_alone_leaves_everything_unsure() -> None:
    tags = find_tags((Page(1, ""),), (), "RKT_Bakesbangpol_Kota_Cimahi_2021.pdf")
    assert {tag.name for tag in tags} >= {"type", "agency", "year", "title"}
    assert max(tag.confidence for tag in tags) < 0.6


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("R E N C A N A   K E R J A", "RENCANA KERJA"),
        ("RENCANAKERJATAHUNAN(RKT)", "RENCANA KERJA TAHUNAN (RKT)"),
        ("PERJANJIAN KlNERJA TAHUN 2O21", "PERJANJIAN KINERJA TAHUN 2021"),
        ("TAHUN 20 19", "TAHUN 2019"),
        ("REN CANA STRATEG1S", "RENCANA STRATEGIS"),
        ("KAB .  KEBUMEN", "KAB. KEBUMEN"),
    ],
)
def test_slips_of_ocr_on_a_cover_are_mended(printed: str, mended: str) -> None:
    assert mend(printed) == mended


@pytest.mark.parametrize(
    "text",
    [
        "DI KECAMATAN GUNUNGSARI",
        "NOMOR 800/Kep.12-Disdik/2021",
        "RT 01 RW 10",
        "DISPORAPAR KAB. PEMALANG",
        "Tahun 2018—2023",
        "BAB I",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mend(text) == text


def title(*lines: str) -> str:
    tags = find_tags((Page(1, "\n".join(lines)),), (), "x.pdf")
    return next(tag.value for tag in tags if tag.name == "title")


def test_the_agreement_of_one_division_is_not_titled_as_that_of_the_office() -> None:
    office = ("PEMERINTAH KOTA BLITAR", "DINAS SOSIAL", "PERJANJIAN KINERJA TAHUN 2023")
    assert "Kepala Bidang" not in title(*office, "Nama : A. B.", "Jabatan : Kepala Bidang Rehabilitasi Sosial")
    assert title(*office, "KEPALA BIDANG REHABILITASI SOSIAL", "Nama : A. B.") == (
        "Perjanjian Kinerja Kepala Bidang Rehabilitasi Sosial Dinas Sosial Kota Blitar Tahun 2023"
    )


def test_those_who_made_a_study_are_no_part_of_its_title() -> None:
    told = title("LAPORAN PENELITIAN", "TOLERANSI SEKOLAH MENENGAH ATAS DI KOTA BLITAR", "Tim Peneliti:", "Dr. A. B.")
    assert told.endswith("Toleransi Sekolah Menengah Atas di Kota Blitar")
