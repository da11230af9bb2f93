"""Where a writer prepares folders before they appear in the corpus, and what killed writers left there."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from types import TracebackType

STAGING = ".staging"
TRIES = 10
"""How often an area is deleted that is still there: a file that was being made when it was closed may come last."""


class StagingArea:
    """A folder of one living writer inside ``corpus/.staging``, on the same disk as the documents.

    A lock file beside the folder is held as long as the writer lives; the operating system lets go of it however the
    writer ends, so a folder whose lock is free belongs to nobody. Open it while holding the writer lock.
    """

    def __init__(self, corpus: Path) -> None:
        from filelock import FileLock  # not needed by who only reads

        parent = corpus / STAGING
        parent.mkdir(parents=True, exist_ok=True)
        sweep(corpus)
        self.path = parent / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._lock = FileLock(_lock_path(self.path), thread_local=False)
        self._lock.acquire(timeout=0)
        self.path.mkdir()

    def new_folder(self) -> Path:
        """An empty folder to fill."""
        folder = self.path / secrets.token_hex(8)
        folder.mkdir()
        return folder

    def free_path(self) -> Path:
        """A path in this area where nothing stands."""
        return self.path / secrets.token_hex(8)

    def close(self) -> None:
        """Delete the area and whatever is still in it; who goes on filling it finds that it is not there any more."""
        try:
            gone = self.path.rename(self.path.with_name(f"{self.path.name}.gone"))
        except OSError:
            gone = self.path
        for _ in range(TRIES):
            shutil.rmtree(gone, ignore_errors=True)
            if not gone.exists():
                break
        self._lock.release()
        _lock_path(self.path).unlink(missing_ok=True)

    def __enter__(self) -> StagingArea:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def sweep(corpus: Path) -> int:
    """Delete what writers left that are no longer alive; the number of areas deleted. Hold the writer lock."""
    from filelock import FileLock, Timeout

    parent = corpus / STAGING
    names = {entry.name.removesuffix(".lock") for entry in parent.iterdir()} if parent.is_dir() else set()
    swept = 0
    for name in sorted(names):
        path = parent / name
        lock = FileLock(_lock_path(path), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        lock.release()
        _lock_path(path).unlink(missing_ok=True)
        swept += 1
    return swept


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
