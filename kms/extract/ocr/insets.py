"""Pictures of print on pages that have text of their own: a scanned table pasted in, a scan with a signed foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kms.extract.ocr.orientation import alternation
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.straighten import find_ink, find_paper
from kms.extract.ocr.values import OcrGrid, OcrLine, OcrPage
from kms.model import Box

LEAST = 0.08  # of the page; smaller pictures are logos, signatures and photographs
MOST_TEXT = 0.4  # of its height along which the page's own lines may cover a picture that is to be read
LINED = 1.25  # how much more unevenly print is spread over rows than over columns
PALE = 0.6  # of a picture that is paper, where it is one of print
SURE = 0.8  # mean confidence, of at least FEWEST words
LEGIBLE = 0.5  # the same of a scan of the whole page, on which a stamp or a line of text was put
FEWEST = 6


def inset_boxes(pictures: Sequence[Box], printed: Sequence[Box], width: float, height: float) -> list[Box]:
    """The pictures that may hold print of their own: large enough, and not covered with lines of the page's text.

    Boxes are points of the page as displayed, which is ``width`` x ``height``; so are those given back, cut to it.
    """
    found = []
    for x0, top, x1, bottom in pictures:
        box = (max(x0, 0.0), max(top, 0.0), min(x1, width), min(bottom, height))
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide <= 0 or high <= 0 or wide * high < LEAST * width * height:
            continue
        inside = [line for line in printed if line[0] < box[2] and line[2] > box[0]]
        covered = sum(max(0.0, min(line[3], box[3]) - max(line[1], box[1])) for line in inside)
        if covered <= MOST_TEXT * high:
            found.append(box)
    return found


def only_insets(picture: Picture, dpi: float, boxes: Sequence[Box], printed: Sequence[Box]) -> Picture | None:
    """The rendered page with nothing on it but what stands in ``boxes`` and is not ``printed``; None for no print."""
    scale = dpi / 72
    clean = np.full_like(picture, int(np.percentile(picture[::8, ::8], 90)))
    for x0, top, x1, bottom in boxes:
        part = slice(round(top * scale), round(bottom * scale)), slice(round(x0 * scale), round(x1 * scale))
        if not picture[part].size or not np.mean(picture[part][::4, ::4] > 170) >= PALE:
            continue
        clean[part] = picture[part]
    edge = 1.5
    for x0, top, x1, bottom in printed:
        rows = slice(max(round((top - edge) * scale), 0), max(round((bottom + edge) * scale), 0))
        columns = slice(max(round((x0 - edge) * scale), 0), max(round((x1 + edge) * scale), 0))
        part_of = clean[rows, columns]
        if part_of.size:
            part_of[:] = int(np.percentile(part_of, 90))
    rows_alternate, columns_alternate = alternation(find_ink(clean, find_paper(clean, dpi)), dpi)
    if not rows_alternate or LINED * min(rows_alternate, columns_alternate) > max(rows_alternate, columns_alternate):
        return None
    return clean


def legible(seen: OcrPage, whole: bool = False) -> tuple[list[OcrLine], list[OcrGrid]]:
    """What of an inset was read well enough to stand beside the page's own text: lines, and grids that hold words.

    ``whole``: the picture is one of the page, so that it is print, however poor.
    """
    words = [word for word in seen.words if len(word.text) > 1]
    if len(words) < FEWEST or sum(word.confidence for word in words) < (LEGIBLE if whole else SURE) * len(words):
        return [], []
    return list(seen.lines), [grid for grid in seen.grids if any(cell.text for cell in grid.cells)]
