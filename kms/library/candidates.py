"""Which earlier pages are worth comparing with a draft: asked of the engine, never by going through all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Reading
from kms.engines.engine import Engine
from kms.query.tree import Or, Word
from kms.text import Token

STRETCH = 60
"""Words of the draft that one question to the engine is made from."""
WORDS_ASKED = 12
PAGES_TAKEN = 8
PAGES_OF_TITLE = 400


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


def candidates_by_text(engine: Engine, reading: Reading, rarity: Rarity, most: int) -> list[Candidate]:
    """Documents with pages that share rare words with stretches of a text, best first; at most ``most``.

    Chance finds a page or two for any words, all about as good; a page that was drawn from stands out of them.
    """
    votes: dict[str, float] = defaultdict(float)
    pages: dict[str, set[int]] = defaultdict(set)
    for stems in probes(reading, rarity):
        hits = engine.search(any_of(stems), PAGES_TAKEN).hits
        usual = hits[-1].score if len(hits) == PAGES_TAKEN else 0.5 * hits[0].score if hits else 0.0
        for hit in hits:
            votes[hit.document] += (hit.score / usual - 1) ** 2 + 0.01
            pages[hit.document].add(hit.page)
    order = sorted(votes, key=lambda name: (-votes[name], name))[:most]
    return [Candidate(name, tuple(sorted(pages[name])), votes[name]) for name in order]


def probes(reading: Reading, rarity: Rarity) -> Iterator[tuple[str, ...]]:
    """The rarest stems of each stretch of a text, stretches overlapping by half."""
    size = len(reading.words)
    for start in range(0, max(1, size - STRETCH // 2), STRETCH // 2):
        stems = rarest(reading, start, start + STRETCH, rarity)
        if stems:
            yield stems


def rarest(reading: Reading, start: int, end: int, rarity: Rarity) -> tuple[str, ...]:
    """The stems of the words ``start`` to ``end`` that say most and that the corpus holds, rarest first."""
    words = np.unique(reading.words[start:end])
    weights = rarity.ask(words)
    order = np.argsort(-weights, kind="stable")[:WORDS_ASKED]
    return tuple(reading.stems[int(words[k])] for k in order if weights[k] > 0)


def any_of(stems: Sequence[str]) -> Or:
    """Pages with at least one of the stems."""
    return Or(tuple(Word(Token(stem, stem)) for stem in stems))
