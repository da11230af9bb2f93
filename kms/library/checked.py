"""What a check and an audit answer: frozen values, and how each looks as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from kms.corpus import Decision
from kms.duplicates.paragraphs import pair_paragraphs
from kms.language import DEFAULT_LANGUAGE, Message
from kms.library.answers import Json, hit_document_json
from kms.model import Summary

Relation = Literal["copy", "edition", "duplicate", "overlap", "same-topic", "other-locus"]
Verdict = Literal["duplicate", "overlap", "related", "new"]


@dataclass(frozen=True)
class Place:
    """A passage on a page (1-based): ``text`` is what stands there from ``start`` to ``end``, code points, half-open.

    For a file without pages, and for a text that was typed, the page is 1 and the places count in the whole text.
    """

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Evidence:
    """A passage of the draft beside the passage that it shares words with. ``similarity`` is from 0 to 1.

    ``draft_marks`` and ``found_marks`` are the shared words in the two texts, counted from the passage's beginning.
    ``kind`` is "look" for two pages of which the pictures were compared; the passages are then what can be read there.
    """

    draft: Place
    found: Place
    similarity: float
    draft_marks: tuple[tuple[int, int], ...] = ()
    found_marks: tuple[tuple[int, int], ...] = ()
    kind: Literal["text", "look"] = "text"


@dataclass(frozen=True)
class Match:
    """An earlier document and what it has to do with the draft.

    ``covered`` is the share (0 to 1) of the draft's words that stand in passages found there, or, of a draft of
    pictures, of its pages that look the same there. ``decision`` is what a
    person said about the two before, or None; it wins over the machine.
    """

    document: Summary
    relation: Relation
    score: float
    reasons: tuple[Message, ...]
    evidence: tuple[Evidence, ...] = ()
    covered: float = 0.0
    decision: Decision | None = None


@dataclass(frozen=True)
class CorpusState:
    """What a check was made against: counts, and a mark that changes whenever a document does."""

    documents: int
    pages: int
    mark: str


@dataclass(frozen=True)
class Checked:
    """The answer of a check; matches are best first.

    ``coverage`` is the share (0 to 1) of the draft's words that stand in passages found anywhere, or, ``by_looks``,
    that of its pages which look the same there; ``spans`` are those
    passages as (page, start, end), in order, and ``formulas`` what counts for nothing. ``page_sizes`` maps each page of
    the draft to its length in code points.
    ``draft`` is the draft's digest, and ``title`` what it was taken to be called, ``title_read`` where that was read
    in the draft and not given. ``headings`` are those of a draft
    without pages and where each begins.
    """

    verdict: Verdict
    coverage: float
    took_ms: float
    matches: tuple[Match, ...]
    not_checked: tuple[Message, ...]
    title: str
    name: str
    draft: str
    at: str
    state: CorpusState
    spans: tuple[tuple[int, int, int], ...] = ()
    page_sizes: Mapping[int, int] | None = None
    headings: tuple[tuple[int, str], ...] = ()
    by_looks: bool = False
    formulas: tuple[tuple[int, int, int], ...] = ()
    title_read: bool = False


AS_MUCH = 0.005
"""Shares of a draft that differ by less than this are shown as the same."""


IN_PART = 2
"""How often longer the passages are than what is taken over in them, where they are shown paler."""


def stretches(checked: Checked, match: Match | None = None) -> list[tuple[float, float]]:
    """Where in the draft something was found, in ``match`` or anywhere: (from, width), of 1000 for the whole draft.

    Only what counts for the coverage: a title or an aim said in other words does not. Empty where there is none.
    """
    spans: Iterable[tuple[int, int, int]] = checked.spans
    # a match that has as much of the draft as all together has all of it, more than its passages of evidence show
    if match is not None and match.covered < checked.coverage - AS_MUCH:
        places = sorted((each.draft.page, each.draft.start, each.draft.end) for each in match.evidence)
        spans = [both for place in places for span in checked.spans if (both := _both(place, span))]
    return _of_whole(checked, spans)


def is_in_part(found: Sequence[tuple[float, float]], match: Match) -> bool:
    """Whether where ``match`` was found it holds only some of the words, and so much less than the bar is long."""
    return sum(width for _, width in found) / 1000 > IN_PART * match.covered


def set_phrases(checked: Checked) -> list[tuple[float, float]]:
    """Where on the same line of 1000 the draft holds what counts for nothing; empty where nothing was found in it."""
    return _of_whole(checked, checked.formulas) if checked.spans else []


def _of_whole(checked: Checked, spans: Iterable[tuple[int, int, int]]) -> list[tuple[float, float]]:
    """Stretches of the draft's pages as (from, width), of 1000 for the whole draft."""
    sizes = checked.page_sizes or {}
    whole = sum(sizes.values())
    before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
    return [
        (round(1000 * (before[page] + start) / whole, 1), round(max(2.0, 1000 * (end - start) / whole), 1))
        for page, start, end in spans
        if whole and page in before
    ]


def _both(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int] | None:
    """What two stretches of a page have in common; None where that is nothing."""
    start, end = max(one[1], other[1]), min(one[2], other[2])
    return (one[0], start, end) if one[0] == other[0] and start < end else None


def heading_above(checked: Checked, place: Place) -> str:
    """The heading of the draft that a passage begins under; "" where none is known, or it begins with that itself."""
    start, text = max((each for each in checked.headings if each[0] <= place.start), default=(place.start, ""))
    return text if start < place.start else ""


def has_pages(source: str, pages: int = 1) -> bool:
    """Whether a file is one that people turn the pages of: a number says nothing of a text that is all one page."""
    return pages > 1 or source.lower().endswith(".pdf")


def page_breaks(checked: Checked) -> list[float]:
    """Where on the same line of 1000 each page of the draft but the first begins."""
    sizes = list((checked.page_sizes or {}).values())
    return [round(1000 * at / sum(sizes), 1) for at in accumulate(sizes[:-1])] if sum(sizes) else []


@dataclass(frozen=True)
class Group:
    """Documents that belong together; ``score`` is that of their weakest link, ``decisions`` what people said of it."""

    relation: Relation
    documents: tuple[Summary, ...]
    score: float
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Audit:
    """What the corpus holds twice. ``pairs`` counts the pairs that were compared; not all there are."""

    groups: tuple[Group, ...]
    pairs: int
    not_checked: tuple[Message, ...] = ()


def place_json(value: Place) -> Json:
    """A passage."""
    return {"page": value.page, "start": value.start, "end": value.end, "text": value.text}


def evidence_json(value: Evidence) -> Json:
    """Two passages side by side, with the places of their paragraphs where they are long."""

    def placed(place: Place, span: tuple[int, int]) -> Json:
        return {"page": place.page, "start": place.start + span[0], "end": place.start + span[1]}

    return {
        "draft": {**place_json(value.draft), "marks": [list(mark) for mark in value.draft_marks]},
        "found": {**place_json(value.found), "marks": [list(mark) for mark in value.found_marks]},
        "similarity": round(value.similarity, 3),
        "paragraphs": [
            {"draft": placed(value.draft, own), "found": placed(value.found, its), "similarity": round(share, 3)}
            for own, its, share in pair_paragraphs(value.draft.text, value.found.text)
        ],
        "kind": value.kind,
    }


def decision_json(value: Decision | None) -> Json | None:
    """What a person said about two documents."""
    if value is None:
        return None
    return {"choice": value.choice, "by": value.by, "at": value.at, "why": value.why}


def decided_json(decisions: Iterable[Decision], ids: Iterable[str]) -> list[Json]:
    """Decisions with the two documents by their ids, of which ``ids`` are all; the digest of a draft stays one."""
    named = {name.rsplit("-", 1)[-1]: name for name in ids}
    sizes = {len(end) for end in named}

    def name_of(digest: str) -> str:
        return next((named[digest[:size]] for size in sizes if digest[:size] in named), digest)

    return [
        {"documents": [name_of(each.first), name_of(each.second)], **(decision_json(each) or {})} for each in decisions
    ]


def match_json(value: Match, language: str = DEFAULT_LANGUAGE) -> Json:
    """One earlier document."""
    return {
        "document": hit_document_json(value.document),
        "relation": value.relation,
        "score": round(value.score, 3),
        "covered": round(value.covered, 4),
        "reasons": [reason.text(language) for reason in value.reasons],
        "evidence": [evidence_json(each) for each in value.evidence],
        "decision": decision_json(value.decision),
    }


def checked_json(value: Checked, language: str = DEFAULT_LANGUAGE) -> Json:
    """The object of ``kms check --json``."""
    return {
        "verdict": value.verdict,
        "coverage": round(value.coverage, 4),
        "took_ms": value.took_ms,
        "matches": [match_json(match, language) for match in value.matches],
        "not_checked": [message.text(language) for message in value.not_checked],
        "draft": {
            "title": value.title,
            "title_read": value.title_read,
            "name": value.name,
            "sha256": value.draft,
        },
        "at": value.at,
        "corpus": {"documents": value.state.documents, "pages": value.state.pages, "mark": value.state.mark},
    }


def audit_json(value: Audit, language: str = DEFAULT_LANGUAGE) -> Json:
    """The object of ``kms audit --json``."""
    return {
        "groups": [
            {
                "relation": group.relation,
                "documents": [document.id for document in group.documents],
                "score": round(group.score, 3),
                "decisions": decided_json(group.decisions, [document.id for document in group.documents]),
            }
            for group in value.groups
        ],
        "pairs": value.pairs,
        "not_checked": [message.text(language) for message in value.not_checked],
    }
