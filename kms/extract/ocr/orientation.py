"""Which way up a picture is, told by how well it reads."""

from __future__ import annotations

import numpy as np

from kms.extract.ocr.noise import without_grain
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.straighten import Mask, find_ink, find_paper
from kms.extract.ocr.tesseract import Reader, ReadWord
from kms.text.segment import is_word

SAMPLE_INCHES = 3.0
SURE_RATIO = 1.25
"""From here on the direction of lines is beyond doubt: of pages with tables and text, skewed ones too, the least."""
LEAST_INK = 500
"""Points; three or four letters have as much, and with less the first turn asked about is as good as any."""


def likely_turns(picture: Picture, dpi: float) -> tuple[int, ...]:
    """By how many degrees clockwise the picture may have to be turned: two of four, or all where it cannot be told.

    The most likely come first. Where lines of text lie, rows of points alternate between ink and paper more than
    columns of points do.
    """
    coarse = np.ascontiguousarray(picture[::2, ::2])
    rows, columns = alternation(find_ink(coarse, find_paper(coarse, dpi / 2)), dpi / 2)
    lying, standing = (0, 180), (270, 90)
    if rows >= SURE_RATIO * columns:
        return lying
    if columns >= SURE_RATIO * rows:
        return standing
    return lying + standing if rows >= columns else standing + lying


def alternation(ink: Mask, dpi: float, inches: float = 0.8, ruled: float = 0.6) -> tuple[float, float]:
    """How unevenly ink is spread over the rows, and over the columns, of squares; lines of tables do not count."""
    side = max(8, round(inches * dpi))
    height, width = ink.shape[0] // side * side, ink.shape[1] // side * side
    squares = ink[:height, :width].reshape(height // side, side, width // side, side)
    sums = []
    for counts in (squares.sum(axis=3).transpose(0, 2, 1), squares.sum(axis=1)):
        counts = counts.reshape(-1, side).astype(np.float64)
        counts[counts > ruled * side] = 0
        sums.append(float(counts.var(axis=1).sum()))
    return sums[0], sums[1]


def best_turn(picture: Picture, dpi: float, reader: Reader, turns: tuple[int, ...] = (0, 90, 270, 180)) -> int:
    """That one of ``turns`` (degrees clockwise) after which the inkiest part of the picture reads best."""
    ink = find_ink(picture, find_paper(picture, dpi))
    part = _inkiest(ink, round(SAMPLE_INCHES * dpi))
    if ink[part].sum() < LEAST_INK:
        return turns[0]
    sample = without_grain(picture[part], ink[part], dpi)
    scores = {}
    for turn in turns:
        # As one block: where Tesseract looks for the layout itself, it may read lines that stand as if they lay.
        words = reader.read(np.ascontiguousarray(np.rot90(sample, -turn // 90)), dpi, "block")
        scores[turn] = sum(legibility(word) for word in words)
    return max(scores, key=lambda turn: scores[turn])


def legibility(word: ReadWord) -> float:
    """What a word says for its being upright: its letters if it is one of the language, else nearly nothing.

    Confidence is squared: many half-believed letters must not outweigh a few plain words.
    """
    letters = sum(map(str.isalpha, word.text))
    known = len(word.text) > 2 and is_word(word.text.strip(".,;:()\"'"))
    return (1.0 if known else 0.1) * letters * max(word.confidence, 0.0) ** 2


def _inkiest(ink: Mask, side: int) -> tuple[slice, slice]:
    """The square with the most ink."""
    height, width = ink.shape
    pace = max(1, side // 4)
    sums = np.cumsum(np.cumsum(ink[::4, ::4], axis=0, dtype=np.int64), axis=1)

    def total(top: int, left: int) -> int:
        y0, x0 = top // 4, left // 4
        y1, x1 = min(y0 + side // 4, sums.shape[0] - 1), min(x0 + side // 4, sums.shape[1] - 1)
        return int(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])

    tops, lefts = range(0, max(height - side, 1), pace), range(0, max(width - side, 1), pace)
    top, left = max(((top, left) for top in tops for left in lefts), key=lambda place: total(*place))
    return slice(top, top + side), slice(left, left + side)
