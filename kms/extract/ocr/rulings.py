"""The ruling lines of a picture: long thin runs of ink, traced also where they lean or bend a little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.straighten import Mask

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]

MANY_RUNS = 60_000  # a photograph, not a form


@dataclass(frozen=True)
class Ruling:
    """A line along one axis, in pixels: from ``start`` to ``end`` along it, ``thick`` across.

    ``along`` and ``across`` are points on its middle, by which it can be followed. For a horizontal line along is x.
    """

    start: float
    end: float
    thick: float
    along: Real
    across: Real

    def at(self, along: float) -> float:
        """Where it lies across, at a place along."""
        return float(np.interp(along, self.along, self.across))

    @property
    def length(self) -> float:
        """How long it is."""
        return self.end - self.start


def find_rulings(ink: Mask, dpi: float, shortest: float = 0.22, thickest: float = 0.045) -> list[Ruling]:
    """The horizontal rulings of ``ink``; give it transposed for the vertical ones.

    Args:
        ink: True where there is ink.
        dpi: dots per inch of the picture.
        shortest: of a run in one row of pixels, in inches.
        thickest: what is thicker on the whole, in inches, is a bar or a picture and no line.
    """
    rows, starts, ends = long_runs(ink, gap=max(1, round(dpi / 100)), shortest=round(shortest * dpi))
    if not len(rows) or len(rows) > MANY_RUNS:
        return []
    groups = merge_runs(rows, starts, ends, reach=max(2, round(dpi / 60)))
    rulings = []
    for number in range(int(groups.max()) + 1):
        chosen = groups == number
        ruling = trace(rows[chosen], starts[chosen], ends[chosen])
        if ruling.thick <= max(3.0, thickest * dpi) and not _in_letters(ruling, ink, dpi):
            rulings.append(ruling)
    return rulings


def drop_loose(rulings: list[Ruling], others: list[Ruling], dpi: float, long: float = 1.0) -> list[Ruling]:
    """``rulings`` without those shorter than ``long`` inches that end at none of ``others``, which cross them.

    Such are strokes that neighbouring letters have in common, underlined words, and dust.
    """
    reach = 0.06 * dpi

    def meets(along: float, across: float) -> bool:
        return any(
            other.start - reach <= across <= other.end + reach and abs(other.at(across) - along) <= reach
            for other in others
        )

    return [
        ruling
        for ruling in rulings
        if ruling.length >= long * dpi
        or (meets(ruling.start, ruling.across[0]) and meets(ruling.end, ruling.across[-1]))
    ]


def _in_letters(ruling: Ruling, ink: Mask, dpi: float, share: float = 0.3, longest: float = 0.6) -> bool:
    """Whether the line runs through letters: not ``longest`` inches long, ink close by on one side along its way."""
    if ruling.length > longest * dpi:
        return False
    places = np.arange(int(ruling.start), int(ruling.end))
    middle = np.interp(places, ruling.along, ruling.across)
    near, far = ruling.thick / 2 + max(2.0, dpi / 100), ruling.thick / 2 + max(3.5, dpi / 40)
    for side in (-1, 1):
        beside = np.zeros(len(places), dtype=bool)
        for distance in np.linspace(near, far, 3):
            rows = np.clip((middle + side * distance).astype(np.int64), 0, ink.shape[0] - 1)
            beside |= ink[rows, places]
        if beside.mean() > share:
            return True
    return False


def long_runs(ink: Mask, gap: int, shortest: int) -> tuple[Whole, Whole, Whole]:
    """Row, start and end (half-open) of each run of ink at least ``shortest`` long, gaps up to ``gap`` bridged."""
    height, width = ink.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    change = np.diff(padded, axis=1).ravel()
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    if not len(starts):
        return starts, starts, starts
    # A row of `change` is one longer than a row of the picture, so runs of different rows never lie within `gap` + 1.
    apart = np.ones(len(starts), dtype=bool)
    apart[1:] = (starts[1:] - ends[:-1] > gap) | (starts[1:] // (width + 1) != starts[:-1] // (width + 1))
    first = np.flatnonzero(apart)
    last = np.append(first[1:], len(starts)) - 1
    starts, ends = starts[first], ends[last]
    long = ends - starts >= shortest
    starts, ends = starts[long], ends[long]
    rows = starts // (width + 1)
    return rows, starts - rows * (width + 1), ends - rows * (width + 1)


def merge_runs(rows: Whole, starts: Whole, ends: Whole, reach: int) -> Whole:
    """The number of the line that each run belongs to: runs of neighbouring rows that overlap or nearly touch."""
    parents = list(range(len(rows)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    edges = np.searchsorted(rows, np.arange(rows[-1] + 3))
    begins, finishes = starts.tolist(), ends.tolist()
    for item, row in enumerate(rows.tolist()):
        for other in range(item + 1, int(edges[row + 2])):
            if begins[other] <= finishes[item] + reach and begins[item] <= finishes[other] + reach:
                parents[root(other)] = root(item)
    roots = np.array([root(item) for item in range(len(rows))])
    return np.unique(roots, return_inverse=True)[1].astype(np.int64)


def trace(rows: Whole, starts: Whole, ends: Whole, paces: int = 24) -> Ruling:
    """One line out of its runs, its middle followed at ``paces`` places."""
    start, end = int(starts.min()), int(ends.max())
    lengths = ends - starts
    along = np.linspace(start, end - 1, paces)
    covers = (starts[None, :] <= along[:, None]) & (ends[None, :] > along[:, None])
    held = covers.any(axis=1)
    total = covers.sum(axis=1)[held]
    across = (covers * rows[None, :]).sum(axis=1)[held] / total
    return Ruling(float(start), float(end), float(lengths.sum() / (end - start)), along[held], across + 0.5)
