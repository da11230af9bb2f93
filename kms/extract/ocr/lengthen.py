"""Ruling lines followed beyond their ends, where they are too pale, broken or short to be found by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kms.extract.ocr.faint import PACE, SIDE, Shades, print_beside, stretched
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.rulings import Real, Ruling
from kms.extract.ocr.straighten import PAPER

PALER = 0.35  # of a line's own depth, by which its continuation is at least darker than both its sides
LEAST = 12  # of 200, paper
FILLED = 0.75  # of the way between two crossing lines along which it is seen; a letter is not as high as its row
BESIDE = 0.3  # of that way along which print may stand close by
REACH = 0.06  # inches by which a line may miss the one that it ends at


def lengthen(rulings: Sequence[Ruling], crossing: Sequence[Ruling], paleness: Picture, dpi: float) -> list[Ruling]:
    """Horizontal ``rulings``, and what can be seen of each from one of those ``crossing`` it to the next, beyond it."""
    pace, side = max(2, round(PACE * dpi)), max(3, round(SIDE * dpi))
    stretches = stretched(paleness, pace)
    found = list(rulings)
    for ruling in rulings:
        columns = np.arange(int(ruling.start) // pace, min(int(ruling.end) // pace, stretches.shape[1]))
        if len(columns) < 2:
            continue
        rows = np.interp((columns + 0.5) * pace, ruling.along, ruling.across)
        shades = stretches[np.clip(rows.astype(np.int64), 0, len(stretches) - 1), columns]
        least = max(PALER * (PAPER - float(np.median(shades))), LEAST)
        for start, end in gaps(ruling, crossing, REACH * dpi):
            piece = Ruling(start, end, ruling.thick, *course(ruling, start, end))
            if any(covers(known, piece) for known in found):
                continue
            if seen(piece, stretches, pace, side, least) and print_beside(paleness, piece, side) <= BESIDE:
                found.append(piece)
    return found


def gaps(ruling: Ruling, crossing: Sequence[Ruling], reach: float) -> list[tuple[float, float]]:
    """From where to where it may go on: between neighbours of the lines that cross its course beyond its ends."""
    middle = ruling.at((ruling.start + ruling.end) / 2)
    places = [other.at(middle) for other in crossing if other.start - reach <= middle <= other.end + reach]
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > reach:
            apart.append(place)
    return [(a, b) for a, b in pairwise(apart) if b <= ruling.start + reach or a >= ruling.end - reach]


def course(ruling: Ruling, start: float, end: float) -> tuple[Real, Real]:
    """Places along and across from ``start`` to ``end``, on the line as it leans at its nearer end."""
    half = max(len(ruling.along) // 2, 2)
    near = slice(-half, None) if start >= ruling.end - 1 or start > ruling.start else slice(None, half)
    along, across = ruling.along[near], ruling.across[near]
    places = np.linspace(start, end, 8)
    if len(along) < 3 or np.ptp(along) < 20:
        return places, np.full(8, float(np.median(across)))
    slope, place = np.polyfit(along, across, 1)
    return places, slope * places + place


def covers(known: Ruling, piece: Ruling) -> bool:
    """Whether a line lies there already."""
    middle = (piece.start + piece.end) / 2
    return known.start <= middle <= known.end and abs(known.at(middle) - piece.at(middle)) <= 4


def seen(piece: Ruling, stretches: Shades, pace: int, side: int, least: float) -> bool:
    """Whether nearly all along a line the picture is darker there, or just beside, than a little farther away."""
    columns = np.arange(round(piece.start) // pace + 1, min(round(piece.end) // pace, stretches.shape[1]))
    if not len(columns):
        return False
    rows = np.round(np.interp((columns + 0.5) * pace, piece.along, piece.across)).astype(np.int64)
    if rows.min() <= side or rows.max() >= len(stretches) - side - 1:
        return False
    valley = np.zeros(len(columns), dtype=bool)
    for step in (-1, 0, 1):
        middle = stretches[rows + step, columns] + least
        valley |= (middle <= stretches[rows + step - side, columns]) & (
            middle <= stretches[rows + step + side, columns]
        )
    return bool(valley.mean() >= FILLED)
