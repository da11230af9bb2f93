"""What a column holds as its heading alone tells it: context, indicator, unit, figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["context", "name", "unit", "baseline", "target", "realisation", "ratio", "other", "unknown"]
"""What a column holds. "other": none of the rest; "unknown": its heading does not say, but its neighbours may."""

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NOISE = re.compile(r"^(misi|tujuan|sasaran|program)\s*[\divx.]*\s*:", re.I)
MONEY = re.compile(
    r"anggaran|pagu|dana|biaya|apbd|apbn|^rp\.?$|\(rp|^kebutuhan$|rupiah|^dak$|^dau$|bankeu|dbhcht|pajak"
)
# Of a heading over two columns, one of money and one of performance, these mark the latter.
_PHYSICAL = re.compile(r"^(target|realisasi|capaian|k|kinerja|fisik|volume|output|keluaran)\b|^(target|realisasi)")
_MIXED = re.compile(r"kinerja|capaian|fisik|program|keluaran")
_NUMERAL = re.compile(r"(?:tw\W*|triwulan\W*)?(iv|i{1,3}|[1-4])", re.I)
_RATIO = re.compile(
    r"rasio|^%|%$|tingkat(capaian|realisasi|efisiensi|kemajuan)|persentasecapaian|capaiankinerja\(%|kriteria|predikat|efisiensi"
)
FINAL = re.compile(r"(kondisi|capaian)?.{0,12}akhir(renstra|periode|rpjmd|\(|$)|kondisi.{0,20}akhir")
_BASE = re.compile(
    r"kondisi(kinerja)?(pada)?(tahun)?(awal|saatini|\(?(19|20)\d\d)|dataawal|baseline|(capaian|data)(pada)?(tahun)?awal|"
    r"tahundasar|awalperiode|awalperencanaan|eksisting|existing|^awal$"
)
TARGET = re.compile(
    r"target|rencana(capaian|tingkatcapaian)|^rencana(tahun)?\(?(19|20)\d\d\)?$|proyeksi|sasaranyangakandicapai"
)
REALISED = re.compile(r"reali[sz]|capaian|pencapaian|hasilpengukuran")
_NAME = re.compile(r"indikator|indicator|tolo[ku]*kur|ukuran(keberhasilan|kinerja)")
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
_HEADING_LEVELS = (
    ("activity part", "subkegiatan|suboutput"),
    ("program", "program|outcome|hasil"),
    ("activity", "kegiatan|output|keluaran"),
    ("input", "input|masukan"),
    ("sasaran", "sasaran"),
    ("tujuan", "tujuan"),
)
"""What indicators, and the figures beside them, belong to: "Target / Hasil" to "Indikator / Program (Outcome)"."""
_ONLY_LEVELS = re.compile(rf"(\W*({'|'.join(words for _, words in _HEADING_LEVELS)})\W*)+")
MEASURE = ("k", "kinerja", "fisik", "volume")
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


def squeeze(text: str) -> str:
    """Without spaces, small: narrow columns break the words of a header anywhere."""
    return re.sub(r"\s+", "", text).lower()


def parts_of(cell: str) -> list[str]:
    """The lines of a heading over several rows, the uppermost first; never empty."""
    parts = [part.strip() for part in re.split(r"\s/\s", re.sub(r"\s*\((K|Rp)\.?\)$", r" / \1", cell))]
    return [part for part in parts if part and not _NOISE.match(part)] or [cell.strip()]


def column_of(index: int, parts: list[str], funded: bool = False) -> Column:
    """The column under a heading, as far as the heading tells; ``funded``: a column of money shares its upper lines."""
    last, whole = squeeze(parts[-1]), squeeze("/".join(parts))
    parents = squeeze("/".join(parts[:-1]))
    if not whole or _NUMBERING.match(whole):
        return Column(index, "other", label="code" if whole.startswith("kode") else "")
    role = _role(last, parents, whole, funded)
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


def _role(last: str, parents: str, whole: str, funded: bool) -> Role:
    """The last line of a header over two levels decides; what stands above it helps where it says too little."""
    if _is_money(last, parents, funded):
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
    if TARGET.search(last) and not _NAME.search(last) and not re.match(r"(%|rasio|capaian|tingkat|\w*realisasi)", last):
        return "target"
    if _BASE.search(last) and not _NAME.search(last):
        return "baseline"
    if FINAL.search(last):
        return "target"
    if _NAME.search(last):
        return "name"
    if _RATIO.search(last) or re.match(r"(rasio|%)", parents):
        return "ratio"
    if REALISED.search(last) and not FINAL.search(last):
        return "ratio" if re.match(r"(%|tingkat)?capaianrealis", last) and not YEAR.search(last) else "realisation"
    if (
        YEAR.search(last)
        or re.match(r"^(tahun|thn)?(ke-?)?\d$|^tahunn", last)
        or (re.fullmatch(r"i{1,3}|iv|v", last) and re.search(r"tahun(ke)?\W*$", parents))
        or last in MEASURE
        or _REVISION.fullmatch(last)
        or (_NUMERAL.fullmatch(last) and re.search(r"triwulan|\btw|semester", parents))
        or re.fullmatch(r"(triwulan|tw|semester|smt)(ke)?-?(iv|i{1,3}|[1-4])", last)
        or (_ONLY_LEVELS.fullmatch(last) and re.search(r"(^|/)(target|realisasi)(kinerja)?$", parents))
    ):
        return role_above(parents)
    if last in ("t", "tgt", "r", "real", "rls"):
        return "target" if last[0] == "t" else "realisation"
    if _OTHER.search(last):
        return "other"
    if _CONTEXT.search(last):
        return "name" if _NAME.search(parents) and "urusan" not in last else "context"
    if last in ("uraian", "nama") and _NAME.search(parents):
        return "name"
    return "unknown"


def counts_money(parts: list[str]) -> bool:
    """Whether the last line of a heading speaks of money: "2019 / Rp", "Pagu Indikatif"."""
    last = squeeze(parts[-1])
    return bool(MONEY.search(last)) and not _NAME.search(last)


def _is_money(last: str, parents: str, funded: bool) -> bool:
    """Whether a column counts rupiah: "Target Kinerja dan Kerangka Pendanaan / 2019 / Rp", but not ".. / Target"."""
    if _NAME.search(last):
        return False
    if MONEY.search(last):
        return True
    if not MONEY.search(parents) or _NAME.search(parents):
        return False
    mixed = _MIXED.search(parents) or (funded and TARGET.search(parents))
    return not (mixed and _PHYSICAL.search(last))


def role_above(parents: str) -> Role:
    """The role that the upper lines of a heading give to the columns below them, "unknown" where they give none."""
    if _RATIO.search(parents):
        return "ratio"
    if TARGET.search(parents) or FINAL.search(parents):
        return "target"
    if _BASE.search(parents):
        return "baseline"
    # Which of the two a bare year is, is settled by the other columns and the caption.
    return "realisation" if REALISED.search(parents) else "unknown"


def level_of_heading(parts: list[str]) -> str | None:
    """The level that a column's indicators, or its figures, belong to; None where its last line names none."""
    return next((level for level, names in _HEADING_LEVELS if re.search(names, squeeze(parts[-1]))), None)
