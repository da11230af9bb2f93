"""Of which year, quarter or condition the figures of a column are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from kms.extract.indicators.roles import FINAL, YEAR, Column, squeeze

_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:[-–—]|s\.?/?d\.?)\s*((?:19|20)\d\d)(?!\d)")
QUARTER = re.compile(r"\b(triwulan|tri\s?wulan|tw|semester|smt)\b\W*(?:ke\W*)?(iv|i{1,3}|[1-4])\b", re.I)
_UNTIL = re.compile(r"\bs\.?\s*[./]?\s*d\b|sampai dengan", re.I)
_BEFORE_REVISION = re.compile(r"sebelum|semula|murni")
_OF_ANOTHER_PLAN = re.compile(r"renstra|rpjmd|rpjmn|\brpd\b|proyeksi|prakiraan|perkiraan", re.I)
"""Beside another figure of the same year these keep their own words: what a year is held to is its own agreement."""
_ONLY_YEAR = re.compile(r"(?:tahun|th\.?)?\W*\d{4}\W*")
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_MONTH_NUMBER = re.compile(r"(?:\b(?:bulan|bln)|^b)\W*(?:ke\W*)?(\d{1,2})$", re.I)
_LAST_YEAR = re.compile(r"tahun(yang)?(lalu|sebelumnya)")


@dataclass(frozen=True)
class When:
    """What the document as a whole says of time: its year, or the first and last year of its period.

    ``reported``: it reports on that year, so that its last year is the one before; a plan's may be two before.
    """

    year: str | None = None
    period: tuple[int, int] | None = None
    reported: bool = False

    def years_of(self, heading: str) -> list[str]:
        """The years that a line of a heading names, the last year of a report among them."""
        if self.reported and self.year and _LAST_YEAR.search(squeeze(heading)):
            return YEAR.findall(heading) or [str(int(self.year) - 1)]
        return YEAR.findall(heading)


def label_columns(columns: list[Column], words: list[list[str]], caption: str, when: When) -> list[Column]:
    """Give figures the year their header names, else the caption's or the document's, else their own words."""
    in_caption = YEAR.findall(caption)
    if len(spans := set(_SPAN.findall(caption))) == 1:
        first, last = spans.pop()
        when = replace(when, period=(int(first), int(last)))
    default = in_caption[-1] if len(set(in_caption)) == 1 else when.year
    last_ordinal = max((_ordinal(words[column.index]) for column in columns), default=0)
    # "Target akhir Renstra (2021)" is the target of 2021, unless another column states that.
    named = Counter(year for c in columns if c.role == "target" for year in YEAR.findall(words[c.index][-1]))
    labelled: list[Column] = []
    taken: set[tuple[str, str]] = set()
    agreed = {
        (column.role, _time(parts, when, last_ordinal) or default)
        for column, parts in zip(columns, words, strict=True)
        if not _OF_ANOTHER_PLAN.search(" ".join(parts))
    }
    for column in columns:
        if column.role not in ("target", "realisation"):
            labelled.append(column)
            continue
        parts = words[column.index]
        own = " ".join(parts[-1].lower().split())
        kept = re.search(r"\bakhir|daerah|nasional|provinsi", own) or _BEFORE_REVISION.search(own)
        label = _time(parts, when, last_ordinal) or (own if kept else default or own)
        years = YEAR.findall(parts[-1])
        if label.startswith("target akhir") and len(years) == 1 and named[years[0]] == 1:
            label = years[0]
        yields = _OF_ANOTHER_PLAN.search(" ".join(parts)) and (column.role, label) in agreed
        if (yields or (column.role, label) in taken) and not _repeats(columns, column):
            longer = (" ".join(" ".join(parts[first:]).lower().split()) for first in range(len(parts) - 1, -1, -1))
            longer = (one for one in longer if not _ONLY_YEAR.fullmatch(one))
            label = next((one for one in longer if (column.role, one) not in taken), label)
        taken.add((column.role, label))
        labelled.append(Column(column.index, column.role, label, column.kinds))
    return labelled


def _time(parts: list[str], when: When, last_ordinal: int) -> str:
    """The time a header names: "2021", "s/d 2021", "triwulan II", "tahun ke-2", "kondisi akhir"; "" where it has none.

    A year that is only counted ("Tahun ke-2") is named where the document's period leaves one reading.
    """
    final = next((part for part in reversed(parts) if FINAL.search(squeeze(part))), "")
    if final:
        words = re.sub(r"\s*\(?(19|20)\d\d\)?", "", " ".join(final.lower().split())).strip()
        return "kondisi akhir" if words.startswith("kondisi") else words
    if quarter := QUARTER.search(" ".join(parts[-3:])):
        number = quarter[2].upper() if not quarter[2].isdigit() else ("I", "II", "III", "IV")[int(quarter[2]) - 1]
        until = "s/d " if _UNTIL.search(" ".join(parts[-3:])) else ""
        return f"{until}{'semester' if quarter[1].lower().startswith('s') else 'triwulan'} {number}"
    if month := month_of(parts[-1]):
        return month
    for part in reversed(parts):
        if years := when.years_of(part):
            return f"s/d {years[-1]}" if _UNTIL.search(part) else years[-1]
    if ordinal := _ordinal(parts):
        span = when.period[1] - when.period[0] + 1 if when.period else 0
        if when.period and last_ordinal in (span, span - 1):
            return str(when.period[0] + ordinal - 1 + (span - last_ordinal))
        return f"tahun ke-{ordinal}"
    return ""


def month_of(heading: str) -> str:
    """ "maret" of "Mar", "Bulan ke-3" or "B03"; "" where the heading is no month."""
    words = heading.strip(" .").lower()
    if number := _MONTH_NUMBER.search(words):
        return _MONTHS[int(number[1]) - 1] if 0 < int(number[1]) <= 12 else ""
    return next((month for month in _MONTHS if len(words) > 2 and month.startswith(words)), "")


def _ordinal(parts: list[str]) -> int:
    """2 of "Tahun ke-2", of "Tahun II / Target" or of a "2" under "Tahun ke-"; 0 where no year is counted so."""
    whole = " ".join(parts).lower()
    if not re.search(r"tahun|\bth", whole) or YEAR.search(whole):
        return 0
    matches = (re.fullmatch(r"(?:tahun|thn?)?\W*(?:ke)?\W*(\d|i{1,3}|iv|v)", squeeze(part)) for part in reversed(parts))
    match = next(filter(None, matches), None)
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}.get(match[1]) or int(match[1]) if match else 0


def _repeats(columns: list[Column], column: Column) -> bool:
    """Whether the column belongs to a second group of indicators, whose years begin anew."""
    return sum(other.role == "name" for other in columns if other.index < column.index) > 1
