"""One file of named arrays, written front to back and read through memory mapping."""

from __future__ import annotations

import json
import mmap
import os
import struct
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"kmsarr01"
_FOOTER = struct.Struct("<QQ8s")


class ArrayFileError(Exception):
    """A file of arrays is cut off or none at all."""


class ArrayWriter:
    """Writes arrays one after another, then their directory; `close` makes sure that all is on the disk."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._directory: dict[str, tuple[str, int, int]] = {}
        self._streaming: tuple[str, int] | None = None

    def put(self, name: str, array: Array) -> None:
        """Store a one-dimensional array."""
        self.begin(name)
        self.append(array.tobytes())
        self.end(array.dtype.str)

    def put_strings(self, name: str, strings: Sequence[bytes]) -> None:
        """Store byte strings in their order; `ArrayReader.strings` gives them back."""
        ends = np.cumsum([0, *map(len, strings)], dtype=np.uint64 if sum(map(len, strings)) >> 31 else np.uint32)
        self.put(f"{name}.ends", ends)
        self.put(name, np.frombuffer(b"".join(strings), np.uint8))

    def begin(self, name: str) -> None:
        """Start an array whose bytes come piece by piece."""
        self._file.write(bytes(-self._file.tell() % 8))
        self._streaming = (name, self._file.tell())

    def append(self, piece: bytes) -> None:
        self._file.write(piece)

    def end(self, dtype: str = "|u1") -> None:
        assert self._streaming
        name, start = self._streaming
        self._directory[name] = (dtype, start, (self._file.tell() - start) // np.dtype(dtype).itemsize)

    def close(self) -> None:
        directory = json.dumps(self._directory).encode()
        start = self._file.tell()
        self._file.write(directory + _FOOTER.pack(start, len(directory), _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Close without finishing."""
        self._file.close()


class ArrayReader:
    """The arrays of a file; they stay readable after the file's name is gone."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < _FOOTER.size:
                raise ArrayFileError(path.name)
            self.buffer = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = len(self.buffer) - _FOOTER.size
        start, length, magic = _FOOTER.unpack_from(self.buffer, size)
        if magic != _MAGIC or start + length != size:
            raise ArrayFileError(path.name)
        self.directory: dict[str, tuple[str, int, int]] = json.loads(self.buffer[start : start + length])

    def get(self, name: str) -> Array:
        dtype, start, count = self.directory[name]
        return np.frombuffer(self.buffer, dtype, count, start)

    def strings(self, name: str) -> Strings:
        _, start, _ = self.directory[name]
        return Strings(self.buffer, start, self.get(f"{name}.ends"))


class Strings(Sequence[bytes]):
    """Byte strings in a mapped file; `place` and `under` need them sorted."""

    def __init__(self, buffer: mmap.mmap, start: int, ends: Array) -> None:
        self._buffer = buffer
        self._start = start
        self._heads: Array | None = None
        self._ends = ends.data  # gives plain numbers, which is faster than an array where one is asked for

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: Any) -> Any:
        start = self._start
        return self._buffer[start + self._ends[number] : start + self._ends[number + 1]]

    def all(self) -> list[bytes]:
        """Every string, at once: faster than one by one."""
        ends = self._ends.tolist()
        blob = self._buffer[self._start : self._start + ends[-1]]
        return [blob[left:right] for left, right in pairwise(ends)]

    def place(self, key: bytes) -> int:
        """The number of ``key``, or -1."""
        number = bisect_left(self, key)
        return number if number < len(self) and self[number] == key else -1

    def places(self, keys: Sequence[bytes]) -> list[int]:
        """As `place`, of many at once: among those that begin with the same eight bytes, only one is left mostly."""
        if self._heads is None:
            self._heads = _heads(np.frombuffer(self._buffer, np.uint8, int(self._ends[-1]), self._start), self._ends)
        asked = _heads(np.frombuffer(b"".join(keys), np.uint8), np.cumsum([0, *map(len, keys)]))
        lows, highs = (np.searchsorted(self._heads, asked, side).tolist() for side in ("left", "right"))
        found = [bisect_left(self, key, low, high) for key, low, high in zip(keys, lows, highs)]
        return [at if at < high and self[at] == key else -1 for key, at, high in zip(keys, found, highs)]

    def under(self, prefix: bytes) -> range:
        """The numbers of the strings that begin with ``prefix``."""
        first = bisect_left(self, prefix)
        # No UTF-8 text has a byte 255, so this stands after every string with the prefix.
        return range(first, bisect_left(self, prefix + b"\xff", first)) if prefix else range(len(self))


def _heads(blob: Array, ends: Any) -> Array:
    """The first eight bytes of byte strings as numbers, which are in order where the strings are."""
    starts, stops = np.asarray(ends)[:-1, None].astype(np.int64), np.asarray(ends)[1:, None].astype(np.int64)
    places = starts + np.arange(8)
    heads = np.zeros(places.shape, np.uint8)
    inside = places < stops
    heads[inside] = blob[places[inside]]
    return heads.view(">u8").ravel().astype(np.uint64)


def joined(arrays: Iterable[Array], dtype: str) -> Array:
    """All arrays as one, also when there are none."""
    arrays = list(arrays)
    return np.concatenate(arrays).astype(dtype, copy=False) if arrays else np.empty(0, dtype)
