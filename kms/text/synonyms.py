"""Words that mean the same in local government, and texts read as concepts: any of a group's words is one concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kms.text.stopwords import STOP_WORDS
from kms.text.tokens import Token, tokenize

LONGEST = 7
"""Words of the longest phrase that is looked for."""


@dataclass(frozen=True)
class Concept:
    """What a word or a phrase stands for.

    ``name`` is the preferred term of its group, or the stem itself where it is in none; ``stems`` are the stems of
    the words that stood in the text, ``words`` these words in lower case.
    """

    name: str
    stems: tuple[str, ...]
    words: tuple[str, ...] = ()


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of ``synonyms.tsv``, each with its preferred term first."""
    lines = resources.files("kms.text").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def group_names() -> frozenset[str]:
    """The preferred terms of all groups."""
    return frozenset(group[0] for group in groups())


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    return {group[0]: group for group in groups()}


def group_of(name: str) -> tuple[str, ...]:
    """The terms of the group with this preferred term, that one first; none where there is no such group."""
    return _by_name().get(name, ())


def synonyms(phrase: str) -> tuple[str, ...]:
    """The other terms of the phrase's group, preferred one first; none where it is in no group."""
    tokens = _content(tokenize(phrase))
    name = _lookup(tokens)
    if name is None:
        return ()
    stems = tuple(token.stem for token in tokens)
    members = group_of(name)
    return tuple(term for term in members if tuple(token.stem for token in _content(tokenize(term))) != stems)


@cache
def _words() -> Mapping[str, str]:
    """Every term of one word, by its exact form after "=" and by its stem, with the preferred term of its group.

    Where words of several groups have one stem ("pelajar", "pengajar"), only the exact words stand for them.
    """
    table: dict[str, str] = {}
    exact: dict[str, str] = {}
    ambiguous = set()
    for group, terms in _analysed():
        for tokens in terms:
            if len(tokens) == 1:
                exact["=" + tokens[0].exact] = group
                if table.setdefault(tokens[0].stem, group) != group:
                    ambiguous.add(tokens[0].stem)
    return {stem: group for stem, group in table.items() if stem not in ambiguous} | exact


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    """Every term of several words, by its exact words and by what each of them means, with its group's preferred term.

    So a word of a phrase may be another of its group ("tepi kali", "tepi sungai"); where phrases of several groups
    come to the same, only their exact words stand for them.
    """
    table: dict[tuple[str, ...], str] = {}
    exact: dict[tuple[str, ...], str] = {}
    ambiguous = set()
    for group, terms in _analysed():
        for tokens in terms:
            if len(tokens) > 1:
                exact[tuple(["=" + token.exact for token in tokens])] = group
                meant = tuple([_meant(token) for token in tokens])
                if table.setdefault(meant, group) != group:
                    ambiguous.add(meant)
    return {meant: group for meant, group in table.items() if meant not in ambiguous} | exact


@cache
def _analysed() -> tuple[tuple[str, tuple[tuple[Token, ...], ...]], ...]:
    return tuple((group[0], tuple([tuple(_content(tokenize(term))) for term in group])) for group in groups())


@cache
def stems_of(name: str) -> tuple[str, ...]:
    """The stems of a preferred term; a stem stands for itself."""
    return tuple(token.stem for token in _content(tokenize(name))) or (name,)


def read_concepts(tokens: Sequence[Token]) -> list[Concept]:
    """The concepts of a text in its order; stop words are passed over.

    Phrases may overlap: "penghapusan kemiskinan ekstrem" is both the fight against poverty and extreme poverty. A word
    that is part of a phrase stands for nothing else.
    """
    words = _content(tokens)
    found: list[Concept] = []
    covered = 0
    for at in range(len(words)):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            if at + size <= covered:
                break
            piece = words[at : at + size]
            name = _lookup(piece) if size > 1 or at >= covered else None
            if name is not None or (size == 1 and at >= covered):
                stems = tuple(token.stem for token in piece)
                words_said = tuple(token.exact for token in piece)
                found.append(Concept(name if name is not None else _plain(piece[0]), stems, words_said))
                covered = at + size
                break
    return found


def is_known(word: Token) -> bool:
    """Whether a word by itself stands in a group."""
    return _lookup((word,)) is not None


def _plain(word: Token) -> str:
    """What a word of no group stands for: its stem; of "antarkampung" what comes after "antar"."""
    if word.exact.startswith("antar") and len(word.exact) > 8:
        rest = _content(tokenize(word.exact[5:]))
        return _lookup(rest) or (rest[0].stem if rest else word.stem)
    return word.stem


def _lookup(words: Sequence[Token]) -> str | None:
    """The group of a word or phrase. A plain root stands only for itself: "pasar" is no form of "pemasaran"."""
    if len(words) == 1:
        word = words[0]
        name = _words().get("=" + word.exact)
        return name if name is not None or word.exact == word.stem else _words().get(word.stem)
    name = _phrases().get(tuple(["=" + word.exact for word in words]))
    return name if name is not None else _phrases().get(tuple([_meant(word) for word in words]))


def _meant(word: Token) -> str:
    """The group of a word by itself, or else its stem."""
    return _lookup((word,)) or word.stem


def _content(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.exact not in STOP_WORDS]
