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
        (
            "DINAS KESEHATAN KOTA CIMAHI\nRENCANA STRATEGIS BISNIS\nUPTD PUSKESMAS PASIRKALIKI\nTAHUN 2023-2027",
            "UPTD Puskesmas Pasirkaliki Kota Cimahi",
        ),
        (
            "RENSTRA\nRSUD WALED\n2024 - 2026\nPemerintah Kabupaten Cirebon\nDinas Kesehatan",
            "Rumah Sakit Umum Daerah Waled Kabupaten Cirebon",
        ),
        (
            "LAPORAN KINERJA\nUPTD LABORATORIUM LINGKUNGAN\nDINAS LINGKUNGAN HIDUP\nKABUPATEN KARAWANG\n2023",
            "UPTD Laboratorium Lingkungan Kabupaten Karawang",
        ),
        (
            "PEMERINTAH KABUPATEN LEBAK\nDINAS KESEHATAN\n\nRENJA\nPUSKESMAS BAYAH KECAMATAN BAYAH\nTAHUN 2024",
            "Puskesmas Bayah Kabupaten Lebak",
        ),
        (
            "RENJA\nUNIT PELAKSANA TEKNIS DAERAH PUSKESMAS BAYAH\nKECAMATAN BAYAH\nKABUPATEN LEBAK\nTAHUN 2024",
            "UPTD Puskesmas Bayah Kabupaten Lebak",
        ),
        (
            "RENJA\nCABANG DINAS PENDIDIKAN WILAYAH III\nDINAS PENDIDIKAN PROVINSI JAWA BARAT\nTAHUN 2024",
            "Cabang Dinas Pendidikan Wilayah III Provinsi Jawa Barat",
        ),
        ("PEMERINTAH ACEH\nDINAS SOSIAL\nRENCANA STRATEGIS 2023-2026", "Dinas Sosial Aceh"),
        (
            "PEMERINTAH ACEH\nBADAN PENANGGULANGAN BENCANA ACEH\nRENCANA STRATEGIS 2023-2026",
            "Badan Penanggulangan Bencana Aceh",
        ),
        ("RENSTRA\nDINAS SOSIAL\nPROVINSI NTB\n2024-2026", "Dinas Sosial Provinsi Nusa Tenggara Barat"),
        ("RENSTRA\nDINAS SOSIAL PROV. JATENG\n2024-2026", "Dinas Sosial Provinsi Jawa Tengah"),
        ("LAPORAN KINERJA\nRSD IDAMAN\nKOTA BANJARBARU\n2022", "Rumah Sakit Daerah Idaman Kota Banjarbaru"),
        (
            "Dinas Koperasi, UKM, Perindustrian dan Perdagangan\nKabupaten Alor\nRencana Kerja Tahunan 2024",
            "Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian dan Perdagangan Kabupaten Alor",
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


def test_a_study_of_a_hospital_belongs_to_the_office_that_ordered_it() -> None:
    found = tags(
        "ANALISIS KEPUASAN PASIEN\nRUMAH SAKIT UMUM DAERAH\nKABUPATEN LEBAK\n"
        "BADAN PERENCANAAN PEMBANGUNAN DAERAH\nKABUPATEN LEBAK\n2022"
    )
    assert found["agency"] == "Badan Perencanaan Pembangunan Daerah Kabupaten Lebak"


def test_a_regulation_that_sets_a_plan_is_a_regulation() -> None:
    found = tags(
        "WALI KOTA TOMOHON\nPERATURAN DAERAH KOTA TOMOHON\nNOMOR 4 TAHUN 2021\nTENTANG\n"
        "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH KOTA TOMOHON TAHUN 2021-2026\nDENGAN RAHMAT TUHAN"
    )
    assert (found["type"], found["year"]) == ("regulasi", "2021")


def test_a_regulation_that_a_list_cites_is_not_the_document() -> None:
    found = tags(
        "Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan\nKeuangan Daerah;\n"
        "Renja ini menjabarkan Rencana Strategis Dinas Sosial Kota Tomohon.",
        "Rencana Kerja (Renja) Dinas Sosial Kota Tomohon Tahun 2022 disusun sesuai peraturan itu.",
    )
    assert (found["type"], found["year"]) == ("renja", "2022")


def test_what_a_regulation_considers_ends_in_semicolons_too() -> None:
    found = tags(
        "KEPUTUSAN CAMAT TOMOHON UTARA\nNOMOR 7 TAHUN 2021\nTENTANG\nTIM PENYUSUN RENJA\nCAMAT TOMOHON UTARA,\n"
        "Menimbang : a. bahwa Renja disusun setiap tahun;\nb. bahwa tim perlu dibentuk;"
    )
    assert found["type"] == "regulasi"


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
        (
            "RENCANA STRATEGIS\nBAGIAN TATA PEMERINTAHAN\n2018-2023\nSEKRETARIAT DAERAH KABUPATEN KAMPAR",
            "Rencana Strategis (Renstra) Bagian Tata Pemerintahan Sekretariat Daerah Kabupaten Kampar Tahun 2018-2023",
        ),
        (
            "PEMERINTAH KOTA MALANG\nSEKRETARIAT DAERAH\nBAGIAN KESEJAHTERAAN RAKYAT\nRENCANA KERJA\nTAHUN 2025",
            "Rencana Kerja (Renja) Bagian Kesejahteraan Rakyat Sekretariat Daerah Kota Malang Tahun 2025",
        ),
        (
            "RENCANA KERJA\nSEKRETARIAT DAERAH KOTA MALANG\nTAHUN 2025\nBAGIAN ORGANISASI\nSEKRETARIAT DAERAH",
            "Rencana Kerja (Renja) Sekretariat Daerah Kota Malang Tahun 2025",
        ),
        (
            "RENCANA AKSI\nATAS PERJANJIAN KINERJA\nTAHUN 2024\nDINAS SOSIAL\nKOTA BIMA",
            "Rencana Aksi atas Perjanjian Kinerja Dinas Sosial Kota Bima Tahun 2024",
        ),
        (
            "RENCANA BISNIS DAN ANGGARAN (RBA)\nUPTD PUSKESMAS SUKAMAJU\nKABUPATEN GARUT\nTAHUN ANGGARAN 2024",
            "Rencana Bisnis dan Anggaran (RBA) UPTD Puskesmas Sukamaju Kabupaten Garut Tahun 2024",
        ),
        (
            "RENCANA KERJA\nDINAS SOSIAL KOTA BIMA\nTAHUN 2024\n(PERUBAHAN)",
            "Perubahan Rencana Kerja (Renja) Dinas Sosial Kota Bima Tahun 2024",
        ),
        (
            "RANCANGAN AKHIR\nRENCANA STRATEGIS\nDINAS SOSIAL\nKOTA BIMA\nTAHUN 2025-2029",
            "Rancangan Akhir Rencana Strategis (Renstra) Dinas Sosial Kota Bima Tahun 2025-2029",
        ),
        (
            "REVIU RENCANA STRATEGIS\nDINAS SOSIAL KOTA BIMA\nTAHUN 2021-2026",
            "Reviu Rencana Strategis (Renstra) Dinas Sosial Kota Bima Tahun 2021-2026",
        ),
        (
            "CATATAN ATAS LAPORAN KEUANGAN (CALK)\nDINAS SOSIAL KOTA BIMA\nTAHUN 2023",
            "Catatan atas Laporan Keuangan (CALK) Dinas Sosial Kota Bima Tahun 2023",
        ),
        (
            "RANCANGAN PERUBAHAN RENCANA KERJA\nDINAS SOSIAL\nKOTA BIMA\nTAHUN 2024",
            "Rancangan Perubahan Rencana Kerja (Renja) Dinas Sosial Kota Bima Tahun 2024",
        ),
        (
            "LAPORAN KETERANGAN PERTANGGUNGJAWABAN\nAKHIR MASA JABATAN\nBUPATI LEMBATA\nTAHUN 2017-2022",
            "Laporan Keterangan Pertanggungjawaban Akhir Masa Jabatan (LKPJ-AMJ) Pemerintah Kabupaten Lembata "
            "Tahun 2017-2022",
        ),
        (
            "RENCANA STRATEGIS BISNIS\nRSUD WALED\nKABUPATEN CIREBON\n2024-2028",
            "Rencana Strategis Bisnis Rumah Sakit Umum Daerah Waled Kabupaten Cirebon Tahun 2024-2028",
        ),
        (
            "KAJIAN POTENSI KONFLIK DI KAWASAN TAMBANG\n(LAPORAN AKHIR)\nKESBANGPOL KABUPATEN BIMA\n2021",
            "Kajian Potensi Konflik di Kawasan Tambang",
        ),
    ],
)
def test_titles_end_before_labels_and_forms_say_whose_they_are(cover: str, title: str) -> None:
    assert tags(cover)["title"] == title


@pytest.mark.parametrize(
    "budget_and_work",
    [
        "PROGRAM PENDIDIKAN POLITIK\nSUB KEGIATAN PELAKSANAAN KEBIJAKAN\nPEKERJAAN :\nKAJIAN KERAWANAN PILKADA",
        "(KAK)\nPROGRAM PENDIDIKAN POLITIK\nNAMA PEKERJAAN : BELANJA JASA KONSULTANSI KAJIAN KERAWANAN PILKADA",
        "PROGRAM : Pendidikan Politik\nKEGIATAN : Penelitian Sosial\nKAJIAN KERAWANAN PILKADA",
        "PEKERJAAN\nKAJIAN KERAWANAN PILKADA",
    ],
)
def test_terms_of_reference_are_called_by_the_study_not_by_the_budget_that_pays_for_it(budget_and_work: str) -> None:
    found = tags(f"KERANGKA ACUAN KERJA\n{budget_and_work}\nKESBANGPOL\nKOTA BIMA\nTAHUN ANGGARAN 2024")
    assert found["title"].replace(" (KAK)", "") == "Kerangka Acuan Kerja Kajian Kerawanan Pilkada"


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
        ("RENCANA PEMBANGUNAN DAERAH\nKABUPATEN DEMAK\nTAHUN 2023-2026", "rpjmd", "2023-2026"),
        ("RENCANA KERJA PEMBANGUNAN DAERAH\nKABUPATEN DEMAK\nTAHUN 2020", "rkpd", "2020"),
        ("RENCANA KINERJA TAHUN 2024\nDINAS SOSIAL KABUPATEN DEMAK", "rkt", "2024"),
        ("EVALUASI RPJMD\nKABUPATEN DEMAK\nTAHUN 2023", "evaluasi", "2023"),
        ("RENCANA KERJA DAN ANGGARAN\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2023", "lainnya", "2023"),
        ("ANALISIS JABATAN\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2023", "lainnya", "2023"),
        ("POLICY PAPER\nKETAHANAN PANGAN KELUARGA\nBAPPERIDA KABUPATEN DEMAK\n2024", "kajian", "2024"),
        ("DOKUMEN RENCANA AKSI\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2024", "lainnya", "2024"),
        (
            "DOKUMEN\nINFORMASI KINERJA PENGELOLAAN LINGKUNGAN HIDUP DAERAH\n(DIKPLHD)\nKOTA BIMA\nTAHUN 2023",
            "lainnya",
            "2023",
        ),
        ("INDIKATOR KINERJA UTAMA\nDINAS SOSIAL KABUPATEN DEMAK\nTAHUN 2025 S/D 2029", "iku", "2025-2029"),
    ],
)
def test_a_type_may_run_over_lines_and_a_period_be_written_out(cover: str, kind: str, when: str) -> None:
    found = tags(cover)
    assert (found["type"], found.get("period") or found["year"]) == (kind, when)
