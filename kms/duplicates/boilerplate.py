"""Passages that stand in many unrelated documents and prove nothing: letterheads, laws, thanks, duties, methods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.reading import Reading, distinct, read
from kms.duplicates.shingles import SHINGLE, Shingles, shingles_of
from kms.duplicates.slots import with_slots
from kms.text.frames import frames

FAMILIES = 4
"""Unrelated documents, the draft among them, in which a passage stands that is nobody's own."""
RELATED = 0.5
"""Share of one text that stands in another from which the two are no longer unrelated."""
NEARLY_ALL = 0.9
"""Share of the draft that stands in a document from which that is taken for a copy of it."""
FEW = 40
"""Passages of its own below which one that two documents have in common makes them related."""
TOO_FEW = 8
"""Passages of its own below which a document is no other than the draft."""
FREE = 2
"""Names and figures among `SHINGLE` words from which on more are a list."""
EMPTY = np.uint64(0)

Mask = NDArray[np.bool_]

NOTHING_OWN = ""
"""The family of those with little that the draft has not."""

_ACT = (
    r"(?:undang\W*undang(?:\s+dasar|\s+republik\s+indonesia)*|ketetapan\s+\w+|instruksi\s+\w+(?:\s+\w+)?|"
    r"(?:peraturan|keputusan|surat\s+edaran)\s+(?:bersama\s+)?(?:pemerintah|presiden|menteri|daerah|gubernur|bupati|"
    r"wali\s?kota|kepala|badan|mahkamah|komisi)(?:\s+(?!nomor\b|no\b|tahun\b)[\w&,/-]+){0,10})"
)
_CITATION = re.compile(
    rf"\b{_ACT}\s+(?:nomor|no\.?)\s*[:.]?\s*\S+(?:\s+tahun\s+\d{{4}})?(?:\s+tentang\b(?:(?![;]|\n\s*\n|\b{_ACT}\s+(?:nomor|no\b)"
    r"|(?<=[a-z\d)])\.\s).){0,600})?",
    re.I | re.S,
)
"""The name of a law or a regulation, to the end of its title."""


@dataclass(frozen=True, eq=False)
class Boilerplate:
    """What is known to be nobody's own, as numbers for `SHINGLE` words in a row, in ascending order.

    ``templates``: the same of words with a place left free for each name and figure.
    """

    shingles: Shingles = field(default_factory=lambda: np.zeros(0, np.uint64))
    templates: Shingles = field(default_factory=lambda: np.zeros(0, np.uint64))

    def words(self, reading: Reading) -> Mask:
        """Which words of a text stand in such a passage, in the name of a law or regulation, or only frame it."""
        mask = np.zeros(len(reading.words), bool)
        for own, known in ((shingles_of(reading.words), self.shingles), (templates_of(reading), self.templates)):
            if len(own) and len(known):
                places = np.minimum(np.searchsorted(known, own), len(known) - 1)
                for begin in np.flatnonzero(known[places] == own):
                    mask[begin : begin + SHINGLE] = True
        laws = (match.span() for match in _CITATION.finditer(reading.text))
        for span in chain(laws, frames(reading.text)):
            low, high = np.searchsorted(reading.starts, span)
            mask[low:high] = True
        return mask

    def and_learnt(self, draft: Reading, others: Iterable[tuple[str, Reading]]) -> Boilerplate:
        """This, and the passages of ``draft`` that stand in many of the ``others``, each given with its family's name.

        Documents of one family, such as the editions of a report, count once, and so do documents that have much in
        common beside what they share with the draft. Those with nearly all of the draft, and those with
        nothing beside it, count as one together: a text is not worth less because it was copied often.
        """
        own = _without_empty(templates_of(draft))
        all_of = [(name, _without_empty(templates_of(reading))) for name, reading in others]
        common = _in_many([theirs for _, theirs in all_of])
        found = [
            (name, theirs, shared)
            for name, theirs in all_of
            if (shared := np.isin(own, theirs, assume_unique=True)).any()
        ]
        families: list[tuple[str, list[Shingles], Mask]] = []
        for name, theirs, shared in found:
            rest = np.setdiff1d(theirs, common, assume_unique=True)
            rest = np.setdiff1d(rest, own, assume_unique=True)
            if shared.sum() >= NEARLY_ALL * len(own) or len(rest) < TOO_FEW:
                name = NOTHING_OWN
            for place, (known, rests, mask) in enumerate(families):
                if name == known or (NOTHING_OWN not in (name, known) and any(_related(rest, each) for each in rests)):
                    families[place] = (known, [*rests, rest], mask | shared)
                    break
            else:
                families.append((name, [rest], shared))
        counts = np.sum([mask for _, _, mask in families], axis=0) if families else np.zeros(len(own), np.int64)
        return Boilerplate(self.shingles, np.union1d(self.templates, own[counts >= FAMILIES - 1]))


def templates_of(reading: Reading) -> Shingles:
    """The shingles of a text with names and figures left free; `EMPTY` where hardly a word is left."""
    words, slots = with_slots(reading)
    shingles = shingles_of(words)
    free = np.convolve(slots, np.ones(SHINGLE, int), "valid") if len(shingles) else np.zeros(0, int)
    return np.where(free > FREE, EMPTY, shingles)


def _without_empty(shingles: Shingles) -> Shingles:
    each = distinct(shingles)
    return each[each != EMPTY]


def _in_many(texts: Sequence[Shingles]) -> Shingles:
    """What stands in so many of the texts that it makes no two of them related."""
    if not texts:
        return np.zeros(0, np.uint64)
    ordered = np.sort(np.concatenate(texts))
    last = ordered[FAMILIES - 1 :]
    return distinct(last[last == ordered[: len(last)]])


def _related(one: Shingles, other: Shingles) -> bool:
    """Whether two texts, without what they share with a draft, still share much."""
    least = min(len(one), len(other))
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common > 0 if least < FEW else common >= RELATED * least


@cache
def formulas() -> Boilerplate:
    """The formulas of ``formulas.txt``, for corpora too small to learn them from."""
    lines = resources.files("kms.duplicates").joinpath("formulas.txt").read_text("utf-8").splitlines()
    parts = [shingles_of(read(line).words) for line in lines if line.strip() and not line.startswith("#")]
    return Boilerplate(distinct(np.concatenate(parts)) if parts else np.zeros(0, np.uint64))
