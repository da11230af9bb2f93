"""Checks in processes beside the server: the same answers and errors, and a process that dies costs one answer."""

from __future__ import annotations

import pickle
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from kms.config import Settings, Workspace
from kms.errors import Ambiguous, BadInput, Busy, Conflict, KmsError, NotFound
from kms.language import say
from kms.library import Library
from kms.library.access import Reader
from kms.library.aside import Aside, Interrupted, Worker
from kms.model import Extraction, Page

ASKED = {"title": "Kajian kerukunan warga", "text": "kerukunan warga dan peran forum di kecamatan"}


def read_stub(path: Path) -> Extraction:
    return Extraction("txt", (Page(1, path.read_text("utf-8")),))


def test_what_is_asked_aside_is_answered_as_by_the_library(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "ws", Settings(jobs=1))
    for name, level in (("umum", "umum"), ("rahasia", "rahasia")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"Kajian kerukunan warga {name} dan peran forum di setiap kecamatan kota ini.", "utf-8")
        with Library(workspace, read=read_stub) as library:
            list(library.ingest([path], {"access": [level]}))
    before = set(psutil.Process().children())
    with Library(workspace, read=read_stub) as library, closing(Aside(workspace)) as aside:
        aside.warm_up(0).join()
        assert len(set(psutil.Process().children()) - before) == 1 and not list(library.log(what="shown"))
        for reader in (Reader("sari"), Reader("budi", "reader", "umum")):
            steps: list[tuple[int, int]] = []
            there = aside.seen_by(reader).check(on_progress=lambda *step, to=steps: to.append(step), **ASKED)
            here = library.seen_by(reader).check(**ASKED)
            assert replace(there, took_ms=0, at="") == replace(here, took_ms=0, at="") and steps
            assert len(there.matches) == (2 if reader.clearance == "rahasia" else 1)
        assert "budi" not in {entry.who for entry in library.log(what="shown")}
        with pytest.raises(BadInput, match="nothing to check"):
            aside.seen_by(Reader()).check(title=" ")
        assert aside.seen_by(Reader()).audit() == library.audit()
        [worker] = set(psutil.Process().children()) - before
        assert worker.nice() > psutil.Process().nice()
        aside._idle[0]._questions.write(b"no pickle")
        with pytest.raises(Interrupted):
            aside.seen_by(Reader()).check(**ASKED)
        assert aside.seen_by(Reader()).check(**ASKED).matches
    assert set(psutil.Process().children()) <= before


def test_a_full_disk_on_the_other_side_is_no_broken_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "ask", lambda *_: (None, OSError(28, "full")))
    with closing(Aside(Workspace(tmp_path / "ws"))) as aside, pytest.raises(OSError, match="full"):
        aside.seen_by(Reader()).check(**ASKED)


@pytest.mark.parametrize(
    "error",
    [KmsError(say("a {b}", b=1), say("c")), Busy("x"), Conflict("d", "who", "when"), Ambiguous("n", ("a", "b")),
     NotFound("x")],
)  # fmt: skip
def test_an_error_is_the_same_on_the_other_side(error: KmsError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and str(again) == str(error) and vars(again) == vars(error)


def test_a_folder_with_modules_of_its_own_hinders_no_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('not what you look for')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with closing(Aside(Workspace(tmp_path / "ws", Settings(jobs=1)))) as aside:
        assert not aside.seen_by(Reader()).check(**ASKED).matches
