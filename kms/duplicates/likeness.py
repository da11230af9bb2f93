"""How alike two studies are in what they ask, of what, where and when, whatever words they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import exp, sqrt

from kms.duplicates.places import Place, SamePlace, compare_places
from kms.duplicates.study import Study
from kms.duplicates.weights import concept_factor, factor
from kms.text import Token, tokenize
from kms.text.synonyms import Concept, group_names, read_concepts, stems_of

Weigh = Callable[[str], float]
"""The weight of a stem, 0 to 1: how much it says. Rare ones say much."""


@dataclass(frozen=True)
class Likeness:
    """How alike two studies are; every part 0 to 1, or None where one of them does not say.

    ``title``: the titles without places and years. ``aims``: the aims, sentence by sentence. ``object``: the share of
    what the titles are about that the other study speaks of in title, aims, scope, keywords or abstract. ``words``: the
    vocabularies. ``time``: 1 for the same year, less with the distance. ``years`` is that distance, ``place`` how the
    places lie. ``sameness`` combines title, aims, object and words: how sure it is that both ask the same question.
    It is 0 when one of them is no study but a plan, a report or a regulation. ``issues`` says that both are plans or
    reports, ``same_title`` that the titles are the same but for case, ``follows`` that the draft calls
    itself a continuation.
    """

    title: float
    aims: float | None
    object: float
    place: SamePlace
    time: float | None
    words: float | None
    years: int | None
    sameness: float
    issues: bool = False
    same_title: bool = False
    follows: bool = False


@dataclass(frozen=True)
class Combination:
    """Weights that make one figure of the parts: sameness = 1 / (1 + exp(-(bias + sum of weight times part)))."""

    bias: float
    title: float
    object: float
    aims: float = 0.0
    words: float = 0.0

    def of(self, title: float, object_: float, aims: float = 0.0, words: float = 0.0) -> float:
        """Sameness, 0 to 1."""
        total = self.bias + self.title * title + self.object * object_ + self.aims * aims + self.words * words
        return 1 / (1 + exp(-total))


# Fitted on the dev part of benchmarks/labelled by benchmarks/calibrate.py.
TITLES_ALONE = Combination(-7.73, 6.42, 7.64)
WITH_AIMS = Combination(-9.75, 1.8, 8.19, 9.7, 2.52)

TOLD_IN_AIMS = 0.9
TOLD_IN_TEXT = 0.8
NEARBY = 0.5
"""How alike two concepts are that only lie close together."""


def compare(draft: Study, found: Study, weigh: Weigh, abbreviations: Mapping[str, str] | None = None) -> Likeness:
    """How alike ``draft`` and ``found`` are.

    ``weigh`` says how much a stem says; ``abbreviations`` maps short forms in lower case to what documents define them
    as.
    """
    short = abbreviations or {}
    reader = _Reader(weigh, short, frozenset(_place_stems((draft, found))))
    place = _place(draft, found)
    draft_title, found_title = reader.read(draft.title), reader.read(found.title)
    title = reader.alike(draft_title, found_title)
    told = reader.told(draft_title, (found_title, 1.0), *_core(found, reader))
    asked = reader.told(found_title, (draft_title, 1.0), *_core(draft, reader))
    object_ = sqrt(told * asked) if draft.abstract or draft.aims else told
    aims = _aims(draft, found, reader)
    words = _words(draft, found, weigh)
    sameness = TITLES_ALONE.of(title, object_) if aims is None else WITH_AIMS.of(title, object_, aims, words or 0.0)
    if not (draft.asks and found.asks):
        sameness = 0.0
    same_title = draft.title.lower() == found.title.lower()
    issues = not draft.asks and not found.asks
    years = _years_apart(draft, found)
    time = None if years is None else max(0.0, 1 - years / 10)
    return Likeness(title, aims, object_, place, time, words, years, sameness, issues, same_title, draft.follows)


Meaning = Mapping[str, frozenset[str]]
"""A text as weighted concepts: their names, each with the stems that it was said in."""


class _Reader:
    """Reads texts as concepts, without the places' names, and weighs them."""

    def __init__(self, weigh: Weigh, abbreviations: Mapping[str, str], without: frozenset[str]) -> None:
        self._weigh = weigh
        self._short = tuple(sorted(abbreviations.items()))
        self._without = without
        self._weights: dict[str, float] = {}
        self._stems: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def read(self, text: str) -> Meaning:
        found: dict[str, frozenset[str]] = {}
        for concept in _concepts(text, self._short):
            said = frozenset(concept.stems)
            if concept.name in self._without or not self.weight(concept.name):
                continue
            found[concept.name] = found.get(concept.name, frozenset()) | said
        return found

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
        return sum(self.weight(name) for name in meaning)

    def told(self, ours: Meaning, *theirs: tuple[Meaning, float]) -> float:
        """The share of the weight of ``ours`` that others have too, in whatever words; each other with its credit."""
        total = self.total(ours)
        if not total:
            return 0.0
        kept = 0.0
        for name, said in ours.items():
            closest = max(credit * self._closest(name, said, other) for other, credit in theirs)
            kept += self.weight(name) * closest
        return kept / total

    def alike(self, one: Meaning, other: Meaning) -> float:
        """How alike two texts are: the weight they share by the weight they have (soft Dice)."""
        a, b = self.total(one), self.total(other)
        return (self.told(one, (other, 1.0)) * a + self.told(other, (one, 1.0)) * b) / (a + b) if a + b else 0.0

    def _closest(self, name: str, said: frozenset[str], others: Meaning) -> float:
        if name in others:
            return 1.0
        near = neighbours_of().get(name, frozenset())
        best = NEARBY if not near.isdisjoint(others) else 0.0
        first = self._in_full(name, said)
        for other, told in others.items():
            second = self._in_full(other, told)
            if not first.isdisjoint(second) and other not in near:
                best = max(best, self._close(name, said, other, told))
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
def _concepts(text: str, abbreviations: tuple[tuple[str, str], ...]) -> tuple[Concept, ...]:
    short = dict(abbreviations)
    tokens: list[Token] = []
    for token in tokenize(text):
        full = short.get(token.exact)
        tokens += tokenize(full) if full else [token]
    return tuple(read_concepts(tokens))


def _core(study: Study, reader: _Reader) -> tuple[tuple[Meaning, float], ...]:
    """What a study says of itself beside its title, and how far that counts as being about it."""
    return (
        (reader.read(". ".join([*study.aims, *study.keywords])), TOLD_IN_AIMS),
        (reader.read(". ".join([*study.scope, study.abstract])), TOLD_IN_TEXT),
    )


def _aims(draft: Study, found: Study, reader: _Reader) -> float | None:
    """How well the aims of each side are met by those of the other; None where one has none."""
    ours = [read for text in draft.aims if (read := reader.read(text))]
    theirs = [read for text in found.aims if (read := reader.read(text))]
    if not ours or not theirs:
        return None
    all_ours, all_theirs = (reader.read(". ".join(study.aims)) for study in (draft, found))
    return sqrt(_met(ours, theirs, all_theirs, reader) * _met(theirs, ours, all_ours, reader))


def _met(ours: Sequence[Meaning], theirs: Sequence[Meaning], all_theirs: Meaning, reader: _Reader) -> float:
    weights = [reader.total(aim) for aim in ours]
    best = [
        0.5 * max(reader.alike(aim, other) for other in theirs) + 0.5 * reader.told(aim, (all_theirs, 1.0))
        for aim in ours
    ]
    total = sum(weights)
    return sum(weight * value for weight, value in zip(weights, best)) / total if total else 0.0


def _words(draft: Study, found: Study, weigh: Weigh) -> float | None:
    """Cosine of the two vocabularies; None where one has no text."""
    if sum(draft.vocabulary.values()) < 30 or sum(found.vocabulary.values()) < 30:
        return None
    one, other = _vector(draft.vocabulary, weigh), _vector(found.vocabulary, weigh)
    if len(other) < len(one):
        one, other = other, one
    product = sum(value * other.get(name, 0.0) for name, value in one.items())
    sizes = sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return product / sizes if sizes else 0.0


def _vector(vocabulary: Mapping[str, int], weigh: Weigh) -> dict[str, float]:
    vector: dict[str, float] = {}
    for name, count in vocabulary.items():
        weight = concept_factor(name) * max(factor(stem) * weigh(stem) for stem in stems_of(name))
        if weight:
            vector[name] = sqrt(count) * weight**2
    return vector


def _place(draft: Study, found: Study) -> SamePlace:
    ours = _with_bare_names(draft, found)
    theirs = _with_bare_names(found, draft)
    region, other = draft.region, found.region
    if region is None and other in ours:
        region = other
    if other is None and region in theirs:
        other = region
    return compare_places(ours, region, theirs, other)


def _with_bare_names(study: Study, other: Study) -> tuple[Place, ...]:
    """The study's places, and those of the other that its title names without their kind; parts get their kind."""
    words = f" {' '.join(token.exact for token in tokenize(study.title))} "
    known = {place.name: place for place in (*other.places, *([other.region] if other.region else []))}
    named = [place for name, place in known.items() if f" {name} " in words]
    places = [known.get(place.name, place) if not place.kind else place for place in study.places]
    return tuple(dict.fromkeys([*places, *named]))


def _place_stems(studies: Iterable[Study]) -> Iterable[str]:
    for study in studies:
        for place in (*study.places, *([study.region] if study.region else [])):
            for token in tokenize(place.name):
                yield token.stem


def _years_apart(draft: Study, found: Study) -> int | None:
    ours, theirs = draft.years, found.years
    if ours is None or theirs is None:
        return None
    return max(0, ours[0] - theirs[1], theirs[0] - ours[1])
