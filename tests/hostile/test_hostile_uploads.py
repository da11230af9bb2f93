"""Files made to harm, through the pages: uploaded, and given as a draft; the server goes on and says what is wrong."""

from __future__ import annotations

import io
import os
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kms.config import ReadingLimits, Settings, Workspace
from kms.extract.child import PATIENCE
from kms.library import Library
from webui import create_app

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits on memory are POSIX")
HostileFiles = Callable[[bool], dict[str, Path]]
LIMITS = ReadingLimits(seconds=25.0, seconds_per_page=8.0, memory_mb=700, pages=3000)
STARTING = 15.0
"""Processor seconds that starting a few children and cleaning up after them may take beside what a file may cost."""
PORTIONS = 4
A_FEW = ("only-head.pdf", "flipped-0.pdf", "nul.txt")


@dataclass
class Costs:
    """What every file took, uploaded and given as a draft: processor seconds of the children, seconds by the clock."""

    refused: int = 0
    taken: list[tuple[float, float, str]] = field(default_factory=list)

    def __str__(self) -> str:
        slowest = ", ".join(f"{name} {spent:.1f} s ({took:.1f})" for spent, took, name in sorted(self.taken)[:-6:-1])
        return f"{self.refused} refused with a reason; the most processor time (by the clock): {slowest}"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Workspace(tmp_path / "ws", Settings(jobs=2, reading=LIMITS))) as library:
        yield library


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def send(client: FlaskClient, address: str, field: str, name: str, data: bytes) -> str:
    """Where what became of a file is told, once that is known; "" where it was refused at once, with a sentence."""
    page = client.get(address).text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    answer = client.post(
        address, data={"token": found[1], field: (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    if answer.status_code == 400:
        assert "note-bad" in answer.text
        return ""
    assert answer.status_code == 303, (name, answer.status_code)
    end = time.monotonic() + LIMITS.seconds * PATIENCE + 60
    while not client.get(f"{answer.location}/state").json["over"]:  # type: ignore[index]
        assert time.monotonic() < end, f"{name} hangs"
        time.sleep(0.05)
    return str(answer.location)


def children_seconds() -> float:
    """Processor time of every child that has ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def send_all(client: FlaskClient, library: Library, files: dict[str, Path], drafts: bool = True) -> Costs:
    """Upload every file and give it as a draft; none costs more than the limits say, none is refused without reason."""
    costs = Costs()
    for name, path in files.items():
        data = path.read_bytes()
        sent = name if name.isprintable() else path.name.encode("utf-8", "replace").decode()
        sent = sent.replace("\n", "%0A").replace("\r", "%0D")  # as browsers send them
        for address, field_name in (("/upload", "files"), ("/check", "file"))[: 2 if drafts else 1]:
            spent, began = children_seconds(), time.monotonic()
            there = send(client, address, field_name, sent, data)
            spent, took = children_seconds() - spent, time.monotonic() - began
            costs.taken.append((spent, took, f"{sent[:30]!r} {address}"))
            assert spent < LIMITS.seconds + STARTING, costs.taken[-1]
            if not there:
                continue
            if address == "/upload":
                costs.refused += was_refused(client, there)
            else:
                shown = client.get(there)
                assert shown.status_code in (200, 422) and "Traceback" not in shown.text, sent
        assert client.get("/health").status_code == 200
    assert library.verify() == ()
    return costs


def was_refused(client: FlaskClient, there: str) -> bool:
    """Whether the one file of an upload was not taken in; then a sentence says why."""
    [outcome] = client.get(f"{there}/state").json["outcomes"]  # type: ignore[index]
    assert outcome["outcome"] in ("new", "present", "failed"), outcome
    if outcome["outcome"] == "failed":
        assert outcome["reason"] and not re.search("Traceback|Error|/tmp/", outcome["reason"]), outcome
    return bool(outcome["outcome"] == "failed")


def test_a_few_cost_themselves_only(client: FlaskClient, library: Library, hostile_files: HostileFiles) -> None:
    made = hostile_files(False)
    assert 1 <= send_all(client, library, {name: made[name] for name in A_FEW if name in made}).refused < len(A_FEW)


@pytest.mark.slow
@pytest.mark.parametrize("portion", range(PORTIONS))
def test_all_that_we_make(client: FlaskClient, library: Library, hostile_files: HostileFiles, portion: int) -> None:
    files = dict(list(hostile_files(True).items())[portion::PORTIONS])
    print(f"\n{len(files)} uploaded and given as drafts, {send_all(client, library, files)}")


@pytest.mark.slow
def test_the_thirteen_of_the_data(client: FlaskClient, library: Library, data_dir: Path) -> None:
    files = {path.name: path for path in sorted((data_dir / "hostile").iterdir())}
    print(f"\n{len(files)} uploaded and given as drafts, {send_all(client, library, files)}")
