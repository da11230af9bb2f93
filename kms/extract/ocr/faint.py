"""Ruling lines that are no unbroken ink: grey, hair-thin, dashed, dotted, or broken by a poor copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.picture import Picture
from kms.extract.ocr.rulings import Ruling, long_runs, merge_runs, trace
from kms.extract.ocr.straighten import PAPER, Mask

Shades = npt.NDArray[np.int16]

CONTRAST = 22  # of 200, paper: for a page without black lines
CONTRAST_BESIDE_INK = 44  # at most, on a page that has black lines as well
PALER = 0.3  # of the depth of black lines; what is paler may shine through from behind
PACE = 0.04  # inches along the line that are seen as one
SIDE = 0.024  # inches from its middle at which the line is over
SHORTEST, LONG = 0.4, 0.8  # inches
FILLED = 0.7  # of its length along which a line must be darker than its sides
DARK = 140  # of 200; darker than this is print
BESIDE = 0.25  # of its length along which print may stand close by on one side; at letters it is a third and more
WITHIN = 0.9  # of its length that a line lies in a table
ALIKE = 0.55  # of the depth of a table's lines that another one of it has
ON_PRINT = 0.03  # of its length along which print may stand on a line
UNEVEN = 0.25  # the deviation of a line's darkness along its way, as part of its mean


def find_faint_rulings(paleness: Picture, dpi: float, contrast: int = CONTRAST) -> list[Ruling]:
    """Horizontal lines that are darker than their two sides nearly all along; give it transposed for vertical ones.

    Args:
        paleness: how light each point is beside the paper around it; paper is 200.
        dpi: dots per inch of the picture.
        contrast: of 200, paper: by how much a line is at least darker than what lies on both sides of it.

    Strokes that letters in a row have in common are left out: ink stands close by on one side of them.
    """
    pace = max(2, round(PACE * dpi))
    side = max(3, round(SIDE * dpi))
    stretches = stretched(paleness, pace)
    valley = find_valleys(stretches, side, contrast)
    rows, starts, ends = long_runs(valley, gap=1, shortest=max(3, round(SHORTEST * dpi / pace)))
    if not len(rows) or len(rows) > 40_000:
        return []
    filled = np.concatenate([np.zeros((len(valley), 1), dtype=np.int64), np.cumsum(valley, axis=1)], axis=1)
    share = (filled[rows, ends] - filled[rows, starts]) / (ends - starts)
    rows, starts, ends = rows[share >= FILLED], starts[share >= FILLED], ends[share >= FILLED]
    if not len(rows):
        return []
    groups = merge_runs(rows, starts, ends, reach=2)
    found = []
    for number in range(int(groups.max()) + 1):
        chosen = groups == number
        ruling = trace(rows[chosen], starts[chosen] * pace, ends[chosen] * pace)
        if uneven(stretches, ruling, pace) > UNEVEN:
            continue
        if print_beside(paleness, ruling, side) <= (BESIDE if ruling.length > LONG * dpi else BESIDE / 2):
            found.append(ruling)
    return found


def stretched(paleness: Picture, pace: int) -> Shades:
    """Each ``pace`` points along a row as one, their mean."""
    from PIL import Image

    width = paleness.shape[1] // pace * pace
    return np.asarray(Image.fromarray(paleness[:, :width]).reduce((pace, 1)), dtype=np.int16)


def find_valleys(stretches: Shades, side: int, contrast: int) -> Mask:
    """Where a stretch is darker by ``contrast`` than those ``side`` rows above and below."""
    height = len(stretches)
    valley = np.zeros(stretches.shape, dtype=bool)
    middle = stretches[side : height - side] + contrast
    valley[side : height - side] = (middle <= stretches[: height - 2 * side]) & (middle <= stretches[2 * side :])
    return valley


def uneven(stretches: Shades, ruling: Ruling, pace: int) -> float:
    """How much the darkness of a line varies along its way, three stretches taken together; 0.0 for an even one."""
    columns = np.arange(int(ruling.start) // pace, int(ruling.end) // pace)
    rows = np.interp((columns + 0.5) * pace, ruling.along, ruling.across).astype(np.int64)
    beside = [stretches[np.clip(rows + step, 0, len(stretches) - 1), columns] for step in (-1, 0, 1)]
    depth = PAPER - np.min(beside, axis=0).astype(np.float64)
    smooth = np.convolve(depth, np.ones(3) / 3, "valid") if len(depth) > 3 else depth
    return float(smooth.std() / max(smooth.mean(), 1.0))


def print_beside(paleness: Picture, ruling: Ruling, side: int) -> float:
    """Along which part of a line print stands ``side`` points away; of its two sides the one with more."""
    places = np.arange(int(ruling.start), min(int(ruling.end), paleness.shape[1]))
    middle = np.interp(places, ruling.along, ruling.across)
    shares = []
    for direction in (-1, 1):
        dark = np.zeros(len(places), dtype=bool)
        for distance in range(side, side + 3):
            rows = np.clip((middle + direction * distance).astype(np.int64), 0, len(paleness) - 1)
            dark |= paleness[rows, places] < DARK
        shares.append(float(dark.mean()))
    return max(shares)


def least_contrast(depths: Sequence[float]) -> int:
    """From which contrast on a line is one of the page, that has lines of such ``depths`` already."""
    if len(depths) < 4:
        return CONTRAST
    return int(min(max(PALER * float(np.median(depths)), CONTRAST), CONTRAST_BESIDE_INK))


def depth(paleness: Picture, ruling: Ruling) -> float:
    """How much darker than paper a line is in its middle, of 200."""
    places = np.arange(int(ruling.start), min(int(ruling.end), paleness.shape[1]))
    rows = np.clip(np.interp(places, ruling.along, ruling.across), 0, len(paleness) - 1).astype(np.int64)
    return PAPER - float(np.median(paleness[rows, places]))


Table = tuple[tuple[float, float, float, float], float]
"""A table's box, along a line in its places 0 and 2 and across it in 1 and 3, and how dark its lines are, of 200."""


def darkness(
    boxes: Iterable[tuple[float, float, float, float]], rulings: Sequence[Ruling], paleness: Picture
) -> list[Table]:
    """Each of ``boxes`` with the median depth of the ``rulings`` in it."""
    tables = []
    for box in boxes:
        inside = [line for line in rulings if box[0] - 5 <= (line.start + line.end) / 2 <= box[2] + 5]
        inside = [line for line in inside if box[1] - 5 <= float(np.median(line.across)) <= box[3] + 5]
        tables.append((box, float(np.median([depth(paleness, line) for line in inside])) if inside else 0.0))
    return tables


def stands_alone(ruling: Ruling, paleness: Picture, tables: Sequence[Table], dpi: float) -> bool:
    """Whether a pale line may be one of the page itself: no print on its way, in no table of much darker lines.

    What shines through from behind runs through tables and lines of print as it happens to.
    """
    edge = 0.05 * dpi
    for box, dark in tables:
        middle = ruling.at((ruling.start + ruling.end) / 2)
        shared = min(ruling.end, box[2]) - max(ruling.start, box[0])
        inside = box[1] + edge < middle < box[3] - edge and shared > WITHIN * ruling.length
        if inside and depth(paleness, ruling) < ALIKE * dark:
            return False
    places = np.arange(int(ruling.start), min(int(ruling.end), paleness.shape[1]))
    rows = np.clip(np.interp(places, ruling.along, ruling.across), 0, len(paleness) - 1).astype(np.int64)
    return float((paleness[rows, places] < DARK - 40).mean()) < ON_PRINT


def add_faint(rulings: Sequence[Ruling], faint: Sequence[Ruling], dpi: float) -> list[Ruling]:
    """``rulings`` and those of ``faint`` that are more than a part of them, in place of the pieces they join."""
    reach = max(2.5, 0.02 * dpi)

    def within(inner: Ruling, outer: Ruling) -> bool:
        start, end = max(inner.start, outer.start), min(inner.end, outer.end)
        if end - start < 0.7 * inner.length:
            return False
        middle = (start + end) / 2
        return abs(inner.at(middle) - outer.at(middle)) <= reach + (inner.thick + outer.thick) / 4

    new = [line for line in faint if not any(within(line, known) for known in rulings)]
    kept = [line for line in rulings if not any(within(line, other) for other in new)]
    return [*kept, *new]
