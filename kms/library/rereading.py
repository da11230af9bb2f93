"""Reading originals of the corpus anew: pictures that nobody could read before, or everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from kms.corpus import Corpus, digest_file
from kms.errors import Damaged, KmsError, NotFound, Unreadable
from kms.language import Message, say
from kms.library.lock import WriterLock
from kms.library.shelves import Shelves
from kms.model import Extraction

ReadNamed = Callable[[Path, str], Extraction]


@dataclass(frozen=True)
class Reread:
    """What became of a document: ``changed`` says whether it now says something else; ``reason`` why it could not be
    read, None where it was. ``needs_ocr`` counts its pages that are still pictures nobody has read.
    """

    id: str
    changed: bool = False
    needs_ocr: int = 0
    reason: Message | None = None


def reread(
    corpus: Corpus,
    shelves: Shelves,
    lock: WriterLock,
    read: ReadNamed,
    ids: Sequence[str],
    jobs: int,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Reread]:
    """Read the originals of ``ids`` again, ``jobs`` at once; what became of each, in the order in which they are done.

    ``read`` gets the original and the name by which people know it. The lock is held only while a document is
    exchanged. A document that cannot be read any more stays as it is. What was given out is on the disk; left early,
    the rest stays as it was.
    """
    pool = ThreadPoolExecutor(max_workers=max(jobs, 1), thread_name_prefix="reread")
    try:
        futures = {pool.submit(_read, corpus, read, document_id): document_id for document_id in ids}
        on_progress(0, len(ids))
        for done, future in enumerate(as_completed(futures), 1):
            yield _exchange(corpus, shelves, lock, futures[future], future.result())
            on_progress(done, len(ids))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read(corpus: Corpus, read: ReadNamed, document_id: str) -> Extraction | KmsError:
    """What the original of a document says now, or why it does not."""
    try:
        record = corpus.record(document_id)
        original = corpus.folder(document_id) / record.original
        if digest_file(original) != record.sha256:
            raise Damaged(
                document_id,
                say("{where}: {file} is no longer the file that was ingested.", where=document_id, file=original.name),
            )
        return read(original, record.source)
    except KmsError as error:
        return error
    except OSError as error:
        return Unreadable("system", say("The file cannot be read or kept ({error}).", error=error.strerror or error))


def _exchange(
    corpus: Corpus, shelves: Shelves, lock: WriterLock, document_id: str, found: Extraction | KmsError
) -> Reread:
    if isinstance(found, KmsError):
        return Reread(document_id, reason=found.message)
    waiting = sum(page.state == "needs-ocr" for page in found.pages)
    try:
        with lock.hold():
            document = corpus.renew(document_id, found)
            if document is not None:
                shelves.update([document])
    except (NotFound, Damaged) as error:  # removed or damaged meanwhile
        return Reread(document_id, reason=error.message)
    except OSError as error:
        reason = say("The document cannot be kept ({error}).", error=error.strerror or str(error))
        return Reread(document_id, reason=reason)
    return Reread(document_id, document is not None, waiting)
