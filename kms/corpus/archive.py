"""A corpus in one file, to be kept elsewhere: a zip of the document folders and a list of their digests.

::

    corpus/<id>/original.pdf ...     the folders as they stand
    corpus/decisions.jsonl           what people decided about pairs, where they did
    kms.toml                         the settings, where there are some
    backup.json                      {"format": 1, "created": .., "files": {name: sha256}}

Any program that reads zip files can take documents out of it. The index is not in it: it is made again.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kms.corpus.decisions import DECISIONS
from kms.corpus.durable import CHUNK, sync_folder
from kms.corpus.naming import DOCUMENT_ID
from kms.corpus.record import NO_JSON, decode_header
from kms.corpus.staging import StagingArea
from kms.corpus.store import RECORD, Corpus, now
from kms.errors import BadInput, KmsError
from kms.language import say

FORMAT = 1
LIST = "backup.json"
LONGEST_LIST = 500 << 20
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways in which members are packed; others bring libraries along that nobody needs."""
BESIDE = ("kms.toml", f"corpus/{DECISIONS}")
_MEMBER = re.compile(r"corpus/(?P<id>[^/\\]+)/(?P<file>original\.[a-z]+|document\.json|document\.md|tags\.json)")


@dataclass(frozen=True)
class Contents:
    """What a backup holds; ``files`` maps names inside it to their sha256, ``created`` is UTC (ISO 8601)."""

    format: int
    created: str
    files: Mapping[str, str]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents, sorted."""
        return tuple(sorted({match["id"] for name in self.files if (match := _MEMBER.fullmatch(name))}))


@dataclass(frozen=True)
class Packed:
    """A backup that was written: how many documents and bytes, and the ids of those that were ``damaged`` before."""

    documents: int
    size: int
    damaged: tuple[str, ...]


def pack(corpus: Corpus, target: Path, on_progress: Callable[[int, int], None]) -> Packed:
    """Write every document to the new file ``target``. Others may read and write the corpus meanwhile.

    The file appears under its name when it is whole and on the disk.

    Raises:
        BadInput: ``target`` exists already.
        OSError: it cannot be written.
    """
    if target.exists():
        raise BadInput(say("{path} exists already.", path=target), say("Choose another name."))
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))  # documents of every level are in it
    files: dict[str, str] = {}
    damaged = []
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                ids = corpus.ids()
                for number, document_id in enumerate(ids):
                    on_progress(number, len(ids))
                    packed = _pack_document(archive, corpus.folder(document_id))
                    files.update(packed)
                    if packed and not _is_whole(corpus, document_id, packed):
                        damaged.append(document_id)
                for name in BESIDE:
                    if (path := corpus.path.parent / name).is_file():
                        files[name] = _pack_file(archive, path, name)
                contents = Contents(FORMAT, now(), files)
                archive.writestr(LIST, msgspec.json.encode(contents))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    on_progress(len(ids), len(ids))
    return Packed(len(contents.documents), target.stat().st_size, tuple(damaged))


def unpack(source: Path, corpus: Corpus, area: StagingArea, on_progress: Callable[[int, int], None]) -> Contents:
    """Bring back every document of a backup; all are compared with their digests before the first one appears.

    Documents that stand there already, by the same id, stay as they are. Hold the writer lock.

    Raises:
        BadInput: ``source`` is no backup, is damaged, or the corpus has documents that are not in it.
        OSError: something cannot be read or written.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            contents = _contents(archive, source)
            strangers = sorted(set(corpus.ids()) - set(contents.documents))
            if strangers:
                raise BadInput(
                    say(
                        "The corpus has documents that are not in {path}: {ids}.",
                        path=source,
                        ids=", ".join(strangers[:5]),
                    ),
                    say("Restore into an empty workspace."),
                )
            wanted = [document_id for document_id in contents.documents if document_id not in corpus.ids()]
            folders = {}
            for number, document_id in enumerate(wanted):
                on_progress(number, len(wanted))
                folders[document_id] = _unpack_document(archive, source, contents, document_id, area.new_folder())
            beside = {name: area.free_path() for name in BESIDE if name in contents.files}
            for name, path in beside.items():
                _unpack_file(archive, source, name, contents.files[name], path)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise _broken(source, str(error)) from error
    for document_id, folder in folders.items():
        folder.rename(corpus.folder(document_id))
    for name, path in beside.items():
        if not (target := corpus.path.parent / name).exists():
            path.rename(target)
    sync_folder(corpus.path)
    sync_folder(corpus.path.parent)
    on_progress(len(wanted), len(wanted))
    return contents


def _pack_document(archive: zipfile.ZipFile, folder: Path) -> dict[str, str]:
    """The files of a document with their digests; nothing for one that was removed meanwhile."""
    files = {}
    for path in sorted(folder.glob("*")):
        name = f"corpus/{folder.name}/{path.name}"
        if _MEMBER.fullmatch(name) and path.is_file():
            try:
                files[name] = _pack_file(archive, path, name)
            except FileNotFoundError:
                continue
    return files if folder.is_dir() else {}


def _pack_file(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as given, archive.open(_member(path, name), "w", force_zip64=True) as kept:
        while chunk := given.read(CHUNK):
            digest.update(chunk)
            kept.write(chunk)
    return digest.hexdigest()


def _member(path: Path, name: str) -> zipfile.ZipInfo:
    # A zip knows no time before 1980, and a clock may have been set back.
    member = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    member.compress_type = zipfile.ZIP_STORED if path.suffix in (".pdf", ".docx") else zipfile.ZIP_DEFLATED
    return member


def _is_whole(corpus: Corpus, document_id: str, files: Mapping[str, str]) -> bool:
    """Whether the original that was packed is the one that was ingested, and the rest can be understood."""
    try:
        header = decode_header((corpus.folder(document_id) / RECORD).read_bytes(), document_id)
        corpus.corrections(document_id)
    except (KmsError, OSError):
        return not corpus.folder(document_id).is_dir()
    return files.get(f"corpus/{document_id}/original.{header.media}") == header.sha256


def _contents(archive: zipfile.ZipFile, source: Path) -> Contents:
    try:
        if archive.getinfo(LIST).file_size > LONGEST_LIST or any(
            member.compress_type not in METHODS for member in archive.infolist()
        ):
            raise _broken(source, LIST)
        contents = msgspec.json.decode(archive.read(LIST), type=Contents)
    except (KeyError, *NO_JSON) as error:
        raise _broken(source, f"{LIST}: {error}") from error
    if contents.format != FORMAT:
        raise BadInput(
            say("{path} has format {format}, this kms knows format 1.", path=source, format=contents.format),
            say("A newer kms wrote it: install that version."),
        )
    for name in contents.files:
        match = _MEMBER.fullmatch(name)
        if name not in BESIDE and not (match and DOCUMENT_ID.fullmatch(match["id"]) and match["id"].isascii()):
            raise _broken(source, repr(name))
    return contents


def _unpack_document(
    archive: zipfile.ZipFile, source: Path, contents: Contents, document_id: str, folder: Path
) -> Path:
    """Fill ``folder`` with the files of a document, each compared with its digest."""
    prefix = f"corpus/{document_id}/"
    for name, digest in _under(contents, prefix):
        _unpack_file(archive, source, name, digest, folder / name.removeprefix(prefix))
    sync_folder(folder)
    return folder


def _under(contents: Contents, prefix: str) -> Iterator[tuple[str, str]]:
    return ((name, digest) for name, digest in contents.files.items() if name.startswith(prefix))


def _unpack_file(archive: zipfile.ZipFile, source: Path, name: str, digest: str, target: Path) -> None:
    found = hashlib.sha256()
    try:
        with archive.open(name) as kept, target.open("xb") as file:
            while chunk := kept.read(CHUNK):
                found.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except KeyError as error:
        raise _broken(source, name) from error
    if found.hexdigest() != digest:
        target.unlink()
        raise _broken(source, name)


def _broken(source: Path, what: str) -> BadInput:
    return BadInput(
        say("{path} is no whole backup of kms ({what}).", path=source, what=what), say("Take another backup.")
    )
