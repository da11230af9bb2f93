"""What is also looked for: abbreviations learnt and known, synonyms, terms met in other words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kms.errors import WorkspaceError
from kms.library import Library

Fill = Callable[..., Library]


def titles(library: Library, query: str, **options: bool) -> list[str]:
    return [hit.document.title for hit in library.search(query, **options).hits]


def notes(library: Library, query: str) -> str:
    return " ".join(note.text("id") for note in library.search(query).notes)


def test_an_abbreviation_defined_in_one_document_finds_another(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nDibahas Balai Latihan Warga Desa (BLWD) di kota.",
        "kajian;2020;Dua;\nRapat BLWD tahunan.",
        "kajian;2021;Tiga;\nGedung balai latihan warga desa diperbaiki.",
        "kajian;2022;Empat;\nHal lain.",
    )
    assert set(titles(library, "blwd")) == {"Satu", "Dua", "Tiga"}
    assert titles(library, "blwd")[-1] == "Tiga"
    assert set(titles(library, "balai latihan warga desa")) == {"Satu", "Dua", "Tiga"}
    assert "Juga mencari: balai latihan warga desa" in notes(library, "blwd")
    assert "Juga mencari" not in notes(library, "rapat")


def test_words_of_a_name_here_and_there_are_not_the_name(fill: Fill) -> None:
    words = ("balai", "latihan", "warga", "desa") * 10
    others = (f"kajian;20{at + 20};Hal {at};\nTentang {word} di kota, {at} halaman." for at, word in enumerate(words))
    library = fill(
        "kajian;2019;Nama;\nDibahas Balai Latihan Warga dan Desa (BLWD) di kota.",
        "kajian;2020;Terpisah;\nLatihan dimulai. Setiap balai ikut. Banyak warga, lalu desa; warga, balai dan desa.",
        "kajian;2021;Singkatan;\nRapat BLWD tahunan: BLWD menilai anggota BLWD.",
        *others,
    )
    assert titles(library, "balai latihan warga dan desa") == ["Nama", "Singkatan", "Terpisah"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("indeks kepuasan", "Index kepuasan"),
        ("diagnosis penyakit", "Diagnosa penyakit"),
        ("pembangunan mesjid", "Pembangunan masjid"),
        ("respon warga", "Respons warga"),
        ("tandatangan kontrak", "Tanda tangan kontrak"),
    ],
)
def test_a_word_is_found_as_others_spell_it(fill: Fill, typed: str, written: str) -> None:
    library = fill(f"kajian;2019;Satu;\n{written} diperiksa.", "kajian;2020;Dua;\nHal lain tentang kota.")
    assert titles(library, typed)[0] == "Satu"


def test_the_workspace_has_its_own_synonyms(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("# our words\nkuwu\tkepala desa\nlansia\n", "utf-8")
    library = fill("kajian;2019;Satu;\nTugas kepala desa.", "kajian;2020;Dua;\nLayanan lanjut usia.")
    assert titles(library, "kuwu") == ["Satu"]
    assert titles(library, "kepala desa") == ["Satu"]
    assert titles(library, "lansia") == []


def test_an_everyday_word_finds_the_official_one_and_not_the_other_way(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("got\tparit\t>\tdrainase\n", "utf-8")
    library = fill("kajian;2019;Satu;\nPerbaikan drainase.", "kajian;2020;Dua;\nAir di got.")
    assert set(titles(library, "parit")) == {"Satu", "Dua"}
    assert titles(library, "got") == ["Dua", "Satu"]
    assert titles(library, "drainase") == ["Satu"]
    assert titles(library, "duit") == []


def test_synonyms_that_are_no_text_are_told(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_bytes(b"\xff\xfe\xff")
    library = fill("kajian;2019;Satu;\nTugas kepala desa.")
    with pytest.raises(WorkspaceError):
        library.search("kepala")


def test_of_a_sentence_the_rarest_words_are_widened_and_few_in_all(root: Path, fill: Fill) -> None:
    pairs = [(f"asal{letter * 4}", f"lain{letter * 4}") for letter in "bcdfghjklmnp"]
    root.mkdir()
    (root / "synonyms.tsv").write_text("\n".join("\t".join(pair) for pair in pairs), "utf-8")
    library = fill(
        f"rkt;2021;Satu;\n{' '.join(other for _, other in pairs)}",
        f"rkt;2022;Dua;\n{' '.join(word for word, _ in pairs[1:])}",
    )
    told = notes(library, " ".join(word for word, _ in pairs))
    assert pairs[0][1] in told
    assert told.count("lain") == 8


def test_what_is_also_looked_for_repeats_no_word_of_the_query(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("balai desa\tbalai\tgedung serbaguna desa\tgedung serbaguna\n", "utf-8")
    library = fill("kajian;2019;Satu;\nRapat di balai. Gedung serbaguna desa, gedung serbaguna kecamatan.")
    assert "balai" not in notes(library, "balai desa").replace("balai desa", "")
    told = notes(library, "balai")
    assert told.count("gedung serbaguna") == 1, told


@pytest.mark.parametrize(("more", "widened"), [(0, True), (4, False)])
def test_words_of_the_subject_are_left_out_where_pages_say_part_of_a_term(fill: Fill, more: int, widened: bool) -> None:
    library = fill(
        "kajian;2019;Satu;\nLaju pertumbuhan ekonomi daerah.",
        "kajian;2020;Dua;\nProduk domestik regional bruto.",
        *(f"kajian;2021;Kajian {at};\nPertumbuhan ekonomi triwulan {at}." for at in range(more)),
    )
    assert ("regional bruto" in notes(library, "laju pertumbuhan ekonomi")) is widened


def test_of_two_terms_that_share_a_word_the_rarer_is_meant(fill: Fill) -> None:
    many = (f"kajian;2019;Nomor {n};\njumlah orang dan jumlah penduduk {n}" for n in range(5))
    library = fill(*many, "kajian;2019;Miskin;\njumlah penduduk miskin, orang miskin")
    assert "penduduk miskin" in notes(library, "jumlah orang miskin")


def test_of_two_terms_that_no_page_has_the_rarer_answer_is_meant(fill: Fill) -> None:
    many = (f"kajian;2019;Nomor {n};\npasien dan penderita {n}" for n in range(5))
    library = fill(*many, "kajian;2019;Jiwa;\nlayanan ODGJ")
    assert "ODGJ" in notes(library, "orang sakit jiwa")


def test_an_answer_is_also_looked_for_by_its_other_names(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("mobil sakit\t>\tambulans\nambulans\tambulance\n", "utf-8")
    library = fill("kajian;2019;Satu;\nPengadaan ambulance.", "kajian;2020;Dua;\nSuku cadang ambulans.")
    assert set(titles(library, "mobil sakit")) == {"Satu", "Dua"}


def test_a_word_that_is_a_term_itself_is_no_form_of_another(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nPengaturan dan penataan arsip, kebakaran.")
    assert "kebakaran" in notes(library, "api")
    assert "penataan" not in notes(library, "api")


@pytest.mark.parametrize(
    ("listed", "typed", "met"),
    [
        ("menyusui", "susu", False),
        ("menyusui", "menyusui", True),
        ("mata-mata", "mata", False),
        ("tambak", "menambak", True),
    ],
)
def test_a_word_is_not_what_is_said_with_it_twice_or_done_to_it(
    root: Path, fill: Fill, listed: str, typed: str, met: bool
) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text(f"{listed}\t>\tlaboratorium\n", "utf-8")
    library = fill(f"kajian;2019;Satu;\nLaboratorium, {typed}.")
    assert ("laboratorium" in notes(library, typed)) is met


def test_an_abbreviation_has_no_inflections(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("PATEN\tpelayanan terpadu kecamatan\n", "utf-8")
    library = fill("kajian;2019;Satu;\nPelayanan terpadu kecamatan.", "kajian;2020;Dua;\nMematenkan mesin.")
    assert "Satu" in titles(library, "paten")
    assert titles(library, "mematenkan") == ["Dua"]


def test_an_abbreviation_learnt_from_documents_has_no_inflections_either(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nMitra: Asosiasi Kelompok Usaha (AKU).",
        "kajian;2020;Dua;\nDaftar asosiasi kelompok usaha.",
        "kajian;2021;Tiga;\nPengakuan atas hak adat.",
    )
    assert "asosiasi kelompok usaha" in notes(library, "aku")
    assert "asosiasi kelompok usaha" not in notes(library, "pengakuan")


def test_a_term_is_met_with_an_adverb_in_it(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("keluarga melarat\t>\tkeluarga prasejahtera\n", "utf-8")
    library = fill("kajian;2019;Satu;\nJumlah keluarga prasejahtera.", "kajian;2020;Dua;\nKeluarga besar.")
    assert titles(library, "keluarga paling melarat")[0] == "Satu"
    assert "prasejahtera" not in notes(library, "keluarga tidak melarat")


def test_a_term_is_met_with_one_of_its_words_said_otherwise(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("sengketa buruh\t>\thubungan industrial\nburuh\tpekerja\n", "utf-8")
    library = fill("kajian;2019;Satu;\nPembinaan hubungan industrial.", "kajian;2020;Dua;\nPekerja.")
    assert titles(library, "sengketa pekerja")[0] == "Satu"


def test_the_words_of_a_term_are_widened_one_by_one_where_few_pages_have_it(root: Path, fill: Fill) -> None:
    root.mkdir()
    lines = "keluhan warga\t>\tkotak saran\nkeluhan\tpengaduan\nwarga\tmasyarakat\n"
    (root / "synonyms.tsv").write_text(lines, "utf-8")
    library = fill("kajian;2019;Satu;\nPengaduan masyarakat di pasar.", "kajian;2020;Dua;\nKotak saran.")
    assert titles(library, "keluhan warga pasar")[0] == "Satu"
    assert "pengaduan" in notes(library, "keluhan warga pasar")


def test_an_answer_that_no_page_has_as_such_is_found_by_its_words(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("orang kantor sedikit\t>\tketerbatasan aparatur\n", "utf-8")
    library = fill(
        "kajian;2019;Satu;\nKeterbatasan jumlah aparatur.",
        "kajian;2020;Dua;\nOrang.",
        "kajian;2021;Tiga;\nKantor.",
    )
    assert titles(library, "orang kantor sedikit")[0] == "Satu"


def test_a_word_of_a_listed_term_is_no_slip(root: Path, fill: Fill) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("tanah lempong\t>\ttanah liat\n", "utf-8")
    library = fill("kajian;2019;Satu;\nTanah liat untuk garam.", "kajian;2020;Dua;\nTanah kampong.")
    answer = library.search("tanah lempong")
    assert answer.suggestion is None
    assert answer.hits[0].document.title == "Satu"
    assert library.search("rumah lempong").suggestion == "rumah kampong"


def test_an_abbreviation_of_two_things_does_not_stand_for_one(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nIndeks Kepuasan Masyarakat (IKM) naik.",
        "kajian;2020;Dua;\nIndustri Kecil Menengah (IKM) tumbuh.",
        "kajian;2021;Tiga;\nBantuan bagi IKM mebel.",
    )
    assert titles(library, "indeks kepuasan masyarakat") == ["Satu"]
    assert set(titles(library, "IKM")) == {"Satu", "Dua", "Tiga"}


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("stunting", "Angin kencang mengerdilkan tanaman cabai."),
        ("LHKPN", "Kepatuhan LHKASN bagi semua pegawai."),
        ("HGU", "Perpanjangan HGB pertokoan."),
        ("PPPK", "Tenaga honorer didata ulang."),
        ("alokasi dana desa", "APBDes ditetapkan kepala desa."),
        ("RPJMN", "RPJPD disusun untuk dua puluh tahun."),
        ("KPU", "Bawaslu menangani pelanggaran."),
    ],
)
def test_what_sounds_alike_and_is_something_else_is_not_found(fill: Fill, query: str, other: str) -> None:
    library = fill(f"kajian;2019;Satu;\nTentang {query} di kota.", f"kajian;2020;Dua;\n{other}")
    assert titles(library, query) == ["Satu"]


def test_sda_is_land_and_water(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nSumber daya air dijaga.",
        "kajian;2020;Dua;\nSumber daya alam dijaga.",
        "kajian;2021;Tiga;\nSumber daya manusia dilatih.",
    )
    assert set(titles(library, "SDA")) == {"Satu", "Dua"}
    assert titles(library, "SDM") == ["Tiga"]
