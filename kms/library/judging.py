"""What two documents are to each other, by what they share and what they are about; a person's decision wins."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kms.corpus import Decision, in_force
from kms.duplicates.figures import Figures
from kms.duplicates.likeness import compare
from kms.duplicates.meaning import Scale
from kms.duplicates.rarity import Rarity
from kms.duplicates.relation import Judgement as Judged
from kms.duplicates.relation import (
    Thresholds,
    is_terms_of,
    may_be_same_issue,
    other_part_of_year,
    relate,
    relate_by_looks,
    same_issue,
    same_series,
)
from kms.language import Message, say
from kms.library.checked import Relation
from kms.library.described import Described
from kms.library.looks import UNLIKE, Likeness

MOSTLY = 0.5
"""Share of a draft's pages, known by their looks alone, from which it is judged by them."""


@dataclass(frozen=True)
class Judgement:
    """A relation with its score (0 to 1), the reasons in words, and the decision that it rests on, if any."""

    relation: Relation
    score: float
    reasons: tuple[Message, ...]
    decision: Decision | None = None


@dataclass(frozen=True)
class Judge:
    """Judges pairs of documents: ``thresholds`` draw the lines, ``decisions`` are what people said before.

    ``abbreviations`` maps short forms in lower case to what documents define them as.
    """

    rarity: Rarity
    thresholds: Thresholds
    decisions: Sequence[Decision]
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def scale(self) -> Scale:
        """What is looked up of words for one comparison and serves the next."""
        return Scale(self.rarity.of)

    def __call__(
        self,
        draft: Described,
        found: Described,
        covered: float = 0.0,
        contained: float = 0.0,
        mass: float = math.inf,
        scanned: bool = False,
        looks: Likeness = UNLIKE,
        figures: Figures = "unknown",
    ) -> Judgement | None:
        """What ``found`` is to ``draft``; None where they have nothing to do with each other.

        ``covered`` is the share of the draft that stands in the found document, ``contained`` the other way round;
        ``mass``: how much that tells, see `relate`; ``scanned``: one of them was read from pictures;
        ``looks``: what their pages share by their looks; ``figures``: see `relate`.
        """
        decision = in_force(self.decisions, draft.sha256, found.sha256)
        if draft.sha256 == found.sha256:
            covered = contained = 1.0
        likeness = compare(draft.study, found.study, self.scale, self.abbreviations)
        series = same_series(draft.study, found.study)
        if series and other_part_of_year(draft.study, found.study):
            likeness = replace(likeness, issues=True)  # they ask nothing of each other, whatever their type
        again = scanned and same_issue(draft.study, found.study)
        judged = relate(likeness, covered, contained, series, self.thresholds, found.study, again, mass, figures)
        if looks.covered > MOSTLY and looks.covered + looks.contained > covered + contained:
            again = may_be_same_issue(draft.study, found.study)
            shares = looks.covered, looks.contained
            judged = relate_by_looks(likeness, *shares, looks.alike, series, self.thresholds, found.study, again)
        elif looks.evidence and judged.relation != "copy":
            judged = with_looks(judged, looks)
        if judged.relation in ("copy", "duplicate", "overlap") and is_terms_of(found.study, draft.study):
            judged = replace(
                judged, relation="edition", reasons=(say("terms of reference of this work"), *judged.reasons)
            )
        if judged.relation in ("duplicate", "other-locus") and draft.study.is_one_word:
            judged = replace(judged, relation="same-topic", score=min(judged.score, self.thresholds.duplicate))
        if draft.sha256 == found.sha256:
            judged = replace(judged, relation="copy", reasons=(say("it is the same file"), *judged.reasons))
        relation: Relation | None = judged.relation
        if decision is not None:
            return Judgement(_decided(relation, decision), judged.score, judged.reasons, decision)
        return Judgement(relation, judged.score, judged.reasons) if relation else None


def with_looks(judged: Judged, looks: Likeness) -> Judged:
    """A judgement by words, and the pages that look the same beside it; these alone make two documents related."""
    reason = say("pages of the draft that look the same there: {count}", count=len(looks.evidence))
    score = judged.score if judged.relation else 0.5 * looks.covered
    return Judged(judged.relation or "same-topic", round(score, 3), (*judged.reasons, reason))


def _decided(relation: Relation | None, decision: Decision) -> Relation:
    """What a person's decision makes of the machine's relation."""
    if decision.choice == "duplicate" or decision.choice == "edition":
        return decision.choice
    return "other-locus" if relation == "other-locus" else "same-topic"
