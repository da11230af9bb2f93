"""What keeps a workspace whole: made again, read again, looked through, kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kms.corpus import (
    Damage,
    StagingArea,
    inspect,
    load_decisions,
    sweep,
)
from kms.errors import Damaged, WorkspaceError, why
from kms.language import Message, say
from kms.library.asking import Asking
from kms.library.journal import Entry

if TYPE_CHECKING:
    from kms.corpus.archive import Packed
    from kms.library.rereading import Reread


class Upkeep(Asking):
    """The work of whoever looks after a workspace."""

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Make index and renderings again from the corpus; the number of documents in the index."""
        self.reader.must("admin")
        self.reader.must_see_all()
        with self._lock.hold():
            sweep(self.corpus.path)
            return self._shelves.rebuild(on_progress)

    def reread(
        self, waiting_only: bool = False, on_progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Iterator[Reread]:
        """Read originals anew with the readers of today; ``waiting_only`` those with pictures nobody has read.

        What people said of a document stays. Give the iterator time to end: each document is exchanged by itself.

        Raises:
            Unreadable: ``waiting_only``, and there is nothing here to read pictures with.
        """
        from kms.library.rereading import reread

        self.reader.must("admin")
        self.reader.must_see_all()
        if waiting_only:
            from kms.extract import must_read_pictures

            must_read_pictures(self.workspace.settings.reading)
        self.refresh()
        ids = [one.id for one in self.documents(needs_ocr=True).documents] if waiting_only else self.corpus.ids()
        jobs = self.workspace.settings.jobs
        return reread(self._shelves.corpus, self._shelves, self._lock, self._read_behind, ids, jobs, on_progress)

    def missing_for_pictures(self) -> tuple[Message, ...]:
        """What this machine lacks to read pictures of pages, or to read them well; empty for nothing."""
        from kms.extract import missing_for_pictures

        return missing_for_pictures(self.workspace.settings.reading)

    def verify(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[Damage, ...]:
        """All damage of corpus and index; empty when everything is as it should be. Repairs nothing."""
        ids = self.corpus.ids()
        found: list[Damage] = []
        for number, document_id in enumerate(ids):
            on_progress(number, len(ids))
            found += inspect(self.corpus, document_id)
        on_progress(len(ids), len(ids))
        try:
            load_decisions(self.corpus.path)
        except Damaged as error:
            found.append(Damage(None, "decisions", error.message, error.next_step or error.message))
        return (*found, *self._shelf.index().inspect())

    def backup(self, path: str | Path, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Packed:
        """Write all documents into one new file, while others may go on reading and writing.

        Raises:
            BadInput: the file exists already.
            WorkspaceError: it cannot be written.
        """
        from kms.corpus.archive import pack

        self.reader.must("admin")
        self.reader.must_see_all()
        path = Path(path).absolute()
        try:
            return pack(self.corpus, path, on_progress)
        except OSError as error:
            raise _unwritable(path, error) from error

    def restore(self, path: str | Path, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Bring back all documents of a backup into an empty workspace; how many. The index is made again.

        Raises:
            BadInput: the file is no whole backup, or the workspace has other documents.
            WorkspaceError: something cannot be read or written.
        """
        from kms.corpus.archive import unpack

        self.reader.must("admin")
        self.reader.must_see_all()
        path = Path(path).absolute()
        with self._lock.hold():
            try:
                with StagingArea(self.corpus.path) as area:
                    contents = unpack(path, self.corpus, area, on_progress)
            except OSError as error:
                raise _unwritable(Path(error.filename or path), error) from error
            self._shelves.rebuild()
        return len(contents.documents)

    def log(self, who: str = "", what: str = "", since: str = "", document: str = "") -> Iterator[Entry]:
        """What was done, oldest first: by one person, of one kind, on or since a day ("2026-11-24"), to one document.

        Raises:
            BadInput: the day is none.
        """
        self.reader.must("admin")
        self.reader.must_see_all()
        return self._journal.entries(who, what, since, document)


def _unwritable(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        say("{path} cannot be read or written ({error}).", path=path, error=why(error)),
        say("Check the name, the permissions and the free space of the disk."),
    )
