"""What a study is about: the places it looks at and its keywords."""

from __future__ import annotations

import pytest

from kms.extract.tags import find_tags
from kms.model import Page, Tag


def tags(*texts: str) -> list[Tag]:
    return list(find_tags(tuple(Page(number, text) for number, text in enumerate(texts, 1)), (), "dokumen.pdf"))


def values(name: str, *texts: str) -> list[str]:
    return [tag.value for tag in tags(*texts) if tag.name == name]


COVER = (
    "LAPORAN AKHIR\nKAJIAN KERUKUNAN DAN TOLERANSI ANTARUMAT BERAGAMA\nDI {place}\nTAHUN 2020\n"
    "KANTOR KESBANGPOL KOTA TEGAL"
)


def test_the_district_of_the_title_is_the_place_studied() -> None:
    assert values("locus", COVER.format(place="KECAMATAN MARGADANA KOTA TEGAL")) == ["Kecamatan Margadana"]
    assert values("locus", COVER.format(place="KOTA TEGAL")) == ["Kota Tegal"]


def test_a_place_studied_is_not_taken_for_the_office() -> None:
    found = {tag.name: tag.value for tag in reversed(tags(COVER.format(place="KECAMATAN MARGADANA KOTA TEGAL")))}
    assert found["agency"] == "Kantor Kesatuan Bangsa dan Politik Kota Tegal"


def test_places_are_also_told_where_the_method_says_them() -> None:
    body = "BAB III METODE\nLokasi penelitian: Kecamatan Slawi, Kecamatan Adiwerna dan Kecamatan Talang."
    found = values("locus", "STUDI PARTISIPASI PEMILIH PEMULA\nKABUPATEN TEGAL\n2018", body)
    assert found == ["Kabupaten Tegal", "Kecamatan Slawi", "Kecamatan Adiwerna", "Kecamatan Talang"]


def test_villages_that_a_programme_is_for_are_not_where_a_study_is_made() -> None:
    body = "Ibu balita pada 24 desa lokus di Kecamatan Slawi, Adiwerna, dan Talang diwawancarai."
    assert values("locus", "KAJIAN STUNTING\nDI KABUPATEN TEGAL\n2021", body) == ["Kabupaten Tegal"]


def test_districts_that_are_only_counted_have_no_name() -> None:
    cover = "KERANGKA ACUAN KERJA (KAK)\nKAJIAN KABAR BOHONG DI KOTA TEGAL TAHUN 2023"
    found = tags(cover + "\nLokus kajian adalah enam kecamatan di Kota Tegal, dengan kelompok sasaran pelajar.")
    assert [tag.value for tag in found if tag.name == "locus"] == ["Kota Tegal"]
    assert not [tag for tag in found if tag.name == "agency"]


def test_keywords_are_those_the_study_lists_and_else_parts_of_its_title_with_less_confidence() -> None:
    abstract = "ABSTRAK\nIsi.\nKata kunci: pemilih pemula, partisipasi politik; sekolah\n\nBAB I"
    listed = [tag for tag in tags("STUDI PEMILIH PEMULA KOTA TEGAL 2018", abstract) if tag.name == "keyword"]
    assert [tag.value for tag in listed] == ["pemilih pemula", "partisipasi politik", "sekolah"]
    guessed = [tag for tag in tags(COVER.format(place="KOTA TEGAL")) if tag.name == "keyword"]
    assert [tag.value for tag in guessed] == ["kerukunan", "toleransi antarumat beragama"]
    assert max(tag.confidence for tag in guessed) < min(tag.confidence for tag in listed)


def test_a_plan_has_neither() -> None:
    assert values("locus", "RENCANA KERJA\nDINAS SOSIAL\nKOTA TEGAL\nTAHUN 2020") == []
    assert values("keyword", "RENCANA KERJA\nDINAS SOSIAL\nKOTA TEGAL\nTAHUN 2020") == []


def test_a_title_names_its_town_without_the_word_for_it() -> None:
    cover = "STUDI HARMONI KEHIDUPAN BERAGAMA\nMASYARAKAT TEGAL\nTAHUN 2021\nKANTOR KESBANGPOL KOTA TEGAL"
    assert values("locus", cover) == ["Kota Tegal"]
    assert values("keyword", cover) == ["harmoni kehidupan beragama masyarakat"]


def test_a_heading_that_only_names_the_kind_of_paper_is_no_title() -> None:
    title = "Penelusuran Titik Rawan Pertikaian Antarwarga di Kecamatan Margadana Kota Tegal Tahun Anggaran 2024"
    form = (Page(1, f"USULAN KEGIATAN\n{title}\nKantor Kesbangpol Kota Tegal\nUraian\tKeterangan"),)
    assert next(tag.value for tag in find_tags(form, (), "usulan.docx") if tag.name == "title").endswith(title)
    letter = (
        "TELAAHAN STAF\nKepada : Kepala Kantor\nTanggal : 12 Februari 2024\nPerihal : Pengadaan sumur bagi warga lereng"
    )
    assert values("title", letter) == ["Telaahan Staf Pengadaan sumur bagi warga lereng"]


@pytest.mark.parametrize(
    "head",
    [
        "# Kajian Pengawasan Desa\n## Kabupaten Tegal Tahun 2026\n\nPengawasan bertumpu pada berkas.",
        "# Kajian Pengawasan Desa Kabupaten Tegal Tahun 2026\n\n## Pendahuluan\nPengawasan bertumpu pada berkas.",
        "# Kajian Pengawasan Desa Kabupaten Tegal Tahun 2026\n\nPengawasan bertumpu pada berkas.",
        "Kajian Pengawasan Desa Kabupaten Tegal Tahun 2026\nPendahuluan\nPengawasan bertumpu pada berkas.",
        "Kajian Pengawasan Desa Kabupaten Tegal Tahun 2026\nPengawasan bertumpu pada berkas yang dikirim desa.",
    ],
)
def test_a_title_ends_where_the_text_begins(head: str) -> None:
    [title] = [tag.value for tag in find_tags((Page(1, head),), (), "naskah.md") if tag.name == "title"]
    assert title == "Kajian Pengawasan Desa Kabupaten Tegal Tahun 2026"


def test_the_year_that_a_study_s_title_ends_with_is_its_own() -> None:
    past = " ".join("Pada tahun 2019 kinerja tahun 2019 membaik." for _ in range(6))
    assert values("year", "KAJIAN LAYANAN DIGITAL\nDI KABUPATEN TEGAL TAHUN 2024", past, f"Tahun 2019\n{past}") == [
        "2024"
    ]
