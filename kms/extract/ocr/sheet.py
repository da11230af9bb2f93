"""A picture made ready to read: upright, straight, its rulings found and wiped out, and the way back to the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from kms.extract.ocr.faint import CONTRAST, add_faint, darkness, depth, find_faint_rulings, least_contrast, stands_alone
from kms.extract.ocr.fills import relit
from kms.extract.ocr.grids import Lattice, Warp, find_lattices, find_warp, straight
from kms.extract.ocr.heads import part_head
from kms.extract.ocr.ladders import find_ladders, lattice_of
from kms.extract.ocr.lengthen import lengthen
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.rulings import Ruling, drop_loose, find_rulings
from kms.extract.ocr.straighten import Mask, find_ink, find_paleness, find_paper, find_skew, rotate
from kms.model import Box

# Degrees of skew worth taking out: for finding cells, and for reading (measured: less changes nothing but the time).
SKEW_TO_RULE, SKEW_TO_READ = 0.3, 1.0
BEND_WORTH_STRAIGHTENING = 0.02  # inches


@dataclass(frozen=True)
class Sheet:
    """A page ready to read, in pixels of its own, and how it came from the picture.

    ``picture`` has no ruling lines any more. ``size`` is the original picture's width and height in pixels,
    ``turned`` and ``skew`` as in `kms.extract.ocr.values.OcrPage`; ``bends`` are those of horizontal and vertical
    lines, taken out of ``picture``; None when they were too small to matter.
    """

    picture: Picture
    ink: Mask
    dpi: float
    lattices: tuple[Lattice, ...]
    size: tuple[int, int]
    turned: int = 0
    skew: float = 0.0
    bends: tuple[Warp, Warp] | None = None

    def place(self, box: tuple[float, float, float, float]) -> Box:
        """A box of this sheet's pixels as a box on the page as displayed, in points."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if self.bends:
            x, y = x + float(self.bends[1].at(y, x)), y + float(self.bends[0].at(x, y))
        height, width = self.picture.shape
        angle = math.radians(self.skew)
        dx, dy = x - width / 2, y - height / 2
        x, y = (
            width / 2 + dx * math.cos(angle) - dy * math.sin(angle),
            height / 2 + dx * math.sin(angle) + dy * math.cos(angle),
        )
        half = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        if self.turned in (90, 270):
            half = half[1], half[0]
        across, down = self.size
        x, y = {0: (x, y), 90: (y, down - x), 180: (across - x, down - y), 270: (across - y, x)}[self.turned]
        scale = 72 / self.dpi
        return ((x - half[0]) * scale, (y - half[1]) * scale, (x + half[0]) * scale, (y + half[1]) * scale)


def prepare(picture: Picture, dpi: float, turned: int = 0) -> Sheet:
    """``picture`` turned clockwise by ``turned`` degrees, straightened as far as that helps, its rulings wiped out."""
    size = (picture.shape[1], picture.shape[0])
    given = np.ascontiguousarray(np.rot90(picture, -turned // 90))
    upright = relit(given, dpi)
    ground = None if upright is given else upright != given
    paper = find_paper(upright, dpi)
    ink = find_ink(upright, paper)
    skew = find_skew(ink)
    across, down = find_lines(upright, paper, ink, dpi) if abs(skew) < SKEW_TO_READ else ([], [])
    ruled = len(across) > 1 and len(down) > 0
    if abs(skew) >= (SKEW_TO_RULE if ruled else SKEW_TO_READ):
        upright = relit(rotate(upright, skew), dpi)
        ground = None if ground is None else rotate(ground.astype(np.uint8), skew) > 0
        paper = find_paper(upright, dpi)
        ink = find_ink(upright, paper)
        across, down = find_lines(upright, paper, ink, dpi)
    else:
        skew = 0.0
    height, width = upright.shape
    bends = find_warp(across, width, height), find_warp(down, height, width)
    lines = straight(across, *bends)
    lattices = find_lattices(lines, straight(down, bends[1], bends[0]), dpi)
    if not lattices and not find_ladders(lines, (), dpi):
        return Sheet(upright, ink, dpi, (), size, turned, skew)
    clean = wipe(upright, across, down, dpi)
    bent = max(_largest(bends[0], width, height), _largest(bends[1], height, width)) > BEND_WORTH_STRAIGHTENING * dpi
    if bent:
        clean = unbend(clean, bends)
    else:
        # Left as they are, so the grid has to follow the lines as they run.
        lines = straight(across, *NO_BENDS)
        lattices = find_lattices(lines, straight(down, *NO_BENDS), dpi)
    ink = find_ink(clean, find_paper(clean, dpi))
    if ground is not None:
        lattices = [part_head(lattice, ground, ink, dpi) for lattice in lattices]
    ladders = [lattice_of(ladder, ink, dpi) for ladder in find_ladders(lines, lattices, dpi)]
    lattices = sorted([*lattices, *filter(None, ladders)], key=lambda lattice: lattice.ys[0])
    return Sheet(clean, ink, dpi, tuple(lattices), size, turned, skew, bends if bent else None)


NO_BEND = Warp((0.0,) * 5, 1.0, 1.0)
NO_BENDS = (NO_BEND, NO_BEND)


def find_lines(picture: Picture, paper: Picture, ink: Mask, dpi: float) -> tuple[list[Ruling], list[Ruling]]:
    """The horizontal and the vertical rulings."""
    paleness = find_paleness(picture, paper)
    sideways = np.ascontiguousarray(paleness.T)
    across, down = find_rulings(ink, dpi), find_rulings(np.ascontiguousarray(ink.T), dpi)
    depths = [depth(paleness, one) for one in drop_loose(across, down, dpi)]
    depths += [depth(sideways, one) for one in drop_loose(down, across, dpi)]
    contrast = least_contrast(depths)
    across = add_faint(across, find_faint_rulings(paleness, dpi, contrast), dpi)
    down = add_faint(down, find_faint_rulings(sideways, dpi, contrast), dpi)
    across, down = drop_loose(across, down, dpi), drop_loose(down, across, dpi)
    if contrast > CONTRAST:
        boxes = [lattice.box for lattice in find_lattices(straight(across, *NO_BENDS), straight(down, *NO_BENDS), dpi)]
        tables = darkness(boxes, across, paleness)
        paler = [line for line in find_faint_rulings(paleness, dpi) if stands_alone(line, paleness, tables, dpi)]
        tables = darkness([(top, left, bottom, right) for left, top, right, bottom in boxes], down, sideways)
        upright = [line for line in find_faint_rulings(sideways, dpi) if stands_alone(line, sideways, tables, dpi)]
        across, down = add_faint(across, paler, dpi), add_faint(down, upright, dpi)
        across, down = drop_loose(across, down, dpi), drop_loose(down, across, dpi)
    return lengthen(across, down, paleness, dpi), lengthen(down, across, sideways, dpi)


def _largest(bend: Warp, along: float, across: float) -> float:
    """The largest displacement on a page of that size."""
    places = np.linspace(0, along, 9)
    return max(float(np.ptp(bend.at(places, place))) for place in (0.0, across / 2, across))


def unbend(picture: Picture, bends: tuple[Warp, Warp], mesh: int = 24) -> Picture:
    """``picture`` with the bends taken out, in ``mesh`` x ``mesh`` patches."""
    from PIL import Image

    height, width = picture.shape
    xs = np.linspace(0, width, mesh + 1).round().astype(int).tolist()
    ys = np.linspace(0, height, mesh + 1).round().astype(int).tolist()

    def source(x: int, y: int) -> tuple[float, float]:
        return x + float(bends[1].at(y, x)), y + float(bends[0].at(x, y))

    at = {(x, y): source(x, y) for x in xs for y in ys}
    patches = [
        ((x0, y0, x1, y1), (*at[x0, y0], *at[x0, y1], *at[x1, y1], *at[x1, y0]))
        for x0, x1 in pairwise(xs)
        for y0, y1 in pairwise(ys)
    ]
    paper = int(np.percentile(picture[::8, ::8], 90))
    image: Any = Image.fromarray(picture)
    straightened = image.transform(image.size, Image.Transform.MESH, patches, Image.Resampling.BICUBIC, fillcolor=paper)
    return np.asarray(straightened, dtype=np.uint8)


def wipe(picture: Picture, across: list[Ruling], down: list[Ruling], dpi: float) -> Picture:
    """``picture`` with the ruling lines painted over with what lies beside them."""
    clean = picture.copy()
    for target, rulings in ((clean, across), (clean.T, down)):
        for ruling in rulings:
            places = np.arange(int(ruling.start), min(int(ruling.end) + 1, target.shape[1]))
            middle = np.interp(places, ruling.along, ruling.across)
            half = ruling.thick / 2 + max(1.0, dpi / 130)
            beside = [np.clip(middle + side * (half + 2), 0, target.shape[0] - 1).astype(int) for side in (-1, 1)]
            paper = np.maximum(target[beside[0], places], target[beside[1], places])
            for distance in np.arange(-half, half + 0.5, 1.0):
                rows = np.clip((middle + distance).astype(int), 0, target.shape[0] - 1)
                target[rows, places] = np.maximum(target[rows, places], paper)
    return clean
