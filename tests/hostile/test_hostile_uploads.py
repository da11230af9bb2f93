"""Files made to harm, through the pages: uploaded, and given as a draft; the server goes on and says what is wrong."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kms.config import ReadingLimits, Settings, Workspace
from kms.library import Library
from webui import create_app

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits on memory are POSIX")
HostileFiles = Callable[[bool], dict[str, Path]]
LIMITS = ReadingLimits(seconds=25.0, seconds_per_page=8.0, memory_mb=700, pages=3000)
A_FEW = ("only-head.pdf", "flipped-0.pdf", "nul.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Workspace(tmp_path / "ws", Settings(jobs=2, reading=LIMITS))) as library:
        yield library


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def send(client: FlaskClient, address: str, field: str, name: str, data: bytes) -> str:
    """Where what became of a file is told, once that is known."""
    page = client.get(address).text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    answer = client.post(
        address, data={"token": found[1], field: (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, (name, answer.status_code)
    end = time.monotonic() + LIMITS.seconds * 4 + 60
    while not client.get(f"{answer.location}/state").json["over"]:  # type: ignore[index]
        assert time.monotonic() < end, f"{name} hangs"
        time.sleep(0.05)
    return str(answer.location)


def send_all(client: FlaskClient, library: Library, files: dict[str, Path], drafts: bool = True) -> int:
    """Upload every file and give it as a draft; the number of those refused, each for a reason."""
    refused = 0
    for name, path in files.items():
        data = path.read_bytes()
        sent = name if name.isprintable() else path.name.encode("utf-8", "replace").decode()
        [outcome] = client.get(f"{send(client, '/upload', 'files', sent, data)}/state").json["outcomes"]  # type: ignore
        assert outcome["outcome"] in ("new", "present", "failed"), outcome
        if outcome["outcome"] == "failed":
            refused += 1
            assert outcome["reason"] and not re.search("Traceback|Error|/tmp/", outcome["reason"]), outcome
        if drafts:
            shown = client.get(send(client, "/check", "file", sent, data))
            assert shown.status_code in (200, 422) and "Traceback" not in shown.text, sent
        assert client.get("/health").status_code == 200
    assert library.verify() == ()
    return refused


def test_a_few_cost_themselves_only(client: FlaskClient, library: Library, hostile_files: HostileFiles) -> None:
    made = hostile_files(False)
    assert 1 <= send_all(client, library, {name: made[name] for name in A_FEW if name in made}) < len(A_FEW)


@pytest.mark.slow
def test_all_that_we_make(client: FlaskClient, library: Library, hostile_files: HostileFiles) -> None:
    files = hostile_files(True)
    print(f"\n{len(files)} uploaded and given as drafts, {send_all(client, library, files)} refused with a reason")


@pytest.mark.slow
def test_the_thirteen_of_the_data(client: FlaskClient, library: Library, data_dir: Path) -> None:
    files = {path.name: path for path in sorted((data_dir / "hostile").iterdir())}
    print(f"\n{len(files)} uploaded and given as drafts, {send_all(client, library, files)} refused with a reason")
