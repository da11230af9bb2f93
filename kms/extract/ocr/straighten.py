"""How a picture lies: which of its points are ink, how many degrees it is skewed, and turning it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.picture import Picture, nearby

Mask = npt.NDArray[np.bool_]


PAPER = 200


def find_paper(picture: Picture, dpi: float) -> Picture:
    """How light the paper is around each point; a shaded cell counts as paper."""
    from PIL import Image, ImageFilter

    factor = max(2, round(dpi / 25))
    image = Image.fromarray(picture)
    lightest = Image.fromarray(nearby(np.asarray(image.reduce(factor)), 1, np.maximum))
    return np.asarray(lightest.filter(ImageFilter.BoxBlur(2)).resize(image.size, Image.Resampling.BILINEAR))


def find_paleness(picture: Picture, paper: Picture) -> Picture:
    """How light each point is beside the paper around it, which is `PAPER`."""
    return np.minimum(picture * np.float32(PAPER) / np.maximum(paper, 1), 255).astype(np.uint8)


def find_ink(picture: Picture, paper: Picture, share: float = 0.72) -> Mask:
    """Points darker than ``share`` of the paper around them (True is ink)."""
    # In a faded picture the darkest ink is grey, and so must the limit be nearer to the paper.
    darkest = float(np.percentile(picture[::4, ::4] / np.maximum(paper[::4, ::4], 1).astype(np.float32), 0.03))
    limit = share if darkest < 0.38 else min(darkest + 0.62 * (1 - darkest), 0.88)
    return np.asarray(picture < paper * np.float32(limit))


def find_skew(ink: Mask, limit: float = 6.0, points: int = 60_000) -> float:
    """By how many degrees lines of text fall to the right (clockwise positive), to 0.02; 0.0 for a page without text.

    The angle whose horizontal projection is the most uneven (Postl 1986), searched from coarse to fine.
    """
    rows, columns = np.nonzero(ink[::2, ::2])
    if len(rows) < 500:
        return 0.0
    step = max(1, len(rows) // points)
    y, x = rows[::step].astype(np.float32), columns[::step].astype(np.float32)
    best, width = 0.0, limit
    for pace in (0.5, 0.1, 0.02):
        angles = np.arange(best - width, best + width + pace / 2, pace)
        scores = [_unevenness(y - x * np.float32(np.tan(np.radians(angle)))) for angle in angles]
        best, width = float(angles[int(np.argmax(scores))]), pace
    return best if abs(best) < limit else 0.0


def _unevenness(positions: npt.NDArray[np.float32]) -> float:
    counts = np.bincount((positions - positions.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def rotate(picture: Picture, degrees: float) -> Picture:
    """The picture turned anticlockwise about its centre, its size kept, new corners filled with paper."""
    from PIL import Image

    paper = int(np.percentile(picture[::8, ::8], 90))
    image: Any = Image.fromarray(picture)
    return np.asarray(image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=paper), dtype=np.uint8)
