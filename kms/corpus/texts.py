"""The texts of single pages, read without the rest of their document."""

from __future__ import annotations

import threading
from collections import OrderedDict

import msgspec

from kms.corpus.record import FORMAT, NO_JSON
from kms.corpus.store import RECORD, Corpus, Stamp
from kms.errors import Damaged
from kms.language import say

CHARACTERS_KEPT = 30_000_000


class _Page(msgspec.Struct):
    number: int
    text: str


class _Pages(msgspec.Struct):
    format: int
    pages: list[_Page]


_DECODER = msgspec.json.Decoder(_Pages)


class Texts:
    """Page texts of a corpus; those read last are kept in memory, about ``kept`` code points of them.

    May be used from several threads.
    """

    def __init__(self, corpus: Corpus, kept: int = CHARACTERS_KEPT) -> None:
        self._corpus = corpus
        self._room = kept
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Stamp, dict[int, str], int]] = OrderedDict()

    def page(self, document_id: str, number: int) -> str:
        """The text of page ``number`` (1-based); "" where there is no such page.

        Raises:
            NotFound: there is no such document.
            Damaged: its document.json cannot be understood.
        """
        stamp = self._corpus.stamp(document_id)
        with self._lock:
            kept = self._kept.get(document_id)
            if kept and kept[0] == stamp:
                self._kept.move_to_end(document_id)
                return kept[1].get(number, "")
        texts = self._read(document_id)
        size = sum(map(len, texts.values()))
        with self._lock:
            before = self._kept.pop(document_id, None)
            self._room += (before[2] if before else 0) - size
            self._kept[document_id] = (stamp, texts, size)
            while self._room < 0 and len(self._kept) > 1:
                _, (_, _, freed) = self._kept.popitem(last=False)
                self._room += freed
        return texts.get(number, "")

    def _read(self, document_id: str) -> dict[int, str]:
        try:
            found = _DECODER.decode((self._corpus.folder(document_id) / RECORD).read_bytes())
        except (OSError, *NO_JSON):
            found = None
        if found is None or found.format != FORMAT:
            self._corpus.record(document_id)  # says in its own words what is wrong
            raise Damaged(document_id, say("{where}: document.json cannot be read.", where=document_id))
        return {page.number: page.text for page in found.pages}
