"""What two documents are to each other, and what that means for a draft: relation, score, reasons, verdict."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kms.duplicates.figures import Figures
from kms.duplicates.likeness import Likeness
from kms.duplicates.places import compare_places
from kms.duplicates.study import PERIODICAL, SAYS_SOMETHING, Study, without_type
from kms.duplicates.weights import factor
from kms.language import Message, say
from kms.text import tokenize
from kms.text.months import ANY_MONTH
from kms.text.synonyms import read_concepts

Relation = Literal["copy", "edition", "duplicate", "overlap", "same-topic", "other-locus"]
Verdict = Literal["duplicate", "overlap", "related", "new"]

NEARLY_ALL = 0.75
"""Share of a draft that is told to people as nearly all of it."""

ASKED_ALIKE = 0.5
"""Sameness from which two studies that share a passage are said to ask alike, too."""


@dataclass(frozen=True)
class Thresholds:
    """Where one relation ends and the next begins; shares and figures between 0 and 1.

    ``copy``: share of the draft, and of the found document, that is the same text; ``whole``: the same from which a
    study is a copy whatever year it bears. ``reused``: share of the draft from
    which it is a duplicate whatever it asks; ``again``: the same of a study of one title that keeps its figures, which
    is then no other edition, and of one that asks the same; ``abridged``: the share of that study from which it is then
    a copy that leaves parts out. ``overlap``: share of the draft that is worth naming, ``mass``: and how
    much it must tell, as the weight of its words (a rare one weighs 1, one of its subject nothing). ``form``: the share
    for plans and reports of different offices, which share a form anyway. ``together``: share of the draft from which
    documents are named that give a part of it each. ``edition``: share of common text that makes a study of the same
    title another edition of it. ``duplicate`` and ``topic``: sameness of
    the question from which two studies are one, or close. ``continued``: likeness of titles from which a draft that
    calls itself a continuation goes on from that study. ``years``: distance up to which asking again is a duplicate.
    """

    copy: float = 0.8
    whole: float = 0.9
    reused: float = 0.78
    again: float = 0.75
    abridged: float = 0.5
    overlap: float = 0.08
    mass: float = 5.0
    form: float = 0.97
    together: float = 0.2
    edition: float = 0.35
    duplicate: float = 0.6
    topic: float = 0.15
    continued: float = 0.35
    years: int = 6


@dataclass(frozen=True)
class Judgement:
    """What a found document is to the draft, how strongly (0 to 1), and why; no relation when they are unrelated."""

    relation: Relation | None
    score: float
    reasons: tuple[Message, ...] = ()


def relate(
    likeness: Likeness,
    draft_covered: float = 0.0,
    found_covered: float = 0.0,
    same_series: bool = False,
    thresholds: Thresholds | None = None,
    found: Study | None = None,
    scanned_again: bool = False,
    mass: float = math.inf,
    figures: Figures = "unknown",
) -> Judgement:
    """The relation of a found document to a draft.

    ``draft_covered`` is the share of the draft's text that stands in the found document, ``found_covered`` the share of
    the found document's that stands in the draft, both without boilerplate. ``same_series`` says that both are issues
    of one document (see `same_series`). ``found`` is named in the reasons. ``scanned_again``: both are the same issue
    (see `same_issue`) and one was read from pictures, so that what differs may be misread. ``mass``: how much the text
    tells that the draft takes over, see `Thresholds`. ``figures`` of what it takes over: where they are "new" it is no
    copy if it is of another year, and where they are "kept" a study is no other edition: nothing was looked at anew.
    """
    limits = thresholds or Thresholds()
    relation = _relation(likeness, draft_covered, found_covered, same_series, limits, scanned_again, mass, figures)
    if relation is None:
        return Judgement(None, round(max(likeness.sameness, draft_covered), 3))
    return Judgement(
        relation,
        _score(relation, likeness, draft_covered, found_covered),
        _reasons(relation, likeness, draft_covered, found_covered, found),
    )


def relate_by_looks(
    likeness: Likeness,
    draft_covered: float,
    found_covered: float,
    alike: float,
    same_series: bool = False,
    thresholds: Thresholds | None = None,
    found: Study | None = None,
    same_issue: bool = True,
) -> Judgement:
    """The relation of a found document to a draft of pictures, whose pages look the same there.

    ``draft_covered`` and ``found_covered`` are the shares of both sides' pages that do, ``alike`` how alike they look.
    ``same_issue``: nothing that can be read of them says that they are different issues (see `may_be_same_issue`).
    Forms filled in by different offices look the same and are not.
    """
    limits = thresholds or Thresholds()
    relation: Relation
    if likeness.place == "other" or (likeness.issues and not same_series):
        relation = "same-topic"
    elif min(draft_covered, found_covered) < limits.copy:
        relation = "overlap"
    else:
        relation = "copy" if same_issue else "edition"
    reasons = [say("the pages look the same; their text cannot be read and was not compared")]
    if relation == "edition":
        reasons.append(say("another issue of the same document"))
    score = _score(relation, likeness, draft_covered, found_covered)
    return Judgement(relation, round(min(score, alike), 3), (*reasons, *_place_and_year(likeness, found)))


def verdict(judgements: Iterable[Judgement]) -> Verdict:
    """What the relations found mean for the draft: the weightiest decides, "new" where there is none."""
    relations = {judgement.relation for judgement in judgements}
    if relations & {"copy", "duplicate"}:
        return "duplicate"
    if "overlap" in relations:
        return "overlap"
    return "related" if relations - {None} else "new"


def same_series(draft: Study, found: Study) -> bool:
    """Whether both are issues of one document: a periodical of one office, or one title with another year or state."""
    if draft.type in PERIODICAL and draft.type == found.type:
        return _same_office(draft, found)
    return bool(_skeleton(draft.title)) and _skeleton(draft.title) == _skeleton(found.title)


def of_one_house(draft: Study, found: Study) -> bool:
    """Whether both are plans or reports of one office, or one is its region's: these are drawn up from each other."""
    if draft.asks or found.asks:
        return False
    of_region = compare_places((), draft.region, (), found.region) in ("same", "inside")
    return _same_office(draft, found) or (of_region and not (_office(draft) and _office(found)))


def series_of(title: str) -> str:
    """What the titles of a study's issues have in common: without years, months and states; "" where it says little."""
    words = _skeleton(title)
    return " ".join(words) if len(words) >= SAYS_SOMETHING else ""


def same_issue(draft: Study, found: Study) -> bool:
    """Whether two documents are of one year, month, quarter and state (draft, revised), as their titles say."""
    return draft.years is not None and draft.years == found.years and _issue(draft.title) == _issue(found.title)


def is_terms_of(found: Study, draft: Study) -> bool:
    """Whether the found document is what the draft was ordered by: terms of reference of its title and year."""
    terms = _TERMS.match(found.title)
    if terms is None or _TERMS.match(draft.title) or not draft.years or draft.years != found.years:
        return False
    return _skeleton(found.title[terms.end() :]) == _skeleton(draft.title)


def other_part_of_year(draft: Study, found: Study) -> bool:
    """Whether both titles name a month, a quarter or a half year, and not the same: minutes of June and of March."""
    ours, theirs = (frozenset(part.lower() for part in _PART_OF_YEAR.findall(each.title)) for each in (draft, found))
    return bool(ours and theirs) and ours != theirs


def may_be_same_issue(draft: Study, found: Study) -> bool:
    """Whether two documents do not name different years, months or states; one may not say, or not be readable."""
    if draft.years and found.years and draft.years != found.years:
        return False
    ours, theirs = _issue(draft.title), _issue(found.title)
    return not ours or not theirs or ours == theirs


def _relation(
    likeness: Likeness,
    draft_covered: float,
    found_covered: float,
    series: bool,
    limits: Thresholds,
    scanned_again: bool,
    mass: float,
    figures: Figures,
) -> Relation | None:
    shared = max(draft_covered, found_covered)
    here = likeness.place in ("same", "unknown")
    if min(draft_covered, found_covered) >= limits.copy and not (likeness.issues and not series):
        if likeness.place == "other":
            return "overlap"
        whole = min(draft_covered, found_covered) >= limits.whole and not (figures == "new" and likeness.years)
        again = whole and not likeness.issues
        if again or scanned_again or not (series and (likeness.years or not likeness.same_title)):
            return "copy"
    old = figures == "kept" and min(draft_covered, found_covered) >= limits.again and not likeness.issues
    if old and (series or likeness.sameness >= limits.duplicate) and likeness.place != "other":
        return "copy"
    if series and (likeness.issues or shared >= limits.edition):
        again = (likeness.same_title and likeness.years == 0 and not likeness.issues) or scanned_again
        if again and min(draft_covered, found_covered) >= limits.edition:
            return "copy"
        if likeness.issues or draft_covered < limits.again or figures != "kept":
            return "edition"
    near = likeness.years is None or likeness.years <= limits.years
    if likeness.sameness >= limits.duplicate and not (likeness.follows and likeness.place != "other"):
        if not here or likeness.office:
            return "other-locus"
        if near:
            taken = draft_covered >= limits.again and found_covered >= limits.abridged and figures != "new"
            return "copy" if taken and not series else "duplicate"
    own = not (likeness.issues or likeness.follows)
    if draft_covered >= limits.reused and own and likeness.place != "other":
        return "duplicate"
    if draft_covered >= (limits.form if likeness.issues else limits.overlap) and mass >= limits.mass:
        return "overlap"
    # Two of which one asks nothing, such as a plan, have no sameness at all: a study goes on from a study.
    speaks_of_it = (
        likeness.follows and likeness.sameness > 0 and max(likeness.title, likeness.object) >= limits.continued
    )
    return "same-topic" if likeness.sameness >= limits.topic or speaks_of_it else None


def _score(relation: Relation, likeness: Likeness, draft_covered: float, found_covered: float) -> float:
    match relation:
        case "copy":
            score = min(1.0, 0.5 + (draft_covered + found_covered) / 4)
        case "edition":
            score = 0.5 + 0.5 * max(draft_covered, found_covered)
        case "duplicate":
            score = max(likeness.sameness, draft_covered)
        case "overlap":
            score = max(0.4 + 0.6 * draft_covered, 0.6 * likeness.sameness)
        case "other-locus":
            score = 0.6 * likeness.sameness
        case _:
            score = 0.5 * likeness.sameness
    return round(min(1.0, score), 3)


def _reasons(
    relation: Relation, likeness: Likeness, draft_covered: float, found_covered: float, found: Study | None
) -> tuple[Message, ...]:
    reasons = []
    if relation == "copy" and draft_covered >= NEARLY_ALL:
        reasons.append(say("nearly all of the text is the same"))
    elif draft_covered >= 0.01:
        reasons.append(say("{share}% of the draft stands there too", share=_percent(draft_covered)))
    if relation == "edition":
        reasons.append(say("another issue of the same document"))
    # What a study asks and what a plan is called are no answer to each other; nor does a passage make questions alike.
    if relation != "copy" and (likeness.issues or likeness.sameness > (ASKED_ALIKE if relation == "overlap" else 0)):
        if likeness.aims is not None and likeness.aims >= 0.35:
            reasons.append(say("the aims are the same") if likeness.aims >= 0.6 else say("the aims are similar"))
        if likeness.same_title:
            reasons.append(say("the title is the same"))
        elif likeness.title >= 0.9:
            reasons.append(say("the title says the same"))
        elif likeness.title >= 0.6:
            reasons.append(say("the title is nearly the same"))
        elif likeness.object >= 0.5:
            reasons.append(say("the subject is the same in other words"))
    reasons += _place_and_year(likeness, found)
    if likeness.office and relation == "other-locus":
        reasons.append(say("another office: {office}", office=likeness.office))
    if likeness.follows:
        reasons.append(say("the draft calls itself a continuation"))
    return tuple(reasons)


def _place_and_year(likeness: Likeness, found: Study | None) -> list[Message]:
    """How the places lie, and the year of the found document."""
    reasons = []
    place = ", ".join(found.locus or ([str(found.region)] if found.region else [])) if found else ""
    match likeness.place:
        case "same":
            reasons.append(say("same place: {place}", place=place) if place else say("same place"))
        case "inside":
            reasons.append(
                say("one place lies in the other: {place}", place=place)
                if place
                else say("one place lies in the other")
            )
        case "other":
            reasons.append(say("another place: {place}", place=place) if place else say("another place"))
        case _ if place:
            reasons.append(say("place there: {place}", place=place))
    if found and found.years:
        first, last = found.years
        reasons.append(say("year {year}", year=first if first == last else f"{first}-{last}"))
    return reasons


def _percent(share: float) -> int:
    """A share in percent; what is not all is never 100."""
    return min(round(100 * share), 100 if share >= 1 else 99)


_STATE = re.compile(
    r"\b(?:laporan\s+(?:akhir|antara|pendahuluan)|draf(?:t)?|final|revisi|perubahan|edisi\s+\w+|pemutakhiran|"
    r"(?:tahun(?:\s+anggaran)?|ta|periode|triwulan|semester|bulan|tw)\s*(?:[ivx]+\b|\d+)?|(?:19|20)\d\d)\b",
    re.I,
)
_MONTH = re.compile(rf"\b(?:{ANY_MONTH})\b", re.I)

_TERMS = re.compile(
    r"\W*(?:kerangka\s+acuan(?:\s+kerja)?|terms?\s+of\s+reference|kak|tor)\b(?:\s*\((?:kak|tor)\))?", re.I
)
_PART_OF_YEAR = re.compile(rf"{_MONTH.pattern}|\b(?:triwulan|tw|semester)\s*(?:[ivx]+\b|\d)", re.I)


def _issue(title: str) -> frozenset[str]:
    """The years, months and states that a title names."""
    return frozenset(" ".join(match.lower().split()) for one in (_STATE, _MONTH) for match in one.findall(title))


def _skeleton(title: str) -> tuple[str, ...]:
    """The title without years, months and states such as draft or final."""
    return tuple(token.stem for token in tokenize(_skeletal(title)) if not token.stem[0].isdigit())


def _skeletal(title: str) -> str:
    return _MONTH.sub(" ", _STATE.sub(" ", title))


def _same_office(draft: Study, found: Study) -> bool:
    """Whether two plans are of one office of one region; an office is told by the title where it is not known."""
    lie = compare_places((), draft.region, (), found.region)
    if lie == "other":
        return False
    ours, theirs = _office(draft), _office(found)
    if not ours and not theirs:  # the government of a region itself
        return lie == "same" or _skeleton(draft.title) == _skeleton(found.title)
    return 2 * len(ours & theirs) > len(ours | theirs) or bool(ours and theirs and (ours <= theirs or theirs <= ours))


def _office(study: Study) -> frozenset[str]:
    """What an office is for, without the name of its region and the kind of office."""
    place = {token.stem for token in tokenize(study.region.name)} if study.region else set()
    named = read_concepts(tokenize(study.agency or without_type(_skeletal(study.title))))
    return frozenset(concept.name for concept in named if concept.name not in place and any(map(factor, concept.stems)))
