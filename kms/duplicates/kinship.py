"""Words that are used alike, from a table of word vectors: a hint where no list of synonyms knows a word."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

CHANCE = 0.3
"""Cosine that one in fourteen pairs of unrelated terms reaches: up to it, likeness says nothing."""
SURE = 0.56
"""Cosine that one in two hundred such pairs reaches: from it, likeness says all it can."""


@cache
def _table() -> tuple[Mapping[str, int], NDArray[np.int8]]:
    """The words and terms of ``vectors.npz``, each with its row; ``benchmarks/vectors.py`` makes the table."""
    with resources.files("kms.duplicates").joinpath("vectors.npz").open("rb") as file:
        loaded = np.load(file, allow_pickle=False)
        words = bytes(loaded["words"]).decode("utf-8").split("\n")
        return {word: row for row, word in enumerate(words)}, loaded["vectors"]


def vector_of(words: Iterable[str]) -> Vectors | None:
    """The direction of a term, of length 1, from its words as they were written, in lower case; None if none is known.

    Terms of several words that the table has count as such, others as the sum of their words; a compound whose first
    part only connects ("antarsekolah") counts as the rest.
    """
    rows, vectors = _table()
    words = list(words)
    parts = [" ".join(words)] if " ".join(words) in rows else map(_rest, words)
    known = [rows[part] for part in parts if part in rows]
    if not known:
        return None
    one = vectors[known[0]].astype(np.float32)
    total: Vectors = one if len(known) == 1 else vectors[known].astype(np.float32).sum(axis=0)
    size = math.sqrt(total @ total)
    return total / size if size else None


def kinship(one: Vectors, others: Vectors) -> float:
    """How alike a term is to the nearest of others (rows), 0 for what chance gives up to 1."""
    cosine = float((others @ one).max())
    return min(1.0, max(0.0, (cosine - CHANCE) / (SURE - CHANCE)))


def stacked(vectors: Sequence[Vectors]) -> Vectors:
    """Vectors as the rows of one table."""
    return np.concatenate(vectors).reshape(len(vectors), -1) if vectors else np.zeros((0, 1), np.float32)


def _rest(word: str) -> str:
    rest = word.removeprefix("antar")
    return rest if len(rest) > 3 else word
