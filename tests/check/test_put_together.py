"""A draft put together from several earlier documents, none of which has much of it, is no new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kms.config import Workspace
from kms.library import Library

AUDIT = """Jumlah auditor belum sebanding dengan banyaknya obyek pemeriksaan yang tersebar di dua puluh satu kecamatan.
Temuan atas belanja hibah yang tidak dilengkapi kuitansi berulang pada tiga pemeriksaan terakhir. Unit penerima
pengaduan menyalurkan laporan gratifikasi kepada komisi dalam tempo tujuh hari kerja."""
NETWORK = """Menara telekomunikasi di lereng gunung sering padam karena genset kehabisan solar. Siaran radio komunitas
menjangkau dusun yang tidak tertembus sinyal telepon genggam. Pusat data dipindahkan ke gedung baru setelah
atap ruang peladen bocor pada musim hujan."""
OWN = """Peternak itik memindahkan kandang setelah wabah, dan dokter hewan muda mendampingi vaksinasi di setiap dusun.
Pengolah telur asin meminta mesin pengaduk garam serta kemasan yang tidak mudah pecah di perjalanan. Pasar terapung
di hilir mempertemukan pedagang rempah dengan pengrajin anyaman bambu dari dua lembah. Juru kunci makam menolak
pelebaran jalan yang memotong pohon beringin, lalu musyawarah menggeser trase ke sawah tadah hujan."""
REST = {
    "a": "Kendaraan dinas lama dilelang lewat balai lelang, lalu hasilnya disetor ke kas umum. ",
    "b": "Relawan memotret setiap helai kain tenun tua di museum dan membersihkan lemari kaca tiap pekan. ",
}
PLAN = "LAPORAN KINERJA INSTANSI PEMERINTAH\n{office}\nTAHUN {year}\n\n"


@pytest.fixture
def offices(tmp_path: Path) -> Library:
    """Two reports of offices of different regions."""
    library = Library(Workspace(tmp_path / "offices"))
    folder = tmp_path / "in"
    folder.mkdir()
    for name, office, text in (
        ("a", "INSPEKTORAT KABUPATEN JOMBANG", AUDIT),
        ("b", "DINAS KOMUNIKASI DAN INFORMATIKA KABUPATEN WONOSOBO", NETWORK),
    ):
        head = PLAN.format(office=office, year=2021)
        (folder / f"{name}.txt").write_text(head + text + "\n\n" + REST[name] * 2, "utf-8")
    assert len(list(library.ingest([folder]))) == 2
    return library


def relations(library: Library, tmp_path: Path, office: str, *parts: str) -> tuple[str, dict[str, str]]:
    """The verdict on a report of an office, and what is said of the two that were there before."""
    draft = tmp_path / "draf.txt"
    draft.write_text(PLAN.format(office=office, year=2024) + "\n\n".join(parts), "utf-8")
    checked = library.check(draft)
    return checked.verdict, {match.document.source[0]: match.relation for match in checked.matches}


def test_a_plan_put_together_from_two_of_other_offices_is_an_overlap(offices: Library, tmp_path: Path) -> None:
    verdict, found = relations(offices, tmp_path, "DINAS SOSIAL KOTA BOGOR", AUDIT, OWN, NETWORK)
    assert (verdict, found) == ("overlap", {"a": "overlap", "b": "overlap"})


def test_what_one_office_has_of_its_own_last_report_is_no_overlap_but_the_rest_is(
    offices: Library, tmp_path: Path
) -> None:
    verdict, found = relations(offices, tmp_path, "INSPEKTORAT KABUPATEN JOMBANG", AUDIT, OWN, NETWORK)
    assert (verdict, found) == ("overlap", {"a": "edition", "b": "overlap"})
    verdict, found = relations(offices, tmp_path, "INSPEKTORAT KABUPATEN JOMBANG", AUDIT, OWN)
    assert (verdict, found.get("a")) == ("related", "edition")


def test_two_that_share_one_form_with_the_draft_are_no_overlap(offices: Library, tmp_path: Path) -> None:
    form = PLAN.format(office="DINAS PERTANIAN KOTA BATU", year=2022) + NETWORK + "\n\nBibit apel dibagikan."
    (tmp_path / "c.txt").write_text(form, "utf-8")
    list(offices.ingest([tmp_path / "c.txt"]))
    assert relations(offices, tmp_path, "DINAS SOSIAL KOTA BOGOR", OWN, NETWORK)[0] == "related"
