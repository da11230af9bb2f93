"""Ruling lines followed beyond their ends, where they are too pale, broken or short to be found by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kms.extract.ocr.faint import PACE, SIDE, Shades, print_beside, stretched
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.rulings import Ruling
from kms.extract.ocr.straighten import PAPER

PALER = 0.35  # of a line's own depth, by which its continuation is at least darker than both its sides
LEAST = 12  # of 200, paper
FILLED = 0.75  # of the way between two crossing lines along which it is seen; a letter is not as high as its row
BESIDE = 0.3  # of that way along which print may stand close by
REACH = 0.06  # inches by which a line may miss the one that it ends at
LEAN = 0.5  # inches that a line may lie higher or lower at the far side of the page


def lengthen(rulings: Sequence[Ruling], crossing: Sequence[Ruling], paleness: Picture, dpi: float) -> list[Ruling]:
    """Horizontal ``rulings``, and what can be seen of each from one of those ``crossing`` it to the next, beyond it."""
    pace, side = max(2, round(PACE * dpi)), max(3, round(SIDE * dpi))
    stretches = stretched(paleness, pace)
    found = list(rulings)
    spans = [(float(line.across.min()), float(line.across.max())) for line in rulings]
    for ruling, (low, high) in zip(rulings, spans):
        columns = np.arange(int(ruling.start) // pace, min(int(ruling.end) // pace, stretches.shape[1]))
        if len(columns) < 2:
            continue
        rows = np.interp((columns + 0.5) * pace, ruling.along, ruling.across)
        shades = stretches[np.clip(rows.astype(np.int64), 0, len(stretches) - 1), columns]
        least = max(PALER * (PAPER - float(np.median(shades))), LEAST)
        near = [one for one, (a, b) in zip(rulings, spans) if a <= high + LEAN * dpi and b >= low - LEAN * dpi]
        head, tail = lean(ruling, head=True), lean(ruling, head=False)
        for start, end in gaps(ruling, crossing, REACH * dpi):
            slope, place = tail if start > ruling.start else head
            places = np.linspace(start, end, 8)
            piece = Ruling(start, end, ruling.thick, places, slope * places + place)
            if any(covers(known, piece) for known in (*near, *found[len(rulings) :])):
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


def lean(ruling: Ruling, head: bool) -> tuple[float, float]:
    """The slope of a line at its ``head`` or its end, and where it would cross the edge of the page."""
    half = max(len(ruling.along) // 2, 2)
    near = slice(None, half) if head else slice(-half, None)
    along, across = ruling.along[near], ruling.across[near]
    if len(along) < 3 or np.ptp(along) < 20:
        return 0.0, float(np.median(across))
    slope, place = np.polyfit(along, across, 1)
    return float(slope), float(place)


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
