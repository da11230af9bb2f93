"""Texts as weighted concepts, and how far one text speaks of what another does, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, compress

from kms.duplicates.kinship import Vectors, kinship, stacked, vector_of
from kms.duplicates.terms import Term, Word, neighbours_of, parts_of, terms_of, terms_with, word_of
from kms.duplicates.weights import concept_factor, factor
from kms.text import STOP_WORDS, Token, tokenize
from kms.text.synonyms import group_names, is_known, read_concepts, stems_named

Weigh = Callable[[str], float]
"""The weight of a stem, 0 to 1: how much it says. Rare ones say much."""

Spelt = tuple[tuple[str, str], ...]
"""Abbreviations of a text, in lower case, with their long forms."""

NEARBY = 0.5
"""How alike two concepts are that only lie close together."""

COMPOSED = 0.8
"""How alike a concept is to words that make up another term for it."""

NEW = 0.25
"""Share of the words of a term, by weight, that must be more than what both sides say anyway."""

AKIN = 0.5
"""How alike two concepts are that are used alike, at most."""

APART = 0.15
"""The same where the thesaurus knows both, which tells them apart."""

ELABORATED = 0.7
"""How alike a concept is to what both texts say and it lies close to, when it is all that only one of them says."""

REMAINDER = 0.3
"""Weight up to which what a text has left asks nothing of its own."""

NAMED = 0.2
"""What a concept of the thesaurus weighs besides its rareness: studies are about it, unless it only frames them."""

_STOP = re.compile(r"[?!:;]\s+|(?<=[^\W\d]{3})\.\s+(?=[^\W\d_])")


@dataclass(frozen=True, eq=False)
class Meaning:
    """A text as weighted concepts: their names, each with the stems that it was said in.

    ``words`` are its words each by itself, as concepts and as stems, ``parts`` the same word by word; ``directions``
    tells how its concepts are used, ``phrases`` the words of those that were said in several.
    """

    concepts: Mapping[str, frozenset[str]]
    words: frozenset[str]
    directions: Mapping[str, Vectors]
    parts: frozenset[Word] = frozenset()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.concepts)

    def without(self, names: frozenset[str]) -> Meaning:
        """The same without some concepts and words."""
        concepts = {name: stems for name, stems in self.concepts.items() if name not in names}
        directions = {name: direction for name, direction in self.directions.items() if name not in names}
        parts = frozenset([word for word in self.parts if word.isdisjoint(names)])
        return Meaning(concepts, _every(parts, concepts), directions, parts, self.phrases)

    def said(self, other: Meaning) -> frozenset[str]:
        """The concepts that both have, and the stems that they were said in here."""
        shared = self.concepts.keys() & other.concepts.keys()
        return frozenset(shared).union(*(self.concepts[name] for name in shared))


class Scale:
    """What stems, concepts and their terms weigh, looked up once for all that is compared; itself a `Weigh`."""

    def __init__(self, weigh: Weigh) -> None:
        self._weigh = weigh
        self._weights: dict[str, float] = {}
        self._terms: dict[Term, tuple[float, ...]] = {}
        self._single: dict[str, float] = {}
        self.vectors: dict[int, tuple[Mapping[str, int], dict[str, float]]] = {}

    def __call__(self, stem: str) -> float:
        return self._weigh(stem)

    def of(self, name: str) -> float:
        """A concept weighs as its preferred term: its weightiest word, and something for each further one."""
        known = self._weights.get(name)
        if known is None:
            stems = stems_named(name)
            weights = sorted((factor(stem) * self._weigh(stem) for stem in stems), reverse=True)
            if not weights[0] and name in group_names():
                # Its stem says nothing by itself ("dapat"), the word does ("pendapatan").
                weights[0] = 0.5 * max(map(self._weigh, stems))
            weight = (weights[0] + 0.3 * sum(weights[1:])) * concept_factor(name)
            if weight and name in group_names() and concept_factor(name) == 1:
                weight += NAMED
            known = self._weights[name] = weight
        return known

    def single(self, name: str) -> float:
        """What a concept weighs in a vocabulary: as its weightiest word."""
        known = self._single.get(name)
        if known is None:
            known = concept_factor(name) * max(factor(stem) * self._weigh(stem) for stem in stems_named(name))
            self._single[name] = known
        return known

    def word_by_word(self, term: Term) -> tuple[float, ...]:
        """What the words of a term weigh."""
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = tuple([max(map(self.of, word)) for word in term])
        return known


class Reader:
    """Reads texts as concepts, without the places' names, and weighs them."""

    def __init__(self, weigh: Weigh, abbreviations: Mapping[str, str], without: frozenset[str]) -> None:
        self.scale = weigh if isinstance(weigh, Scale) else Scale(weigh)
        self._abbreviations = abbreviations
        self._without = without
        self._beside: dict[tuple[Meaning, Meaning], Beside] = {}

    def read(self, text: str) -> Meaning:
        shortened = sorted(_forms(text) & self._abbreviations.keys())
        short = tuple((exact, self._abbreviations[exact]) for exact in shortened)
        whole = _meaning(text, short, frozenset())
        without = self._without & whole.words
        return _meaning(text, short, without) if without else whole

    def weight(self, name: str) -> float:
        """What a concept weighs."""
        return self.scale.of(name)

    def total(self, meaning: Meaning) -> float:
        return sum(map(self.scale.of, meaning.concepts))

    def told(self, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """The share of the weight of ``ours`` that others have too, in whatever words; each other with its credit."""
        total = self.total(ours)
        kept = sum(self.weight(name) * self.met(name, ours, *theirs) for name in ours.concepts)
        return kept / total if total else 0.0

    def unmet(self, ours: Meaning, *theirs: tuple[Meaning, float]) -> dict[str, float]:
        """How much of each concept of ``ours`` others do not speak of: its weight, less what is met."""
        return {name: self.weight(name) * (1 - self.met(name, ours, *theirs)) for name in ours.concepts}

    def met(self, name: str, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """How far others speak of a concept of ``ours``, 0 to 1."""
        return max(credit * self._closest(name, ours, other) for other, credit in theirs)

    def alike(self, one: Meaning, other: Meaning) -> float:
        """How alike two texts are: the weight they share by the weight they have (soft Dice)."""
        a, b = self.total(one), self.total(other)
        return (self.told(one, (other, 1.0)) * a + self.told(other, (one, 1.0)) * b) / (a + b) if a + b else 0.0

    def _closest(self, name: str, ours: Meaning, others: Meaning) -> float:
        beside = self._beside.get((ours, others))
        if beside is None:
            beside = self._beside[ours, others] = Beside(ours, others, self.scale)
        return beside.closest(name)


class Beside:
    """One text beside another: how near the other comes to each of its concepts.

    What the other says of one thing that both have says nothing of another: only what it has ``left`` can come near.
    """

    def __init__(self, ours: Meaning, others: Meaning, scale: Scale) -> None:
        self._ours, self._others, self._scale = ours, others, scale
        self._left = frozenset(others.concepts.keys() - ours.concepts.keys())
        self._both = ours.said(others) | others.said(ours)
        self._known: dict[str, float] = {}

    def closest(self, name: str) -> float:
        """0 to 1; 1 for a concept that the other has."""
        if name in self._others.concepts:
            return 1.0
        known = self._known.get(name)
        if known is None:
            known = self._closest(name)
            if known < COMPOSED and name in self._within:
                known = COMPOSED
            if known < ELABORATED and self._elaborates(name):
                known = ELABORATED
            self._known[name] = known
        return known

    def _elaborates(self, name: str) -> bool:
        """Whether a concept lies close to what both say, while the other has nothing left to say that weighs."""
        shared = self._ours.concepts.keys() & self._others.concepts.keys()
        return not neighbours_of(name).isdisjoint(shared) and self._others_ask_no_more

    @cached_property
    def _within(self) -> frozenset[str]:
        """What stands in the words that the other says for something both have: "pelajar" in "perkelahian pelajar"."""
        shared = self._ours.concepts.keys() & self._others.phrases.keys()
        return frozenset().union(*(parts_of(self._others.phrases[name]) for name in shared))

    @cached_property
    def _others_ask_no_more(self) -> bool:
        back = Beside(self._others, self._ours, self._scale)
        return all(self._scale.of(name) * (1 - back._closest(name)) <= REMAINDER for name in self._left)

    def _closest(self, name: str) -> float:
        ours, others = self._ours, self._others
        near = neighbours_of(name)
        best = NEARBY if not near.isdisjoint(self._left) else 0.0
        best = max(best, COMPOSED * self._composed(name, others, ours))
        for other in terms_with(name) & self._left:
            best = max(best, COMPOSED * self._composed(other, ours, others, name))
        if not self._stems.isdisjoint(ours.concepts[name].union(stems_named(name))):
            best = max([best, *(self._by_stems(name, other) for other in self._left - near)])
        if best < AKIN and name in ours.directions:
            best = max(best, self._akin(name))
        return best

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The stems that the other's left concepts were said in, and those of their preferred terms."""
        said = (self._others.concepts[name].union(stems_named(name)) for name in self._left)
        return frozenset().union(*said)

    @cached_property
    def _rows(self) -> tuple[tuple[bool, Vectors], ...]:
        """The directions of what the other has left: of groups of the thesaurus, and of other words."""
        parts: dict[bool, list[Vectors]] = {True: [], False: []}
        for other in self._left & self._others.directions.keys():
            parts[other in group_names()].append(self._others.directions[other])
        return tuple((grouped, stacked(rows)) for grouped, rows in parts.items() if rows)

    def _akin(self, name: str) -> float:
        """How far a concept is used like one that the other has left."""
        one, grouped = self._ours.directions[name], name in group_names()
        return max(
            (kinship(one, rows) * (APART if grouped and other else AKIN) for other, rows in self._rows), default=0.0
        )

    def _composed(self, name: str, text: Meaning, known: Meaning, part: str = "") -> float:
        """The share of one of a concept's terms of several words that stands in a text, of the term that does best.

        With ``part``, only terms that have this word. Nothing is less than half of a term; a term of whose words less
        than `NEW`, by weight, is anything but what both say; and a part of one where that is ``known``.
        """
        best = 0.0
        if name not in _touched(text):
            return best
        for term in terms_of(name):
            if part and not any(part in word for word in term):
                continue
            shared = [not word.isdisjoint(text.words) for word in term]
            if not any(shared):
                continue
            weights = self._scale.word_by_word(term)
            kept = sum(compress(weights, shared))
            if not kept or 2 * kept < sum(weights) or kept <= best * sum(weights):
                continue
            old = self._both if all(shared) else known.words
            new = sum(weight for weight, word, here in zip(weights, term, shared) if here and word.isdisjoint(old))
            if new > NEW * kept:
                best = kept / sum(weights)
        return best

    def _by_stems(self, one: str, other: str) -> float:
        """How alike two concepts are by the stems that they were said in and those of their preferred terms."""
        said, told = self._ours.concepts[one], self._others.concepts[other]
        shared = said.union(stems_named(one)) & told.union(stems_named(other))
        weight = sum(self._scale(stem) for stem in shared if factor(stem) > 0.5)
        if not weight:
            return 0.0
        least = min(sum(self._scale(stem) * factor(stem) for stem in stems) for stems in (said, told))
        # Groups were told apart by people; only a plain word may be a shorter name for what a group means.
        credit = 0.3 if one in group_names() and other in group_names() else 0.6
        return credit * min(1.0, weight / least) if least else 0.0


@lru_cache(maxsize=16_384)
def _direction(words: tuple[str, ...]) -> Vectors | None:
    return vector_of(words)


@lru_cache(maxsize=1024)
def _touched(text: Meaning) -> frozenset[str]:
    """The concepts that have a term of several words of which one stands in a text."""
    return frozenset().union(*map(terms_with, text.words))


@lru_cache(maxsize=4096)
def _meaning(text: str, abbreviations: Spelt, without: frozenset[str]) -> Meaning:
    """A text as concepts that say something, but for those ``without``; a corpus only tells how much they weigh.

    No phrase reaches over a stop: "Mengapa Aplikasi Jarang Dipakai? Kajian ..." asks for no use of studies.
    """
    if without:
        return _meaning(text, abbreviations, frozenset()).without(without)
    clauses = [spell_out(clause, dict(abbreviations)) for clause in _clauses(text)]
    found: dict[str, frozenset[str]] = {}
    directions: dict[str, Vectors] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for concept in chain.from_iterable(map(read_concepts, clauses)):
        name = concept.name
        if not says(name):
            continue
        stems = _together(concept.stems)
        found[name] = found[name] | stems if name in found else stems
        if name not in directions and (direction := _direction(concept.words)) is not None:
            directions[name] = direction
        if len(concept.words) > 1:
            phrases[name] = concept.words
    parts = frozenset([word for token in chain.from_iterable(clauses) if (word := word_of(token.exact, token.stem))])
    return Meaning(found, _every(parts, found), directions, parts, phrases)


def _every(parts: Iterable[Word], concepts: Mapping[str, object]) -> frozenset[str]:
    """Words as one set, with the groups that they stand for together."""
    return frozenset().union(*parts, group_names().intersection(concepts))


@lru_cache(maxsize=65_536)
def _together(stems: tuple[str, ...]) -> frozenset[str]:
    """A set of stems, one for all texts that have them."""
    return frozenset(stems)


@lru_cache(maxsize=65_536)
def says(name: str) -> bool:
    """Whether a concept weighs anything: it is more than the kind of work or words that stand in every text."""
    telling = [stem for stem in stems_named(name) if stem not in STOP_WORDS]
    return bool(telling) and concept_factor(name) > 0 and (name in group_names() or any(map(factor, telling)))


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    """The words of a text as they are written."""
    return frozenset([token.exact for token in chain.from_iterable(_clauses(text))])


@lru_cache(maxsize=16)
def _clauses(text: str) -> tuple[Sequence[Token], ...]:
    """The words of a text from one stop to the next."""
    return tuple(map(tokenize, _STOP.split(text)))


def spell_out(tokens: Iterable[Token], abbreviations: Mapping[str, str]) -> list[Token]:
    """The words of a text, those of an abbreviation in its place unless the thesaurus knows the abbreviation itself."""
    words: list[Token] = []
    for token in tokens:
        full = abbreviations.get(token.exact)
        words += tokenize(full) if full and not is_known(token) else [token]
    return words
