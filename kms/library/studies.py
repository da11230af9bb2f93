"""What each document is about, described when it comes into the index and kept beside it."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kms.corpus import NO_JSON, Corpus
from kms.model import Document

if TYPE_CHECKING:
    from kms.library.described import Described

DESCRIPTION = 16
"""Changes whenever `describe` says something else of the same document."""

IN_MEMORY = 1024
"""Descriptions that are kept in memory, those used last."""


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
        from kms.library.described import Described, describe_document  # a search describes nothing

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
        from kms.library.described import Described

        try:
            found = msgspec.json.decode(self._path(document_id).read_bytes(), type=Described)
        except (OSError, *NO_JSON):
            # Derived: what is missing or spoilt is made again.
            return None
        return found if (found.version, found.digest) == (DESCRIPTION, digest) else None

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.json"
