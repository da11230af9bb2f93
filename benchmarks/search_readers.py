"""Eight readers alone, and beside a writer."""

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


def ask_for(seconds: float, workspace: str, out: Any) -> None:
    """One reader: searches until the time is over; what it took and what went wrong."""
    library = Library(open_workspace(workspace))
    queries = asked([text for _, _, text, _ in pages_of(planning())], 100)
    took, errors = [], []
    end = time.monotonic() + seconds
    number = os.getpid()
    while time.monotonic() < end:
        number += 1
        began = time.perf_counter()
        try:
            library.search(queries[number % len(queries)])
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted
            errors.append(repr(error))
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)
    out.put((took, errors))


def readers(seconds: float = 60.0) -> None:
    """Eight readers, first alone and then beside a writer that takes in documents all the time."""
    real = [text for _, _, text, _ in pages_of(planning())]
    for writing in (False, True):
        folder = Path(tempfile.mkdtemp(prefix="kms-readers-"))
        write(Generator(real).documents(2000), folder / "corpus")
        Library(open_workspace(folder)).refresh(now=True)
        queue: Any = multiprocessing.Queue()
        people = [multiprocessing.Process(target=ask_for, args=(seconds, str(folder), queue)) for _ in range(8)]
        for person in people:
            person.start()
        written = 0
        if writing:
            library = Library(open_workspace(folder))
            (folder / "new").mkdir()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                file = folder / "new" / f"{written}.txt"
                file.write_text(f"Dokumen baru {written}\n{real[written % len(real)]}", "utf-8")
                written += sum(one.outcome == "new" for one in library.ingest([file]))
        answers = [queue.get() for _ in people]
        for person in people:
            person.join()
        took = sorted(time for each, _ in answers for time in each)
        errors = [error for _, each in answers for error in each]
        left = [str(path) for path in (folder / "corpus" / ".staging").glob("*")]
        beside = f"beside a writer ({written} documents taken in)" if writing else "alone"
        print(
            f"8 readers {beside}: {len(took)} searches, p50 {took[len(took) // 2]:.1f} ms, "
            f"p95 {took[int(len(took) * 0.95)]:.1f} ms, errors {len(errors)} {errors[:1]}, staging left {len(left)}"
        )
        shutil.rmtree(folder)
