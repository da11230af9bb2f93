"""Running text in two columns: where a page has it, so that lines end at the gutter and columns are read in turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from kms.extract.letters import Floats, Word
from kms.extract.lines import Line, lines_of
from kms.model import Box

GUTTER = 8.0
"""Points of white between two columns at least."""

FEWEST = 6
"""Lines that each of two columns has at least."""

STEP = 3.0
"""Points from one place to the next where a gutter is looked for."""


@dataclass(frozen=True)
class Zone:
    """A part of a page, from ``top`` to ``bottom``, with a column of text on either side of ``x``."""

    x: float
    top: float
    bottom: float

    def side(self, box: Box) -> int | None:
        """0 for what stands in the left column, 1 for the right, None for what is no part of the zone."""
        if not self.top <= (box[1] + box[3]) / 2 <= self.bottom:
            return None
        return 0 if box[2] <= self.x else 1 if box[0] >= self.x else None


def zones_of(words: Sequence[Word], taken: Sequence[Box]) -> tuple[Zone, ...]:
    """The parts of a page that are set in two columns, top to bottom; ``words`` stand outside the boxes ``taken``."""
    upright = [word for word in words if not word.turned]
    if len(upright) < 4 * FEWEST:
        return ()
    boxes = np.array([*(word.box for word in upright), *taken])
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    xs = np.arange(left + 0.3 * (right - left), left + 0.7 * (right - left), STEP)
    across = (boxes[:, :1] < xs + GUTTER / 2) & (boxes[:, 2:3] > xs - GUTTER / 2)
    height = boxes[:, 3] - boxes[:, 1]
    crossed = height @ across
    # text of one column is crossed nearly everywhere by each of its lines
    least = crossed.min(initial=np.inf)
    if least > 0.6 * crossed.max(initial=0.0):
        return ()
    tried: set[tuple[int, int]] = set()
    found: list[Zone] = []
    for at in np.argsort(crossed, kind="stable")[:20].tolist():
        for top, bottom in free_runs(boxes[across[:, at]], boxes):
            if (round(top), round(bottom)) in tried or any(top < z.bottom and bottom > z.top for z in found):
                continue
            tried.add((round(top), round(bottom)))
            zone = Zone(float(xs[at]), top, bottom)
            if is_two_columns(upright, zone):
                found.append(zone)
    return tuple(sorted(found, key=lambda zone: zone.top))


def free_runs(crossing: Floats, boxes: Floats) -> list[tuple[float, float]]:
    """From where to where, down the page, nothing crosses; stretches of less than a few lines are left out."""
    size = median((boxes[:, 3] - boxes[:, 1]).tolist())
    runs = []
    start = float(boxes[:, 1].min()) - 1
    for top, bottom in crossing[np.argsort(crossing[:, 1]), 1::2].tolist():
        if top - start > FEWEST * size:
            runs.append((start, top))
        start = max(start, bottom)
    end = float(boxes[:, 3].max()) + 1
    if end - start > FEWEST * size:
        runs.append((start, end))
    return runs


def is_two_columns(words: Iterable[Word], zone: Zone) -> bool:
    """Whether running text stands on both sides: lines of several words, most of which fill their column."""
    sides: tuple[list[Word], list[Word]] = ([], [])
    for word in words:
        side = zone.side(word.box)
        if side is not None:
            sides[side].append(word)
    widths = []
    if min(len(side) for side in sides) < 3 * FEWEST:
        return False
    for side_words in sides:
        lines = lines_of(side_words)
        if len(lines) < FEWEST:
            return False
        width = max(line.box[2] for line in lines) - min(line.box[0] for line in lines)
        full = sum(line.box[2] - line.box[0] > 0.75 * width for line in lines)
        if full < 0.65 * len(lines) or median(len(line.words) for line in lines) < 3:
            return False
        if sum(any(char.isalpha() for char in word.text) for word in side_words) < 0.8 * len(side_words):
            return False  # figures of a table
        if is_parted(side_words):
            return False
        widths.append(width)
    return min(widths) > 0.6 * max(widths)


def is_parted(words: Sequence[Word]) -> bool:
    """Whether white runs down through nearly all of the words, as it does between columns of a table."""
    spans = np.array([(word.x0, word.x1) for word in words])
    xs = np.arange(spans[:, 0].min() + GUTTER, spans[:, 1].max() - GUTTER, STEP)
    crossed = ((spans[:, :1] < xs + 2) & (spans[:, 1:] > xs - 2)).sum(axis=0)
    return bool(crossed.min(initial=len(words)) < 0.3 * median(crossed.tolist() or [0]))


def flowing_lines(words: Iterable[Word], zones: Sequence[Zone]) -> list[Line]:
    """Lines from top to bottom, those of two columns side by side apart."""
    parts: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        parts.setdefault(part_of(word.box, zones), []).append(word)
    lines = [line for part in parts.values() for line in lines_of(part)]
    return lines if len(parts) < 2 else sorted(lines, key=lambda line: (line.box[1] + line.box[3]) / 2)


def part_of(box: Box, zones: Sequence[Zone]) -> tuple[int, int]:
    """The number of the zone (from 1) that a box stands in and its column there; (0, 0) for none."""
    for number, zone in enumerate(zones, 1):
        side = zone.side(box)
        if side is not None:
            return number, side
    return 0, 0


def reading_place(box: Box, zones: Sequence[Zone]) -> tuple[float, int, float]:
    """What sorts boxes of a page into the order in which they are read."""
    number, side = part_of(box, zones)
    return (zones[number - 1].top if number else box[1], side, box[1])
