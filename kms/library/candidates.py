"""Which earlier documents are worth comparing with a draft: told by engine and catalogue, without reading them all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kms.duplicates.places import find_places, region_of
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Reading, distinct
from kms.duplicates.relation import same_series
from kms.duplicates.study import PERIODICAL, Study
from kms.engines.engine import Engine, Found
from kms.library.catalogue import Catalogue
from kms.model import Summary
from kms.query.tree import Or, Word
from kms.text import Token

STRETCH = 60
"""Words of the draft that one question to the engine is made from."""
WORDS_ASKED = 12
"""The rarest of these that it asks for."""
PAGES_TAKEN = 8
"""Pages that answer one question, the best."""
PAGES_OF_ONE = 3
"""Pages of one document among these: a long one that says the same again and again would leave no room for others."""
PAGES_LOOKED_AT = 64
"""Pages among which these are chosen, for `PAGES_OF_ONE` leaves some out."""
PAGES_OF_TITLE = 400
"""Pages looked at for the words of a title; a document has several."""
PAGES_AT_LEAST = 80
PAGES_FOR_ONE = 4
WORDS_OF_A_PAGE = 300
"""For each page of the draft, this many pages that answered are read, over all documents; never fewer than 80."""
WORTH_READING = 0.1
"""Share of the votes of a document's best page from which another of its pages is read."""
UNKNOWN = 1000
"""Years between two issues of which one bears none."""


@dataclass(frozen=True)
class Candidate:
    """A document worth comparing. ``pages`` are those that answered; ``votes`` grows with how often and how high."""

    id: str
    pages: tuple[int, ...]
    votes: float


def candidates_by_words(engine: Engine, words: Iterable[str], most: int) -> list[Candidate]:
    """Documents with the most telling of some stems, such as those of a title, best first; at most ``most``."""
    stems = tuple(dict.fromkeys(words))
    if not stems:
        return []
    found = engine.search(any_of(stems), PAGES_OF_TITLE).hits
    best = found[0].score if found else 1.0
    seen: dict[str, Candidate] = {}
    for hit in found:
        if hit.document not in seen:
            seen[hit.document] = Candidate(hit.document, (hit.page,), hit.score / best)
    return list(seen.values())[:most]


def candidates_of_series(draft: Study, catalogue: Catalogue, most: int) -> list[Candidate]:
    """Issues of the plan or report that the draft is an issue of, those of the nearest years first; none of a study.

    All offices word their plans alike: words alone bring up plans of any of them.
    """
    if draft.type not in PERIODICAL:
        return []
    told: dict[str, bool] = {}
    issues: list[Summary] = []
    for one in (card.summary for card in catalogue.cards.values()):
        if one is None or one.type != draft.type:
            continue
        office = one.agency or one.title
        if office not in told:
            region = region_of(find_places(office))
            told[office] = same_series(draft, Study(one.title, one.type, agency=one.agency, region=region))
        if told[office]:
            issues.append(one)
    issues.sort(key=lambda one: (_years_between(draft, one), one.id))
    return [Candidate(one.id, (), 0.0) for one in issues[:most]]


def _years_between(draft: Study, found: Summary) -> int:
    years = found.period or ((found.year, found.year) if found.year else None)
    return abs(draft.years[1] - years[1]) if draft.years and years else UNKNOWN


def candidates_by_text(engine: Engine, reading: Reading, rarity: Rarity, most: int) -> list[Candidate]:
    """Documents with pages that share rare words with stretches of a text, best first; at most ``most``.

    Chance finds some page for any words, seldom the same one again: a page counts by how much of each question it
    answers, the better answers more than in proportion, and a document by its best page.
    """
    votes: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for stems, worth in probes(reading, rarity):
        for hit in _several(engine.search(any_of(stems), PAGES_LOOKED_AT).hits):
            votes[hit.document][hit.page] += (hit.score / worth) ** 3
    room = max(PAGES_AT_LEAST, PAGES_FOR_ONE * len(reading.words) // WORDS_OF_A_PAGE)
    candidates = []
    for name, pages in sorted(votes.items(), key=lambda each: (-_standing(each[1]), each[0]))[:most]:
        least = WORTH_READING * max(pages.values())
        chosen = sorted((page for page in pages if pages[page] >= least), key=lambda page: -pages[page])[:room]
        room -= len(chosen)
        if chosen:
            candidates.append(Candidate(name, tuple(sorted(chosen)), _standing(pages)))
    return candidates


def _several(hits: Iterable[Found]) -> list[Found]:
    """The first `PAGES_TAKEN` of some hits, of one document no more than `PAGES_OF_ONE`."""
    counts: Counter[str] = Counter()
    several: list[Found] = []
    for hit in hits:
        counts[hit.document] += 1
        if counts[hit.document] <= PAGES_OF_ONE:
            several.append(hit)
        if len(several) == PAGES_TAKEN:
            break
    return several


def _standing(pages: Mapping[int, float]) -> float:
    return max(pages.values()) + 0.05 * sum(pages.values())


def probes(reading: Reading, rarity: Rarity) -> Iterator[tuple[tuple[str, ...], float]]:
    """The rarest stems of each stretch of a text, with their weight together; stretches overlap by half."""
    size = len(reading.words)
    for start in range(0, max(1, size - STRETCH // 2), STRETCH // 2):
        stems = rarest(reading, start, start + STRETCH, rarity)
        if stems:
            yield stems, sum(rarity.sought(stem) for stem in stems)


def rarest(reading: Reading, start: int, end: int, rarity: Rarity) -> tuple[str, ...]:
    """The stems of the words ``start`` to ``end`` that say most and that the corpus holds, rarest first."""
    words = distinct(reading.words[start:end])
    weights = rarity.ask(words)
    order = np.argsort(-weights, kind="stable")[:WORDS_ASKED]
    return tuple(reading.stems[int(words[k])] for k in order if weights[k] > 0)


def any_of(stems: Sequence[str]) -> Or:
    """Pages with at least one of the stems, whose order means nothing."""
    return Or(tuple(Word(Token(stem, stem)) for stem in stems), ordered=False)
