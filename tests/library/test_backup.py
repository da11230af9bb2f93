"""A backup holds everything people would miss, and nothing comes back that is not what was kept."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.errors import BadInput, WorkspaceError
from kms.library import Library
from kms.model import Extraction, Page


def read_stub(path: Path) -> Extraction:
    return Extraction("txt", (Page(1, path.read_text("utf-8")),))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(3):
        (files / f"kajian-{number}.txt").write_text(f"kajian kerukunan {number}", "utf-8")
    library = Library(Workspace(tmp_path / "ws"), read=read_stub, freshness=0)
    assert all(one.outcome == "new" for one in library.ingest([files]))
    library.tag(library.corpus.ids()[0], {"year": ["2021"]}, "rini")
    return library


def files_of(library: Library) -> dict[str, bytes]:
    corpus = library.corpus.path
    return {
        str(path.relative_to(corpus)): path.read_bytes()
        for document_id in library.corpus.ids()
        for path in (corpus / document_id).iterdir()
    }


def empty(tmp_path: Path) -> Library:
    return Library(Workspace(tmp_path / "fresh"), read=read_stub, freshness=0)


def test_what_was_kept_comes_back_and_is_found(library: Library, tmp_path: Path) -> None:
    (library.workspace.root / "kms.toml").write_text('language = "en"', "utf-8")
    packed = library.backup(tmp_path / "b.zip")
    assert packed.documents == 3 and packed.damaged == ()
    fresh = empty(tmp_path)
    assert fresh.restore(tmp_path / "b.zip") == 3
    assert files_of(fresh) == files_of(library)
    assert fresh.search("kerukunan").total == 3 and fresh.verify() == ()
    assert fresh.document(library.corpus.ids()[0]).year == 2021
    assert (fresh.workspace.root / "kms.toml").read_text("utf-8") == 'language = "en"'
    assert not any(name.startswith("index/") for name in zipfile.ZipFile(tmp_path / "b.zip").namelist())
    assert fresh.restore(tmp_path / "b.zip") == 3


def test_a_backup_needs_no_lock(library: Library, tmp_path: Path) -> None:
    other = Library(library.workspace, read=read_stub, patience=0)
    with library._lock.hold():
        assert other.backup(tmp_path / "b.zip").documents == 3


def test_nothing_is_written_over(library: Library, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"dear")
    with pytest.raises(BadInput):
        library.backup(tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"dear"
    library.backup(tmp_path / "c.zip")
    library.remove(library.corpus.ids()[0])
    other = empty(tmp_path)
    (tmp_path / "d.txt").write_text("lain", "utf-8")
    list(other.ingest([tmp_path / "d.txt"]))
    with pytest.raises(BadInput):
        other.restore(tmp_path / "c.zip")
    assert len(other.corpus.ids()) == 1


def test_a_damaged_document_is_kept_as_it_is_and_named(library: Library, tmp_path: Path) -> None:
    [one, *_] = library.corpus.ids()
    (library.corpus.folder(one) / "original.txt").write_bytes(b"other")
    assert library.backup(tmp_path / "b.zip").damaged == (one,)


def changed(path: Path, target: Path, change: dict[str, bytes], listed: dict[str, str] | None = None) -> Path:
    """A copy of a backup with other members, or others in its list."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change.get(name, old.read(name))
            if name == "backup.json" and listed:
                contents = json.loads(data)
                contents["files"].update(listed)
                data = json.dumps(contents).encode()
            new.writestr(name, data)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return target


def test_a_backup_that_is_not_whole_brings_nothing_back(library: Library, tmp_path: Path) -> None:
    good = tmp_path / "b.zip"
    library.backup(good)
    name = f"corpus/{library.corpus.ids()[2]}/original.txt"
    outside = {"../luar.txt": "0" * 64}
    inside = {f"corpus/../../x-12345678/{part}": "0" * 64 for part in ("document.json",)}
    (tmp_path / "cut.zip").write_bytes(good.read_bytes()[:-200])
    (tmp_path / "empty.zip").write_bytes(b"")
    shutil.copy(library.corpus.original(library.corpus.ids()[0]), tmp_path / "text.zip")
    flipped = bytearray(good.read_bytes())
    flipped[60] ^= 255
    (tmp_path / "flipped.zip").write_bytes(flipped)
    bad = [
        changed(good, tmp_path / "1.zip", {name: b"changed"}),
        changed(good, tmp_path / "2.zip", {"../luar.txt": b"x"}, outside),
        changed(good, tmp_path / "3.zip", {next(iter(inside)): b"x"}, inside),
        changed(good, tmp_path / "4.zip", {"backup.json": b"{}"}),
        changed(good, tmp_path / "5.zip", {"backup.json": b'{"format": 9, "created": "", "files": {}}'}),
        changed(good, tmp_path / "6.zip", {}, {"corpus/x-12345678/document.json": "0" * 64}),
        *(tmp_path / name for name in ("cut.zip", "empty.zip", "text.zip", "flipped.zip")),
    ]
    for path in bad:
        fresh = empty(tmp_path)
        with pytest.raises(BadInput):
            fresh.restore(path)
        assert fresh.corpus.ids() == [], path
        assert list((fresh.corpus.path / ".staging").iterdir()) == []
    assert not (tmp_path / "luar.txt").exists() and not (tmp_path / "x-12345678").exists()


def test_a_place_that_cannot_be_written_gets_a_sentence(library: Library, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        library.backup(tmp_path / "tidak" / "ada" / "b.zip")
    with pytest.raises(WorkspaceError):
        empty(tmp_path).restore(tmp_path / "tidak-ada.zip")


def test_a_full_disk_leaves_no_half_backup(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("kms.corpus.archive.os.fsync", full)
    with pytest.raises(WorkspaceError):
        library.backup(tmp_path / "b.zip")
    assert not [path for path in tmp_path.iterdir() if "b.zip" in path.name]
