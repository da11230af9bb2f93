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
        (
            "KEPUTUSAN KEPALA DINAS SOSIAL\nKOTA PONTIANAK\nNOMOR 65 TAHUN 2020\nTENTANG\nPENETAPAN TIM\n"
            "Menimbang : a. bahwa untuk melaksanakan\nPeraturan Menteri Sosial Nomor 3 Tahun 2018",
            "Dinas Sosial Kota Pontianak",
        ),
        (
            "PEMERINTAH KABUPATEN BANTUL\nDINAS KESEHATAN\nUPTD PUSKESMAS SEWON\nPERJANJIAN KINERJA TAHUN 2023\n"
            "Jabatan : Kepala Dinas Kesehatan Kabupaten Bantul",
            "UPTD Puskesmas Sewon Kabupaten Bantul",
        ),
        (
            "PEMERINTAH KABUPATEN BANTUL\nDINAS KESEHATAN\nUPTD LABORATORIUM KESEHATAN DAERAH\nRENJA\nTAHUN 2023",
            "UPTD Laboratorium Kesehatan Daerah Kabupaten Bantul",
        ),
        (
            "PEMERINTAH KABUPATEN DEMAK\nRUMAH SAKIT UMUM DAERAH SUNAN KALIJAGA\nDEMAK KOTA\nRENJA\nTAHUN 2023",
            "Rumah Sakit Umum Daerah Sunan Kalijaga Kabupaten Demak",
        ),
        (
            "RENJA\nRUMAH SAKIT UMUM DAERAH\nDR. LOEKMONO HADI\nKABUPATEN KUDUS",
            "Rumah Sakit Umum Daerah dr. Loekmono Hadi Kabupaten Kudus",
        ),
        (
            "PERJANJIAN KINERJA\nLURAH KOTABARU\nKECAMATAN KARAWANG BARAT\nKABUPATEN KARAWANG\nTAHUN 2021",
            "Kelurahan Kotabaru Kecamatan Karawang Barat Kabupaten Karawang",
        ),
        (
            "KAJIAN DAMPAK KEKERINGAN\nDI KABUPATEN CIAMIS\nBAPPEDA CIAMIS\nTAHUN 2023",
            "Badan Perencanaan Pembangunan Daerah Kabupaten Ciamis",
        ),
        ("PERJANJIAN KINERJA TAHUN 2022\nCAMAT SEWON KABUPATEN BANTUL", "Kecamatan Sewon Kabupaten Bantul"),
        (
            "PEMERINTAH KOTA BANDA ACEH\nKECAMATAN KUTA ALAM\nKEPUTUSAN CAMAT KUTA ALAM\nNOMOR 12 TAHUN 2023\n"
            "TENTANG\nPEMBENTUKAN TIM",
            "Kecamatan Kuta Alam Kota Banda Aceh",
        ),
        ("RENCANA KERJA PEMERINTAH KABUPATEN\n(RKPK)\nACEH TAMIANG\nTAHUN 2025", "Pemerintah Kabupaten Aceh Tamiang"),
        ("RENCANA KERJA\nDISTRIK MERAUKE KABUPATEN MERAUKE\nTAHUN 2022", "Distrik Merauke Kabupaten Merauke"),
        ("RENCANA KERJA\nKAPANEWON SEWON KABUPATEN BANTUL\nTAHUN 2022", "Kapanewon Sewon Kabupaten Bantul"),
        ("RENSTRA\nDINAS SOSIAL\nBANJARNEGARA 53415\nTAHUN 2021-2026", "Dinas Sosial Kabupaten Banjarnegara"),
        (
            "BUPATI DEMAK\nYth. Kepala Perangkat Daerah\nSURAT EDARAN\nNOMOR 5/SE/2022\nTENTANG\nJAM KERJA",
            "Pemerintah Kabupaten Demak",
        ),
        (
            "PEMERINTAH KABUPATEN DEMAK\nDINAS SOSIAL\nSURAT EDARAN\nNOMOR 5/SE/2022\nTENTANG\nJAM KERJA",
            "Dinas Sosial Kabupaten Demak",
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
        (
            "LAPORAN\nSURVEI KEPUASAN MASYARAKAT (SKM)\nTRIWULAN II TAHUN 2021\nDINAS SOSIAL\nKABUPATEN WAY KANAN",
            "Laporan Survei Kepuasan Masyarakat (SKM) Triwulan II Tahun 2021 Dinas Sosial Kabupaten Way Kanan",
        ),
        (
            "POLICY BRIEF\nVol. 2 No. 1\nOptimalisasi Kawasan Industri\nbagi Tenaga Kerja Lokal\nBadan Riset Daerah",
            "Policy Brief Optimalisasi Kawasan Industri bagi Tenaga Kerja Lokal",
        ),
        (
            "LAPORAN AKHIR\nJASA KONSULTANSI\nKAJIAN INVESTASI PERIKANAN\nDINAS PERIKANAN KABUPATEN NATUNA",
            "Laporan Akhir Kajian Investasi Perikanan",
        ),
        (
            "PEMERINTAH KABUPATEN DEMAK\nSURAT EDARAN\nNomor : 420/55/2022\nTentang\nPembelajaran Tatap Muka\n"
            "Berdasarkan Surat Edaran Bupati Demak Nomor 360/2022, disampaikan:",
            "Surat Edaran Nomor : 420/55/2022 Tentang Pembelajaran Tatap Muka",
        ),
        (
            "KERANGKA ACUAN KERJA (KAK)\nKEGIATAN : Penanganan Konflik\n"
            "PEKERJAAN : Penyusunan Peta Kerawanan Kota Sukabumi\nKANTOR KESBANGPOL\nKOTA SUKABUMI",
            "Kerangka Acuan Kerja (KAK) Penyusunan Peta Kerawanan Kota Sukabumi",
        ),
        (
            "Laporan Antara\n(Interim Report)\nSTUDI KELAYAKAN PASAR INDUK\nPemberi Tugas :\nDINAS PERDAGANGAN\n"
            "KOTA KENDARI\n2021",
            "Laporan Antara Studi Kelayakan Pasar Induk",
        ),
        (
            "BUPATI DEMAK\nSURAT EDARAN\nNOMOR 5/SE/2022\nTENTANG\nJAM KERJA SELAMA RAMADAN\n"
            "Dalam rangka ketertiban, diminta perhatian Saudara.",
            "Surat Edaran Nomor 5/SE/2022 tentang Jam Kerja Selama Ramadan",
        ),
        (
            "REVISI RENCANA STRATEGIS\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2021-2026",
            "Perubahan Rencana Strategis (Renstra) Dinas Sosial Kabupaten Demak Tahun 2021-2026",
        ),
    ],
)
def test_titles_end_before_labels_and_forms_say_whose_they_are(cover: str, title: str) -> None:
    assert tags(cover)["title"] == title


@pytest.mark.parametrize(
    ("cover", "kind", "when"),
    [
        ("LAPORAN KINERJA\nTRIWULAN III TAHUN 2025\nDINAS SOSIAL KABUPATEN DEMAK", "evaluasi", "2025"),
        (
            "LAPORAN EVALUASI HASIL\nRENCANA KERJA\n(RENJA)\nTRIWULAN II TAHUN 2024\nDINAS SOSIAL\nKABUPATEN DEMAK",
            "evaluasi",
            "2024",
        ),
        ("LAPORAN CAPAIAN KINERJA\nTRIWULAN IV TAHUN 2022\nDINAS SOSIAL KABUPATEN DEMAK", "evaluasi", "2022"),
        (
            "LAPORAN AKHIR\nPENYUSUNAN MASTER PLAN KAWASAN WISATA\nDINAS PARIWISATA\nKABUPATEN DEMAK\n2021",
            "kajian",
            "2021",
        ),
        ("LAPORAN AKHIR\nPENYUSUNAN RENSTRA\nDINAS SOSIAL\nKABUPATEN DEMAK\n2021-2026", "renstra", "2021-2026"),
        ("INDIKATOR KINERJA UTAMA\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2025 S/D 2029", "iku", "2025-2029"),
    ],
)
def test_a_type_may_run_over_lines_and_a_period_be_written_out(cover: str, kind: str, when: str) -> None:
    found = tags(cover)
    assert (found["type"], found.get("period") or found["year"]) == (kind, when)
