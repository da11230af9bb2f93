"""What the facade promises: taking in, finding, correcting, removing, and an index that keeps in step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.errors import Ambiguous, BadInput, Busy, Damaged, NotFound, Unreadable
from kms.language import say
from kms.library import Filters, Library
from kms.model import Extraction, Page, Table, Tag


def read_stub(path: Path) -> Extraction:
    """A reader for files whose first line is the title and whose pages are parted by form feeds."""
    text = path.read_text("utf-8")
    if not text:
        raise Unreadable("empty", say("{name} is empty (0 bytes).", name=path.name))
    pages = tuple(Page(number, part) for number, part in enumerate(text.split("\f"), 1))
    title = text.splitlines()[0]
    tags = [Tag("title", title, 1, title, confidence=0.9)]
    for word in title.split():
        if word.isdecimal():
            tags.append(Tag("year", word, 1, word, confidence=0.9))
        elif "-" in word and word.replace("-", "").isdecimal():
            tags.append(Tag("period", word, 1, word, confidence=0.9))
    kind = title.split()[0].lower()
    tags.append(Tag("type", kind, 1, title, confidence=0.9))
    tags.append(Tag("agency", "Dinas Sosial Kota Tirtaraja", 1, None, confidence=0.3))
    table = Table(1, (1,), "Tabel 1", ("Indikator", "Target"), (("Indeks | harmoni", "72\n75"),), (0, 0, 10, 10))
    return Extraction("txt", pages, (table,) if "tabel" in text else (), tags=tuple(tags))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("RKT Tahun 2021\nkerukunan umat beragama\fkonflik sosial tabel", "utf-8")
    (folder / "b.txt").write_text("Renstra 2018-2023\nkonflik sosial dan politik", "utf-8")
    (folder / "c.txt").write_text("Kajian Tahun 2019\npendidikan politik pemilih pemula", "utf-8")
    (folder / "d.txt").write_text("", "utf-8")
    return folder


def ingest(library: Library, *paths: Path) -> dict[str, str]:
    return {Path(one.path).name: one.outcome for one in library.ingest(paths)}


def found(library: Library, query: str, filters: Filters | None = None) -> set[tuple[str, int]]:
    return {(hit.document.title, hit.page) for hit in library.search(query, filters).hits}


def test_one_bad_file_never_stops_the_rest_and_twice_changes_nothing(library: Library, files: Path) -> None:
    assert ingest(library, files) == {"a.txt": "new", "b.txt": "new", "c.txt": "new", "d.txt": "failed"}
    before = sorted(path.stat().st_mtime_ns for path in library.corpus.path.rglob("*") if path.is_file())
    assert ingest(library, files) == {"a.txt": "present", "b.txt": "present", "c.txt": "present", "d.txt": "failed"}
    assert sorted(path.stat().st_mtime_ns for path in library.corpus.path.rglob("*") if path.is_file()) == before


def test_a_copy_under_another_name_is_the_same_document(library: Library, files: Path) -> None:
    ingest(library, files)
    shutil.copy(files / "a.txt", files / "salinan.txt")
    assert ingest(library, files / "salinan.txt") == {"salinan.txt": "present"}


def test_a_document_is_a_folder_that_people_can_read(library: Library, files: Path) -> None:
    ingest(library, files / "a.txt")
    [document_id] = library.corpus.ids()
    folder = library.corpus.folder(document_id)
    assert sorted(path.name for path in folder.iterdir()) == [
        "document.json",
        "document.md",
        "original.txt",
        "tags.json",
    ]
    assert (folder / "original.txt").read_bytes() == (files / "a.txt").read_bytes()
    rendered = (folder / "document.md").read_text("utf-8")
    assert "RKT Tahun 2021" in rendered and "Halaman 2" in rendered
    assert "| Indeks \\| harmoni | 72 75 |" in rendered.replace("<br>", " ")


def test_words_and_filters_find_the_page(library: Library, files: Path) -> None:
    ingest(library, files)
    assert found(library, "konflik sosial") == {("RKT Tahun 2021", 2), ("Renstra 2018-2023", 1)}
    assert found(library, "konflik sosial", Filters(type=("renstra",))) == {("Renstra 2018-2023", 1)}
    assert found(library, "konflik", Filters(year="2021")) == {("RKT Tahun 2021", 2), ("Renstra 2018-2023", 1)}
    assert found(library, "politik", Filters(year="2019-2020")) == {("Renstra 2018-2023", 1), ("Kajian Tahun 2019", 1)}
    assert found(library, '"pemilih pemula"') == {("Kajian Tahun 2019", 1)}
    assert found(library, "politik -pemilih") == {("Renstra 2018-2023", 1)}
    assert found(library, "konflik tahun:2021 jenis:rkt") == {("RKT Tahun 2021", 2)}


def test_pages_with_some_of_the_words_come_when_none_has_all_and_a_note_says_so(library: Library, files: Path) -> None:
    ingest(library, files)
    answer = library.search("kerukunan pemilih")
    assert answer.total == 2
    assert answer.notes


def test_marks_show_the_words_found(library: Library, files: Path) -> None:
    ingest(library, files)
    for hit in library.search("politik").hits:
        assert {hit.snippet[start:end].lower() for start, end in hit.marks} == {"politik"}


def test_result_pages_neither_repeat_nor_miss_a_hit(library: Library, files: Path) -> None:
    ingest(library, files)
    pages = [library.search("konflik OR politik OR kerukunan", limit=1, page=number) for number in range(1, 6)]
    hits = [(hit.document.id, hit.page) for answer in pages for hit in answer.hits]
    assert len(hits) == len(set(hits)) == pages[0].total


def test_a_correction_wins_and_outlives_a_rebuild(library: Library, files: Path) -> None:
    ingest(library, files)
    document_id = library.search("pemilih").hits[0].document.id
    library.tag(document_id, {"year": ["2020"], "program": ["Pendidikan Politik"]}, "rini")
    assert library.document(document_id).year == 2020
    assert found(library, "pemilih", Filters(year="2020")) == {("Kajian Tahun 2019", 1)}
    assert found(library, "pemilih", Filters(program="politik")) == {("Kajian Tahun 2019", 1)}
    shutil.rmtree(library.workspace.index)
    with Library(library.workspace, read=read_stub, freshness=0) as again:
        assert again.rebuild() == 3
        assert again.document(document_id).year == 2020
        again.tag(document_id, {"year": None}, "rini")
        assert again.document(document_id).year == 2019


def test_tags_edited_by_hand_are_seen_and_mistakes_are_named(library: Library, files: Path) -> None:
    ingest(library, files)
    document_id = library.search("pemilih").hits[0].document.id
    path = library.corpus.folder(document_id) / "tags.json"
    path.write_text(json.dumps({"format": 1, "tags": {"year": "2022"}}), "utf-8")
    assert found(library, "pemilih", Filters(year="2022")) == {("Kajian Tahun 2019", 1)}
    path.write_text('{"tags": {"year": "dua ribu"}}', "utf-8")
    with pytest.raises(Damaged):
        library.document(document_id)
    assert found(library, "konflik") == {("RKT Tahun 2021", 2), ("Renstra 2018-2023", 1)}
    assert library.documents().damaged == (document_id,)


def test_removed_documents_are_gone_everywhere(library: Library, files: Path) -> None:
    ingest(library, files)
    gone = library.remove(library.search("pemilih").hits[0].document.id[:12])
    assert gone not in library.corpus.ids()
    assert library.search("pemilih").total == 0
    with pytest.raises(NotFound):
        library.document(gone)


def test_the_index_may_be_deleted_or_damaged_at_any_time(library: Library, files: Path) -> None:
    ingest(library, files)
    library.close()
    shutil.rmtree(library.workspace.index)
    with Library(library.workspace, read=read_stub) as again:
        assert again.search("konflik").total == 2
    for path in library.workspace.index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish")
    with Library(library.workspace, read=read_stub) as again:
        assert again.search("konflik").total == 2


def test_documents_put_in_or_taken_out_by_hand_are_noticed(library: Library, files: Path, tmp_path: Path) -> None:
    ingest(library, files)
    document_id = library.search("pemilih").hits[0].document.id
    shutil.move(library.corpus.folder(document_id), tmp_path / document_id)
    assert library.search("pemilih").total == 0
    shutil.move(tmp_path / document_id, library.corpus.folder(document_id))
    assert library.search("pemilih").total == 1


def test_verify_names_what_is_damaged(library: Library, files: Path) -> None:
    ingest(library, files)
    assert library.verify() == ()
    one, two, three = library.corpus.ids()
    (library.corpus.folder(one) / "original.txt").write_bytes(b"other")
    (library.corpus.folder(two) / "document.md").unlink()
    (library.corpus.folder(three) / "document.json").write_bytes(b'{"format"')
    damage = {(damage.document, damage.kind) for damage in library.verify()}
    assert {(one, "original"), (two, "rendering"), (three, "record")} <= damage


def test_a_reader_never_waits_for_a_writer_and_a_writer_says_who_holds_the_lock(library: Library, files: Path) -> None:
    ingest(library, files / "a.txt")
    impatient = Library(library.workspace, read=read_stub, patience=0.1, freshness=0)
    with library._lock.hold():
        assert impatient.search("konflik").total == 1
        with pytest.raises(Busy) as caught:
            impatient.remove(library.corpus.ids()[0])
    assert "kms" in caught.value.holder


def test_ids_by_beginning_and_by_hex_digits(library: Library, files: Path) -> None:
    ingest(library, files)
    for document_id in library.corpus.ids():
        assert library.document(document_id[-8:]).id == document_id
    with pytest.raises(Ambiguous):
        library.document("r")
    with pytest.raises(NotFound):
        library.document("tidak-ada")


@pytest.mark.parametrize(
    ("query", "filters"), [("", None), ("konflik", Filters(year="dua")), ("konflik", Filters(type=("buku",)))]
)
def test_senseless_questions_get_a_sentence(library: Library, query: str, filters: Filters | None) -> None:
    with pytest.raises(BadInput) as caught:
        library.search(query, filters)
    assert caught.value.next_step is not None


def test_documents_whose_tags_are_unsure_are_listed(library: Library, files: Path) -> None:
    ingest(library, files)
    assert len(library.documents(unsure=True).documents) == 3
    for document_id in library.corpus.ids():
        library.tag(document_id, {"agency": ["Kantor Kesbangpol Kota Tirtaraja"]}, "rini")
    assert library.documents(unsure=True).documents == ()
