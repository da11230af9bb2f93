"""Columns whose heading alone says too little or too much: told by those beside them, their cells and the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kms.extract.indicators.cells import INDICATOR
from kms.extract.indicators.roles import FINAL, MEASURE, MONEY, REALISED, TARGET, YEAR, Column, role_above, squeeze
from kms.extract.indicators.times import QUARTER, When, month_of

Rows = Sequence[Sequence[str]]

_AIM = re.compile(r"sasaranyangakandicapai")
"""A target where no other column is one; beside a target the sasaran itself."""
_OUTPUT = re.compile(r"perjanjiankinerja|outcome|^output|^keluaran")
_VOLUME = re.compile(r"(volume|besaran|kuantitas|rencana)(/(volume|besaran|satuan))?")
_FIGURE = re.compile(r"[<>≥≤±]?\s*\d|[-–—]$|n/?a$|[A-D]{1,3}\b|W[TD]P", re.I)
_TICKS = ("v", "V", "x", "X", "√", "✓")
_KIND = re.compile(r"(outcome|output|input|masukan|keluaran|hasil|dampak|impact|manfaat|capaian)(program|kegiatan)?$")


def settle(
    columns: list[Column], header: Sequence[str], words: list[list[str]], rows: Rows, caption: str, when: When
) -> list[Column]:
    """The columns as they are to be read, given all of them."""
    columns = _settle_kinds(_settle_halves(columns, header, rows), words, rows)
    columns = _settle_volume(_settle_below(_settle_aims(columns, words), words, rows), words)
    columns = _settle_years(_settle_quarters(columns, words, rows), words, caption, when)
    return _settle_names(columns, words, rows)


def _settle_halves(columns: list[Column], header: Sequence[str], rows: Rows) -> list[Column]:
    """A second table drawn against the first one cuts its columns in two, of which the right half is empty."""

    def is_half(column: Column) -> bool:
        index = column.index
        if column.role not in ("name", "unit") or not index or header[index] != header[index - 1]:
            return False
        filled = [row for row in rows if row[index - 1].strip()]
        return sum(not row[index].strip() for row in filled) * 2 > len(filled)

    return [Column(column.index, "other") if is_half(column) else column for column in columns]


def _settle_kinds(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """In a budget form "Indikator" heads the kinds (input, output, result), and "Tolok Ukur" what is measured."""
    measured = next((n for n, parts in enumerate(words) if re.search(r"tolo[ku]*kur", squeeze(parts[-1]))), 0)
    if not measured or columns[measured].role != "name" or columns[measured - 1].role != "name":
        return columns
    kinds = [cell for row in rows if (cell := squeeze(row[measured - 1]))]
    if squeeze(words[measured - 1][-1]) != "indikator" and not all(map(_KIND.match, kinds)):
        return columns
    return [Column(column.index, "other") if column.index == measured - 1 else column for column in columns]


def _settle_aims(columns: list[Column], words: list[list[str]]) -> list[Column]:
    """ "Sasaran yang akan dicapai" heads what is to be reached where a target stands beside it."""
    aims = {
        column.index for column in columns if column.role == "target" and _AIM.search(squeeze(words[column.index][-1]))
    }
    if not any(column.role == "target" and column.index not in aims for column in columns):
        return columns
    return [
        Column(column.index, "context", kinds=frozenset({"sasaran"})) if column.index in aims else column
        for column in columns
    ]


def _settle_below(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """Figures under "Target" or "Realisasi" are such, whatever the line between says: "Target / Jan", ".. / Total"."""

    def holds_figures(column: Column) -> bool:
        cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
        return bool(cells) and all(map(_FIGURE.match, cells))

    return [
        Column(column.index, role_above(squeeze("/".join(words[column.index][:-1]))))
        if column.role == "unknown" and holds_figures(column)
        else column
        for column in columns
    ]


def _settle_volume(columns: list[Column], words: list[list[str]]) -> list[Column]:
    """ "Volume" and its unit, or "Rencana", say what is planned where nothing else does."""
    if any(column.role in ("target", "realisation") for column in columns):
        return columns
    return [
        Column(column.index, "target")
        if column.role == "unknown" and _VOLUME.fullmatch(squeeze(words[column.index][-1]))
        else column
        for column in columns
    ]


def _settle_quarters(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """Bare "TW 1" to "TW 4", or months, beside a target state its parts; a schedule has ticks there, or nothing."""

    def is_part(heading: str) -> bool:
        return bool(QUARTER.fullmatch(heading) or month_of(heading))

    roles = {column.role for column in columns}
    parts = {column.index for column in columns if column.role == "unknown" and is_part(" ".join(words[column.index]))}
    cells = [row[index].strip() for row in rows for index in parts if index < len(row)]
    counted = any(re.search(r"\d\s*%?$", cell) for cell in cells) and not any(cell in _TICKS for cell in cells)
    if "target" not in roles or "realisation" in roles or not counted:
        return columns
    return [Column(column.index, "target") if column.index in parts else column for column in columns]


def _settle_years(columns: list[Column], words: list[list[str]], caption: str, when: When) -> list[Column]:
    """Bare years are targets of a plan and realisations of a report; "capaian" between two conditions is a plan."""
    roles = {column.role for column in columns}
    bounded = any(FINAL.search(squeeze(part)) for parts in words for part in parts) and "baseline" in roles
    planned = any(
        TARGET.search(squeeze(part)) for parts in words if not FINAL.search(squeeze("/".join(parts))) for part in parts
    )
    told = squeeze(caption)
    settled = []
    for column, parts in zip(columns, words, strict=True):
        whole = squeeze("/".join(parts))
        last = squeeze(parts[-2] if len(parts) > 1 and squeeze(parts[-1]) in MEASURE else parts[-1])
        bare = column.role == "unknown" and re.fullmatch(r"(tahun|thn\.?|th\.?)?\(?(19|20)\d\d\)?\**\)?", last)
        if bare and not MONEY.search(whole):
            if bounded or TARGET.search(told):
                column = Column(column.index, "target")
            elif when.reported or REALISED.search(told) or planned:
                column = Column(column.index, "realisation")
            else:
                column = Column(column.index, "target")
        elif column.role == "realisation" and bounded and not planned and "realis" not in whole:
            column = Column(column.index, "target")
        elif column.role == "realisation" and last in ("capaian", "capaian%", "capaiankinerja", "%capaian"):
            realised = any("realis" in squeeze(part) for other in words for part in other)
            column = Column(column.index, "ratio" if realised else "realisation")
        elif column.role == "realisation" and "realis" not in last and any("realis" in squeeze(o[-1]) for o in words):
            ratio = "capaian" in last and not _was_reached_before(parts[-1], words, when)
            column = Column(column.index, "ratio" if ratio else "realisation")
        settled.append(column)
    return settled


def _was_reached_before(heading: str, words: list[list[str]], when: When) -> bool:
    """Whether "Capaian 2022" beside "Realisasi 2023" is what was reached in 2022: neither it nor its like a ratio."""

    def said(text: str) -> str:
        return YEAR.sub("", squeeze(text))

    realised = {year for parts in words if "realis" in squeeze(parts[-1]) for year in _years(parts, when)}
    alike = {year for parts in words if said(parts[-1]) == said(heading) for year in when.years_of(parts[-1])}
    return bool(alike) and not alike & realised and "%" not in heading


def _years(parts: list[str], when: When) -> list[str]:
    named = [year for part in parts for year in when.years_of(part)]
    return named or [when.year or ""]


def _settle_names(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """Where no heading says "indikator", "Output" beside a target does, or a column whose cells begin as they do."""
    roles = {column.role for column in columns}
    if "name" in roles or "target" not in roles:
        return columns
    outputs = [n for n, parts in enumerate(words) if _OUTPUT.search(squeeze(parts[-1]))]
    named = (outputs or _indicators_by_rows(columns, rows))[:1]
    return [Column(column.index, "name") if column.index in named else column for column in columns]


def _indicators_by_rows(columns: list[Column], rows: Rows) -> list[int]:
    """The column of "Uraian" or "Kinerja" whose cells nearly all begin as indicators do."""
    for column in columns:
        cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
        if column.role in ("other", "unknown", "context") and len(cells) > 1:
            begun = sum(bool(INDICATOR.match(cell)) for cell in cells)
            if begun * 5 >= len(cells) * 4:
                return [column.index]
    return []
