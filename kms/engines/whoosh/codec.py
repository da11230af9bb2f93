"""A Whoosh codec whose segment is one file of arrays."""

# Parts of Whoosh have no types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh.codec.base import Codec
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from kms.engines.signature import BINS
from kms.engines.whoosh.arrays import Array, ArrayReader
from kms.engines.whoosh.cache import Cache
from kms.engines.whoosh.forms import Forms, Places, gather_forms, gather_places
from kms.engines.whoosh.postings import decode, decode_places

EXTENSION = ".arrays"
STEMS_KEPT = 20_000
"""Stems whose postings a segment remembers."""
SPLIT = b"\x1f"
"""Between exact form and stem in a term's key; stands before every character of a word, so prefixes sort first."""


Known = TypeVar("Known")


class ArrayCodec(Codec):
    """What Whoosh asks of a codec; its writers are not asked for anything, see `kms.engines.whoosh.writing`."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        return _Nothing()

    def field_writer(self, storage: Any, segment: Any) -> Any:
        return _Nothing()

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        raise NotImplementedError

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        raise NotImplementedError

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(self, indexname)

    def terms_reader(self, storage: Any, segment: Any) -> SegmentReader:
        return SegmentReader(Path(storage.folder) / segment.make_filename(EXTENSION))

    per_document_reader = terms_reader


class ArraySegment(W3Segment):
    """A segment as the list of segments keeps it: its id, number of pages and deleted pages."""

    def should_assemble(self) -> bool:
        return False


class _Nothing:
    """Stands where Whoosh would write postings one by one."""

    is_closed = True

    def close(self) -> None:
        pass


class SegmentReader:
    """The file of one segment. Pages are numbered from 0 in the order they were added.

    What is read of words is ``kept``, for as long as the segment is there, whatever is committed beside it.
    """

    def __init__(self, path: Path, kept: Cache | None = None) -> None:
        self._id = path.name
        self._kept = Cache(0) if kept is None else kept
        file = ArrayReader(path)
        self._file = file
        self.page = file.get("page")
        self.document = file.get("document")
        self.length = file.get("length")
        self.lengths_before = file.get("before").reshape(-1, 2)
        self.signature = file.get("signature").reshape(-1, BINS)
        self.documents = file.strings("documents")
        self.terms = file.strings("terms")
        self.stems = file.strings("stems")
        self._pages_of_term = file.get("terms.pages")
        self._at = file.get("terms.at")
        self._postings = file.directory["postings"][1]
        self._terms_of_stem = file.get("stems.terms")
        self._stem_ends = file.get("stems.last")
        self._names: dict[str, int] | None = None
        self._known_stems: dict[str, list[int]] = {}
        self._known_counts: dict[str, int] = {}
        self._keywords: dict[str, tuple[list[str], Array, Array]] = {}
        self.keywords = tuple(name[2:] for name in file.directory if name[:2] == "k:" and "." not in name)

    @property
    def pages(self) -> int:
        """How many pages were written, those deleted since included."""
        return len(self.page)

    def names(self) -> dict[str, int]:
        """The number of each document in `document`."""
        if self._names is None:
            self._names = {name.decode(): number for number, name in enumerate(self.documents.all())}
        return self._names

    def keyword(self, name: str) -> tuple[list[str], Array, Array]:
        """The values of a keyword, and (page, number of the value) of each use, by page."""
        if name not in self._keywords:
            values = [value.decode() for value in self._file.strings(f"k:{name}").all()]
            self._keywords[name] = values, self._file.get(f"k:{name}.page"), self._file.get(f"k:{name}.value")
        return self._keywords[name]

    def terms_with_stem(self, stem: str) -> list[int]:
        """The numbers of the terms that share a stem."""
        return _kept(self._known_stems, stem, self._look_up)

    def pages_with(self, stem: str) -> int:
        """How many pages have a word of a stem, those deleted since included."""
        return _kept(self._known_counts, stem, self._count)

    def meet(self, stems: Iterable[str]) -> None:
        """Look up which terms share each of many stems, faster than one by one."""
        new = [stem for stem in stems if stem not in self._known_stems]
        numbers = dict(zip(new, self.stems.places([stem.encode() for stem in new])))
        for stem in new:
            _kept(self._known_stems, stem, lambda stem: self._terms_at(numbers[stem]))

    def _count(self, stem: str) -> int:
        terms = self.terms_with_stem(stem)
        if len(terms) < 2:
            return sum(map(self.pages_of, terms))
        mask = np.zeros(self.pages, bool)
        for term in terms:
            mask[self.postings(term)[0]] = True
        return int(np.count_nonzero(mask))

    def having(self, stem: str) -> Array:
        """A mask of the pages with a word of a stem."""
        mask = np.zeros(self.pages, bool)
        mask[self.forms(stem).pages.astype(np.intp)] = True
        return mask

    def _look_up(self, stem: str) -> list[int]:
        return self._terms_at(self.stems.place(stem.encode()))

    def _terms_at(self, number: int) -> list[int]:
        if number < 0:
            return []
        first = int(self._stem_ends[number - 1]) if number else 0
        found: list[int] = self._terms_of_stem[first : int(self._stem_ends[number])].tolist()
        return found

    def pages_of(self, term: int) -> int:
        """How many pages have the term."""
        return int(self._pages_of_term[term])

    def pages_of_all(self, terms: range) -> list[int]:
        """How many pages have each of ``terms``."""
        found: list[int] = self._pages_of_term[terms.start : terms.stop].tolist()
        return found

    def postings(self, term: int) -> tuple[Array, Array]:
        """Pages and weights of a term."""
        return decode(self._file.buffer, self._postings + int(self._at[term]), self.pages_of(term))

    def places(self, term: int) -> tuple[Array, Array]:
        """Counts per page, and all places, of a term."""
        return decode_places(self._file.buffer, self._postings + int(self._at[term]), self.pages_of(term))

    def forms(self, stem: str) -> Forms:
        """The postings of all words of a stem."""
        return self._kept.get((self._id, "forms", stem), lambda: self.gathered(self.terms_with_stem(stem)))

    def gathered(self, terms: Iterable[int]) -> Forms:
        """The postings of some terms as one word."""
        terms = list(terms)
        words = [self.terms[term].partition(SPLIT)[0] for term in terms]
        return gather_forms(words, [self.postings(term) for term in terms])

    def keys_of(self, stem: str, wanted: Array | None) -> Array:
        """Where words of a stem stand, on pages of the mask ``wanted`` or on all: page << 32 | place, ascending."""

        def make() -> Places:
            return gather_places([self.places(term) for term in self.terms_with_stem(stem)])

        return self._kept.get((self._id, "places", stem), make).keys(self.forms(stem), wanted)


def _kept(known: dict[str, Known], stem: str, find: Callable[[str], Known]) -> Known:
    """What is ``known`` of a stem, found now where it is not there; no more than `STEMS_KEPT` of them."""
    found = known.get(stem)
    if found is None:
        if len(known) >= STEMS_KEPT:
            known.clear()
        found = known[stem] = find(stem)
    return found


def durable(folder: Path) -> DurableStorage:
    """The storage of an index in ``folder``."""
    return DurableStorage(str(folder))


class DurableStorage(FileStorage):
    """Files whose final rename is on the disk before anybody is told of it."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        synced(folder / oldname)
        super().rename_file(oldname, newname, safe)
        synced(folder)


def synced(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no way to sync a folder, and needs none
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
