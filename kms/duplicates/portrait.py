"""Where a text portrays a region in general: its area, parts, people, climate and economy, as any text on it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kms.duplicates.headings import SENTENCE
from kms.text.patterns import late

KINDS = 3
"""Different things that are told of a region where it is portrayed."""
WORDS_FOR_EACH = 60
"""Words of a portrait for each of them, at most."""

_NUMBER = r"(?:\d[\d.,]*|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|belas|sebelas|puluh|sepuluh)"
_PART = r"(?:kecamatan|distrik|kelurahan|desa|kampung|nagari|gampong|mukim|pekon|lembang|kalurahan|kapanewon)"
_TOLD = (
    r"(?:kilometer\s+persegi|km\s?[2²])\b|\bluas\s+(?:wilayah|daratan)",
    rf"\b{_NUMBER}\s+{_PART}\b[^.;]{{0,40}}\b{_NUMBER}\s+{_PART}\b",
    r"\b(?:penduduk(?:nya)?|jiwa)\b(?:[^.;]|\.\d){0,60}\b(?:jiwa|penduduk)\b",
    r"\b(?:berbatasan\s+(?:langsung\s+)?dengan|batas\s+wilayah)\b",
    r"\b(?:lintang\s+(?:utara|selatan)|bujur\s+timur)\b|\d['°′″]\s*(?:LU|LS|BT)\b",
    r"\b(?:di\s+atas\s+permukaan\s+(?:air\s+)?laut|mdpl)\b",
    r"\b(?:curah\s+hujan|hari\s+hujan)\b",
    r"\b(?:indeks\s+pembangunan\s+manusia|ipm)\b",
    r"\b(?:produk\s+domestik\s+regional\s+bruto|pdrb|lapangan\s+usaha|perekonomian|penggerak\s+ekonomi|"
    r"pertumbuhan\s+ekonomi)\b",
    r"\b(?:penduduk\s+miskin|(?:angka|tingkat)\s+kemiskinan)\b",
    r"\b(?:rata-rata|harapan)\s+lama\s+sekolah\b",
    r"\bangka\s+harapan\s+hidup\b",
    r"\btingkat\s+pengangguran\s+terbuka\b",
)
_MARK = late("|".join(f"(?P<k{number}>{told})" for number, told in enumerate(_TOLD)), re.I)
_OF_ANY_REGION = frozenset(f"k{number}" for number in (0, 1, 3, 4, 5))
"""Area, parts, borders, place and height: one of them in a sentence portrays; of people and economy a study may be."""
_PARAGRAPH = late(r"[.:;?!][ \t]*\n|\n[ \t]*\n")


def portraits(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs that portray a region, half-open: neighbours that tell two such things each, and all together more."""
    begin, end, kinds = 0, 0, set[str | None]()
    for low, high in (*_pieces(text, _PARAGRAPH), (len(text), len(text))):
        told = {match.lastgroup for match in _MARK.finditer(text, low, high)}
        if len(told) > 1:
            begin = begin if kinds else low
            end, kinds = high, kinds | told
            continue
        if len(kinds) >= KINDS and len(text[begin:end].split()) <= WORDS_FOR_EACH * len(kinds):
            yield begin, end
        kinds = set()


def portraying_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that portray a region, half-open: they tell two such things of it, or what is said of any region."""
    for low, high in _pieces(text, SENTENCE):
        told = {match.lastgroup for match in _MARK.finditer(text, low, high)}
        if (len(told) > 1 or told & _OF_ANY_REGION) and len(text[low:high].split()) <= WORDS_FOR_EACH:
            yield low, high


def _pieces(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in ends.finditer(text):
        yield begin, match.end()
        begin = match.end()
    yield begin, len(text)
