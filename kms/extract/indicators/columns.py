"""What each column of a table holds, told from its header: context, indicator, unit, figures of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["context", "name", "unit", "baseline", "target", "realisation", "ratio", "other"]

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NOISE = re.compile(r"^(misi|tujuan|sasaran|program)\s*[\divx.]*\s*:", re.I)
_MONEY = re.compile(
    r"anggaran|pagu|dana|biaya|apbd|apbn|^rp\.?$|\(rp|^kebutuhan$|rupiah|^dak$|^dau$|bankeu|dbhcht|pajak"
)
_RATIO = re.compile(
    r"rasio|^%|%$|tingkat(capaian|efisiensi|kemajuan)|persentasecapaian|capaiankinerja\(%|kriteria|predikat|efisiensi"
)
_FINAL = re.compile(r"(kondisi|capaian)?.{0,12}akhir(renstra|periode|rpjmd|\(|$)|kondisi.{0,20}akhir")
_BASE = re.compile(
    r"kondisi(kinerja)?(pada)?(tahun)?(awal|eksisting|existing|saatini|\(?(19|20)\d\d)|dataawal|baseline|capaianawal|"
    r"tahundasar|awalperiode|awalperencanaan|dataeksisting"
)
_TARGET = re.compile(r"target|rencana(capaian|tingkatcapaian)|sasaranyangakandicapai")
_REALISED = re.compile(r"reali[sz]|capaian|pencapaian|hasilpengukuran")
_NAME = re.compile(r"indikator|indicator|tolo[ku]*kur")
_SECOND_NAME = re.compile(r"perjanjiankinerja|^output$|^keluaran$|^outcome$|outcome|^output|^keluaran")
_OTHER = re.compile(
    r"lokasi|keterangan|^ket\.?$|catatan|sumber|penanggung|formula|penjelasan|definisi|alasan|rumus|carapengukuran|"
    r"pengampu|unitkerja|perangkatdaerahpen|pdpen|jenis|kelompok|standar|spm|ikk|penjelasan|tipe|bobot|skor"
)
_UNIT = re.compile(r"satuan|^unit$")
_NUMBERING = re.compile(r"^(no|nomor|kode|koderekening|kode.*|norut|nourut)\.?$")
_CONTEXT = re.compile(r"sasaran|program|kegiatan|urusan|tujuan|aktivitas|misi")


@dataclass(frozen=True)
class Column:
    """One column: ``label`` is the year or the words its figures go under, "" where it needs none.

    ``numbered`` and ``with_unit``: the numbers of the rows, or the units, stand in the same column.
    """

    index: int
    role: Role
    label: str = ""
    kinds: frozenset[str] = frozenset()
    numbered: bool = False
    with_unit: bool = False


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


def plan_columns(header: tuple[str, ...], caption: str, year: str | None, reported: bool) -> Plan:
    """The roles of the columns. ``year`` stands for columns that name none; ``reported``: the document is a report."""
    words = [_parts(cell) for cell in header]
    columns = [_column(number, parts) for number, parts in enumerate(words)]
    columns = _settle_years(columns, words, caption, reported)
    if not any(column.role == "name" for column in columns):
        targets = any(column.role == "target" for column in columns)
        seconds = [n for n, parts in enumerate(words) if targets and parts and _SECOND_NAME.search(squeeze(parts[-1]))]
        if not seconds:
            return Plan()
        columns[seconds[0]] = Column(seconds[0], "name")
    columns = _label(columns, words, caption, year)
    strands = _strands(columns)
    if not _states_indicators(strands, columns):
        return Plan()
    return Plan(tuple(strands), tuple(columns))


def squeeze(text: str) -> str:
    """Without spaces, small: narrow columns break the words of a header anywhere."""
    return re.sub(r"\s+", "", text).lower()


def _parts(cell: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\s/\s", cell)]
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
    return Column(
        index,
        role,
        kinds=kinds,
        numbered=bool(re.match(r"no\.?(?=indikator|program|sasaran|uraian|kegiatan)", whole)),
        with_unit=role == "name" and "satuan" in last,
    )


def _role(last: str, parents: str, whole: str) -> Role:
    """The last line of a header over two levels decides; what stands above it helps where it says too little."""
    if (_MONEY.search(last) or (_MONEY.search(parents) and not _NAME.search(parents))) and not _NAME.search(last):
        return "other"
    if re.search(r"targetspm|targetikk|targetindikatorlain", whole):
        return "other"
    if _UNIT.search(last) and not _CONTEXT.search(last) and not _NAME.search(last):
        return "unit"
    if _TARGET.search(last) and not _NAME.search(last) and not re.match(r"(%|rasio|capaian)", last):
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
        or last in ("k", "kinerja", "fisik", "volume")
    ):
        return _role_of_year(last, parents)
    if _OTHER.search(last):
        return "other"
    if _CONTEXT.search(last):
        return "name" if _NAME.search(parents) and "urusan" not in last else "context"
    if last in ("uraian", "nama") and _NAME.search(parents):
        return "name"
    return "other"


def _role_of_year(last: str, parents: str) -> Role:
    if _MONEY.search(parents):
        return "other"
    if _RATIO.search(parents):
        return "ratio"
    if _TARGET.search(parents):
        return "target"
    if _BASE.search(parents):
        return "baseline"
    # Which of the two a bare year is, is settled by the other columns and the caption.
    return "realisation" if _REALISED.search(parents) else "other"


def _settle_years(columns: list[Column], words: list[list[str]], caption: str, reported: bool) -> list[Column]:
    """Bare years are targets of a plan and realisations of a report; "capaian" between two conditions is a plan."""
    roles = {column.role for column in columns}
    bounded = any(_FINAL.search(squeeze(parts[-1])) for parts in words) and "baseline" in roles
    planned = any(_TARGET.search(squeeze(part)) for parts in words for part in parts)
    told = squeeze(caption)
    settled = []
    for column, parts in zip(columns, words, strict=True):
        last, whole = squeeze(parts[-1]), squeeze("/".join(parts))
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


def _label(columns: list[Column], words: list[list[str]], caption: str, year: str | None) -> list[Column]:
    """Give figures the year their header names, else the caption's or the document's, else their own words."""
    in_caption = YEAR.findall(caption)
    default = in_caption[-1] if len(set(in_caption)) == 1 else year
    labelled: list[Column] = []
    taken: set[tuple[str, str]] = set()
    for column in columns:
        if column.role not in ("target", "realisation"):
            labelled.append(column)
            continue
        parts = words[column.index]
        own = " ".join(parts[-1].lower().split())
        years = next((found for part in reversed(parts) if (found := YEAR.findall(part))), [])
        final = bool(_FINAL.search(squeeze(parts[-1])))
        ordinal = re.search(r"(?:tahun\s*)?ke\s*-?\s*(\d)\b", own)
        label = years[-1] if years else (default or "") if not ordinal else ordinal[0]
        if final or (not years and re.search(r"\bakhir|daerah|nasional|provinsi|sebelum", own)):
            label = own if not years or final else label
            label = re.sub(r"\s*\(?(19|20)\d\d\)?", "", label).strip()
        label = label or own
        if (column.role, label) in taken and not _repeats(columns, column):
            label = own if (column.role, own) not in taken else label
        taken.add((column.role, label))
        labelled.append(Column(column.index, column.role, label, column.kinds))
    return labelled


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
        context = {kind: column for column in before + nearer for kind in column.kinds}
        if len(names) == 1:
            for column in columns:
                if column.role == "context" and column.index > name.index:
                    for kind in column.kinds & {"sasaran"}:
                        context.setdefault(kind, column)
        code = next((column for column in columns if column.label == "code"), None)
        kept = tuple(dict.fromkeys(context.values()))
        strands.append(Strand(name, kept, units[0] if units else None, tuple(figures), code))
    return strands


def _states_indicators(strands: list[Strand], columns: list[Column]) -> bool:
    """A list of indicators with nothing but ratios to other things (efficiency, staff) states none."""
    figures = any(strand.figures for strand in strands)
    ratios = any(column.role == "ratio" for column in columns)
    return figures or not ratios
