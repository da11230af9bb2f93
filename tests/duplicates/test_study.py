"""What a study is about, as its headings and sentences say; places; and words read as concepts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.duplicates.offices import offices_in
from kms.duplicates.places import Place, compare_places, find_places, parse_place
from kms.duplicates.study import describe
from kms.text import tokenize
from kms.text.synonyms import groups, read_concepts, synonyms

REPORT = """KAJIAN KERUKUNAN UMAT BERAGAMA
DI KECAMATAN MEKARJATI TAHUN 2020

KANTOR KESATUAN BANGSA DAN POLITIK
KOTA TIRTARAJA

BAB I PENDAHULUAN
1.1 Latar Belakang
Warga hidup berdampingan sejak lama.

1.2 Maksud dan Tujuan
1. Mengukur toleransi di setiap kelurahan.
2. Menjelaskan mengapa warga lama dan penghuni baru jarang bertemu.

1.3 Ruang Lingkup
Lokus kajian adalah lima kelurahan di Kecamatan Mekarjati.

1.4 Metodologi
Wawancara dengan 40 keluarga.

Kata kunci: kerukunan, toleransi; FKUB
"""


def names(text: str) -> list[str]:
    return [concept.name for concept in read_concepts(tokenize(text))]


def test_what_a_study_leaves_out_is_no_part_of_its_scope() -> None:
    scope = (
        "Kajian mencakup angkutan kota pada dua belas trayek. Angkutan barang berada di luar lingkup kajian. "
        "Tarif tidak dibahas."
    )
    study = describe("Kajian Angkutan Kota", [f"Ruang Lingkup\n{scope}\n\nMetode\nWawancara."])
    assert study.scope == ("Kajian mencakup angkutan kota pada dua belas trayek.",)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Kajian meliputi dua belas trayek, tidak termasuk trayek antarkota.", "Kajian meliputi dua belas trayek"),
        ("Parkir, terminal, dan bengkel tidak dibahas.", ""),
        (
            "Keluarga miskin yang tidak termasuk penerima bantuan.",
            "Keluarga miskin yang tidak termasuk penerima bantuan.",
        ),
    ],
)
def test_only_what_is_left_out_goes_from_the_scope(sentence: str, kept: str) -> None:
    study = describe("Kajian Angkutan Kota", [f"Ruang Lingkup\n{sentence}\n\nMetode\nWawancara."])
    assert study.scope == ((kept,) if kept else ())


@pytest.mark.parametrize(
    ("heading", "part"), [("Pertanyaan Kunci", "aims"), ("Hal yang Harus Dijawab", "aims"), ("Jangkauan", "scope")]
)
def test_aims_and_scope_have_many_names(heading: str, part: str) -> None:
    study = describe(
        "Kajian Angkutan Kota", [f"{heading}\nMengapa penumpang angkutan kota berkurang sejak lima tahun lalu."]
    )
    assert getattr(study, part)


def test_a_title_that_names_its_region_is_of_that_region_wherever_it_looked() -> None:
    scope = "Ruang Lingkup\nKeluarga di Desa Suka dan Desa Jati.\n\nMetode\nWawancara."
    study = describe("Kajian Air Minum Keluarga Mekarjati", [scope], agency="Dinas Kesehatan Kabupaten Mekarjati")
    assert study.places == (Place("kabupaten", "mekarjati"),)


def test_a_verb_is_no_part_of_a_name() -> None:
    assert find_places("Kajian Pantai Losari Menghadapi Abrasi") == (Place("pantai", "losari"),)
    assert find_places("Kajian di Kabupaten Kepulauan Mentawai") == (Place("kabupaten", "kepulauan mentawai"),)


def test_offices_are_known_by_what_they_are_for() -> None:
    assert [*offices_in("Survei Kepuasan Masyarakat pada Dinas Sosial Kota Bogor Tahun 2022")] == ["Dinas Sosial"]
    assert offices_in("Kinerja Puskesmas Melati")["Puskesmas Melati"] == frozenset(("melati",))
    assert not offices_in("Kinerja Badan Usaha Milik Desa di Bagian Hilir Sungai Citarum")
    assert not offices_in("Survei Kepuasan Masyarakat pada Dinas XYZ Kota Bogor")


def test_aims_scope_keywords_and_places_are_found_by_their_headings() -> None:
    study = describe("Kajian Kerukunan Umat Beragama di Kecamatan Mekarjati Tahun 2020", [REPORT])
    assert study.aims == (
        "Mengukur toleransi di setiap kelurahan.",
        "Menjelaskan mengapa warga lama dan penghuni baru jarang bertemu.",
    )
    assert study.scope == ("Lokus kajian adalah lima kelurahan di Kecamatan Mekarjati.",)
    assert study.keywords == ("kerukunan", "toleransi", "FKUB")
    assert study.places == (Place("kecamatan", "mekarjati"),)
    assert study.region == Place("kota", "tirtaraja")
    assert study.locus == ("Kecamatan Mekarjati",)
    assert (study.year, study.type) == (2020, "kajian")


@pytest.mark.parametrize(
    "text",
    [
        "Tujuan: Mengukur minat baca warga.",
        "## Tujuan\n\n- Mengukur minat baca warga.",
        "B. Maksud dan tujuan\n1.   Mengukur minat baca warga.\n\nC. Jadwal dan biaya\nMaret",
        "Abstrak\nKajian ini bertujuan mengukur minat baca warga.",
        "**Rumusan Masalah**\na. Mengukur minat baca warga.\n\n**Metode**\nSurvei.",
        "C. Sasaran yang Hendak Dicapai\n1. Mengukur minat baca warga.\nD. Jadwal",
        "Uraian\tKeterangan\nMaksud dan Tujuan\tMengukur minat baca warga.\nLokasi\tKota Tegal",
    ],
)
def test_aims_are_found_however_they_are_announced(text: str) -> None:
    aims = describe("Kajian Minat Baca", [text]).aims
    assert len(aims) == 1
    assert "mengukur minat baca warga." in aims[0].lower()


def test_sentences_that_intend_something_else_are_no_aims() -> None:
    text = "Laporan ini bertujuan memenuhi kewajiban administrasi. Kajian ini mengukur minat baca warga kota."
    assert describe("Kajian Minat Baca", [text]).aims == ("Kajian ini mengukur minat baca warga kota.",)
    assert not describe("Kajian Minat Baca", ["Kegiatan ini mendukung misi tersebut."]).aims


def test_what_is_said_of_villages_is_no_name_of_one() -> None:
    assert describe("Mengapa Pasar Desa Jarang Dikunjungi? Kajian di Kabupaten Sragen", []).places == (
        Place("kabupaten", "sragen"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rumah baca sepi. Evaluasi bermaksud mengukur minat baca warga. Warga jarang singgah.",
        "Rumah baca sepi. Pekerjaan ini menakar minat baca warga dan sebabnya. Warga jarang singgah.",
        "Rumah baca sepi. Analisis dimaksudkan untuk mengukur minat baca. Tujuannya menyusun rencana koleksi.",
        "Rumah baca sepi. Studi ini bertanya: seberapa tinggi minat baca warga? Warga jarang singgah.",
        "Warga ikut kegiatan mendidik minat baca. Pertanyaan kajian: seberapa tinggi minat baca warga. Selesai sudah.",
    ],
)
def test_what_a_study_intends_is_told_without_headings(text: str) -> None:
    aims = " ".join(describe("Kajian Minat Baca", [text]).aims).lower()
    assert "minat baca warga" in aims or "rencana koleksi" in aims
    assert not any(said in aims for said in ("sepi", "singgah", "mendidik", "selesai"))


def test_aims_behind_a_colon_end_with_their_line_where_lines_are_paragraphs() -> None:
    background = "Rumah baca desa sepi sejak pandemi, dan pengelolanya tidak lagi menerima buku baru. " * 3
    text = (
        f"{background}\nTujuan: (a) mengukur minat baca; (b) menyusun rencana koleksi.\nDua ratus rumah baca didatangi."
    )
    assert "didatangi" not in " ".join(describe("Kajian Minat Baca", [text]).aims)


@pytest.mark.parametrize(
    "after",
    [
        "Tempat baca\nSebanyak dua ratus rumah baca desa tidak lagi buka setiap hari kerja.",
        "\nData yang digunakan terdiri atas data primer dan data sekunder dari perpustakaan.",
    ],
    ids=["a heading without number", "a paragraph after the list"],
)
def test_aims_end_where_something_else_begins(after: str) -> None:
    text = f"Tujuan\n1. Mengukur minat baca warga.\n2. Menyusun rencana koleksi.\n{after}"
    aims = describe("Kajian Minat Baca", [text]).aims
    assert aims == ("Mengukur minat baca warga.", "Menyusun rencana koleksi.")


@pytest.mark.parametrize(
    "text",
    [
        "Tujuan\n1. Tujuan umum\n\nMengukur minat baca warga.\n\n2. Tujuan khusus\n\nMenyusun rencana koleksi.",
        "Tujuan\nMengukur minat baca warga.\nMenyusun rencana koleksi",
        "Tujuan\n1. Mengukur minat baca warga.\n\nKajian ini juga bertujuan menyusun rencana koleksi.",
    ],
)
def test_aims_go_on_over_their_own_parts(text: str) -> None:
    aims = " ".join(describe("Kajian Minat Baca", [text]).aims).lower()
    assert "mengukur minat baca warga" in aims and "menyusun rencana koleksi" in aims


def test_whom_a_study_serves_and_what_the_hired_owe_is_no_aim() -> None:
    office = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Tirtaraja"
    text = (
        f"Maksud dan Tujuan\nMaksud pekerjaan ini ialah menyediakan bahan bagi\n{office}. Mengenali sektor yang patut "
        "dibantu. Penyedia jasa wajib menyelesaikan keluaran tepat waktu."
    )
    aims = " ".join(describe("Kajian Insentif Penanaman Modal", [text], agency=office).aims)
    assert "sektor" in aims and "Pelayanan" not in aims and "Penyedia" not in aims


def test_a_title_alone_tells_its_year_period_and_type() -> None:
    assert describe("Kajian Toleransi di Kota Tirtaraja Tahun 2021", []).year == 2021
    plan = describe("Perubahan Rencana Strategis Dinas Sosial 2018-2023", [])
    assert (plan.year, plan.period, plan.type) == (None, (2018, 2023), "renstra")
    assert not plan.asks
    assert describe("Evaluasi Efektivitas FKDM", [], "evaluasi").asks
    assert not describe("Laporan Evaluasi Hasil Renja Dinas Sosial Triwulan II", [], "evaluasi").asks


def test_the_head_of_a_text_titles_it_where_what_was_found_is_broken() -> None:
    text = "Kajian Geng Motor di Kota Bandarmulya\n\nTahun 2022\n\nIsi."
    assert describe("Kajian Geng Motor di Kota Bandar mulya", [text]).title == "Kajian Geng Motor di Kota Bandarmulya"
    assert describe("Tahun 2022 Pengantar", [text]).title == "Kajian Geng Motor di Kota Bandarmulya"
    assert describe("Studi Kelompok Bermotor", [text]).title == "Studi Kelompok Bermotor"


def test_a_continuation_says_so() -> None:
    assert describe(
        "Uji Coba Penjemputan", ["Menindaklanjuti rekomendasi kajian tahun 2020, uji coba dilakukan."]
    ).follows
    assert describe("Kajian Lanjutan: Sistem Pelaporan", []).follows
    assert describe("Rancang Bangun Jalur", ["Kajian kesiapan tahun 2022 menetapkan dua puluh sekolah."]).follows
    assert describe("Evaluasi Sewa Lahan", ["Lahan disewakan sesuai saran kajian minat pemuda tahun 2019."]).follows
    assert not describe("Kajian Bank Sampah", ["Kajian ini dilakukan tahun 2022 dan menemukan tiga sebab."]).follows
    assert not describe("Kajian Pengawasan Desa", ["Tenggat tindak lanjut rekomendasi sering terlewat."]).follows
    assert not describe("Kajian Bank Sampah", ["Rekomendasi diberikan pada akhir kajian."]).follows
    assert not describe("Rencana Air Minum", ["Tahap kedua memasang pipa induk ke wilayah timur."]).follows
    assert not describe("Kajian Bank Sampah", ["Bab II\nKajian Terdahulu\nBank sampah telah banyak diteliti."]).follows


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Kajian Banjir di Kecamatan Tegal Wangi Kota Randusari", ["Kecamatan Tegal Wangi", "Kota Randusari"]),
        ("KAJIAN BANJIR DI KECAMATAN TEGALWANGI TAHUN 2021", ["Kecamatan Tegalwangi"]),
        ("kajian banjir kec. tegalwangi kota randusari 2021", ["Kecamatan Tegalwangi", "Kota Randusari"]),
        ("Strategi Desa Wisata Karanglor Kabupaten Wanaloka", ["Desa Karanglor", "Kabupaten Wanaloka"]),
        ("Menuju Kota Layak Anak", []),
        ("Kesiapan Desa Menghadapi Tanah Longsor", []),
        ("seluruh kecamatan di kota ini", []),
        ("Pembentukan Kelurahan Baru", []),
        ("KAJIAN RAWA DI KABUPATEN HULU SUNGAI TENGAH", ["Kabupaten Hulu Sungai Tengah"]),
        ("Renja Kabupaten Ogan Komering Ulu Timur", ["Kabupaten Ogan Komering Ulu Timur"]),
        ("Desa Pulau Kijang di Kecamatan Lima Kaum", ["Desa Pulau Kijang", "Kecamatan Lima Kaum"]),
        ("Kajian Trayek di Kota Sungai Kencana", ["Kota Sungai Kencana"]),
        ("KAJIAN TRAYEK DI KOTA SUNGAI PENUH TAHUN 2020", ["Kota Sungai Penuh"]),
        ("Kawasan Kota Lama Madukara", []),
        ("Seluruh Kecamatan Kota Bandung", ["Kota Bandung"]),
        ("Kemiskinan turun lebih lambat daripada provinsi. Evaluasi ini", []),
    ],
)
def test_places_are_names_and_not_whatever_follows_their_kind(text: str, places: list[str]) -> None:
    assert [str(place) for place in find_places(text)] == places


def test_a_letterhead_names_the_town_and_not_the_office_below() -> None:
    [place] = find_places("PEMERINTAH KOTA TIRTARAJA\nBADAN KESATUAN BANGSA DAN POLITIK")
    assert place == Place("kota", "tirtaraja")


def test_a_sort_of_village_is_no_place() -> None:
    assert parse_place("Desa Wisata") is None
    assert str(parse_place("Desa Karanglor")) == "Desa Karanglor"


def test_a_title_in_capitals_is_of_the_place_that_the_text_names() -> None:
    text = "KAJIAN HARGA CABAI DI KABUPATEN WATU IRENG\n\nDinas Pertanian Kabupaten Watu Ireng\n\nIsi."
    assert str(describe("KAJIAN HARGA CABAI DI KABUPATEN WATU IRENG", [text]).region) == "Kabupaten Watu Ireng"


def test_a_place_that_a_tag_cuts_short_is_the_one_of_the_text() -> None:
    text = "Kajian Harga Cabai\n\nDinas Pertanian Kabupaten Watu Ireng\n\nIsi."
    assert str(describe("Kajian Harga Cabai", [text], region="Kabupaten Watu").region) == "Kabupaten Watu Ireng"


def test_how_places_lie() -> None:
    city, town = Place("kota", "randusari"), Place("kota", "bandarmulya")
    one, other = Place("kecamatan", "tegalwangi"), Place("kecamatan", "mekarsari")
    assert compare_places([city], city, [city], city) == "same"
    assert compare_places([city], city, [town], town) == "other"
    assert compare_places([one], city, [other], city) == "other"
    assert compare_places([one], city, [city], city) == "inside"
    assert compare_places([one], city, [one], city) == "same"
    assert compare_places([], None, [], None) == "unknown"
    assert compare_places([town], Place("kota", "bandar mulya"), [town], town) == "same"


def test_different_words_are_one_concept() -> None:
    assert names("toleransi antarumat beragama") == names("harmoni antarpemeluk agama")
    assert names("organisasi kemasyarakatan") == names("ORMAS")
    assert names("Forum Kerukunan Umat Beragama") == names("FKUB")
    assert names("tawuran pelajar") == names("perkelahian antarpelajar")


def test_a_plain_root_stands_only_for_itself() -> None:
    assert "pasar" in names("sampah pasar")
    assert names("pemasaran") != names("pasar")


def test_a_phrase_may_have_other_words_of_the_same_meaning() -> None:
    assert names("tepi kali") == names("tepi sungai")
    assert names("bangunan rumah ibadah") != names("pembangunan rumah ibadah")


def test_phrases_overlap() -> None:
    found = names("penghapusan kemiskinan ekstrem")
    assert "penanggulangan kemiskinan" in found
    assert not {"ekstrem", "radikalisme"} & set(found)


def test_synonyms_of_a_term() -> None:
    assert "toleransi" in synonyms("kerukunan")
    assert "kerukunan" not in synonyms("kerukunan")
    assert synonyms("sepatutnya") == ()


def test_the_thesaurus_holds_each_term_once() -> None:
    terms: dict[tuple[str, ...], str] = {}
    for group in groups():
        assert len(group) >= 2, group
        for term in group:
            words = tuple(token.exact for token in tokenize(term))
            assert words not in terms, f"{term} in {terms[words]} and in {group[0]}"
            terms[words] = group[0]
    assert len(groups()) >= 300


@settings(max_examples=60)
@given(st.text(max_size=400), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_can_be_described(title: str, pages: list[str]) -> None:
    study = describe(title, pages)
    assert all(count > 0 for count in study.vocabulary.values())


def test_what_ocr_sees_in_a_seal_is_no_title() -> None:
    title = "Perubahan Rencana Strategis (Renstra) Inspektorat Kabupaten Wanaloka Tahun 2018-2023"
    study = describe(title, [": NA I fie! ro ee I I ; 1 oS ps = 2 2 at\n\nRENCANA STRATEGIS"], "renstra")
    assert study.title == title and not study.asks
