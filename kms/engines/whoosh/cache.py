"""Words that were scored, remembered while they are asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from kms.engines.whoosh.arrays import Array

ROOM = 64 << 20
"""Bytes of arrays that are kept."""


@dataclass(frozen=True)
class Scored:
    """Pages of a word, ascending, its occurrences weighed by field and length, and the scores these come to."""

    pages: Array
    occurrences: Array
    scores: Array


class Cache:
    """The most recently used scored words, within a number of bytes."""

    def __init__(self, room: int = ROOM) -> None:
        self._size = self._room = room
        self._entries: OrderedDict[tuple[object, ...], Scored] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], Scored]) -> Scored:
        with self._changing:
            known = self._entries.get(key)
            if known is not None:
                self._entries.move_to_end(key)
                return known
        made = make()
        size = made.pages.nbytes + made.scores.nbytes * 2
        if size * 4 < self._size:
            with self._changing:
                if key not in self._entries:
                    self._entries[key] = made
                    self._room -= size
                while self._room < 0 and self._entries:
                    _, oldest = self._entries.popitem(last=False)
                    self._room += oldest.pages.nbytes + oldest.scores.nbytes * 2
        return made
