"""What texts that fill in one template do not have in common: the names and the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kms.duplicates.reading import Codes, Reading, code

Mask = NDArray[np.bool_]

_NAME = re.compile(r"(?<=\w)[^\w.:;!?|\n\t•*-]+([A-Z][a-z]+)(?!\w)")
_FIGURE = re.compile(
    r"^[ \t|]*\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s)|"
    r"\b(?:tabel|gambar|grafik|diagram|bagan|peta|bab|pasal|ayat|nomor|no\.?)\s*\d[\d.]*|"
    r"(?<![\w.,/])(?!(?:19|20)\d\d(?![.,]?\d))(\d+(?:[.,]\d+)*)(?![\w/])",
    re.I | re.M,
)
_NAME_HERE, _FIGURE_HERE = code("A"), code("0")


def names(reading: Reading) -> Mask:
    """Which words are written as names: with a capital, and inside a sentence."""
    return _at(reading, (match.start(1) for match in _NAME.finditer(reading.text)))


def figures(reading: Reading) -> Mask:
    """Which words are counts or amounts: no years, and no numbers that only count lines, tables or laws."""
    return _at(reading, (match.start(1) for match in _FIGURE.finditer(reading.text) if match[1]))


def with_slots(reading: Reading) -> tuple[Codes, Mask]:
    """The words of a text, all names as one and all figures as one; and where these stand."""
    named, counted = names(reading), figures(reading)
    words = np.where(named, np.uint32(_NAME_HERE), np.where(counted, np.uint32(_FIGURE_HERE), reading.words))
    return words.astype(np.uint32), named | counted


def _at(reading: Reading, places: Iterable[int]) -> Mask:
    mask = np.zeros(len(reading.words) + 1, bool)
    mask[np.searchsorted(reading.starts, np.fromiter(places, np.int64))] = True
    return mask[:-1]
