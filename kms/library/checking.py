"""A draft against everything done before: candidates from the engine, passages aligned, relations judged, a verdict."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import zip_longest

import numpy as np

from kms.config import Settings
from kms.corpus import Corpus, Decision, now
from kms.duplicates import relation
from kms.duplicates.figures import Figures
from kms.duplicates.meaning import spell_out
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Weights
from kms.duplicates.relation import Thresholds, of_one_house, same_series, series_of, verdict
from kms.duplicates.study import PERIODICAL, Study
from kms.duplicates.weights import factor
from kms.errors import Damaged, NotFound, WorkspaceError
from kms.language import say
from kms.library.aims import Side, compare_aims
from kms.library.candidates import Candidate, candidates_by_text, candidates_by_words, candidates_of_series
from kms.library.catalogue import Catalogue
from kms.library.checked import Checked, CorpusState, Evidence, Match, Relation
from kms.library.comparing import Beside, Comparison, lay_beside, read_pages
from kms.library.described import Described, describe_document
from kms.library.drafts import Draft
from kms.library.index import View
from kms.library.judging import MOSTLY, Judge, Judgement
from kms.library.looks import Gallery, compare_looks, looks_of
from kms.library.prepared import Prepared, prepare
from kms.library.reuse import share, spans_of
from kms.library.sources import Part, put_together
from kms.library.studies import Studies
from kms.library.unchecked import what_was_not_checked
from kms.model import Document, Page, Summary
from kms.text import tokenize
from kms.text.abbreviations import definitions, long_forms
from kms.text.synonyms import read_concepts, stems_of, synonyms

DOCUMENTS_ALIGNED = 30
"""Documents that share rare words with the draft, whose text is laid beside it."""
DOCUMENTS_OF_SERIES = 10
"""Issues of the same plan or report, the nearest in time."""
DOCUMENTS_OF_TITLE = 20
"""Documents found by the words of title and aims; docs/duplicates.md (3.1) says why so many."""
WORDS_OF_STUDY = 40
"""Words of title and aims, and other names of these, that are asked for."""
SHOWN = 20
"""Earlier documents that an answer names; all of them count for the verdict."""
WEIGHT: tuple[Relation, ...] = ("copy", "duplicate", "edition", "overlap", "other-locus", "same-topic")
"""The relations, weightiest first."""
ASKING: tuple[Relation, ...] = ("duplicate", "other-locus")
"""Relations that rest on what is asked; of a title alone all do."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Bench:
    """What a check or an audit works with: the index and the studies of one moment, and what people decided."""

    view: View
    corpus: Corpus
    studies: Studies
    thresholds: Thresholds
    decisions: Sequence[Decision]

    def described(self, document_id: str) -> Described | None:
        """What a document is about; None for one that was removed or damaged since it was indexed."""
        card = self.view.catalogue.cards.get(document_id)
        try:
            self.corpus.stamp(document_id)  # what is kept about a document is no way around the corpus
            return self.studies.of(document_id, card.digest) if card and card.summary else None
        except (NotFound, Damaged):
            return None

    def summary(self, document_id: str) -> Summary:
        """The few facts of a document that is described."""
        summary = self.view.catalogue.cards[document_id].summary
        assert summary is not None
        return summary

    def decided(self, digest: str) -> list[str]:
        """The documents of which a person said what they are to the draft of a digest."""
        others = [other for each in self.decisions if digest in (pair := (each.first, each.second)) for other in pair]
        names = self.view.catalogue.cards if others else ()
        return [name for name in names if any(other.startswith(name.rsplit("-", 1)[-1]) for other in others)]

    def same_file(self, digest: str) -> list[str]:
        """The document that is the very file of a digest, if there is one."""
        return [name for name in self.view.catalogue.cards if digest.startswith(name.rsplit("-", 1)[-1])]

    def rarity(self) -> Rarity:
        """How much words say in this corpus."""
        engine = self.view.engine
        return Rarity(engine.frequencies, engine.count()) if engine else Rarity(lambda stems: [0] * len(stems), 0)

    def abbreviations(self, texts: Iterable[str] = ()) -> dict[str, str]:
        """Abbreviations that ``texts`` define, else the documents, else everybody knows; in lower case."""
        known = dict(long_forms())
        learnt = self.view.engine.values("abbreviation") if self.view.engine else ()
        # Most used first, so that of several long forms the one on most pages stays.
        known.update(dict(value.split("\t", 1) for value, _ in reversed(list(learnt))))
        known.update((short.lower(), long.lower()) for text in texts for short, long in definitions(text))
        return known


def check(draft: Draft, bench: Bench, on_progress: Progress) -> Checked:
    """The verdict on a draft, with the earlier documents that it rests on.

    Raises:
        IndexDamaged: the index cannot be read.
    """
    began = time.perf_counter()
    rarity = bench.rarity()
    ours = Described(0, "", draft.digest, describe_document(draft.document))
    rarity.mute(token.stem for token in tokenize(f"{ours.study.agency or ''} {ours.study.region or ''}"))
    prepared = prepare([page for page in draft.pages if page.text.strip()], rarity, ours.study.title)
    short = bench.abbreviations([draft.title, *(page.text for page in draft.pages)])
    judge = Judge(rarity, bench.thresholds, bench.decisions, short)
    seen = Gallery(bench.view.catalogue.cards).alike(looks_of(draft.pages))
    named = [*bench.decided(draft.digest), *bench.same_file(draft.digest), *sorted(seen)]
    candidates = _candidates(bench, ours.study, prepared, rarity, short, named)
    described = {one.id: theirs for one in candidates if (theirs := bench.described(one.id)) is not None}
    read = {
        one.id: read_pages(one, described[one.id].study, bench.corpus, rarity)
        for one in candidates
        if one.id in described
    }
    texts = lay_beside(
        prepared,
        {name: each for name, each in read.items() if each is not None},
        lambda name: _family(bench.summary(name)),
        rarity,
    )
    read_by_ocr = any(page.state == "ocr" for page in draft.pages)
    matches: list[Match] = []
    parts: dict[str, Part] = {}
    taken, pictured = np.zeros(len(prepared.reading.words)), 0.0
    for number, candidate in enumerate(candidates):
        on_progress(number, len(candidates))
        theirs = described.get(candidate.id)
        if theirs is None:
            continue
        summary = bench.summary(candidate.id)
        shared = texts.compare(candidate.id, _fill_in_forms(ours.study, theirs.study))
        scanned = read_by_ocr or summary.scanned
        looks = compare_looks(draft.pages, bench.corpus, candidate.id, seen.get(candidate.id, ()))
        figures: Figures = "unknown" if scanned else shared.figures  # OCR misreads them
        judgement = judge(ours, theirs, shared.covered, shared.contained, shared.mass, scanned, looks, figures)
        if judgement is not None and judgement.relation == "duplicate" and not judgement.decision:
            # What is taken over asks what it asked there: only what the draft says itself makes it the same study.
            own = replace(ours, study=_in_own_words(ours.study, draft.document, texts.draft, shared.reuse.taken))
            again = judge(own, theirs, shared.covered, shared.contained, shared.mass, scanned, looks, figures)
            judgement = again if again is not None and again.relation == "overlap" else judgement
        judgement = judgement or _in_passing(shared)
        same_file = ours.sha256 == theirs.sha256
        if judgement is not None:
            asked = _asked(Side(draft.document, ours.study), candidate.id, theirs.study, judgement, bench.corpus)
            by_looks = looks.covered if looks.covered > MOSTLY else 0.0
            evidence = (*asked, *looks.evidence, *shared.reuse.evidence)
            covered = 1.0 if same_file else max(shared.covered, by_looks)
            matches.append(_match(summary, judgement, covered, evidence))
            parts[candidate.id] = texts.part(candidate.id, shared, of_one_house(ours.study, theirs.study))
            pictured = max(pictured, by_looks)
            taken = np.ones_like(taken) if same_file else np.maximum(taken, shared.reuse.taken)
    on_progress(len(candidates), len(candidates))
    matches = put_together(matches, parts, bench.thresholds)
    matches.sort(key=lambda match: (WEIGHT.index(match.relation), -match.score, *_how_near(match, ours.study)))
    answer = _answer(draft, texts, matches, taken, pictured, bench.view.catalogue)
    return replace(answer, took_ms=round((time.perf_counter() - began) * 1000, 1))


def _how_near(match: Match, draft: Study) -> tuple[int, str]:
    """What puts documents in order that are as alike to a draft: the nearest in time, or else the newest, first."""
    last = match.document.period[1] if match.document.period else match.document.year or 0
    return (abs(draft.years[1] - last) if draft.years else -last), match.document.id


def _in_own_words(study: Study, draft: Document, text: Prepared, taken: Weights) -> Study:
    """What a draft is about without the words that it takes over whole; title, aims and scope stay."""
    whole = [place for span in spans_of(np.floor(taken), text.reading) for place in text.joined.places(*span)]
    if not whole:
        return study
    pages = []
    for page in draft.content.pages:
        left, at = [], 0
        for place in sorted((each for each in whole if each.page == page.number), key=lambda each: each.start):
            left.append(page.text[at : place.start])
            at = place.end
        pages.append(replace(page, text="\n\n".join([*left, page.text[at:]])))
    own = describe_document(replace(draft, content=replace(draft.content, pages=tuple(pages))))
    return replace(study, abstract=own.abstract, vocabulary=own.vocabulary)


def _answer(
    draft: Draft, texts: Beside, matches: Sequence[Match], taken: Weights, pictured: float, catalogue: Catalogue
) -> Checked:
    """What is told of a draft, ``matches`` best first; how long it took is not known here.

    ``pictured`` is the share of its pages that an earlier document has by their looks.
    """
    in_words = share(taken, texts.empty)
    shown = tuple(matches[:SHOWN])
    return Checked(
        verdict=verdict(relation.Judgement(match.relation, match.score) for match in matches),
        coverage=max(in_words, pictured),
        by_looks=pictured > in_words,
        took_ms=0.0,
        matches=shown,
        not_checked=what_was_not_checked(draft, texts.draft, catalogue, shown),
        title=draft.title,
        title_read=draft.title_read,
        name=draft.document.source,
        draft=draft.digest,
        at=now(),
        state=state_of(catalogue),
        spans=_on_pages(spans_of(taken, texts.draft.reading), texts.draft),
        formulas=_on_pages(spans_of(texts.empty.astype(float), texts.draft.reading), texts.draft),
        page_sizes={page.number: len(page.text) for page in draft.pages},
        headings=_headings(draft.pages),
    )


def _on_pages(spans: Iterable[tuple[int, int]], text: Prepared) -> tuple[tuple[int, int, int], ...]:
    """Stretches of the whole text as (page, start, end)."""
    places = (place for span in spans for place in text.joined.places(*span))
    return tuple((place.page, place.start, place.end) for place in places)


def thresholds_of(settings: Settings) -> Thresholds:
    """The thresholds, with what ``[check]`` in kms.toml says of them.

    Raises:
        WorkspaceError: it names one that does not exist, or gives something else than a number.
    """
    names = [each.name for each in fields(Thresholds)]
    for name in settings.check:
        if name not in names:
            raise WorkspaceError(
                say("kms.toml: [check] has no setting {name}.", name=repr(name)),
                say("Settings are: {names}.", names=", ".join(names)),
            )
    return replace(
        Thresholds(), **{name: type(getattr(Thresholds(), name))(value) for name, value in settings.check.items()}
    )


def state_of(catalogue: Catalogue) -> CorpusState:
    """What the index of a moment holds."""
    cards = [(name, card) for name, card in sorted(catalogue.cards.items()) if card.summary]
    mark = hashlib.sha256("".join(f"{name}{card.digest}" for name, card in cards).encode()).hexdigest()[:12]
    return CorpusState(len(cards), sum(card.summary.pages for _, card in cards if card.summary), mark)


def _candidates(
    bench: Bench, study: Study, prepared: Prepared, rarity: Rarity, short: Mapping[str, str], named: Iterable[str]
) -> list[Candidate]:
    """Documents to compare the draft with, each once: those that share rare words, those that speak of the same things,
    issues of the same plan, and those that are ``named`` anyway."""
    found: dict[str, Candidate] = {}
    if engine := bench.view.engine:
        words = telling_words(study, rarity, short)
        found = {one.id: one for one in candidates_by_text(engine, prepared.reading, rarity, DOCUMENTS_ALIGNED)}
        others = candidates_by_words(engine, words, DOCUMENTS_OF_TITLE)
        others += candidates_of_series(study, bench.view.catalogue, DOCUMENTS_OF_SERIES)
        for one in others:
            found.setdefault(one.id, Candidate(one.id, (), one.votes))
    for name in named:
        found.setdefault(name, Candidate(name, (), 0.0))
    return list(found.values())


def telling_words(study: Study, rarity: Rarity, short: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The stems that a study's title and aims are about, then those that mean the same; only such as the corpus holds.

    ``short`` maps abbreviations in lower case to their long forms; both are asked for. What is said comes first, the
    rarest before others; of the rest each thing that is said has its turn, so that one with many names leaves room.
    """
    said: dict[str, None] = {}
    meant: dict[str, dict[str, None]] = {}
    for text in (study.title, *study.aims, *study.keywords):
        tokens = tokenize(text)
        spelt = spell_out(tokens, short or {})
        for concept in (*read_concepts(tokens), *(read_concepts(spelt) if spelt != tokens else ())):
            said.update(dict.fromkeys(concept.stems))
            others = meant.setdefault(concept.name, {})
            for other in synonyms(concept.name):
                others.update(dict.fromkeys(stems_of(other)))
    held = rarity.held({stem for stems in (said, *meant.values()) for stem in stems if factor(stem) > 0})
    turns = [
        sorted(held.intersection(stems) - said.keys(), key=lambda stem: (-rarity.sought(stem), stem))
        for stems in meant.values()
    ]
    ordered = sorted(held.intersection(said), key=lambda stem: (-rarity.sought(stem), stem))
    ordered += [stem for turn in zip_longest(*turns) for stem in turn if stem]
    return tuple(dict.fromkeys(ordered))[:WORDS_OF_STUDY]


def _fill_in_forms(one: Study, other: Study) -> bool:
    """Whether both are plans or reports of different series, whose words are alike because their matter is."""
    return not (one.asks or other.asks or same_series(one, other))


def _family(document: Summary) -> str:
    """What the issues of one document have in common: a plan of one office, or a study that is done every year."""
    if document.type in PERIODICAL and document.agency:
        return f"{document.type} {document.agency}"
    return series_of(document.title) or document.id


def _asked(draft: Side, document_id: str, study: Study, judgement: Judgement, corpus: Corpus) -> tuple[Evidence, ...]:
    """Titles and aims side by side, where what two are to each other rests on what they ask."""
    has_text = bool(draft.document.content.pages)
    if has_text and not (judgement.relation in ASKING and draft.study.asks and study.asks):
        return ()
    try:
        return compare_aims(draft, Side(corpus.document(document_id), study))
    except (NotFound, Damaged):
        return ()


def _in_passing(comparison: Comparison) -> Judgement | None:
    """Passages are shared, but too little to make the two one thing: shown, and no reason to worry."""
    if not (comparison.reuse.evidence and comparison.covered):
        return None
    percent = round(100 * comparison.covered) or "< 1"
    return Judgement("same-topic", comparison.covered, (say("{share}% of the draft stands there too", share=percent),))


def _match(document: Summary, judgement: Judgement, covered: float, evidence: tuple[Evidence, ...]) -> Match:
    return Match(
        document, judgement.relation, judgement.score, judgement.reasons, evidence, covered, judgement.decision
    )


def _headings(pages: Sequence[Page]) -> tuple[tuple[int, str], ...]:
    """Where each heading of a text that is all one page begins; nothing where pages tell the place."""
    found = []
    if len(pages) == 1:
        at = 0
        for heading in pages[0].headings:
            start = pages[0].text.find(heading, at)
            if start >= 0:
                found.append((start, heading))
                at = start + len(heading)
    return tuple(found)
