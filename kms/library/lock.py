"""One writer at a time in a workspace, and who it is."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kms.clock import local_moment
from kms.corpus import NO_JSON, now
from kms.errors import Busy, WorkspaceError, why
from kms.language import say

if TYPE_CHECKING:
    from filelock import FileLock

LOCK = ".writer.lock"
HOLDER = ".writer.json"
QUIET = 2.0
"""Seconds that are waited before somebody is told."""


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: ``since`` is UTC (ISO 8601)."""

    pid: int
    host: str
    command: str
    since: str

    def __str__(self) -> str:
        return f"{self.command} (pid {self.pid}, {self.host}, {local_moment(self.since)})"


class WriterLock:
    """The right to change a workspace.

    Held by one thread of one process; the same thread may take it again while it has it. The operating system lets go
    of it when the process ends, however it ends. ``on_wait`` is told once, with the holder, when somebody else has it
    for longer than a moment. ``before`` may stop it all before anything is written, by raising `WorkspaceError`.
    """

    def __init__(
        self,
        folder: Path,
        command: str,
        patience: float,
        on_wait: Callable[[str], None],
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._command = command
        self._patience = patience
        self._on_wait = on_wait
        self._before = before
        self._thread = threading.RLock()
        self._depth = 0

    @cached_property
    def _file(self) -> FileLock:
        from filelock import FileLock  # not needed by who only reads

        return FileLock(self._folder / LOCK, thread_local=False)

    @contextmanager
    def hold(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock inside the block; waits ``patience`` seconds at most, 0 not at all, None as long as usual.

        Raises:
            Busy: somebody else still has it.
            WorkspaceError: the workspace cannot be written to.
        """
        self._take(self._patience if patience is None else patience)
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                with contextlib.suppress(OSError):
                    (self._folder / HOLDER).unlink(missing_ok=True)
                self._file.release()
            self._thread.release()

    def _take(self, patience: float) -> None:
        until = time.monotonic() + patience
        if not self._thread.acquire(timeout=max(patience, 0)):
            raise Busy(self._command)
        try:
            if not self._depth:
                self._before()
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._take_file(until)
            self._depth += 1
        except OSError as error:
            self._thread.release()
            raise WorkspaceError(
                say("{path} cannot be written to ({error}).", path=self._folder, error=why(error)),
                say("Check the folder's permissions and the free space of its disk."),
            ) from error
        except BaseException:
            self._thread.release()
            raise

    def _take_file(self, until: float) -> None:
        import platform

        from filelock import Timeout

        try:
            self._file.acquire(timeout=0)
        except Timeout:
            if until <= time.monotonic() or not self._wait(until):
                raise Busy(self.holder()) from None
        try:
            holder = Holder(os.getpid(), platform.node(), self._command, now())
            # On a full disk the lock is held all the same: whoever makes room needs it.
            with contextlib.suppress(OSError):
                (self._folder / HOLDER).write_bytes(msgspec.json.encode(holder))
        except BaseException:
            self._file.release()
            raise

    def _wait(self, until: float) -> bool:
        """Wait for the file's lock; whether it was got. Most are done in a moment, and that is no news."""
        from filelock import Timeout

        for silent in (True, False):
            patience = max(0.0, until - time.monotonic())
            if not silent:
                self._on_wait(self.holder())
            try:
                self._file.acquire(timeout=min(patience, QUIET) if silent else patience)
            except Timeout:
                continue
            return True
        return False

    def holder(self) -> str:
        """Who holds the lock, as far as is known."""
        try:
            return str(msgspec.json.decode((self._folder / HOLDER).read_bytes(), type=Holder))
        except (OSError, *NO_JSON):
            return "?"
