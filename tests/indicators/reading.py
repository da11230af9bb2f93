"""Tables as the reader hands them over, and the indicators found in them."""

from __future__ import annotations

from kms.extract.indicators import find_indicators
from kms.model import Indicator, Table, Tag


def table(header: tuple[str, ...], *rows: tuple[str, ...], caption: str = "Tabel 1", page: int = 1) -> Table:
    return Table(
        page, (page,), caption or None, header, rows, (0, 0, 1, 1),
        row_pages=(page,) * len(rows), cell_boxes=tuple(tuple((0.0, 0.0, 1.0, 1.0) for _ in row) for row in rows),
    )  # fmt: skip


def found(kind: str, *tables: Table, year: str = "2022", period: str = "") -> list[Indicator]:
    when = Tag("period", period) if period else Tag("year", year)
    return list(find_indicators(tables, (), (Tag("type", kind), when)))


def targets(indicator: Indicator) -> dict[str, str]:
    return {when: figure.text for when, figure in indicator.targets.items()}


def realised(indicator: Indicator) -> dict[str, str]:
    return {when: figure.text for when, figure in indicator.realisations.items()}
