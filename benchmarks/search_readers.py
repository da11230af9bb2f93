"""Eight readers alone, beside a writer, and beside other work; at leisure, and without a pause."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from generated import Generator, write
from planning import pages_of, planning
from search_speed import asked

from kms.config import open_workspace
from kms.library import Library


def ask_for(seconds: float, pause: float, workspace: str, out: Any) -> None:
    """One reader: searches until the time is over, with a ``pause`` of some seconds between two searches.

    What it tells is what the searches took by the clock and of the processor, and what failed.
    """
    library = Library(open_workspace(workspace))
    queries = asked([text for _, _, text, _ in pages_of(planning())], 100)
    took, spent, errors = [], [], []
    end = time.monotonic() + seconds
    number = os.getpid()
    while time.monotonic() < end:
        number += 1
        began, before = time.perf_counter(), time.process_time()
        try:
            library.search(queries[number % len(queries)])
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted
            errors.append(repr(error))
        took.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - before) * 1000)
        time.sleep(pause)
    out.put((took, spent, errors))


def busy(seconds: float, share: float) -> None:
    """Work that has nothing to do with any index, and takes a ``share`` of one processor."""
    end = time.monotonic() + seconds
    began = time.process_time()
    while time.monotonic() < end:
        if time.process_time() - began < share * (seconds - (end - time.monotonic())):
            sum(range(10_000))
        else:
            time.sleep(0.005)


def readers(seconds: float = 60.0) -> None:
    """Eight readers who look at each answer for a moment, then eight who ask without a pause: these fill the processors
    by themselves."""
    for pause in (0.05, 0.0):
        print(f"a pause of {pause} s between two searches of a reader:" if pause else "no pause:")
        _readers(seconds, pause)


def _readers(seconds: float, pause: float) -> None:
    """Eight readers: alone, beside a writer that takes in documents all the time, and beside work that takes as much of
    the processors as that writer did: what the last costs is not of the index."""
    real = [text for _, _, text, _ in pages_of(planning())]
    share = 0.0
    for beside in ("alone", "beside a writer", "beside other work"):
        folder = Path(tempfile.mkdtemp(prefix="kms-readers-"))
        write(Generator(real).documents(2000), folder / "corpus")
        Library(open_workspace(folder)).refresh(now=True)
        queue: Any = multiprocessing.Queue()
        people = [multiprocessing.Process(target=ask_for, args=(seconds, pause, str(folder), queue)) for _ in range(8)]
        for person in people:
            person.start()
        if beside == "beside a writer":
            written, share = write_for(seconds, folder, real)
            beside += f" ({written} documents taken in, {share:.2f} of a processor)"
        elif beside == "beside other work":
            busy(seconds, share)
            beside += f" ({share:.2f} of a processor)"
        answers = [queue.get() for _ in people]
        for person in people:
            person.join()
        took, spent = (sorted(time for answer in answers for time in answer[which]) for which in (0, 1))
        errors = [error for _, _, each in answers for error in each]
        left = [str(path) for path in (folder / "corpus" / ".staging").glob("*")]
        print(
            f"8 readers {beside}: {len(took)} searches, p50 {took[len(took) // 2]:.1f} ms, "
            f"p95 {took[int(len(took) * 0.95)]:.1f} ms, of processor time {spent[len(spent) // 2]:.1f} and "
            f"{spent[int(len(spent) * 0.95)]:.1f} ms, errors {len(errors)} {errors[:1]}, staging left {len(left)}",
            flush=True,
        )
        shutil.rmtree(folder)


def write_for(seconds: float, folder: Path, real: list[str]) -> tuple[int, float]:
    """The writer: how many documents it took in, and how much of one processor that took, reading them included."""
    library = Library(open_workspace(folder))
    (folder / "new").mkdir()
    written, began = 0, time.monotonic()
    before = _processor_time()
    while time.monotonic() < began + seconds:
        file = folder / "new" / f"{written}.txt"
        file.write_text(f"Dokumen baru {written}\n{real[written % len(real)]}", "utf-8")
        written += sum(one.outcome == "new" for one in library.ingest([file]))
    return written, (_processor_time() - before) / (time.monotonic() - began)


def _processor_time() -> float:
    """Seconds of processor time of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
