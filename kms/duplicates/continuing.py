"""What a draft goes on from: that it calls itself a continuation, and the earlier studies that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, takewhile

from kms.duplicates.weights import subjects
from kms.text import tokenize
from kms.text.patterns import late

ENOUGH = 2
"""Words of a title, beside the kind of study, by which it is known without its year."""

_TITLED = late(
    r"\b(?:tahap(?:an)?\s+(?:ii|iii|kedua|ketiga|2|3|lanjut(?:an)?)|"
    r"(?:pelaksanaan|penerapan|implementasi)\s+(?:\w+\s+){0,2}rekomendasi|"
    r"(?:^\W*|\bsebagai\s+)tindak lanjut(?:\s+\w+){1,6}|"
    r"(?:pengukuran|pendataan|survei|kajian|penilaian)\s+ulang)\b",
    re.I,
)
_FOLLOWS = late(
    r"\b(?:(?:studi|kajian|penelitian|telaah|survei)\s+(?:lanjutan|tindak lanjut)|lanjutan\s+(?:dari\s+|atas\s+)?"
    r"(?:kajian|studi|penelitian|telaah|survei)|menindaklanjuti\s+(?:\w+\s+){0,4}(?:kajian|studi|penelitian|telaah|"
    r"survei)|tindak lanjut\s+(?:\w+\s+){0,4}(?:kajian|studi|penelitian|survei)|"
    r"melanjutkan\s+(?:\w+\s+){0,3}(?:kajian|studi|penelitian|telaah|survei)|"
    r"rekomendasi (?:\w+ ){0,2}(?:kajian|studi|penelitian|survei) (?:\w+ ){0,4}(?:tahun )?(?:19|20)\d\d|"
    r"(?:kajian|studi|survei)\s+(?:\w+\s+){0,4}(?:sebelumnya|terdahulu|tahun lalu)(?!\s*\n)|"
    r"(?:kajian|studi|survei)\s+(?!ini\b)(?:\w+\s+){0,4}(?:19|20)\d\d\s+(?:(?!dan\b)\w+\s+){0,2}(?:menemukan|menetapkan|menganjurkan|"
    r"menyarankan|mengusulkan|menyimpulkan|merekomendasikan|memberi\s+rekomendasi|membatasi)|"
    r"(?:disarankan|dianjurkan|direkomendasikan|diusulkan|saran|anjuran|usulan|hasil)\s+(?:\w+\s+){0,2}"
    r"(?:kajian|studi|survei)\s+(?:\w+\s+){0,4}(?:19|20)\d\d)",
    re.I,
)
_STUDY = (
    r"(?:kajian|studi|penelitian|telaah(?:an)?|survei|riset|analis[ai]s|pemetaan|inventarisasi|identifikasi|pendataan|"
    r"evaluasi|asesmen|penilaian|naskah\s+akademik)\b"
)
_SUBJECT = late(rf"\b{_STUDY}\s+(.+?)(?=\s+(?:tahun|(?:19|20)\d\d|sebelumnya|terdahulu|lanjutan|ulang)\b|$)", re.I)
_CITED = late(
    rf"\b({_STUDY}(?:\s+(?!ini\b)[^\W\d]+){{0,15}}?)"
    r"(?:\s+yang\s+(?:telah\s+)?(?:dilakukan|dilaksanakan|disusun|diselesaikan|selesai|dibuat))?"
    r"\s+\(?(?:(?:pada\s+)?(?:tahun|ta)\s+(?:anggaran\s+)?)?((?:19|20)\d\d)\b",
    re.I,
)
_ADVISED = late(
    rf"\b(?:rekomendasi|saran|anjuran|usulan|menindaklanjuti)\s+(?:(?:hasil|dari|atas)\s+)*({_STUDY}(?:\s+(?!ini\b)[^\W\d]+){{1,7}})",
    re.I,
)

_PLAN = (
    r"((?:(?:rencana|rancangan)\s+(?:induk|aksi|strategis|pengembangan|penanggulangan|pengelolaan)|master\s?plan|peta\s+jalan|"
    r"road\s?map|grand\s+design|desain\s+besar|strategi|pedoman|standar|kebijakan|kurikulum)\b.*)"
)
_DRAWN_UP = late(
    r"\W*(?:(?:kerangka\s+acuan(?:\s+kerja)?|kak|terms?\s+of\s+reference|tor|laporan\s+(?:akhir|antara|pendahuluan)|dokumen|"
    rf"penyusunan|perumusan|pembuatan)\b\W*)*{_PLAN}",
    re.I | re.S,
)
_CARRIED_OUT = late(rf"\b(?:pelaksanaan|penerapan|implementasi)\s+{_PLAN}", re.I | re.S)


def continued_studies(title: str, text: str) -> Iterator[str]:
    """What a text says of the earlier studies that it goes on from: "hasil kajian daya dukung tahun 2022"."""
    for match in chain(_TITLED.finditer(title), _FOLLOWS.finditer(title), _FOLLOWS.finditer(text)):
        yield " ".join(match[0].split())


def may_speak_of(said: str, found: str, found_years: tuple[int, int] | None) -> bool:
    """Whether what a draft says that it goes on from may be the found study: of no other year and subject.

    "Hasil Survei Status Gizi Indonesia tahun 2022" tells where a figure comes from. "Kajian sebelumnya" may be any.
    """
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", said)]
    if years and found_years and not found_years[0] <= years[-1] <= found_years[1]:
        return False
    subject = _SUBJECT.search(said)
    named = subjects(subject[1]) if subject else frozenset()
    return not named or 2 * len(named & subjects(found)) >= len(named)


def cited_studies(text: str, title: str, year: int | None) -> Iterator[tuple[str, int | None]]:
    """The studies that a text speaks of with a year before its own, or as what advised it (then without a year).

    A title in the text is not one of them.
    """
    for match in _CITED.finditer(text):
        said = " ".join(match[0].split()).lower()
        if (year is None or int(match[2]) < year) and said not in title.lower():
            yield " ".join(match[1].split()), int(match[2])
    for match in _ADVISED.finditer(text):
        yield " ".join(match[1].split()), None


def names(said: str, year: int | None, found: str, found_years: tuple[int, int] | None, own: str) -> bool:
    """Whether words that a draft says of a study name the one of the title ``found``; ``own`` is the draft's title.

    With a year all must be of that title. Without, those up to the first that is not, and not of the draft's own title.
    """
    words, title = [token.stem for token in tokenize(said)], {token.stem for token in tokenize(found)}
    if year is not None:
        return found_years is not None and found_years[0] <= year <= found_years[1] and title.issuperset(words)
    named = list(takewhile(title.__contains__, words))
    return len(named) > ENOUGH and not {token.stem for token in tokenize(own)}.issuperset(named)


def carries_out(title: str, found: str) -> bool:
    """Whether a title asks how what the found one draws up is carried out: "Penerapan Peta Jalan ..."."""
    drawn_up, carried_out = _DRAWN_UP.match(found), _CARRIED_OUT.search(title)
    return bool(drawn_up and carried_out and subjects(drawn_up[1]) == subjects(carried_out[1]))
