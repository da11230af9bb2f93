"""Fits the weights of `kms.duplicates.likeness` on the odd-numbered drafts of all labelled sets; prints what they tell.

A pair is one question asked twice (reworded drafts, the same elsewhere) or not (hard negatives, drafts that take a
passage over, and every other past study that comes close by its title). Weights are kept from going below zero: more
likeness never makes two studies less alike. The even-numbered drafts, and the sets of titles, tell what the fitted
weights are worth beside those in use.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent))
from duplicates import (
    HERE,
    OTHER_TITLES,
    SETS,
    Draft,
    LabelledSet,
    auc,
    corpus_rarity,
    load,
    other_titles,
    past_of,
    study_of_draft,
    study_of_past,
)

from kms.duplicates.likeness import TITLES_ALONE, WITH_AIMS, compare
from kms.duplicates.meaning import Scale
from kms.duplicates.relation import Thresholds
from kms.duplicates.study import describe

PENALTY = 0.0002
FALSE_ALARM = {"titles alone": 5.0, "with aims": 1.0}
"""How many missed pairs a false alarm weighs."""

Pair = tuple[list[float], bool]
"""The parts of a likeness as `Combination` takes them, and whether both ask the same question."""


def pairs_of_drafts(labelled: LabelledSet, drafts: Sequence[Draft]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of drafts and past studies of their set: told by their titles alone, and where both have aims."""
    scale = Scale(corpus_rarity(labelled).of)
    past = {name: study_of_past(one) for name, one in labelled.past.items()}
    alone: list[Pair] = []
    aimed: list[Pair] = []
    for draft in drafts:
        base = draft.past or draft.near
        if draft.kind in ("edition", "follow-up", "copy"):
            continue
        ours = study_of_draft(draft)
        if not ours.asks:
            continue
        for short in (False, True):
            study = describe(draft.title, [], None, None, None, draft.agency) if short else ours
            for name, found in past.items():
                if not found.asks:
                    continue
                likeness = compare(study, found, scale)
                same = name == base and draft.kind in ("reworded", "other-locus")
                if not same and name != base and likeness.title < 0.25 and likeness.object < 0.4:
                    continue
                parts = [likeness.title, likeness.object, likeness.whole, likeness.apart]
                if likeness.aims is None:
                    alone.append((parts, same))
                else:
                    aimed.append(([*parts, likeness.aims, likeness.words or 0.0], same))
    return alone, aimed


def pairs_of_titles(part: str | Path) -> list[Pair]:
    """Reworded titles and hard negatives of a set of titles, each beside its past study."""
    scale = Scale(corpus_rarity(load()).of)
    found = []
    for title, aims, reworded, negative in other_titles(part):
        study = study_of_past(past_of(title, aims))
        for draft, same in ((reworded, True), (negative, False)):
            likeness = compare(describe(draft, []), study, scale)
            found.append(([likeness.title, likeness.object, likeness.whole, likeness.apart], same))
    return found


def fit(data: list[Pair], false_alarm: float) -> np.ndarray:
    """Bias and weights of a logistic regression, weights at least zero; both classes weigh alike but for
    ``false_alarm``, what one of the other class weighs more."""
    table = np.array([parts for parts, _ in data])
    truth = np.array([same for _, same in data], float)
    share = np.where(truth == 1, 1 / truth.sum(), false_alarm / (1 - truth).sum())
    share /= share.sum()

    def loss(weights: np.ndarray) -> float:
        score = weights[0] + table @ weights[1:]
        lost = np.logaddexp(0, np.where(truth == 1, -score, score))
        return float(share @ lost + PENALTY * (weights[1:] ** 2).sum())

    bounds = [(None, None)] + [(0, 12)] * table.shape[1]
    return np.asarray(minimize(loss, np.zeros(table.shape[1] + 1), bounds=bounds).x)


def tell(name: str, weights: np.ndarray, data: list[Pair]) -> None:
    """Prints how many pairs are told by ``weights`` at the threshold in use, and the AUC."""
    limit = Thresholds().duplicate
    scores = [(float(weights[0] + np.dot(weights[1:], parts)), same) for parts, same in data]
    good, bad = [s for s, same in scores if same], [s for s, same in scores if not same]
    told, false = (sum(1 / (1 + np.exp(-score)) >= limit for score in side) for side in (good, bad))
    print(f"  {name:28} told {told} of {len(good)}, false {false} of {len(bad)}, AUC {auc(good, bad):.3f}")


def main() -> None:
    halves: list[tuple[list[Pair], list[Pair]]] = [([], []), ([], [])]
    for labelled in (load(), *(load(HERE / name) for name in SETS)):
        for half in (0, 1):
            drafts = [draft for draft in labelled.drafts if int(re.sub(r"\D", "", draft.id)) % 2 == half]
            for kept, found in zip(halves[half], pairs_of_drafts(labelled, drafts)):
                kept += found
    titles = {part: pairs_of_titles(part) for part, _ in OTHER_TITLES}
    titles |= {file.name: pairs_of_titles(file) for file in sorted(HERE.glob("titles-blind*.tsv"))}
    for number, (kind, used) in enumerate((("titles alone", TITLES_ALONE), ("with aims", WITH_AIMS))):
        even, odd = halves[0][number], halves[1][number]
        fitted, in_use = fit(odd, FALSE_ALARM[kind]), np.array(astuple(used)[: len(odd[0][0]) + 1])
        for said, weights in (("fitted", fitted), ("in use", in_use)):
            print(f"{kind}, {said}: bias {weights[0]:.2f}, weights {[round(float(one), 2) for one in weights[1:]]}")
            tell("odd drafts", weights, odd)
            tell("even drafts", weights, even)
            for name, data in titles.items() if kind == "titles alone" else ():
                tell(name, weights, data)


if __name__ == "__main__":
    main()
