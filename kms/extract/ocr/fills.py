"""Light print on a dark ground, as heads of tables have it, made dark print on light."""

from __future__ import annotations

import numpy as np

from kms.extract.ocr.picture import Picture, nearby
from kms.extract.ocr.rulings import long_runs, merge_runs
from kms.extract.ocr.straighten import Mask

GRAIN = 0.03  # inches; the side of the squares that are looked at
LOW, NARROW = 0.11, 0.35  # inches; a ground is at least so high and wide
DARK = 0.62  # of the paper's lightness; a ground is darker
EDGE = 0.012  # inches of a ground that are left dark: the border of its cells
PRINTED = (0.01, 0.45)  # which part of a ground its print may cover
LIGHTER = 70  # shades by which that print is lighter
WHOLE = 0.8  # of what its outline holds that must be a ground's own
PAPER = 235
STEEPEST = 5.0  # how much a line darker than its ground is strengthened


def relit(picture: Picture, dpi: float) -> Picture:
    """``picture`` with each dark ground of light print made light, its print and the lines on it dark."""
    small = squares(picture, dpi)
    if small is None:
        return picture
    mask, side = small
    rows, starts, ends = long_runs(mask, gap=0, shortest=max(1, round(NARROW / GRAIN)))
    if not len(rows) or len(rows) > 20_000:
        return picture
    groups = merge_runs(rows, starts, ends, reach=0)
    lit = picture
    for number in range(int(groups.max()) + 1):
        mine = groups == number
        top, bottom = int(rows[mine].min()) * side, int(rows[mine].max() + 1) * side
        left, right = int(starts[mine].min()) * side, int(ends[mine].max()) * side
        if bottom - top < LOW * dpi or (bottom - top) * (right - left) > 0.4 * picture.size:
            continue
        box = (slice(max(top - side, 0), bottom + side), slice(max(left - side, 0), right + side))
        ground = invert(picture[box], max(2, round(EDGE * dpi)))
        if ground is not None:
            lit = lit.copy() if lit is picture else lit
            lit[box] = ground
    return lit


def squares(picture: Picture, dpi: float) -> tuple[Mask, int] | None:
    """Which squares of the page are dark ground, print on it included, and their side in pixels; None for no such."""
    from PIL import Image

    side = max(2, round(GRAIN * dpi))
    paper = float(np.percentile(picture[::8, ::8], 80))
    dark = Image.fromarray(np.where(picture < DARK * paper, 255, 0).astype(np.uint8)).reduce(side)
    # Closed over the print on a ground, then opened so that lines and letters go.
    mostly = np.asarray(dark) > 150
    closed = nearby(nearby(mostly, 2, np.maximum), 2, np.minimum)
    mask = nearby(nearby(closed, 1, np.minimum), 1, np.maximum)
    return (mask, side) if mask.any() else None


def invert(part: Picture, edge: int) -> Picture | None:
    """A dark ground and the paper around it, the ground but for ``edge`` pixels made light, if it has print."""
    paper = float(np.percentile(part, 98))
    dark = part < DARK * paper
    inside = between(dark, edge) & between(np.ascontiguousarray(dark.T), edge).T
    if not inside.any():
        return None
    shades = part[inside].astype(np.int16)
    ground = int(np.median(shades))
    lighter = float((shades > ground + LIGHTER).mean())
    if not PRINTED[0] <= lighter <= PRINTED[1] or float((shades < DARK * paper).mean()) < 1 - PRINTED[1]:
        return None
    if inside.sum() < WHOLE * np.ptp(np.flatnonzero(inside.any(axis=0))) * np.ptp(np.flatnonzero(inside.any(axis=1))):
        return None
    away = np.abs(shades - ground)
    plain = max(8.0, 4 * float(np.median(away)))  # the grain of the ground itself
    scale = np.where(shades > ground, PAPER / max(paper - ground, 1.0), min(PAPER / max(ground, 1), STEEPEST))
    made = part.copy()
    made[inside] = np.clip(PAPER - np.maximum(away - plain, 0) * scale, 0, 255).astype(np.uint8)
    return made


def between(dark: Mask, edge: int) -> Mask:
    """Of each row, the points from the first dark one to the last where most are, without ``edge`` at both ends."""
    width = dark.shape[1]
    first = np.argmax(dark, axis=1)
    last = width - np.argmax(dark[:, ::-1], axis=1)
    first = np.where(dark.sum(axis=1) > (1 - PRINTED[1]) * (last - first), first, width)  # else a row of letters
    places = np.arange(width)[None, :]
    return np.asarray((places >= first[:, None] + edge) & (places < last[:, None] - edge))
