"""Starting a child for one job, watching over it, and saying what became of it."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import msgspec
import psutil

import kms
from kms.config import PATIENCE
from kms.extract.job import Failure, Job

GLANCE = 0.25
"""Seconds between two looks at what a child has spent, and at its memory on a system without limits of its own."""

GRACE = 10.0
"""Seconds between the end of a child's work and its own end."""

OUT_OF_MEMORY_SIGNALS = {"SIGTRAP", "SIGILL", "SIGABRT", "SIGKILL"}
"""How PDFium and the system end a process that gets no more memory."""


@dataclass(frozen=True)
class Result:
    """``answer`` is what the child left, None when it died; then ``failure`` says why and ``page`` where (or None).

    ``seconds`` of processor time are known to have been spent on it.
    """

    answer: bytes | None
    failure: Failure | None = None
    page: int | None = None
    seconds: float = 0.0


class Meter:
    """What a process may still spend from now on: seconds of processor time, or `PATIENCE` times that by the clock."""

    def __init__(self, pid: int, seconds: float) -> None:
        self.pid = pid
        self.end_of_work = processor_seconds(pid) + seconds
        self.end = time.monotonic() + PATIENCE * seconds

    @property
    def left(self) -> float:
        """The lesser of the two, in seconds."""
        return min(self.end_of_work - processor_seconds(self.pid), self.end - time.monotonic())


def run(job: Job) -> Result:
    """Do a job in a child process of its own, within the job's limits, and never longer than `PATIENCE` times these."""
    with tempfile.TemporaryDirectory(prefix="kms-") as folder:
        job = replace(job, path=sendable(job.path, Path(folder)), answer=str(Path(folder) / "answer"))
        with (
            (Path(folder) / "errors").open("w+b") as errors,
            subprocess.Popen(
                command("kms.extract.child"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment(),
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            ) as child,
        ):
            seconds = 0.0
            try:
                failure, page = watch(child, job)
                seconds = processor_seconds(child.pid)
                if failure is None:
                    child.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                failure = Failure("time")
            finally:
                kill(child)
            code = child.wait()
            answer = Path(job.answer)
            if failure is None and code == 0 and answer.exists():
                return Result(answer.read_bytes())
            errors.seek(0)
            detail = errors.read()[-4000:].decode("utf-8", "replace")
            return Result(None, failure or death(code, job, detail), page, seconds)


def command(module: str) -> list[str]:
    """What starts a module of kms as a process.

    Never with the user's current folder among the places of modules: its ``json.py`` would be taken for Python's.
    """
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """The environment of a process of kms: ours, with this very kms first among the places of modules."""
    places = [str(Path(kms.__file__).parent.parent), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


def sendable(path: str, folder: Path) -> str:
    """``path``, or the path of a link in ``folder`` that leads there where the bytes of ``path`` are no text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        link = folder / f"original{Path(path).suffix.encode('ascii', 'ignore').decode()}"
        link.symlink_to(path)
        return str(link)
    return path


def watch(child: subprocess.Popen[bytes], job: Job) -> tuple[Failure | None, int | None]:
    """Wait until the child is done: (why it must be stopped or None, the page it was at or None)."""
    assert child.stdin and child.stdout
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=pass_on, args=(child.stdout, lines), daemon=True).start()
    try:
        child.stdin.write(msgspec.json.encode(job))
        child.stdin.close()
    except BrokenPipeError:
        return None, None
    page = None
    whole = Meter(child.pid, job.limits.seconds)
    part = whole
    while True:
        left = min(whole.left, part.left)
        if left <= 0:
            return Failure("time"), page
        try:
            # Half of it, as several threads spend it faster than the clock.
            line = lines.get(timeout=GLANCE if os.name == "nt" else max(left / 2, GLANCE))
        except queue.Empty:
            if os.name == "nt" and memory_mb(child.pid) > job.limits.memory_mb:
                return Failure("memory", {"limit": job.limits.memory_mb}), page
            continue
        if line is None:
            return None, page
        page = int(line)
        # Python code is stopped inside the child after seconds_per_page; this is for what cannot be stopped there.
        part = Meter(child.pid, job.limits.seconds_per_page * job.readers + 5)


def pass_on(stream: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    """Put each line of a stream into a queue, then None."""
    for line in stream:
        lines.put(line)
    lines.put(None)


def processor_seconds(pid: int) -> float:
    """Processor time that a process has spent; 0 when it is gone."""
    try:
        spent = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def memory_mb(pid: int) -> float:
    """Memory of a process in MB; 0 when it is gone."""
    try:
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    except psutil.Error:
        return 0.0


def kill(child: subprocess.Popen[bytes]) -> None:
    """Stop a child, if it still runs, and whatever it has started."""
    if os.name != "posix":
        child.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
        os.killpg(child.pid, signal.SIGKILL)


def death(code: int, job: Job, detail: str) -> Failure:
    """Why a child died that left no answer."""
    name = ""
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
    if name == "SIGXCPU":
        return Failure("time", detail=detail)
    if name in OUT_OF_MEMORY_SIGNALS or "MemoryError" in detail or "bad_alloc" in detail:
        return Failure("memory", {"limit": job.limits.memory_mb}, detail=f"{name} {detail}")
    return Failure("crashed", detail=f"exit {code} {name}\n{detail}")
