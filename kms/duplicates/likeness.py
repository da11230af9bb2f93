"""How alike two studies are in what they ask, of what, where and when, whatever words they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from operator import itemgetter

from kms.duplicates.headings import SENTENCE
from kms.duplicates.meaning import REMAINDER, Meaning, Reader, Scale, Weigh
from kms.duplicates.offices import other_office
from kms.duplicates.places import Place, SamePlace, compare_places, named_bare
from kms.duplicates.study import Study, goes_on_from
from kms.duplicates.weights import subjects
from kms.text import tokenize
from kms.text.synonyms import group_names


@dataclass(frozen=True)
class Likeness:
    """How alike two studies are; every part 0 to 1, or None where one of them does not say.

    ``title``: the titles without places and years. ``aims``: the aims, sentence by sentence. ``object``: the share of
    what the titles are about that the other study speaks of in title, aims, scope, keywords or abstract. ``whole``: 1
    less the weight of the weightiest thing that one title is about and the other study does not speak of. ``apart``: 1
    less the weight of what the titles ask differently: one thing each that the other study does not speak of, both of
    which the thesaurus knows and tells apart. ``words``: the vocabularies. ``time``: 1 for the same year, less with the
    distance. ``years`` is that distance, ``place`` how the places lie. ``sameness`` combines the others: how sure it is
    that both ask the same question. It is 0 when one of them is no study but a plan, a report or a regulation; of a
    study and such a document nothing but the titles, place and time is compared.
    ``issues`` says that both are plans or reports, ``same_title`` that the titles are the same but for case,
    ``follows`` that the draft calls itself a continuation, or speaks of the other study by name and year. ``office`` is
    that which the other title names where the draft's title names another one, else "".
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
    whole: float = 1.0
    apart: float = 1.0
    office: str = ""


@dataclass(frozen=True)
class Combination:
    """Weights that make one figure of the parts: sameness = 1 / (1 + exp(-(bias + sum of weight times part)))."""

    bias: float
    title: float
    object: float
    whole: float
    apart: float
    aims: float = 0.0
    words: float = 0.0

    def of(
        self, title: float, object_: float, whole: float, apart: float, aims: float = 0.0, words: float = 0.0
    ) -> float:
        """Sameness, 0 to 1."""
        total = self.bias + self.title * title + self.object * object_ + self.whole * whole + self.apart * apart
        return 1 / (1 + exp(-(total + self.aims * aims + self.words * words)))


# Fitted by benchmarks/calibrate.py; its text says on what.
TITLES_ALONE = Combination(-10.55, 6.37, 4.08, 2.1, 5.15)
WITH_AIMS = Combination(-11.5, 4.38, 4.0, 3.01, 3.27, 8.06, 1.59)

TOLD_IN_AIMS = 0.9
TOLD_IN_TEXT = 0.8


def compare(draft: Study, found: Study, weigh: Weigh, abbreviations: Mapping[str, str] | None = None) -> Likeness:
    """How alike ``draft`` and ``found`` are.

    ``weigh`` says how much a stem says; a `Scale` of it keeps what it looked up for the next comparison.
    ``abbreviations`` maps short forms in lower case to what documents define them as.
    """
    scale = weigh if isinstance(weigh, Scale) else Scale(weigh)
    reader = Reader(scale, abbreviations or {}, frozenset(_place_stems((draft, found))))
    place, years, follows = _place(draft, found), _years_apart(draft, found), goes_on_from(draft, found)
    time = None if years is None else max(0.0, 1 - years / 10)
    same_title = draft.title.lower() == found.title.lower()
    draft_title, found_title = reader.read(draft.title), reader.read(found.title)
    if draft.asks != found.asks:
        title = reader.alike(draft_title, found_title)
        return Likeness(title, None, 0.0, place, time, None, years, 0.0, False, same_title, follows)
    draft_core, found_core = _core(draft, reader), _core(found, reader)
    draft_title = _called(draft, draft_title, (found_title, *(said for said, _ in found_core)), reader)
    found_title = _called(found, found_title, (draft_title,), reader)
    title = reader.alike(draft_title, found_title)
    ours, theirs = ((draft_title, 1.0), *draft_core), ((found_title, 1.0), *found_core)
    told, asked = reader.told(draft_title, *theirs), reader.told(found_title, *ours)
    whole, apart = _left_out(reader.unmet(draft_title, *theirs), reader.unmet(found_title, *ours))
    object_ = sqrt(told * asked) if draft.abstract or draft.aims else told
    issues, aims, words, sameness = not draft.asks, None, None, 0.0
    if not issues:
        aims, words = _aims(draft, found, reader), _words(draft, found, scale)
        sameness = TITLES_ALONE.of(title, object_, whole, apart)
        if aims is not None:
            sameness = WITH_AIMS.of(title, object_, whole, apart, aims, words or 0.0)
    office = other_office(draft.title, found.title)
    return Likeness(
        title, aims, object_, place, time, words, years, sameness, issues, same_title, follows, whole, apart, office
    )


def _left_out(ours: Mapping[str, float], theirs: Mapping[str, float]) -> tuple[float, float]:
    """``whole`` and ``apart`` from what each title asks that the other study does not speak of."""
    weightiest = max([*ours.values(), *theirs.values()], default=0.0)
    known = (
        max((weight for name, weight in side.items() if name in group_names()), default=0.0) for side in (ours, theirs)
    )
    return 1 - min(1.0, weightiest), 1 - min(1.0, *known)


def _called(study: Study, title: Meaning, others: Sequence[Meaning], reader: Reader) -> Meaning:
    """What a study asks, in a line: its title or, where that says nothing ("Laporan Akhir"), of its aims, or else of
    the sentences of its abstract, the one nearest to what the other study says."""
    if reader.total(title) > REMAINDER:
        return title
    said = study.aims or SENTENCE.split(study.abstract)
    told = ((max(reader.alike(one, other) for other in others), one) for one in map(reader.read, said))
    return max(told, key=itemgetter(0), default=(0.0, title))[1]


def _core(study: Study, reader: Reader) -> tuple[tuple[Meaning, float], ...]:
    """What a study says of itself beside its title, and how far that counts as being about it."""
    return (
        (reader.read(". ".join([*study.aims, *study.keywords])), TOLD_IN_AIMS),
        (reader.read(". ".join([*study.scope, study.abstract])), TOLD_IN_TEXT),
    )


def _aims(draft: Study, found: Study, reader: Reader) -> float | None:
    """How well the aims of each side are met by those of the other; None where one has none."""
    our_texts, their_texts = _own_aims(draft, found), _own_aims(found, draft)
    if not our_texts or not their_texts:
        return None
    ours = [read for text in our_texts if (read := reader.read(text))]
    theirs = [read for text in their_texts if (read := reader.read(text))]
    if not ours or not theirs:
        return None
    all_ours, all_theirs = (reader.read(". ".join(texts)) for texts in (our_texts, their_texts))
    return sqrt(_met(ours, theirs, all_theirs, reader) * _met(theirs, ours, all_ours, reader))


def _own_aims(study: Study, other: Study) -> Sequence[str]:
    """The aims of a study without those that it only retells: aims of the other one word by word, not of its subject.

    Where all are such, the study took over the other's aims, and they are its own.
    """
    written = {_plain(aim) for aim in other.aims}
    if written.isdisjoint(map(_plain, study.aims)):
        return study.aims
    about = subjects(study.title)
    return [aim for aim in study.aims if _plain(aim) not in written or about & subjects(aim)] or study.aims


def _plain(aim: str) -> str:
    return aim.lower().strip(" .;,")


def _met(ours: Sequence[Meaning], theirs: Sequence[Meaning], all_theirs: Meaning, reader: Reader) -> float:
    weights = [reader.total(aim) for aim in ours]
    best = [
        0.5 * max(reader.alike(aim, other) for other in theirs) + 0.5 * reader.told(aim, (all_theirs, 1.0))
        for aim in ours
    ]
    total = sum(weights)
    return sum(weight * value for weight, value in zip(weights, best)) / total if total else 0.0


def _words(draft: Study, found: Study, scale: Scale) -> float | None:
    """Cosine of the two vocabularies; None where one has no text."""
    if sum(draft.vocabulary.values()) < 30 or sum(found.vocabulary.values()) < 30:
        return None
    one, other = _vector(draft.vocabulary, scale), _vector(found.vocabulary, scale)
    if len(other) < len(one):
        one, other = other, one
    product = sum(value * other.get(name, 0.0) for name, value in one.items())
    sizes = sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return product / sizes if sizes else 0.0


def _vector(vocabulary: Mapping[str, int], scale: Scale) -> dict[str, float]:
    known = scale.vectors.get(id(vocabulary))
    if known is not None and known[0] is vocabulary:
        return known[1]
    vector: dict[str, float] = {}
    for name, count in vocabulary.items():
        weight = scale.single(name)
        if weight:
            vector[name] = sqrt(count) * weight**2
    scale.vectors[id(vocabulary)] = vocabulary, vector
    return vector


def _place(draft: Study, found: Study) -> SamePlace:
    ours, theirs = _with_bare_names(draft, found), _with_bare_names(found, draft)
    region, other = draft.region, found.region
    if other in ours and (region is None or other.level > region.level):
        region = other
    elif region in theirs and (other is None or region.level > other.level):
        other = region
    return compare_places(ours, region, theirs, other)


def _with_bare_names(study: Study, other: Study) -> tuple[Place, ...]:
    """The study's places, and those of the other that its title names without their kind; parts get their kind."""
    known = {place.name: place for place in (*other.places, *([other.region] if other.region else []))}
    named = named_bare(study.title, known.values())
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
