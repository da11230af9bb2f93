"""Lines that may be a table, before their columns are looked for, and what never belongs to one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kms.extract.letters import Word
from kms.extract.lines import Line
from kms.extract.sheet import Rule
from kms.model import Box

CAPTION = re.compile(r"(tabel|table)\b\.?\s*([\dIVX]|[A-Z]\b)", re.IGNORECASE)
NOTE = re.compile(
    r"\(?\*|[\"'(]*(sumber|source|keterangan|catatan|note|ket)\b\s*(data)?\s*[:;.]|"
    r"(gambar|grafik|figure|bab|lampiran)\s+[\dIVX]",
    re.IGNORECASE,
)
LEADER = re.compile(r"\.{4,}|(\. ){4,}|…{2,}")


@dataclass(frozen=True)
class Block:
    """Lines that may be a table, with the rules among them and the joints of these (``marks``)."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    marks: tuple[float, ...]
    box: Box
    method: str
    captioned: bool = False


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= word.level <= box[3]


def overlap(box: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return min(box[2], other[2]) - max(box[0], other[0]) > 3 and min(box[3], other[3]) - max(box[1], other[1]) > 3


def area(box: Box) -> float:
    """The area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])
