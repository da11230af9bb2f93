"""How a table is to be read: its columns by role, and the indicators with the columns that belong to each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kms.extract.indicators.ambiguous import Rows, settle
from kms.extract.indicators.roles import Column, column_of, counts_money, level_of_heading, parts_of
from kms.extract.indicators.times import When, label_columns


@dataclass(frozen=True)
class Strand:
    """A column of indicators with the columns that belong to it; a table may have several side by side."""

    name: Column
    context: tuple[Column, ...] = ()
    unit: Column | None = None
    figures: tuple[Column, ...] = ()
    code: Column | None = None


@dataclass(frozen=True)
class Plan:
    """How a table is to be read. ``strands`` is empty when it states no indicators."""

    strands: tuple[Strand, ...] = ()
    columns: tuple[Column, ...] = field(default=())


def plan_columns(header: tuple[str, ...], rows: Rows, caption: str, when: When) -> Plan:
    """The roles of the columns, told by the header; by the rows only where no header says "indikator".

    ``when`` stands for columns that name no year.
    """
    words = [parts_of(cell) for cell in header]
    money = [parts[:-1] for parts in words if counts_money(parts)]
    columns = [column_of(number, parts, parts[:-1] in money) for number, parts in enumerate(words)]
    columns = settle(columns, header, words, rows, caption, when)
    if not any(column.role == "name" for column in columns):
        return Plan()
    columns = label_columns(columns, words, caption, when)
    strands = _by_level(_strands(columns), words)
    if not _states_indicators(strands, columns):
        return Plan()
    return Plan(tuple(strands), tuple(columns))


def _strands(columns: list[Column]) -> list[Strand]:
    names = [column for column in columns if column.role == "name"]
    strands = []
    for number, name in enumerate(names):
        end = names[number + 1].index if number + 1 < len(names) else len(columns)
        start = names[number - 1].index + 1 if number else 0
        mine = [column for column in columns if name.index < column.index < end]
        figures = [column for column in mine if column.role in ("baseline", "target", "realisation")]
        if not figures and len(names) == 1:
            figures = [column for column in columns if column.role in ("baseline", "target", "realisation")]
        units = [column for column in mine if column.role == "unit"] or [
            column for column in columns if column.role == "unit" and len(names) == 1
        ]
        before = [column for column in columns if column.role == "context" and column.index < name.index]
        nearer = [column for column in before if column.index >= start]
        context = {(column.kinds, column.below): column for column in before + nearer if column.kinds}
        if len(names) == 1:
            for column in columns:
                if column.role == "context" and column.index > name.index and "sasaran" in column.kinds:
                    context.setdefault((column.kinds, column.below), column)
        code = next((column for column in columns if column.label == "code"), None)
        kept = tuple(dict.fromkeys(context.values()))
        strands.append(Strand(name, kept, units[0] if units else None, tuple(figures), code))
    return strands


def _by_level(strands: list[Strand], words: list[list[str]]) -> list[Strand]:
    """Indicators of several levels side by side, and then their figures: each strand takes those of its own level."""
    if len(strands) < 2 or any(strand.figures for strand in strands[:-1]):
        return strands
    levels = [level_of_heading(words[strand.name.index]) for strand in strands]
    beside = [(one, level_of_heading(words[one.index])) for one in strands[-1].figures]
    if None in levels or len(set(levels)) < len(levels) or {level for _, level in beside} != set(levels):
        return strands
    return [
        replace(strand, figures=tuple(one for one, its_level in beside if its_level == level))
        for strand, level in zip(strands, levels, strict=True)
    ]


def _states_indicators(strands: list[Strand], columns: list[Column]) -> bool:
    """A list of indicators with nothing but ratios to other things (efficiency, staff) states none."""
    figures = any(strand.figures for strand in strands)
    ratios = any(column.role == "ratio" for column in columns)
    return figures or not ratios
