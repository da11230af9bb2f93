"""What was worked out of postings, remembered while it is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

ROOM = 64 << 20
"""Bytes of arrays that are kept."""


class Sized(Protocol):
    """Something made of arrays."""

    @property
    def nbytes(self) -> int: ...


Kept = TypeVar("Kept", bound=Sized)


class Cache:
    """What was used last, within a number of bytes. Keys of one kind lead to values of one kind."""

    def __init__(self, room: int = ROOM) -> None:
        self._size = self._room = room
        self._entries: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What ``make`` makes of ``key``, made now where it is not there."""
        with self._changing:
            known: Kept | None = self._entries.get(key)
            if known is not None:
                self._entries.move_to_end(key)
                return known
        made = make()
        if made.nbytes * 4 < self._size:
            with self._changing:
                if key not in self._entries:
                    self._entries[key] = made
                    self._room -= made.nbytes
                while self._room < 0 and self._entries:
                    _, oldest = self._entries.popitem(last=False)
                    self._room += oldest.nbytes
        return made
