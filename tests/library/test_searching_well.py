"""Search as people use it: slips, years, editions, copies, completion, reasons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.config import Workspace
from kms.errors import BadInput
from kms.library import Filters, Library
from kms.library.answers import search_json
from kms.library.entries import entries
from kms.library.sections import above
from kms.model import Document, Extraction, Page, Table, Tag

Fill = Callable[..., Library]
LONG = " ".join(f"kata{number} lain{number * 7}" for number in range(60))


def titles(library: Library, query: str, **options: bool) -> list[str]:
    return [hit.document.title for hit in library.search(query, **options).hits]


def notes(library: Library, query: str) -> str:
    return " ".join(note.text("id") for note in library.search(query).notes)


def test_a_misspelt_word_is_put_right_and_one_that_exists_is_not(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nPelayanan kesehatan lansia.", "kajian;2020;Dua;\nPelayanan jalan.")
    answer = library.search("pelayanan Keseahtan")
    assert answer.suggestion == "pelayanan kesehatan"
    assert [hit.document.title for hit in answer.hits] == ["Satu"]
    assert library.search("pelayanan jalan").suggestion is None
    assert library.search("xyzzyq").suggestion is None
    assert library.search("pelayanankesehatan").suggestion == "pelayanan kesehatan"


def test_a_word_with_the_root_of_one_that_carries_nothing_does_not_find_that(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nPertentangan antarwarga.", "kajian;2020;Dua;\nPeraturan tentang modal oleh wali kota."
    )
    assert titles(library, "pertentangan") == ["Satu"]
    assert titles(library, "menentang") == ["Satu"]
    assert titles(library, "perolehan") == []


def test_a_verb_finds_its_noun(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nPenyertaan modal daerah.", "kajian;2020;Dua;\nBeserta modal lainnya.")
    assert titles(library, "menyertakan modal")[0] == "Satu"


def test_a_year_in_the_query_means_the_document_or_the_word(fill: Fill) -> None:
    library = fill(
        "renja;2022;Renja Tahun 2022;\nrencana kegiatan",
        "renja;2023;Renja Tahun 2023;\nrencana kegiatan",
        "renstra;2021-2026;Renstra 2021-2026;\nrencana kegiatan",
        "kajian;2019;Kajian;\nrencana kegiatan",
    )
    assert titles(library, "rencana 2023")[0] == "Renja Tahun 2023"
    assert set(titles(library, "rencana 2023")) == {"Renja Tahun 2023", "Renstra 2021-2026"}
    assert titles(library, "renja kegiatan")[:2] == ["Renja Tahun 2023", "Renja Tahun 2022"]


def test_a_year_is_met_where_it_stands_with_what_was_asked(fill: Fill) -> None:
    others = " ".join(f"hal{number} ihwal{number * 3}" for number in range(120))
    library = fill(
        f"kajian;2019;Padi;\nproduksi padi {LONG} produksi padi {LONG} dibanding 2018",
        f"kajian;2019;Sawah;\n{others} pada 2018 produksi dari sawah berupa padi",
    )
    assert titles(library, "produksi padi") == ["Padi", "Sawah"]
    assert titles(library, "produksi padi 2018") == ["Sawah", "Padi"]


def test_a_page_without_the_common_word_comes_before_one_without_the_telling_word(fill: Fill) -> None:
    library = fill(
        f"kajian;2019;Virus;\nHewan penular virus rabies. {LONG[:35]}",
        "kajian;2020;Pesta;\nLomba desa, lomba kota.",
        *(f"kajian;20{number};Hal {number};\nLomba hal {number} {LONG[:number]}" for number in range(21, 27)),
        *(f"kajian;20{number};Hal {number};\nTentang hal {number}." for number in range(30, 99)),
    )
    assert titles(library, "lomba rabies")[:2] == ["Virus", "Pesta"]


def test_a_range_of_years_means_documents_of_these_years_or_the_words(fill: Fill) -> None:
    library = fill(
        f"renja;2020;Renja A;\nrencana kerja tahunan kantor {LONG}",
        f"renja;2023;Renja B;\nrencana kerja tahunan kantor lain {LONG}",
        "rpjmd;2018;RPJMD;\nrencana menurut periode 2019-2021",
    )
    for query in ("rencana 2019-2021", "rencana 2019 s.d. 2021", "rencana 2019 sampai dengan 2021"):
        assert set(titles(library, query)) == {"Renja A", "RPJMD"}
        assert "dibaca sebagai tahun dokumen" in notes(library, query)
    assert "tahun dokumen" not in notes(library, "0812-3456")


def test_a_file_is_found_by_its_name_and_else_by_the_words_of_it(fill: Fill) -> None:
    library = fill(
        f"rkt;2021;Rencana Kinerja;\nsasaran kantor\f{LONG}",
        f"renja;2023;Renja;\nrencana kantor inspektorat {LONG}",
    )
    assert set(titles(library, "C:\\data\\0.TXT")) == {"Rencana Kinerja"}
    assert "Rencana Kinerja" in notes(library, "0.txt")
    assert titles(library, "rencana-inspektorat_kantor.pdf") == ["Renja"]


def test_what_was_given_to_a_filter_is_not_put_right(fill: Fill) -> None:
    library = fill(f"rkt;2021;RKT;\nanggaran tahunan kantor {LONG}")
    answer = library.search("tahun:anggarn")
    assert answer.suggestion is None
    assert library.search("anggarn").suggestion == "anggaran"


def test_the_newest_edition_comes_first_and_date_sorts_all(fill: Fill) -> None:
    library = fill(
        "rkt;2019;Rencana Kinerja Tahunan Tahun 2019;\nkerukunan umat",
        "rkt;2021;Rencana Kinerja Tahunan Tahun 2021;\nkerukunan umat dan sebagainya",
        "kajian;2024;Kajian lain;\nhanya sekali kerukunan disebut dalam halaman panjang ini " + LONG,
    )
    assert titles(library, "kerukunan umat")[0] == "Rencana Kinerja Tahunan Tahun 2021"
    assert [title[-4:] for title in titles(library, "kerukunan", newest=True)] == ["lain", "2021", "2019"]


def test_pages_that_say_the_same_stand_under_one_hit(fill: Fill) -> None:
    library = fill(
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


def test_words_run_together_are_found_by_their_parts_and_marked(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nDokumen rencanakerja tahun ini.")
    for query in ("kerja", "rencanakerja", '"rencana kerja"', '"dokumen rencana"'):
        [hit] = library.search(query).hits
        assert hit.marks, query
    [hit] = library.search("kerja").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["kerja"]


def test_completion_of_words_titles_and_programs(fill: Fill) -> None:
    library = fill(
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


def test_reasons_add_up_to_words_of_the_query(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nkerukunan umat beragama")
    [hit] = library.search("kerukunan umat", explain=True).hits
    assert {share.part for share in hit.why} == {"kerukunan", "umat", ""} or any("kerukunan" in s.part for s in hit.why)
    assert library.search("kerukunan").hits[0].why == ()


def test_similar_documents_share_telling_words(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Kajian Toleransi Pemuda;\nkerukunan toleransi pemuda lintas iman di kota",
        "kajian;2020;Telaah Toleransi;\nkerukunan toleransi warga lintas iman di desa",
        "lkip;2021;Laporan;\njalan jembatan dan drainase di kota",
    )
    first = next(one.id for one in library.documents().documents if one.title == "Kajian Toleransi Pemuda")
    found = library.similar(first)
    assert found[0].document.title == "Telaah Toleransi"
    assert all(0 < one.score <= 1 for one in found)
    assert first not in [one.document.id for one in found]


def test_a_word_that_follows_the_one_before_in_a_name_is_offered_first(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;Program Ketahanan Pangan\npertanian dan pangan", "kajian;2020;Dua;\npertanian")
    assert library.complete("p")[0].text == "pertanian"
    assert [one.text for one in library.complete("ketahanan p")[:2]] == ["ketahanan pangan", "ketahanan pertanian"]


def test_copies_of_one_document_do_not_fill_the_list_of_similar_ones(fill: Fill) -> None:
    said = "kerukunan toleransi warga lintas iman di desa lereng gunung yang ramai oleh peziarah dari segala penjuru"
    library = fill(
        "kajian;2019;Kajian Toleransi Pemuda;\nkerukunan toleransi pemuda lintas iman di kota",
        f"kajian;2020;Telaah Toleransi;\n{said}",
        f"kajian;2020;Telaah Toleransi (pindai);\n{said} itu",
        "kajian;2021;Survei Kerukunan;\nkerukunan dan toleransi di kota menurut survei telepon",
    )
    ids = {one.title: one.id for one in library.documents().documents}
    found = library.similar(ids["Kajian Toleransi Pemuda"])
    telaah = next(one for one in found if one.document.title.startswith("Telaah"))
    assert len(found) == 2
    assert [one.title.startswith("Telaah") for one in telaah.copies] == [True]


@pytest.mark.parametrize("leader", [" .............. ", " "])
def test_lists_of_contents_step_back(fill: Fill, leader: str) -> None:
    contents = "DAFTAR ISI\n" + "\n".join(f"Kerukunan umat {n}{leader}{n}" for n in range(6))
    library = fill(f"kajian;2019;Satu;\n{contents}\fkerukunan umat di kota dan di desa")
    assert [hit.page for hit in library.search("kerukunan umat").hits] == [2, 1]


def test_outlines_of_chapters_step_back_but_for_who_asks_for_them(fill: Fill) -> None:
    chapters = "Bab I : Pendahuluan\n1.1 Latar Belakang\n1.2 Kajian Kerukunan\nBab II : Isu\nBab III : Hasil"
    text = "Bab I membahas kajian yang ada tentang kerukunan, ditulis menurut sistematika yang lazim dalam penulisan."
    library = fill(f"kajian;2019;Satu;\nSistematika Penulisan\n{chapters}\f{text}")
    assert [hit.page for hit in library.search("kajian kerukunan").hits] == [2, 1]
    assert [hit.page for hit in library.search("sistematika penulisan").hits] == [1, 2]


def test_an_abbreviation_that_pages_spell_out_asks_for_nothing_else_of_its_subject(fill: Fill) -> None:
    library = fill(
        "lkip;2019;Satu;\nPenyidik Pegawai Negeri Sipil (PPNS) dari Satuan Polisi Pamong Praja dilatih.",
        "lkip;2020;Dua;\nSatpol PP menindak pelanggaran perda, penegakan peraturan daerah.",
    )
    assert [hit.document.title for hit in library.search("PPNS satpol PP").hits][:1] == ["Satu"]
    assert [hit.document.title for hit in library.search("PPNS").hits] == ["Satu"]


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


def test_a_slip_of_an_author_is_answered_with_the_word_that_was_meant_too(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Satu;\nLayanan perpustakan keliling.",
        *(f"kajian;20{year};Perpustakaan {year};\nLayanan perpustakaan keliling {year}." for year in range(20, 26)),
    )
    answer = library.search("perpustakan")
    assert answer.suggestion is None
    assert answer.total == 7
    assert "Juga mencari: perpustakaan" in notes(library, "perpustakan")


@pytest.mark.parametrize(("word", "other"), [("linmas", "lintas"), ("kemala", "kepala")])
def test_a_rare_word_of_the_dictionary_or_a_list_is_no_slip(fill: Fill, word: str, other: str) -> None:
    library = fill(
        f"kajian;2019;Satu;\nTugas {word} kelurahan.",
        *(f"kajian;20{year};Hal {year};\nTugas {other} kelurahan {year}." for year in range(20, 26)),
    )
    assert titles(library, word) == ["Satu"]


def test_a_word_that_only_looks_like_another_form_gets_a_suggestion(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nKepala dinas.", "kajian;2020;Dua;\nTidak pula begitu.")
    answer = library.search("kepula")
    assert answer.suggestion == "kepala"
    assert {hit.document.title for hit in answer.hits} == {"Satu", "Dua"}
    library = fill("kajian;2021;Tiga;\nDinas terkait.", "kajian;2022;Empat;\nCara baru.")
    assert library.search("terkiat").suggestion == "terkait"  # "kiat" is a word for "cara"


def test_a_word_of_the_language_is_never_replaced_by_one_that_no_page_has_with_the_rest(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nTerminal dan konser.", "kajian;2020;Dua;\nUsia harapan hidup.")
    answer = library.search("konsep")
    assert (answer.suggestion, answer.total) == ("konser", 0)
    assert titles(library, "usai harapan") == ["Dua"]
    assert titles(library, "termnal") == ["Satu"]


def test_titles_narrow(fill: Fill) -> None:
    library = fill(
        "kajian;2019;Kajian Pasar Ikan;\nkerukunan umat", "kajian;2020;Telaah Pasar;\nkerukunan umat beragama"
    )
    assert titles(library, "judul:pasar kerukunan title:kajian") == ["Kajian Pasar Ikan"]
    assert titles(library, 'kerukunan judul:"pasar ikan"') == ["Kajian Pasar Ikan"]
    assert titles(library, "kerukunan -judul:kajian") == ["Telaah Pasar"]
    answer = library.search("kerukunan judul:terminal")
    assert answer.total == 0
    assert any("terminal" in note.text("id") for note in answer.notes)


def test_a_query_without_a_word_finds_nothing_and_says_so(fill: Fill) -> None:
    library = fill("kajian;2019;Satu;\nkerukunan umat")
    answer = library.search("???")
    assert (answer.total, answer.hits) == (0, ())
    assert answer.notes
    assert library.search("???", Filters(year="2019")).total == 1


def test_new_words_exist_at_once_and_those_of_a_removed_document_are_forgotten(root: Path, fill: Fill) -> None:
    many = "\f".join(f"Pelayanan kesehatan lansia {number}." for number in range(200))
    library = fill(f"kajian;2019;Satu;\n{many}", "kajian;2018;Dua;\nRetribusi parkir di pasar.")
    assert library.search("retribsi").suggestion == "retribusi"
    (root / "incoming" / "new.txt").write_text("kajian;2020;Tiga;\nForum Zamrud Khatulistiwa (FZK), lansiana.", "utf-8")
    assert [one.outcome for one in library.ingest([root / "incoming" / "new.txt"])] == ["new"]
    assert library.search("lansiana").suggestion is None
    assert "Juga mencari: FZK" in notes(library, "forum zamrud khatulistiwa")
    assert library.search("retribsi").suggestion == "retribusi"
    library.remove(next(one.id for one in library.documents().documents if one.title == "Dua"))
    assert library.search("retribsi").suggestion is None


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, fill_at: Fill) -> Library:
    return fill_at(
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
