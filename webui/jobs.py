"""Work that takes longer than a page may: done in the background, watched by the browser that asked for it.

A job lives in memory only, for as long as somebody may still look at its result, and is seen by the browser session
that began it and nobody else.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal, cast

from flask import Flask, current_app

from kms.errors import Busy, KmsError, NotFound, WorkspaceError
from kms.language import say
from kms.library.aside import SURPRISE
from webui.safety import token
from webui.troubles import UNUSABLE, without_paths

KEY = "kms_jobs"
AT_ONCE = {"check": 2, "upload": 2, "audit": 1}
"""For each kind of work how many pieces are done at a time."""
PROGRAMS = 3
"""Programs that may wait for an answer at once; each takes a thread that pages are answered by."""
IN_MEMORY = 1 << 20
"""Bytes of a file that are kept in memory."""
PIECE = 1 << 20
"""Bytes that are copied at a time."""
KEPT = 60
"""Results from which on those are forgotten that nobody has looked at for `LEFT_SECONDS`."""
KEPT_BYTES = 400 << 20
"""Bytes of files that wait or are kept with a result, all together."""
KEPT_SECONDS = 2 * 3600
"""How long a result is kept that nobody looks at."""
LEFT_SECONDS = 60.0
"""Seconds after which nobody is taken to watch a job any more, where there are many."""
log = logging.getLogger("kms.web")

MOST_WAITING = 40

State = Literal["waiting", "running", "done", "failed"]
Work = Callable[["Job"], Any]


class HeldFile:
    """A file that was sent, for as long as something wants it: a small one in memory, a large one in a file without a
    name, which is gone from the disk with this program whatever happens to it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - it lives as long as this object
        shutil.copyfileobj(stream, self._file, PIECE)
        self.size = self._file.tell()
        self._file.seek(0)
        self.head = self._file.read(1024)
        self._reading = threading.Lock()

    def copy_to(self, path: Path) -> None:
        """Write it to ``path``, where there is no file yet."""
        with self._reading, path.open("xb") as copy:
            self._file.seek(0)
            shutil.copyfileobj(self._file, copy, PIECE)


@dataclass
class Job:
    """One piece of work. ``done`` of ``total`` steps (0 while unknown); ``result`` is what it gave, ``error`` why not.

    ``told`` grows while it runs, for work that has something to show before its end. ``holds`` and ``given`` are what
    views need of a draft: the file, and what was typed into which field.
    """

    id: str
    kind: str
    owner: str
    work: Work
    label: str = ""
    holds: HeldFile | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    state: State = "waiting"
    done: int = 0
    total: int = 0
    result: Any = None
    error: KmsError | None = None
    told: list[Any] = field(default_factory=list)
    touched: float = field(default_factory=time.monotonic)

    def progress(self, done: int, total: int) -> None:
        """For the ``on_progress`` of the library."""
        self.done, self.total = done, total

    @property
    def size(self) -> int:
        """How much is held of a draft, in bytes and letters."""
        return sum(map(len, self.given.values())) + (self.holds.size if self.holds else 0)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Crowded(Busy):
    """Too much work is waiting for its turn."""

    def __init__(self) -> None:
        KmsError.__init__(
            self,
            say("Too many checks and uploads are waiting at the moment."),
            say("Try again in a few minutes."),
        )
        self.holder = "kms serve"


class Jobs:
    """The jobs of an application."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._programs = threading.BoundedSemaphore(PROGRAMS)
        self._pools = {
            kind: ThreadPoolExecutor(count, thread_name_prefix=f"kms-{kind}") for kind, count in AT_ONCE.items()
        }

    def start(
        self,
        kind: str,
        work: Work,
        label: str = "",
        holds: HeldFile | None = None,
        given: Mapping[str, str] = MappingProxyType({}),
    ) -> Job:
        """Begin a piece of work for the browser that asks.

        Raises:
            Crowded: too much is waiting.
        """
        job = Job(secrets.token_urlsafe(18), kind, token(), work, label, holds, given)
        with self._lock:
            self._drop_old()
            waiting = [each for each in self._jobs.values() if not each.over]
            if len(waiting) >= MOST_WAITING or (waiting and job.size + sum(each.size for each in waiting) > KEPT_BYTES):
                raise Crowded
            self._jobs[job.id] = job
        self._pools[kind].submit(_run, job)
        return job

    def answer(self, kind: str, work: Work) -> Any:
        """What a piece of work gives, for a program that waits for it; nothing is kept.

        Raises:
            Crowded: too many programs are waiting.
            KmsError: whatever the work raises.
        """
        if not self._programs.acquire(blocking=False):
            raise Crowded
        try:
            return self._pools[kind].submit(work, Job("", kind, "", work)).result()
        finally:
            self._programs.release()

    def again(self, job: Job) -> None:
        """Do a piece of work anew, under the same id."""
        job.state, job.done, job.total, job.result, job.error, job.told = "waiting", 0, 0, None, None, []
        self._pools[job.kind].submit(_run, job)

    def get(self, kind: str, job_id: str) -> Job:
        """The job of that id, if it is of that kind and the browser that asks began it.

        Raises:
            NotFound: there is none, or it is no longer kept.
        """
        job = self._jobs.get(job_id)
        if job is None or job.kind != kind or not secrets.compare_digest(job.owner, token()):
            raise NotFound(
                job_id,
                say("This result is no longer kept."),
                say("Results are kept for two hours, in the memory of the program only. Begin again."),
            )
        job.touched = time.monotonic()
        return job

    def _drop_old(self) -> None:
        """Forget what nobody has looked at for long; hold the lock."""
        by_age = sorted((job for job in self._jobs.values() if job.over), key=lambda job: job.touched)
        held = sum(job.size for job in self._jobs.values())
        for job in by_age:
            unseen = time.monotonic() - job.touched
            if unseen > KEPT_SECONDS or (len(self._jobs) >= KEPT and unseen > LEFT_SECONDS) or held > KEPT_BYTES:
                held -= job.size
                del self._jobs[job.id]


def _run(job: Job) -> None:
    job.state = "running"
    try:
        job.result = job.work(job)
        job.state = "done"
    except KmsError as error:
        if isinstance(error, WorkspaceError):
            log.error("job %s: %s", job.kind, error)
        job.error, job.state = without_paths(error), "failed"
    except OSError as error:
        log.exception("job %s", job.kind, exc_info=error)
        job.error, job.state = KmsError(*UNUSABLE), "failed"
    except Exception:  # whatever it was goes to the log; the page says that something went wrong
        log.exception("job %s", job.kind)
        job.error = KmsError(*SURPRISE)
        job.state = "failed"
    job.touched = time.monotonic()


def jobs() -> Jobs:
    """The jobs of the application that answers."""
    return cast(Jobs, current_app.extensions[KEY])


def keep_jobs(app: Flask) -> None:
    """Give an application its jobs."""
    app.extensions[KEY] = Jobs()
