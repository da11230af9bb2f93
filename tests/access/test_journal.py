"""The log: complete, in order, only ever appended to, and telling when somebody changed it."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kms.config import Settings, Workspace
from kms.errors import BadInput, Conflict, WorkspaceError
from kms.library import Library
from kms.library import journal as room
from kms.library.access import Reader
from kms.library.journal import Journal, entry_json
from kms.model import Extraction, Page, Tag


def lines(root: Path) -> list[dict[str, object]]:
    files = sorted((root / "log").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_an_entry_says_who_when_what_which_and_how_it_went(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(Reader("sari", address="10.0.0.7"), "view", "peta-01234567", "ok", where="page 3")
    [entry] = lines(tmp_path)
    assert entry | {"at": ""} == {
        "n": 1, "at": "", "who": "sari", "what": "view", "document": "peta-01234567", "result": "ok",
        "address": "10.0.0.7", "detail": {"where": "page 3"}, "before": "",
    }  # fmt: skip
    assert str(entry["at"]).endswith("Z")
    [file] = (tmp_path / "log").glob("*.jsonl")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path)
    times = ["2026-11-24T10:00:00Z", "2026-12-01T00:00:00Z", "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z"]
    for moment in times:
        monkeypatch.setattr(room, "now", lambda: moment)  # noqa: B023
        journal.append(Reader("sari"), "login", None)
    assert [entry.at for entry in journal.entries()] == times
    assert [entry.n for entry in journal.entries()] == [1, 2, 3, 4]
    assert [path.name for path in sorted((tmp_path / "log").glob("*.jsonl"))] == [
        "2026-11.jsonl",
        "2026-12.jsonl",
        "2027-01.jsonl",
    ]
    assert list(journal.damage()) == []


def test_a_line_that_was_changed_or_taken_out_shows(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for name in ("a-01234567", "b-01234567", "c-01234567"):
        journal.append(Reader("sari"), "view", name)
    assert list(journal.damage()) == []
    [file] = (tmp_path / "log").glob("*.jsonl")
    whole = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([whole[0], whole[2]]), "utf-8")
    assert "entries 1 and 3" in str(next(iter(journal.damage())))
    file.write_text("".join([whole[0], whole[1].replace("sari", "budi"), whole[2]]), "utf-8")
    assert "entries 2 and 3" in str(next(iter(journal.damage())))
    file.write_text("".join([whole[0], "oops\n", whole[2]]), "utf-8")
    assert "cannot be understood" in str(next(iter(journal.damage())))


def test_what_a_killed_writer_left_is_cut_off_and_the_count_goes_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(Reader("sari"), "login", None)
    [file] = (tmp_path / "log").glob("*.jsonl")
    with file.open("ab") as torn:
        torn.write(b'{"n": 2, "at": "20')
    assert [entry.n for entry in journal.entries()] == [1]
    journal.append(Reader("sari"), "logout", None)
    assert [(entry.n, entry.what) for entry in journal.entries()] == [(1, "login"), (2, "logout")]
    assert list(journal.damage()) == []


WRITE_MANY = """
from pathlib import Path
import sys
from kms.library.access import Reader
from kms.library.journal import Journal
for _ in range(10):
    Journal(Path(sys.argv[1])).append(Reader("p"), "login", None)
"""


def write_many(root: Path, name: str) -> None:
    journal = Journal(root)
    for _ in range(10):
        journal.append(Reader(name), "login", None)


def test_processes_and_threads_write_at_once(tmp_path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", WRITE_MANY, str(tmp_path)]) for _ in range(2)]
    threads = [threading.Thread(target=write_many, args=(tmp_path, f"t{number}")) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait() for process in processes] == [0, 0]
    journal = Journal(tmp_path)
    assert [entry.n for entry in journal.entries()] == list(range(1, 41))
    assert list(journal.damage()) == []
    assert len(list(journal.entries(who="t1"))) == 10


def test_entries_are_chosen_by_person_kind_day_and_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path)
    for day, who, what, document in (
        ("2026-11-01", "sari", "view", "a-01234567"),
        ("2026-11-02", "budi", "view", "b-01234567"),
        ("2026-11-03", "sari", "login", None),
    ):
        monkeypatch.setattr(room, "now", lambda: f"{day}T00:00:00Z")  # noqa: B023
        journal.append(Reader(who), what, document)
    journal.append(Reader("tuti"), "shown", None, documents=["a-01234567", "b-01234567"])
    assert [e.n for e in journal.entries(who="sari")] == [1, 3]
    assert [e.n for e in journal.entries(what="view")] == [1, 2]
    assert [e.n for e in journal.entries(since="2026-11-02")] == [2, 3, 4]
    assert [e.n for e in journal.entries(document="a-01234567")] == [1, 4]
    with pytest.raises(BadInput):
        list(journal.entries(since="kemarin"))


def test_long_details_are_shortened(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(Reader("sari"), "shown", None, documents=["x" * 500] * 500, where="y" * 9999)
    journal.append(Reader("sari"), "login", None)
    first, second = journal.entries()
    assert (len(first.detail["documents"]), len(first.detail["where"]), second.n) == (100, 300, 2)
    assert entry_json(first)["n"] == 1


def read(path: Path) -> Extraction:
    return Extraction("txt", (Page(1, path.read_text("utf-8")),), tags=(Tag("title", path.stem, 1),))


def test_the_library_keeps_what_people_do(tmp_path: Path) -> None:
    given = tmp_path / "peta.txt"
    given.write_text("peta konflik", "utf-8")
    with Library(Workspace(tmp_path / "ws", Settings(jobs=1)), read=read, freshness=0) as library:
        sari = library.seen_by(Reader("sari", "admin", "rahasia", "10.0.0.7"))
        [done] = sari.ingest([given], {"access": ["terbatas"]}, by="sari")
        sari.search("peta")
        again = library.seen_by(Reader("sari", "admin", "rahasia", "10.0.0.7"))
        again.document(str(done.id))
        again.page(str(done.id), 1)
        mark = sari.tags_mark(str(done.id))
        sari.tag(str(done.id), {"year": ["2021"]}, "sari", mark)
        with pytest.raises(Conflict, match="sari"):
            sari.tag(str(done.id), {"year": ["2020"]}, "budi", mark)
        assert sari.document(str(done.id)).year == 2021
        sari.remove(str(done.id))
        found = [(entry.what, entry.document, entry.result, entry.who) for entry in library.log()]
    assert found == [
        ("ingest", done.id, "new", "sari"),
        ("shown", None, "ok", "sari"),
        ("view", done.id, "ok", "sari"),
        ("correction", done.id, "ok", "sari"),
        ("view", done.id, "ok", "sari"),
        ("removal", done.id, "ok", "sari"),
    ]


def test_what_is_umum_is_looked_at_without_a_trace(tmp_path: Path) -> None:
    given = tmp_path / "peta.txt"
    given.write_text("peta konflik", "utf-8")
    with Library(Workspace(tmp_path / "ws", Settings(jobs=1)), read=read, freshness=0) as library:
        [done] = library.ingest([given])
        library.document(str(done.id))
        library.search("peta")
        assert [entry.what for entry in library.log()] == ["ingest"]


def test_a_document_that_cannot_be_logged_is_not_shown(tmp_path: Path) -> None:
    given = tmp_path / "peta.txt"
    given.write_text("peta konflik", "utf-8")
    with Library(Workspace(tmp_path / "ws", Settings(jobs=1)), read=read, freshness=0) as library:
        [done] = library.ingest([given], {"access": ["rahasia"]})
        [file] = (tmp_path / "ws" / "log").glob("*.jsonl")
        file.unlink()
        file.mkdir()
        with pytest.raises(WorkspaceError):
            library.document(str(done.id))
