"""The folder of documents: adding, reading, correcting and removing them."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kms.corpus.corrections import Correction, correct, decode_corrections, encode_corrections, tags_of
from kms.corpus.durable import copy_file, digest_file, replace_file, sync_folder, write_file
from kms.corpus.markdown import render_document
from kms.corpus.naming import DOCUMENT_ID, digest_of, new_id, resolve_id
from kms.corpus.record import Header, Record, decode_header, decode_record, encode_record, make_record
from kms.corpus.staging import StagingArea
from kms.errors import Conflict, Damaged, NotFound, WorkspaceError, why
from kms.language import say
from kms.model import Document, Extraction

RECORD = "document.json"
TAGS = "tags.json"
RENDERING = "document.md"

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class Prepared:
    """A document whose folder stands ready in a staging area."""

    folder: Path
    document: Document


class Corpus:
    """The documents of a workspace.

    Reading needs no lock and may happen from several threads. `appear`, `apply` and `remove` change the corpus: call
    them while holding the writer lock. A `Stamp` tells cheaply whether a document may have changed, `digest` tells
    for sure.
    """

    def __init__(self, path: Path, cached: int = 24) -> None:
        self.path = path
        self._cached = cached
        self._cache: OrderedDict[str, tuple[Stamp, Document]] = OrderedDict()
        self._lock = threading.Lock()
        self._had_documents = False

    def ids(self) -> list[str]:
        """The ids of all documents, sorted; empty where there is no corpus yet.

        Raises:
            WorkspaceError: there were some, and now the folder is gone or empty, or it cannot be read.
        """
        try:
            with os.scandir(self.path) as entries:
                found = sorted(entry.name for entry in entries if DOCUMENT_ID.fullmatch(entry.name) and entry.is_dir())
        except FileNotFoundError:
            found = []
        except OSError as error:
            raise WorkspaceError(
                say("{path} cannot be read or written ({error}).", path=self.path, error=why(error)),
                say("Check the name, the permissions and the free space of the disk."),
            ) from error
        if found:
            self._had_documents = True
        else:
            self.must_be_there(self._had_documents)
        return found

    def is_there(self) -> bool:
        """Whether there is anything in the folder; what kms once wrote to holds its lock at least."""
        return self.path.is_dir() and any(self.path.iterdir())

    def must_be_there(self, had_documents: bool = False) -> None:
        """Stop where documents are known to be in a folder that is gone or altogether empty: a disk or a network folder
        is not connected, and whatever is written there now would be hidden when it is again.

        Raises:
            WorkspaceError: it is so.
        """
        if (had_documents or self._had_documents) and not self.is_there():
            raise WorkspaceError(
                say("The folder of the documents, {path}, is gone or empty.", path=self.path),
                say("Its disk or network folder may not be connected: connect it and try again. "
                    "Where the documents are gone for good, delete index/ and bring back a backup."),
            )  # fmt: skip

    def resolve(self, name: str) -> str:
        """The id that ``name`` means: an id, the beginning of one, or its hex digits.

        Raises:
            NotFound: nothing answers to ``name``.
            Ambiguous: several documents do.
        """
        return resolve_id(name, self.ids())

    def folder(self, document_id: str) -> Path:
        """The folder of a document."""
        return self.path / document_id

    def find(self, sha256: str) -> str | None:
        """The id of the document with this digest, or None. A folder without a readable record is no answer."""
        for name in self.ids():
            if sha256.startswith(digest_of(name)):
                try:
                    header = self.header(name)
                except (Damaged, NotFound):
                    continue
                if header.sha256 == sha256 and self.has_original(name, header):
                    return name
        return None

    def has_original(self, document_id: str, header: Header) -> bool:
        """Whether the original stands there in its full length."""
        try:
            return (self.folder(document_id) / f"original.{header.media}").stat().st_size == header.size
        except OSError:
            return False

    def header(self, document_id: str) -> Header:
        """The first facts of a document.

        Raises:
            NotFound, Damaged: as `document`.
        """
        return decode_header(self._read(document_id, RECORD), document_id)

    def record(self, document_id: str) -> Record:
        """What the machine read.

        Raises:
            NotFound, Damaged: as `document`.
        """
        return decode_record(self._read(document_id, RECORD), document_id)

    def corrections(self, document_id: str) -> dict[str, Correction]:
        """What people said; nothing where there is no tags.json.

        Raises:
            Damaged: tags.json has a mistake.
        """
        try:
            data = (self.folder(document_id) / TAGS).read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _unreachable(document_id, TAGS, error) from error
        return decode_corrections(data, document_id)

    def document(self, document_id: str) -> Document:
        """A document with its corrections; the ones read last are kept in memory.

        Raises:
            NotFound: there is no such document.
            Damaged: its document.json or its tags.json cannot be understood.
        """
        stamp = self.stamp(document_id)
        with self._lock:
            kept = self._cache.get(document_id)
            if kept and kept[0] == stamp:
                self._cache.move_to_end(document_id)
                return kept[1]
        document = self.record(document_id).document(tags_of(self.corrections(document_id)))
        with self._lock:
            self._cache[document_id] = (stamp, document)
            while len(self._cache) > self._cached:
                self._cache.popitem(last=False)
        return document

    def original(self, document_id: str) -> Path:
        """The file as it was given.

        Raises:
            NotFound, Damaged: as `document`; also Damaged when the file is missing.
        """
        path = self.folder(document_id) / f"original.{self.header(document_id).media}"
        if not path.is_file():
            raise Damaged(document_id, say("{where}: {file} is missing.", where=document_id, file=path.name))
        return path

    def stamp(self, document_id: str) -> Stamp:
        """A cheap fingerprint from the file system. It may change where `digest` does not, not the other way round.

        Raises:
            NotFound: there is no such document.
        """
        # Asked for every document every few seconds and for every hit: plain strings take half the time of paths.
        folder = f"{self.path}{os.sep}{document_id}"
        record = _stamp(f"{folder}{os.sep}{RECORD}")
        if record == _MISSING and not Path(folder).is_dir():
            raise NotFound(document_id)
        return (*record, *_stamp(f"{folder}{os.sep}{TAGS}"))

    def digest(self, document_id: str) -> str:
        """A fingerprint of everything that is read of a document: of document.json and of tags.json."""
        digest = hashlib.sha256()
        for name in (RECORD, TAGS):
            try:
                digest.update(hashlib.sha256((self.folder(document_id) / name).read_bytes()).digest())
            except OSError:
                digest.update(b"-")
        return digest.hexdigest()

    def prepare(
        self,
        area: StagingArea,
        original: Path,
        sha256: str,
        content: Extraction,
        corrections: Mapping[str, Correction],
    ) -> Prepared | None:
        """Fill a staging folder with a new document, on the disk when this returns; None when the file has changed.

        ``sha256`` is the digest the file had when it was read. Needs no lock.
        """
        folder = area.new_folder()
        copy = folder / f"original.{content.media}"
        if copy_file(original, copy) != sha256:
            return None
        source = os.fsencode(original.name).decode("utf-8", "replace")
        tags = tags_of(corrections)
        named = Document("", sha256, source, content, tags)
        title = named.value("title") or Path(source).stem
        others = [name for name in self.ids() if not (sha256.startswith(digest_of(name)) and self._is_of(name, sha256))]
        document_id = new_id(title, sha256, others)
        record = make_record(document_id, sha256, source, copy.stat().st_size, now(), content)
        document = record.document(tags)
        write_file(folder / RECORD, encode_record(record))
        write_file(folder / TAGS, encode_corrections(corrections))
        write_file(folder / RENDERING, render_document(document).encode("utf-8", "replace"))
        sync_folder(folder)
        return Prepared(folder, document)

    def appear(self, area: StagingArea, prepared: Prepared) -> str | None:
        """Let a prepared document appear, by one rename; its id, or None when the same file has come in meanwhile.

        A damaged folder of the same file makes place; what people said in it is kept where it can be understood.
        """
        document = prepared.document
        if self.find(document.sha256):
            return None
        document_id = document.id
        for name in self.ids():
            if document.sha256.startswith(digest_of(name)) and self._is_of(name, document.sha256):
                kept = self.folder(name) / TAGS
                if kept.is_file() and not document.corrections:
                    replace_file(prepared.folder / TAGS, kept.read_bytes())
                self.folder(name).rename(area.free_path())
        if self.folder(document_id).exists():
            raise Damaged(document_id, say("{where}: the folder is taken by another document.", where=document_id))
        prepared.folder.rename(self.folder(document_id))
        sync_folder(self.path)
        return document_id

    def renew(self, document_id: str, content: Extraction) -> Document | None:
        """Put what was read anew in the place of what was read before; None where it is the same.

        Id, source, the day it came in and what people said stay.

        Raises:
            NotFound, Damaged: as `document`.
        """
        old = self.record(document_id)
        record = make_record(document_id, old.sha256, old.source, old.size, old.added, content)
        if record == old:
            return None
        replace_file(self.folder(document_id) / RECORD, encode_record(record))
        self.render(document_id)
        return record.document(tags_of(self.corrections(document_id)))

    def tags_mark(self, document_id: str) -> str:
        """What tells whether tags.json was changed meanwhile: its sha256, "" where there is none.

        Raises:
            NotFound, Damaged: as `document`.
        """
        try:
            return hashlib.sha256((self.folder(document_id) / TAGS).read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _unreachable(document_id, TAGS, error) from error

    def apply(
        self,
        document_id: str,
        changes: Mapping[str, tuple[str, ...] | None],
        by: str,
        expected: str | None = None,
    ) -> Document:
        """Correct tags; the document as it is afterwards. None as a change takes a correction back.

        ``expected`` is the `tags_mark` of the tags that were shown to whoever changes them; None asks for nothing.

        Raises:
            NotFound, Damaged: as `document`.
            Conflict: somebody changed them meanwhile; nothing is written.
            BadInput: a name or a value makes no sense.
        """
        record = self.record(document_id)
        before = self.corrections(document_id)
        if expected is not None and expected != self.tags_mark(document_id):
            last = max(before.values(), key=lambda each: each.at or "", default=Correction(()))
            raise Conflict(document_id, last.by or "", last.at or "")
        corrections = correct(before, changes, by, now())
        replace_file(self.folder(document_id) / TAGS, encode_corrections(corrections))
        self.render(document_id)
        return record.document(tags_of(corrections))

    def render(self, document_id: str) -> bool:
        """Bring document.md up to date; whether it had to be written.

        Raises:
            NotFound, Damaged: as `document`.
        """
        if self.is_rendered(document_id):
            return False
        text = render_document(self.document(document_id))
        replace_file(self.folder(document_id) / RENDERING, text.encode("utf-8", "replace"))
        return True

    def is_rendered(self, document_id: str) -> bool:
        """Whether document.md says what the document says.

        Raises:
            NotFound, Damaged: as `document`.
        """
        path = self.folder(document_id) / RENDERING
        text = render_document(self.document(document_id)).encode("utf-8", "replace")
        return path.is_file() and path.read_bytes() == text

    def remove(self, area: StagingArea, document_id: str) -> None:
        """Take a document away, by one rename; its files are deleted with the staging area.

        Raises:
            NotFound: there is no such document.
        """
        try:
            self.folder(document_id).rename(area.free_path())
        except FileNotFoundError:
            raise NotFound(document_id) from None
        sync_folder(self.path)
        with self._lock:
            self._cache.pop(document_id, None)

    def _is_of(self, name: str, sha256: str) -> bool:
        """Whether a folder is, or is what is left of, the document with this digest."""
        try:
            return self.header(name).sha256 == sha256
        except Damaged:
            path = next(iter(sorted(self.folder(name).glob("original.*"))), None)
            return path is None or digest_file(path) == sha256

    def _read(self, document_id: str, file: str) -> bytes:
        try:
            return (self.folder(document_id) / file).read_bytes()
        except FileNotFoundError:
            if not self.folder(document_id).is_dir():
                raise NotFound(document_id) from None
            raise Damaged(document_id, say("{where}: {file} is missing.", where=document_id, file=file)) from None
        except OSError as error:
            raise _unreachable(document_id, file, error) from error


def now() -> str:
    """This moment in UTC, as text (ISO 8601, to the second)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unreachable(where: str, file: str, error: OSError) -> Damaged:
    return Damaged(where, say("{where}: {file} cannot be read ({error}).", where=where, file=file, error=why(error)))


_MISSING = (0, 0, 0)


def _stamp(path: str) -> tuple[int, int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - see `Corpus.stamp`
    except OSError:
        return _MISSING
    return (status.st_mtime_ns, status.st_size, status.st_ino)
