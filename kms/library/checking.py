"""A draft against everything done before: candidates from the engine, passages aligned, relations judged, a verdict."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kms.corpus import Corpus, Decision, now
from kms.duplicates.rarity import Rarity
from kms.engines.engine import Engine
from kms.errors import Damaged, NotFound
from kms.language import Message, say
from kms.library.candidates import Candidate, candidates_by_text, candidates_by_words
from kms.library.catalogue import Catalogue
from kms.library.checked import Checked, CorpusState, Match, Verdict
from kms.library.drafts import Draft
from kms.library.index import View
from kms.library.judging import Judge
from kms.library.reuse import Prepared, Reuse, compare_texts, merged, prepare, share
from kms.model import Document, Page
from kms.text import tokenize

DOCUMENTS_ALIGNED = 30
DOCUMENTS_OF_TITLE = 40
AROUND = 1
"""Pages before and after one that answered that are compared too."""
SHOWN = 20
NAMED = 5
"""How many pages or documents a sentence names before it only counts them."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Comparison:
    """A draft beside one earlier document."""

    document: Document
    reuse: Reuse
    covered: float
    contained: float


def check(
    draft: Draft, view: View, corpus: Corpus, judge: Judge, decisions: Sequence[Decision], on_progress: Progress
) -> Checked:
    """The verdict on a draft, with the earlier documents that it rests on.

    Raises:
        IndexDamaged: the index cannot be read.
    """
    began = time.perf_counter()
    engine = view.engine
    matches: list[Match] = []
    spans: list[tuple[int, int]] = []
    pages = [page for page in draft.pages if page.text.strip()]
    rarity = Rarity(engine.frequencies if engine else lambda stems: [0] * len(stems), engine.count() if engine else 0)
    prepared = prepare(pages, rarity)
    if engine is not None:
        candidates = _candidates(engine, draft, prepared, rarity)
        for number, candidate in enumerate(candidates):
            on_progress(number, len(candidates))
            comparison = _compare(draft, prepared, candidate, corpus, rarity)
            if comparison is None:
                continue
            match = _match(draft, comparison, judge, decisions)
            if match is not None:
                matches.append(match)
                spans += comparison.reuse.spans
        on_progress(len(candidates), len(candidates))
    matches.sort(key=lambda match: (-match.score, match.document.id))
    return Checked(
        verdict=_verdict(matches),
        coverage=share(spans, prepared.reading),
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        matches=tuple(matches[:SHOWN]),
        not_checked=(*_unread_pages(draft), *unread_documents(view.catalogue)),
        title=draft.title,
        name=draft.document.source,
        draft=draft.digest,
        at=now(),
        state=state_of(view.catalogue),
        spans=tuple(
            (place.page, place.start, place.end)
            for start, end in merged(spans)
            for place in prepared.joined.places(start, end)
        ),
        page_sizes={page.number: len(page.text) for page in draft.pages},
    )


def state_of(catalogue: Catalogue) -> CorpusState:
    """What the index of a moment holds."""
    cards = [(name, card) for name, card in sorted(catalogue.cards.items()) if card.summary]
    mark = hashlib.sha256("".join(f"{name}{card.digest}" for name, card in cards).encode()).hexdigest()[:12]
    return CorpusState(len(cards), sum(card.summary.pages for _, card in cards if card.summary), mark)


def _candidates(engine: Engine, draft: Draft, prepared: Prepared, rarity: Rarity) -> list[Candidate]:
    """Documents to compare the draft with: those that share rare words, then those with words of its title."""
    by_text = candidates_by_text(engine, prepared.reading, rarity, DOCUMENTS_ALIGNED) if draft.pages else []
    words = [token.stem for token in tokenize(draft.title)]
    by_title = candidates_by_words(engine, words, DOCUMENTS_OF_TITLE)
    known = {candidate.id for candidate in by_text}
    return by_text + [candidate for candidate in by_title if candidate.id not in known]


def _compare(
    draft: Draft, prepared: Prepared, candidate: Candidate, corpus: Corpus, rarity: Rarity
) -> _Comparison | None:
    """The draft beside a candidate; None for one that was removed or damaged since it was indexed."""
    try:
        document = corpus.document(candidate.id)
    except (NotFound, Damaged):
        return None
    if not draft.pages:
        return _Comparison(document, Reuse((), (), ()), 0.0, 0.0)
    found = prepare(_around(document.content.pages, candidate.pages), rarity)
    reuse = compare_texts(prepared, found, rarity)
    return _Comparison(document, reuse, share(reuse.spans, prepared.reading), share(reuse.found_spans, found.reading))


def _around(pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    wanted = {number + step for number in numbers for step in range(-AROUND, AROUND + 1)}
    return [page for page in pages if page.number in wanted and page.text.strip()]


def _match(draft: Draft, comparison: _Comparison, judge: Judge, decisions: Sequence[Decision]) -> Match | None:
    document = comparison.document
    judgement = judge(draft.document, document, comparison.covered, comparison.contained, decisions)
    if judgement is None:
        return None
    return Match(
        document.summary,
        judgement.relation,
        judgement.score,
        judgement.reasons,
        comparison.reuse.evidence,
        comparison.covered,
        judgement.decision,
    )


def _verdict(matches: Sequence[Match]) -> Verdict:
    relations = {match.relation for match in matches}
    if relations & {"duplicate", "copy"}:
        return "duplicate"
    if "overlap" in relations:
        return "overlap"
    return "related" if relations else "new"


def _unread_pages(draft: Draft) -> list[Message]:
    """What of the draft itself could not be read."""
    unread = [str(page.number) for page in draft.pages if page.state in ("needs-ocr", "unreadable")]
    if not unread:
        return []
    return [
        say("Pages of the draft that could not be read: {count} ({pages}).", count=len(unread), pages=_named(unread))
    ]


def unread_documents(catalogue: Catalogue) -> list[Message]:
    """What of the corpus could not be compared."""
    messages = []
    waiting = sorted(name for name, card in catalogue.cards.items() if card.needs_ocr)
    damaged = sorted(name for name, card in catalogue.cards.items() if card.summary is None)
    if waiting:
        messages.append(
            say("Documents with pages that wait for OCR: {count} ({ids}).", count=len(waiting), ids=_named(waiting))
        )
    if damaged:
        messages.append(say("Damaged documents: {count} ({ids}).", count=len(damaged), ids=_named(damaged)))
    return messages


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" ..." if len(names) > NAMED else "")
