"""The check before drafting: evidence at exact places, decisions remembered, nothing of the draft kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.corpus import Decision, append_decision, load_decisions
from kms.errors import BadInput, Damaged, NotFound
from kms.library import Library
from kms.library.checked import checked_json, set_phrases, stretches
from kms.library.reporting import advice, percent, verdict_name, write_report
from kms.model import Extraction, Page, Tag

STUDY = """Kajian Kerukunan Umat Beragama di Kecamatan Limo Tahun 2019
Tujuan kajian ini ialah memetakan hubungan antarumat beragama di kelurahan yang rawan gesekan. Para tokoh agama
diwawancarai di tujuh kelurahan selama tiga bulan. Hasilnya menunjukkan bahwa forum warga yang bertemu rutin
meredam kesalahpahaman sebelum menjadi sengketa. Rumah ibadah yang izinnya belum lengkap paling sering dipersoalkan.
"""
COPIED = """Para tokoh agama diwawancarai di tujuh kelurahan selama tiga bulan. Hasilnya menunjukkan bahwa forum warga
yang bertemu rutin meredam kesalahpahaman sebelum menjadi sengketa."""
OTHER = """Kajian Pengelolaan Parkir Tepi Jalan Tahun 2020
Pendapatan parkir dihitung dari karcis yang terjual di empat belas ruas jalan pusat kota pada hari kerja.
Juru parkir dan pedagang ditanyai tentang tarif, jam ramai, serta kebocoran setoran kepada pengelola lapangan.
"""


def read_stub(path: Path) -> Extraction:
    text = path.read_text("utf-8")
    title = text.splitlines()[0]
    pages = tuple(Page(number, part) for number, part in enumerate(text.split("\f"), 1))
    tags = [Tag("title", title, 1, title, confidence=0.9), Tag("type", "kajian", 1, title, confidence=0.9)]
    tags += [Tag("year", word, 1, word, confidence=0.9) for word in title.split() if word.isdecimal()]
    return Extraction("txt", pages, tags=tuple(tags))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)
    for name, text in (("kerukunan.txt", STUDY), ("parkir.txt", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
        list(library.ingest([tmp_path / name]))
    return library


def test_a_copied_passage_is_shown_where_it_stands_on_both_sides(library: Library) -> None:
    draft = "Pendahuluan yang baru ditulis sendiri tentang gedung pertemuan warga.\n\n" + COPIED
    checked = library.check(title="Gedung Pertemuan", text=draft)
    match = checked.matches[0]
    assert match.document.title.startswith("Kajian Kerukunan")
    evidence = match.evidence[0]
    assert draft[evidence.draft.start : evidence.draft.end] == evidence.draft.text
    assert STUDY[evidence.found.start : evidence.found.end] == evidence.found.text
    assert "diwawancarai di tujuh kelurahan" in evidence.draft.text
    assert "gedung pertemuan warga" not in evidence.draft.text
    for place, marks in ((evidence.draft, evidence.draft_marks), (evidence.found, evidence.found_marks)):
        assert {"tujuh", "kelurahan"} <= {place.text[start:end] for start, end in marks}
    assert 0.5 < checked.coverage < 1
    assert checked.spans == tuple((each.draft.page, each.draft.start, each.draft.end) for each in match.evidence)


def test_a_passage_over_a_page_break_is_shown_page_by_page(library: Library, tmp_path: Path) -> None:
    words = COPIED.split(" Hasilnya")
    (tmp_path / "naskah.txt").write_text(f"Rancangan\n{words[0]}\fHasilnya{words[1]}", "utf-8")
    checked = library.check(tmp_path / "naskah.txt")
    pages = {each.draft.page for each in checked.matches[0].evidence}
    assert pages == {1, 2}
    texts = (tmp_path / "naskah.txt").read_text("utf-8").split("\f")
    for each in checked.matches[0].evidence:
        assert texts[each.draft.page - 1][each.draft.start : each.draft.end] == each.draft.text
        around = STUDY[max(0, each.found.start - 1) : each.found.start] + STUDY[each.found.end : each.found.end + 1]
        assert not any(map(str.isalnum, around)), "no word is cut"


def test_a_long_passage_is_shown_paragraph_by_paragraph(library: Library, tmp_path: Path) -> None:
    parts = [
        "Gerbang perumahan ditutup sejak petang dan jadwal ronda dipisah, sehingga warga lama tidak pernah mengenal "
        "penghuni baru. Undangan hajatan dikembalikan tanpa dibuka, lalu pengurus lingkungan menegur satpam.",
        "Pasar pagi dipakai bersama, maka pedagang hafal nama pembeli dari perumahan. Utang dicatat di papan dekat "
        "timbangan dan dilunasi setiap hari gajian, tanpa juru tagih dan tanpa bunga sepeser pun.",
        "Sungai kecil di belakang langgar dibersihkan bergiliran oleh remaja dari tujuh gang. Sampah plastik "
        "ditimbang dalam karung beras, lalu hasil penjualannya dibelikan bola dan jaring voli.",
    ]
    past = "Kajian Bertetangga Tahun 2018\n\n" + "\n\n".join(parts)
    (tmp_path / "tetangga.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "tetangga.txt"]))
    draft = "Laporan Balai Warga\n" + "\n".join(reversed(parts))
    (tmp_path / "balai.txt").write_text(draft, "utf-8")
    checked = library.check(tmp_path / "balai.txt")
    [evidence] = checked_json(checked)["matches"][0]["evidence"]
    assert len(evidence["paragraphs"]) == 3
    for each in evidence["paragraphs"]:
        ours = draft[each["draft"]["start"] : each["draft"]["end"]]
        theirs = past[each["found"]["start"] : each["found"]["end"]]
        assert theirs in parts and ours.endswith(theirs)
    page = write_report(checked, ".html", "id")
    assert page.count('<table class="pair">') == 3
    assert "halaman 1" not in page, "the number of a page says nothing of a text without pages"


def test_the_same_file_is_the_same_document(library: Library, tmp_path: Path) -> None:
    checked = library.check(tmp_path / "kerukunan.txt")
    assert (checked.verdict, checked.matches[0].relation) == ("duplicate", "copy")
    assert stretches(checked, checked.matches[0]) == stretches(checked) != []
    assert checked.coverage == checked.matches[0].covered == 1.0
    assert "it is the same file" in [reason.text("en") for reason in checked.matches[0].reasons]


def test_something_else_is_new(library: Library) -> None:
    checked = library.check(title="Analisis Kebutuhan Air Baku Industri", text="Debit sungai diukur setiap pekan.")
    assert (checked.verdict, checked.matches, checked.coverage) == ("new", (), 0.0)


def test_a_text_that_can_hardly_be_compared_is_said_to_be_one(library: Library) -> None:
    english = (
        "Trust grows where neighbours of different faiths meet in markets and schools, and it fades behind gates. "
    )
    easy = "Closed gates and separate night watch keep the old residents of the city apart from those who came after. "
    for text in (english, easy):
        assert "Indonesian" in library.check(text=text * 3).not_checked[0].text("en")
    figures = "1.204,50 873,20 15,75 2.310,00 99,10 "
    assert "hardly any words" in library.check(text=figures * 8).not_checked[0].text("en")
    assert not library.check(text=OTHER).not_checked


def test_a_draft_is_never_stored(library: Library, tmp_path: Path) -> None:
    (tmp_path / "naskah.txt").write_text(f"Rahasia pekan depan\n{COPIED}", "utf-8")
    library.check(tmp_path / "naskah.txt")
    library.check(title="Rahasia pekan depan", text=COPIED)
    assert not [path for path in (tmp_path / "ws").rglob("*") if path.is_file() and b"pekan depan" in path.read_bytes()]


def test_an_empty_library_answers_too(tmp_path: Path) -> None:
    checked = Library(Workspace(tmp_path / "empty")).check(title="Kajian Kerukunan")
    assert (checked.verdict, checked.state.documents) == ("new", 0)


@pytest.mark.parametrize("asked", [{}, {"title": "  "}, {"title": "x" * 2000}])
def test_nothing_to_check_is_said(library: Library, asked: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        library.check(**asked)


def test_a_file_and_a_text_at_once_are_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        library.check(tmp_path / "parkir.txt", text="lagi")


def test_what_waits_for_ocr_is_listed(library: Library, tmp_path: Path) -> None:
    scan = Extraction("pdf", (Page(1, "", state="needs-ocr"), Page(2, COPIED)))
    (tmp_path / "pindaian.pdf").write_bytes(b"%PDF-1.4 pindaian")
    reading = Library(library.workspace, read=lambda path: scan, freshness=0)
    told = [message.text("en") for message in reading.check(tmp_path / "pindaian.pdf").not_checked]
    assert any("draft" in sentence and "1" in sentence for sentence in told)
    list(reading.ingest([tmp_path / "pindaian.pdf"]))
    told = [message.text("en") for message in reading.check(title="Kajian").not_checked]
    assert any("OCR" in sentence for sentence in told)


def test_a_decision_is_remembered_with_who_and_why(library: Library, tmp_path: Path) -> None:
    [first] = [one.id for one in library.documents().documents if one.year == 2019]
    checked = library.check(title="Kerukunan", text=STUDY)
    assert checked.verdict in ("duplicate", "overlap")
    library.decide(checked.draft, first, "not-duplicate", by="rini", why="lokus lain")
    library.rebuild()
    again = library.check(title="Kerukunan", text=STUDY)
    decision = again.matches[0].decision
    assert decision is not None
    assert (decision.choice, decision.by, decision.why) == ("not-duplicate", "rini", "lokus lain")
    assert again.verdict not in ("duplicate", "overlap")
    library.decide(checked.draft, first, "duplicate", by="budi")
    assert library.check(title="Kerukunan", text=STUDY).verdict == "duplicate"


def test_documents_are_described_when_they_come_and_nothing_of_that_stays_when_they_go(library: Library) -> None:
    def described() -> set[str]:
        return {path.name for path in (library.workspace.index / "studies").iterdir()}

    names = {f"{one.id}.json" for one in library.documents().documents}
    assert described() == names
    answer = library.check(title="Kerukunan umat beragama").matches
    assert answer
    for path in (library.workspace.index / "studies").iterdir():
        path.write_text("{")
    (library.workspace.index / "studies" / "cut-short.0a1b2c3d").write_text("")
    other = Library(library.workspace, read=read_stub, freshness=0)
    assert other.check(title="Kerukunan umat beragama").matches == answer
    library.rebuild()
    assert described() == names
    library.remove(answer[0].document.id)
    assert described() == names - {f"{answer[0].document.id}.json"}


def test_a_decision_wants_two_documents_that_exist(library: Library) -> None:
    [first, second] = library.corpus.ids()
    with pytest.raises(BadInput):
        library.decide(first, first, "duplicate", by="rini")
    with pytest.raises(BadInput):
        library.decide(first, second, "perhaps", by="rini")
    with pytest.raises(NotFound):
        library.decide(first, "ffffffff", "duplicate", by="rini")


def test_a_line_cut_by_a_power_cut_costs_nothing_else(tmp_path: Path) -> None:
    one = Decision("a" * 64, "b" * 64, "duplicate", "rini", "2026-01-01T00:00:00Z", "sama")
    append_decision(tmp_path, one)
    with (tmp_path / "decisions.jsonl").open("ab") as file:
        file.write(b'{"first": "aaa')
    assert load_decisions(tmp_path) == (one,)
    append_decision(tmp_path, one)
    assert load_decisions(tmp_path) == (one, one)
    (tmp_path / "decisions.jsonl").write_bytes(b"rusak\n")
    with pytest.raises(Damaged):
        load_decisions(tmp_path)


def test_copies_and_reused_passages_are_audited(library: Library, tmp_path: Path) -> None:
    (tmp_path / "salinan.txt").write_text(STUDY + "\nDicetak ulang.", "utf-8")
    list(library.ingest([tmp_path / "salinan.txt"]))
    found = library.audit()
    assert [(group.relation, len(group.documents)) for group in found.groups] == [("copy", 2)]
    titles = {document.title for document in found.groups[0].documents}
    assert all(title.startswith("Kajian Kerukunan") for title in titles)


def test_an_audit_takes_the_later_of_two_for_the_draft(library: Library, tmp_path: Path) -> None:
    shared = (
        "Pedagang sayur menggelar tikar sebelum subuh karena lapak lama terendam. Sampah basah menumpuk di parit, "
        "sementara lampu jalan padam sejak gempa. Kuli panggul meminta gudang bersama dan timbangan yang ditera."
    )
    own = " ".join(f"Kios{number} berpindah{number} penjaga{number}." for number in range(20))
    roads = " ".join(f"Ruas{number} diperbaiki{number} mandor{number}." for number in range(200))
    (tmp_path / "jalan.txt").write_text(f"Analisis Ruas Jalan Tahun 2018\n{roads}\n{shared}", "utf-8")
    (tmp_path / "zona.txt").write_text(f"Zona Pasar Malam Tahun 2023\n{own}\n{shared}", "utf-8")
    list(library.ingest([tmp_path / "jalan.txt", tmp_path / "zona.txt"]))
    (group,) = library.audit().groups
    assert group.relation == "overlap"
    assert [one.title for one in group.documents] == ["Analisis Ruas Jalan Tahun 2018", "Zona Pasar Malam Tahun 2023"]


def test_a_document_scanned_twice_is_a_copy(tmp_path: Path) -> None:
    def misread(path: Path) -> Extraction:
        read, words = read_stub(path), path.read_text("utf-8").split(" ")
        if path.stem == "dua":
            words[10::4] = [f"{word}x" for word in words[10::4]]
        return replace(read, pages=(Page(1, " ".join(words), state="ocr"),), extractors={"ocr": "x"})

    for name in ("satu", "dua"):
        (tmp_path / f"{name}.txt").write_text(f"{STUDY} {name}", "utf-8")
    with Library(Workspace(tmp_path / "ws"), read=misread, freshness=0) as library:
        list(library.ingest([tmp_path / "satu.txt", tmp_path / "dua.txt"]))
        assert [group.relation for group in library.audit().groups] == ["copy"]


def test_a_report_escapes_what_it_quotes_and_names_its_corpus(library: Library) -> None:
    checked = library.check(title="<script>alert(1)</script>", text=f"{COPIED} <b>tebal</b>")
    page = write_report(checked, ".html", "id")
    assert "<script>" not in page and "<b>tebal" not in page
    assert re.search("<mark>[^<]*\\btujuh kelurahan\\b[^<]*</mark>", page)
    assert checked.state.mark in page and checked.draft in page
    assert "http" not in page
    note = write_report(checked, ".md", "en")
    assert "\\<script\\>" in note and re.search(r"\*\*[^*]*\btujuh kelurahan\b[^*]*\*\*", note)
    assert json.loads(write_report(checked, ".json"))["draft"]["sha256"] == checked.draft


def test_the_pages_of_a_copy_stand_beside_its_own_pages(library: Library, tmp_path: Path) -> None:
    shared = "Kajian Lumbung Warga Tahun 2018 disusun dengan bahan dari tiga kantor dan diperiksa sebelum dicetak."
    pages = [
        "Kajian Lumbung Warga Tahun 2018",
        "Gabah disimpan menurut musim. Juru tulis mencatat takaran masuk. Atap bocor diganti dengan ijuk.",
        f"Gabah disimpan menurut musim dan jarak rumah. Kunci lumbung dipegang bergiliran oleh lima keluarga. {shared}",
        f"Juru tulis mencatat takaran masuk serta keluar. Selisih timbangan dibahas pada malam purnama. {shared}",
        f"Atap bocor diganti dengan ijuk dari kampung seberang. Biayanya diambil dari sewa lapangan. {shared}",
    ]
    (tmp_path / "lumbung.txt").write_text("\f".join(pages), "utf-8")
    list(library.ingest([tmp_path / "lumbung.txt"]))
    (tmp_path / "cetak.txt").write_text("\f".join(pages) + "\nDicetak ulang", "utf-8")
    match = library.check(tmp_path / "cetak.txt").matches[0]
    assert match.relation == "copy"
    assert {(each.draft.page, each.found.page) for each in match.evidence} == {(k, k) for k in range(1, 6)}
    assert match.evidence[0].draft.page == match.evidence[0].found.page


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


def test_a_study_that_quotes_laws_is_a_study(library: Library, tmp_path: Path) -> None:
    past = "Kajian Minat Baca Warga Kota Tirtaraja Tahun 2022\n\nTujuan\nMengukur minat baca warga."
    (tmp_path / "baca.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "baca.txt"]))
    laws = "Dasar hukum kegiatan ini ialah Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan."
    text = f"Gambaran Minat Baca Warga Kota Tirtaraja\n\n{laws}\n\nTujuan\nMengetahui minat baca warga."
    (tmp_path / "draf.txt").write_text(text, "utf-8")
    assert library.check(tmp_path / "draf.txt").verdict == "duplicate"


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


def test_a_report_tells_documents_of_one_title_apart_and_calls_nothing_whole_that_is_not(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "salinan.txt").write_text(STUDY + "Disalin untuk arsip.", "utf-8")
    list(library.ingest([tmp_path / "salinan.txt"]))
    page = write_report(library.check(title=STUDY.splitlines()[0], text=COPIED), ".md", "id")
    assert "(kerukunan.txt)" in page and "(salinan.txt)" in page
    assert (percent(0.9996), percent(1.0), percent(0.004)) == ("99", "100", "< 1")


def test_a_reworded_sentence_is_covered_in_part(library: Library) -> None:
    copied = library.check(title="Gedung", text=COPIED)
    reworded = library.check(
        title="Gedung",
        text="Tokoh agama diwawancarai di tujuh kelurahan sepanjang triwulan itu, dibantu dua mahasiswa. Hasil itu "
        "menunjukkan forum warga yang bertemu rutin mencegah kesalahpahaman berubah menjadi gugatan di pengadilan.",
    )
    assert copied.coverage == 1
    assert 0 < reworded.coverage < 1


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Kajian Kerukunan Umat Beragama di Kecamatan Limo Tahun 2020", "", "same question"),
        ("Gedung Pertemuan", COPIED, "Already written"),
        ("Kajian Pembibitan Ikan Lele", "", "nothing like it"),
    ],
)
def test_the_verdict_says_what_was_found(library: Library, title: str, text: str, told: str) -> None:
    assert told in verdict_name(library.check(title=title, text=text)).text("en")


def test_issues_of_a_plan_are_found_among_those_of_many_offices(tmp_path: Path) -> None:
    def read(path: Path) -> Extraction:
        office, year = path.stem.split(" - ")
        title = f"Rencana Kerja (Renja) Dinas {office} Kota Depok Tahun {year}"
        told = {"type": "renja", "agency": f"Dinas {office} Kota Depok", "year": year, "title": title}
        tags = tuple(Tag(name, value, 1, value, confidence=0.9) for name, value in told.items())
        # Every plan speaks of the others' work, the one looked for least of all.
        talk = "rencana kerja lahan pertanian di kota depok " * (1 if office == "Pertanian" else 20)
        return Extraction("txt", (Page(1, talk),), tags=tags)

    library = Library(Workspace(tmp_path / "ws"), read=read, freshness=0)
    for office in ("Pertanian", "Sosial", "Perhubungan", "Kesehatan", "Pariwisata", "Pendidikan", "Perdagangan"):
        for year in range(2015, 2021):
            (tmp_path / f"{office} - {year}.txt").write_text(f"{office} {year}", "utf-8")
    list(library.ingest(sorted(tmp_path.glob("*.txt"))))
    checked = library.check(title="Renja Dinas Pertanian Kota Depok Tahun 2021")
    assert {match.document.agency for match in checked.matches} == {"Dinas Pertanian Kota Depok"}
    assert sorted(match.document.year or 0 for match in checked.matches) == list(range(2015, 2021))
    assert {match.relation for match in checked.matches} == {"edition"}


def survey(year: int, figures: int) -> str:
    return (
        f"Survei Kepuasan Pengguna Layanan Perizinan Kota Arjasari Tahun {year}\n\nPelayanan perizinan menjadi wajah"
        " pemerintah di mata pelaku usaha, karena itu pengguna ditanyai setiap musim kemarau di loket dan gerai."
        f" Kuesioner kembali dari {figures + 61} pemohon izin di {figures % 9 + 12} gerai, dan nilai seluruhnya"
        f" {figures % 7 + 71},{figures % 89 + 10}. Unsur biaya memperoleh {figures % 5 + 60},{figures % 77 + 11} dan"
        f" unsur waktu {figures % 3 + 50},{figures % 67 + 12}. Keluhan tertulis {figures + 17} lembar, terbanyak"
        " mengenai rekomendasi teknis bangunan. Petugas teknis ditempatkan di gerai agar izin tidak menunggu."
    )


@pytest.mark.parametrize("issues", [1, 3, 6])
def test_a_yearly_study_has_editions_however_many_there_are(tmp_path: Path, issues: int) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)
    for year in range(2022 - issues, 2022):
        (tmp_path / f"{year}.txt").write_text(survey(year, 97 * (year - 2000)), "utf-8")
        list(library.ingest([tmp_path / f"{year}.txt"]))
    (tmp_path / "draft.txt").write_text(survey(2022, 31), "utf-8")
    checked = library.check(tmp_path / "draft.txt")
    assert {match.relation for match in checked.matches} == {"edition"}
    assert len(checked.matches) == issues and checked.verdict == "related"
    assert [(group.relation, len(group.documents)) for group in library.audit().groups] == (
        [("edition", issues)] if issues > 1 else []
    )


def test_an_old_study_under_a_new_year_is_a_copy(tmp_path: Path) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)
    (tmp_path / "old.txt").write_text(survey(2021, 31), "utf-8")
    (tmp_path / "draft.txt").write_text(survey(2022, 31), "utf-8")
    list(library.ingest([tmp_path / "old.txt"]))
    assert [match.relation for match in library.check(tmp_path / "draft.txt").matches] == ["copy"]


def test_what_stands_on_a_cover_does_not_make_a_short_copy_another_document(library: Library) -> None:
    title, body = STUDY.split("\n", 1)
    title = title.replace("2019", "2021")
    head = f"{title}\n\nBagian Organisasi\nNaskah untuk rapat pimpinan\nTidak disebarluaskan kepada umum\n\n"
    assert [match.relation for match in library.check(title=title, text=head + body).matches] == ["copy"]


PREFACE = (
    "KATA PENGANTAR\nTim penyusun berterima kasih kepada camat, lurah, dan para ketua rukun warga yang membantu"
    " pengumpulan bahan. Kami menyadari masih banyak kekurangan dan menunggu masukan para pembaca yang budiman."
)
LAWS = (
    "1.3 Dasar Hukum\nPenyusunan berpedoman pada peraturan tentang pemerintahan daerah, pengelolaan keuangan, serta"
    " tata kearsipan yang berlaku pada saat dokumen disusun, termasuk petunjuk pelaksanaannya."
)


def test_a_study_without_its_preface_and_laws_is_a_copy_under_another_year(tmp_path: Path) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)
    title, *body = survey(2021, 31).split("\n\n")
    body += [" ".join(STUDY.splitlines()[1:]), " ".join(OTHER.splitlines()[1:])]
    (tmp_path / "old.txt").write_text("\n\n".join([title, PREFACE, "1.1 Latar Belakang", *body, LAWS]), "utf-8")
    list(library.ingest([tmp_path / "old.txt"]))
    title = title.replace("2021", "2023")
    found = library.check(title=title, text="\n\n".join([title, *body])).matches
    assert [match.relation for match in found] == ["copy"]
    part = body[0][: len(body[0]) // 2]
    assert [match.relation for match in library.check(title=title, text=f"{title}\n\n{part}").matches] != ["copy"]


def test_a_long_document_that_says_it_again_and_again_hides_no_other(library: Library, tmp_path: Path) -> None:
    lines = STUDY.splitlines()
    again = "\f".join("\n".join(["Lampiran Arsip Kecamatan Tahun 2020", *lines[k % 3 :], *lines]) for k in range(60))
    (tmp_path / "lampiran.txt").write_text(again, "utf-8")
    list(library.ingest([tmp_path / "lampiran.txt"]))
    found = library.check(title="Gedung Pertemuan", text=COPIED).matches
    assert {"kerukunan.txt", "lampiran.txt"} <= {match.document.source for match in found if match.evidence}


def test_what_could_not_be_checked_is_not_called_free_to_write(library: Library) -> None:
    english = "Trust grows where neighbours of different faiths meet in markets, and it fades behind gates. " * 3
    assert "Not all" in advice(library.check(title="Study of villages", text=english)).text("en")
    assert "as far as" in advice(library.check(title="Kajian Pembibitan Ikan Lele")).text("en")


def test_short_documents_that_share_a_word_are_not_alike(library: Library, tmp_path: Path) -> None:
    for name, text in (("a", "Kajian Jembatan\nJembatan gantung di hulu."), ("b", "Telaah Lele\nKolam lele di hulu.")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        list(library.ingest([tmp_path / f"{name}.txt"]))
    bridge = next(one.id for one in library.documents().documents if one.title == "Kajian Jembatan")
    assert all(one.score < 0.5 for one in library.similar(bridge))


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


def test_evidence_is_what_was_taken_over_and_no_frame_around_it(library: Library) -> None:
    draft = f"{HEAD}\nBAB I PENDAHULUAN\n1.1 Latar Belakang\n{COPIED}\n\n{FOOT}"
    checked = library.check(title="Gedung Pertemuan", text=draft)
    (evidence,) = checked.matches[0].evidence
    assert evidence.draft.text.startswith("Para tokoh agama")
    assert evidence.draft.text.endswith("sengketa.")
    assert draft[evidence.draft.start : evidence.draft.end] == evidence.draft.text


def test_what_does_not_count_is_shown_on_the_bar(library: Library) -> None:
    checked = library.check(title="Gedung Pertemuan", text=f"{HEAD}\n{COPIED}")
    (head, *_) = set_phrases(checked)
    assert head[0] == 0.0
    assert 600 > head[1] > 400
    assert "kop surat" in write_report(checked, ".html", "id")


def test_of_documents_as_alike_the_nearest_in_time_comes_first(tmp_path: Path) -> None:
    def read_plan(path: Path) -> Extraction:
        year = path.stem
        text = f"Rencana Kerja (Renja) Dinas Sosial Kota Tirtaraja Tahun {year}"
        named = {"title": text, "type": "renja", "year": year, "agency": "Dinas Sosial Kota Tirtaraja"}
        return Extraction("txt", (Page(1, text),), tags=tuple(Tag(name, value, 1) for name, value in named.items()))

    library = Library(Workspace(tmp_path / "ws"), read=read_plan, freshness=0)
    for year in (2020, 2023, 2021):
        (tmp_path / f"{year}.txt").write_text(str(year), "utf-8")
    list(library.ingest([tmp_path / f"{year}.txt" for year in (2020, 2023, 2021)]))
    checked = library.check(title="Rencana Kerja (Renja) Dinas Sosial Kota Tirtaraja Tahun 2024")
    assert [match.document.year for match in checked.matches] == [2023, 2021, 2020]


def test_a_draft_that_names_an_earlier_study_in_full_goes_on_from_it(library: Library) -> None:
    text = (
        "Kajian Kerukunan Umat Beragama di Kecamatan Limo tahun 2019 menyarankan temu warga. Sejak itu temu warga "
        "diadakan tiap bulan di balai, dan belum pernah dinilai."
    )
    checked = library.check(title="Evaluasi Temu Warga Bulanan di Kecamatan Limo", text=text, year="2022")
    assert [match.relation for match in checked.matches if "Kerukunan" in match.document.title] == ["same-topic"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("yang dan di untuk", "names no subject"),
        ("Kajian", "names no subject"),
        ("x", "names no subject"),
        ("2024", "names no subject"),
        ("Study of Religious Harmony in Tirtaraja City", "in English"),
    ],
)
def test_a_title_that_cannot_be_compared_is_said_to_be_one(library: Library, title: str, told: str) -> None:
    checked = library.check(title=title)
    assert told in checked.not_checked[0].text("en")
    assert "Not all could be checked" in advice(checked).text("en")


@pytest.mark.parametrize("title", ["Kajian Work From Home Aparatur", "Evaluasi SPBE", "Penerapan Smart City for All"])
def test_a_title_with_words_of_english_is_compared(library: Library, title: str) -> None:
    assert not library.check(title=title).not_checked
