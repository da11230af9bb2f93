"""kill -9 at any moment of an ingest: nothing acknowledged is lost, nothing half-written shows, the index heals."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kms.config import open_workspace
from kms.library import Library

KMS = [sys.executable, "-m", "kms"]
SUBJECTS = ("kerukunan", "pemilih", "konflik", "narkoba", "ormas", "kewaspadaan")


def write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        words = (
            f"Kajian {SUBJECTS[number % len(SUBJECTS)]} nomor{number} Kota Tirtaraja Tahun {2015 + number % 9}\n" * 20
        )
        (folder / f"kajian-{number:02}.txt").write_text(words, "utf-8")


def kms(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KMS, "--workspace", str(workspace), *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def ingest_and_kill(workspace: Path, files: Path, after: float) -> list[str]:
    """Ids acknowledged before the process was killed ``after`` seconds, with all its children."""
    process = subprocess.Popen(
        [*KMS, "--workspace", str(workspace), "ingest", str(files), "--json", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    output, _ = process.communicate()
    whole_lines = output[: output.rfind("\n") + 1].splitlines()
    return [json.loads(line)["id"] for line in whole_lines]


def check_after_kill(workspace: Path, acknowledged: list[str]) -> int:
    """With fresh eyes; the number of documents."""
    with Library(open_workspace(workspace)) as library:
        listing = library.documents()
        ids = {document.id for document in listing.documents}
        assert set(acknowledged) <= ids, "an acknowledged document is lost"
        assert not listing.damaged, "a half-written document shows"
        found = library.search("kajian", limit=200)
        assert {hit.document.id for hit in found.hits} == ids, "the index has not healed"
        assert library.verify() == ()
    return len(ids)


def survive(tmp_path: Path, kills: int, files: int, seed: int) -> int:
    """Kill as many ingests; the number of documents that were acknowledged all together."""
    moments = random.Random(seed)
    source = tmp_path / "files"
    write_files(source, files)
    workspace, acknowledged = tmp_path / "workspace", 0
    for _ in range(kills):
        known = ingest_and_kill(workspace, source, moments.uniform(0.3, 3.0))
        acknowledged += len(known)
        if check_after_kill(workspace, known) == files:
            shutil.rmtree(workspace)
    last = kms(workspace, "ingest", str(source), "--json")
    assert last.returncode == 0, last.stderr
    assert check_after_kill(workspace, []) == files
    assert not list((workspace / "corpus" / ".staging").glob("*/")), "leftovers of killed writers stay"
    return acknowledged


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    survive(tmp_path, kills=5, files=24, seed=20210117)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_many_kills_lose_nothing(tmp_path: Path) -> None:
    assert survive(tmp_path, kills=60, files=24, seed=7) > 0


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_two_writers_at_once_both_finish(tmp_path: Path) -> None:
    source = tmp_path / "files"
    write_files(source, 8)
    workspace = tmp_path / "workspace"
    command = [*KMS, "--workspace", str(workspace), "ingest", str(source), "--json"]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    lines = []
    for writer in writers:
        output, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
        lines += [json.loads(line) for line in output.splitlines()]
    assert sorted(line["outcome"] for line in lines) == ["new"] * 8 + ["present"] * 8
    assert check_after_kill(workspace, []) == 8
