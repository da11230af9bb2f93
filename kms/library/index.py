"""The index beside the corpus: kept in step, repaired by comparing fingerprints, made again when it is of no use."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kms.corpus import RENDERING, Corpus, Damage
from kms.engines.engine import Batch, Engine
from kms.errors import Busy, Damaged, IndexDamaged, NotFound, WorkspaceError, why
from kms.language import Message, say
from kms.library.catalogue import Card, Catalogue, Sentinel, load_catalogue, make_card, save_catalogue
from kms.library.lock import WriterLock
from kms.library.studies import Studies
from kms.model import ACCESS_LEVELS, Document

FORMAT = 7
"""Changes whenever the index is laid out otherwise, or other words or keywords of a page go into it."""

PAGES_PER_BATCH = 1500
"""Pages after which what was read is committed: a batch costs the same however few it has."""
FOLDERS = "pages-"


@dataclass(frozen=True)
class Difference:
    """What the corpus has and the index has not, in ids: ``changed`` or new ones, and those that are ``gone``."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


@dataclass(frozen=True)
class View:
    """The index as it was at one moment: ``engine`` is None where there is no index yet."""

    engine: Engine | None
    catalogue: Catalogue


@dataclass(frozen=True)
class _Reading:
    """A document as it was read for the index; None for one that cannot be understood."""

    id: str
    document: Document | None
    card: Card


class Index:
    """The engine of a workspace and its catalogue.

    ``studies`` are kept in step with it, where it is to see to them.
    `view` and `difference` only read. `heal` repairs if it gets the writer lock; `update` and `rebuild` want it held.
    A rebuilt index is made in a folder of its own and takes over when the catalogue names it, so that readers see the
    old one until the new one is whole.
    """

    def __init__(
        self,
        folder: Path,
        corpus: Corpus,
        open_engine: Callable[[Path], Engine],
        sentinel: tuple[str, str],
        lock: WriterLock,
        tell: Callable[[Message], None],
        studies: Studies | None = None,
    ) -> None:
        self._folder = folder
        self._corpus = corpus
        self._open_engine = open_engine
        self._sentinel = Sentinel(FORMAT, *sentinel, RENDERING)
        self._lock = lock
        self._tell = tell
        self._studies = studies
        self._opening = threading.RLock()
        self._read_at: tuple[int, int, int] | None = None
        self._view = View(None, self._new_catalogue())
        self._open: dict[str, Engine] = {}
        self.before_restricted: Callable[[], None] = lambda: None
        """Called before documents come in that not everybody may see."""

    def view(self) -> View:
        """The index as it is on the disk now.

        Raises:
            IndexDamaged: its files cannot be read.
        """
        with self._opening:
            stamp = _stamp(self._folder / "catalogue.json")
            if stamp != self._read_at:
                catalogue = load_catalogue(self._folder)
                if catalogue is None or catalogue.sentinel != self._sentinel:
                    self._view = View(None, self._new_catalogue())
                else:
                    self._view = View(self._engine(catalogue.folder), catalogue)
                self._read_at = stamp
            return self._view

    def difference(self, catalogue: Catalogue) -> Difference:
        """What has to be brought in and taken out, by the cheap fingerprints."""
        ids = self._corpus.ids()
        if not ids:
            self._corpus.must_be_there(bool(catalogue.cards))
        changed = []
        for document_id in ids:
            card = catalogue.cards.get(document_id)
            try:
                if card is None or card.stamp != self._corpus.stamp(document_id):
                    changed.append(document_id)
            except NotFound:
                continue
        return Difference(tuple(changed), tuple(sorted(set(catalogue.cards) - set(ids))))

    def heal(self, patience: float | None = 0) -> bool:
        """Bring the index into step with the corpus; False when another writer is at work, who will do it, or when the
        disk cannot be written.

        Waits ``patience`` seconds for the lock, 0 not at all, None as long as usual.
        """
        if self._is_in_step():
            return True
        try:
            with self._lock.hold(patience):
                self._repair()
        except (Busy, WorkspaceError):
            return False
        except OSError as error:
            # What is there can still be asked; what it lacks follows when the disk has room again.
            self._tell(say("The index cannot be brought into step with the documents ({error}).", error=why(error)))
            return False
        return True

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Index documents that were just written, and take out those ``gone``. Hold the writer lock."""
        view = self.view()
        if view.engine is None:
            self.rebuild()
            return
        cards = dict(view.catalogue.cards)
        readings = []
        for document in documents:
            try:
                stamp, digest = self._corpus.stamp(document.id), self._corpus.digest(document.id)
            except NotFound:
                continue
            card = cards.get(document.id)
            if card is None or card.digest != digest:
                readings.append(_Reading(document.id, document, make_card(document, stamp, digest)))
            elif card.stamp != stamp:
                cards[document.id] = replace(card, stamp=stamp)
        self._write(view.engine, view.catalogue, cards, readings, gone)

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Make the index again from the corpus; the number of documents in it. Hold the writer lock."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        folder = self._new_folder()
        engine = self._engine(folder)
        catalogue = replace(self._new_catalogue(), folder=folder)
        ids = self._corpus.ids()
        cards: dict[str, Card] = {}
        done = 0
        on_progress(0, len(ids))
        for group in _in_batches(self._read(ids)):
            self._announce(group)
            with engine.batch() as batch:
                for reading in group:
                    cards[reading.id] = reading.card
                    self._add(batch, reading)
            done += len(group)
            on_progress(done, len(ids))
        save_catalogue(self._folder, replace(catalogue, cards=cards))
        self._delete_old(folder)
        if self._studies is not None:
            self._studies.keep_only(cards)
        return sum(card.summary is not None for card in cards.values())

    def cards(self) -> dict[str, Card]:
        """A card for every document as it is now, also for those the index has not taken in yet."""
        catalogue = self.catalogue()
        difference = self.difference(catalogue)
        cards = {name: card for name, card in catalogue.cards.items() if name not in difference.gone}
        cards.update({reading.id: reading.card for reading in self._read(difference.changed)})
        return cards

    def catalogue(self) -> Catalogue:
        """What the index was built from; no cards where it cannot be read."""
        try:
            return self.view().catalogue
        except IndexDamaged:
            return self._new_catalogue()

    def inspect(self) -> Iterator[Damage]:
        """What is wrong with the index; reads only."""
        repair = say("The next command repairs it by itself; `kms rebuild` makes it again.")
        try:
            view = self.view()
            if view.engine is None:
                if self._corpus.ids():
                    yield Damage(None, "index", say("There is no index, or it is of another version."), repair)
                return
            difference = self.difference(view.catalogue)
            count = view.engine.count()
        except IndexDamaged as error:
            yield Damage(None, "index", error.message, repair)
            return
        for document_id in difference.changed:
            yield Damage(
                document_id, "index", say("{where}: not in the index as it is now.", where=document_id), repair
            )
        for document_id in difference.gone:
            yield Damage(document_id, "index", say("{where}: still in the index.", where=document_id), repair)
        if not difference and count != pages_of(view.catalogue):
            sentence = say(
                "The index has {count} pages, the documents {pages}.", count=count, pages=pages_of(view.catalogue)
            )
            yield Damage(None, "index", sentence, repair)

    def close(self) -> None:
        """Let go of open files."""
        with self._opening:
            for engine in self._open.values():
                engine.close()
            self._open.clear()
            self._read_at = None
            self._view = View(None, self._new_catalogue())

    def _is_in_step(self) -> bool:
        try:
            view = self.view()
        except IndexDamaged:
            return False
        if view.engine is None:
            return not self._corpus.ids()
        return not self.difference(view.catalogue) and view.engine.count() == pages_of(view.catalogue)

    def _repair(self) -> None:
        """Compare and bring in what differs; make the index again where it cannot be used. Hold the writer lock."""
        try:
            view = self.view()
            if view.engine is None:
                ids = self._corpus.ids()
                if ids:
                    self._tell(say("Building the index."))
                for document_id in ids:
                    self.render(document_id)
                self.rebuild()
                return
            self._bring_in(view.engine, view.catalogue)
            if view.engine.count() == pages_of(self.view().catalogue):
                return
        except IndexDamaged:
            pass
        self._tell(say("The index is damaged; building it again from the corpus."))
        self.close()
        self.rebuild()

    def _bring_in(self, engine: Engine, catalogue: Catalogue) -> None:
        difference = self.difference(catalogue)
        cards = dict(catalogue.cards)
        changed = []
        for document_id in difference.changed:
            card = cards.get(document_id)
            try:
                stamp = self._corpus.stamp(document_id)
            except NotFound:
                continue
            if card is not None and card.digest == self._corpus.digest(document_id):
                cards[document_id] = replace(card, stamp=stamp)
            else:
                changed.append(document_id)
        if len(changed) > 1:
            self._tell(say("Bringing {count} documents into the index.", count=len(changed)))
        for document_id in changed:
            if document_id in cards:
                self.render(document_id)
        self._write(engine, catalogue, cards, self._read(changed), difference.gone)

    def render(self, document_id: str) -> None:
        """Let document.md follow tags.json, unless there is a mistake in it, which `verify` reports. Hold the lock."""
        with contextlib.suppress(Damaged, NotFound):
            self._corpus.render(document_id)

    def _read(self, ids: Iterable[str]) -> Iterator[_Reading]:
        for document_id in ids:
            try:
                stamp, digest = self._corpus.stamp(document_id), self._corpus.digest(document_id)
                document = self._corpus.document(document_id)
            except NotFound:
                continue
            except Damaged:
                yield _Reading(document_id, None, Card(stamp, digest))
            else:
                yield _Reading(document_id, document, make_card(document, stamp, digest))

    def _write(
        self,
        engine: Engine,
        catalogue: Catalogue,
        cards: dict[str, Card],
        readings: Iterable[_Reading],
        gone: Iterable[str],
    ) -> None:
        """Put changes into the engine, then into the catalogue; after a crash in between they are simply made again."""
        gone = list(gone)
        for document_id in gone:
            cards.pop(document_id, None)
        if self._studies is not None:
            self._studies.drop(gone)
        for group in _in_batches(readings):
            self._announce(group)
            with engine.batch() as batch:
                for document_id in gone:
                    batch.remove(document_id)
                for reading in group:
                    batch.remove(reading.id)
                    cards[reading.id] = reading.card
                    self._add(batch, reading)
            gone = []
            self._save(replace(catalogue, cards=dict(cards)))
        if gone:
            with engine.batch() as batch:
                for document_id in gone:
                    batch.remove(document_id)
        if cards != catalogue.cards:
            self._save(replace(catalogue, cards=cards))

    def _add(self, batch: Batch, reading: _Reading) -> None:
        """Put a document that can be understood into the engine, and describe it for later checks."""
        if reading.document is None:
            return
        from kms.library.entries import entries  # not needed by who only asks

        batch.add(entries(reading.document))
        if self._studies is not None:
            self._studies.keep(reading.document, reading.card.digest)

    def _announce(self, group: Sequence[_Reading]) -> None:
        if any(reading.document and reading.document.access != ACCESS_LEVELS[0] for reading in group):
            self.before_restricted()

    def _save(self, catalogue: Catalogue) -> None:
        save_catalogue(self._folder, catalogue)

    def _new_catalogue(self) -> Catalogue:
        return Catalogue(self._sentinel, "")

    def _engine(self, folder: str) -> Engine:
        with self._opening:
            if folder not in self._open:
                self._open[folder] = self._open_engine(self._folder / folder)
            return self._open[folder]

    def _new_folder(self) -> str:
        """A folder that no catalogue names yet; what is left of an unfinished one is deleted."""
        current = load_catalogue(self._folder)
        self._delete_old(current.folder if current else "")
        numbers = [int(path.name.removeprefix(FOLDERS)) for path in self._generations()]
        folder = f"{FOLDERS}{max(numbers, default=0) + 1}"
        (self._folder / folder).mkdir(mode=0o700)
        return folder

    def _delete_old(self, kept: str) -> None:
        for path in self._generations():
            if path.name != kept:
                shutil.rmtree(path, ignore_errors=True)

    def _generations(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if path.name.removeprefix(FOLDERS).isdecimal()]


def _in_batches(readings: Iterable[_Reading]) -> Iterator[list[_Reading]]:
    """Groups of documents with about as many pages as are good in one batch."""
    group: list[_Reading] = []
    pages = 0
    for reading in readings:
        group.append(reading)
        pages += len(reading.document.content.pages) if reading.document else 0
        if pages >= PAGES_PER_BATCH:
            yield group
            group, pages = [], 0
    if group:
        yield group


def pages_of(catalogue: Catalogue) -> int:
    """How many pages the engine of a catalogue has when the two agree."""
    return sum(card.summary.pages for card in catalogue.cards.values() if card.summary)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
