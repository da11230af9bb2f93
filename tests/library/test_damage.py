"""Full disks, disks that cannot be written, folders that vanish, half copies, clocks set back: nothing kept is lost."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from kms.cli import run
from kms.config import Workspace
from kms.errors import BadInput, KmsError, WorkspaceError
from kms.language import Message
from kms.library import Library
from kms.model import Extraction, Page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX file systems")


def read_stub(path: Path) -> Extraction:
    return Extraction("txt", (Page(1, path.read_text("utf-8")),))


def write_files(folder: Path, count: int, size: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"kajian-{number:02}.txt").write_text(f"kajian kerukunan nomor{number}\n" * size, "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0, patience=5) as library:
        assert {one.outcome for one in library.ingest([write_files(tmp_path / "files", 4)])} == {"new"}
        yield library


def is_whole(workspace: Path, least: int) -> None:
    """With fresh eyes: nothing damaged, every document found, at least so many."""
    with Library(Workspace(workspace), read=read_stub, freshness=0) as fresh:
        ids = set(fresh.corpus.ids())
        assert len(ids) >= least
        assert {hit.document.id for hit in fresh.search("kajian", limit=100).hits} == ids
        assert fresh.verify() == ()


def kms(workspace: Path, *arguments: str, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """A command; in a process of its own where that may write no larger files."""
    if largest_file is None:
        out, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(errors):
            code = run(["--workspace", str(workspace), *arguments])
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), errors.getvalue())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [sys.executable, "-m", "kms", "--workspace", str(workspace), *arguments],
        capture_output=True, text=True, timeout=300, check=False, preexec_fn=limit,
    )  # fmt: skip


def test_files_that_do_not_fit_fail_with_a_sentence_and_the_rest_comes_in(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", 2)
    (files / "besar.txt").write_text("kajian besar " * 17_000, "utf-8")
    done = kms(tmp_path / "ws", "ingest", str(files), "--json", largest_file=200_000)
    outcomes = {Path(line["path"]).name: line for line in map(json.loads, done.stdout.splitlines())}
    assert outcomes["besar.txt"]["outcome"] == "failed" and outcomes["besar.txt"]["reason"]
    assert sum(line["outcome"] == "new" for line in outcomes.values()) == 2
    assert "Traceback" not in done.stderr and done.returncode == 2
    assert kms(tmp_path / "ws", "ingest", str(files)).returncode == 0
    is_whole(tmp_path / "ws", 3)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "kms", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=False)


def test_a_full_disk(tmp_path: Path, small_disk: Path) -> None:
    files = write_files(tmp_path / "files", 12, size=3000)
    done = kms(small_disk, "ingest", str(files), "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    kept = [line["id"] for line in lines if line["outcome"] == "new"]
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 2 and 0 < len(kept) < 12
    listing = json.loads(kms(small_disk, "list", "--json").stdout)
    assert {document["id"] for document in listing["documents"]} >= set(kept) and not listing["damaged"]
    shutil.rmtree(small_disk / "index")  # derived: the way to get room
    assert kms(small_disk, "remove", kept[0]).returncode == 0
    assert kms(small_disk, "remove", kept[1]).returncode == 0
    assert kms(small_disk, "rebuild").returncode == 0
    assert kms(small_disk, "verify").returncode == 0


def test_a_disk_that_cannot_be_written(tmp_path: Path, small_disk: Path) -> None:
    files = write_files(tmp_path / "files", 2)
    assert kms(small_disk, "ingest", str(files)).returncode == 0
    (files / "lagi.txt").write_text("kajian lagi", "utf-8")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert len(json.loads(kms(small_disk, "search", "kajian", "--json").stdout)["hits"]) == 2
    assert kms(small_disk, "verify").returncode == 0
    for command in (["ingest", str(files)], ["tag", "kajian-00", "year=2021"], ["remove", "kajian-00"], ["rebuild"]):
        done = kms(small_disk, *command)
        assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.strip(), command
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    is_whole(small_disk, 2)


def test_a_workspace_that_vanishes_in_the_middle_and_comes_back(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", 10)
    workspace, away = tmp_path / "ws", tmp_path / "away"
    kept = []
    with Library(Workspace(workspace), read=read_stub, freshness=0, patience=1) as library:
        try:
            for done in library.ingest([files], jobs=1):
                if done.outcome == "new":
                    kept.append(done.id)
                if len(kept) == 3 and not away.exists():
                    workspace.rename(away)
        except KmsError as error:
            assert error.text("id")
    shutil.rmtree(workspace, ignore_errors=True)
    away.rename(workspace)
    is_whole(workspace, 3)
    with Library(Workspace(workspace), read=read_stub) as library:
        assert set(kept[:3]) <= set(library.corpus.ids())
        assert {one.outcome for one in library.ingest([files])} <= {"new", "present"}
    is_whole(workspace, 10)


def test_any_file_of_the_index_may_be_garbled(library: Library) -> None:
    chance = random.Random(5)
    library.close()
    index = library.workspace.index
    for number in range(40):
        files = sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)
        path = files[number % len(files)]
        data = bytearray(path.read_bytes())
        if number % 3 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(1 + number % 5):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        with Library(library.workspace, read=read_stub, freshness=0) as fresh:
            assert fresh.search("kerukunan").total in range(5), path
            fresh.rebuild()
            assert fresh.search("kerukunan").total == 4
            assert fresh.verify() == ()


def test_half_copied_documents_are_named_and_cost_nothing_else(library: Library, tmp_path: Path) -> None:
    one, two, three, four = library.corpus.ids()
    folder = library.corpus.folder
    (folder(one) / "original.txt").unlink()
    (folder(two) / "original.txt").write_bytes(b"kaj")
    record = folder(three) / "document.json"
    record.write_bytes(record.read_bytes()[:-40])
    for path in folder(four).iterdir():
        path.unlink()
    named = {(damage.document, damage.kind) for damage in library.verify()}
    assert {(one, "original"), (two, "original"), (three, "record"), (four, "record")} <= named
    assert all(damage.message.text("id") and damage.repair.text("id") for damage in library.verify())
    assert library.search("kerukunan").total == 2
    again = {one.outcome for one in library.ingest([tmp_path / "files"])}
    assert again == {"new"}, "ingesting the same files again mends them"
    is_whole(library.workspace.root, 4)


def test_a_clock_set_back_hides_no_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kms.corpus.store.now", lambda: "1970-01-01T00:00:00Z")
    one = library.corpus.ids()[0]
    library.tag(one, {"title": ["Judul sebelum waktunya"]}, "rini")
    for path in library.corpus.folder(one).iterdir():
        os.utime(path, (0, 0))
    assert library.search("waktunya").total == 1
    tags = library.corpus.folder(one) / "tags.json"
    tags.write_text(tags.read_text("utf-8").replace("waktunya", "saatnya!"), "utf-8")
    os.utime(tags, (1, 1))
    assert library.search("saatnya").total == 1
    assert library.verify() == ()
    is_whole(library.workspace.root, 4)


def test_an_index_that_others_can_write_is_not_trusted_silently(library: Library) -> None:
    assert library.workspace.index.stat().st_mode & 0o777 == 0o700
    library.workspace.index.chmod(0o777)
    told: list[Message] = []
    with Library(library.workspace, read=read_stub, tell=told.append):
        assert [message for message in told if "chmod 700" in message.text("en")]


def test_a_backup_that_unpacks_to_a_giant_is_refused(library: Library, tmp_path: Path) -> None:
    library.backup(tmp_path / "b.zip")
    name = f"corpus/{library.corpus.ids()[0]}/original.txt"
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "c.zip", "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, b"\0" * 80_000_000 if each == name else old.read(each))
    fresh = Library(Workspace(tmp_path / "fresh"), read=read_stub)
    with pytest.raises((BadInput, WorkspaceError)):
        fresh.restore(tmp_path / "c.zip")
    assert fresh.corpus.ids() == []


def test_links_in_a_backup_lead_nowhere(library: Library, tmp_path: Path) -> None:
    library.backup(tmp_path / "b.zip")
    name = f"corpus/{library.corpus.ids()[0]}/tags.json"
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "c.zip", "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        link = zipfile.ZipInfo(name)
        link.external_attr = 0o120777 << 16
        new.writestr(link, "/etc/passwd")
    fresh = Library(Workspace(tmp_path / "fresh"), read=read_stub)
    with pytest.raises(BadInput):
        fresh.restore(tmp_path / "c.zip")
    assert not [path for path in (tmp_path / "fresh").rglob("*") if path.is_symlink()]


def test_a_full_disk_stops_no_search_and_lets_documents_go(tmp_path: Path, small_disk: Path) -> None:
    assert kms(small_disk, "ingest", str(write_files(tmp_path / "files", 2))).returncode == 0
    (small_disk / "filler").write_bytes(b"")
    with (small_disk / "filler").open("ab", buffering=0) as filler, pytest.raises(OSError):
        while filler.write(b"x" * 4096):
            pass
    one = json.loads(kms(small_disk, "list", "--json").stdout)["documents"][0]["id"]
    assert kms(small_disk, "tag", one, "year=2021").stderr.count("penuh") >= 1
    gone = kms(small_disk, "remove", one)
    assert "Traceback" not in gone.stderr
    assert len(json.loads(kms(small_disk, "list", "--json").stdout)["documents"]) == 1
    (small_disk / "filler").unlink()
    is_whole(small_disk, 1)


def test_documents_that_vanished_are_not_taken_for_none(library: Library, tmp_path: Path) -> None:
    """As with a network folder that is not connected: its empty mount point is left."""
    corpus, away = library.corpus.path, tmp_path / "away"
    corpus.rename(away)
    for mounted in (False, True):
        if mounted:
            corpus.mkdir()
        for ask in (lambda: library.search("kajian"), library.documents, library.rebuild,
                    lambda: list(library.ingest([tmp_path / "files"]))):  # fmt: skip
            with pytest.raises(WorkspaceError, match="gone or empty"):
                ask()
        with Library(library.workspace, read=read_stub) as fresh, pytest.raises(WorkspaceError):
            list(fresh.ingest([tmp_path / "files"]))
        assert not mounted or list(corpus.iterdir()) == []
    corpus.rmdir()
    away.rename(corpus)
    is_whole(library.workspace.root, 4)


def test_a_backup_knows_times_before_1980_and_is_private(library: Library, tmp_path: Path) -> None:
    os.utime(library.corpus.original(library.corpus.ids()[0]), (0, 0))
    assert library.backup(tmp_path / "b.zip").documents == 4
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
