"""Looking for damage in the corpus: every file of a document compared with what its record says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kms.corpus.durable import digest_file
from kms.corpus.naming import digest_of
from kms.corpus.store import RENDERING, Corpus
from kms.errors import Damaged, NotFound
from kms.language import Message, say


@dataclass(frozen=True)
class Damage:
    """Something that is not as it should be.

    ``kind``: "record", "original", "tags", "rendering", "decisions" or "index". ``document`` is None for the index as
    a whole, and for decisions.
    ``repair`` says what to do.
    """

    document: str | None
    kind: str
    message: Message
    repair: Message


def inspect(corpus: Corpus, document_id: str) -> Iterator[Damage]:
    """All damage of one document; reads the original in full."""
    again = say("Remove the document and ingest its original file again.")
    try:
        record = corpus.record(document_id)
    except NotFound:
        return
    except Damaged as error:
        yield Damage(document_id, "record", error.message, error.next_step or again)
        return
    where = document_id
    if record.id != document_id or not record.sha256.startswith(digest_of(document_id)):
        yield Damage(
            document_id,
            "record",
            say("{where}: the folder's name is not the id in document.json, {id}.", where=where, id=record.id),
            say("Give the folder its old name back."),
        )
    original = corpus.folder(document_id) / record.original
    try:
        if digest_file(original) != record.sha256:
            changed = say("{where}: {file} is no longer the file that was ingested.", where=where, file=original.name)
            yield Damage(document_id, "original", changed, say("Bring the file back from a backup."))
    except OSError:
        missing = say("{where}: {file} is missing.", where=where, file=original.name)
        yield Damage(document_id, "original", missing, say("Bring the file back from a backup."))
    try:
        if not corpus.is_rendered(document_id):
            stale = say("{where}: {file} is missing or out of date.", where=where, file=RENDERING)
            yield Damage(document_id, "rendering", stale, say("`kms rebuild` writes it again."))
    except Damaged as error:
        yield Damage(document_id, "tags", error.message, error.next_step or again)
