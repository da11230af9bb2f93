"""A workspace that is open: its parts, and in whose hands it is."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kms.config import Workspace
from kms.corpus import Corpus
from kms.engines.engine import Engine
from kms.errors import NotFound
from kms.language import Message, say
from kms.library.access import LOWEST, Reader
from kms.library.catalogue import knows_documents
from kms.library.index import Index
from kms.library.inside import Inside
from kms.library.journal import Journal
from kms.library.lock import WriterLock
from kms.library.pictures import Pictures
from kms.library.searching import type_meant
from kms.library.shelves import Shelves
from kms.library.studies import Studies
from kms.library.trust import distrust
from kms.model import Document, Extraction, Page
from kms.text import ANALYSER

if TYPE_CHECKING:
    from kms.library.answering import Answerer
    from kms.library.rereading import ReadNamed

Changes = Mapping[str, Sequence[str] | None]


class Opened:
    """What asking, changing and upkeep stand on. See `kms.library.library.Library` for the parameters."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        read: Callable[[Path], Extraction] | None = None,
        open_engine: Callable[[Path], Engine] | None = None,
        command: str = "kms",
        patience: float = 120.0,
        tell: Callable[[Message], None] = lambda message: None,
        freshness: float = 2.0,
        reader: Reader | None = None,
    ) -> None:
        self.workspace = workspace
        self._read = read or self._read_file
        self._read_behind: ReadNamed = self._read_file_behind if read is None else lambda path, name: self._read(path)
        self._pictures = Pictures(workspace.index, workspace.settings.reading)
        self._inside = Inside()
        whole = Corpus(workspace.corpus)
        self._lock = WriterLock(
            workspace.corpus,
            command,
            patience,
            lambda holder: tell(say("Waiting for another process that is writing: {holder}.", holder=holder)),
            lambda: None if whole.is_there() else whole.must_be_there(knows_documents(workspace.index)),
        )

        self._studies = Studies(workspace.index / "studies", whole)

        def make_index(folder: Path, documents: Corpus) -> Index:
            sentinel = (workspace.settings.engine, ANALYSER)
            # The index of all documents sees to their studies; those of what a clearance may see are among them.
            studies = self._studies if documents is whole else None
            return Index(folder, documents, open_engine or self._open_engine, sentinel, self._lock, tell, studies)

        if doubt := distrust(workspace.index):
            tell(doubt)
        self._shelves = Shelves(whole, workspace.index, make_index, freshness)
        self._journal = Journal(workspace.root)
        self._answerers: dict[str, Answerer] = {}
        self._hand_to(reader or Reader())

    def seen_by(self, reader: Reader) -> Self:
        """The same library in the hands of ``reader``: what is above their clearance does not exist in it.

        It costs next to nothing and shares open files with this one; close either and both are closed.
        """
        other = copy.copy(self)
        other._hand_to(reader)
        return other

    def _hand_to(self, reader: Reader) -> None:
        self.reader = reader
        self._shelf = self._shelves.of(reader.clearance)
        self.corpus = self._shelf.corpus
        self._told: set[str] = set()

    @property
    def _answerer(self) -> Answerer:
        """What answers searches: one for each clearance, so that nothing learnt from hidden documents is in reach."""
        from kms.library.answering import Answerer  # a check needs none

        clearance = self.reader.clearance
        known = self._answerers.get(clearance)
        return known or self._answerers.setdefault(clearance, Answerer(self.corpus, self.workspace.root))

    def refresh(self, now: bool = False) -> bool:
        """Bring the index into step with the corpus where nobody else does; whether it is.

        Looks at most every ``freshness`` seconds unless ``now``; never waits for another writer.
        """
        return self._shelf.refresh(now)

    def close(self) -> None:
        """Let go of open files."""
        self._shelves.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def document(self, name: str) -> Document:
        """A document with its pages, tables, tags and indicators."""
        document = self.corpus.document(self.corpus.resolve(name))
        if document.access != LOWEST and document.id not in self._told:
            self._journal.append(self.reader, "view", document.id)
            self._told.add(document.id)
        return document

    def page(self, name: str, number: int) -> Page:
        """Page ``number`` (1-based) of a document.

        Raises:
            NotFound: also when there is no such page.
        """
        document = self.document(name)
        for page in document.content.pages:
            if page.number == number:
                return page
        raise NotFound(
            str(number),
            say("{id} has no page {number}.", id=document.id, number=number),
            say("It has {count} pages.", count=len(document.content.pages)),
        )

    def record(self, what: str, result: str = "ok", **detail: str) -> None:
        """Put into the log something that was done outside of the library, such as a login.

        Raises:
            WorkspaceError: the log cannot be written.
        """
        self._journal.append(self.reader, what, None, result, **detail)

    def _changes(self, changes: Changes) -> dict[str, tuple[str, ...] | None]:
        """``changes`` as the corpus wants them: a period given as a year, other names of types, year against period."""
        result: dict[str, tuple[str, ...] | None] = {}
        for name, values in changes.items():
            if values is None:
                result[name] = None
                continue
            given = tuple(value.strip() for value in values if value.strip())
            if name == "type":
                given = tuple(type_meant(value) for value in given)
            if name == "year" and len(given) == 1 and "-" in given[0].replace("–", "-").strip("-"):
                name = "period"
            result[name] = given
        if result.get("year") and "period" not in result:
            result["period"] = None
        elif result.get("period") and "year" not in result:
            result["year"] = None
        return result

    def _read_file(self, path: Path, name: str = "", background: bool = False) -> Extraction:
        from kms.extract import read_file  # heavy; a search never needs it

        return read_file(path, self.workspace.settings.reading, name, background)

    def _read_file_behind(self, path: Path, name: str = "") -> Extraction:
        return self._read_file(path, name, background=True)

    def _open_engine(self, folder: Path) -> Engine:
        from kms.engines import open_engine

        return open_engine(self.workspace.settings.engine, folder)
