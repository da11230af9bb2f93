"""Duplicates: groups with what was decided about them, decided as a whole, and looked for before anybody asks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kms.config import Settings, Workspace
from kms.library import Library
from kms.library.access import Reader
from kms.model import Extraction, Page, Tag
from webui import audits, create_app

STUDY = """Kajian kerukunan warga di Kecamatan Utara. Tujuan kajian ini memetakan peran forum kewaspadaan dini, tokoh
agama dan karang taruna dalam menjaga kerukunan warga. Hasilnya menunjukkan bahwa forum yang bertemu setiap bulan lebih
cepat menengahi perselisihan tentang rumah ibadat, lahan parkir dan pasar malam daripada forum yang jarang bertemu."""


def read_text(path: Path) -> Extraction:
    title = Tag("title", "Kajian Kerukunan Warga Kecamatan Utara", 1, confidence=0.9)
    return Extraction("txt", (Page(1, path.read_text("utf-8")),), tags=(title, Tag("type", "kajian", 1)))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    audits._kept.clear()
    for number in range(3):
        (tmp_path / f"salinan-{number}.txt").write_text(f"{STUDY}\nSalinan {number}.", "utf-8")
    with Library(Workspace(tmp_path / "work", Settings(engine="memory", jobs=1)), read=read_text) as library:
        list(library.ingest(sorted(tmp_path.glob("salinan-*.txt"))))
        yield library


def groups(browser: FlaskClient) -> str:
    """The page of duplicates, when somebody has looked."""
    for _ in range(200):
        page = browser.get("/duplicates").text
        if 'class="card match"' in page:
            return page
        time.sleep(0.05)
    raise AssertionError("nobody ever looks")


def test_a_small_corpus_is_looked_through_unasked_and_decided_as_a_group(shelf: Library) -> None:
    browser = create_app(shelf, look_unasked=True).test_client()
    browser.get("/")
    page = groups(browser)
    assert "1 kelompok" in browser.get("/").text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    members = re.findall(r'name="member" value="([^"]+)"', page)
    assert len(members) == 3
    assert re.findall(r'<option value="([^"]*)" selected', page)[0] == "all"
    sent = {"token": found[1], "member": members, "first": "all", "choice": "duplicate", "why": "Satu kajian"}
    assert browser.post("/duplicates/decisions", data=sent).status_code == 303
    page = browser.get("/duplicates").text
    assert page.count("Satu kajian") == 3, "each pair says who decided and why"
    assert "dugaan ganda" not in browser.get("/").text, "nothing is left to be decided"


def test_a_decision_is_taken_back_where_all_of_them_are_listed(shelf: Library) -> None:
    first, second, _third = (each.id for each in shelf.documents().documents)
    shelf.decide(first, second, "not-duplicate", "sari", "Lain hal")
    browser = create_app(shelf, look_unasked=True).test_client()
    page = groups(browser)
    assert page.count("Lain hal") == 1 and 'value="undecided"' in page
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    sent = {"token": found[1], "first": first, "second": second, "choice": "undecided"}
    assert browser.post("/duplicates/decisions", data=sent).status_code == 303
    assert "Lain hal" not in browser.get("/duplicates").text
    assert shelf.decided() == ()


def test_a_decision_about_a_hidden_document_is_not_told(shelf: Library) -> None:
    first, second, third = (each.id for each in shelf.documents().documents)
    shelf.decide(first, second, "duplicate", "admin", "terlihat")
    shelf.decide(second, third, "duplicate", "admin", "tersembunyi")
    shelf.tag(third, {"access": ["rahasia"]}, "admin")
    assert [each.why for each in shelf.seen_by(Reader("budi", "reader", "umum")).decisions()] == ["terlihat"]
    assert len(shelf.decisions()) == 2


def test_titles_that_several_documents_bear_are_told_apart_by_their_files(shelf: Library) -> None:
    browser = create_app(shelf).test_client()
    for address in ("/documents", "/search?q=kerukunan"):
        page = browser.get(address).text
        assert "salinan-0.txt" in page, address
