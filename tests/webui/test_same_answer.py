"""One draft, one answer: the command line, the interface for programs and the pages say the same of it."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient

from kms.cli import run
from kms.clock import local_day
from kms.config import open_workspace
from kms.library import Library
from webui import create_app

PREFIX = "/api/v1"
OF_THE_MOMENT = ("took_ms", "at")
PASSAGE = """Gerbang perumahan yang ditutup sejak petang dan jadwal ronda yang terpisah membuat kedua kelompok tidak
saling mengenal. Kelurahan Mekarwangi lebih baik karena pasar paginya dipakai bersama."""
TITLE = "Kajian Toleransi Antarumat Beragama Kecamatan Mekarjati Kota Tirtaraja"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, sample_dir: Path) -> Path:
    root = tmp_path_factory.mktemp("same") / "work"
    wanted = [*sample_dir.glob("*Toleransi*.pdf"), *sample_dir.glob("RKT*202[01].pdf")]
    assert run(["--workspace", str(root), "ingest", *map(str, wanted)]) == 0
    return root


@pytest.fixture
def client(workspace: Path) -> Iterator[FlaskClient]:
    with Library(open_workspace(workspace)) as library:
        yield create_app(library).test_client()


@pytest.fixture
def drafts(tmp_path: Path, sample_dir: Path) -> Mapping[str, Path]:
    plain = tmp_path / "Kajian Toleransi Kecamatan Mekarjati 2025.txt"
    plain.write_bytes(f"\ufeffPendahuluan\r\n\r\nWarga bertanya mengapa.\r\n{PASSAGE}\r\n".encode())
    word = docx.Document()
    word.add_heading(TITLE, 0)
    word.add_heading("Hasil", 1)
    word.add_paragraph(PASSAGE.replace("\n", " "))
    word.save(str(tmp_path / "draf kajian (1).docx"))
    return {
        ".txt": plain,
        ".docx": tmp_path / "draf kajian (1).docx",
        ".pdf": next(sample_dir.glob("RKT*2022.pdf")),
    }


def of_command(workspace: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(["--workspace", str(workspace), *arguments, "--json"]) in (0, 1)
    return lasting(json.loads(capsys.readouterr().out))


def lasting(answer: Any) -> Any:
    """An answer without what is of the moment; a decision is of its own."""
    moment = OF_THE_MOMENT if "took_ms" in answer else ()
    return {name: value for name, value in answer.items() if name not in moment}


def of_pages(client: FlaskClient, **sent: Any) -> Any:
    """What the report of the pages says as JSON."""
    return lasting(client.get(f"{checked_there(client, **sent)}/report.json").json)


def checked_there(client: FlaskClient, **sent: Any) -> str:
    """The address of a check by the pages, once it is over."""
    token = re.search(r'name="token" value="([^"]+)"', client.get("/check").text)
    assert token
    sent = {"token": token[1], **sent}
    there = client.post("/check", data=sent, content_type="multipart/form-data").location
    for _ in range(400):
        if client.get(f"{there}/state").json["over"]:  # type: ignore[index]
            break
        time.sleep(0.05)
    return str(there)


@pytest.mark.parametrize("ending", [".txt", ".docx", ".pdf"])
def test_a_file_is_told_the_same_everywhere(
    workspace: Path, client: FlaskClient, drafts: Mapping[str, Path], capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    path = drafts[ending]
    told = of_command(workspace, capsys, "check", str(path))
    assert told["matches"] and told["matches"][0]["evidence"], "something is found to be told"
    sent = client.post(f"{PREFIX}/check", query_string={"name": path.name}, data=path.read_bytes(),
                       content_type="application/octet-stream")  # fmt: skip
    assert lasting(sent.json) == told
    assert of_pages(client, file=(io.BytesIO(path.read_bytes()), path.name)) == told


@pytest.mark.parametrize(
    "given",
    [
        {"title": TITLE},
        {"title": TITLE, "text": f"\n Pendahuluan.\n\n{PASSAGE}\n "},
        {"title": f" {TITLE}", "year": "2021", "agency": "Dinas Sosial"},
    ],
)
def test_what_is_typed_is_told_the_same_everywhere(
    workspace: Path, client: FlaskClient, capsys: pytest.CaptureFixture[str], given: dict[str, str]
) -> None:
    told = of_command(
        workspace, capsys, "check", *(word for key, value in given.items() for word in (f"--{key}", value))
    )
    assert told["matches"]
    assert lasting(client.post(f"{PREFIX}/check", json=given).json) == told
    # a browser sends the ends of lines as CR LF
    typed = {key: value.replace("\n", "\r\n") for key, value in given.items()}
    assert of_pages(client, **typed) == told


def test_an_audit_is_told_the_same_everywhere(
    workspace: Path, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    told = of_command(workspace, capsys, "audit")
    assert told["groups"]
    assert lasting(client.post(f"{PREFIX}/audit", json={}).json) == told


def test_a_decision_is_told_everywhere_the_next_time(
    workspace: Path, drafts: Mapping[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = tmp_path / "work"
    shutil.copytree(workspace, root)
    told = of_command(root, capsys, "check", str(drafts[".docx"]))
    document = told["matches"][0]["document"]["id"]
    decided = of_command(root, capsys, "decide", told["draft"]["sha256"], document, "edition", "--why", "Lanjutan 2020")
    said = {name: decided[name] for name in ("choice", "by", "at", "why")}
    other = of_command(root, capsys, "list")["documents"]
    unlike = next(each["id"] for each in other if each["type"] == "rkt")
    of_command(
        root, capsys, "decide", told["draft"]["sha256"], unlike, "not-duplicate", "--why", "Rencana, bukan kajian"
    )
    told = of_command(root, capsys, "check", str(drafts[".docx"]), "--report", str(tmp_path / "lapor.html"))
    decisions = {each["document"]["id"]: each["decision"] for each in told["matches"]}
    assert decisions[document] == said
    assert decisions[unlike]["why"] == "Rencana, bukan kajian", "also of a document that has nothing in common with it"
    day = local_day(said["at"])
    assert run(["--workspace", str(root), "check", str(drafts[".docx"])]) in (0, 1)
    shown = [capsys.readouterr().out, (tmp_path / "lapor.html").read_text("utf-8")]
    with Library(open_workspace(root)) as library:
        client = create_app(library).test_client()
        file = (io.BytesIO(drafts[".docx"].read_bytes()), drafts[".docx"].name)
        there = checked_there(client, file=file)
        assert lasting(client.get(f"{there}/report.json").json) == told
        shown += [client.get(there).text, client.get(f"{there}/report.md").text]
    for text in shown:
        assert all(word in text for word in ("Lanjutan 2020", said["by"], day)), text


def test_a_decision_about_two_documents_is_told_by_an_audit(
    workspace: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = tmp_path / "work"
    shutil.copytree(workspace, root)
    group = of_command(root, capsys, "audit")["groups"][0]
    decided = of_command(root, capsys, "decide", *group["documents"][:2], "duplicate", "--why", "Satu pekerjaan")
    groups = of_command(root, capsys, "audit")["groups"]
    assert decided in [each for group in groups for each in group["decisions"]]
    assert run(["--workspace", str(root), "audit"]) == 0
    assert "Satu pekerjaan" in capsys.readouterr().out
