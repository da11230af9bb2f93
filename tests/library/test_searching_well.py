"""Search as people use it: abbreviations, synonyms, slips, years, editions, copies, completion, reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.config import Workspace
from kms.errors import BadInput, WorkspaceError
from kms.library import Filters, Library
from kms.library.answers import search_json
from kms.library.entries import entries
from kms.library.sections import above
from kms.model import Document, Extraction, Page, Table, Tag

LONG = " ".join(f"kata{number} lain{number * 7}" for number in range(60))


def read_stub(path: Path) -> Extraction:
    """A reader for files of the form "type;year;title;program", a line end, and pages parted by form feeds."""
    head, _, text = path.read_text("utf-8").partition("\n")
    kind, year, title, program = head.split(";")
    tags = [
        Tag("type", kind),
        Tag("period" if "-" in year else "year", year),
        Tag("title", title),
        Tag("agency", "Bappeda"),
    ]
    tags += [Tag("program", program)] if program else []
    pages = tuple(Page(number, part) for number, part in enumerate(text.split("\f"), 1))
    return Extraction("txt", pages, tags=tuple(tags))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "ws"


def fill(root: Path, *texts: str) -> Library:
    library = Library(Workspace(root), read=read_stub, freshness=0)
    folder = root / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    assert all(one.outcome == "new" for one in library.ingest([folder]))
    return library


def titles(library: Library, query: str, **options: bool) -> list[str]:
    return [hit.document.title for hit in library.search(query, **options).hits]


def notes(library: Library, query: str) -> str:
    return " ".join(note.text("id") for note in library.search(query).notes)


def test_an_abbreviation_defined_in_one_document_finds_another(root: Path) -> None:
    library = fill(
        root,
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


def test_the_workspace_has_its_own_synonyms(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("# our words\nkuwu\tkepala desa\nlansia\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nTugas kepala desa.", "kajian;2020;Dua;\nLayanan lanjut usia.")
    assert titles(library, "kuwu") == ["Satu"]
    assert titles(library, "kepala desa") == ["Satu"]
    assert titles(library, "lansia") == []


def test_an_everyday_word_finds_the_official_one_and_not_the_other_way(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("got\tparit\t>\tdrainase\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nPerbaikan drainase.", "kajian;2020;Dua;\nAir di got.")
    assert set(titles(library, "parit")) == {"Satu", "Dua"}
    assert titles(library, "got") == ["Dua", "Satu"]
    assert titles(library, "drainase") == ["Satu"]
    assert titles(library, "duit") == []


def test_synonyms_that_are_no_text_are_told(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_bytes(b"\xff\xfe\xff")
    library = fill(root, "kajian;2019;Satu;\nTugas kepala desa.")
    with pytest.raises(WorkspaceError):
        library.search("kepala")


def test_a_misspelt_word_is_put_right_and_one_that_exists_is_not(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nPelayanan kesehatan lansia.", "kajian;2020;Dua;\nPelayanan jalan.")
    answer = library.search("pelayanan Keseahtan")
    assert answer.suggestion == "pelayanan kesehatan"
    assert [hit.document.title for hit in answer.hits] == ["Satu"]
    assert library.search("pelayanan jalan").suggestion is None
    assert library.search("xyzzyq").suggestion is None
    assert library.search("pelayanankesehatan").suggestion == "pelayanan kesehatan"


def test_a_year_in_the_query_means_the_document_or_the_word(root: Path) -> None:
    library = fill(
        root,
        "renja;2022;Renja Tahun 2022;\nrencana kegiatan",
        "renja;2023;Renja Tahun 2023;\nrencana kegiatan",
        "renstra;2021-2026;Renstra 2021-2026;\nrencana kegiatan",
        "kajian;2019;Kajian;\nrencana kegiatan",
    )
    assert titles(library, "rencana 2023")[0] == "Renja Tahun 2023"
    assert set(titles(library, "rencana 2023")) == {"Renja Tahun 2023", "Renstra 2021-2026"}
    assert titles(library, "renja kegiatan")[:2] == ["Renja Tahun 2023", "Renja Tahun 2022"]


def test_a_range_of_years_means_documents_of_these_years_or_the_words(root: Path) -> None:
    library = fill(
        root,
        f"renja;2020;Renja A;\nrencana kerja tahunan kantor {LONG}",
        f"renja;2023;Renja B;\nrencana kerja tahunan kantor lain {LONG}",
        "rpjmd;2018;RPJMD;\nrencana menurut periode 2019-2021",
    )
    for query in ("rencana 2019-2021", "rencana 2019 s.d. 2021", "rencana 2019 sampai dengan 2021"):
        assert set(titles(library, query)) == {"Renja A", "RPJMD"}
        assert "dibaca sebagai tahun dokumen" in notes(library, query)
    assert "tahun dokumen" not in notes(library, "0812-3456")


def test_a_file_is_found_by_its_name_and_else_by_the_words_of_it(root: Path) -> None:
    library = fill(
        root,
        f"rkt;2021;Rencana Kinerja;\nsasaran kantor\f{LONG}",
        f"renja;2023;Renja;\nrencana kantor inspektorat {LONG}",
    )
    assert set(titles(library, "C:\\data\\0.TXT")) == {"Rencana Kinerja"}
    assert "Rencana Kinerja" in notes(library, "0.txt")
    assert titles(library, "rencana-inspektorat_kantor.pdf") == ["Renja"]


def test_what_was_given_to_a_filter_is_not_put_right(root: Path) -> None:
    library = fill(root, f"rkt;2021;RKT;\nanggaran tahunan kantor {LONG}")
    answer = library.search("tahun:anggarn")
    assert answer.suggestion is None
    assert library.search("anggarn").suggestion == "anggaran"


def test_of_a_sentence_the_rarest_words_are_widened_and_few_in_all(root: Path) -> None:
    pairs = [(f"asal{letter * 4}", f"lain{letter * 4}") for letter in "bcdfghjklmnp"]
    root.mkdir()
    (root / "synonyms.tsv").write_text("\n".join("\t".join(pair) for pair in pairs), "utf-8")
    library = fill(
        root,
        f"rkt;2021;Satu;\n{' '.join(other for _, other in pairs)}",
        f"rkt;2022;Dua;\n{' '.join(word for word, _ in pairs[1:])}",
    )
    told = notes(library, " ".join(word for word, _ in pairs))
    assert pairs[0][1] in told
    assert told.count("lain") == 8


def test_the_newest_edition_comes_first_and_date_sorts_all(root: Path) -> None:
    library = fill(
        root,
        "rkt;2019;Rencana Kinerja Tahunan Tahun 2019;\nkerukunan umat",
        "rkt;2021;Rencana Kinerja Tahunan Tahun 2021;\nkerukunan umat dan sebagainya",
        "kajian;2024;Kajian lain;\nhanya sekali kerukunan disebut dalam halaman panjang ini " + LONG,
    )
    assert titles(library, "kerukunan umat")[0] == "Rencana Kinerja Tahunan Tahun 2021"
    assert [title[-4:] for title in titles(library, "kerukunan", newest=True)] == ["lain", "2021", "2019"]


def test_pages_that_say_the_same_stand_under_one_hit(root: Path) -> None:
    library = fill(
        root,
        f"kajian;2019;Satu;\nkerukunan umat {LONG}",
        f"kajian;2020;Dua;\nkerukunan umat {LONG} tambahan",
        "kajian;2021;Tiga;\nkerukunan umat di kota dan desa",
    )
    answer = library.search("kerukunan umat")
    assert (answer.total, answer.listed, len(answer.hits)) == (3, 2, 2)
    [copied] = [hit for hit in answer.hits if hit.similar]
    hit = search_json(answer)["hits"][answer.hits.index(copied)]
    assert hit["similar"] == {"count": 1, "pages": [list(copied.similar[0])]}
    assert len(library.search("kerukunan umat", limit=1, page=2).hits) == 1
    assert library.search("kerukunan umat", limit=1, page=3).hits == ()


def test_words_run_together_are_found_by_their_parts_and_marked(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nDokumen rencanakerja tahun ini.")
    for query in ("kerja", "rencanakerja", '"rencana kerja"', '"dokumen rencana"'):
        [hit] = library.search(query).hits
        assert hit.marks, query
    [hit] = library.search("kerja").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["kerja"]


def test_completion_of_words_titles_and_programs(root: Path) -> None:
    library = fill(
        root,
        "kajian;2019;Kajian Kerukunan Warga;Program Ketahanan Pangan\nkerukunan umat",
        "kajian;2020;Kajian Kemiskinan;\nkerukunan kemiskinan",
    )
    found = library.complete("keru")
    assert (found[0].text, found[0].kind, found[0].pages) == ("kerukunan", "word", 2)
    assert ("Kajian Kerukunan Warga", "title") in {(one.text, one.kind) for one in found}
    assert ("Program Ketahanan Pangan", "program") in {(one.text, one.kind) for one in library.complete("ketah")}
    assert library.complete("umat keru")[0].text == "umat kerukunan"
    assert library.complete("") == ()
    assert len(library.complete("ke", limit=2)) == 2


def test_reasons_add_up_to_words_of_the_query(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nkerukunan umat beragama")
    [hit] = library.search("kerukunan umat", explain=True).hits
    assert {share.part for share in hit.why} == {"kerukunan", "umat", ""} or any("kerukunan" in s.part for s in hit.why)
    assert library.search("kerukunan").hits[0].why == ()


def test_similar_documents_share_telling_words(root: Path) -> None:
    library = fill(
        root,
        "kajian;2019;Kajian Toleransi Pemuda;\nkerukunan toleransi pemuda lintas iman di kota",
        "kajian;2020;Telaah Toleransi;\nkerukunan toleransi warga lintas iman di desa",
        "lkip;2021;Laporan;\njalan jembatan dan drainase di kota",
    )
    first = next(one.id for one in library.documents().documents if one.title == "Kajian Toleransi Pemuda")
    found = library.similar(first)
    assert found[0].document.title == "Telaah Toleransi"
    assert all(0 < one.score <= 1 for one in found)
    assert first not in [one.document.id for one in found]


@pytest.mark.parametrize("leader", [" .............. ", " "])
def test_lists_of_contents_step_back(root: Path, leader: str) -> None:
    contents = "DAFTAR ISI\n" + "\n".join(f"Kerukunan umat {n}{leader}{n}" for n in range(6))
    library = fill(root, f"kajian;2019;Satu;\n{contents}\fkerukunan umat di kota dan di desa")
    assert [hit.page for hit in library.search("kerukunan umat").hits] == [2, 1]


def test_a_section_that_goes_on_is_found_on_its_later_pages() -> None:
    pages = (
        Page(1, "", headings=("BAB II", "URUSAN", "2.17. Urusan", "Perpustakaan", "Tabel 3.52")),
        Page(2, "", headings=("Tabel 3.53",)),
        Page(3, "", headings=("2.18. Urusan Kearsipan",)),
        Page(4, ""),
    )
    table = Table(3, (3, 4), "Tabel 3.54 Arsip", (), (("1",),), (0.0, 0.0, 1.0, 1.0))
    document = Document("a-1", "", "a.pdf", Extraction("pdf", pages, (table,)))
    assert above(document) == {
        1: (),
        2: ("2.17. Urusan", "Perpustakaan"),
        3: ("2.17. Urusan", "Perpustakaan"),
        4: ("2.18. Urusan Kearsipan", "Tabel 3.54 Arsip"),
    }
    assert [[t.exact for t in entry.also if t.exact[0] == "p"] for entry in entries(document)][1] == ["perpustakaan"]


def test_what_is_also_looked_for_repeats_no_word_of_the_query(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("balai desa\tbalai\tgedung serbaguna desa\tgedung serbaguna\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nRapat di balai. Gedung serbaguna desa, gedung serbaguna kecamatan.")
    assert "balai" not in notes(library, "balai desa").replace("balai desa", "")
    told = notes(library, "balai")
    assert told.count("gedung serbaguna") == 1, told


def test_of_two_terms_that_share_a_word_the_rarer_is_meant(root: Path) -> None:
    many = (f"kajian;2019;Nomor {n};\njumlah orang dan jumlah penduduk {n}" for n in range(5))
    library = fill(root, *many, "kajian;2019;Miskin;\njumlah penduduk miskin, orang miskin")
    assert "penduduk miskin" in notes(library, "jumlah orang miskin")


def test_of_two_terms_that_no_page_has_the_rarer_answer_is_meant(root: Path) -> None:
    many = (f"kajian;2019;Nomor {n};\npasien dan penderita {n}" for n in range(5))
    library = fill(root, *many, "kajian;2019;Jiwa;\nlayanan ODGJ")
    assert "ODGJ" in notes(library, "orang sakit jiwa")


def test_an_answer_is_also_looked_for_by_its_other_names(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("mobil sakit\t>\tambulans\nambulans\tambulance\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nPengadaan ambulance.", "kajian;2020;Dua;\nSuku cadang ambulans.")
    assert set(titles(library, "mobil sakit")) == {"Satu", "Dua"}


def test_a_word_that_is_a_term_itself_is_no_form_of_another(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nPengaturan dan penataan arsip, kebakaran.")
    assert "kebakaran" in notes(library, "api")
    assert "penataan" not in notes(library, "api")


def test_an_abbreviation_has_no_inflections(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("PATEN\tpelayanan terpadu kecamatan\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nPelayanan terpadu kecamatan.", "kajian;2020;Dua;\nMematenkan mesin.")
    assert "Satu" in titles(library, "paten")
    assert titles(library, "mematenkan") == ["Dua"]


def test_an_abbreviation_learnt_from_documents_has_no_inflections_either(root: Path) -> None:
    library = fill(
        root,
        "kajian;2019;Satu;\nMitra: Asosiasi Kelompok Usaha (AKU).",
        "kajian;2020;Dua;\nDaftar asosiasi kelompok usaha.",
        "kajian;2021;Tiga;\nPengakuan atas hak adat.",
    )
    assert "asosiasi kelompok usaha" in notes(library, "aku")
    assert "asosiasi kelompok usaha" not in notes(library, "pengakuan")


def test_a_term_is_met_with_an_adverb_in_it(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("keluarga melarat\t>\tkeluarga prasejahtera\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nJumlah keluarga prasejahtera.", "kajian;2020;Dua;\nKeluarga besar.")
    assert titles(library, "keluarga paling melarat")[0] == "Satu"
    assert "prasejahtera" not in notes(library, "keluarga tidak melarat")


def test_a_term_is_met_with_one_of_its_words_said_otherwise(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("sengketa buruh\t>\thubungan industrial\nburuh\tpekerja\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nPembinaan hubungan industrial.", "kajian;2020;Dua;\nPekerja.")
    assert titles(library, "sengketa pekerja")[0] == "Satu"


def test_the_words_of_a_term_are_widened_one_by_one_where_few_pages_have_it(root: Path) -> None:
    root.mkdir()
    lines = "keluhan warga\t>\tkotak saran\nkeluhan\tpengaduan\nwarga\tmasyarakat\n"
    (root / "synonyms.tsv").write_text(lines, "utf-8")
    library = fill(root, "kajian;2019;Satu;\nPengaduan masyarakat di pasar.", "kajian;2020;Dua;\nKotak saran.")
    assert titles(library, "keluhan warga pasar")[0] == "Satu"
    assert "pengaduan" in notes(library, "keluhan warga pasar")


def test_an_answer_that_no_page_has_as_such_is_found_by_its_words(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("orang kantor sedikit\t>\tketerbatasan aparatur\n", "utf-8")
    library = fill(
        root,
        "kajian;2019;Satu;\nKeterbatasan jumlah aparatur.",
        "kajian;2020;Dua;\nOrang.",
        "kajian;2021;Tiga;\nKantor.",
    )
    assert titles(library, "orang kantor sedikit")[0] == "Satu"


def test_a_word_of_a_listed_term_is_no_slip(root: Path) -> None:
    root.mkdir()
    (root / "synonyms.tsv").write_text("tanah lempong\t>\ttanah liat\n", "utf-8")
    library = fill(root, "kajian;2019;Satu;\nTanah liat untuk garam.", "kajian;2020;Dua;\nTanah kampong.")
    answer = library.search("tanah lempong")
    assert answer.suggestion is None
    assert answer.hits[0].document.title == "Satu"
    assert library.search("rumah lempong").suggestion == "rumah kampong"


def test_a_slip_of_an_author_is_answered_with_the_word_that_was_meant_too(root: Path) -> None:
    library = fill(
        root,
        "kajian;2019;Satu;\nLayanan perpustakan keliling.",
        *(f"kajian;20{year};Perpustakaan {year};\nLayanan perpustakaan keliling {year}." for year in range(20, 26)),
    )
    answer = library.search("perpustakan")
    assert answer.suggestion is None
    assert answer.total == 7
    assert "Juga mencari: perpustakaan" in notes(library, "perpustakan")


def test_a_word_that_only_looks_like_another_form_gets_a_suggestion(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nKepala dinas.", "kajian;2020;Dua;\nTidak pula begitu.")
    answer = library.search("kepula")
    assert answer.suggestion == "kepala"
    assert {hit.document.title for hit in answer.hits} == {"Satu", "Dua"}


def test_an_abbreviation_of_two_things_does_not_stand_for_one(root: Path) -> None:
    library = fill(
        root,
        "kajian;2019;Satu;\nIndeks Kepuasan Masyarakat (IKM) naik.",
        "kajian;2020;Dua;\nIndustri Kecil Menengah (IKM) tumbuh.",
        "kajian;2021;Tiga;\nBantuan bagi IKM mebel.",
    )
    assert titles(library, "indeks kepuasan masyarakat") == ["Satu"]
    assert set(titles(library, "IKM")) == {"Satu", "Dua", "Tiga"}


def test_titles_narrow(root: Path) -> None:
    library = fill(
        root, "kajian;2019;Kajian Pasar Ikan;\nkerukunan umat", "kajian;2020;Telaah Pasar;\nkerukunan umat beragama"
    )
    assert titles(library, "judul:pasar kerukunan title:kajian") == ["Kajian Pasar Ikan"]
    assert titles(library, 'kerukunan judul:"pasar ikan"') == ["Kajian Pasar Ikan"]
    assert titles(library, "kerukunan -judul:kajian") == ["Telaah Pasar"]
    answer = library.search("kerukunan judul:terminal")
    assert answer.total == 0
    assert any("terminal" in note.text("id") for note in answer.notes)


def test_a_query_without_a_word_finds_nothing_and_says_so(root: Path) -> None:
    library = fill(root, "kajian;2019;Satu;\nkerukunan umat")
    answer = library.search("???")
    assert (answer.total, answer.hits) == (0, ())
    assert answer.notes
    assert library.search("???", Filters(year="2019")).total == 1


def test_new_words_exist_at_once_and_those_of_a_removed_document_are_forgotten(root: Path) -> None:
    many = "\f".join(f"Pelayanan kesehatan lansia {number}." for number in range(200))
    library = fill(root, f"kajian;2019;Satu;\n{many}", "kajian;2018;Dua;\nRetribusi parkir di pasar.")
    assert library.search("retribsi").suggestion == "retribusi"
    (root / "incoming" / "new.txt").write_text("kajian;2020;Tiga;\nForum Zamrud Khatulistiwa (FZK), lansiana.", "utf-8")
    assert [one.outcome for one in library.ingest([root / "incoming" / "new.txt"])] == ["new"]
    assert library.search("lansiana").suggestion is None
    assert "Juga mencari: FZK" in notes(library, "forum zamrud khatulistiwa")
    assert library.search("retribsi").suggestion == "retribusi"
    library.remove(next(one.id for one in library.documents().documents if one.title == "Dua"))
    assert library.search("retribsi").suggestion is None


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return fill(
        tmp_path_factory.mktemp("any") / "ws",
        "kajian;2019;Kerukunan;Program Bina\nForum Kerukunan Umat Beragama (FKUB) 2019, nilai-nilai 0,02.",
        "rkt;2021;Rencana;\nRencana kerja 8.01.02.2.01 anggaran Rp 1.250.000\fKode 8.1.2.",
    )


PIECES = ["kerukunan", "fkub", "2019", "2019-2021", "8.01.02", "0,02", "tahun:", "jenis:", "opd:", "program:", "uang"]
piece = st.sampled_from(
    [*PIECES, '"', "\u201c", "(", ")", ":", "*", "-", "OR", "ATAU", "|", " ", "\0", "\x1b", "\u202e"]
)
anything = st.lists(piece | st.text(max_size=8), max_size=12).map("".join) | st.text(max_size=200)


def test_words_in_a_row_that_no_page_has_may_be_asked_one_by_one(shared: Library) -> None:
    assert "tanpa tanda kutip" in notes(shared, '"nilai umat"')
    assert not notes(shared, '"umat beragama"')


def ask_anything(library: Library, text: str, times: int) -> None:
    try:
        answer = library.search(text * times, explain=True)
    except BadInput:
        assert not text.strip()
    else:
        assert answer.total <= 3
        assert len({(hit.document.id, hit.page) for hit in answer.hits}) == len(answer.hits)
    library.complete(text, 8)


@settings(max_examples=80, deadline=None)
@given(anything, st.integers(1, 50))
def test_anything_may_be_asked(shared: Library, text: str, times: int) -> None:
    ask_anything(shared, text, times)


@pytest.mark.slow
@settings(max_examples=20_000, deadline=None)
@given(anything, st.integers(1, 50))
def test_whatever_may_be_asked(shared: Library, text: str, times: int) -> None:
    ask_anything(shared, text, times)


def test_a_code_is_found_however_it_is_written(shared: Library) -> None:
    for code in ("8.01.02", "8.1.2"):
        assert {hit.page for hit in shared.search(code).hits} == {1, 2}
    assert shared.search("8.01.03").total == 0


def test_an_agency_that_is_named_comes_first_where_no_page_has_all_the_words(root: Path) -> None:
    def read(path: Path) -> Extraction:
        agency, text = path.read_text("utf-8").split("\n")
        return Extraction("txt", (Page(1, text),), tags=(Tag("agency", agency), Tag("title", f"Rencana {path.stem}")))

    library = Library(Workspace(root), read=read, freshness=0)
    (root / "incoming").mkdir(parents=True)
    texts = {name: f"Dinas Pangan\nHalaman {name}." for name in "cdefghijklm"}
    texts |= {"a": "Inspektorat Kota Contoh\nPagu belanja.", "b": "Dinas Kearsipan Kota Contoh\nPagu belanja."}
    for name, text in texts.items():
        (root / "incoming" / f"{name}.txt").write_text(text, "utf-8")
    list(library.ingest([root / "incoming"]))
    assert titles(library, "pagu belanja arsip")[0] == "Rencana b"
    assert titles(library, "pagu belanja dinas kota")[0] == "Rencana a"
