"""What each document is about, described when it comes into the index and kept beside it."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kms.corpus import NO_JSON, Corpus
from kms.duplicates.study import Study, describe
from kms.model import Document

DESCRIPTION = 11
"""Changes whenever `describe` says something else of the same document."""

IN_MEMORY = 1024
"""Descriptions that are kept in memory, those used last."""
ONLY_QUOTED = 0.4
"""Up to this confidence a document is a regulation only because it quotes some, as any study does."""
KEYWORDS_LISTED = 0.6
"""Above this confidence a keyword comes from a list of the document's own, or from a person."""


@dataclass(frozen=True)
class Described:
    """A document as the check sees it; ``digest`` is that of its record and corrections, ``sha256`` of the original."""

    version: int
    digest: str
    sha256: str
    study: Study


class Studies:
    """The studies of a corpus; ``folder`` is derived and may be deleted at any time: what lacks is described anew."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._folder = folder
        self._corpus = corpus
        self._kept: OrderedDict[str, Described] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, document_id: str, digest: str) -> Described:
        """What a document is about; ``digest`` is the one that the catalogue knows it by.

        Raises:
            NotFound, Damaged: it was removed or damaged since it was indexed.
        """
        with self._lock:
            known = self._kept.get(document_id)
        if known is None or known.digest != digest:
            known = self._load(document_id, digest)
        if known is None:
            known = self.keep(self._corpus.document(document_id), digest)
        with self._lock:
            self._kept[document_id] = known
            self._kept.move_to_end(document_id)
            while len(self._kept) > IN_MEMORY:
                self._kept.popitem(last=False)
        return known

    def keep(self, document: Document, digest: str) -> Described:
        """Describe a document as it is at ``digest`` and keep that."""
        described = Described(DESCRIPTION, digest, document.sha256, describe_document(document))
        fresh = self._path(document.id).with_suffix(f".{secrets.token_hex(4)}")
        # A workspace that cannot be written to can still be asked; it is only slower.
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(msgspec.json.encode(described))
            fresh.replace(self._path(document.id))
        return described

    def drop(self, document_ids: Iterable[str]) -> None:
        """Delete what is kept of documents that are gone."""
        for document_id in document_ids:
            with contextlib.suppress(OSError):
                self._path(document_id).unlink()

    def keep_only(self, document_ids: Collection[str]) -> None:
        """Delete what is kept of all others, and what writing left behind when it was cut short."""
        names = {self._path(document_id).name for document_id in document_ids}
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)

    def _load(self, document_id: str, digest: str) -> Described | None:
        try:
            found = msgspec.json.decode(self._path(document_id).read_bytes(), type=Described)
        except (OSError, *NO_JSON):
            # Derived: what is missing or spoilt is made again.
            return None
        return found if (found.version, found.digest) == (DESCRIPTION, digest) else None

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.json"


def describe_document(document: Document) -> Study:
    """What a document or a draft is about, by its tags and its text."""
    pages = document.content.pages
    first = next((page for page in pages if page.text.strip()), None)
    return describe(
        document.value("title") or "",
        [page.text for page in pages],
        _type(document),
        document.year,
        document.period,
        document.agency,
        document.value("region"),
        document.values("locus"),
        # Keywords that were only taken from the title would count the title twice.
        tuple(dict.fromkeys(tag.value for tag in document.tags("keyword") if tag.confidence > KEYWORDS_LISTED)),
        document.values("program"),
        tuple(dict.fromkeys(row.name for row in document.content.indicators)),
        headed=first is not None and first.state != "ocr",
    )


def _type(document: Document) -> str | None:
    found = next(iter(document.tags("type")), None)
    return None if found is None or (found.value == "regulasi" and found.confidence <= ONLY_QUOTED) else found.value
