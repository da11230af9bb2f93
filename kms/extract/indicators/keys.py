"""One key for one indicator, however a document words, spells or abbreviates it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from kms.text import STOP_WORDS, tokenize

# "... Kota Bogor", "... Dinas Kominfo": whose indicator it is, is said by the document.
_WHOSE = re.compile(
    r"\s+(?:di\s+|pada\s+|se-?)?(?:(?:Kota|Kabupaten|Kab\.?|Provinsi)(?:\s+[A-Z]\w+)+|"
    r"(?:Dinas|Badan|Kantor|Inspektorat|Sekretariat|Bagian|Kominfo|Kesbangpol|Bakesbangpol|Bappeda)(?:\s+(?:dan\s+)?[A-Z]\w+)*)\s*$"
)
_ACRONYM = re.compile(r"\(\s*[A-Z][A-Za-z]{0,3}[A-Z]{1,8}\s*\)|\(\s*[A-Z]{2,10}\s*\)")

# "Luas kawasan kumuh (Ha)", "Gini Rasio (poin)": the column of units says it elsewhere.
_UNIT = re.compile(
    r"\(\s*(?:%|persen|ha|km2?|m2|m3|tahun|hari|jam|menit|orang|jiwa|unit|kali|kasus|kejadian|dokumen|laporan|kegiatan|buah|"
    r"desa|kelompok|nilai|angka|poin|skor|indeks|kategori|predikat|opini|level|rp\.?(?:\s*\w+)?|ton|kg|kw/ha|ton/ha)\s*\)",
    re.I,
)
# "Angka Kematian Ibu per 100.000 kelahiran hidup": how it is counted, not what.
_PER = re.compile(r"\bper\s+[\d.]{3,}\s+(?:kelahiran\s+hidup|\w+)", re.I)
# What is a share anyway, be it called "persentase" or not.
_SHARES = frozenset(("cakup", "partisipasi", "prevalensi", "tumbuh", "tingkat", "turun", "laju", "rasio"))


@lru_cache(maxsize=20_000)
def indicator_key(name: str) -> str:
    """The words of ``name`` that carry meaning, as stems in alphabetical order joined by hyphens.

    Spellings and abbreviations of ``synonyms.tsv`` count as one ("Prosentase", "Persentase"; "Perangkat Daerah",
    "OPD", "SKPD"); an abbreviation in brackets after the words it stands for, a unit in brackets, "per 100.000
    penduduk", the region or office at the end, words such as "tingkat" or "hasil", and "persentase" of what is a share
    anyway, do not count. "" where no word is left.
    """
    bare = _ACRONYM.sub(" ", _PER.sub(" ", _UNIT.sub(" ", name)).replace("%", " persentase "))
    text = " " + re.sub(r"\s+", " ", (_WHOSE.sub("", bare) if not name.isupper() else bare)).lower() + " "
    text = re.sub(r"[^\w\s-]", " ", text)
    for pattern, canonical in _synonyms():
        text = pattern.sub(f" {canonical} " if canonical else " ", text)
    tokens = [token for token in tokenize(text) if token.exact not in STOP_WORDS]
    # A lone letter or numeral tells two indicators apart: "Kejar Paket A", "PIM II".
    stems = {token.stem for token in tokens}
    return "-".join(sorted(stems - {"persentase"} if stems & _SHARES else stems))


@cache
def _synonyms() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = files("kms.extract.indicators").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    entries = [line.split("\t") for line in lines if line and not line.startswith("#")]
    pairs = [(phrase, canonical.strip()) for canonical, phrases in entries for phrase in phrases.split("|")]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple(
        (re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)"), canonical)
        for phrase, canonical in pairs
    )
