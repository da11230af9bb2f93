"""Whether two texts in the same words tell the same figures: a report of the next year does not."""

from __future__ import annotations

import re
from typing import Literal

Figures = Literal["new", "kept", "unknown"]

FEW = 5
"""Figures below which a text says nothing by them."""
KEPT = 0.5
"""Share of a text's figures that the same text has still, and that of another year, whose figures are new, has not."""
NEARLY_ALL = 0.95
"""Share of them from which nothing was counted anew."""

_FIGURE = re.compile(r"(?<![\w.,/])(?!(?:19|20)\d\d\b)\d(?:[.,]?\d)+(?![\w/])")


def compare_figures(text: str, other: str) -> Figures:
    """Whether ``text`` has "new" figures where ``other`` has others, or "kept" its figures; years and single digits
    are none. "unknown" where it has few, or some are new.
    """
    own = set(_FIGURE.findall(text))
    shared = len(own & set(_FIGURE.findall(other)))
    if len(own) < FEW:
        return "unknown"
    return "new" if shared < KEPT * len(own) else "kept" if shared >= NEARLY_ALL * len(own) else "unknown"
