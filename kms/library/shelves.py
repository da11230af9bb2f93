"""For each clearance the documents that it may see, and an index of these alone, so that nothing else can be counted.

The index folder itself is for those who see everything. Whoever sees less gets ``index/views/<clearance>``, made when
it is first asked for; where nothing is hidden from a clearance, the one index serves all.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kms.corpus import Corpus
from kms.errors import Busy, IndexDamaged
from kms.library.access import HIGHEST, Levels, PermittedCorpus
from kms.library.catalogue import Card
from kms.library.index import Index, View, pages_of
from kms.model import ACCESS_LEVELS, Document

VIEWS = "views"
TRIES = 5
"""How often an answer is made anew because levels changed meanwhile."""
LOOKING = 20.0
"""How many times as long as the last look took nobody looks again, up to `LONGEST` seconds."""

LONGEST = 20.0

Answer = TypeVar("Answer")


class Shelf:
    """The part of a corpus that one clearance may see, and the index to ask about it."""

    def __init__(self, corpus: Corpus, choose: Callable[[], Index], freshness: float) -> None:
        self.corpus = corpus
        self.index = choose
        self._freshness = freshness
        self._looked_at = float("-inf")
        self._took = 0.0
        self._looking = threading.Lock()

    def refresh(self, now: bool = False) -> bool:
        """Bring the index into step with the corpus where nobody else does; whether it is.

        Looks at most every ``freshness`` seconds unless ``now``, and spends at most a twentieth of the time on it;
        never waits for another writer.
        """
        began = time.monotonic()
        patience = max(self._freshness, min(LOOKING * self._took, LONGEST)) if self._freshness else 0.0
        if not now and began - self._looked_at < patience:
            return True
        if not self._looking.acquire(blocking=False):
            return False
        try:
            healed = self.index().heal()
            self._looked_at = time.monotonic()
            self._took = self._looked_at - began
            return healed
        finally:
            self._looking.release()

    def consult(self, ask: Callable[[View], Answer]) -> Answer:
        """The answer of ``ask`` to the index of the moment; a damaged index is made again first.

        Raises:
            IndexDamaged: it is damaged again at once.
        """
        try:
            return ask(_of_documents(self.index().view()))
        except IndexDamaged:
            self.index().heal(patience=None)
            return ask(_of_documents(self.index().view()))

    def cards(self) -> dict[str, Card]:
        """A card for every document as it is now."""
        return self.index().cards()


class RestrictedShelf(Shelf):
    """The shelf of a clearance from which documents may be hidden."""

    corpus: PermittedCorpus

    def __init__(self, corpus: PermittedCorpus, levels: Levels, every: Index, own: Index, freshness: float) -> None:
        super().__init__(corpus, lambda: own if corpus.hides_any() else every, freshness)
        self._levels = levels
        self._every = every

    def consult(self, ask: Callable[[View], Answer]) -> Answer:
        """The answer to ``ask``, made from nothing but documents that were permitted when it was asked.

        Raises:
            Busy: another process keeps the index from following a change of levels.
            IndexDamaged: as `Shelf.consult`.
        """
        for _ in range(TRIES):
            mark = self._levels.mark()
            index = self.index()
            if index is not self._every and not self._is_sound(index):
                index.heal(patience=None)
                if not self._is_sound(index):
                    continue
            answer = super().consult(ask)
            # The index of all may have got hidden documents meanwhile; levels are announced before that.
            if index is not self._every or (mark == self._levels.mark() and not self.corpus.hides_any()):
                return answer
        raise Busy("kms")

    def cards(self) -> dict[str, Card]:
        return {name: card for name, card in super().cards().items() if self.corpus.permits(name)}

    def _is_sound(self, index: Index) -> bool:
        """Whether an index of this clearance holds what its catalogue says and nothing that is hidden."""
        try:
            view = index.view()
            if view.engine is None:
                return not self.corpus.ids()
            return not self.corpus.hides(view.catalogue.cards) and view.engine.count() == pages_of(view.catalogue)
        except IndexDamaged:
            return False


class Shelves:
    """All shelves of a workspace. ``make_index`` makes the index of some documents in a folder."""

    def __init__(
        self, corpus: Corpus, folder: Path, make_index: Callable[[Path, Corpus], Index], freshness: float
    ) -> None:
        self.corpus = corpus
        self.levels = Levels(corpus, freshness)
        self._folder = folder
        self._every = make_index(folder, corpus)
        self._every.before_restricted = self.levels.announce
        self._shelves: dict[str, Shelf] = {HIGHEST: Shelf(corpus, lambda: self._every, freshness)}
        self._views: dict[str, tuple[PermittedCorpus, Index]] = {}
        for clearance in ACCESS_LEVELS[:-1]:
            permitted = PermittedCorpus(corpus, self.levels, clearance)
            own = make_index(self._folder / VIEWS / clearance, permitted)
            self._views[clearance] = permitted, own
            self._shelves[clearance] = RestrictedShelf(permitted, self.levels, self._every, own, freshness)

    def of(self, clearance: str) -> Shelf:
        """The shelf of a clearance."""
        return self._shelves[clearance]

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Bring documents that were just written into every index there is, and take out those ``gone``.

        Hold the writer lock.
        """
        documents, gone = list(documents), list(gone)
        # What becomes hidden leaves the views before anything else is done.
        for clearance, (permitted, own) in self._views.items():
            if self._view_folder(clearance).is_dir():
                seen = [document for document in documents if permitted.permits(document.id)]
                hidden = [document.id for document in documents if not permitted.permits(document.id)]
                own.update(seen, [*gone, *hidden])
        self._every.update(documents, gone)

    def follow(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """As `update`, after a change that stands already: where the disk has no room for it, or somebody deletes the
        index meanwhile, the next opening does it.

        Hold the writer lock.
        """
        with contextlib.suppress(OSError, IndexDamaged):
            self.update(documents, gone)

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Make every index and every document.md again; the number of documents. Hold the writer lock."""
        for document_id in self.corpus.ids():
            self._every.render(document_id)
        for clearance, (permitted, own) in self._views.items():
            if not self._view_folder(clearance).is_dir():
                continue
            if permitted.hides_any():
                own.rebuild()
            else:
                own.close()
                shutil.rmtree(self._view_folder(clearance), ignore_errors=True)
        return self._every.rebuild(on_progress)

    def close(self) -> None:
        """Let go of open files."""
        self._every.close()
        for _, own in self._views.values():
            own.close()

    def _view_folder(self, clearance: str) -> Path:
        return self._folder / VIEWS / clearance


def _of_documents(view: View) -> View:
    """``view`` as it is asked: an index without documents answers as one that was never made."""
    return view if view.catalogue.cards else View(None, view.catalogue)
