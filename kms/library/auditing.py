"""The whole corpus against itself: pairs worth comparing come from the engine, and time grows with the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kms.corpus import Corpus
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import read
from kms.engines.engine import Engine
from kms.errors import Damaged, NotFound
from kms.library.candidates import any_of, candidates_by_words, rarest
from kms.library.checked import Audit, Group, Relation
from kms.library.checking import Bench, telling_words, unread_documents
from kms.library.judging import Judge
from kms.model import Summary

SHINGLE = 5
"""Words in a row that count as one when two documents are compared."""
FAMILIES = 3
"""Series of documents in which the same words in a row make them a formula, worth nothing."""
PAGES_TAKEN = 8
ALIKE = 0.3
"""Score of a page beside the score of the page it is asked with, at which the two are worth comparing."""
TITLES_TAKEN = 10
STRENGTH: tuple[Relation, ...] = ("copy", "duplicate", "edition", "overlap")
"""The relations that an audit tells, strongest first."""

Shingles = NDArray[np.uint64]
Pair = tuple[str, str]


@dataclass(frozen=True)
class _Link:
    pair: Pair
    relation: Relation
    score: float


def audit(bench: Bench, on_progress: Callable[[int, int], None]) -> Audit:
    """Groups of documents that are copies, editions, the same study, or share passages; the strongest first.

    Raises:
        IndexDamaged: the index cannot be read.
    """
    catalogue, engine = bench.view.catalogue, bench.view.engine
    not_checked = tuple(unread_documents(catalogue))
    if engine is None:
        return Audit((), 0, not_checked)
    rarity = bench.rarity()
    short = bench.abbreviations()
    judge = Judge(rarity, bench.thresholds, bench.decisions, short)
    described = {name: one for name in sorted(catalogue.cards) if (one := bench.described(name))}
    shingles: dict[str, Shingles] = {}
    pairs: set[Pair] = set()
    for number, (name, one) in enumerate(described.items()):
        on_progress(number, len(described) + 1)
        near = {each.id for each in candidates_by_words(engine, telling_words(one.study, rarity, short), TITLES_TAKEN)}
        shingles[name], by_pages = _look(engine, bench.corpus, name, rarity)
        pairs |= {(min(name, other), max(name, other)) for other in near | by_pages if other != name}
    formulas = _formulas(shingles, {name: bench.summary(name) for name in shingles})
    links = []
    for first, second in sorted(pairs):
        if first in shingles and second in shingles:
            covered, contained = _shares(shingles[first], shingles[second], formulas)
            judgement = judge(described[first], described[second], covered, contained)
            if judgement is not None and judgement.relation in STRENGTH:
                links.append(_Link((first, second), judgement.relation, judgement.score))
    on_progress(1, 1)
    return Audit(tuple(_groups(links, bench.summary)), len(pairs), not_checked)


def _look(engine: Engine, corpus: Corpus, name: str, rarity: Rarity) -> tuple[Shingles, set[str]]:
    """The shingles of a document, and the documents with pages like its own."""
    near: set[str] = set()
    parts = []
    try:
        pages = corpus.document(name).content.pages
    except (NotFound, Damaged):
        pages = ()
    for page in pages:
        reading = read(page.text)
        if not reading.sentences:
            continue
        rarity.learn(reading.stems)
        parts.append(_shingles(reading.words))
        stems = rarest(reading, 0, len(reading.words), rarity)
        hits = engine.search(any_of(stems), PAGES_TAKEN).hits if stems else ()
        own = next((hit.score for hit in hits if hit.document == name), 0.0)
        near |= {hit.document for hit in hits if hit.score >= ALIKE * own}
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.uint64), near


def _shingles(words: NDArray[np.uint32]) -> Shingles:
    """A number for each `SHINGLE` words in a row."""
    size = len(words) - SHINGLE + 1
    if size <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(size, np.uint64)
    for step in range(SHINGLE):
        total = total * np.uint64(0x9E3779B97F4A7C15) + words[step : step + size].astype(np.uint64)
    return np.unique(total)


def _formulas(shingles: dict[str, Shingles], summaries: dict[str, Summary]) -> Shingles:
    """Shingles that stand in at least `FAMILIES` series of documents; editions of one series count once."""
    families: dict[tuple[str, str], list[Shingles]] = defaultdict(list)
    for name, own in shingles.items():
        summary = summaries[name]
        # Without type or agency a document is a family of its own.
        known = summary.type in (None, "lainnya", "kajian") or not summary.agency
        families[(name, "") if known else (str(summary.type), str(summary.agency))].append(own)
    if not families:
        return np.zeros(0, np.uint64)
    once = [np.unique(np.concatenate(own)) for own in families.values()]
    values, counts = np.unique(np.concatenate(once), return_counts=True)
    formulas: Shingles = values[counts >= FAMILIES]
    return formulas


def _shares(one: Shingles, other: Shingles, formulas: Shingles) -> tuple[float, float]:
    """The share of the first in the second, and of the second in the first, formulas left out."""
    own = np.setdiff1d(one, formulas, assume_unique=True)
    its = np.setdiff1d(other, formulas, assume_unique=True)
    shared = len(np.intersect1d(own, its, assume_unique=True))
    return (shared / len(own) if len(own) else 0.0), (shared / len(its) if len(its) else 0.0)


def _groups(links: Iterable[_Link], summary: Callable[[str], Summary]) -> list[Group]:
    """Linked documents as groups; a group holds those that reach each other by links of one relation."""
    by_relation: dict[Relation, list[_Link]] = defaultdict(list)
    for link in links:
        by_relation[link.relation].append(link)
    groups = []
    for relation in STRENGTH:
        leader: dict[str, str] = {}
        for link in by_relation[relation]:
            first, second = (_leader(leader, name) for name in link.pair)
            leader[second] = first
        members: dict[str, list[str]] = defaultdict(list)
        for name in leader.keys() | set(leader.values()):
            members[_leader(leader, name)].append(name)
        for names in members.values():
            score = min(link.score for link in by_relation[relation] if link.pair[0] in names)
            groups.append(Group(relation, tuple(summary(name) for name in sorted(names)), score))
    order = {relation: place for place, relation in enumerate(STRENGTH)}
    return sorted(groups, key=lambda group: (order[group.relation], -group.score, group.documents[0].id))


def _leader(leader: dict[str, str], name: str) -> str:
    while leader.get(name, name) != name:
        name = leader[name]
    return name
