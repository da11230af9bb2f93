"""Files made to harm, through the command line: each costs itself at most, good ones beside them come in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits on memory are POSIX")

MEMORY_MB = 700
SETTINGS = (
    f"language = 'en'\n[reading]\nseconds = 25.0\nseconds_per_page = 8.0\nmemory_mb = {MEMORY_MB}\npages = 3000\n"
)

# Runs a command and says on the last line of stderr how many kB the largest of its processes had.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True)
class Run:
    lines: list[dict[str, Any]]
    code: int
    errors: str
    largest_mb: float


def ingest(root: Path, files: list[Path], timeout: float) -> Run:
    """Take in files in a workspace below ``root``, with a home and a temporary folder of its own."""
    workspace = root / "workspace"
    for name in ("workspace", "home", "tmp", "cwd"):
        (root / name).mkdir(exist_ok=True)
    (workspace / "kms.toml").write_text(SETTINGS, "utf-8")
    command = [sys.executable, "-m", "kms", "--workspace", str(workspace), "ingest", "--json", "--jobs", "2", "--"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command, *map(str, files)],
        capture_output=True,
        timeout=timeout,
        cwd=root / "cwd",
        env={**os.environ, "HOME": str(root / "home"), "TMPDIR": str(root / "tmp")},
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    lines = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return Run(lines, done.returncode, errors, int(errors.split()[-1]) / 1024)


def check(root: Path, run: Run, good: list[Path], count: int) -> None:
    """Everything that must hold after hostile files, whatever they are."""
    assert "Traceback" not in run.errors, run.errors[-3000:]
    assert len(run.lines) == count
    for line in run.lines:
        assert line["outcome"] in ("new", "present", "failed")
        if line["outcome"] == "failed":
            reason = line["reason"]
            assert reason and "Traceback" not in reason and "Error" not in reason and len(reason) < 600, line
            assert not any(ord(sign) < 32 for sign in reason), line
    came = {line["path"]: line["outcome"] for line in run.lines}
    assert all(came[str(path)] == "new" for path in good)
    assert run.largest_mb < MEMORY_MB + 60
    for name in ("home", "tmp", "cwd"):
        assert list((root / name).iterdir()) == [], f"something was left in {name}"
    assert {path.name for path in root.iterdir()} <= {"workspace", "home", "tmp", "cwd", "good"}
    assert {path.name for path in (root / "workspace").iterdir()} <= {"corpus", "index", "kms.toml", "log", "logs"}
    assert list((root / "workspace/corpus/.staging").iterdir()) == []
    for command in (["verify"], ["search", "kajian", "--json"], ["list"], ["list", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "kms", "--workspace", str(root / "workspace"), *command],
            capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
        assert b"\x1b" not in done.stdout and b"\x9b" not in done.stdout.replace(b"\xc2\x9b", b"\x9b")
        assert "\u202e".encode() not in done.stdout or "--json" in command
        assert b"root:x:" not in done.stdout


def good_files(root: Path) -> list[Path]:
    (root / "good").mkdir()
    good = [root / "good" / f"baik-{number}.txt" for number in range(3)]
    for path in good:
        path.write_text(f"Kajian kerukunan yang baik {path.name}\n" * 20, "utf-8")
    return good


HostileFiles = Callable[[bool], dict[str, Path]]


def test_a_few_of_every_kind(tmp_path: Path, hostile_files: HostileFiles) -> None:
    good = good_files(tmp_path)
    files = list(hostile_files(False).values())
    run = ingest(tmp_path, [good[0], *files, *good[1:]], timeout=600)
    check(tmp_path, run, good, len(files) + len(good))
    assert run.code == 2


@pytest.mark.slow
def test_all_that_we_make(tmp_path: Path, hostile_files: HostileFiles) -> None:
    good = good_files(tmp_path)
    files = list(hostile_files(True).values())
    run = ingest(tmp_path, [good[0], *files, *good[1:]], timeout=6000)
    failed = {Path(line["path"]).name: line["reason"] for line in run.lines if line["outcome"] == "failed"}
    print(f"\n{len(files)} hostile files, {len(failed)} refused, largest process {run.largest_mb:.0f} MB")
    for name, reason in sorted(failed.items()):
        print(f"  {name[:40]!r}: {reason[:150]}")
    check(tmp_path, run, good, len(files) + len(good))


@pytest.mark.slow
def test_the_thirteen_of_the_data(tmp_path: Path, data_dir: Path) -> None:
    good = good_files(tmp_path)
    files = sorted((data_dir / "hostile").iterdir())
    run = ingest(tmp_path, [good[0], *files, *good[1:]], timeout=3000)
    for line in run.lines:
        print(f"  {Path(line['path']).name}: {line['outcome']} {line['reason'] or ''}")
    check(tmp_path, run, good, len(files) + len(good))


def test_what_is_no_file_does_not_hang(tmp_path: Path) -> None:
    good = good_files(tmp_path)
    pipe = tmp_path / "good" / "pipa.txt"
    os.mkfifo(pipe)
    (tmp_path / "good" / "nol.txt").symlink_to("/dev/zero")
    (tmp_path / "good" / "putus.txt").symlink_to("tidak-ada")
    (tmp_path / "good" / "lingkar.txt").symlink_to("lingkar.txt")
    run = ingest(tmp_path, [tmp_path / "good"], timeout=120)
    check(tmp_path, run, good, 7)
