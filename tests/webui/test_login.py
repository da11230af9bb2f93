"""Logins: who comes in, what their role lets them do, and that a hidden document is as one that does not exist."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kms.config import Settings, Workspace
from kms.errors import KmsError
from kms.library import Library
from kms.library.access import LOWEST, Reader
from kms.library.accounts import Accounts
from kms.model import Extraction, Page, Table, Tag
from webui import create_app
from webui.doors import OPEN

PASSWORD = "sembilan ekor kuda laut"
PEOPLE = {"sari": ("admin", "rahasia"), "tuti": ("editor", "terbatas"), "budi": ("reader", "umum")}


def read(path: Path) -> Extraction:
    text = path.read_text("utf-8")
    tags = (Tag("title", path.stem, 1), Tag("type", "kajian", 1), Tag("year", "2021", 1), Tag("agency", path.stem, 1))
    table = Table(1, (1,), "Tabel", ("a",), ((text,),), (0, 0, 1, 1))
    return Extraction("txt", (Page(1, text),), (table,), tags=tags)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("login")
    accounts = Accounts(root / "work")
    for name, (role, clearance) in PEOPLE.items():
        accounts.add(name, PASSWORD, role, clearance)
    with Library(Workspace(root / "work", Settings(jobs=1)), read=read, freshness=0) as library:
        for name, level in (("terbuka", "umum"), ("tertutup", "rahasia")):
            path = root / f"{name}.txt"
            path.write_text(f"peta konflik sosial {name} {'zamrud' if level == 'rahasia' else 'batu'}", "utf-8")
            list(library.ingest([path], {"access": [level]}))
        yield library


@pytest.fixture
def enter(client: FlaskClient) -> Callable[[str], FlaskClient]:
    """Logs somebody in with a client of their own."""

    def log_in(name: str, password: str = PASSWORD) -> FlaskClient:
        own = client.application.test_client()
        assert send(own, "/login", "/login", name=name, password=password).status_code == 302
        return own

    return log_in


def send(client: FlaskClient, form: str, to: str, **values: str) -> object:
    """Send a form as a browser does, with the token of the page that it stands on."""
    page = client.get(form).get_data(as_text=True)
    found = re.search(r'name="token" value="([^"]+)"', page)
    return client.post(to, data={"token": found[1] if found else "", **values})


def hidden(library: Library) -> str:
    return next(one.id for one in library.documents().documents if one.access == "rahasia")


def test_nobody_sees_anything_before_logging_in(client: FlaskClient, library: Library) -> None:
    adapter = client.application.url_map.bind("localhost")
    for rule in client.application.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in OPEN:
            continue
        values = {name: 1 if "number" in name else "x" for name in rule.arguments}
        values |= {"form": "csv", "size": "page", "side": "draft", "document_id": hidden(library)}
        try:
            address = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
        except Exception:  # noqa: BLE001 - a converter that wants something else; the address is then not reachable so
            continue
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/login?next="), address
        assert client.get(address, headers={"Accept": "image/png"}).status_code == 401, address
    assert client.get("/nowhere").status_code == 302
    assert client.post("/documents").status_code == 401


def test_the_login_leads_on_to_where_one_wanted_to_go(client: FlaskClient) -> None:
    answer = send(client, "/login?next=/documents%3Fyear%3D2021", "/login", name="budi", password=PASSWORD,
                  next="/documents?year=2021")  # fmt: skip
    assert answer.headers["Location"] == "/documents?year=2021"
    page = client.get("/documents").get_data(as_text=True)
    assert "budi" in page and "terbuka" in page


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "evil"])
def test_a_login_never_leads_elsewhere(client: FlaskClient, address: str) -> None:
    answer = send(client, "/login", "/login", name="budi", password=PASSWORD, next=address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_wrong_password_is_told_and_kept_in_the_log(client: FlaskClient, library: Library) -> None:
    answer = send(client, "/login", "/login", name="budi", password="salah")
    assert answer.status_code == 401 and "budi" in answer.get_data(as_text=True)
    answer = send(client, "/login", "/login", name="rahasia-saya", password="salah")
    assert answer.status_code == 401
    last = list(library.log(what="login"))[-2:]
    assert [(entry.who, entry.result) for entry in last] == [("budi", "failed"), ("?", "failed")]


def test_a_login_without_the_token_of_the_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"name": "budi", "password": PASSWORD}).status_code == 403


def test_after_many_failures_even_the_right_password_waits(library: Library) -> None:
    client = create_app(library).test_client()
    for _ in range(5):
        send(client, "/login", "/login", name="tuti", password="salah")
    answer = send(client, "/login", "/login", name="tuti", password=PASSWORD)
    assert answer.status_code == 401 and "15" in answer.get_data(as_text=True)


def test_cookies_are_for_the_browser_alone_and_for_https_where_there_is_https(client: FlaskClient) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    other = client.application.test_client()
    assert "Secure" in other.get("/login", base_url="https://localhost").headers["Set-Cookie"]


def test_logging_out_ends_the_session_also_for_a_copy_of_its_cookie(enter: Callable[[str], FlaskClient]) -> None:
    budi = enter("budi")
    copy = budi.get_cookie("kms_session")
    assert copy and budi.get("/documents").status_code == 200
    send(budi, "/account", "/logout")
    assert budi.get("/documents").status_code == 302
    thief = budi.application.test_client()
    thief.set_cookie("kms_session", copy.value)
    assert thief.get("/documents").status_code == 302


def test_a_new_password_ends_every_other_session(library: Library, enter: Callable[..., FlaskClient]) -> None:
    accounts = Accounts(library.workspace.root)
    accounts.add("wati", PASSWORD, "reader")
    here, there = enter("wati"), enter("wati")
    fresh = "dua belas pohon jati"
    answer = send(here, "/account", "/account", old="salah", password=fresh, again=fresh)
    assert answer.status_code == 400 and there.get("/documents").status_code == 200
    answer = send(here, "/account", "/account", old=PASSWORD, password=fresh, again=fresh)
    assert answer.status_code == 302
    assert here.get("/documents").status_code == 200 and there.get("/documents").status_code == 302
    accounts.remove("wati")
    assert here.get("/documents").status_code == 302


def test_a_forged_session_is_none(client: FlaskClient) -> None:
    client.set_cookie("kms_session", "eyJ1c2VyIjoic2FyaSJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert client.get("/documents").status_code == 302


def test_readers_write_nothing(library: Library, enter: Callable[[str], FlaskClient]) -> None:
    """Every address that takes a write refuses a reader, but for logging out, one's password, and asking by a form."""
    budi = enter("budi")
    asking = ("accounts.log_out", "accounts.change_own_password", "accounts.log_in", "checks.begin", "audits.begin",
              "api.check", "api.audit")  # fmt: skip
    document = next(one.id for one in library.documents().documents if one.access == "umum")
    values = {"document_id": document, "name": "year", "job_id": "x", "number": 1, "place": 1}
    before = library.tags_mark(document), library.corpus.ids()
    token = re.search(r'name="token" value="([^"]+)"', budi.get("/account").get_data(as_text=True))
    assert token
    adapter = budi.application.url_map.bind("localhost")
    for rule in budi.application.url_map.iter_rules():
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            if rule.endpoint in asking:
                continue
            address = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=method)
            answer = budi.open(address, method=method, data={"token": token[1], "value": "2020", "do": "set"})
            assert answer.status_code in (403, 404, 415, 400), (method, address)
    assert (library.tags_mark(document), library.corpus.ids()) == before


@pytest.mark.parametrize("address", ["/people", "/log", "/log.jsonl", "/metrics"])
def test_only_administrators_see_people_log_and_metrics(enter: Callable[[str], FlaskClient], address: str) -> None:
    assert enter("budi").get(address).status_code == 403
    assert enter("sari").get(address).status_code == 200


def test_a_hidden_document_is_as_one_that_does_not_exist(library: Library, enter: Callable[[str], FlaskClient]) -> None:
    budi, sari = enter("budi"), enter("sari")
    adapter = budi.application.url_map.bind("localhost")
    name, other = hidden(library), "tertutup-00000000"
    asked = 0
    for rule in budi.application.url_map.iter_rules():
        if "document_id" not in rule.arguments or "GET" not in rule.methods:
            continue
        values = {"number": 1, "table_number": 1, "form": "csv", "name": "year", "size": "page", "side": "draft"}
        try:
            built = [
                adapter.build(rule.endpoint, {key: {**values, "document_id": one}[key] for key in rule.arguments})
                for one in (name, other)
            ]
        except Exception:  # noqa: BLE001 - as above
            continue
        answers = [budi.get(address, query_string={"q": "zamrud"}) for address in built]
        pages = [re.sub(r"-[0-9a-f]{8}\b|q=\w+|token\" value=\"[^\"]+", "", a.get_data(as_text=True)) for a in answers]
        assert answers[0].status_code == answers[1].status_code == 404, built[0]
        assert pages[0] == pages[1], built[0]
        asked += 1
    assert asked >= 8
    assert sari.get(f"/documents/{name}").status_code == 200


def test_what_is_hidden_shows_in_no_count_and_no_page(library: Library, enter: Callable[[str], FlaskClient]) -> None:
    budi, sari = enter("budi"), enter("sari")
    for address in ("/", "/documents", "/search?q=peta", "/search?q=zamrud", "/search/completions?q=tertut",
                    "/indicators", "/api/v1/documents", "/api/v1/search?q=peta", "/api/v1/complete?q=zam"):  # fmt: skip
        answer = budi.get(address)
        assert "tertutup" not in answer.get_data(as_text=True), address
        assert hidden(library) not in answer.headers.get("Location", "")
    assert budi.get("/api/v1/search?q=zamrud").get_json()["total"] == 0
    assert sari.get("/api/v1/search?q=zamrud").get_json()["total"] == 1


def test_whoever_edits_can_write_to_a_hidden_document_as_little_as_to_none(
    library: Library, enter: Callable[[str], FlaskClient]
) -> None:
    Accounts(library.workspace.root).add("rani", PASSWORD, "editor", "terbatas")
    rani, name = enter("rani"), hidden(library)
    token = re.search(r'name="token" value="([^"]+)"', rani.get("/account").get_data(as_text=True))
    assert token
    adapter, asked = rani.application.url_map.bind("localhost"), 0
    for rule in rani.application.url_map.iter_rules():
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"} if "document_id" in rule.arguments else ():
            told = []
            for one in (name, "tertutup-00000000"):
                values = {key: {"document_id": one, "name": "year"}[key] for key in rule.arguments}
                address = adapter.build(rule.endpoint, values, method=method)
                form = {"data": {"token": token[1], "value": "2020"}} if "/api/" not in address else {"json": {}}
                answer = rani.open(address, method=method, **form)
                told.append((answer.status_code, answer.get_data(as_text=True).replace(one, "")))
            assert told[0][0] == 404 and told[0] == told[1], address
            asked += 1
    assert asked >= 3
    for pair in ([name, "x"], [name, name]):
        given = {"documents": pair, "choice": "edition", "why": "x"}
        answer = rani.post("/api/v1/decisions", json=given, headers={"X-KMS-Token": token[1]})
        other = rani.post("/api/v1/decisions", json={**given, "documents": ["tertutup-00000000", *pair[1:]]})
        assert answer.status_code == other.status_code == 404


def test_a_result_of_a_check_goes_when_a_document_in_it_is_withheld(
    library: Library, enter: Callable[[str], FlaskClient]
) -> None:
    budi, sari = enter("budi"), enter("sari")
    there = send(budi, "/check", "/check", title="peta konflik", text="peta konflik sosial terbuka batu " * 9).location
    while not budi.get(f"{there}/state").json["over"]:
        pass
    assert "terbuka" in re.sub("<title>.*?</title>|<textarea.*?</textarea>", "", budi.get(f"{there}/report.md").text)
    document = next(one.id for one in library.documents().documents if one.access == "umum")
    library.tag(document, {"access": ["rahasia"]}, "admin")
    try:
        for address in (there, f"{there}/report.json", f"{there}/report.html", f"{there}/matches/1/1"):
            answer = budi.get(address)
            assert answer.status_code == 404 and document not in answer.text, address
        assert sari.get(f"/documents/{document}").headers["Cache-Control"] == "no-store"
        assert sari.get(f"/documents/{document}/original").headers["Cache-Control"] == "no-store"
    finally:
        library.tag(document, {"access": ["umum"]}, "admin")


def test_the_time_to_refuse_does_not_tell_a_hidden_document_from_none(
    library: Library, enter: Callable[[str], FlaskClient]
) -> None:
    budi = enter("budi")
    for address in (
        "/api/v1/documents/{}",
        "/documents/{}",
        "/documents/{}/original",
        "/documents/{}/pages/1/page.png",
    ):
        took: dict[str, list[float]] = {hidden(library): [], "tertutup-00000000": []}
        for _ in range(15):
            for name, times in took.items():
                began = time.thread_time()
                assert budi.get(address.format(name)).status_code == 404
                times.append(time.thread_time() - began)
        one, other = (min(times) for times in took.values())
        assert max(one, other) < 1.5 * min(one, other), address


def test_a_page_behind_the_end_of_the_log_shows_its_last_entries(enter: Callable[[str], FlaskClient]) -> None:
    page = enter("sari").get("/log?page=99").get_data(as_text=True)
    assert "<tbody>" in page and 'rel="prev"' not in page


def test_nothing_that_a_person_saw_is_kept_for_who_comes_after_the_logout(
    library: Library, enter: Callable[[str], FlaskClient]
) -> None:
    """Back in the browser shows a page that is merely "no-cache" without asking."""
    document = next(one.id for one in library.documents().documents if one.access == "umum")
    for name in ("sari", "budi"):
        person = enter(name)
        seen = ["/", "/search?q=peta", "/documents", f"/documents/{document}", "/indicators", "/duplicates", "/account"]
        seen.append(send(person, "/check", "/check", title="peta konflik").location)  # type: ignore[attr-defined]
        for address in seen:
            assert person.get(address).headers["Cache-Control"] == "no-store", address


def test_opening_what_is_secret_is_in_the_log_once(library: Library, enter: Callable[[str], FlaskClient]) -> None:
    sari = enter("sari")
    before = len(list(library.log(what="view")))
    sari.get(f"/documents/{hidden(library)}/pages/1")
    [entry] = list(library.log(what="view"))[before:]
    assert (entry.who, entry.document, entry.address) == ("sari", hidden(library), "127.0.0.1")
    assert hidden(library) in sari.get("/log?what=view").get_data(as_text=True)


def test_administrators_make_change_and_remove_accounts(library: Library, enter: Callable[..., FlaskClient]) -> None:
    sari = enter("sari")
    fresh = {"name": "eko", "password": PASSWORD, "again": PASSWORD, "role": "reader", "clearance": "umum"}
    assert send(sari, "/people", "/people", **(fresh | {"again": "x"})).status_code == 400
    assert send(sari, "/people", "/people", **fresh).status_code == 302
    eko = enter("eko")
    assert eko.get("/people").status_code == 403
    assert send(sari, "/people", "/people/eko", do="rights", role="editor", clearance="terbatas").status_code == 302
    assert eko.get("/documents").status_code == 302
    assert send(sari, "/people", "/people/eko", do="remove").status_code == 302
    assert send(sari, "/people", "/people/sari", do="remove").status_code == 400
    assert Accounts(library.workspace.root).find("eko") is None
    assert [entry.detail["change"] for entry in library.log(what="user", who="sari")][-3:] == [
        "add",
        "change",
        "remove",
    ]


def test_programs_send_name_and_password_along(client: FlaskClient) -> None:
    assert client.get("/api/v1/documents", auth=("budi", PASSWORD)).get_json()["total"] == 1
    assert client.get("/api/v1/documents", auth=("sari", PASSWORD)).get_json()["total"] == 2
    assert client.get("/api/v1/documents", auth=("sari", "salah")).status_code == 401
    assert "kms_documents 2" in client.get("/metrics", auth=("sari", PASSWORD)).get_data(as_text=True)


def test_health_says_nothing_but_that_it_answers(client: FlaskClient) -> None:
    assert client.get("/health").get_json() == {"status": "ok"}


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Library]:
    with Library(Workspace(tmp_path / "work", Settings(jobs=1)), read=read) as library:
        yield library


def test_without_accounts_only_this_computer_is_let_in(open_library: Library) -> None:
    client = create_app(open_library).test_client()
    assert client.get("/documents").status_code == 200
    assert client.get("/documents", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 403
    Accounts(open_library.workspace.root).add("sari", PASSWORD, "admin")
    assert client.get("/documents").status_code == 302


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8000", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("kms.kantor.lan", 200),
     ("evil.example", 421), ("evil.example:8000", 421), ("127.0.0.1.evil.example", 421)],
)  # fmt: skip
def test_without_a_login_a_page_elsewhere_cannot_borrow_our_name(open_library: Library, host: str, status: int) -> None:
    client = create_app(open_library, names=("kms.kantor.lan",)).test_client()
    assert client.get("/documents", headers={"Host": host}).status_code == status


def test_whoever_is_let_in_without_a_login_reads_and_no_more(open_library: Library) -> None:
    client = create_app(open_library, Reader("", "reader", LOWEST)).test_client()
    far = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.get("/documents", environ_base=far).status_code == 200
    assert client.get("/people", environ_base=far).status_code == 403
    assert client.get("/log", environ_base=far).status_code == 403


def test_the_command_line_refuses_to_serve_others_without_accounts(tmp_path: Path) -> None:
    from kms.cli import run

    with pytest.raises(KmsError):
        run(["--debug", "--workspace", str(tmp_path), "serve", "--host", "0.0.0.0"])
    with pytest.raises(KmsError):
        run(["--debug", "--workspace", str(tmp_path), "serve", "--proxy", "127.0.0.1"])
