"""The title of a document: its own words where it has a title of its own, else composed as a reader would write it."""

from __future__ import annotations

import re

from kms.extract.tags.evidence import Place
from kms.extract.tags.kinds import Mention

LABELS = {
    "rkt": "Rencana Kerja Tahunan (RKT)",
    "renstra": "Rencana Strategis (Renstra)",
    "renja": "Rencana Kerja (Renja)",
    "rkpd": "Rencana Kerja Pemerintah Daerah (RKPD)",
    "rpjmd": "Rencana Pembangunan Jangka Menengah Daerah (RPJMD)",
    "rpjpd": "Rencana Pembangunan Jangka Panjang Daerah (RPJPD)",
    "lkip": "Laporan Kinerja Instansi Pemerintah (LKIP)",
    "lkpj": "Laporan Keterangan Pertanggungjawaban (LKPJ)",
    "perjanjian-kinerja": "Perjanjian Kinerja",
    "iku": "Indikator Kinerja Utama (IKU)",
    "pohon-kinerja": "Pohon Kinerja",
}
NAMED = {
    "pkpt": "Program Kerja Pengawasan Tahunan (PKPT)",
    "program kerja pengawasan tahunan": "Program Kerja Pengawasan Tahunan (PKPT)",
}
STOP = re.compile(
    r"^(kata pengantar|daftar isi|bab\s|dengan |puji |disusun|pemerintah (kota|kabupaten|provinsi)|nama |bulan|no\b|:|"
    r"latar belakang|\d+\.|[A-Z]\.\s|oleh\b|ringkasan|abstrak|tujuan\b|kantor\b|badan\b|dinas\b|inspektorat\b)",
    re.I,
)
MONTH = re.compile(
    r"\b(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|triwulan\s+[IV1-4]+|"
    r"semester\s+[I12]+)\b",
    re.I,
)
REVISED = re.compile(r"\bperubahan\b", re.I)
MOST = 180


def compose_title(kind: str, office: str, when: str, revised: bool, month: str = "") -> str:
    """For example "Perubahan Rencana Strategis (Renstra) Inspektorat Kabupaten Jombang Tahun 2018-2023"."""
    parts = ["Perubahan" if revised else "", LABELS[kind], office, month, f"Tahun {when}" if when else ""]
    return " ".join(part for part in parts if part)


def is_revised(best: Mention, found: list[Mention]) -> bool:
    """Whether "Perubahan" stands beside the document's own name, at its most telling mentions."""
    own = sorted((mention for mention in found if mention.kind == best.kind), key=lambda one: -one.score)[:5]
    said = sum(
        bool(REVISED.search(one.place.text[max(0, one.start - 14) : one.start]))
        or bool(re.match(r"\W*(\(\w+\)\W*)?perubahan\b", one.place.text[one.end : one.end + 30], re.I))
        for one in own
    )
    return said * 2 > len(own)


def own_title(place: Place) -> str:
    """The lines at the head of the cover that make up a title, on one line; "" where there are none."""
    lines: list[str] = []
    for line in place.text.split("\n"):
        line = re.sub(r"^#+\s*", "", line.strip())
        if not line:
            continue
        if lines and (STOP.match(line) or len(" ".join([*lines, line])) > MOST):
            break
        if STOP.match(line):
            continue
        lines.append(line)
        if len(lines) >= 5 or line.endswith("."):
            break
    title = " ".join(lines)
    return spell(title) if title.isupper() else title


def spell(text: str) -> str:
    """Capitals only at the head of words; small words small, abbreviations in brackets kept."""
    small = {"dan", "di", "ke", "dari", "untuk", "yang", "pada", "dalam", "dengan", "atas", "terhadap", "bagi", "oleh"}
    words = []
    for number, word in enumerate(text.split()):
        folded = word.lower()
        words.append(word if word.startswith("(") else folded if number and folded in small else word.capitalize())
    return " ".join(words)


def month_of(place: Place) -> str:
    """ "Bulan Juni" where the cover names the month or the quarter it reports."""
    match = MONTH.search(place.text)
    if not match:
        return ""
    word = spell(match[0])
    return word if word.lower().startswith(("triwulan", "semester")) else f"Bulan {word}"
