"""Words that mean the same in local government, and texts read as concepts: any of a group's words is one concept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kms.text.stopwords import STOP_WORDS
from kms.text.tokens import tokenize

LONGEST = 7
"""Words of the longest phrase that is looked for."""


@dataclass(frozen=True)
class Concept:
    """What a word or a phrase stands for.

    ``name`` is the preferred term of its group, or the stem itself where it is in none; ``stems`` are the stems of
    the words that stood in the text.
    """

    name: str
    stems: tuple[str, ...]


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of ``synonyms.tsv``, each with its preferred term first."""
    lines = resources.files("kms.text").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def synonyms(phrase: str) -> tuple[str, ...]:
    """The other terms of the phrase's group, preferred one first; none where it is in no group."""
    name = phrases().get(_stems(phrase))
    if name is None:
        return ()
    members = next(group for group in groups() if group[0] == name)
    return tuple(term for term in members if _stems(term) != _stems(phrase))


@cache
def phrases() -> Mapping[tuple[str, ...], str]:
    """Every term of every group by its stems, with the preferred term of its group; the first group has it."""
    table: dict[tuple[str, ...], str] = {}
    for group in groups():
        for term in group:
            table.setdefault(_stems(term), group[0])
    return table


@cache
def stems_of(name: str) -> tuple[str, ...]:
    """The stems of a preferred term; a stem stands for itself."""
    return _stems(name) or (name,)


def read_concepts(stems: Sequence[str], without: Iterable[str] = ()) -> list[Concept]:
    """The concepts of a text in its order, longest phrases first; stop words and ``without`` are passed over."""
    passed = STOP_WORDS.union(without)
    words = [stem for stem in stems if stem not in passed]
    table = phrases()
    found, at = [], 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            piece = tuple(words[at : at + size])
            name = table.get(piece)
            if name is not None or size == 1:
                found.append(Concept(name if name is not None else piece[0], piece))
                at += size
                break
    return found


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokenize(phrase) if token.stem not in STOP_WORDS)
