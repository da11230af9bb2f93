"""Requests made to harm: names, bodies, headers and numbers that nobody sends by accident."""

from __future__ import annotations

import errno
import io
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kms.config import Settings, Workspace
from kms.errors import BadInput
from kms.language import say
from kms.library import Library
from kms.library.accounts import Accounts
from kms.library.cells import harmless
from kms.model import Extraction, Page
from webui import create_app
from webui.documents import safe_name
from webui.jobs import PROGRAMS, Crowded, HeldFile, Jobs

PASSWORD = "sembilan ekor kuda laut"
NAMES = (
    "../../luar.txt", "..\\..\\luar.txt", "baris\nbaru.txt", "a" * 300 + ".txt", "\U0001f642" * 120 + ".txt",
    "\u202etxt.fdp.txt", "nol\0.txt", ".txt", "sama.txt", "sama.txt", "<img src=x onerror=alert(1)>.txt", "x.exe", "..",
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    def read(path: Path) -> Extraction:
        return Extraction("txt", (Page(1, path.read_text("utf-8", "replace")),))

    with Library(Workspace(tmp_path / "ws", Settings(jobs=1, engine="memory")), read=read, freshness=0) as library:
        yield library


def token(client: FlaskClient, address: str = "/upload") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def test_names_of_files_lead_nowhere(client: FlaskClient, library: Library, tmp_path: Path) -> None:
    files = [(io.BytesIO(b"kajian %d" % n), name, "application/pdf") for n, name in enumerate(NAMES)]
    answer = client.post(
        "/upload", data={"token": token(client), "files": files}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    state = answer.get_json()["state"]
    while not (told := client.get(state).get_json())["over"]:
        pass
    outcomes = [one["outcome"] for one in told["outcomes"]]
    assert outcomes.count("failed") == 3, "those whose names end in no kind that is read"
    assert outcomes.count("new") >= 9
    assert {path.name for path in tmp_path.iterdir()} == {"ws"}
    assert all(len(os.fsencode(one["path"])) < 256 for one in told["outcomes"])
    assert "<img" not in client.get(state.removesuffix("/state")).text


@pytest.mark.parametrize("name", ["\U0001f642" * 300, "a" * 300, "\0/..", "é" * 150])
def test_every_name_can_be_kept_by_a_file_system(name: str) -> None:
    assert 4 < len(os.fsencode(safe_name(name, "pdf"))) < 256


def test_a_form_of_thousands_of_parts_is_refused(client: FlaskClient) -> None:
    many = {f"x{number}": "1" for number in range(2000)}
    sent = {"token": token(client), **many}
    assert client.post("/check", data=sent, content_type="multipart/form-data").status_code == 413
    endless = {"token": token(client), "title": "a" * 3_000_000}
    assert client.post("/check", data=endless, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"title": "\\ud800", "text": "x"}', b"9" * 5000, b"\xff", b""])
@pytest.mark.parametrize("address", ["/api/v1/check", "/api/v1/decisions"])
def test_json_that_means_harm_is_bad_input(client: FlaskClient, address: str, body: bytes) -> None:
    answer = client.post(address, data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.get_json()["error"]["code"] == "bad-input"


def test_whatever_the_method_is_called_it_is_counted_once(client: FlaskClient) -> None:
    for method in ("A", "B", 'X"} 1'):
        client.open("/", method=method)
    text = client.get("/metrics").text
    assert 'method="other"' in text and 'method="A"' not in text


def test_a_page_elsewhere_cannot_write_with_a_password_the_browser_keeps(library: Library) -> None:
    Accounts(library.workspace.root).add("sari", PASSWORD, "admin")
    client = create_app(library).test_client()
    there = "/api/v1/documents?name=a.txt"
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post(there, data=b"kajian", auth=("sari", PASSWORD), headers=headers)
        assert answer.status_code == 403 and library.corpus.ids() == []
    assert client.post(there, data=b"kajian", auth=("sari", PASSWORD)).status_code == 201


def test_a_web_server_in_front_that_nobody_named_opens_no_door(client: FlaskClient) -> None:
    assert client.get("/documents").status_code == 200
    for name in ("X-Forwarded-For", "Forwarded", "Via"):
        assert client.get("/documents", headers={name: "127.0.0.1"}).status_code == 403


def test_logging_out_holds_after_a_restart(library: Library) -> None:
    Accounts(library.workspace.root).add("sari", PASSWORD, "admin")
    client = create_app(library).test_client()
    client.post("/login", data={"token": token(client, "/login"), "name": "sari", "password": PASSWORD})
    cookie = client.get_cookie("kms_session")
    assert cookie and client.get("/documents").status_code == 200
    client.post("/logout", data={"token": token(client, "/account")})
    thief = create_app(library).test_client()
    thief.set_cookie("kms_session", cookie.value)
    assert thief.get("/documents").status_code == 302


def test_refused_logins_do_not_fill_the_log(library: Library) -> None:
    Accounts(library.workspace.root).add("sari", PASSWORD, "admin")
    client = create_app(library).test_client()
    answers = [client.get("/documents", auth=("sari", "salah")).status_code for _ in range(9)]
    assert answers == [401] * 5 + [429] * 4
    assert len(list(library.log(what="login"))) == 5


def test_a_full_disk_is_said_without_paths(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/secret")

    monkeypatch.setattr(library, "search", full)
    answer = create_app(library).test_client().get("/search?q=x")
    assert answer.status_code == 507 and "penuh" in answer.text and "/srv" not in answer.text


def test_a_crowd_of_jobs_is_told_to_wait(client: FlaskClient) -> None:
    crowd = Jobs()
    crowd._pools["check"].submit = lambda *_: None  # type: ignore[method-assign, assignment, return-value]
    with client.application.test_request_context(), pytest.raises(Crowded):
        for _ in range(100):
            crowd.start("check", lambda job: None)


def test_programs_that_check_leave_threads_for_pages(
    client: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(*_: object, **__: object) -> Any:
        begun.release()
        go_on.wait(30)
        raise BadInput(say("There is nothing to check."))

    monkeypatch.setattr(Library, "check", slow)

    def ask() -> Any:
        return client.application.test_client().post("/api/v1/check", json={"title": "Kajian"})

    with ThreadPoolExecutor(PROGRAMS) as programs:
        waiting = [programs.submit(ask) for _ in range(PROGRAMS)]
        assert begun.acquire(timeout=30) and begun.acquire(timeout=30)
        assert not begun.acquire(timeout=0.2), "no more are done at a time"
        while (answer := ask()).status_code == 400:
            pass  # the last of them has not come in yet
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert "tunggu" in answer.json["error"]["message"] or answer.json["error"]["next_step"]
        assert client.get("/documents").status_code == 200
        go_on.set()
        assert [one.result().status_code for one in waiting] == [400] * PROGRAMS


def test_a_large_file_that_was_sent_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held = HeldFile(io.BytesIO(b"%PDF-" + b"x" * (3 << 20)))
    assert list(tmp_path.iterdir()) == [], "it has no name that anybody could open"
    assert isinstance(held._file._file, io.BufferedRandom)  # type: ignore[attr-defined]
    held.copy_to(tmp_path / "draft.pdf")
    assert (tmp_path / "draft.pdf").stat().st_size == held.size == 5 + (3 << 20)


def test_texts_and_objects_without_end_are_refused(client: FlaskClient) -> None:
    sent = {"token": token(client), "text": "kajian " * 70_000}
    answer = client.post("/check", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 400 and "berkas" in answer.text
    assert client.post("/api/v1/check", json={"text": "a" * (9 << 20)}).status_code == 413


@pytest.mark.parametrize("cell", ["=1+1", " =1", "@SUM(A1)", "-5+cmd|' /C calc'!A0", "+HYPERLINK(A1)", "\t=1", "＝1"])
def test_cells_that_could_act_are_marked(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5,2", "-", "- kegiatan (baru)", "+62-21-555", "a=b", ""])
def test_cells_that_cannot_act_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell
