"""Checks and audits in processes beside this one, which let whoever searches go first.

A check is seconds of reckoning; in the process that serves the pages every search would wait for it at each turn. What
is done here is the same as `Library.check` and `Library.audit`, asked with the same words. Questions and answers are
pickles, which is safe as both ends are this program; a draft is still read in a child of its own (`kms.extract`).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kms.config import Workspace
from kms.errors import KmsError
from kms.extract import process
from kms.language import say
from kms.library.access import LOWEST, Reader
from kms.library.checked import Audit, Checked

AT_ONCE = 2
"""Processes; each takes one question at a time."""

WAY_GIVEN = 5
"""How far they give way: somebody waits for a check too, so less far than what is read in the background."""

WARM_UP_AFTER = 2.0
"""Seconds that a server has for its first page before a process is made ready beside it."""

SURPRISE = (
    say("Something went wrong. It has been written to the log."),
    say("Try again; if it happens again, tell whoever looks after this program."),
)

Progress = Callable[[int, int], None]


class Interrupted(KmsError):
    """The process that reckoned came to an end before its answer."""

    def __init__(self) -> None:
        super().__init__(
            say("The work was broken off before its end; this computer may be short of memory."), SURPRISE[1]
        )


@dataclass(frozen=True)
class Question:
    """What is asked of a library in the hands of ``reader``: the name of a method and what it is given."""

    reader: Reader
    method: str
    given: Mapping[str, Any]


class Aside:
    """The processes for one workspace. They begin when they are needed, or before, and end with this process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._idle: list[Worker] = []

    def seen_by(self, reader: Reader) -> AsideLibrary:
        """What can be asked here by ``reader``."""
        return AsideLibrary(self, reader)

    def warm_up(self, after: float = WARM_UP_AFTER) -> threading.Timer:
        """Make a process ready in the background, ``after`` so many seconds, that the first check need not wait for it.

        It checks a title nobody asked about, in the hands of somebody who may see little: so nothing is logged.
        """
        timer = threading.Timer(after, self._check_once)
        timer.daemon = True
        timer.start()
        return timer

    def _check_once(self) -> None:
        with contextlib.suppress(KmsError, OSError):  # whoever checks next is told
            self.seen_by(Reader("", "reader", LOWEST)).check(title="Rencana kerja", text="rencana kerja tahunan")

    def ask(self, question: Question, on_progress: Progress) -> Any:
        """The answer to a question; waits for its turn.

        Raises:
            Interrupted: the process died.
            KmsError, OSError: whatever the library raises.
        """
        with self._turns:
            worker = self._worker()
            try:
                answer, error = worker.ask(question, on_progress)
            except (EOFError, OSError, pickle.UnpicklingError) as broken:
                worker.end()
                raise Interrupted from broken
            except BaseException:
                worker.end()
                raise
            self._idle.append(worker)
            if error is not None:
                raise error
            return answer

    def close(self) -> None:
        """End the processes that have nothing to do."""
        while self._idle:
            self._idle.pop().end()

    def _worker(self) -> Worker:
        """A process that waits for a question. Hold a turn."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_there():
                return worker
            worker.end()
        return Worker(self._workspace)


class AsideLibrary:
    """What takes long of a library, in the hands of one reader."""

    def __init__(self, aside: Aside, reader: Reader) -> None:
        self._aside = aside
        self._reader = reader

    def check(self, file: Path | None = None, *, on_progress: Progress = lambda *_: None, **given: str) -> Checked:
        """As `Library.check`."""
        question = Question(self._reader, "check", {"file": file, **given})
        return cast(Checked, self._aside.ask(question, on_progress))

    def audit(self, on_progress: Progress = lambda *_: None) -> Audit:
        """As `Library.audit`."""
        return cast(Audit, self._aside.ask(Question(self._reader, "audit", {}), on_progress))


class Worker:
    """One process, seen from this side."""

    def __init__(self, workspace: Workspace) -> None:
        self._process = subprocess.Popen(
            process.command("kms.library.aside"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=process.environment(),
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin and self._process.stdout
        self._questions: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        send(self._questions, workspace)

    def is_there(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, question: Question, on_progress: Progress) -> tuple[Any, KmsError | OSError | None]:
        """The answer, and what the library raised in its place or None; raises EOFError where the process dies."""
        send(self._questions, question)
        while True:
            kind, value = pickle.load(self._answers)
            if kind == "progress":
                on_progress(*value)
            else:
                return (None, value) if kind == "error" else (value, None)

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._questions, self._answers):
            try:
                stream.close()
            except OSError:  # it could not be told the rest
                continue


def send(stream: IO[bytes], value: object) -> None:
    """Write one value to the other side."""
    pickle.dump(value, stream)
    stream.flush()


def bound_memory() -> None:
    """Leave half of the machine's memory to others, where the system can see to it: no draft takes the server along."""
    if sys.platform == "win32":
        return
    import resource

    from kms.extract.priority import take_at_most

    take_at_most(resource.RLIMIT_AS, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)


def main() -> None:
    """Answer questions until there are no more."""
    from kms.extract.priority import give_way
    from kms.library.library import Library

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not be taken for an answer
    give_way(WAY_GIVEN)
    bound_memory()
    questions = sys.stdin.buffer

    def report(done: int, total: int) -> None:
        send(answers, ("progress", (done, total)))

    with Library(pickle.load(questions), command="kms serve") as library:
        while True:
            try:
                question: Question = pickle.load(questions)
            except EOFError:
                return
            try:
                method = getattr(library.seen_by(question.reader), question.method)
                answer = ("answer", method(**question.given, on_progress=report))
            except (KmsError, OSError) as error:
                answer = ("error", error)
            except MemoryError:
                answer = ("error", Interrupted())
            except Exception:  # noqa: BLE001 - a bug must not end the process; its story goes to the log of the server
                traceback.print_exc()
                answer = ("error", KmsError(*SURPRISE))
            send(answers, answer)


if __name__ == "__main__":
    main()
