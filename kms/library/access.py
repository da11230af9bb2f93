"""Who asks, and which documents of a corpus they may see.

A document has a level, a person's tag "access" in its tags.json; who asks has a clearance. A document above it is as
one that does not exist, in every method of the corpus that a library of that clearance works with.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kms.corpus import Corpus, Correction, replace_file
from kms.errors import BadInput, Damaged, Forbidden, NotFound
from kms.language import say
from kms.model import ACCESS_LEVELS, ROLES, Document, Role

LOWEST, HIGHEST = ACCESS_LEVELS[0], ACCESS_LEVELS[-1]
MARK = ".levels"
"""The file in the corpus that is written anew whenever a level may have changed."""

PAUSE = 20.0
"""How many times as long as the last look took nobody looks again without being told to."""

FileStamp = tuple[int, int, int]


@dataclass(frozen=True)
class Reader:
    """Who asks: ``name`` as they are called, what they may do, up to which level they see, and from which address.

    Without anything said it is whoever sits at the computer where the documents are, and may do everything.
    """

    name: str = ""
    role: Role = "admin"
    clearance: str = HIGHEST
    address: str = ""

    def may(self, role: Role) -> bool:
        """Whether they may do what ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def must(self, role: Role) -> None:
        """Stop whoever may not do what ``role`` may.

        Raises:
            Forbidden: they may not.
        """
        if not self.may(role):
            raise Forbidden

    def must_see_all(self) -> None:
        """Stop whoever does not see every document from what concerns all of them.

        Raises:
            Forbidden: some levels are above their clearance.
        """
        if self.clearance != HIGHEST:
            raise Forbidden

    def must_set_level(self, before: str, after: str) -> None:
        """Stop whoever may not change a level so: an editor may raise it, as far as their own clearance.

        Raises:
            Forbidden: they may not.
        """
        rises = rank(before) <= rank(after) <= rank(self.clearance)
        if before != after and not (self.may("admin") or (self.may("editor") and rises)):
            raise Forbidden(say("Only an administrator may set this access level."))


def level_of(said: Correction | None) -> str:
    """The level that a correction of the tag "access" sets."""
    return said.values[0] if said and said.values else LOWEST


def rank(level: str) -> int:
    """The place of a level or clearance, 0 for what everybody may see.

    Raises:
        BadInput: there is no such level.
    """
    if level not in ACCESS_LEVELS:
        raise BadInput(
            say("There is no access level {value}.", value=repr(level)),
            say("Access levels are: {names}.", names=", ".join(ACCESS_LEVELS)),
        )
    return ACCESS_LEVELS.index(level)


class Levels:
    """The level of every document of a corpus; safe for several threads.

    `of` looks at the disk every time. `restricted` looks again when `announce` was called, in this or another process,
    and every ``freshness`` seconds for the sake of tags.json files that were changed by hand; less often where a look
    takes long.
    """

    def __init__(self, corpus: Corpus, freshness: float) -> None:
        self._corpus = corpus
        self._folder = str(corpus.path)
        self._freshness = freshness
        self._known: dict[str, tuple[FileStamp | None, int]] = {}
        self._listed: frozenset[str] = frozenset()
        self._restricted: dict[str, int] = {}
        self._looked_at = float("-inf")
        self._took = 0.0
        self._seen_mark: FileStamp | None = None
        self._looking = threading.Lock()

    def of(self, document_id: str) -> int:
        """The rank of a document's level. One whose tags.json cannot be understood is for those who see everything."""
        try:
            stamp = file_stamp(f"{self._folder}/{document_id}/tags.json")
        except OSError:
            return rank(HIGHEST)
        known = self._known.get(document_id)
        if known is None or known[0] != stamp:
            known = (stamp, self._read(document_id) if stamp else 0)
            self._known[document_id] = known
        return known[1]

    def restricted(self) -> Mapping[str, int]:
        """The documents that not everybody may see, with the ranks of their levels."""
        mark = self.mark()
        patience = max(self._freshness, PAUSE * self._took) if self._freshness else 0.0
        if mark == self._seen_mark and time.monotonic() - self._looked_at < patience:
            return self._restricted
        with self._looking:
            looked_at = time.monotonic()
            ids = self._corpus.ids()
            found = {name: level for name in ids if (level := self.of(name))}
            listed = frozenset(ids)
            # A copy first: other threads may be adding to it.
            for name in set(self._known) - listed:
                self._known.pop(name, None)
            self._listed, self._restricted = listed, found
            self._seen_mark, self._looked_at, self._took = mark, looked_at, time.monotonic() - looked_at
        return found

    def is_known(self, document_id: str) -> bool:
        """Whether the document was there when `restricted` looked last."""
        return document_id in self._listed

    def mark(self) -> FileStamp | None:
        """What differs after every `announce`; None before the first."""
        with contextlib.suppress(OSError):
            return file_stamp(f"{self._folder}/{MARK}")
        return None

    def announce(self) -> None:
        """Tell everybody who has this corpus open that levels have changed. Hold the writer lock."""
        replace_file(self._corpus.path / MARK, secrets.token_hex(8).encode())

    def _read(self, document_id: str) -> int:
        try:
            return rank(level_of(self._corpus.corrections(document_id).get("access")))
        except Damaged:
            return rank(HIGHEST)


class PermittedCorpus(Corpus):
    """The documents of ``whole`` up to a clearance; the others are not there.

    Every file of a document is reached through `folder`, which asks for the level first and never opens anything but
    tags.json to learn it.
    """

    def __init__(self, whole: Corpus, levels: Levels, clearance: str) -> None:
        super().__init__(whole.path, cached=0)
        self._whole = whole
        self._levels = levels
        self._rank = rank(clearance)

    def permits(self, document_id: str) -> bool:
        """Whether a document may be seen, by what its tags.json says now; True also for one that does not exist."""
        return self._levels.of(document_id) <= self._rank

    def ids(self) -> list[str]:
        restricted = self._levels.restricted()
        return [
            name
            for name in self._whole.ids()
            if restricted.get(name, 0) <= self._rank and (self._levels.is_known(name) or self.permits(name))
        ]

    def folder(self, document_id: str) -> Path:
        if not self.permits(document_id):
            raise NotFound(document_id)
        return self._whole.folder(document_id)

    def document(self, document_id: str) -> Document:
        self.folder(document_id)
        return self._whole.document(document_id)

    def stamp(self, document_id: str) -> tuple[int, ...]:
        self.folder(document_id)
        return self._whole.stamp(document_id)

    def hides(self, names: Mapping[str, object]) -> bool:
        """Whether any of ``names`` is of a document above the clearance."""
        restricted = self._levels.restricted()
        if len(restricted) > len(names):
            return any(restricted.get(name, 0) > self._rank for name in names)
        return any(level > self._rank and name in names for name, level in restricted.items())

    def hides_any(self) -> bool:
        """Whether there is any document above the clearance."""
        return any(level > self._rank for level in self._levels.restricted().values())


def file_stamp(path: Path | str) -> FileStamp | None:
    """A cheap fingerprint of a file; None where there is none.

    Raises:
        OSError: it cannot be looked at.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - asked for every document, and making a Path costs more than the look
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
