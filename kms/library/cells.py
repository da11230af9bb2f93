"""Cells of tables as they go into files for spreadsheets, where none may act as a formula."""

from __future__ import annotations

import re

FORMULA = re.compile(r"[\t\r]|\s*(?:[=@＝＠]|[+＋－-].*(?:[|!]|\w\())", re.DOTALL)
"""What a spreadsheet may act on: an equals sign, or after a sign a function or another program. Numbers, and words
after a dash as in lists, are left as they are."""


def harmless(cell: str) -> str:
    """``cell``, after an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell
