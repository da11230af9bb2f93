"""The texts of single pages, read without the rest of their document."""

from __future__ import annotations

import os
import threading
from array import array
from collections import OrderedDict
from typing import NamedTuple

import msgspec

from kms.corpus.record import FORMAT, NO_JSON
from kms.corpus.store import RECORD, Corpus
from kms.errors import Damaged
from kms.language import say

PAGES_KEPT = 2_000_000
"""Pages of which it is remembered where their texts stand; twenty bytes each."""

BEGINNING = 40
"""Bytes by which a text is looked for in its document.json."""


class _Page(msgspec.Struct):
    number: int
    text: msgspec.Raw


class _Pages(msgspec.Struct):
    format: int
    pages: list[_Page]


_DECODER = msgspec.json.Decoder(_Pages)
_TEXT = msgspec.json.Decoder(str)


class _Places(NamedTuple):
    """Where the texts of a document stand in its document.json, as long as that is the file of ``mark``."""

    mark: tuple[int, int, int]
    numbers: array[int]
    starts: array[int]
    lengths: array[int]


class Texts:
    """Page texts of a corpus. A document is read as a whole once, then only the page that is asked for.

    May be used from several threads.
    """

    def __init__(self, corpus: Corpus, kept: int = PAGES_KEPT) -> None:
        self._corpus = corpus
        self._room = kept
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Places] = OrderedDict()

    def page(self, document_id: str, number: int) -> str:
        """The text of page ``number`` (1-based); "" where there is no such page.

        Raises:
            NotFound: there is no such document.
            Damaged: its document.json cannot be understood.
        """
        try:
            # Plain strings, as in `Corpus.stamp`.
            with open(f"{self._corpus.folder(document_id)}{os.sep}{RECORD}", "rb", buffering=0) as file:  # noqa: PTH123
                status = os.fstat(file.fileno())
                mark = (status.st_mtime_ns, status.st_size, status.st_ino)
                places = self._known(document_id, mark) or self._learn(document_id, mark, file.read())
                if number not in places.numbers:
                    return ""
                at = places.numbers.index(number)
                file.seek(places.starts[at])
                return _TEXT.decode(file.read(places.lengths[at]))
        except (OSError, *NO_JSON):
            self._corpus.record(document_id)  # says in its own words what is wrong
            raise Damaged(document_id, say("{where}: document.json cannot be read.", where=document_id)) from None

    def _known(self, document_id: str, mark: tuple[int, int, int]) -> _Places | None:
        with self._lock:
            places = self._kept.get(document_id)
            if places is None or places.mark != mark:
                return None
            self._kept.move_to_end(document_id)
            return places

    def _learn(self, document_id: str, mark: tuple[int, int, int], record: bytes) -> _Places:
        """Read where the texts stand.

        Raises:
            msgspec.DecodeError: ``record`` is none, or of another format.
        """
        found = _DECODER.decode(record)
        if found.format != FORMAT:
            raise msgspec.DecodeError(str(found.format))
        places = _Places(mark, array("L"), array("Q"), array("L"))
        at = 0
        for page in found.pages:
            text = bytes(page.text)
            # To look for all of a long text at once takes ten times as long as to look for its beginning.
            at = record.index(text[:BEGINNING], at)
            while not record.startswith(text, at):
                at = record.index(text[:BEGINNING], at + 1)
            places.numbers.append(page.number)
            places.starts.append(at)
            places.lengths.append(len(text))
            at += len(text)
        with self._lock:
            before = self._kept.pop(document_id, None)
            self._room += (len(before.numbers) if before else 0) - len(places.numbers)
            self._kept[document_id] = places
            while self._room < 0 and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._room += len(oldest.numbers)
        return places
