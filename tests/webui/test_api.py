"""The interface for programs: its description, its answers, its one shape of errors, and that no page can forge."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webui
from kms.library import Library
from webui import create_app
from webui.spreadsheets import KINDS

DESCRIPTION = json.loads((Path(webui.__file__).parent / "openapi.json").read_text("utf-8"))
PREFIX = "/api/v1"


def test_the_description_names_every_route_and_no_other(library: Library) -> None:
    routes = {
        (re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule).removeprefix(PREFIX), method.lower())
        for rule in create_app(library).url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods}
    assert routes == described


def check(value: object, schema: dict[str, object], where: str) -> None:
    """Whether a value has the fields that a schema of the description names, with their types."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[1]
        return check(value, DESCRIPTION["components"]["schemas"][name], where)
    kinds = schema.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    python = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    if value is None:
        assert "null" in kinds or "any" in kinds, where
        return None
    assert any(kind == "any" or (kind != "null" and isinstance(value, python[str(kind)])) for kind in kinds), where
    if "enum" in schema:
        assert value in schema["enum"], where  # type: ignore[operator]
    if isinstance(value, dict):
        for name, part in schema.get("properties", {}).items():  # type: ignore[attr-defined]
            assert name in value, f"{where}.{name}"
            check(value[name], part, f"{where}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, part in enumerate(value):
            check(part, schema["items"], f"{where}[{number}]")  # type: ignore[arg-type]
    return None


def schema_of(path: str, method: str = "get", status: str = "200") -> dict[str, object]:
    answer = DESCRIPTION["paths"][path][method]["responses"][status]
    return answer["content"]["application/json"]["schema"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/search", "/search?q=konflik&type=rkt"),
        ("/complete", "/complete?q=konf"),
        ("/documents", "/documents?unsure"),
        ("/documents/{document_id}", "/documents/{id}"),
        ("/documents/{document_id}/pages/{number}", "/documents/{id}/pages/2"),
        ("/documents/{document_id}/pages", "/documents/{id}/pages?q=konflik"),
        ("/documents/{document_id}/tables", "/documents/{id}/tables"),
        ("/documents/{document_id}/indicators", "/documents/{id}/indicators"),
        ("/documents/{document_id}/similar", "/documents/{id}/similar"),
        ("/indicators", "/indicators?name=konflik"),
        ("/documents/{document_id}/related", "/documents/{id}/related"),
        ("/documents/{document_id}/pages/{number}", "/documents/{id}/pages/2?q=konflik"),
        ("/decisions", "/decisions"),
        ("/overview", "/overview"),
        ("/log", "/log?what=ingest"),
    ],
)
def test_answers_look_as_described(client: FlaskClient, ids: dict[str, str], path: str, address: str) -> None:
    answer = client.get(PREFIX + address.format(id=ids["rkt-2021"]))
    assert answer.status_code == 200
    check(answer.json, schema_of(path), path)


@pytest.mark.parametrize(
    ("path", "address", "kind"),
    [
        ("/documents/{document_id}/original", "/documents/{id}/original", "application/pdf"),
        ("/documents/{document_id}/pages/{number}/{size}.png", "/documents/{id}/pages/2/small.png", "image/png"),
        (
            "/documents/{document_id}/pages/{number}/marks.svg",
            "/documents/{id}/pages/2/marks.svg",
            "image/svg+xml",
        ),
        ("/documents/{document_id}/tables/{table_number}.{form}", "/documents/{id}/tables/1.csv", "text/csv"),
        ("/documents/{document_id}/tables/{table_number}.{form}", "/documents/{id}/tables/1.xlsx", KINDS["xlsx"]),
        ("/indicators.{form}", "/indicators.csv?q=konflik", "text/csv"),
    ],
)
def test_what_is_no_json_is_of_a_kind_described(
    client: FlaskClient, ids: dict[str, str], path: str, address: str, kind: str
) -> None:
    answer = client.get(PREFIX + address.format(id=ids["rkt-2021"]))
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert kind in DESCRIPTION["paths"][path]["get"]["responses"]["200"]["content"]


def test_where_words_stand_in_the_text_of_a_page(client: FlaskClient, ids: dict[str, str]) -> None:
    page = client.get(f"{PREFIX}/documents/{ids['rkt-2021']}/pages/2?q=konflik").json
    assert page
    assert {page["text"][first:last].lower() for first, last in page["marks"]} == {"konflik"}


def test_the_list_is_narrowed_by_words_of_the_title_and_by_switches(client: FlaskClient, ids: dict[str, str]) -> None:
    def found(asked: str) -> set[str]:
        answer = client.get(f"{PREFIX}/documents?{asked}").json
        assert answer
        return {each["id"] for each in answer["documents"]}

    assert found("q=pemuda") == {ids["kajian-2020"]}
    assert found("needs_ocr") == found("needs_ocr=true") == set()
    assert found("needs_ocr=false") == set(ids.values())
    assert client.get(f"{PREFIX}/documents?unsure=perhaps").status_code == 400


def test_the_report_of_a_check_is_an_answer_too(client: FlaskClient) -> None:
    draft = {"title": "Kajian Kerukunan Pemuda"}
    page = client.post(f"{PREFIX}/check?report=html", json=draft)
    assert page.mimetype == "text/html"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert client.post(f"{PREFIX}/check?report=md", json=draft).text.startswith("#")
    assert client.post(f"{PREFIX}/check?report=exe", json=draft).status_code == 400


@pytest.mark.parametrize("form", ["json", "html", "md"])
def test_half_of_a_surrogate_pair_is_no_text(client: FlaskClient, form: str) -> None:
    answer = client.post(f"{PREFIX}/check?report={form}", json={"title": "\ud800"})
    assert answer.status_code == 400
    assert answer.json
    check(answer.json, {"$ref": "#/components/schemas/Error"}, "check")


def test_a_draft_is_checked(client: FlaskClient) -> None:
    answer = client.post(f"{PREFIX}/check", json={"title": "Kajian Kerukunan Pemuda"})
    assert answer.status_code == 200
    check(answer.json, schema_of("/check", "post"), "check")
    check(client.post(f"{PREFIX}/audit", json={}).json, schema_of("/audit", "post"), "audit")


@pytest.mark.parametrize("body", ["[]", "3", "{", '{"documents": ["a"]}', "%PDF-1.7"])
def test_an_audit_refuses_what_it_does_not_understand(client: FlaskClient, body: str) -> None:
    answer = client.post(f"{PREFIX}/audit", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["error"]["message"].count(".") == 1, "one sentence"
    assert client.post(f"{PREFIX}/audit", data="", content_type="application/json").status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/documents/nix", 404, "not-found"),
        ("get", "/nix", 404, "not-found"),
        ("get", "/search", 400, "bad-input"),
        ("get", "/search?q=a&limit=x", 400, "bad-input"),
        ("get", "/search?q=a&type=nix", 400, "bad-input"),
        ("delete", "/search", 405, "not-possible"),
    ],
)
def test_every_error_has_one_shape(client: FlaskClient, method: str, address: str, status: int, code: str) -> None:
    answer = client.open(PREFIX + address, method=method.upper())
    assert answer.status_code == status
    assert answer.json
    assert answer.json["error"]["code"] == code
    check(answer.json, {"$ref": "#/components/schemas/Error"}, address)


def test_what_an_address_takes_is_told_where_it_does_not_take_something(client: FlaskClient) -> None:
    assert "GET" in client.delete(f"{PREFIX}/search").headers["Allow"]


@pytest.mark.parametrize("body", ['{"title": NaN}', '{"title": ["x"]}', '{"title": "x", "year": {}}'])
def test_what_is_no_text_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post(f"{PREFIX}/check", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_sentences_follow_the_language_asked_for(client: FlaskClient) -> None:
    english = client.get(f"{PREFIX}/documents/nix", headers={"Accept-Language": "en"}).json
    other = client.get(f"{PREFIX}/documents/nix").json
    assert english and other
    assert english["error"]["message"] != other["error"]["message"]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""])
def test_a_page_elsewhere_cannot_write(client: FlaskClient, kind: str) -> None:
    answer = client.post(f"{PREFIX}/check", data=b'{"title": "x"}', content_type=kind)
    assert answer.status_code == 403


def test_tags_are_not_overwritten_unseen(client: FlaskClient, ids: dict[str, str]) -> None:
    there = f"{PREFIX}/documents/{ids['kajian-2020']}"
    mark = client.get(there).headers["ETag"]
    first = client.patch(f"{there}/tags", json={"region": "Kota Satu"}, headers={"If-Match": mark})
    assert first.status_code == 200
    assert first.json
    assert first.json["tags"]["region"]["value"] == "Kota Satu"
    second = client.patch(f"{there}/tags", json={"region": "Kota Dua"}, headers={"If-Match": mark})
    assert second.status_code == 409
    assert client.patch(f"{there}/tags", json={"region": None}).status_code == 200
    assert client.patch(f"{there}/tags", json={"year": "gajah"}).status_code == 400


def test_decisions_are_told_by_ids(client: FlaskClient, ids: dict[str, str]) -> None:
    given = {"documents": [ids["rkt-2021"], ids["kajian-2020"]], "choice": "not-duplicate", "why": "Lain hal"}
    assert client.post(f"{PREFIX}/decisions", json=given).status_code == 201
    answer = client.get(f"{PREFIX}/decisions").json
    assert answer
    check(answer, schema_of("/decisions"), "decisions")
    assert {name: answer["decisions"][-1][name] for name in given} == given


def test_a_file_is_taken_in_once(client: FlaskClient) -> None:
    there, sent = (
        f"{PREFIX}/documents?name=surat.md",
        {"data": b"# Surat\n", "content_type": "application/octet-stream"},
    )
    first, second = client.post(there, **sent), client.post(there, **sent)  # type: ignore[arg-type]
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json
    check(first.json, schema_of("/documents", "post", "201"), "ingest")
    assert first.json["path"] == "surat.md"
    assert client.post(f"{PREFIX}/documents?name=x.exe", **sent).status_code == 400  # type: ignore[arg-type]
