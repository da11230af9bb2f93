"""Text reuse on the Indonesian PAN corpus: plagdet, precision, recall and granularity, ours beside two baselines.

The measures are those of Potthast, Stein, Barron-Cedeno and Rosso, "An Evaluation Framework for Plagiarism
Detection", COLING 2010, at character level: macro-averaged, as PAN's own script does by default, over cases and over
detections; the micro-averaged ones stand beside them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Passage:
    """A passage of a suspicious document and its passage in a source; half-open places in code points."""

    draft: str
    start: int
    end: int
    found: str
    found_start: int
    found_end: int
    kind: str = ""


def _overlap(start: int, end: int, spans: Sequence[tuple[int, int]]) -> int:
    """Characters of start..end that lie in at least one of the spans."""
    total, at = 0, start
    for low, high in sorted(spans):
        low, high = max(low, at), min(high, end)
        if high > low:
            total += high - low
            at = high
    return total


def _touching(one: Passage, others: Sequence[Passage]) -> list[Passage]:
    return [
        other
        for other in others
        if other.draft == one.draft
        and other.found == one.found
        and min(one.end, other.end) > max(one.start, other.start)
        and min(one.found_end, other.found_end) > max(one.found_start, other.found_start)
    ]


def _covered(one: Passage, others: Sequence[Passage]) -> tuple[int, int]:
    """Characters of ``one`` that the others detect, on both sides together, and characters it has."""
    touching = _touching(one, others)
    both = _overlap(one.start, one.end, [(each.start, each.end) for each in touching])
    both += _overlap(one.found_start, one.found_end, [(each.found_start, each.found_end) for each in touching])
    return both, (one.end - one.start) + (one.found_end - one.found_start)


@dataclass(frozen=True)
class Figures:
    """What PAN measures. ``recall_of`` is the recall of the cases of each kind."""

    plagdet: float
    precision: float
    recall: float
    granularity: float
    micro_precision: float
    micro_recall: float
    recall_of: dict[str, float]


def measure(cases: Sequence[Passage], detections: Sequence[Passage]) -> Figures:
    """The measures of the detections against the true cases."""
    recalls = [_covered(case, detections) for case in cases]
    precisions = [_covered(detection, cases) for detection in detections]
    counts = [len(_touching(case, detections)) for case in cases]
    found = [count for count in counts if count]
    granularity = sum(found) / len(found) if found else 1.0
    recall = sum(hit / size for hit, size in recalls) / len(cases) if cases else 0.0
    precision = sum(hit / size for hit, size in precisions) / len(detections) if detections else 0.0
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    of: dict[str, list[float]] = defaultdict(list)
    for case, (hit, size) in zip(cases, recalls, strict=True):
        of[case.kind].append(hit / size)
    return Figures(
        harmonic / math.log2(1 + granularity),
        precision,
        recall,
        granularity,
        sum(hit for hit, _ in precisions) / max(1, sum(size for _, size in precisions)),
        sum(hit for hit, _ in recalls) / max(1, sum(size for _, size in recalls)),
        {kind: sum(values) / len(values) for kind, values in sorted(of.items())},
    )


def cases_of(folder: Path) -> list[Passage]:
    """The true cases of a PAN folder, from the ``.xml`` beside each suspicious document."""
    cases = []
    for path in sorted((folder / "suspicious").glob("*.xml")):
        tree = ElementTree.parse(path)
        for feature in tree.iter("feature"):
            at, size = int(feature.get("this_offset", 0)), int(feature.get("this_length", 0))
            found, length = int(feature.get("source_offset", 0)), int(feature.get("source_length", 0))
            kind = feature.get("obfuscation") or feature.get("type", "")
            source = feature.get("source_reference", "")
            cases.append(Passage(path.stem + ".txt", at, at + size, source, found, found + length, kind))
    return cases
