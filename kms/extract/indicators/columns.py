"""What each column of a table holds, told from its header: context, indicator, unit, figures of which year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kms.extract.indicators.cells import INDICATOR

Rows = Sequence[Sequence[str]]
Role = Literal["context", "name", "unit", "baseline", "target", "realisation", "ratio", "other"]

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:[-–—]|s\.?/?d\.?)\s*((?:19|20)\d\d)(?!\d)")
_NOISE = re.compile(r"^(misi|tujuan|sasaran|program)\s*[\divx.]*\s*:", re.I)
_MONEY = re.compile(
    r"anggaran|pagu|dana|biaya|apbd|apbn|^rp\.?$|\(rp|^kebutuhan$|rupiah|^dak$|^dau$|bankeu|dbhcht|pajak"
)
# Of a heading over two columns, one of money and one of performance, these mark the latter.
_PHYSICAL = re.compile(r"^(target|realisasi|capaian|k|kinerja|fisik|volume|output|keluaran)\b|^(target|realisasi)")
_MIXED = re.compile(r"kinerja|capaian|fisik|program|keluaran")
_QUARTER = re.compile(r"\b(triwulan|tri\s?wulan|tw|semester|smt)\b\W*(?:ke\W*)?(iv|i{1,3}|[1-4])\b", re.I)
_NUMERAL = re.compile(r"(?:tw\W*|triwulan\W*)?(iv|i{1,3}|[1-4])", re.I)
_UNTIL = re.compile(r"\bs\.?\s*[./]?\s*d\b|sampai dengan", re.I)
_RATIO = re.compile(
    r"rasio|^%|%$|tingkat(capaian|realisasi|efisiensi|kemajuan)|persentasecapaian|capaiankinerja\(%|kriteria|predikat|efisiensi"
)
_FINAL = re.compile(r"(kondisi|capaian)?.{0,12}akhir(renstra|periode|rpjmd|\(|$)|kondisi.{0,20}akhir")
_BASE = re.compile(
    r"kondisi(kinerja)?(pada)?(tahun)?(awal|saatini|\(?(19|20)\d\d)|dataawal|baseline|(capaian|data)(pada)?(tahun)?awal|"
    r"tahundasar|awalperiode|awalperencanaan|eksisting|existing"
)
_TARGET = re.compile(
    r"target|rencana(capaian|tingkatcapaian)|^rencana(tahun)?\(?(19|20)\d\d\)?$|proyeksi|sasaranyangakandicapai"
)
_AIM = re.compile(r"sasaranyangakandicapai")
"""A target where no other column is one; beside a target the sasaran itself."""
_REALISED = re.compile(r"reali[sz]|capaian|pencapaian|hasilpengukuran")
_NAME = re.compile(r"indikator|indicator|tolo[ku]*kur|ukuran(keberhasilan|kinerja)")
_SECOND_NAME = re.compile(r"perjanjiankinerja|^output$|^keluaran$|^outcome$|outcome|^output|^keluaran")
_OTHER = re.compile(
    r"lokasi|keterangan|^ket\.?$|catatan|sumber|penanggung|formula|penjelasan|definisi|alasan|rumus|carapengukuran|"
    r"pengampu|unitkerja|perangkatdaerahpen|pdpen|jenis|kelompok|standar|spm|ikk|penjelasan|tipe|bobot|skor"
)
_ABOUT = re.compile(
    r"(formula(si)?|rumus|definisi(operasional)?|penjelasan|alasan|sumber(data)?|jenis|tipe|bobot)(ik|indikator)"
)
"""What is said of an indicator beside its name: "Formulasi Indikator"."""
_UNIT = re.compile(r"satuan|^unit$")
_NUMBERING = re.compile(r"^(no|nomor|kode|koderekening|kode.*|norut|nourut)\.?$")
_REVISION = re.compile(r"(sebelum|sesudah|setelah)(perubahan)?|semula|menjadi|(target)?murni|(target)?perubahan")
_BEFORE_REVISION = re.compile(r"sebelum|semula|murni")
_TICKS = ("v", "V", "x", "X", "√", "✓")
_KIND = re.compile(r"(outcome|output|input|masukan|keluaran|hasil|dampak|impact|manfaat|capaian)(program|kegiatan)?$")
_LEVELS = (
    ("activity part", "subkegiatan|suboutput"),
    ("program", "program|outcome|hasil"),
    ("activity", "kegiatan|output|keluaran"),
    ("input", "input|masukan"),
    ("sasaran", "sasaran"),
    ("tujuan", "tujuan"),
)
"""What indicators, and the figures beside them, belong to: "Target / Hasil" to "Indikator / Program (Outcome)"."""
_ONLY_LEVELS = re.compile(rf"(\W*({'|'.join(words for _, words in _LEVELS)})\W*)+")
_MEASURE = ("k", "kinerja", "fisik", "volume")
"""Beside a column of money, what is measured: "2022 / K", "2022 / Rp"."""
_CONTEXT = re.compile(r"sasaran|program|kegiatan|urusan|tujuan|aktivitas|misi")


@dataclass(frozen=True)
class Column:
    """One column: ``label`` is the year or the words its figures go under, "" where it needs none.

    ``numbered`` and ``with_unit``: the numbers of the rows, or the units, stand in the same column. ``below``: a
    sasaran that hangs on its program or activity ("Sasaran Program"), not above it.
    """

    index: int
    role: Role
    label: str = ""
    kinds: frozenset[str] = frozenset()
    numbered: bool = False
    with_unit: bool = False
    below: bool = False


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


@dataclass(frozen=True)
class When:
    """What the document as a whole says of time: its year, or the first and last year of its period."""

    year: str | None = None
    period: tuple[int, int] | None = None


def plan_columns(header: tuple[str, ...], rows: Rows, caption: str, when: When, reported: bool) -> Plan:
    """The roles of the columns, told by the header; by the rows only where no header says "indikator".

    ``when`` stands for columns that name no year; ``reported``: the document is a report.
    """
    words = [_parts(cell) for cell in header]
    columns = _without_halves([_column(number, parts) for number, parts in enumerate(words)], header, rows)
    columns = _settle_aims(_without_kinds(columns, words, rows), words)
    columns = _settle_volume(columns, words)
    columns = _settle_quarters(columns, words, rows)
    columns = _settle_years(columns, words, caption, reported)
    if not any(column.role == "name" for column in columns):
        targets = any(column.role == "target" for column in columns)
        seconds = [n for n, parts in enumerate(words) if targets and parts and _SECOND_NAME.search(squeeze(parts[-1]))]
        seconds = seconds or _indicators_by_rows(columns, rows)
        if not seconds:
            return Plan()
        columns[seconds[0]] = Column(seconds[0], "name")
    columns = _label(columns, words, caption, when)
    strands = _by_level(_strands(columns), words)
    if not _states_indicators(strands, columns):
        return Plan()
    return Plan(tuple(strands), tuple(columns))


def _without_kinds(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """In a budget form "Indikator" heads the kinds (input, output, result), and "Tolok Ukur" what is measured."""
    measured = next((n for n, parts in enumerate(words) if re.search(r"tolo[ku]*kur", squeeze(parts[-1]))), 0)
    if not measured or columns[measured].role != "name" or columns[measured - 1].role != "name":
        return columns
    kinds = [cell for row in rows if (cell := squeeze(row[measured - 1]))]
    if squeeze(words[measured - 1][-1]) != "indikator" and not all(map(_KIND.match, kinds)):
        return columns
    return [Column(column.index, "other") if column.index == measured - 1 else column for column in columns]


def _without_halves(columns: list[Column], header: Sequence[str], rows: Rows) -> list[Column]:
    """A second table drawn against the first one cuts its columns in two, of which the right half is empty."""

    def is_half(column: Column) -> bool:
        index = column.index
        if column.role not in ("name", "unit") or not index or header[index] != header[index - 1]:
            return False
        filled = [row for row in rows if row[index - 1].strip()]
        return sum(not row[index].strip() for row in filled) * 2 > len(filled)

    return [Column(column.index, "other") if is_half(column) else column for column in columns]


def _indicators_by_rows(columns: list[Column], rows: Rows) -> list[int]:
    """The column of "Uraian" or "Kinerja" whose cells nearly all begin as indicators do, beside one of targets."""
    if not any(column.role == "target" for column in columns):
        return []
    for column in columns:
        cells = [cell for row in rows if column.index < len(row) and (cell := row[column.index].strip())]
        if column.role in ("other", "context") and len(cells) > 1:
            begun = sum(bool(INDICATOR.match(cell)) for cell in cells)
            if begun * 5 >= len(cells) * 4:
                return [column.index]
    return []


def squeeze(text: str) -> str:
    """Without spaces, small: narrow columns break the words of a header anywhere."""
    return re.sub(r"\s+", "", text).lower()


def _parts(cell: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\s/\s", re.sub(r"\s*\((K|Rp)\.?\)$", r" / \1", cell))]
    return [part for part in parts if part and not _NOISE.match(part)] or [cell.strip()]


def _column(index: int, parts: list[str]) -> Column:
    last, whole = squeeze(parts[-1]), squeeze("/".join(parts))
    parents = squeeze("/".join(parts[:-1]))
    if not whole or _NUMBERING.match(whole):
        return Column(index, "other", label="code" if whole.startswith("kode") else "")
    role = _role(last, parents, whole)
    kinds = frozenset(kind for kind in ("tujuan", "sasaran", "program", "kegiatan", "misi", "urusan") if kind in whole)
    if role == "name" and parts[:-1] and not re.search(r"program|kegiatan|sasaran", last):
        kinds = frozenset(kind for kind in kinds if kind not in parents)
    below = bool(re.search(r"sasaran(program|kegiatan|subkegiatan)", last))
    return Column(
        index,
        role,
        kinds=frozenset({"sasaran"}) if below and role == "context" else kinds,
        numbered=bool(re.match(r"no\.?(?=indikator|program|sasaran|uraian|kegiatan)", whole)),
        with_unit=role == "name" and "satuan" in last,
        below=below,
    )


def _role(last: str, parents: str, whole: str) -> Role:
    """The last line of a header over two levels decides; what stands above it helps where it says too little."""
    if _is_money(last, parents):
        return "other"
    if re.search(r"targetspm|targetikk|targetnspk|targetindikatorlain", whole):
        return "other"
    if _ABOUT.match(last):
        return "other"
    if re.match(r"satuan(indikator|kinerja)", last):
        return "unit"
    if re.fullmatch(r"target(kinerja)?\W*(dan)?satuan\W*", last):
        return "target"
    if _UNIT.search(last) and not _CONTEXT.search(last) and not _NAME.search(last):
        return "unit"
    if (
        _TARGET.search(last)
        and not _NAME.search(last)
        and not re.match(r"(%|rasio|capaian|tingkat|\w*realisasi)", last)
    ):
        return "target"
    if _BASE.search(last) and not _NAME.search(last):
        return "baseline"
    if _FINAL.search(last):
        return "target"
    if _NAME.search(last):
        return "name"
    if _RATIO.search(last) or re.match(r"(rasio|%)", parents):
        return "ratio"
    if _REALISED.search(last) and not _FINAL.search(last):
        return "ratio" if re.match(r"(%|tingkat)?capaianrealis", last) and not YEAR.search(last) else "realisation"
    if (
        YEAR.search(last)
        or re.match(r"^(tahun|thn)?(ke-?)?\d$|^tahunn", last)
        or (re.fullmatch(r"i{1,3}|iv|v", last) and re.search(r"tahun(ke)?\W*$", parents))
        or last in _MEASURE
        or _REVISION.fullmatch(last)
        or (_NUMERAL.fullmatch(last) and re.search(r"triwulan|\btw|semester", parents))
        or re.fullmatch(r"(triwulan|tw|semester|smt)(ke)?-?(iv|i{1,3}|[1-4])", last)
        or (_ONLY_LEVELS.fullmatch(last) and re.search(r"(^|/)(target|realisasi)(kinerja)?$", parents))
    ):
        return _role_of_year(last, parents)
    if last in ("t", "tgt", "r", "real", "rls"):
        return "target" if last[0] == "t" else "realisation"
    if _OTHER.search(last):
        return "other"
    if _CONTEXT.search(last):
        return "name" if _NAME.search(parents) and "urusan" not in last else "context"
    if last in ("uraian", "nama") and _NAME.search(parents):
        return "name"
    return "other"


def _is_money(last: str, parents: str) -> bool:
    """Whether a column counts rupiah: "Target Kinerja dan Kerangka Pendanaan / 2019 / Rp", but not ".. / Target"."""
    if _NAME.search(last):
        return False
    if _MONEY.search(last):
        return True
    if not _MONEY.search(parents) or _NAME.search(parents):
        return False
    return not (_PHYSICAL.search(last) and _MIXED.search(parents))


def _role_of_year(last: str, parents: str) -> Role:
    if _RATIO.search(parents):
        return "ratio"
    if _TARGET.search(parents) or _FINAL.search(parents):
        return "target"
    if _BASE.search(parents):
        return "baseline"
    # Which of the two a bare year is, is settled by the other columns and the caption.
    return "realisation" if _REALISED.search(parents) else "other"


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


def _settle_volume(columns: list[Column], words: list[list[str]]) -> list[Column]:
    """ "Volume" and its unit say what is planned where nothing else does."""
    if any(column.role in ("target", "realisation") for column in columns):
        return columns
    return [
        Column(column.index, "target")
        if column.role == "other" and squeeze(words[column.index][-1]) == "volume"
        else column
        for column in columns
    ]


def _settle_quarters(columns: list[Column], words: list[list[str]], rows: Rows) -> list[Column]:
    """Bare "TW 1" to "TW 4" beside a target state its parts; a schedule has ticks there, or nothing."""
    roles = {column.role for column in columns}
    quarters = {c.index for c in columns if c.role == "other" and _QUARTER.fullmatch(" ".join(words[c.index]))}
    cells = [row[index].strip() for row in rows for index in quarters if index < len(row)]
    counted = any(re.search(r"\d\s*%?$", cell) for cell in cells) and not any(cell in _TICKS for cell in cells)
    if "target" not in roles or "realisation" in roles or not counted:
        return columns
    return [Column(column.index, "target") if column.index in quarters else column for column in columns]


def _settle_years(columns: list[Column], words: list[list[str]], caption: str, reported: bool) -> list[Column]:
    """Bare years are targets of a plan and realisations of a report; "capaian" between two conditions is a plan."""
    roles = {column.role for column in columns}
    bounded = any(_FINAL.search(squeeze(part)) for parts in words for part in parts) and "baseline" in roles
    planned = any(
        _TARGET.search(squeeze(part))
        for parts in words
        if not _FINAL.search(squeeze("/".join(parts)))
        for part in parts
    )
    told = squeeze(caption)
    settled = []
    for column, parts in zip(columns, words, strict=True):
        whole = squeeze("/".join(parts))
        last = squeeze(parts[-2] if len(parts) > 1 and squeeze(parts[-1]) in _MEASURE else parts[-1])
        bare = column.role == "other" and re.fullmatch(r"(tahun|thn\.?|th\.?)?\(?(19|20)\d\d\)?\**\)?", last)
        if bare and not _MONEY.search(whole):
            if bounded or _TARGET.search(told):
                column = Column(column.index, "target")
            elif reported or _REALISED.search(told) or planned:
                column = Column(column.index, "realisation")
            else:
                column = Column(column.index, "target")
        elif column.role == "realisation" and bounded and not planned and "realis" not in whole:
            column = Column(column.index, "target")
        elif column.role == "realisation" and last in ("capaian", "capaian%", "capaiankinerja", "%capaian"):
            realised = any("realis" in squeeze(part) for other in words for part in other)
            column = Column(column.index, "ratio" if realised else "realisation")
        elif column.role == "realisation" and "realis" not in last and any("realis" in squeeze(o[-1]) for o in words):
            column = Column(column.index, "ratio" if "capaian" in last else "realisation")
        settled.append(column)
    return settled


def _label(columns: list[Column], words: list[list[str]], caption: str, when: When) -> list[Column]:
    """Give figures the year their header names, else the caption's or the document's, else their own words."""
    in_caption = YEAR.findall(caption)
    if len(spans := set(_SPAN.findall(caption))) == 1:
        first, last = spans.pop()
        when = When(when.year, (int(first), int(last)))
    default = in_caption[-1] if len(set(in_caption)) == 1 else when.year
    last_ordinal = max((_ordinal(words[column.index]) for column in columns), default=0)
    # "Target akhir Renstra (2021)" is the target of 2021, unless another column states that.
    named = Counter(year for c in columns if c.role == "target" for year in YEAR.findall(words[c.index][-1]))
    labelled: list[Column] = []
    taken: set[tuple[str, str]] = set()
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
        if (column.role, label) in taken and not _repeats(columns, column):
            longer = (" ".join(" ".join(parts[first:]).lower().split()) for first in range(len(parts) - 1, -1, -1))
            label = next((one for one in longer if (column.role, one) not in taken), label)
        taken.add((column.role, label))
        labelled.append(Column(column.index, column.role, label, column.kinds))
    return labelled


def _time(parts: list[str], when: When, last_ordinal: int) -> str:
    """The time a header names: "2021", "s/d 2021", "triwulan II", "tahun ke-2", "kondisi akhir"; "" where it has none.

    A year that is only counted ("Tahun ke-2") is named where the document's period leaves one reading.
    """
    final = next((part for part in reversed(parts) if _FINAL.search(squeeze(part))), "")
    if final:
        words = re.sub(r"\s*\(?(19|20)\d\d\)?", "", " ".join(final.lower().split())).strip()
        return "kondisi akhir" if words.startswith("kondisi") else words
    if quarter := _QUARTER.search(" ".join(parts[-3:])):
        number = quarter[2].upper() if not quarter[2].isdigit() else ("I", "II", "III", "IV")[int(quarter[2]) - 1]
        until = "s/d " if _UNTIL.search(" ".join(parts[-3:])) else ""
        return f"{until}{'semester' if quarter[1].lower().startswith('s') else 'triwulan'} {number}"
    for part in reversed(parts):
        if years := YEAR.findall(part):
            return f"s/d {years[-1]}" if _UNTIL.search(part) else years[-1]
    if ordinal := _ordinal(parts):
        span = when.period[1] - when.period[0] + 1 if when.period else 0
        if when.period and last_ordinal in (span, span - 1):
            return str(when.period[0] + ordinal - 1 + (span - last_ordinal))
        return f"tahun ke-{ordinal}"
    return ""


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
    levels = [_level(words[strand.name.index]) for strand in strands]
    figures = strands[-1].figures
    if None in levels or len(set(levels)) < len(levels) or {_level(words[one.index]) for one in figures} != set(levels):
        return strands
    return [
        replace(strand, figures=tuple(one for one in figures if _level(words[one.index]) == level))
        for strand, level in zip(strands, levels, strict=True)
    ]


def _level(parts: list[str]) -> str | None:
    return next((level for level, names in _LEVELS if re.search(names, squeeze(parts[-1]))), None)


def _states_indicators(strands: list[Strand], columns: list[Column]) -> bool:
    """A list of indicators with nothing but ratios to other things (efficiency, staff) states none."""
    figures = any(strand.figures for strand in strands)
    ratios = any(column.role == "ratio" for column in columns)
    return figures or not ratios
