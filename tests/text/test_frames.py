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
        "Tabel 4.2 Jumlah Pedagang menurut Kecamatan (orang)",
        "Gambar III-1. Peta Rawan Longsor",
        "Sumber: Badan Pusat Statistik, 2021, diolah",
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
        "Tabel 4.2 menunjukkan bahwa pedagang lebih memilih",
        "Sumber air bersih warga: sumur gali",
    ],
)
def test_a_line_that_says_something(line: str) -> None:
    assert not list(frames(f"Isi pertama.\n{line}\nIsi kedua."))


def test_a_running_head_frames_whatever_page_it_is_on() -> None:
    pages = [f"Laporan Akhir Kajian Pasar Hewan {number}\nIsi halaman {number} yang lain.\n" for number in (7, 8, 19)]
    text = "\n".join(pages)
    assert [text[start:end] for start, end in frames(text)] == [page.partition("\n")[0] for page in pages]


def test_rows_of_a_place_with_figures_of_their_own_are_no_running_heads() -> None:
    rows = [f"{number}. Sumber Jaya Kulon {number}1,5 {number}8,5 {number}0 responden" for number in (1, 2, 3, 4)]
    assert not list(frames("\n".join(rows)))


def test_a_text_that_stands_there_several_times_is_no_running_head() -> None:
    lines = [f"Warga kelurahan nomor {word} ditanyai tentang {word} di balai" for word in "abcdefgh"]
    assert not list(frames("\n".join([*lines, "", "1."] * 3)))
    head = "Laporan Akhir Kajian Pasar Hewan"
    assert len(list(frames("\n".join(f"{head}\nIsi {number} yang lain di sini." for number in "abc")))) == 3
