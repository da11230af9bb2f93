"""Checks, uploads and searches for duplicates: who sees their results, and what is left of a draft."""

from __future__ import annotations

import io
import re
import tempfile
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kms.config import Settings, Workspace
from kms.library import Library
from kms.library.access import Reader
from kms.model import Extraction, Page
from webui import create_app

TEXT = "Kajian tentang kerukunan warga dan peran forum di setiap kecamatan kota ini."


def read_text(path: Path) -> Extraction:
    return Extraction("txt", (Page(1, path.read_text("utf-8")),))


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    (tmp_path / "kajian.txt").write_text(TEXT, "utf-8")
    library = Library(Workspace(tmp_path / "work", Settings(engine="memory", jobs=1)), read=read_text)
    list(library.ingest([tmp_path / "kajian.txt"]))
    return library


@pytest.fixture
def browser(shelf: Library) -> FlaskClient:
    return create_app(shelf).test_client()


def token(browser: FlaskClient, address: str = "/check") -> str:
    found = re.search(r'name="token" value="([^"]+)"', browser.get(address).text)
    assert found
    return found[1]


def wait(browser: FlaskClient, address: str) -> None:
    for _ in range(200):
        if browser.get(f"{address}/state").json["over"]:  # type: ignore[index]
            return
        time.sleep(0.05)
    raise AssertionError("it is never over")


def begin(browser: FlaskClient, **fields: object) -> str:
    answer = browser.post("/check", data={"token": token(browser), **fields}, content_type="multipart/form-data")
    assert answer.status_code == 303
    wait(browser, answer.location)
    return str(answer.location)


def test_a_result_is_for_the_browser_that_asked(browser: FlaskClient, shelf: Library) -> None:
    there = begin(browser, title="Kerukunan warga", text=TEXT)
    assert 'class="verdict' in browser.get(there).text
    other = browser.application.test_client()
    for address in (there, f"{there}/state", f"{there}/report.html"):
        assert other.get(address).status_code == 404, address


def test_nothing_is_left_of_a_draft(browser: FlaskClient, shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shelf.workspace.root / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    secret = "Naskah sangat rahasia tentang kerukunan " + TEXT
    there = begin(browser, file=(io.BytesIO(secret.encode()), "rahasia.txt"))
    assert "verdict" in browser.get(there).text
    for path in shelf.workspace.root.rglob("*"):
        assert not path.is_file() or b"sangat rahasia" not in path.read_bytes(), path
    assert list(place.iterdir()) == []


def test_reports_are_given_in_three_forms_and_cannot_act(browser: FlaskClient) -> None:
    there = begin(browser, title="<script>alert(1)</script>", text=TEXT)
    for form, kind in (("html", "text/html"), ("md", "text/markdown"), ("json", "application/json")):
        answer = browser.get(f"{there}/report.{form}")
        assert answer.mimetype == kind
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in browser.get(there).text.replace('<script src="/static', "")


@pytest.mark.parametrize("fields", [{}, {"title": "  "}])
def test_nothing_to_check_is_said(browser: FlaskClient, fields: dict[str, str]) -> None:
    answer = browser.post("/check", data={"token": token(browser), **fields})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_file_of_another_kind_is_refused(browser: FlaskClient) -> None:
    fields = {"token": token(browser), "file": (io.BytesIO(b"x"), "a.exe")}
    assert browser.post("/check", data=fields, content_type="multipart/form-data").status_code == 400


def test_what_could_not_be_compared_is_not_shown_in_green(browser: FlaskClient) -> None:
    assert "verdict-new" in browser.get(begin(browser, title="Kajian pembibitan ikan lele")).text
    page = browser.get(begin(browser, title="RKT")).text
    assert "verdict-related" in page and "sejauh yang dapat diperiksa" in page


def test_a_decision_needs_a_reason_and_counts_from_then_on(browser: FlaskClient, shelf: Library) -> None:
    there = begin(browser, title="Kajian kerukunan warga", text=TEXT)
    (document,) = shelf.documents().documents
    fields = {"token": token(browser), "document": document.id, "choice": "not-duplicate"}
    browser.post(f"{there}/decisions", data=fields)
    assert "note-bad" in browser.get(there).text
    browser.post(f"{there}/decisions", data={**fields, "why": "Lain lokus"})
    wait(browser, there)
    assert "Lain lokus" in browser.get(there).text


def test_a_decision_about_a_draft_is_taken_back(browser: FlaskClient, shelf: Library) -> None:
    there = begin(browser, title="Kajian kerukunan", text=TEXT)
    [document] = shelf.documents().documents
    fields = {"token": token(browser), "document": document.id, "choice": "not-duplicate", "why": "lokus lain"}
    browser.post(f"{there}/decisions", data=fields)
    wait(browser, there)
    assert 'value="undecided"' in browser.get(there).text
    browser.post(f"{there}/decisions", data={**fields, "choice": "undecided", "why": ""})
    wait(browser, there)
    page = browser.get(there).text
    assert "lokus lain" not in page and 'value="undecided"' not in page


def test_names_of_files_lead_nowhere(browser: FlaskClient, shelf: Library) -> None:
    files = [(io.BytesIO(f"isi {n}".encode()), name) for n, name in enumerate(("../../a.txt", "C:\\x\\b.txt", "c.exe"))]
    sent = {"token": token(browser, "/upload"), "files": files}
    answer = browser.post("/upload", data=sent, content_type="multipart/form-data")
    wait(browser, answer.location)
    page = browser.get(answer.location).text
    assert page.count("upload-new") == 2
    assert page.count("upload-failed") == 1
    sources = {one.source for one in shelf.documents().documents}
    assert "a.txt" in sources
    assert not any(sign in source for source in sources for sign in "/\\:")


def test_a_reader_only_reads(shelf: Library) -> None:
    browser = create_app(shelf, everybody=Reader("tamu", "reader", "umum")).test_client()
    (document,) = shelf.documents().documents
    page = browser.get(f"/documents/{document.id}").text
    assert "tag-do" not in page
    assert "/upload" not in page
    given = {"token": token(browser), "value": "2021"}
    assert browser.post(f"/documents/{document.id}/tags/year", data=given).status_code == 403
    assert browser.get("/upload").status_code == 403
    assert browser.post("/duplicates/decisions", data=given).status_code == 403
    assert browser.patch(f"/api/v1/documents/{document.id}/tags", json={"year": "2021"}).status_code == 403
