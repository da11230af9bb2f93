"""What a page looks like, as 256 bits: by them a drawing, map or photograph is known again that says little in words.

The perceptual hash of the discrete cosine transform: which of its lowest frequencies are positive (C. Zauner,
"Implementation and Benchmarking of Perceptual Image Hash Functions", 2010), here of how dark the page is, after it was
straightened, lit evenly and cut to its ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from kms.extract.letters import Word
from kms.extract.ocr.layer import layer_is_usable
from kms.text.segment import is_word

Shades = npt.NDArray[np.float32]

PUNCTUATION = re.compile(r"^\W+|\W+$")
LEGIBLE = 0.8
"""Share of a page's longer words that must be words, that it counts as read; see `layer_is_usable`."""
FEW_WORDS = 60
"""Words and figures below which a page says little by them."""
SMALL_PRINT = 5.5
"""Height of a line in points up to which nobody reads its letters in a scan."""

LONGER_SIDE = 800
"""Pixels of the picture that is looked at."""
SKEW = 4.0
"""Degrees up to which a page is straightened."""
FEWEST_POINTS, STEP = 500, 0.1
"""Points of edges by which this can be told, and the steps in degrees in which they are counted."""
EDGE = 0.025
"""Part of a page at each side that does not count: the lid of a scanner, a shadow."""
PALE = 0.17
"""Share of the darkest ink up to which a shade is paper, its noise, or a mark across the page."""
FAINTEST = 0.25
"""Darkness (of 1, black) that the darkest ink of a page is taken to have at least."""
LEAST_INK = 0.002
"""Share of a page that has to be inked; what a page number or a speck looks like says nothing."""
SIDE, FREQUENCIES = 64, 16


def says_little(text: str) -> bool:
    """Whether a page has few words that mean something; what OCR makes of a drawing or of small print are none."""
    words = [word for word in (PUNCTUATION.sub("", word) for word in text.split()) if len(word) > 1]
    told = sum(any(map(str.isdigit, word)) or is_word(word) for word in words)
    return told < FEW_WORDS or not layer_is_usable(text, LEGIBLE)


def is_small_print(words: Iterable[Word]) -> bool:
    """Whether most words of a page are too small to be read once it was printed and scanned."""
    heights = [word.bottom - word.top for word in words]
    return bool(heights) and median(heights) < SMALL_PRINT


def appearance_of(page: Any) -> str:
    """What a page of pypdfium2 looks like, see `signature`."""
    from PIL import Image

    width, height = page.get_size()
    if min(width, height) <= 0:
        return ""
    # Twice as large and then made small: PDFium drops points of a picture that it makes small itself.
    bitmap = page.render(scale=2 * LONGER_SIDE / max(width, height), grayscale=True, may_draw_forms=True)
    try:
        return signature(Image.fromarray(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)))
    finally:
        bitmap.close()


def signature(picture: Any) -> str:
    """The 256 bits of a grey PIL image as 64 hex digits, row by row of its frequencies; "" for one with little ink.

    How many bits of two differ tells how little they look alike: few for two scans of one page, half for others.
    """
    from PIL import Image, ImageFilter

    scale = LONGER_SIDE / max(picture.size)
    size = (max(SIDE, round(picture.width * scale)), max(SIDE, round(picture.height * scale)))
    image = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    shades = np.asarray(image, np.float32)
    skew = _skew(shades)
    if skew:
        paper = int(np.percentile(shades[::4, ::4], 90))
        shades = np.asarray(image.rotate(skew, Image.Resampling.BILINEAR, fillcolor=paper), np.float32)
    ink = _ink(shades)
    if ink.mean() < LEAST_INK:
        return ""
    (top, bottom), (left, right) = _extent(ink, axis=1), _extent(ink, axis=0)
    framed = Image.fromarray(ink[top:bottom, left:right]).resize((SIDE, SIDE), Image.Resampling.BOX)
    places = np.pi * (2 * np.arange(SIDE) + 1) * np.arange(FREQUENCIES)[:, None] / (2 * SIDE)
    bits = np.cos(places) @ np.asarray(framed) @ np.cos(places).T > 0
    bits[0, 0] = False  # how dark it is on the whole
    return np.packbits(bits).tobytes().hex()


def _skew(shades: Shades) -> float:
    """By how many degrees lines fall to the right; 0.0 where few points lie on lines along the page.

    Each point of an edge tells a direction: that of most, where they differ little from the page's own.
    """
    down, across = _slopes(shades), _slopes(shades.T).T
    steep = np.hypot(down, across)
    edges = steep > max(0.15 * float(np.percentile(steep[::2, ::2], 99.5)), 2.0)
    down, across, steep = down[edges], across[edges], steep[edges]
    lying = np.abs(down) > np.abs(across)
    along = np.where(lying, -across, down) / np.where(lying, down, across)
    falls = np.degrees(np.arctan(along))
    near = np.abs(falls) < SKEW
    falls, steep = falls[near], steep[near]
    if len(falls) < FEWEST_POINTS:
        return 0.0
    counts = np.histogram(falls, np.arange(-SKEW, SKEW + STEP / 2, STEP), weights=steep)[0]
    smooth = np.exp(-0.5 * (np.arange(-10, 11) * STEP / 0.35) ** 2)
    best = -SKEW + STEP * (float(np.argmax(np.convolve(counts, smooth, "same"))) + 0.5)
    for _ in range(3):
        about = np.abs(falls - best) < 0.6
        best = float(np.average(falls[about], weights=steep[about]))
    return best


def _slopes(shades: Shades) -> Shades:
    """How much lighter it becomes downwards, by Scharr's filter, which knows directions best (Scharr 2000)."""
    slopes = np.zeros_like(shades)
    change = shades[2:] - shades[:-2]
    slopes[1:-1, 1:-1] = (3 * change[:, :-2] + 10 * change[:, 1:-1] + 3 * change[:, 2:]) / 32
    return slopes


def _ink(shades: Shades) -> Shades:
    """How dark each point is beside the paper, of 1 for the darkest ink; 0 for paper and at the edges."""
    dark = np.clip(1 - shades / _paper(shades), 0, 1)
    down, across = (round(EDGE * side) for side in dark.shape)
    dark[:down], dark[-down:], dark[:, :across], dark[:, -across:] = 0, 0, 0, 0
    dark /= max(float(np.percentile(dark[::2, ::2], 99.7)), FAINTEST)
    return np.asarray((np.clip(dark, PALE, 1) - PALE) / (1 - PALE), np.float32)


def _paper(shades: Shades, parts: int = 12) -> Shades:
    """How light the paper is at each point: the plane through the lightest parts of the page."""
    height, width = shades.shape
    down, across = height // parts, width // parts
    squares = shades[: down * parts, : across * parts].reshape(parts, down, parts, across)[:, ::3, :, ::3]
    light = np.percentile(squares, 85, axis=(1, 3)).ravel()
    middles = (np.arange(parts) + 0.5) / parts
    places = np.column_stack([np.ones(parts**2), np.repeat(middles, parts), np.tile(middles, parts)])
    kept = light >= np.median(light) - 1
    for _ in range(3):
        plane = np.linalg.lstsq(places[kept], light[kept], rcond=None)[0]
        off = np.abs(light - places @ plane)
        kept = off < max(4.0, 1.5 * float(np.median(off)))
    ys, xs = (np.arange(height) + 0.5) / height, (np.arange(width) + 0.5) / width
    paper: Shades = np.clip(plane[0] + plane[1] * ys[:, None] + plane[2] * xs, 60, 255).astype(np.float32)
    return paper


def _extent(ink: Shades, axis: int) -> tuple[int, int]:
    """Where the ink begins and ends, rows or columns with next to none at either end left out."""
    sums = ink.sum(axis=axis)
    reach = max(1, len(sums) // SIDE)
    sums = np.convolve(sums, np.ones(reach) / reach, "same")
    inked = np.flatnonzero(sums > 0.02 * np.percentile(sums, 95) + 0.02)
    return int(inked[0]), int(inked[-1]) + 1
