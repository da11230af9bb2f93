"""Whether two texts in the same words tell the same figures: a report of the next year does not."""

from __future__ import annotations

import re

FEW = 5
"""Figures below which a text says nothing by them."""
KEPT = 0.5
"""Share of a text's figures that the same text has still, and that of another year, whose figures are new, has not."""

_FIGURE = re.compile(r"(?<![\w.,/])(?!(?:19|20)\d\d\b)\d(?:[.,]?\d)+(?![\w/])")


def has_new_figures(text: str, other: str) -> bool:
    """Whether ``text`` has figures of its own where ``other`` has others; years and single digits are none."""
    own = set(_FIGURE.findall(text))
    return len(own) >= FEW and len(own & set(_FIGURE.findall(other))) < KEPT * len(own)
