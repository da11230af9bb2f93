"""Originals read anew: pictures that waited for OCR, what people said surviving, nothing lost where reading fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from kms.cli import run
from kms.config import Workspace
from kms.errors import Unreadable
from kms.language import say
from kms.library import Library
from kms.model import Extraction, Page


def blind(path: Path) -> Extraction:
    state = "needs-ocr" if "gambar" in path.read_text("utf-8") else "text"
    return Extraction("txt", (Page(1, "" if state == "needs-ocr" else "teks", state=state),))


def seeing(path: Path) -> Extraction:
    text = path.read_text("utf-8")
    if "rusak" in text:
        raise Unreadable("damaged", say("{name} is damaged and cannot be read.", name=path.name))
    return Extraction("txt", (Page(1, text, state="ocr"),), extractors={"ocr": "x"})


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr("kms.extract.must_read_pictures", lambda limits: None)
    files = tmp_path / "files"
    files.mkdir()
    (files / "satu.txt").write_text("gambar kerukunan", "utf-8")
    (files / "dua.txt").write_text("gambar rusak", "utf-8")
    (files / "tiga.txt").write_text("naskah", "utf-8")
    workspace = Workspace(tmp_path / "ws")
    with Library(workspace, read=blind, freshness=0) as library:
        assert {one.outcome for one in library.ingest([files])} == {"new"}
        library.tag("satu", {"year": ["2021"]}, "rini")
    return workspace


def test_pictures_are_read_later_and_what_people_said_stays(workspace: Workspace) -> None:
    with Library(workspace, read=seeing, freshness=0) as library:
        done = {one.id[:4]: one for one in library.reread(waiting_only=True)}
        assert set(done) == {"satu", "dua-"}
        assert done["satu"].changed and done["satu"].reason is None
        assert done["dua-"].reason is not None and not done["dua-"].changed
        assert [one.source for one in library.documents(needs_ocr=True).documents] == ["dua.txt"]
        assert library.search("kerukunan").total == 1
        document = library.document("satu")
        assert document.year == 2021 and document.source == "satu.txt"
        assert library.verify() == ()


def test_everything_can_be_read_anew_and_nothing_changes_twice(workspace: Workspace) -> None:
    with Library(workspace, read=seeing, freshness=0) as library:
        first = list(library.reread())
        assert len(first) == 3 and sum(one.changed for one in first) == 2
        assert not any(one.changed for one in library.reread())


def test_an_original_that_is_not_the_one_ingested_changes_nothing(workspace: Workspace) -> None:
    with Library(workspace, read=seeing, freshness=0) as library:
        library.original("tiga").write_text("lain", "utf-8")
        reasons = {one.id[:4]: one.reason for one in library.reread()}
        assert reasons["tiga"] is not None and reasons["satu"] is None
        assert library.document("tiga").content.pages[0].text == "teks"


def test_who_asks_what_waits_is_told_what_is_missing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = say("The Indonesian model is missing.")
    monkeypatch.setattr("kms.extract.missing_for_pictures", lambda limits: (sentence,))
    asked = ["--workspace", str(workspace.root), "--language", "en", "list"]
    assert run([*asked, "--needs-ocr"]) == 0
    told = capsys.readouterr()
    assert "satu-" in told.out
    assert "The Indonesian model is missing." in told.err and "kms rebuild --ocr" in told.err
    assert run(asked) == 0
    assert capsys.readouterr().err == ""
