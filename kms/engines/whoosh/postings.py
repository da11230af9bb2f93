"""How the pages of a word are coded: gaps, weights, counts and places, each as wide as the word needs.

A *posting* is a page that has the word. Its *weight* is one byte: bit 7 says that the title has the word, the rest
how often the page has it in half occurrences, headings counted more. Page numbers are stored as gaps in the narrowest
type that fits nearly all; the few that do not fit are patched in (after Zukowski et al., 2006, Super-scalar
RAM-CPU cache compression), so that decoding is a few array operations, whatever the length.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kms.engines.whoosh.arrays import Array

IN_TITLE = 128
"""The bit of a weight that says that the title has the word."""
MOST = 127
"""The greatest weight of a word in headings and text, in halves of an occurrence: what the other bits hold."""

_HEADER = struct.Struct("<IIBBBx")  # patches, places, widths of gaps, counts, places
_WIDTHS: dict[int, Any] = {1: np.dtype("u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}


@dataclass(frozen=True)
class Postings:
    """Postings of several terms, one term after another.

    ``bounds[i]:bounds[i + 1]`` are term i's postings in ``pages``, ``weights`` and ``counts``; ``places`` holds
    ``counts`` places for each posting.
    """

    bounds: Array
    pages: Array
    weights: Array
    counts: Array
    places: Array


def encode(postings: Postings) -> Iterator[bytes]:
    """The bytes of each term."""
    bounds, pages, counts = postings.bounds, postings.pages, postings.counts
    if len(bounds) < 2:
        return
    starts = bounds[:-1]
    gaps: Array = np.diff(pages.astype(np.int64), prepend=0)
    gaps[starts] = pages[starts]
    place_bounds = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))[bounds]
    widest_gap = np.maximum.reduceat(gaps, starts).tolist()
    over_byte = np.add.reduceat((gaps > 0xFF).astype(np.int64), starts).tolist()
    over_short = np.add.reduceat((gaps > 0xFFFF).astype(np.int64), starts).tolist()
    widest_count = np.maximum.reduceat(counts, starts).tolist()
    widest_place = np.maximum.reduceat(postings.places, place_bounds[:-1]).tolist()
    edges, place_edges = bounds.tolist(), place_bounds.tolist()
    weights = postings.weights.tobytes()
    for term in range(len(starts)):
        first, last = edges[term], edges[term + 1]
        number = last - first
        if widest_gap[term] <= 0xFF or over_byte[term] * 8 < number:
            width, patches = 1, over_byte[term]
        elif widest_gap[term] <= 0xFFFF or over_short[term] * 4 < number:
            width, patches = 2, over_short[term]
        else:
            width, patches = 4, 0
        part = gaps[first:last]
        patch = b""
        if patches:
            where = np.flatnonzero(part >> (8 * width))
            patch = where.astype("<u4").tobytes() + part[where].astype("<u4").tobytes()
        count_width, place_width = _width(widest_count[term]), _width(widest_place[term])
        places = postings.places[place_edges[term] : place_edges[term + 1]]
        yield b"".join(
            (
                _HEADER.pack(patches, len(places), width, count_width, place_width),
                part.astype(_WIDTHS[width]).tobytes(),
                patch,
                weights[first:last],
                counts[first:last].astype(_WIDTHS[count_width]).tobytes(),
                places.astype(_WIDTHS[place_width]).tobytes(),
            )
        )


def decode(buffer: Any, start: int, number: int) -> tuple[Array, Array]:
    """Pages (ascending) and weights of the term coded at ``start``, which has ``number`` postings."""
    patches, _, width, _, _ = _HEADER.unpack_from(buffer, start)
    start += _HEADER.size
    gaps: Array = np.frombuffer(buffer, _WIDTHS[width], number, start)
    start += number * width
    if patches:
        gaps = gaps.astype(np.uint32)
        gaps[np.frombuffer(buffer, "<u4", patches, start)] = np.frombuffer(buffer, "<u4", patches, start + 4 * patches)
        start += 8 * patches
    return gaps.cumsum(dtype=np.int32), np.frombuffer(buffer, np.uint8, number, start)


def decode_places(buffer: Any, start: int, number: int) -> tuple[Array, Array]:
    """Counts and places of the term coded at ``start``."""
    patches, total, width, count_width, place_width = _HEADER.unpack_from(buffer, start)
    start += _HEADER.size + number * (width + 1) + 8 * patches
    counts = np.frombuffer(buffer, _WIDTHS[count_width], number, start)
    return counts, np.frombuffer(buffer, _WIDTHS[place_width], total, start + number * count_width)


def _width(widest: int) -> int:
    return 1 if widest <= 0xFF else 2 if widest <= 0xFFFF else 4
