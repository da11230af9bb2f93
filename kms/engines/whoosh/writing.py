"""Batches: pages collected in memory, written as segments, small segments merged, all in force by one rename."""

# Parts of Whoosh have no types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

from kms.engines.engine import Entry
from kms.engines.signature import BINS, hash_words, sign
from kms.engines.whoosh.arrays import Array, ArrayWriter, joined
from kms.engines.whoosh.codec import EXTENSION, SPLIT, ArrayCodec, ArraySegment, SegmentReader, synced
from kms.engines.whoosh.postings import IN_TITLE, MOST, Postings, encode

PLACES_AT_ONCE = 3_000_000
"""Words collected before they are written as a segment, and merged at a time: bounds the memory."""

TIER = 6
"""Segments of like size that are merged into one."""

LARGEST = 60_000
"""Pages above which a segment is left alone, so that no batch pays for the whole index."""

PARTS = 4
"""Title, headings, body and other forms, in which order the words of a page stand."""
BODY = 2
"""The place of the body among them."""
HALVES = np.array([0, 3, 2, 1], np.uint16)
"""What an occurrence in title, headings, body and other forms counts, in halves; the title has a bit of its own."""

_forms = itemgetter(0, 1)


class BatchWriter(SegmentWriter):
    """Whoosh's writer, with whole pages of tokens in place of fields and our own way to write segments."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=10.0)
        self._folder = Path(self.storage.folder)
        self._new: list[ArraySegment] = []
        self._readers: dict[str, SegmentReader] = {}
        self._pages = Collected()

    def remove(self, document: str) -> None:
        """Take out the pages of a document, also those added to this batch."""
        self._pages.remove(document)
        for segment in (*self.segments, *self._new):
            reader = self._reader(segment)
            number = reader.names().get(document)
            if number is not None:
                for page in np.flatnonzero(reader.document == number).tolist():
                    segment.delete_document(page)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._pages.add(entry)
        if self._pages.places > PLACES_AT_ONCE:
            self._flush()

    def commit(self, mergetype: Any = None, optimize: Any = None, merge: Any = None, **kwargs: Any) -> None:
        """Bring the batch into force; it is on the disk when this returns."""
        self._check_state()
        try:
            self._flush()
            segments = self._merged([*self.segments, *self._new])
            synced(self._folder)
            TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        except BaseException:
            self.cancel()
            raise
        clean_files(self.storage, self.indexname, self.generation, segments)
        self._finish()

    def cancel(self, **kwargs: Any) -> None:
        """Forget the batch."""
        for segment in self._new:
            self._path(segment).unlink(missing_ok=True)
        self.pool.cleanup()
        self._finish()

    def _flush(self) -> None:
        """Write the pages collected so far as a segment."""
        if not self._pages.entries:
            return
        segment = ArraySegment(self.codec, self.indexname)
        write_collected(self._path(segment), self._pages)
        segment.set_doc_count(len(self._pages.entries))
        for page in self._pages.removed:
            segment.delete_document(page)
        self._new.append(segment)
        self._pages = Collected()

    def _merged(self, segments: list[ArraySegment]) -> list[ArraySegment]:
        """The segments in force after merging those that are due."""
        segments = [segment for segment in segments if segment.doc_count()]
        while due := segments_due(segments):
            merged = ArraySegment(self.codec, self.indexname)
            self._new.append(merged)
            readers = [self._reader(segment) for segment in due]
            alive = [alive_pages(segment) for segment in due]
            merge_segments(self._path(merged), readers, alive)
            merged.set_doc_count(sum(int(mask.sum()) for mask in alive))
            segments = [segment for segment in segments if segment not in due] + [merged]
        return segments

    def _path(self, segment: ArraySegment) -> Path:
        return self._folder / str(segment.make_filename(EXTENSION))

    def _reader(self, segment: ArraySegment) -> SegmentReader:
        if segment.segid not in self._readers:
            self._readers[segment.segid] = SegmentReader(self._path(segment))
        return self._readers[segment.segid]


def segments_due(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Segments to be made into one: `TIER` of like size, or one that is mostly deleted pages; none when all is well.

    Sizes grow by the factor `TIER` from tier to tier, so a page is rewritten a logarithmic number of times.
    """
    tiers: dict[int, list[ArraySegment]] = {}
    for segment in segments:
        if segment.deleted_count() * 2 > segment.doc_count_all():
            return [segment]
        tier, size = 0, TIER
        while size <= segment.doc_count():
            tier, size = tier + 1, size * TIER
        tiers.setdefault(tier, []).append(segment)
    for _, alike in sorted(tiers.items()):
        alike = sorted(alike, key=lambda segment: segment.doc_count())[:TIER]
        if len(alike) == TIER and sum(segment.doc_count() for segment in alike) <= LARGEST:
            return alike
    return []


def alive_pages(segment: ArraySegment) -> Array:
    """A mask over the segment's pages, False for those deleted."""
    alive = np.ones(int(segment.doc_count_all()), np.bool_)
    alive[np.fromiter(segment.deleted_docs(), np.int64)] = False
    return alive


class _Numbers(dict[Any, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


class Collected:
    """Pages of a batch, their words as numbers; ``runs`` are the lengths of the parts of each page."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, int, int, Mapping[str, tuple[str, ...]]]] = []
        self.removed: set[int] = set()
        self.terms = _Numbers()
        self.words = array("I")
        self.runs = array("I")

    @property
    def places(self) -> int:
        """How many words were collected."""
        return len(self.words)

    def add(self, entry: Entry) -> None:
        number = self.terms.__getitem__
        for part in (entry.title, entry.headings, entry.body, entry.also):
            self.words.extend(map(number, map(_forms, part)))
            self.runs.append(len(part))
        keywords = {name: tuple(values) for name, values in entry.keywords.items() if values}
        self.entries.append((entry.document, entry.page, len(entry.body), keywords))

    def remove(self, document: str) -> None:
        self.removed.update(number for number, entry in enumerate(self.entries) if entry[0] == document)


def write_collected(path: Path, collected: Collected) -> None:
    """Write collected pages as a segment file."""
    keys = [exact if exact == stem else f"{exact}\x1f{stem}" for exact, stem in collected.terms]
    coded = [key.encode() for key in keys]
    order = sorted(range(len(coded)), key=coded.__getitem__)
    rank = np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    runs = np.frombuffer(collected.runs, np.uint32).reshape(-1, PARTS)
    words_given = np.frombuffer(collected.words, np.uint32)
    words = rank[words_given]
    # Places count on through title, headings, text and other forms, with a gap between, so no phrase spans two of them.
    totals = runs.sum(axis=1, dtype=np.int64)
    pages = np.repeat(np.arange(len(runs), dtype=np.uint32), totals)
    part = np.repeat(np.tile(np.arange(PARTS, dtype=np.uint8), len(runs)), runs.ravel().astype(np.int64))
    places = np.arange(len(words), dtype=np.int64) - np.repeat(np.cumsum(totals) - totals, totals) + part
    weights = HALVES[part]
    body = part == BODY
    signatures = sign(hash_words([exact.encode() for exact, _ in collected.terms])[words_given[body]], runs[:, BODY])
    by_term = np.argsort(words, kind="stable")
    words, pages, weights, part = words[by_term], pages[by_term], weights[by_term], part[by_term]
    places = places[by_term].astype(np.uint32)
    new = np.ones(len(words), bool)
    new[1:] = (words[1:] != words[:-1]) | (pages[1:] != pages[:-1])
    starts = np.flatnonzero(new)
    counts = np.diff(starts, append=len(words)).astype(np.uint32)
    postings = Postings(
        np.zeros(1, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint8), np.empty(0, np.uint32), places
    )
    if len(starts):
        title = np.maximum.reduceat(part == 0, starts) * np.uint8(IN_TITLE)
        weight = np.minimum(np.add.reduceat(weights, starts), MOST).astype(np.uint8) | title
        bounds = np.searchsorted(words[starts], np.arange(len(order) + 1))
        postings = Postings(bounds, pages[starts], weight, counts, places)
    file = ArrayWriter(path)
    try:
        file.begin("postings")
        lengths = [len(piece) for piece in _written(file, encode(postings))]
        file.end()
        _write_terms(file, [coded[number] for number in order], lengths, np.diff(postings.bounds))
        documents = _Numbers()
        numbers = [documents[entry[0]] for entry in collected.entries]
        _write_pages(
            file,
            np.array([entry[1] for entry in collected.entries], np.uint32),
            np.array(numbers, np.uint32),
            np.array([entry[2] for entry in collected.entries], np.uint32),
            list(documents),
            runs[:, :BODY],
            signatures,
        )
        for name in sorted({name for entry in collected.entries for name in entry[3]}):
            values = _Numbers()
            uses = [
                (page, values[value])
                for page, entry in enumerate(collected.entries)
                for value in dict.fromkeys(entry[3].get(name, ()))
            ]
            pairs = np.array(uses, np.uint32).reshape(-1, 2)
            _write_keyword(file, name, list(values), pairs[:, 0], pairs[:, 1])
        file.close()
    except BaseException:
        file.discard()
        raise


def merge_segments(path: Path, readers: Sequence[SegmentReader], alive: Sequence[Array]) -> None:
    """Write the pages of ``readers`` that are ``alive`` as one segment file."""
    firsts = np.cumsum([0, *(int(mask.sum()) for mask in alive)])
    renumbered = [np.cumsum(mask) - 1 + first for mask, first in zip(alive, firsts)]
    where: dict[bytes, list[tuple[int, int]]] = {}
    for which, reader in enumerate(readers):
        for term, key in enumerate(reader.terms.all()):
            where.setdefault(key, []).append((which, term))
    file = ArrayWriter(path)
    try:
        file.begin("postings")
        keys: list[bytes] = []
        lengths: list[int] = []
        numbers: list[int] = []
        chunk = _Chunk()

        def write_chunk() -> None:
            lengths.extend(len(piece) for piece in _written(file, encode(chunk.postings())))

        for key in sorted(where):
            found = chunk.add([(readers[w], t, alive[w], renumbered[w]) for w, t in where[key]])
            if found:
                keys.append(key)
                numbers.append(found)
            if chunk.places > PLACES_AT_ONCE:
                write_chunk()
                chunk = _Chunk()
        write_chunk()
        file.end()
        _write_terms(file, keys, lengths, np.array(numbers, np.int64))
        _merge_pages(file, readers, alive, renumbered)
        file.close()
    except BaseException:
        file.discard()
        raise


class _Chunk:
    """Postings of some terms, gathered from several segments."""

    def __init__(self) -> None:
        self.places = 0
        self._bounds = [0]
        self._pages: list[Array] = []
        self._weights: list[Array] = []
        self._counts: list[Array] = []
        self._places: list[Array] = []

    def add(self, sources: Iterable[tuple[SegmentReader, int, Array, Array]]) -> int:
        """Take in one term; the number of pages that still have it."""
        number = 0
        for reader, term, alive, renumbered in sources:
            pages, weights = reader.postings(term)
            counts, places = reader.places(term)
            keep = alive[pages]
            if not keep.all():
                places = places[np.repeat(keep, counts)]
                pages, weights, counts = pages[keep], weights[keep], counts[keep]
            self._pages.append(renumbered[pages])
            self._weights.append(weights)
            self._counts.append(counts)
            self._places.append(places)
            number += len(pages)
            self.places += len(places)
        if number:
            self._bounds.append(self._bounds[-1] + number)
        return number

    def postings(self) -> Postings:
        return Postings(
            np.array(self._bounds),
            joined(self._pages, "i8"),
            joined(self._weights, "u1"),
            joined(self._counts, "u4"),
            joined(self._places, "u4"),
        )


def _merge_pages(
    file: ArrayWriter, readers: Sequence[SegmentReader], alive: Sequence[Array], renumbered: Sequence[Array]
) -> None:
    documents = _Numbers()
    numbers = []
    for reader, mask in zip(readers, alive):
        names = reader.documents.all()
        table = np.zeros(len(names), np.uint32)
        for old in np.unique(reader.document[mask]).tolist():
            table[old] = documents[names[old].decode()]
        numbers.append(table[reader.document[mask]])
    page = joined((reader.page[mask] for reader, mask in zip(readers, alive)), "u4")
    length = joined((reader.length[mask] for reader, mask in zip(readers, alive)), "u4")
    starts = joined((reader.lengths_before[mask] for reader, mask in zip(readers, alive)), "u4").reshape(-1, BODY)
    signatures = joined((reader.signature[mask] for reader, mask in zip(readers, alive)), "u1").reshape(-1, BINS)
    _write_pages(file, page, joined(numbers, "u4"), length, list(documents), starts, signatures)
    for name in sorted({name for reader in readers for name in reader.keywords}):
        known = _Numbers()
        at, which = [], []
        for reader, mask, new in zip(readers, alive, renumbered):
            if name in reader.keywords:
                values, pages, uses = reader.keyword(name)
                keep = mask[pages]
                table = np.array([known[value] for value in values], np.uint32)
                at.append(new[pages[keep]])
                which.append(table[uses[keep]])
        _write_keyword(file, name, list(known), joined(at, "u4"), joined(which, "u4"))


def _written(file: ArrayWriter, pieces: Iterable[bytes]) -> Iterable[bytes]:
    for piece in pieces:
        file.append(piece)
        yield piece


def _write_terms(file: ArrayWriter, keys: list[bytes], lengths: list[int], pages: Array) -> None:
    """The sorted keys of all terms, where their postings are, and which terms share a stem."""
    file.put_strings("terms", keys)
    at = np.cumsum([0, *lengths[:-1]] if lengths else [], dtype=np.uint64)
    file.put("terms.at", at.astype(np.uint32) if not len(at) or int(at[-1]) >> 32 == 0 else at)
    file.put("terms.pages", pages.astype(np.uint32))
    stems: dict[bytes, list[int]] = {}
    for number, key in enumerate(keys):
        exact, _, stem = key.partition(SPLIT)
        stems.setdefault(stem or exact, []).append(number)
    ordered = sorted(stems)
    file.put_strings("stems", ordered)
    file.put("stems.terms", np.array([term for stem in ordered for term in stems[stem]], np.uint32))
    file.put("stems.last", np.cumsum([len(stems[stem]) for stem in ordered], dtype=np.uint32))


def _write_pages(
    file: ArrayWriter,
    page: Array,
    document: Array,
    length: Array,
    documents: list[str],
    before: Array,
    signatures: Array,
) -> None:
    """``before`` are the lengths of title and headings of each page, ``signatures`` rows of bytes."""
    file.put("page", page)
    file.put("document", document)
    file.put("length", length)
    file.put("before", np.minimum(before, 0xFFFF).astype(np.uint16).ravel())
    file.put("signature", signatures.ravel())
    file.put_strings("documents", [document.encode() for document in documents])


def _write_keyword(file: ArrayWriter, name: str, values: list[str], pages: Array, uses: Array) -> None:
    file.put_strings(f"k:{name}", [value.encode() for value in values])
    file.put(f"k:{name}.page", pages.astype(np.uint32))
    file.put(f"k:{name}.value", uses.astype(np.uint16 if len(values) < 1 << 16 else np.uint32))
