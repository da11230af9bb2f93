"""The whole corpus against itself: pairs worth comparing share words in a row, or what their titles are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kms.corpus import Corpus, Decision
from kms.duplicates.boilerplate import Boilerplate, formulas
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import distinct, read
from kms.duplicates.relation import is_terms_of, same_issue, series_of
from kms.duplicates.shingles import Shingles, shingles_of
from kms.duplicates.study import Study
from kms.errors import Damaged, NotFound
from kms.library.candidates import candidates_by_words
from kms.library.checked import Audit, Group, Relation
from kms.library.checking import Bench, telling_words
from kms.library.described import Described
from kms.library.judging import Judge
from kms.library.looks import UNLIKE, Gallery, Likeness, SamePages, compare_looks
from kms.library.prepared import prepare
from kms.library.reuse import compare_texts, mass_of, share
from kms.library.unchecked import unread_documents
from kms.model import Summary

FAMILIES = 3
"""Series of documents in which the same words in a row make them a formula, worth nothing."""
SAMPLED = 4
"""One shingle in so many, chosen by its value, tells which documents are worth comparing."""
COMMON = 24
"""Documents that have a shingle from which it tells nothing."""
WORTH_COMPARING = 0.02
"""Share of the smaller document's sampled shingles that two have in common."""
TITLES_TAKEN = 10
"""Documents that each is compared with because their titles are about the same."""
STRENGTH: tuple[Relation, ...] = ("copy", "duplicate", "edition", "overlap")
"""The relations that an audit tells, strongest first."""
FEW = 60
"""Words in a row that two share, up to which a look at them tells whether they are more than a form filled in alike."""
AGAIN: tuple[Relation, ...] = ("duplicate", "edition")
"""What a document that was scanned twice may look like by its words in a row."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class _Link:
    pair: Pair
    relation: Relation
    score: float
    decision: Decision | None


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
        shingles[name] = _shingles_of(bench.corpus, name)
        pairs |= {(min(name, other), max(name, other)) for other in near if other != name}
    pairs |= _alike(shingles)
    usual = _formulas(shingles, {name: bench.summary(name) for name in shingles})
    known = Boilerplate(np.union1d(formulas().shingles, usual))
    gallery = Gallery({name: catalogue.cards[name] for name in described})
    seen = {name: gallery.alike(catalogue.cards[name].appearances) for name in described}
    pairs |= {
        (min(name, other), max(name, other)) for name, others in seen.items() for other in others if other != name
    }
    links = []
    for first, second in sorted(pairs):
        if first in shingles and second in shingles:
            covered, contained, shared = _shares(shingles[first], shingles[second], usual)
            if _is_later(described[second].study, described[first].study, contained > covered):
                first, second, covered, contained = second, first, contained, covered
            one, other = described[first], described[second]
            scanned = bench.summary(first).scanned or bench.summary(second).scanned
            looks = _looks(bench.corpus, first, second, seen[first].get(second, ()))
            judgement = judge(one, other, covered, contained, scanned=scanned, looks=looks)
            if scanned and judgement and judgement.relation in AGAIN and same_issue(one.study, other.study):
                # OCR breaks what stands in a row.
                shares = _aligned(bench.corpus, (first, one), (second, other), rarity, known)[:2]
                judgement = judge(one, other, *shares, scanned=scanned, looks=looks)
            elif judgement and judgement.relation == "overlap" and shared < FEW:
                covered, contained, mass = _aligned(bench.corpus, (first, one), (second, other), rarity, known)
                judgement = judge(one, other, covered, contained, mass, scanned, looks)
            if judgement is not None and judgement.relation in STRENGTH:
                links.append(_Link((first, second), judgement.relation, judgement.score, judgement.decision))
    on_progress(1, 1)
    return Audit(tuple(_groups(links, bench.summary)), len(pairs), not_checked)


def _shingles_of(corpus: Corpus, name: str) -> Shingles:
    """The shingles of all pages of a document."""
    try:
        pages = corpus.document(name).content.pages
    except (NotFound, Damaged):
        pages = ()
    parts = [shingles_of(read(page.text).words) for page in pages]
    return distinct(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)


def _alike(shingles: Mapping[str, Shingles]) -> set[Pair]:
    """The pairs of documents that have enough shingles in common, found by sorting a sample of all of them."""
    names = sorted(shingles)
    samples = [own[own % np.uint64(SAMPLED) == 0] for own in (shingles[name] for name in names)]
    if not samples:
        return set()
    values = np.concatenate(samples)
    owners = np.repeat(np.arange(len(names)), [len(own) for own in samples])
    order = np.argsort(values, kind="stable")
    _, counts = np.unique(values, return_counts=True)
    telling = np.repeat((counts > 1) & (counts < COMMON), counts)
    values, owners = values[order][telling], owners[order][telling]
    met: Counter[int] = Counter()
    for step in range(1, COMMON):
        same = values[:-step] == values[step:]
        both = owners[:-step][same] * len(names) + owners[step:][same]
        met.update(dict(zip(*(each.tolist() for each in np.unique(both, return_counts=True)), strict=True)))
    return {
        (names[first], names[second])
        for both, shared in met.items()
        for first, second in [divmod(both, len(names))]
        if shared >= WORTH_COMPARING * min(len(samples[first]), len(samples[second]))
    }


def _formulas(shingles: dict[str, Shingles], summaries: dict[str, Summary]) -> Shingles:
    """Shingles that stand in at least `FAMILIES` series of documents; issues of one count once."""
    families: dict[tuple[str, str], list[Shingles]] = defaultdict(list)
    for name, own in shingles.items():
        summary = summaries[name]
        plan = summary.type not in (None, "lainnya", "kajian") and summary.agency
        family = (summary.type, summary.agency) if plan else (series_of(summary.title) or name, "")
        families[(str(family[0]), str(family[1]))].append(own)
    if not families:
        return np.zeros(0, np.uint64)
    once = [distinct(np.concatenate(own)) for own in families.values()]
    values, counts = np.unique(np.concatenate(once), return_counts=True)
    formulas: Shingles = values[counts >= FAMILIES]
    return formulas


def _looks(corpus: Corpus, one: str, other: str, pairs: Sequence[SamePages]) -> Likeness:
    """What two documents share by the looks of their pages."""
    try:
        return compare_looks(corpus.document(one).content.pages, corpus, other, pairs) if pairs else UNLIKE
    except (NotFound, Damaged):
        return UNLIKE


def _is_later(one: Study, other: Study, by_text: bool) -> bool:
    """Whether one was written after the other, so that it would have been the draft; ``by_text`` if no year says."""
    if one.years and other.years and one.years != other.years:
        return one.years > other.years
    if is_terms_of(other, one) or is_terms_of(one, other):
        return is_terms_of(other, one)
    return by_text


def _shares(one: Shingles, other: Shingles, formulas: Shingles) -> tuple[float, float, int]:
    """The share of the first in the second, of the second in the first, and what they share, formulas left out."""
    own = np.setdiff1d(one, formulas, assume_unique=True)
    its = np.setdiff1d(other, formulas, assume_unique=True)
    shared = len(np.intersect1d(own, its, assume_unique=True))
    return (shared / len(own) if len(own) else 0.0), (shared / len(its) if len(its) else 0.0), shared


def _aligned(
    corpus: Corpus, one: tuple[str, Described], other: tuple[str, Described], rarity: Rarity, known: Boilerplate
) -> tuple[float, float, float]:
    """As `_shares`, by the passages that a check finds, and the mass of what the first has of the other; what is
    ``known`` to be nobody's own left out.
    """
    try:
        ours, theirs = (
            prepare(corpus.document(name).content.pages, rarity, about.study.title) for name, about in (one, other)
        )
    except (NotFound, Damaged):
        return 0.0, 0.0, 0.0
    empty = known.words(ours.reading)
    reuse = compare_texts(ours, theirs, rarity, empty)
    contained = share(reuse.found_taken, known.words(theirs.reading))
    return share(reuse.taken, empty), contained, mass_of(ours, theirs, reuse.taken, rarity, empty)


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
            own = [link for link in by_relation[relation] if link.pair[0] in names]
            decisions = tuple(link.decision for link in own if link.decision)
            documents = tuple(summary(name) for name in sorted(names))
            groups.append(Group(relation, documents, min(link.score for link in own), decisions))
    order = {relation: place for place, relation in enumerate(STRENGTH)}
    return sorted(groups, key=lambda group: (order[group.relation], -group.score, group.documents[0].id))


def _leader(leader: dict[str, str], name: str) -> str:
    while leader.get(name, name) != name:
        name = leader[name]
    return name
