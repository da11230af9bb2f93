"""Which way up a picture is, told by how well it reads."""

from __future__ import annotations

import numpy as np

from kms.extract.ocr.picture import Picture
from kms.extract.ocr.straighten import Mask, find_ink, find_paper
from kms.extract.ocr.tesseract import Reader

SAMPLE_INCHES = 3.0


def best_turn(picture: Picture, dpi: float, reader: Reader, turns: tuple[int, ...] = (0, 90, 270, 180)) -> int:
    """That one of ``turns`` (degrees clockwise) after which the inkiest part of the picture reads best."""
    part = _inkiest(find_ink(picture, find_paper(picture, dpi)), round(SAMPLE_INCHES * dpi))
    sample = picture[part]
    scores = {}
    for turn in turns:
        words = reader.read(np.ascontiguousarray(np.rot90(sample, -turn // 90)), dpi, "page")
        # Squared: many half-believed letters must not outweigh a few plain words.
        scores[turn] = sum(max(word.confidence, 0.0) ** 2 * sum(map(str.isalpha, word.text)) for word in words)
    return max(scores, key=lambda turn: scores[turn])


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
