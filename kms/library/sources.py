"""Several earlier documents that a draft was put together from: each gives a part, all of them a good part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kms.duplicates.reading import Weights
from kms.duplicates.relation import Thresholds
from kms.language import say
from kms.library.checked import Match, Relation

PART = 0.02
"""Share of a draft from which a document is one of its sources."""
EXPLAINED: tuple[Relation, ...] = ("copy", "duplicate", "edition", "other-locus")
"""What these have of a draft's text is told as such already, and no other document's part."""


@dataclass(frozen=True)
class Part:
    """What a document gives a draft: how far each word of the draft is taken from it, and what these tell.

    ``share`` and ``mass`` of words taken, see `share` and `mass_of` in ``reuse``. ``of_the_house``: both are plans that
    one office, or its region, draws up from each other every year.
    """

    taken: Weights
    share: Callable[[Weights], float]
    mass: Callable[[Weights], float]
    of_the_house: bool


def put_together(matches: Sequence[Match], parts: Mapping[str, Part], limits: Thresholds) -> list[Match]:
    """The matches, the sources of a draft that was put together from several being an overlap.

    A source gives a part that no other gives: plans on one form have all the same of it. One that people decided on
    stays what they said, and does not count.
    """
    own = dict(_own_parts(matches, parts, limits))
    counted = {
        name: given
        for name, (match, given) in own.items()
        if match.relation not in EXPLAINED and not match.decision and not parts[name].of_the_house
    }
    total = sum(counted.values())
    if len(own) < 2 or total < limits.together:
        return list(matches)
    reason = say("{share}% of the draft stands in several earlier documents together", share=round(100 * total))
    return [
        replace(
            match,
            relation="overlap",
            score=max(match.score, round(0.4 + 0.6 * match.covered, 3)),
            reasons=(*match.reasons, reason),
        )
        if match.document.id in counted and match.relation == "same-topic"
        else match
        for match in matches
    ]


def _own_parts(
    matches: Iterable[Match], parts: Mapping[str, Part], limits: Thresholds
) -> Iterable[tuple[str, tuple[Match, float]]]:
    """The sources of a draft, each with the share that it gives beyond those before it, what is explained first."""
    seen: Weights | None = None
    for match in sorted(matches, key=lambda match: (match.relation not in EXPLAINED, -match.covered)):
        part = parts[match.document.id]
        own = part.taken if seen is None else np.where(seen > 0, 0.0, part.taken)
        seen = part.taken if seen is None else np.maximum(seen, part.taken)
        given = part.share(own)
        if given >= PART and part.mass(own) >= limits.mass:
            yield match.document.id, (match, given)
