"""Lines that frame a paper are told from what it says."""

from __future__ import annotations

import pytest

from kms.text.frames import frames


@pytest.mark.parametrize(
    "line",
    [
        "PEMERINTAH KABUPATEN SEKAR WANGI",
        "DINAS KOPERASI, USAHA KECIL DAN MENENGAH",
        "Jalan Raya Pemuda Nomor 12 Telepon (0251) 8321234",
        "Depok, 12 Januari 2022",
        "Plt. KEPALA DINAS SOSIAL KOTA DEPOK,",
        "(ttd)",
        "Drs. H. SURYA WINATA, M.Si.",
        "Siti Aminah, S.Sos., M.AP.",
        "Pembina Tk. I (IV/b)",
        "NIP. 19680412 199203 1 007",
        "BAB I PENDAHULUAN",
        "C. Maksud, Tujuan dan Sasaran",
        "KATA PENGANTAR ............................ 3",
        "Umur : ........................",
        "Pimpinan Rapat\t: Kepala Badan",
    ],
)
def test_a_line_that_frames(line: str) -> None:
    text = f"Isi pertama.\n{line}\nIsi kedua."
    assert [text[start:end] for start, end in frames(text)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Dinas Koperasi telah mengadakan tujuh angkatan pelatihan",
        "BAB III PENGARUH BANJIR ROB",
        "1.1 Latar Belakang Konflik Sosial di Sindang Rasa",
        "Bupati menerbitkan moratorium aplikasi baru, sampai arsitektur",
        "Penata letak kota bekerja",
        "Beras, Minyak",
        "Kunjungan rumah oleh warga, st",
        "Program\tIndikator\tTarget",
    ],
)
def test_a_line_that_says_something(line: str) -> None:
    assert not list(frames(f"Isi pertama.\n{line}\nIsi kedua."))
