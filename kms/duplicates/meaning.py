"""Texts as weighted concepts, and how far one text speaks of what another does, in whatever words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from kms.duplicates.kinship import Vectors, kinship, stacked, vector_of
from kms.duplicates.weights import concept_factor, factor
from kms.text import Token, tokenize
from kms.text.synonyms import Concept, group_names, group_of, is_known, read_concepts, stems_of

Weigh = Callable[[str], float]
"""The weight of a stem, 0 to 1: how much it says. Rare ones say much."""

NEARBY = 0.5
"""How alike two concepts are that only lie close together."""

COMPOSED = 0.8
"""How alike a concept is to words that make up another term for it."""

AKIN = 0.5
"""How alike two concepts are that are used alike, at most."""


@dataclass(frozen=True)
class Meaning:
    """A text as weighted concepts: their names, each with the stems that it was said in.

    ``words`` are its words each by itself, as concepts and as stems; ``directions`` tells how its concepts are used.
    """

    concepts: Mapping[str, frozenset[str]]
    words: frozenset[str]
    directions: Mapping[str, Vectors]

    @cached_property
    def table(self) -> Vectors:
        """All directions."""
        return stacked(list(self.directions.values()))

    def __bool__(self) -> bool:
        return bool(self.concepts)


class Reader:
    """Reads texts as concepts, without the places' names, and weighs them."""

    def __init__(self, weigh: Weigh, abbreviations: Mapping[str, str], without: frozenset[str]) -> None:
        self._weigh = weigh
        self._abbreviations = abbreviations
        self._without = without
        self._weights: dict[str, float] = {}
        self._stems: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def read(self, text: str) -> Meaning:
        found: dict[str, frozenset[str]] = {}
        directions: dict[str, Vectors] = {}
        words: set[str] = set()
        short = tuple(
            (token.exact, self._abbreviations[token.exact])
            for token in _tokens(text)
            if token.exact in self._abbreviations
        )
        for concept in _concepts(text, short):
            said = frozenset(concept.stems)
            if concept.name in self._without or not self.weight(concept.name):
                continue
            found[concept.name] = found.get(concept.name, frozenset()) | said
            if concept.name not in directions and (direction := _direction(concept.words)) is not None:
                directions[concept.name] = direction
        for word in _words(text, short):
            if word.isdisjoint(self._without):
                words |= word
        return Meaning(found, frozenset(words), directions)

    def weight(self, name: str) -> float:
        """A concept weighs as its preferred term: its weightiest word, and something for each further one."""
        known = self._weights.get(name)
        if known is None:
            stems = stems_of(name)
            weights = sorted((factor(stem) * self._weigh(stem) for stem in stems), reverse=True)
            if not weights[0] and name in group_names():
                # Its stem says nothing by itself ("dapat"), the word does ("pendapatan").
                weights[0] = 0.5 * max(map(self._weigh, stems))
            known = self._weights[name] = (weights[0] + 0.3 * sum(weights[1:])) * concept_factor(name)
        return known

    def total(self, meaning: Meaning) -> float:
        return sum(self.weight(name) for name in meaning.concepts)

    def told(self, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """The share of the weight of ``ours`` that others have too, in whatever words; each other with its credit."""
        total = self.total(ours)
        kept = sum(self.weight(name) * self.met(name, ours, *theirs) for name in ours.concepts)
        return kept / total if total else 0.0

    def missing(self, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """The weight of the weightiest concept of ``ours`` that others do not speak of."""
        return max((self.weight(name) * (1 - self.met(name, ours, *theirs)) for name in ours.concepts), default=0.0)

    def met(self, name: str, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """How far others speak of a concept of ``ours``, 0 to 1."""
        return max(credit * self._closest(name, ours, other) for other, credit in theirs)

    def alike(self, one: Meaning, other: Meaning) -> float:
        """How alike two texts are: the weight they share by the weight they have (soft Dice)."""
        a, b = self.total(one), self.total(other)
        return (self.told(one, (other, 1.0)) * a + self.told(other, (one, 1.0)) * b) / (a + b) if a + b else 0.0

    def _closest(self, name: str, ours: Meaning, others: Meaning) -> float:
        if name in others.concepts:
            return 1.0
        said = ours.concepts[name]
        near = neighbours_of().get(name, frozenset())
        best = NEARBY if not near.isdisjoint(others.concepts) else 0.0
        first = self._in_full(name, said)
        for other, told in others.concepts.items():
            second = self._in_full(other, told)
            if not first.isdisjoint(second) and other not in near:
                best = max(best, self._close(name, said, other, told))
        best = max(best, COMPOSED * self._composed(name, others.words))
        for other in terms_with(name).intersection(others.concepts):
            best = max(best, COMPOSED * self._composed(other, ours.words, name))
        if best < AKIN and name in ours.directions and others.directions:
            best = max(best, AKIN * kinship(ours.directions[name], others.table))
        return best

    def _composed(self, name: str, words: frozenset[str], part: str = "") -> float:
        """The share of one of a concept's terms of several words that stands among words, of the term that does best.

        With ``part``, only terms that have this word. Less than half is nothing.
        """
        best = 0.0
        for term in terms_of(name):
            if part and not any(part in word for word in term):
                continue
            weights = [max(map(self.weight, word)) for word in term]
            shared = sum(weight for weight, word in zip(weights, term, strict=True) if not word.isdisjoint(words))
            if shared and 2 * shared >= sum(weights):
                best = max(best, shared / sum(weights))
        return best

    def _in_full(self, name: str, said: frozenset[str]) -> frozenset[str]:
        """The stems that a concept was said in, and those of its preferred term."""
        known = self._stems.get((name, said))
        if known is None:
            known = self._stems[name, said] = said.union(stems_of(name))
        return known

    def _close(self, one: str, said: frozenset[str], other: str, told: frozenset[str]) -> float:
        first, second = self._in_full(one, said), self._in_full(other, told)
        shared = sum(self._weigh(stem) for stem in first & second if factor(stem) > 0.5)
        if not shared:
            return 0.0
        least = min(sum(self._weigh(stem) * factor(stem) for stem in stems) for stems in (said, told))
        # Groups were told apart by people; only a plain word may be a shorter name for what a group means.
        credit = 0.3 if one in group_names() and other in group_names() else 0.6
        return credit * min(1.0, shared / least) if least else 0.0


Word = frozenset[str]
"""A word by itself: its stem, and the concept it stands for."""
Spelt = tuple[tuple[str, str], ...]
"""Abbreviations of a text, in lower case, with their long forms."""


@lru_cache(maxsize=16_384)
def _direction(words: tuple[str, ...]) -> Vectors | None:
    return vector_of(words)


@cache
def terms_of(name: str) -> tuple[tuple[Word, ...], ...]:
    """The terms of several words that a concept has, word by word."""
    texts = [text for text in group_of(name) if " " in text]
    terms = (tuple(word for word in _words(text, ()) if any(map(factor, word))) for text in texts)
    return tuple(dict.fromkeys(term for term in terms if len(term) > 1))


@cache
def _parts() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for name in group_names():
        for term in terms_of(name):
            for word in term:
                for each in word:
                    table[each].add(name)
    return {word: frozenset(names) for word, names in table.items()}


def terms_with(word: str) -> frozenset[str]:
    """The concepts that have a term of several words with this word in it."""
    return _parts().get(word, frozenset())


@cache
def neighbours() -> frozenset[frozenset[str]]:
    """Pairs of concepts that are not the same but close: the narrower and the wider, the forum and its cause."""
    lines = resources.files("kms.duplicates").joinpath("neighbours.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return frozenset(frozenset((_name(first), _name(other))) for first, *others in pairs for other in others)


@cache
def neighbours_of() -> Mapping[str, frozenset[str]]:
    """The concepts that lie close to each that has any."""
    table: dict[str, set[str]] = defaultdict(set)
    for pair in neighbours():
        if len(pair) == 2:
            one, other = pair
            table[one].add(other)
            table[other].add(one)
    return {name: frozenset(near) for name, near in table.items()}


def _name(term: str) -> str:
    concepts = read_concepts(tokenize(term))
    return concepts[0].name if concepts else term


@lru_cache(maxsize=4096)
def _concepts(text: str, abbreviations: Spelt) -> tuple[Concept, ...]:
    return tuple(read_concepts(spell_out(_tokens(text), dict(abbreviations))))


@lru_cache(maxsize=4096)
def _words(text: str, abbreviations: Spelt) -> tuple[Word, ...]:
    tokens = spell_out(_tokens(text), dict(abbreviations))
    return tuple([word for token in tokens if (word := _word(token.exact, token.stem))])


@lru_cache(maxsize=65_536)
def _word(exact: str, stem: str) -> Word:
    concepts = read_concepts([Token(exact, stem)])
    return frozenset((stem, concepts[0].name, *concepts[0].stems)) if concepts else frozenset()


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokenize(text))


def spell_out(tokens: Iterable[Token], abbreviations: Mapping[str, str]) -> list[Token]:
    """The words of a text, those of an abbreviation in its place unless the thesaurus knows the abbreviation itself."""
    words: list[Token] = []
    for token in tokens:
        full = abbreviations.get(token.exact)
        words += tokenize(full) if full and not is_known(token) else [token]
    return words
