"""What two documents are to each other, by what they share and what they are about; a person's decision wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kms.corpus import Decision, in_force
from kms.language import Message
from kms.library.checked import Relation
from kms.model import Document


@dataclass(frozen=True)
class Judgement:
    """A relation with its score (0 to 1), the reasons in words, and the decision that it rests on, if any."""

    relation: Relation
    score: float
    reasons: tuple[Message, ...]
    decision: Decision | None = None


class Judge:
    """Judges pairs of documents."""

    def __call__(
        self, draft: Document, found: Document, covered: float, contained: float, decisions: Sequence[Decision]
    ) -> Judgement | None:
        """What ``found`` is to ``draft``; None where they have nothing to do with each other.

        ``covered`` is the share of the draft that stands in the found document, ``contained`` the other way round.
        """
        decision = in_force(decisions, draft.sha256, found.sha256)
        judgement = self._by_machine(draft, found, covered, contained)
        return judgement if decision is None else _decided(judgement, decision)

    def _by_machine(self, draft: Document, found: Document, covered: float, contained: float) -> Judgement | None:
        if draft.sha256 == found.sha256:
            return Judgement("copy", 1.0, ())
        if max(covered, contained) < 0.02:
            return None
        relation: Relation = "overlap" if max(covered, contained) >= 0.05 else "same-topic"
        if min(covered, contained) > 0.8:
            relation = "copy"
        return Judgement(relation, max(covered, contained), ())


def _decided(judgement: Judgement | None, decision: Decision) -> Judgement:
    """What a person decided, with the machine's reasons and score where it had any."""
    relation: Relation = "same-topic" if decision.choice == "not-duplicate" else decision.choice
    if judgement is None:
        return Judgement(relation, 0.0 if decision.choice == "not-duplicate" else 1.0, (), decision)
    if decision.choice == "not-duplicate" and judgement.relation == "other-locus":
        relation = "other-locus"
    return Judgement(relation, judgement.score, judgement.reasons, decision)
