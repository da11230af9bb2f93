"""What many papers share anyway counts for nothing: methods, places, costs, forms, letterheads and signatures."""

from __future__ import annotations

from pathlib import Path

from kms.library import Library
from kms.library.checked import set_phrases
from kms.library.reporting import write_report


def test_who_was_asked_where_and_how_makes_no_overlap(library: Library, tmp_path: Path) -> None:
    asked = (
        "Ruang Lingkup\nDua puluh empat SMA dan SMK di Kota Tirtaraja.\n\nMetode\nData primer dikumpulkan lewat survei "
        "terhadap 210 responden dan wawancara mendalam, sedangkan data sekunder dari dinas."
    )
    found = (
        "Kemah dua hari menaikkan nilai cinta tanah air lima angka. Enam bulan kemudian selisih itu lenyap. Pelajar "
        "lebih menghargai dapur umum dan kerja bakti daripada baris-berbaris. Pelatih berganti tanpa buku pegangan."
    )
    past = f"Kajian Bela Negara Pelajar Kota Tirtaraja Tahun 2022\n\n{asked}\n\nHasil\n{found}"
    (tmp_path / "bela.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "bela.txt"]))
    own = (
        "Hasil\nPerkelahian memuncak pada Jumat sore di dua terminal. Alumni yang menganggur menjadi penggerak separuh "
        "kejadian. Razia tas tidak mengurangi kejadian, penjemputan angkutan sekolah menguranginya di tiga sekolah."
    )
    title = "Kajian Perkelahian Pelajar Kota Tirtaraja"
    checked = library.check(title=title, text=f"{asked}\n\n{own}")
    assert checked.verdict in ("new", "related")
    assert checked.coverage == 0, "nor is it part of what was done before"
    assert not [each for match in checked.matches for each in match.evidence if "responden" in each.draft.text]
    assert library.check(title=title, text=f"{asked}\n\n{own}\n{found}").verdict == "overlap"


def test_names_of_places_make_no_overlap(library: Library, tmp_path: Path) -> None:
    where = "Petani kentang di lima kecamatan, yaitu Selo Atas, Cangkring, Banyu Lor, Wates Gunung, Kedung Jati."
    past = f"Kajian Harga Kentang Kota Tirtaraja Tahun 2022\n\n{where}\n\nPengepul memberi pinjaman pupuk dan obat."
    (tmp_path / "harga.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "harga.txt"]))
    own = "Lalat buah merusak umbi sejak hujan pertama, dan perangkap kuning menangkap ngengatnya."
    checked = library.check(title="Kajian Hama Kentang Kota Tirtaraja", text=f"{where}\n\n{own}")
    assert checked.verdict in ("new", "related")


def test_what_a_study_costs_and_when_makes_no_overlap(library: Library, tmp_path: Path) -> None:
    budget = (
        "Tahapan\tBulan\tBiaya\nPenyusunan instrumen\tMaret\tRp 12.500.000\nPengumpulan data\tApril - Mei\t"
        "Rp 46.000.000\nAnalisis dan laporan akhir\tJuni\tRp 18.750.000"
    )
    past = f"Kajian Kabar Bohong Kota Tirtaraja Tahun 2023\n\nWarga meneruskan kabar tanpa membaca isinya.\n\n{budget}"
    (tmp_path / "kabar.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "kabar.txt"]))
    own = "Pekerja malam di kawasan industri memakai zat perangsang agar kuat berjaga sampai pagi."
    (tmp_path / "narkotika.txt").write_text(f"Kajian Narkotika Pekerja Kota Tirtaraja\n\n{own}\n\n{budget}", "utf-8")
    assert library.check(tmp_path / "narkotika.txt").verdict in ("new", "related")
    list(library.ingest([tmp_path / "narkotika.txt"]))
    assert not library.audit().groups, "an audit says the same"
    alike = budget.replace("12.500", "15.000").replace("46.000", "61.250").replace("18.750", "9.900")
    checked = library.check(title="Kajian Pasar Hewan", text=f"Kambing ditimbang dua kali sepekan.\n\n{alike}")
    assert all(match.covered for match in checked.matches), "nothing is named of which nothing was taken over"


def test_a_finding_with_other_figures_is_another_finding(library: Library, tmp_path: Path) -> None:
    form = (
        "Hasil olah data atas {0} memperlihatkan bahwa {1} persen responden menyatakan pernah, berbanding {2} persen "
        "yang menyatakan tidak pernah.\nTabel 5.{3} Jawaban tentang {0} menurut Kelurahan (persen)\n"
        "1. Sindang Lor {1} {2}\n2. Wates Gunung {4} {5}"
    )
    own = (
        "Pedagang membuang isi perut ikan ke selokan sebelum fajar. Selokan itu bermuara di kolam pemancingan. Ibu-ibu "
        "menampung air hujan karena sumur berbau. Karang taruna memasang saringan bambu yang lekas tersumbat sisik."
    )
    past = form.format("kebiasaan membuang limbah", "46,4", "53,6", 1, "38,8", "61,2")
    heads = "Kajian Bank Sampah Kota Tirtaraja Tahun 2020\n\nPengepul menimbang botol tiap Sabtu pagi.\n\nHasil\n"
    (tmp_path / "sampah.txt").write_text(heads + past, "utf-8")
    list(library.ingest([tmp_path / "sampah.txt"]))
    others = form.format("kebiasaan membuang limbah", "71,9", "28,1", 3, "80,5", "19,5")
    title = "Kajian Air Kolam Pemancingan Kota Tirtaraja"
    assert library.check(title=title, text=f"{own}\n\nHasil\n{others}").verdict in ("new", "related")
    assert library.check(title=title, text=f"{own}\n\nHasil\n{past}").verdict == "overlap"


PARKING = (
    "Kajian Kebocoran Retribusi Parkir Kota Tirtaraja Tahun 2021",
    "Tujuan\nMenghitung potensi retribusi parkir dan memperkirakan kebocoran setoran juru parkir.",
)


def test_a_form_that_one_study_has_is_no_part_of_another(
    library: Library, tmp_path: Path, parking: tuple[str, ...]
) -> None:
    form = (
        "Kegiatan dilaksanakan secara swakelola tipe dua bersama perguruan tinggi. Penanggung jawab ialah kepala dinas"
        " selaku pengguna anggaran, dibantu pejabat pelaksana teknis serta bendahara pengeluaran pembantu."
    )
    (tmp_path / "tarif.txt").write_text("\n\n".join([*PARKING, form, *parking]), "utf-8")
    list(library.ingest([tmp_path / "tarif.txt"]))
    own = "Hidran di permukiman padat kering karena pipa induk bocor, dan selang regu tidak sampai ke gang buntu."
    checked = library.check(title="Kajian Hidran Kota Tirtaraja", text=f"{form}\n\n{own}")
    assert checked.verdict in ("new", "related") and checked.coverage == 0
    assert library.check(title="Kajian Hidran Kota Tirtaraja", text=f"{parking[2]}\n\n{own}").verdict == "overlap"


def test_what_is_taken_over_does_not_make_the_question_the_same(
    library: Library, tmp_path: Path, parking: tuple[str, ...]
) -> None:
    (tmp_path / "tarif.txt").write_text("\n\n".join([*PARKING, *parking]), "utf-8")
    list(library.ingest([tmp_path / "tarif.txt"]))
    own = (
        "Tujuan\nMenyusun peringkat pajak dan retribusi menurut potensi yang belum tergarap.",
        "Pajak reklame tidak ditagih pada ratusan papan yang izinnya habis, sewa kios pasar tidak pernah naik.",
        "Nilai jual tanah yang dilaporkan kepada pemerintah kurang dari harga pasar pada separuh peralihan hak.",
    )
    draft = "\n\n".join([own[0], own[1], *parking[:3], own[2]])
    checked = library.check(title="Kajian Pendapatan Retribusi Kota Tirtaraja Tahun 2022", text=draft)
    assert [match.relation for match in checked.matches if match.document.source == "tarif.txt"] == ["overlap"]


HEAD = """PEMERINTAH KOTA TIRTARAJA
DINAS PERHUBUNGAN
Jalan Pemuda Nomor 12 Telepon (0251) 8321234 Faksimile (0251) 8321235
Laman: www.tirtaraja.go.id Pos-el: dishub@tirtaraja.go.id Kode Pos 16412
"""
FOOT = """Tirtaraja, 12 Desember 2023
KEPALA DINAS PERHUBUNGAN KOTA TIRTARAJA,
(ttd)
Drs. H. SURYA WINATA, M.Si.
Pembina Utama Muda
NIP. 19680412 199203 1 007
"""


def test_a_letterhead_and_a_signature_make_no_overlap(library: Library, tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text(f"{HEAD}\nKajian Halte\nHalte dibangun di depan pasar.\n\n{FOOT}", "utf-8")
    list(library.ingest([tmp_path / "surat.txt"]))
    draft = f"{HEAD}\nTelaah Lampu Simpang\nLampu simpang padam sejak banjir surut.\n\n{FOOT}"
    checked = library.check(title="Telaah Lampu Simpang", text=draft)
    assert (checked.verdict, checked.coverage) == ("new", 0.0)


def test_evidence_is_what_was_taken_over_and_no_frame_around_it(library: Library, copied: str) -> None:
    draft = f"{HEAD}\nBAB I PENDAHULUAN\n1.1 Latar Belakang\n{copied}\n\n{FOOT}"
    checked = library.check(title="Gedung Pertemuan", text=draft)
    (evidence,) = checked.matches[0].evidence
    assert evidence.draft.text.startswith("Para tokoh agama")
    assert evidence.draft.text.endswith("sengketa.")
    assert draft[evidence.draft.start : evidence.draft.end] == evidence.draft.text


def test_what_does_not_count_is_shown_on_the_bar(library: Library, copied: str) -> None:
    checked = library.check(title="Gedung Pertemuan", text=f"{HEAD}\n{copied}")
    (head, *_) = set_phrases(checked)
    assert head[0] == 0.0
    assert 600 > head[1] > 400
    assert "kop surat" in write_report(checked, ".html", "id")
