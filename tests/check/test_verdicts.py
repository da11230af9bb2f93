"""What a check says of a title or a draft: what was found, whose issue or copy it is, what could not be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.errors import BadInput
from kms.library import Library
from kms.library.checked import stretches
from kms.library.telling import advice, verdict_name
from kms.model import Extraction, Page, Tag


def test_the_same_file_is_the_same_document(library: Library, tmp_path: Path) -> None:
    checked = library.check(tmp_path / "kerukunan.txt")
    assert (checked.verdict, checked.matches[0].relation) == ("duplicate", "copy")
    assert stretches(checked, checked.matches[0]) == stretches(checked) != []
    assert checked.coverage == checked.matches[0].covered == 1.0
    assert "it is the same file" in [reason.text("en") for reason in checked.matches[0].reasons]


def test_something_else_is_new(library: Library) -> None:
    checked = library.check(title="Analisis Kebutuhan Air Baku Industri", text="Debit sungai diukur setiap pekan.")
    assert (checked.verdict, checked.matches, checked.coverage) == ("new", (), 0.0)


def test_a_text_that_can_hardly_be_compared_is_said_to_be_one(library: Library, other: str) -> None:
    english = (
        "Trust grows where neighbours of different faiths meet in markets and schools, and it fades behind gates. "
    )
    easy = "Closed gates and separate night watch keep the old residents of the city apart from those who came after. "
    for text in (english, easy):
        assert "Indonesian" in library.check(text=text * 3).not_checked[0].text("en")
    figures = "1.204,50 873,20 15,75 2.310,00 99,10 "
    assert "hardly any words" in library.check(text=figures * 8).not_checked[0].text("en")
    assert not library.check(text=other).not_checked


def test_a_draft_is_never_stored(library: Library, tmp_path: Path, copied: str) -> None:
    (tmp_path / "naskah.txt").write_text(f"Rahasia pekan depan\n{copied}", "utf-8")
    library.check(tmp_path / "naskah.txt")
    library.check(title="Rahasia pekan depan", text=copied)
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


def test_what_waits_for_ocr_is_listed(library: Library, tmp_path: Path, copied: str) -> None:
    scan = Extraction("pdf", (Page(1, "", state="needs-ocr"), Page(2, copied)))
    (tmp_path / "pindaian.pdf").write_bytes(b"%PDF-1.4 pindaian")
    reading = Library(library.workspace, read=lambda path: scan, freshness=0)
    told = [message.text("en") for message in reading.check(tmp_path / "pindaian.pdf").not_checked]
    assert any("draft" in sentence and "1" in sentence for sentence in told)
    list(reading.ingest([tmp_path / "pindaian.pdf"]))
    told = [message.text("en") for message in reading.check(title="Kajian").not_checked]
    assert any("OCR" in sentence for sentence in told)


def test_documents_are_described_when_they_come_and_nothing_of_that_stays_when_they_go(
    library: Library, read_study: Callable[[Path], Extraction]
) -> None:
    def described() -> set[str]:
        return {path.name for path in (library.workspace.index / "studies").iterdir()}

    names = {f"{one.id}.json" for one in library.documents().documents}
    assert described() == names
    answer = library.check(title="Kerukunan umat beragama").matches
    assert answer
    for path in (library.workspace.index / "studies").iterdir():
        path.write_text("{")
    (library.workspace.index / "studies" / "cut-short.0a1b2c3d").write_text("")
    other = Library(library.workspace, read=read_study, freshness=0)
    assert other.check(title="Kerukunan umat beragama").matches == answer
    library.rebuild()
    assert described() == names
    library.remove(answer[0].document.id)
    assert described() == names - {f"{answer[0].document.id}.json"}


def test_a_study_that_quotes_laws_is_a_study(library: Library, tmp_path: Path) -> None:
    past = "Kajian Minat Baca Warga Kota Tirtaraja Tahun 2022\n\nTujuan\nMengukur minat baca warga."
    (tmp_path / "baca.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "baca.txt"]))
    laws = "Dasar hukum kegiatan ini ialah Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan."
    text = f"Gambaran Minat Baca Warga Kota Tirtaraja\n\n{laws}\n\nTujuan\nMengetahui minat baca warga."
    (tmp_path / "draf.txt").write_text(text, "utf-8")
    assert library.check(tmp_path / "draf.txt").verdict == "duplicate"


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Kajian Kerukunan Umat Beragama di Kecamatan Limo Tahun 2020", "", "same question"),
        ("Gedung Pertemuan", "copied", "Already written"),
        ("Kajian Pembibitan Ikan Lele", "", "nothing like it"),
    ],
)
def test_the_verdict_says_what_was_found(library: Library, copied: str, title: str, text: str, told: str) -> None:
    text = copied if text == "copied" else text
    assert told in verdict_name(library.check(title=title, text=text)).text("en")


@pytest.mark.parametrize("title", ["RKT", "Rencana Kerja (Renja) Tahun 2024", "Study of the tolerance in Limo"])
def test_what_could_not_be_compared_is_not_called_new(library: Library, title: str) -> None:
    checked = library.check(title=title)
    assert checked.verdict == "new" and checked.not_checked
    assert "as far as it could be checked" in verdict_name(checked).text("en")


@pytest.mark.parametrize(("share", "told"), [(0.97, "most of the text"), (0.3, "part of the text")])
def test_text_taken_over_is_to_be_quoted_whatever_the_draft_is(
    library: Library, copied: str, share: float, told: str
) -> None:
    checked = library.check(title="Gedung Pertemuan", text=copied)
    matches = tuple(replace(match, relation="same-topic", covered=share) for match in checked.matches)
    related = replace(checked, verdict="related", coverage=share, matches=matches)
    assert told in verdict_name(related).text("en")
    assert "quote what stands in earlier" in advice(related).text("en").lower()
    editions = tuple(replace(match, relation="edition") for match in matches)
    assert "build on" in advice(replace(related, matches=editions)).text("en")


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
def test_a_yearly_study_has_editions_however_many_there_are(
    tmp_path: Path, issues: int, read_study: Callable[[Path], Extraction]
) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_study, freshness=0)
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


def test_an_old_study_under_a_new_year_is_a_copy(tmp_path: Path, read_study: Callable[[Path], Extraction]) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_study, freshness=0)
    (tmp_path / "old.txt").write_text(survey(2021, 31), "utf-8")
    (tmp_path / "draft.txt").write_text(survey(2022, 31), "utf-8")
    list(library.ingest([tmp_path / "old.txt"]))
    assert [match.relation for match in library.check(tmp_path / "draft.txt").matches] == ["copy"]


def test_what_stands_on_a_cover_does_not_make_a_short_copy_another_document(library: Library, study: str) -> None:
    title, body = study.split("\n", 1)
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


def test_a_study_without_its_preface_and_laws_is_a_copy_under_another_year(
    tmp_path: Path, study: str, other: str, read_study: Callable[[Path], Extraction]
) -> None:
    library = Library(Workspace(tmp_path / "ws"), read=read_study, freshness=0)
    title, *body = survey(2021, 31).split("\n\n")
    body += [" ".join(study.splitlines()[1:]), " ".join(other.splitlines()[1:])]
    (tmp_path / "old.txt").write_text("\n\n".join([title, PREFACE, "1.1 Latar Belakang", *body, LAWS]), "utf-8")
    list(library.ingest([tmp_path / "old.txt"]))
    title = title.replace("2021", "2023")
    found = library.check(title=title, text="\n\n".join([title, *body])).matches
    assert [match.relation for match in found] == ["copy"]
    part = body[0][: len(body[0]) // 2]
    assert [match.relation for match in library.check(title=title, text=f"{title}\n\n{part}").matches] != ["copy"]


def test_a_long_document_that_says_it_again_and_again_hides_no_other(
    library: Library, tmp_path: Path, study: str, copied: str
) -> None:
    lines = study.splitlines()
    again = "\f".join("\n".join(["Lampiran Arsip Kecamatan Tahun 2020", *lines[k % 3 :], *lines]) for k in range(60))
    (tmp_path / "lampiran.txt").write_text(again, "utf-8")
    list(library.ingest([tmp_path / "lampiran.txt"]))
    found = library.check(title="Gedung Pertemuan", text=copied).matches
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


def test_one_word_names_a_topic_and_no_study(library: Library) -> None:
    checked = library.check(title="Kerukunan")
    assert checked.verdict == "related"
    assert {match.relation for match in checked.matches} == {"same-topic"}


@pytest.mark.parametrize("title", ["Kajian Work From Home Aparatur", "Evaluasi SPBE", "Penerapan Smart City for All"])
def test_a_title_with_words_of_english_is_compared(library: Library, title: str) -> None:
    assert not library.check(title=title).not_checked


def test_a_passage_tells_as_much_where_much_else_is_on_its_subject(
    library: Library, tmp_path: Path, copied: str
) -> None:
    own = "Pos ronda dicat ulang, lampu gang diganti, dan jadwal jaga malam ditempel di papan setiap blok perumahan."
    for many in (False, True):
        if many:
            words = sorted(set(copied.replace(".", "").split()))
            for number in range(40):
                pages = [" ".join([*words[(number + page) % 5 :: 5], f"perihal{number}x{page}"]) for page in range(10)]
                (tmp_path / f"catatan-{number}.txt").write_text("\f".join([f"Catatan {number}", *pages]), "utf-8")
            list(library.ingest(sorted(tmp_path.glob("catatan-*.txt"))))
        found = library.check(title="Panduan Siskamling Perumahan", text=f"{copied}\n{own}").matches
        assert "overlap" in [match.relation for match in found if match.document.source == "kerukunan.txt"]
