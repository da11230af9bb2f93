"""Passages that stand in many unrelated documents and prove nothing: letterheads, laws, thanks, duties, methods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import chain

import numpy as np

from kms.duplicates.reading import Mask, Reading, distinct, read
from kms.duplicates.shingles import SHINGLE, Shingles
from kms.text.frames import frames
from kms.text.patterns import late

FAMILIES = 4
"""Unrelated documents, the draft among them, in which a passage stands that is nobody's own."""
RELATED = 0.3
"""Share of one text that stands in another from which the two are no longer unrelated."""
NEARLY_ALL = 0.9
"""Share of the draft that stands in a document from which that is taken for a copy of it."""
FEW = 40
"""Passages of its own below which one that two documents have in common makes them related."""
TOO_FEW = 8
"""Passages of its own below which a document is no other than the draft."""

LONGEST_VISION = 600
"""Code points of a sentence on a vision; what is longer is a table or a list."""
NOTHING_OWN = ""
"""The family of those with little that the draft has not."""

_ACT = (
    r"(?:undang\W*undang(?:\s+dasar|\s+republik\s+indonesia)*|ketetapan\s+\w+|instruksi\s+\w+(?:\s+\w+)?|"
    r"(?:peraturan|keputusan|surat\s+edaran)\s+(?:bersama\s+)?(?:pemerintah|presiden|menteri|daerah|gubernur|bupati|"
    r"wali\s?kota|kepala|badan|mahkamah|komisi)(?:\s+(?!nomor\b|no\b|tahun\b)[\w&,/-]+){0,10})"
)
_CITATION = late(
    rf"\b{_ACT}\s+(?:nomor|no\.?)\s*[:.]?\s*\S+(?:\s+tahun\s+\d{{4}})?(?:\s+tentang\b(?:(?![;]|\n\s*\n|\b{_ACT}\s+(?:nomor|no\b)"
    r"|(?<=[a-z\d)])\.\s).){0,600})?",
    re.I | re.S,
)
"""The name of a law or a regulation, to the end of its title."""
_OUTLINE = late(
    r"\b(?:(?:bab|bagian)\s+(?:[ivx]{1,4}|\d{1,2}|[a-h])\b[^.]{0,80}?\b(?:memuat|berisi(?:kan)?|membahas|"
    r"(?:menjelas|mengurai|menyaji|menggambar|memapar|mengemuka|menerang|menyampai)kan)|"
    r"(?:(?:pada|dalam|di)\s+)?bab\s+ini|"
    r"(?:uraian|laporan|tulisan|naskah|kajian|pembahasan)(?:\s+\w+){0,2}\s+(?:disajikan|dibagi|disusun|terbagi|terdiri)\s+"
    r"(?:dalam|ke\s+dalam|atas|dari|menjadi)\s+(?:\w+\s+){1,3}(?:bab|bagian))\b[^.]{0,400}\.",
    re.I,
)
"""What a chapter is about, as a report tells of itself."""
_VISION = late(r"\bvisi\b", re.I)
_PROMISED = late(r"\b(?:misi|terwujudnya|me\w*wujudkan|diarahkan|pembangunan|bupati|wali\s?kota|gubernur)\b", re.I)
"""What a head of a region has promised, which whatever is written there cites."""


@dataclass(frozen=True, eq=False)
class Boilerplate:
    """What is known to be nobody's own, as numbers for `SHINGLE` words in a row, in ascending order.

    Most are templates, with a place left free for each name and figure: what a form says is not where and how many.
    """

    shingles: Shingles = field(default_factory=lambda: np.zeros(0, np.uint64))

    def words(self, reading: Reading) -> Mask:
        """Which words of a text stand in such a passage, in the name of a law, or only frame the rest."""
        mask = np.zeros(len(reading.words), bool)
        for own in (reading.shingles, reading.templates):
            if len(own) and len(self.shingles):
                places = np.minimum(np.searchsorted(self.shingles, own), len(self.shingles) - 1)
                for begin in np.flatnonzero(self.shingles[places] == own):
                    mask[begin : begin + SHINGLE] = True
        named = (match.span() for pattern in (_CITATION, _OUTLINE) for match in pattern.finditer(reading.text))
        for span in chain(named, _visions(reading.text), frames(reading.text)):
            low, high = np.searchsorted(reading.starts, span)
            mask[low:high] = True
        return mask

    def and_learnt(self, draft: Reading, others: Iterable[tuple[str, Reading]]) -> Boilerplate:
        """This, and the passages of ``draft`` that stand in many of the ``others``, each given with its family's name.

        Documents of one family, such as the editions of a report, count once, and so do documents that have much in
        common beside what they share with the draft. Those with nearly all of the draft, and those with
        nothing beside it, count as one together: a text is not worth less because it was copied often.
        """
        own = distinct(draft.templates)
        all_of = [(name, distinct(reading.templates)) for name, reading in others]
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
        return Boilerplate(np.union1d(self.shingles, own[counts >= FAMILIES - 1]))


def _visions(text: str) -> Iterator[tuple[int, int]]:
    """Sentences on the vision of a region."""
    for match in _VISION.finditer(text):
        begin = max(text.rfind(".", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        end = text.find(".", match.end()) + 1 or len(text)
        if end - begin <= LONGEST_VISION and _PROMISED.search(text, begin, end):
            yield begin, end


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
    readings = [read(line) for line in lines if line.strip() and not line.startswith("#")]
    parts = [part for one in readings for part in (one.shingles, one.templates)]
    return Boilerplate(distinct(np.concatenate(parts)))
