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
from kms.duplicates.alignment import AlignmentSettings
from kms.duplicates.boilerplate import Boilerplate, Mask, formulas
from kms.duplicates.meaning import spell_out
from kms.duplicates.rarity import Rarity
from kms.duplicates.relation import Thresholds, same_series, verdict
from kms.duplicates.study import PERIODICAL, Study
from kms.duplicates.weights import factor
from kms.engines.engine import Engine
from kms.errors import Damaged, NotFound, WorkspaceError
from kms.language import Message, say
from kms.library.aims import Side, compare_aims
from kms.library.candidates import Candidate, candidates_by_text, candidates_by_words, candidates_of_series
from kms.library.catalogue import Catalogue
from kms.library.checked import Checked, CorpusState, Evidence, Match, Relation
from kms.library.drafts import Draft
from kms.library.index import View
from kms.library.judging import MOSTLY, Judge, Judgement
from kms.library.looks import Gallery, compare_looks, looks_of
from kms.library.reuse import Prepared, Reuse, compare_texts, mass_of, prepare, share, spans_of
from kms.library.studies import Described, Studies, describe_document
from kms.model import Page, Summary
from kms.text import tokenize
from kms.text.abbreviations import definitions, long_forms
from kms.text.segment import frequencies
from kms.text.synonyms import read_concepts, stems_of, synonyms

DOCUMENTS_ALIGNED = 30
DOCUMENTS_OF_SERIES = 10
DOCUMENTS_OF_TITLE = 20
WORDS_OF_STUDY = 40
AROUND = 1
"""Pages before and after one that answered that are compared too."""
SHOWN = 20
NAMED = 5
"""How many pages or documents a sentence names before it only counts them."""
UNDERSTOOD = 0.6
"""Share of a draft's words from which it is Indonesian; plans full of tables have three quarters."""
FEW_WORDS = 20
WEIGHT: tuple[Relation, ...] = ("copy", "duplicate", "edition", "overlap", "other-locus", "same-topic")
"""The relations, weightiest first."""
ASKING: tuple[Relation, ...] = ("duplicate", "other-locus")
"""Relations that rest on what is asked; of a title alone all do."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Comparison:
    """What a draft and an earlier document share, the shares of both that this is, and its mass (see `mass_of`)."""

    reuse: Reuse
    covered: float
    contained: float
    mass: float


@dataclass(frozen=True)
class _Found:
    """The pages of an earlier document that answered, and how much of its text they are (0 to 1)."""

    text: Prepared
    part: float


FORM = AlignmentSettings(kept=0.6)
"""Between plans of different offices only what is taken over nearly word for word counts."""
NOTHING = _Comparison(Reuse((), np.zeros(0), np.zeros(0)), 0.0, 0.0, 0.0)


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
    engine, catalogue = bench.view.engine, bench.view.catalogue
    rarity = bench.rarity()
    ours = Described(0, "", draft.digest, describe_document(draft.document))
    rarity.mute(token.stem for token in tokenize(f"{ours.study.agency or ''} {ours.study.region or ''}"))
    prepared = prepare([page for page in draft.pages if page.text.strip()], rarity, ours.study.title)
    short = bench.abbreviations([draft.title, *(page.text for page in draft.pages)])
    judge = Judge(rarity, bench.thresholds, bench.decisions, short)
    matches: list[Match] = []
    taken, pictured = np.zeros(len(prepared.reading.words)), 0.0
    candidates = _candidates(engine, catalogue, ours.study, prepared, rarity, short) if engine else []
    seen = Gallery(catalogue.cards).alike(looks_of(draft.pages))
    known_ids = {one.id for one in candidates}
    others = dict.fromkeys([*bench.decided(draft.digest), *sorted(seen)])
    candidates += [Candidate(name, (), 0.0) for name in others if name not in known_ids]
    described = {one.id: theirs for one in candidates if (theirs := bench.described(one.id)) is not None}
    found = {
        one.id: read
        for one in candidates
        if one.id in described and (read := _read(one, described[one.id].study, bench.corpus, rarity)) is not None
    }
    known = Boilerplate()
    if found:
        known = formulas().and_learnt(
            prepared.reading, ((_family(bench.summary(name)), each.text.reading) for name, each in found.items())
        )
    empty = known.words(prepared.reading)
    read_by_ocr = any(page.state == "ocr" for page in draft.pages)
    for number, candidate in enumerate(candidates):
        on_progress(number, len(candidates))
        theirs = described.get(candidate.id)
        if theirs is None:
            continue
        comparison = NOTHING
        if candidate.id in found:
            settings = FORM if _fill_in_forms(ours.study, theirs.study) else None
            comparison = _compare(prepared, empty, found[candidate.id], known, rarity, settings)
        scanned = read_by_ocr or bench.summary(candidate.id).scanned
        looks = compare_looks(draft.pages, bench.corpus, candidate.id, seen.get(candidate.id, ()))
        judgement = judge(ours, theirs, comparison.covered, comparison.contained, comparison.mass, scanned, looks)
        if judgement is None and comparison.reuse.evidence and comparison.covered:
            judgement = _in_passing(comparison)
        if judgement is not None:
            evidence = (*looks.evidence, *comparison.reuse.evidence)
            asked = ours.study.asks and theirs.study.asks
            if judgement.relation in (ASKING if draft.pages else WEIGHT) and (asked or not draft.pages):
                evidence = (
                    *_aims(Side(draft.document, ours.study), candidate.id, theirs.study, bench.corpus),
                    *evidence,
                )
            by_looks = looks.covered if looks.covered > MOSTLY else 0.0
            pictured = max(pictured, by_looks)
            covered = max(comparison.covered, by_looks)
            matches.append(_match(bench.summary(candidate.id), judgement, covered, evidence))
            if comparison is not NOTHING:
                taken = np.maximum(taken, comparison.reuse.taken)
    on_progress(len(candidates), len(candidates))
    matches.sort(key=lambda match: (WEIGHT.index(match.relation), -match.score, match.document.id))
    in_words = share(taken, empty)
    return Checked(
        verdict=verdict(relation.Judgement(match.relation, match.score) for match in matches),
        coverage=max(in_words, pictured),
        by_looks=pictured > in_words,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        matches=tuple(matches[:SHOWN]),
        not_checked=(
            *_unread_pages(draft),
            *_other_words(draft, prepared),
            *unread_documents(catalogue),
            *_unverified(draft, matches[:SHOWN]),
        ),
        title=draft.title,
        name=draft.document.source,
        draft=draft.digest,
        at=now(),
        state=state_of(catalogue),
        spans=tuple(
            (place.page, place.start, place.end)
            for start, end in spans_of(taken, prepared.reading)
            for place in prepared.joined.places(start, end)
        ),
        page_sizes={page.number: len(page.text) for page in draft.pages},
        headings=_headings(draft.pages),
    )


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
    engine: Engine, catalogue: Catalogue, study: Study, prepared: Prepared, rarity: Rarity, short: Mapping[str, str]
) -> list[Candidate]:
    """Documents to compare the draft with: those that share rare words, then those that speak of the same things, then
    issues of the same plan; each once."""
    by_text = candidates_by_text(engine, prepared.reading, rarity, DOCUMENTS_ALIGNED)
    by_words = candidates_by_words(engine, telling_words(study, rarity, short), DOCUMENTS_OF_TITLE)
    others = (*by_words, *candidates_of_series(study, catalogue, DOCUMENTS_OF_SERIES))
    found = {one.id: one for one in by_text}
    for one in others:
        found.setdefault(one.id, Candidate(one.id, (), one.votes))
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
        sorted(held.intersection(stems) - said.keys(), key=lambda stem: (-rarity.of(stem), stem))
        for stems in meant.values()
    ]
    ordered = sorted(held.intersection(said), key=lambda stem: (-rarity.of(stem), stem))
    ordered += [stem for turn in zip_longest(*turns) for stem in turn if stem]
    return tuple(dict.fromkeys(ordered))[:WORDS_OF_STUDY]


def _read(candidate: Candidate, study: Study, corpus: Corpus, rarity: Rarity) -> _Found | None:
    """The pages of a candidate that answered; None where none did, or it cannot be read any more."""
    if not candidate.pages:
        return None
    try:
        pages = corpus.document(candidate.id).content.pages
    except (NotFound, Damaged):
        return None
    text = prepare(_around(pages, candidate.pages), rarity, study.title)
    whole = sum(len(page.text) for page in pages) or 1
    return _Found(text, min(1.0, len(text.joined.text) / whole))


def _fill_in_forms(one: Study, other: Study) -> bool:
    """Whether both are plans or reports of different series, whose words are alike because their matter is."""
    return not (one.asks or other.asks or same_series(one, other))


def _compare(
    prepared: Prepared,
    empty: Mask,
    found: _Found,
    known: Boilerplate,
    rarity: Rarity,
    settings: AlignmentSettings | None = None,
) -> _Comparison:
    """What the draft shares with a candidate, without what is ``empty`` in it and ``known`` to be nobody's own."""
    reuse = compare_texts(prepared, found.text, rarity, empty, settings)
    contained = share(reuse.found_taken, known.words(found.text.reading))
    return _Comparison(
        reuse, share(reuse.taken, empty), contained * found.part, mass_of(prepared, reuse.taken, rarity, empty)
    )


def _family(document: Summary) -> str:
    """What the issues of one periodical have in common; a document of another kind is a family of its own."""
    return f"{document.type} {document.agency}" if document.type in PERIODICAL and document.agency else document.id


def _around(pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    """The pages of these numbers and their neighbours; all pages where these are half of them already."""
    wanted = {number + step for number in numbers for step in range(-AROUND, AROUND + 1)}
    near = [page for page in pages if page.number in wanted and page.text.strip()]
    return near if 2 * len(near) < len(pages) else [page for page in pages if page.text.strip()]


def _aims(draft: Side, document_id: str, study: Study, corpus: Corpus) -> tuple[Evidence, ...]:
    try:
        return compare_aims(draft, Side(corpus.document(document_id), study))
    except (NotFound, Damaged):
        return ()


def _in_passing(comparison: _Comparison) -> Judgement:
    """Passages are shared, but too little to make the two one thing: shown, and no reason to worry."""
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


def _unread_pages(draft: Draft) -> list[Message]:
    """What of the draft itself could not be read."""
    unread = [str(page.number) for page in draft.pages if page.state in ("needs-ocr", "unreadable")]
    if not unread:
        return []
    return [
        say("Pages of the draft that could not be read: {count} ({pages}).", count=len(unread), pages=_named(unread))
    ]


def _other_words(draft: Draft, prepared: Prepared) -> list[Message]:
    """What can hardly be compared: a text of figures, or in another language."""
    stems = prepared.reading.stems
    words = [stem for word in prepared.reading.words.tolist() if (stem := stems[word]).isalpha()]
    if not any(page.text.strip() for page in draft.pages):
        return []
    if len(words) < FEW_WORDS < len(prepared.reading.words):
        return [say("The draft holds figures and hardly any words: what it is about cannot be compared.")]
    known = sum(word in frequencies() for word in words) / max(1, len(words))
    if len(words) < FEW_WORDS or known >= UNDERSTOOD:
        return []
    return [
        say(
            "Only {percent} % of the draft's words are Indonesian ones: what another language says, or what was "
            "misread, cannot be compared.",
            percent=round(100 * known),
        )
    ]


def _unverified(draft: Draft, matches: list[Match]) -> list[Message]:
    """What was compared as a machine read it from pictures, and nobody has looked at since."""
    read = [str(page.number) for page in draft.pages if page.state == "ocr"]
    scans = [match.document.id for match in matches if match.document.scanned and match.evidence]
    messages = []
    if read:
        messages.append(
            say("Figures on pages of the draft that OCR read: {count} ({pages}).", count=len(read), pages=_named(read))
        )
    if scans:
        messages.append(
            say("Figures of documents that OCR read: {count} ({ids}).", count=len(scans), ids=_named(scans))
        )
    return messages


def unread_documents(catalogue: Catalogue) -> list[Message]:
    """What of the corpus could not be compared."""
    messages = []
    if not catalogue.cards:
        messages.append(say("There are no documents here yet to compare with; `kms ingest` takes them in."))
    waiting = sorted(card.summary.title for card in catalogue.cards.values() if card.summary and card.needs_ocr)
    damaged = sorted(name for name, card in catalogue.cards.items() if card.summary is None)
    if waiting:
        messages.append(
            say(
                "Documents with pages that wait for OCR: {count} ({titles}).",
                count=len(waiting),
                titles=_named(waiting),
            )
        )
    if damaged:
        messages.append(say("Damaged documents: {count} ({ids}).", count=len(damaged), ids=_named(damaged)))
    return messages


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" ..." if len(names) > NAMED else "")
