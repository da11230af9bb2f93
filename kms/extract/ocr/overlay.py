"""Ink paler than print, of a stamp or a pen, taken off the print that it lies over."""

from __future__ import annotations

import numpy as np

from kms.extract.ocr.picture import Picture, nearby
from kms.extract.ocr.straighten import PAPER

INK = 165  # of 200, paper; what is darker is ink of some kind
APART = 22  # of 200: by how much such ink is at least paler than print
NEAR = 5  # pixels; the edges of print within half of that are paler than print themselves
LEAST = 0.06  # of all ink that must be such ink, away from print


def without_paler_ink(part: Picture) -> Picture | None:
    """A cell's picture with nothing but its darkest ink; None where no paler ink lies beside or over that."""
    paper = float(np.percentile(part, 85))
    light = np.minimum(part * np.float32(PAPER) / max(paper, 1.0), 255).astype(np.uint8)
    ink = light < INK
    if ink.sum() < 30:
        return None
    print_ = float(np.percentile(light[ink], 4))
    darkest = nearby(light, NEAR // 2, np.minimum)
    paler = ink & (darkest > print_ + APART)
    if paler.sum() < LEAST * ink.sum():
        return None
    limit = float(np.percentile(darkest[paler], 15)) - 5
    if limit < print_ + APART:
        return None
    stretched = (light.astype(np.float32) - print_) * (paper / (limit - print_))
    return np.asarray(np.clip(stretched, 0, paper), dtype=np.uint8)
