"""What the thesaurus knows of a concept: its terms word by word, the words that are part of others, what lies close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import msgspec

from kms.duplicates.weights import factor
from kms.text import Token, tokenize
from kms.text.synonyms import group_names, group_of, read_concepts, read_word

Word = frozenset[str]
"""A word by itself: its stem, and the concept it stands for."""
Term = tuple[Word, ...]


@lru_cache(maxsize=65_536)
def word_of(exact: str, stem: str) -> Word:
    """A word as it stands by itself; empty where it names nothing."""
    name = read_word(Token(exact, stem))
    return frozenset() if name is None else frozenset((stem, name))


@cache
def terms_of(name: str) -> tuple[Term, ...]:
    """The terms of several words that a concept has, word by word."""
    texts = [tokenize(text) for text in group_of(name) if " " in text]
    words = ([word_of(token.exact, token.stem) for token in text] for text in texts)
    terms = (tuple([word for word in term if any(map(factor, word))]) for term in words)
    return tuple(dict.fromkeys([term for term in terms if len(term) > 1]))


@cache
def words_of(name: str) -> Word:
    """All words of these terms."""
    return frozenset().union(*(word for term in terms_of(name) for word in term))


def work_out_parts() -> dict[str, set[str]]:
    """The words of all terms of several words, with the concepts that have such a term."""
    table: dict[str, set[str]] = defaultdict(set)
    for name in group_names():
        for word in words_of(name):
            table[word].add(name)
    return table


def terms_with(word: str) -> frozenset[str]:
    """The concepts that have a term of several words with this word in it."""
    return _worked_out("parts.json").get(word, frozenset())


@lru_cache(maxsize=16_384)
def parts_of(phrase: tuple[str, ...]) -> frozenset[str]:
    """The groups of the thesaurus that words of a phrase stand for by themselves, fewer than all of them."""
    words = tokenize(" ".join(phrase))
    pieces = (words[at : at + size] for size in range(1, len(words)) for at in range(len(words) - size + 1))
    read = (concepts[0].name for piece in pieces if len(concepts := read_concepts(piece)) == 1)
    return group_names().intersection(read)


def work_out_neighbours() -> dict[str, set[str]]:
    """Concepts that are not the same but close: the narrower and the wider, the forum and its cause."""
    lines = resources.files("kms.duplicates").joinpath("neighbours.tsv").read_text("utf-8").splitlines()
    table: dict[str, set[str]] = defaultdict(set)
    for first, *others in (line.split("\t") for line in lines if line and not line.startswith("#")):
        for one, other in ((_name(first), _name(other)) for other in others):
            if one != other:
                table[one].add(other)
                table[other].add(one)
    return table


def neighbours_of(name: str) -> frozenset[str]:
    """The concepts that lie close to one."""
    return _worked_out("neighbours.json").get(name, frozenset())


@cache
def _worked_out(name: str) -> Mapping[str, frozenset[str]]:
    """What ``scripts/thesaurus.py`` worked out beforehand."""
    table = resources.files("kms.duplicates").joinpath(name).read_bytes()
    return msgspec.json.decode(table, type=dict[str, frozenset[str]])


def _name(term: str) -> str:
    concepts = read_concepts(tokenize(term))
    return concepts[0].name if concepts else term
