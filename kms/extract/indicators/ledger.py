"""Indicators out of the tables of a document, each with the sasaran, program and activity it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kms.extract.indicators.cells import (
    INDICATOR,
    begins_budget,
    clean_name,
    holds_program,
    is_budget,
    is_total,
    join_broken,
    level_of,
    next_program,
    split_figures,
    split_names,
    split_program,
    split_run_together,
    split_unit,
    starts_program,
    without_column_numbers,
)
from kms.extract.indicators.columns import Plan, Strand, plan_columns
from kms.extract.indicators.figures import read_figure, unit_of
from kms.extract.indicators.keys import indicator_key
from kms.extract.indicators.roles import YEAR, Column, squeeze
from kms.extract.indicators.times import When
from kms.model import Figure, Indicator, Page, Table, Tag

LONGEST_NAME = 400
REPORTS = ("lkip", "lkpj", "evaluasi")


@dataclass
class Context:
    """Where in the chain of sasaran, program and activity the rows being read stand."""

    sasaran: str | None = None
    program: str | None = None
    activity: str | None = None

    def enter(self, level: str, text: str) -> None:
        """A new link of the chain; those below an own new one no longer hold."""
        text = join_broken(re.sub(r"^\W*(?:\d{1,2}[.)]\s*)?", "", text).strip()) or text
        if level == "sasaran" and text != self.sasaran:
            self.sasaran, self.program, self.activity = (
                re.sub(r"^sasaran(?:\s\w+){0,2}\s*[.:]\s*", "", text, flags=re.I),
                None,
                None,
            )
        elif level == "program" and text != self.program:
            self.program, self.activity = text, None
        elif level == "activity":
            self.activity = text


@dataclass
class Reading:
    """One table being read."""

    number: int
    table: Table
    plan: Plan
    context: Context
    found: list[Indicator] = field(default_factory=list)


def find_indicators(
    tables: tuple[Table, ...], pages: tuple[Page, ...], tags: Sequence[Tag] = ()
) -> tuple[Indicator, ...]:
    """Every indicator that a table states, in the order of tables and rows.

    ``tags`` are the document's: its year stands for columns that name none, its type tells whether bare years are
    targets or realisations. A table without a column of indicators gives none. Figures read by OCR are not verified.
    """
    when = _when(tags)
    readings: list[Reading] = []
    before: Reading | None = None
    for number, table in enumerate(tables):
        table = with_header(replace(table, rows=tuple(map(without_column_numbers, table.rows))))
        if before and _is_headless(table, before.table):
            table = replace(table, header=before.table.header)
        plan = plan_columns(table.header, table.rows, table.caption or "", when)
        if not plan.strands:
            before = None
            continue
        goes_on = before is not None and not table.caption and continues(before.table, table)
        context = replace(before.context) if before and goes_on else Context()
        # A later page may still bear last year's header; the first one, under the caption, holds for all.
        plan = before.plan if before and goes_on else plan
        reading = Reading(number, table, plan, context)
        for row in range(len(table.rows)):
            if begins_budget(table.rows[row]):
                break
            read_row(reading, row, before if goes_on and row == 0 else None)
        readings.append(reading)
        before = reading
    return tuple(indicator for reading in readings for indicator in reading.found)


def _when(tags: Sequence[Tag]) -> When:
    year = next((tag.value for tag in tags if tag.name == "year"), None)
    first, _, last = next((tag.value for tag in tags if tag.name == "period"), "").partition("-")
    reported = any(tag.name == "type" and tag.value in REPORTS for tag in tags)
    return When(year, (int(first), int(last)) if first.isdecimal() and last.isdecimal() else None, reported)


def with_header(table: Table) -> Table:
    """The table with the header that its first rows hold where it was not told apart from the body."""
    if any(cell.strip() for cell in table.header) and _names_columns(table.header):
        return table
    for count, row in enumerate(table.rows[:3]):
        if _names_columns(row):
            above = [table.rows[n] for n in range(count)]
            header = tuple(_stacked([*(up[i] for up in above), cell]) for i, cell in enumerate(row))
            kept = table.rows[count + 1 :]
            return replace(
                table,
                header=header,
                rows=(("",) * len(row),) * (count + 1) + kept,
            )
    return table


def _names_columns(cells: tuple[str, ...]) -> bool:
    told = [squeeze(cell) for cell in cells]
    return (
        any("indikator" in cell for cell in told)
        and any(re.search(r"target|satuan|realisasi|sasaran|program|tahun|(19|20)\d\d", cell) for cell in told)
        and max((len(cell) for cell in told), default=0) < 90
    )


def _stacked(cells: list[str]) -> str:
    return " / ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))


def _is_headless(table: Table, before: Table) -> bool:
    """Whether a table goes on from the page before without repeating its header, so that a row was taken for one."""
    near = 0 <= table.page - before.pages[-1] <= 1 and not table.caption
    if not table.header:
        first = table.rows[0] if table.rows else ()
        return near and len(first) == len(before.header) and not _names_columns(first)
    return (
        near
        and len(table.header) == len(before.header)
        and not _names_columns(table.header)
        and (
            sum(bool(cell.strip()) for cell in table.header) < len(table.header)
            or any(re.match(r"[\d≥≤<>]", cell.strip()) for cell in table.header)
        )
    )


def continues(before: Table, table: Table) -> bool:
    """Whether a table without a caption goes on where the one before ended: the same columns, on the next page."""
    same = [squeeze(YEAR.sub("", cell)) for cell in before.header] == [
        squeeze(YEAR.sub("", cell)) for cell in table.header
    ]
    return same and 0 <= table.page - before.pages[-1] <= 1


def read_row(reading: Reading, number: int, before: Reading | None) -> None:
    """Add the indicators of one row; remember the context that it sets."""
    table, row = reading.table, reading.table.rows[number]
    if not any(cell.strip() for cell in row) or _is_header(row, table.header):
        return
    if is_total(next(cell for cell in row if cell.strip())) or is_total(_cell(row, reading.plan.strands[0].name)):
        return
    if _joins(reading, number, before):
        return
    for place, strand in enumerate(reading.plan.strands):
        _enter_context(reading, strand, number)
        read_strand(reading, _with_figures(strand, reading.plan.strands[place + 1 :], row), number)


def _with_figures(strand: Strand, following: Sequence[Strand], row: tuple[str, ...]) -> Strand:
    """Outcome and output side by side share the figures at their right, in rows that have only one of the two."""
    if strand.figures or not following or row[following[0].name.index].strip():
        return strand
    return replace(strand, figures=following[0].figures, unit=strand.unit or following[0].unit)


def read_strand(reading: Reading, strand: Strand, number: int) -> None:
    """Add the indicators that one group of columns states in one row."""
    row = reading.table.rows[number]
    text = _name_cell(strand, row)
    program, name = _own_context(strand, text)
    if program:
        reading.context.enter("program", program)
    following = next_program(name)
    name = name.removesuffix(following)
    raw, name = name, clean_name(name, strand.name.numbered)
    if not name or is_budget(name) or is_total(name) or not re.search(r"[A-Za-z]{2}", name) or len(name) > LONGEST_NAME:
        return
    figures = {column.index: row[column.index].strip() for column in strand.figures}
    if strand.figures and not any(figures.values()) and "sasaran" in strand.name.kinds and _is_sasaran(name):
        reading.context.enter("sasaran", name)
        return
    if strand.figures and not any(figures.values()) and not _may_stand_alone(reading, strand, number, name):
        return
    if _is_repeat(reading, strand, number):
        return
    parts = [raw] if strand.name.numbered else split_names(raw)
    parts = parts if len(parts) > 1 else split_run_together(raw, list(figures.values()))
    names = [part for part in map(clean_name, parts) if part] if len(parts) > 1 else [name]
    shares = {index: split_figures(figure, len(names)) for index, figure in figures.items()}
    if any(figures.values()) and not any(len(share) > 1 and share[0] != figures[i] for i, share in shares.items()):
        names, shares = [name], {index: [figure] for index, figure in figures.items()}
    unit = " ".join(row[strand.unit.index].split()) if strand.unit else ""
    units = unit.split() if len(unit.split()) == len(names) else [unit] * len(names)
    for part, one in enumerate(names):
        mine = {index: share[part] for index, share in shares.items()}
        reading.found.append(_indicator(reading, strand, number, one, units[part], mine))
    if following:
        reading.context.enter("program", split_program(following.strip())[0])


def _indicator(
    reading: Reading, strand: Strand, number: int, name: str, unit: str, figures: dict[int, str]
) -> Indicator:
    table = reading.table
    if strand.name.with_unit:
        name, unit = split_unit(name)
    money = bool(re.match(r"rp", unit, re.I))
    read = {
        column: replace(
            read_figure(figures[column.index], money),
            verified=table.source == "text",
            row=number,
            column=column.index,
        )
        for column in strand.figures
        if figures[column.index]
    }
    targets = {column.label: figure for column, figure in read.items() if column.role == "target"}
    realised = {column.label: figure for column, figure in read.items() if column.role == "realisation"}
    # Of conditions in several years before the plan, it starts from the last.
    baseline = next((figure for column, figure in reversed(read.items()) if column.role == "baseline"), None)
    return Indicator(
        page=table.row_pages[number] if number < len(table.row_pages) else table.page,
        name=name,
        table=reading.number,
        row=number,
        sasaran=reading.context.sasaran,
        program=reading.context.program,
        activity=reading.context.activity,
        unit=_unit(unit, name, read.values()),
        baseline=baseline,
        targets=targets,
        realisations=realised,
        key=indicator_key(name),
    )


def _unit(column: str, name: str, figures: Iterable[Figure]) -> str | None:
    if column and column != "-":
        return "%" if re.fullmatch(r"(?:%\s*)+|persen|prosen|pe?r[eos]*[en]*tase", column, re.I) else column
    for figure in figures:
        if unit := unit_of(figure.text):
            return unit
    return "%" if re.match(r"^\W*(%|pe?r[oe]?sentase|persantase)", name, re.I) else None


def _name_cell(strand: Strand, row: tuple[str, ...]) -> str:
    """The cell of the indicator; in a row whose columns are swapped it stands one further."""
    name = row[strand.name.index].strip()
    following = strand.name.index + 1
    if name and following < len(row) and len(name.split()) <= 3 and not INDICATOR.match(name):
        other = row[following].strip()
        told = {column.index for column in (*strand.figures, *strand.context)}
        if following not in told and INDICATOR.match(other) and len(other) > len(name):
            return other
    return name


def _own_context(strand: Strand, text: str) -> tuple[str, str]:
    """(program, indicator) of the name's own cell, where the column holds both."""
    if "program" in strand.name.kinds or starts_program(text) or holds_program(text):
        return split_program(re.sub(r"^\s*(?:\d{1,2}|[IVX]+)[.)]?\s+(?=program\b)", "", text, flags=re.I))
    return "", text


def _enter_context(reading: Reading, strand: Strand, number: int) -> None:
    row = reading.table.rows[number]
    group = reading.table.groups[number] if number < len(reading.table.groups) else None
    if group and (level := level_of(group)):
        current = reading.context.sasaran if level == "sasaran" else reading.context.program
        if current is None or current not in group:
            reading.context.enter(level, group)
    for column in strand.context:
        text = " ".join(row[column.index].split())
        if not text or not re.search(r"[A-Za-z]{3}", text) or text.lower() == "total":
            continue
        text = re.sub(r"^\s*\(?\d{1,2}[.)]?\s+(?=[A-Za-z])|\s*\(\d+\)$", "", text)
        level = level_of(text) or _level_of_column(column, row, strand, reading)
        if column.below:
            reading.context.sasaran = join_broken(text)
        elif level:
            reading.context.enter(level, text)


def _level_of_column(column: Column, row: tuple[str, ...], strand: Strand, reading: Reading) -> str | None:
    """What the words do not say: by the column's header, and by whether its other cells begin with "Program"."""
    kinds = column.kinds
    if "kegiatan" in kinds and "program" in kinds:
        named = any(starts_program(other[column.index]) for other in reading.table.rows)
        numbered = column.index > 0 and bool(
            re.fullmatch(r"\d{1,2}\.?|[IVX]+\.?|[A-Z]\.?", row[column.index - 1].strip())
        )
        return "activity" if named or not numbered else "program"
    if "kegiatan" in kinds:
        return "activity"
    if "program" in kinds:
        return "program"
    return "sasaran" if "sasaran" in kinds else None


def _is_repeat(reading: Reading, strand: Strand, number: int) -> bool:
    """A cell merged over several rows states its indicator once, unless a figure of its own stands beside it.

    Where strands stand side by side, what hangs on one indicator of the left is listed beside it written out again.
    """
    boxes, rows = reading.table.cell_boxes, reading.table.rows
    if number == 0:
        return False
    merged = number < len(boxes) and boxes[number][strand.name.index] is None
    columns = [strand.name.index, *(column.index for column in strand.figures)]
    if len(reading.plan.strands) > 1:
        columns += [column.index for column in strand.context]
    elif not merged:
        return False
    return all(rows[number][index] == rows[number - 1][index] for index in columns)


def _may_stand_alone(reading: Reading, strand: Strand, number: int, name: str) -> bool:
    """A row without figures is an indicator when it says so by its first word or by its number."""
    row = reading.table.rows[number]
    numbered = any(re.fullmatch(r"\d{1,2}\.?", row[index].strip()) for index in range(strand.name.index))
    if "program" in strand.name.kinds:
        return False
    return bool(INDICATOR.match(name)) or (numbered and len(name.split()) > 1)


def _is_sasaran(name: str) -> bool:
    """In a column "Sasaran/Indikator", a row without figures that begins as no measure does: "Meningkatnya ..."."""
    return not INDICATOR.match(name) or bool(re.match(r"\W*(me|ter|ber)\w+nya\b", name, re.I))


def _joins(reading: Reading, number: int, before: Reading | None) -> bool:
    """The rest of a name that a page break cut off is put to the indicator it belongs to."""
    row = reading.table.rows[number]
    filled = [index for index, cell in enumerate(row) if cell.strip()]
    if len(filled) != 1:
        return False
    source = before or reading
    last = _last_named_in(source, filled[0])
    rest = row[filled[0]].strip()
    if last is None or INDICATOR.match(rest) or (not rest[:1].islower() and before is None):
        return False
    name = join_broken(f"{last.name} {rest}")
    source.found[source.found.index(last)] = replace(last, name=name, key=indicator_key(name))
    return True


def _last_named_in(source: Reading, column: int) -> Indicator | None:
    """The last indicator whose name stands in that column, be it because the row's columns are swapped."""
    strands = source.plan.strands
    place = next((n for n, strand in enumerate(strands) if strand.name.index == column), None)
    if place is not None:
        mine = [one for one in source.found if len(strands) == 1 or _strand_of(source, one) == place]
        return mine[-1] if mine else None
    last = source.found[-1] if source.found else None
    named = last is not None and column < len(source.table.rows[last.row]) and source.table.rows[last.row][column]
    return last if last and named and squeeze(named) == squeeze(last.name) else None


def _strand_of(reading: Reading, indicator: Indicator) -> int:
    figures = [*indicator.targets.values(), *indicator.realisations.values()]
    columns = {figure.column for figure in figures}
    for place, strand in enumerate(reading.plan.strands):
        if columns & {column.index for column in strand.figures}:
            return place
    return 0


def _cell(row: tuple[str, ...], column: Column) -> str:
    return row[column.index].strip()


def _is_header(row: tuple[str, ...], header: tuple[str, ...]) -> bool:
    """A header repeated in the body, or its row of column numbers."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) > 2 and all(re.fullmatch(r"\(?\s*\d[\d\s]{0,3}\)?(?:\s*=.*)?", cell) for cell in filled):
        return [int(re.sub(r"\D", "", cell.split("=")[0])) for cell in filled] == sorted(
            int(re.sub(r"\D", "", cell.split("=")[0])) for cell in filled
        )
    same = sum(bool(cell.strip()) and squeeze(cell) in squeeze(head) for cell, head in zip(row, header, strict=False))
    return len(filled) > 1 and same == len(filled)
