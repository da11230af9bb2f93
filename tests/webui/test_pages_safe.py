"""The pages: their structure, that no document's text acts in the browser, and the headers of every answer."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from kms.library import Library
from kms.text.lines import phrases
from webui import create_app, pages
from webui.rendering import mark_places, mark_text, render_markdown

ALLOWED = {"/", "#", "?"}
NOTE = 'catatan "<b>x'


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.found.append("script")
        if tag in ("iframe", "object", "embed", "style", "base"):
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            if (value := values.get(name)) and value[0] not in ALLOWED:
                self.found.append(f"{name}={value}")
        if "id" in values:
            self.ids.append(values["id"] or "")
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(tag)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def addresses(ids: dict[str, str]) -> list[str]:
    found = ["/", "/search", "/search?q=konflik", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/documents", "/nix"]
    found += ["/search?q=konflik&type=%22%3E%3Cscript%3E", "/documents?agency=%22%3E%3Cscript%3E"]
    for document_id in ids.values():
        found += [f"/documents/{document_id}", f"/documents/{document_id}/pages/1?q=konflik+script"]
    bad = ids["jahat"]
    return [
        *found,
        f"/documents/{bad}/pages/2?q=alert",
        f"/documents/{bad}/tables/1?q=alert",
        "/documents/%3Cscript%3E",
    ]


def test_nothing_that_a_document_says_acts(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in addresses(ids):
        page = read(client.get(address).text)
        assert page.found == [], address


def test_every_page_has_one_title_and_ids_of_its_own(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in addresses(ids):
        answer = client.get(address)
        page = read(answer.text)
        assert page.headings.count("h1") == 1, address
        assert len(page.ids) == len(set(page.ids)), address
        assert '<html lang="id">' in answer.text
        assert 'href="#main"' in answer.text


def test_every_answer_carries_the_headers(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in [*addresses(ids), "/static/kms.css", f"/documents/{ids['rkt-2021']}/original"]:
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_search_finds_marks_and_narrows(client: FlaskClient) -> None:
    page = client.get("/search?q=konflik+sosial").text
    assert "<mark>konflik</mark> <mark>sosial</mark>" in page
    assert "Rencana Kerja Tahunan 2021" in page
    assert "Kajian Kerukunan Pemuda" in page
    narrowed = client.get("/search?q=konflik+sosial&type=rkt").text
    assert "Rencana Kerja Tahunan 2021" in narrowed
    assert "Kajian Kerukunan Pemuda" not in narrowed
    assert "type=kajian" in narrowed, "the other types stay there to be chosen"
    assert client.get("/search?q=konflik&from=2019&to=2020").text.count('class="hit"') == 1


@pytest.mark.parametrize("address", ["/search?q=konflik&year=abc", "/search?q=a&type=nix"])
def test_a_filter_that_makes_no_sense_is_explained(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    page = client.get("/search?q=zzzzqqq&type=rkt").text
    assert 'class="empty"' in page
    assert 'href="/search?q=zzzzqqq"' in page


def test_behind_the_last_page_of_hits_nothing_is_advised_against_the_words(client: FlaskClient) -> None:
    page = client.get("/search?q=konflik&page=9").text
    assert 'href="/search?q=konflik"' in page and "kerukun*" not in page


def test_hits_of_other_words_than_were_typed_are_said_to_be(client: FlaskClient) -> None:
    page = client.get("/search?q=konfilk").text
    assert "Yang ditampilkan adalah hasil untuk" in page and "Mungkin maksud Anda" not in page


def test_a_page_marks_words_and_knows_its_neighbours(client: FlaskClient, ids: dict[str, str]) -> None:
    there = f"/documents/{ids['rkt-2021']}/pages/2"
    page = client.get(f"{there}?q=dini").text
    assert page.count('<mark id="found">') == 1
    assert "<mark>dini</mark>" in page
    assert f"/documents/{ids['rkt-2021']}/pages/3?q=dini" in page
    assert f"/documents/{ids['rkt-2021']}/original#page=2" in page
    assert client.get(f"/documents/{ids['rkt-2021']}/find?q=penutup").location.endswith("/pages/3?q=penutup#found")
    assert client.get(f"/documents/{ids['rkt-2021']}/turn?number=999").location.endswith("/pages/3")
    assert client.get(f"/documents/{ids['rkt-2021']}/pages/4").status_code == 404


def test_the_original_is_given_byte_for_byte(client: FlaskClient, library: Library, ids: dict[str, str]) -> None:
    answer = client.get(f"/documents/{ids['rkt-2021']}/original")
    assert answer.data == library.original(ids["rkt-2021"]).read_bytes()
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    part = client.get(f"/documents/{ids['rkt-2021']}/original", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.data) == (206, b"%PDF-")


def test_a_text_is_never_shown_as_a_page_of_ours(client: FlaskClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/documents/{ids[NOTE]}/original")
    assert answer.mimetype == "text/plain"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert '"<' not in answer.headers["Content-Disposition"]


def test_tables_as_files_hold_no_formula(client: FlaskClient, ids: dict[str, str]) -> None:
    text = client.get(f"/documents/{ids['jahat']}/tables/1.csv").data.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert '"-5,2"' in text
    book = zipfile.ZipFile(io.BytesIO(client.get(f"/documents/{ids['jahat']}/tables/1.xlsx").data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "&lt;script&gt;" in sheet


def test_errors_tell_nothing_of_the_inside(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(library, "search", fail)
    answer = create_app(library).test_client().get("/search?q=x")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_the_language_is_remembered(client: FlaskClient) -> None:
    assert '<html lang="id">' in client.get("/documents").text
    answer = client.get("/documents?type=rkt&lang=en")
    assert answer.location == "/documents?type=rkt"
    assert '<html lang="en">' in client.get("/documents").text


def test_a_write_without_a_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/search").status_code == 403


def test_marks_stay_inside_texts() -> None:
    assert mark_text("a<b>c", [(1, 2), (1, 3)]) == "a<mark>&lt;b</mark>&gt;c"
    html = render_markdown("satu **dua** tiga <script>x</script>")
    assert "<script" not in html
    assert "<strong><mark>dua</mark></strong>" in mark_places(
        html, lambda text: [(text.index("dua"), text.index("dua") + 3)]
    )


def test_pictures_leave_room_for_pages(client: FlaskClient, ids: dict[str, str]) -> None:
    there = f"/documents/{ids['rkt-2021']}/pages/2"
    assert client.get(f"{there}/small.png").mimetype == "image/png"
    assert client.get(f"{there}/marks.svg?q=konflik").mimetype == "image/svg+xml"
    while pages._turns.acquire(blocking=False):
        pass
    try:
        assert client.get(f"{there}/cover.png").status_code == 503
        assert client.get(f"{there}/small.png").status_code == 200, "what is kept needs no turn"
        assert client.get(there).status_code == 200
    finally:
        for _ in range(pages.PICTURES_AT_ONCE):
            pages._turns.release()
    again = client.get(f"{there}/small.png")
    assert client.get(f"{there}/small.png", headers={"If-None-Match": again.headers["ETag"]}).status_code == 304


def test_marks_stand_where_the_words_do(client: FlaskClient, ids: dict[str, str]) -> None:
    there = f"/documents/{ids['rkt-2021']}/pages/2/marks.svg"
    assert client.get(f"{there}?q=konflik").text.count("<rect") == 2
    assert client.get(f"{there}?q=gajah").text.count("<rect") == 0
    assert client.get(f"{there}?at=0-6").text.count("<rect") == 1
    assert client.get(f"{there}?at=9-1,x,99999-100000").text.count("<rect") == 0
    assert client.get(f"{there}?cell=1.99.1").text.count("<rect") == 0


def test_everything_the_machine_read_is_confirmed_at_once(client: FlaskClient, ids: dict[str, str]) -> None:
    there = f"/documents/{ids['kajian-2020']}"
    page = client.get(there).text
    token = re.search(r'name="token" value="([^"]+)"', page)
    before = re.search(rf'action="{there}/tags">.*?name="before" value="([^"]+)"', page, re.DOTALL)
    assert token and before
    stale = client.post(f"{there}/tags", data={"token": token[1], "before": "0"}, follow_redirects=True)
    assert "note-bad" in stale.text
    done = client.post(f"{there}/tags", data={"token": token[1], "before": before[1]}, follow_redirects=True)
    assert f'action="{there}/tags">' not in done.text, "nothing is left to be confirmed"
    assert "badge-warn" not in done.text


def test_no_address_is_written_to_without_a_token(client: FlaskClient, ids: dict[str, str]) -> None:
    values = {"document_id": ids["rkt-2021"], "name": "year", "job_id": "x"}
    for rule in client.application.url_map.iter_rules():
        address = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: values.get(found[1], "1"), rule.rule)
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            answer = client.open(address, method=method, data={"value": "2021", "token": "x"})
            assert answer.status_code == 403, (method, address)


def test_lines_run_on_where_only_the_page_ended_them() -> None:
    lines = (
        "Belanja daerah diarahkan pada peningkatan belanja yang memihak",
        "kepentingan publik terutama dalam pemenuhan kebutuhan dasar untuk melindungi dan meningkatkan",
        "kualitas hidup.",
        "Sasarannya ada dua, yang dijelaskan pada bab berikut ini:",
        "a. kelompok rentan",
        "b. kelompok umum",
    )
    html = render_markdown("  \n".join(lines))
    assert "memihak kepentingan" in html
    assert "meningkatkan kualitas" in html
    assert html.count("<br>") == 3


def test_words_in_a_row_are_marked_as_a_phrase() -> None:
    assert phrases("satu dua, tiga dan empat", [(0, 4), (5, 8), (10, 14), (19, 24)]) == [(0, 14), (19, 24)]
    assert phrases("satu", []) == []
