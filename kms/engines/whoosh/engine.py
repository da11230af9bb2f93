"""The engine itself: opening and checking the folder, batches, and a snapshot that follows every commit."""

# Parts of Whoosh have no types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.fields import ID, Schema
from whoosh.index import TOC, EmptyIndexError, FileIndex, LockError

from kms.engines.engine import Preference, Reason, Results
from kms.engines.whoosh.arrays import ArrayFileError
from kms.engines.whoosh.cache import Cache
from kms.engines.whoosh.codec import EXTENSION, SegmentReader, durable, synced
from kms.engines.whoosh.snapshot import Snapshot
from kms.engines.whoosh.writing import BatchWriter, alive_pages
from kms.errors import Busy, IndexDamaged
from kms.language import say
from kms.query.tree import Node
from kms.text import ANALYSER

FORMAT = 2
"""Changes whenever the files do."""

INDEX = "MAIN"
TRIES = 20
"""How often a list of segments is read again that a writer is just replacing; tries are 10 ms apart."""

SETTLED = 1_000_000_000
"""Nanoseconds after which a change of a folder shows in its time for sure; clocks of file systems tick slowly."""


class WhooshEngine:
    """An index in ``folder``, made where the folder is missing or empty.

    Raises:
        IndexDamaged: the folder holds something else, or an index made by another format or analyser.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sentinel = {"format": FORMAT, "engine": "whoosh", "analyser": ANALYSER}
        self._storage = durable(folder)
        self._changing = threading.Lock()
        self._readers: dict[str, SegmentReader] = {}
        self._kept = Cache()
        self._snapshot: Snapshot | None = None
        self._changed_at = 0
        self._open()

    def _open(self) -> None:
        if not self._folder.exists():
            self._folder.mkdir(parents=True, mode=0o700)
            self._folder.chmod(0o700)
        path = self._folder / "engine.json"
        # The sentinel is written last: a folder without one was abandoned while it was made, and is made again.
        if not path.exists() and not any(self._folder.glob(f"*{EXTENSION}")):
            FileIndex.create(self._storage, Schema(document=ID), INDEX)
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(self._sentinel), "utf-8")
            synced(fresh)
            fresh.replace(path)
            synced(self._folder)
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise _damaged(self._folder) from error
        if known != self._sentinel:
            raise IndexDamaged(
                say("The index in {folder} was made by another version of kms.", folder=self._folder),
                say("`kms rebuild` makes it again."),
            )
        self._current()

    @contextmanager
    def batch(self) -> Iterator[BatchWriter]:
        try:
            writer = BatchWriter(FileIndex(self._storage, indexname=INDEX))
        except LockError as error:
            raise Busy(str(self._folder)) from error
        except EmptyIndexError as error:
            raise _damaged(self._folder) from error
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def search(
        self,
        query: Node,
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[str] = (),
        prefer: Sequence[Preference] = (),
        latest: str = "",
    ) -> Results:
        return self._current().search(query, limit, offset, facets, prefer, latest)

    def explain(self, query: Node, pages: Sequence[tuple[str, int]]) -> list[tuple[Reason, ...]]:
        return self._current().explain(query, pages)

    def count(self) -> int:
        return self._current().count

    def vocabulary(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        return iter(self._current().vocabulary(prefix))

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        return self._current().frequencies(stems)

    def values(self, keyword: str) -> tuple[tuple[str, int], ...]:
        return self._current().values(keyword)

    def close(self) -> None:
        with self._changing:
            self._snapshot = None
            self._readers = {}

    def _current(self) -> Snapshot:
        """The snapshot of the newest commit, opened when there is a newer one than the last."""
        snapshot = self._snapshot
        try:
            changed_at = self._folder.stat().st_mtime_ns
            if snapshot and changed_at == self._changed_at:
                return snapshot
            settled = time.time_ns() - changed_at > SETTLED
            if snapshot and (self._is_newest(snapshot.generation) if settled else self._is_there(snapshot.generation)):
                if settled:
                    self._changed_at = changed_at
                return snapshot
            with self._changing:
                for attempt in range(TRIES):
                    try:
                        return self._refreshed()
                    except FileNotFoundError:
                        # A writer replaced the list of segments between our reading it and opening them.
                        if attempt == TRIES - 1:
                            raise
                        time.sleep(0.01)
        except (OSError, ArrayFileError, EmptyIndexError, EOFError, ValueError, KeyError) as error:
            raise _damaged(self._folder) from error
        raise AssertionError

    def _is_newest(self, generation: int) -> bool:
        return bool(generation == TOC._latest_generation(self._storage, INDEX))

    def _is_there(self, generation: int) -> bool:
        """Whether a commit is in force, by its own list of segments and the next one's: cheaper than to list all."""
        # Asked a dozen times a search while there are commits: plain strings take half the time of paths.
        this, following = (
            f"{self._folder}{os.sep}{TOC._filename(INDEX, number)}" for number in (generation, generation + 1)
        )
        return os.path.exists(this) and not os.path.exists(following)  # noqa: PTH110

    def _refreshed(self) -> Snapshot:
        before = self._snapshot
        if before and self._is_newest(before.generation):
            return before
        try:
            toc: Any = TOC.read(self._storage, INDEX)
        except (FileNotFoundError, EmptyIndexError):
            raise
        except Exception as error:  # a garbled pickle raises whatever it likes
            raise _damaged(self._folder) from error
        readers = {}
        segments = []
        for segment in toc.segments:
            reader = self._readers.get(segment.segid)
            if reader is None:
                reader = SegmentReader(self._folder / segment.make_filename(EXTENSION), self._kept)
            readers[segment.segid] = reader
            segments.append((reader, alive_pages(segment) if segment.has_deletions() else None))
        self._readers = readers
        self._snapshot = Snapshot(toc.generation, segments, before)
        return self._snapshot


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        say("The index in {folder} cannot be read.", folder=folder), say("`kms rebuild` makes it again.")
    )
