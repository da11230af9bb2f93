"""An indicator of performance with its figures, as one row of a table states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """A figure as printed and as a number.

    ``value`` is None when the text is no single number ("WTP", "72 - 75", "n/a"); ``low`` and ``high`` bound a
    range or a limit ("72 - 75", "< 5": high 5), both inclusive as far as the text says. ``verified`` is False for
    figures read by OCR that nobody has confirmed. ``row`` and ``column`` (0-based) are its cell in the table's body.
    """

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    verified: bool = True
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator of one document.

    ``table`` is the 0-based number of the table in the document and ``row`` the 0-based body row there; ``page`` is
    where the row stands. ``targets`` and ``realisations`` map a year ("2024") or, where the table names no year, the
    column's own words ("kondisi akhir") to a figure. ``name`` is the text of the JSON field "indicator". ``key`` is
    the same for the same indicator under slightly different wording, across documents.
    """

    page: int
    name: str
    table: int
    row: int
    sasaran: str | None = None
    program: str | None = None
    activity: str | None = None
    unit: str | None = None
    baseline: Figure | None = None
    targets: Mapping[str, Figure] = field(default_factory=dict)
    realisations: Mapping[str, Figure] = field(default_factory=dict)
    key: str = ""
