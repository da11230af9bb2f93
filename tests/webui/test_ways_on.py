"""Where something is missing, refused or wrong, a page says so in words and leads to where one can go on."""

from __future__ import annotations

import csv
import http.client
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from flask.testing import FlaskClient
from waitress.channel import HTTPChannel

from kms.cli.refusing import refuse
from kms.config import Settings, Workspace
from kms.errors import Unreadable
from kms.extract.job import SENTENCES
from kms.language import say
from kms.library import Library
from kms.library.access import Reader
from kms.model import Extraction
from webui import create_app
from webui.terms import REASON_NAMES

TYPED = {"title": "Kajian air", "year": "2026", "agency": "Dinas Air"}


def read_nothing(path: Path) -> Extraction:
    raise Unreadable("damaged", say("{name} is damaged and cannot be read.", name=path.name))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    """A workspace without documents, whose reader finds every file damaged."""
    with Library(Workspace(tmp_path, Settings(engine="memory", jobs=1)), read=read_nothing) as library:
        yield library


def send_draft(browser: FlaskClient, name: str, text: str) -> str:
    """The page that answers a draft, once it was looked at."""
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/check").text)
    assert token
    fields = {"token": token[1], "file": (io.BytesIO(b"%PDF-1.7"), name), "text": text, **TYPED}
    answer = browser.post("/check", data=fields, content_type="multipart/form-data")
    while answer.status_code == 303 or "data-watch" in answer.text:
        answer = browser.get(answer.location or answer.request.path)
    assert answer.status_code in (400, 422)
    return answer.text


@pytest.mark.parametrize(("name", "text"), [("naskah air.xls", "Mengukur mutu air."), ("naskah air.pdf", "")])
def test_what_was_typed_stays_when_a_draft_is_refused(empty: Library, name: str, text: str) -> None:
    page = send_draft(create_app(empty).test_client(), name, text)
    assert all(value in page for value in (text, *TYPED.values()))
    assert name in page.split('role="alert"')[1], "the file is called as its owner calls it"


@pytest.mark.parametrize("address", ["/", "/search?q=air", "/documents", "/check", "/indicators", "/duplicates"])
def test_an_empty_workspace_says_what_to_do_first(empty: Library, address: str) -> None:
    assert 'href="/upload"' in create_app(empty).test_client().get(address).text.split("<main")[1]
    visitor = create_app(empty, everybody=Reader("tamu", "reader", "umum")).test_client()
    assert 'href="/upload"' not in visitor.get(address).text


def test_errors_lead_to_where_one_can_go_on(client: FlaskClient, ids: dict[str, str]) -> None:
    assert f'href="/documents/{ids["rkt-2021"]}"' in client.get(f"/documents/{ids['rkt-2021']}/pages/99").text
    assert all(f'href="{way}"' in client.get("/nix").text for way in ("/search", "/documents"))
    refused = client.post("/check", headers={"Referer": "http://localhost/check?title=Kajian"})
    assert 'href="http://localhost/check?title=Kajian"' in refused.text
    assert "evil.example" not in client.post("/check", headers={"Referer": "http://evil.example/"}).text


def test_the_list_in_another_order_and_as_a_sheet(client: FlaskClient) -> None:
    titles = re.findall(r'<a href="/documents/[^"]+">([^<]+)</a><span class="source">', client.get("/documents").text)
    page = client.get("/documents?sort=title").text
    assert titles != sorted(titles, key=str.casefold)
    newest = client.get("/documents?sort=newest").text
    years = re.findall(r'class="nowrap">(\d{4})', newest)
    assert years == sorted(years, reverse=True), "also where some are not sure"
    assert re.findall(r'<a href="/documents/[^"]+">([^<]+)</a><span class="source">', page) == sorted(
        titles, key=str.casefold
    )
    sheet = client.get("/documents/list.csv?sort=title&year=2021").get_data().decode("utf-8-sig")
    assert 'href="/documents/list.csv?sort=title"' in page
    assert [row[2] for row in csv.reader(io.StringIO(sheet))] == ["Tahun", "2021"]


def test_from_one_unsure_document_to_the_next(client: FlaskClient) -> None:
    unsure = re.findall(r'<a href="/documents/([\w-]+)">', client.get("/documents?state=unsure").text)
    assert len(unsure) > 1
    page = client.get(f"/documents/{unsure[0]}").text
    assert f'href="/documents/{unsure[1]}#tags-title"' in page
    form = dict(re.findall(r'type="hidden" name="(token|before)" value="([^"]*)"', page.split("/tags", 1)[1]))
    answer = client.post(f"/documents/{unsure[0]}/tags", data=form)
    page = client.get(answer.location).text
    assert f'href="/documents/{unsure[1]}#tags-title"' in page, "also from the one that is sure by now"


def test_what_could_not_be_taken_in_is_told_in_words(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "lampiran.pdf").write_bytes(b"%PDF-1.7")
    assert [one.code for one in empty.ingest([tmp_path / "lampiran.pdf"])] == ["damaged"]
    browser = create_app(empty).test_client()
    assert "berkas: lampiran.pdf, alasan: rusak" in browser.get("/log").text
    assert set(SENTENCES) - set(REASON_NAMES) == {"no-ocr", "no-page"}, "which no ingest ends with"


def test_a_form_that_the_server_never_reads_is_refused_by_a_page(
    empty: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HTTPChannel, "error_task_class", staticmethod(refuse))
    app = create_app(empty)
    server = waitress.create_server(app, port=0, ident=None, max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1)
    threading.Thread(target=server.run, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port)
    connection.putrequest("POST", "/check")
    for name, value in (("Content-Length", str(1 << 30)), ("Content-Type", "multipart/form-data; boundary=x")):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "<h1>Terlalu besar</h1>" in answer.read().decode()
    server.close()
