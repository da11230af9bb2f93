"""Specks and grain of a picture, measured, and taken out where there are so many that they spoil the reading."""

from __future__ import annotations

import numpy as np

from kms.extract.ocr.picture import Picture, nearby
from kms.extract.ocr.straighten import Mask

SPECK = 50  # shades by which a lone point differs from all eight around it
MANY_SPECKS = 0.0003  # of all points; the full stops of a page full of small print are fewer
FINE_DPI = 140  # below, a lone point may be a full stop or a part of a letter
GRAIN = 8.0  # shades; what scanners make stays below (measured: 5), and blurring a clean picture only costs sharpness
SPARSE = 0.004  # of a part of a page; in text there is ten times as much ink


def cleaned(picture: Picture, dpi: float) -> Picture:
    """``picture`` without lone points and without grain, or itself where it has little of them."""
    clean = without_specks(picture) if dpi >= FINE_DPI else picture
    if grain(clean) < GRAIN and not is_black_and_white(clean):
        return clean
    from PIL import Image, ImageFilter

    return np.asarray(Image.fromarray(clean).filter(ImageFilter.GaussianBlur(0.7)), dtype=np.uint8)


def is_black_and_white(picture: Picture, most: float = 0.002) -> bool:
    """Whether hardly any point is grey; the jagged edges of such letters are read better when they are softened."""
    part = picture[::5, ::3]
    return bool(((part > 20) & (part < 235)).mean() < most and (part < 128).any())


def grain(picture: Picture) -> float:
    """The standard deviation of shades that neighbours do not share, as the median tells it, in shades of 256."""
    steps = np.abs(np.diff(picture[::9].astype(np.int16), axis=1))
    return float(np.median(steps)) / 0.954  # the median of |a - b| of two normal values, in deviations of one


def without_specks(picture: Picture, band: int = 64) -> Picture:
    """Points that are much darker or lighter than all eight around them, made as these; where there are many."""
    if min(picture.shape) < 3:
        return picture
    # A fourth of the page tells whether there are many.
    tops = range(0, max(len(picture) - 2, 1), 4 * band)
    seen = [lone_points(picture[top : top + band]) for top in tops if len(picture) - top > 2]
    many = sum(int(dark.sum()) + int(light.sum()) for dark, light, _, _ in seen)
    if many < MANY_SPECKS * sum(dark.size for dark, _, _, _ in seen):
        return picture
    dark, light, lowest, highest = lone_points(picture)
    clean = picture.copy()
    clean[1:-1, 1:-1] = np.where(dark, lowest, np.where(light, highest, picture[1:-1, 1:-1]))
    return clean


def lone_points(picture: Picture) -> tuple[Mask, Mask, Picture, Picture]:
    """Which points within the outermost are lone and dark, and lone and light; the darkest and lightest around each."""
    height, width = picture.shape
    lowest, highest = np.full((height - 2, width - 2), 255, np.uint8), np.zeros((height - 2, width - 2), np.uint8)
    for y in (0, 1, 2):
        for x in (0, 1, 2):
            if (y, x) != (1, 1):
                around = picture[y : height - 2 + y, x : width - 2 + x]
                np.minimum(lowest, around, out=lowest)
                np.maximum(highest, around, out=highest)
    inner = picture[1:-1, 1:-1]
    dark = inner < np.maximum(lowest, SPECK) - SPECK
    light = inner > np.minimum(highest, 255 - SPECK) + SPECK
    return dark, light, lowest, highest


def without_grain(picture: Picture, ink: Mask, dpi: float) -> Picture:
    """``picture`` with flat paper all around its ink where it has little of it, to be read.

    Tesseract parts dark from light by what there is: on paper with next to nothing on it, it parts the grain of the
    paper, and takes seconds over each square inch of that.
    """
    if ink.mean() >= SPARSE:
        return np.ascontiguousarray(picture)
    from PIL import Image

    squares = np.asarray(Image.fromarray(ink.astype(np.uint8) * 255).reduce(max(round(dpi / 20), 1)))
    near = Image.fromarray(nearby(squares, 2, np.maximum)).resize(ink.shape[::-1], Image.Resampling.NEAREST)
    return np.where(np.asarray(near) > 0, picture, np.uint8(np.percentile(picture[::4, ::4], 80)))
