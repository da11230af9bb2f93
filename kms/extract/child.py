"""The child process: one document, under limits, nothing of it in the parent's memory. Run as a module by `process`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import msgspec

from kms.config import PATIENCE
from kms.extract.job import CannotRead, Failure, Job, Outcome
from kms.extract.priority import give_way, take_at_most


class PageTooSlow(Exception):
    """A single page took longer than it may."""


def main() -> None:
    """Do the one job that stands on standard input and leave the answer in the file it names."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    progress = os.dup(1)
    os.dup2(2, 1)  # what C libraries print must not be taken for progress
    confine(job)
    if job.background:
        give_way()

    def report(page: int) -> None:
        os.write(progress, b"%d\n" % page)

    work = {"read": lambda: read(job, report), "words": lambda: place_words(job), "sight": look}
    answer = draw(job) if job.work == "picture" else msgspec.json.encode(work[job.work]())
    Path(job.answer).write_bytes(answer)
    sys.stdout.flush()
    os._exit(0)  # finalisers of foreign libraries have nothing left to do


def read(job: Job, report: Callable[[int], None]) -> Outcome:
    """What the file says, or why it cannot be read."""
    from kms.extract.content import read_content

    return attempt(job, lambda: Outcome(extraction=read_content(job, report)))


def place_words(job: Job) -> Outcome:
    """The words of one page with their places, or why they cannot be told."""
    from kms.extract.words import page_words

    return attempt(job, lambda: Outcome(words=page_words(job)))


def look() -> Outcome:
    """What is missing to read pictures well, with a failure where they cannot be read at all."""
    from kms.extract.ocr import availability

    found = availability()
    return Outcome(failure=None if found.ready else Failure("no-ocr"), notes=found.missing)


def attempt(job: Job, work: Callable[[], Outcome]) -> Outcome:
    """What ``work`` gives, or why it failed."""
    try:
        return work()
    except CannotRead as error:
        return Outcome(failure=error.failure)
    except MemoryError:
        return Outcome(failure=Failure("memory", {"limit": job.limits.memory_mb}))
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes is told to the parent with its traceback
        return Outcome(failure=Failure("damaged", detail=traceback.format_exc()))


def draw(job: Job) -> bytes:
    """The page as PNG, or the JSON of an `Outcome` with a failure, which a PNG can never be taken for."""
    from kms.extract.picture import page_png

    try:
        return page_png(job)
    except CannotRead as error:
        failure = error.failure
    except MemoryError:
        failure = Failure("memory", {"limit": job.limits.memory_mb})
    except Exception:  # noqa: BLE001 - as above
        failure = Failure("damaged", detail=traceback.format_exc())
    return msgspec.json.encode(Outcome(failure=failure))


def confine(job: Job) -> None:
    """Bound memory, processor time and files of this process, and let it die with its parent, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    limits = job.limits
    seconds = int(limits.seconds) + 10
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_mb << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 4 << 30),
        (resource.RLIMIT_CORE, 0),
    ):
        take_at_most(kind, value)
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Break off Python code that takes more processor time, or `PATIENCE` times that by the clock, with `PageTooSlow`.

    No effect where the system has no timers.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise PageTooSlow

    before = [(number, signal.signal(number, ring)) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before:
            signal.signal(number, handler)


if __name__ == "__main__":
    main()
