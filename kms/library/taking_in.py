"""Taking files in: reading several at once, letting each document appear by itself, indexing in batches."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kms.corpus import Corpus, Correction, Prepared, StagingArea, digest_file
from kms.errors import Damaged, KmsError, Unreadable, why
from kms.language import Message, say
from kms.library.answers import Ingested
from kms.library.gathering import printable
from kms.library.lock import WriterLock
from kms.library.rereading import ReadNamed
from kms.library.shelves import Shelves
from kms.model import Document

LOG = logging.getLogger(__name__)
PAGES_BETWEEN_BATCHES = 1500
SECONDS_BETWEEN_BATCHES = 20.0


@dataclass(frozen=True)
class Intake:
    """The rooms and settings that an ingest works with. ``read`` gives what is in a file or raises Unreadable."""

    corpus: Corpus
    shelves: Shelves
    lock: WriterLock
    read: ReadNamed
    jobs: int


@dataclass(frozen=True)
class _Done:
    """A file that was worked on: prepared to appear, or with nothing left to do."""

    path: Path
    prepared: Prepared | None = None
    outcome: Ingested | None = None


def take_in(
    intake: Intake,
    files: Sequence[Path],
    corrections: Mapping[str, Correction],
    on_progress: Callable[[int, int], None],
) -> Iterator[Ingested]:
    """Take in ``files``, ``intake.jobs`` at once; what became of each, in the order in which they are done.

    When a new document is given out it stands in the corpus, also after a power cut. The index follows a little later
    and is complete when the iterator ends; where it is left early, files that are being read are given up, and the
    next opening repairs the index.
    ``on_progress`` gets the numbers of files done and of all files.
    """
    on_progress(0, len(files))
    with ExitStack() as stack:
        with intake.lock.hold():
            area = stack.enter_context(StagingArea(intake.corpus.path))
        pool = ThreadPoolExecutor(max_workers=max(intake.jobs, 1), thread_name_prefix="ingest")
        stack.push(lambda kind, error, trace: pool.shutdown(wait=kind is None, cancel_futures=True))
        waiting: set[Future[_Done]] = {pool.submit(_prepare, intake, area, path, corrections) for path in files}
        backlog = _Backlog(intake)
        done = 0
        while waiting:
            ready, waiting = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in ready:
                answer, document = _let_appear(intake, area, future.result())
                done += 1
                on_progress(done, len(files))
                yield answer
                if document:
                    backlog.add(document)
            backlog.flush_when_due()
        backlog.flush()


class _Backlog:
    """Documents that stand in the corpus and wait for the index."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._documents: list[Document] = []
        self._pages = 0
        self._since = time.monotonic()

    def add(self, document: Document) -> None:
        self._documents.append(document)
        self._pages += len(document.content.pages)

    def flush_when_due(self) -> None:
        if self._pages >= PAGES_BETWEEN_BATCHES or time.monotonic() - self._since >= SECONDS_BETWEEN_BATCHES:
            self.flush()

    def flush(self) -> None:
        if self._documents:
            with self._intake.lock.hold():
                self._intake.shelves.update(self._documents)
        self._documents, self._pages, self._since = [], 0, time.monotonic()


def _prepare(intake: Intake, area: StagingArea, path: Path, corrections: Mapping[str, Correction]) -> _Done:
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may never end
            return _Done(path, outcome=_failed(path, say("It is no ordinary file."), "unsupported"))
        sha256 = digest_file(path)
        present = intake.corpus.find(sha256)
        if present:
            return _Done(path, outcome=_present(intake.corpus, path, present))
        content = intake.read(path, "")
        prepared = intake.corpus.prepare(area, path, sha256, content, corrections)
        if prepared is None:
            changed = say("The file changed while it was read.")
            return _Done(path, outcome=_failed(path, changed, "changed"))
        return _Done(path, prepared)
    except Unreadable as error:
        return _Done(path, outcome=_failed(path, _sentence(error), error.reason))
    except KmsError as error:
        return _Done(path, outcome=_failed(path, _sentence(error), "refused"))
    except OSError as error:
        reason = say("The file cannot be read or kept ({error}).", error=why(error))
        return _Done(path, outcome=_failed(path, reason, "system"))
    except Exception as error:
        LOG.exception("reading %r", path)
        reason = say("Reading failed unexpectedly ({error}).", error=f"{type(error).__name__}: {error}"[:300])
        return _Done(path, outcome=_failed(path, reason, "unexpected"))


def _let_appear(intake: Intake, area: StagingArea, done: _Done) -> tuple[Ingested, Document | None]:
    """What became of a file; and its document when it is new."""
    if done.outcome is not None:
        return done.outcome, None
    assert done.prepared is not None
    document = done.prepared.document
    try:
        with intake.lock.hold():
            appeared = intake.corpus.appear(area, done.prepared)
    except Damaged as error:
        return _failed(done.path, _sentence(error), "damaged"), None
    except OSError as error:
        reason = say("The document cannot be kept ({error}).", error=why(error))
        return _failed(done.path, reason, "system"), None
    if appeared is None:
        present = intake.corpus.find(document.sha256)
        assert present is not None
        return _present(intake.corpus, done.path, present), None
    return _ingested(done.path, "new", document), document


def _present(corpus: Corpus, path: Path, document_id: str) -> Ingested:
    try:
        return _ingested(path, "present", corpus.document(document_id))
    except Damaged:
        return Ingested(printable(path), "present", document_id)


def _ingested(path: Path, outcome: str, document: Document) -> Ingested:
    content = document.content
    return Ingested(
        printable(path),
        "new" if outcome == "new" else "present",
        document.id,
        len(content.pages),
        len(content.tables),
        content.scanned,
        sum(page.state == "needs-ocr" for page in content.pages),
    )


def _failed(path: Path, reason: Message, code: str) -> Ingested:
    return Ingested(printable(path), "failed", reason=reason, code=code)


def _sentence(error: KmsError) -> Message:
    if error.next_step is None:
        return error.message
    return say("{first} {second}", first=error.message, second=error.next_step)
