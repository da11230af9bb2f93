"""Fits the weights of `kms.duplicates.likeness` on the labelled set (dev part) and on sets read since; prints them.

A pair is one question asked twice (reworded drafts, the same elsewhere, reworded titles) or not (hard negatives, drafts
that take a passage over, and every other past study that comes close by its title). Weights are kept from going below
zero: more likeness never makes two studies less alike.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent))
from duplicates import (
    HERE,
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

from kms.duplicates.likeness import compare
from kms.duplicates.meaning import Scale
from kms.duplicates.study import describe

PENALTY = 0.02
SEEN = ("second", "fresh", "third", "last", "fifth")
"""Sets of titles that were read since they were written."""
Pair = tuple[list[float], bool]


def pairs(part: str) -> tuple[list[Pair], list[Pair]]:
    """Features (title, object, whole, apart; with aims also aims, words) and truth: of titles, of studies with aims."""
    labelled = load()
    scale = Scale(corpus_rarity(labelled).of)
    past = {name: study_of_past(one) for name, one in labelled.past.items()}
    alone, aimed = pairs_of_drafts(labelled, [draft for draft in labelled.drafts if draft.part == part])
    if part == "dev":
        blind = load(HERE / "blind")
        aimed += pairs_of_drafts(blind, blind.drafts)[1]
    rows = [(past[row.past], row.reworded, row.negative) for row in labelled.titles if row.part == part]
    if part == "dev":
        others = (row for name in SEEN for row in other_titles(name))
        rows += [(study_of_past(past_of(title, aims)), same, other) for title, aims, same, other in others]
    for found, reworded, negative in rows:
        for title, same in ((reworded, True), (negative, False)):
            likeness = compare(describe(title, []), found, scale)
            alone.append(([likeness.title, likeness.object, likeness.whole, likeness.apart], same))
    return alone, aimed


def pairs_of_drafts(labelled: LabelledSet, drafts: Sequence[Draft]) -> tuple[list[Pair], list[Pair]]:
    """The same of drafts beside every past study of their set."""
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
                if likeness.aims is None:
                    alone.append(([likeness.title, likeness.object, likeness.whole, likeness.apart], same))
                else:
                    aims, words = likeness.aims, likeness.words or 0.0
                    aimed.append(([likeness.title, likeness.object, likeness.whole, likeness.apart, aims, words], same))
    return alone, aimed


def fit(data: list[Pair]) -> np.ndarray:
    """Bias and weights of a logistic regression, weights at least zero, both classes weighing alike."""
    table = np.array([features for features, _ in data])
    truth = np.array([same for _, same in data], float)
    share = np.where(truth == 1, 0.5 / truth.sum(), 0.5 / (1 - truth).sum())

    def loss(weights: np.ndarray) -> float:
        score = weights[0] + table @ weights[1:]
        lost = np.logaddexp(0, np.where(truth == 1, -score, score))
        return float(share @ lost + PENALTY / 100 * (weights[1:] ** 2).sum())

    bounds = [(None, None)] + [(0, 12)] * table.shape[1]
    return np.asarray(minimize(loss, np.zeros(table.shape[1] + 1), bounds=bounds).x)


def main() -> None:
    fitted = [fit(data) for data in pairs("dev")]
    for name, weights in zip(
        ("titles alone (title, object, whole, apart)", "with aims (title, object, whole, apart, aims, words)"), fitted
    ):
        print(name, "bias", round(weights[0], 2), "weights", [round(weight, 2) for weight in weights[1:]])
    for part in ("dev", "test"):
        for data, weights in zip(pairs(part), fitted):
            scores = [(weights[0] + np.dot(weights[1:], features), same) for features, same in data]
            good, bad = [s for s, same in scores if same], [s for s, same in scores if not same]
            print(
                part,
                len(good),
                "same",
                len(bad),
                "other, AUC",
                round(auc(good, bad), 3),
                "found at 2% false",
                round(float(np.mean(np.array(good) > np.quantile(bad, 0.98))), 3),
            )


if __name__ == "__main__":
    main()
