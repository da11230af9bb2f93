"""Lines that frame a paper of an office and say nothing of its matter: letterheads, headings, captions, signatures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kms.text.months import ANY_MONTH
from kms.text.patterns import late

LONGEST = 130
"""Code points of a line that may frame; a longer one is a paragraph."""
LONGEST_DEGREES = 40
RUNNING = 3
"""Times that a line stands in a text, page numbers aside, from which on it is a running head or foot."""
SHORTEST_RUNNING = 3
"""Words of a running head; fewer may be a cell of a table."""
LONGEST_HEAD = 6
"""Lines in a row that a running head has at most; more of them are a text that stands there several times."""

_PLACE = late(
    r"\W*(?:jalan|jln?)\b.*\b(?:nomor|no|km|kav|blok|telepon|telp|rt)\b|"
    r"\W*[^\W\d]+(?:[ -]+[^\W\d]+){0,3}[ -]+\d{5}\W*$|[\W_]+$",
    re.I,
)
_REACHED = late(
    r"\b(?:telepon|telp|tlp|faks?(?:imil[ei])?|fax|kode pos|pos-?el|e-?mail|surel|website|laman|situs(?: web)?)"
    r"(?:\W*\d[\d ()/-]{4}|\s*:)|\bwww\.|https?:|\w@\w+\.",
    re.I,
)
_MAY_BE_REACHED = late(r"\d[\d ()/-]{4}|[:@]|[wW]{3}")
"""What is in every line that says how an office is reached, and quickly looked for."""
_OFFICE = late(
    r"(?:(?:a\.?n\.?|plt\.?|plh\.?|pj\.?)\s+)?(?:pemerintah\w*|dinas|badan|kantor|inspektorat|inspektur|sekretariat|"
    r"sekretaris|bagian|satuan polisi|kecamatan|kelurahan|rumah sakit|rsud|puskesmas|upt|uptd|kepala|camat|lurah|"
    r"bupati|wali\s?kota|gubernur|pejabat pembuat komitmen|(?:kuasa )?pengguna anggaran)\b[^.:;\d]*",
    re.I,
)
_SIGNED = late(
    r"nip\b\W*\d.*|\(?\s*t\.?t\.?d\.?\s*\)?|mengetahui\W*|menyetujui\W*|(?:ditetapkan di|pada tanggal)\b.{0,40}|"
    r"(?:pembina|penata|pengatur|juru)(?:\s+(?:utama|tingkat|tk\.?|muda|madya|i|[iv]+/[a-e]))*[\s,(IVab/)-]*|"
    rf"[a-z][a-z ]{{2,30}},\s*(?:\d{{1,2}}|[._…]*)\s*(?:{ANY_MONTH})\s+\d{{4}}",
    re.I,
)
_DEGREES = late(r"(?:\s*(?:[SM]\.?\s?[A-Z][A-Za-z]{0,4}\.?(?:[A-Z]{1,3}\.?)?|Ph\.?\s?D\.?|Ak\.?|C\.?A\.?),?)+\W*")
_PART = (
    r"(?:kata pengantar|daftar (?:isi|tabel|gambar|grafik|lampiran|pustaka|singkatan|istilah)|ringkasan eksekutif|"
    r"lembar pengesahan|pendahuluan|latar belakang(?: masalah)?|(?:rumusan|identifikasi) masalah|"
    r"(?:maksud|tujuan|sasaran|manfaat)(?:(?:,| dan|, dan) (?:maksud|tujuan|sasaran|manfaat))*|"
    r"ruang lingkup|(?:dasar|landasan) hukum|sistematika (?:penulisan|penyajian|laporan)|tinjauan pustaka|"
    r"(?:landasan|kerangka) teori|kerangka (?:pikir|pemikiran)|metod(?:e|ologi)(?: (?:penelitian|kajian|pelaksanaan))?|"
    r"(?:hasil dan )?pembahasan|penutup|(?:ke)?simpulan(?: dan (?:saran|rekomendasi))?|rekomendasi|saran|keluaran|"
    r"jadwal(?: pelaksanaan)?|tenaga ahli|lampiran)"
)
_LABELLED = late(
    r"(?:hari|tanggal|hari\s?/\s?tanggal|waktu|pukul|tempat|pimpinan rapat|peserta(?: rapat)?|notulis|notulen|nomor|"
    r"sifat|lampiran|kepada|yth|dari|tembusan|sumber dana|pagu(?: anggaran)?|pejabat pembuat komitmen|"
    r"pengguna anggaran)"
    r"\s*:\s.*",
    re.I,
)
_HEADING = late(rf"#*\s*(?:bab\s+[ivxlc\d]+\b\W*)?(?:[\da-z]{{1,2}}(?:\.\d+)*\.?\s+)?{_PART}\W*\d*", re.I)
_CAPTION = late(
    r"\W*(?:(?:tabel|gambar|grafik|diagram|bagan|peta|matriks)\s+[ivxlc\d]+(?:[.-]\d+)*\b\W*(?!me\w+kan\b|di\b)[^\W\d]"
    r".*[^.;:!?]|"
    r"sumber(?:\s+data)?\s*:\s*\S.*)",
    re.I,
)
_PAGE_BEFORE = late(r"\W*(?:(?:hal(?:aman)?\W*)?\d{1,3}\b(?![.,]\d))?\W*", re.I)
_PAGE_AFTER = late(r"\W*(?:(?<![.,\d])\d{1,3})?\W*$")
_NO_LETTERS = late(r"[\W\d]*")
_LEADERS = late(r"(?:\.\s?){5,}\s*[ivxlc\d]*\s*$|(?:…\s?){2,}\s*[ivxlc\d]*\s*$", re.I)


def frames(text: str) -> Iterator[tuple[int, int]]:
    """Where lines of ``text`` frame it: start and end in code points, half-open, in order."""
    at = 0
    lines = text.split("\n")
    said = [_without_page(line.strip()) for line in lines]
    running = _running(said)
    for number, line in enumerate(lines):
        if number in running or _is_frame(line.strip()):
            yield at, at + len(line)
        at += len(line) + 1


def _running(said: Sequence[str]) -> set[int]:
    """Which lines are running heads and feet, by what lines say beside the number of the page: they come back, and of
    lines that do they are a few in a row."""
    counts = Counter(said)
    if not any(count >= RUNNING and _may_run(line) for line, count in counts.items()):
        return set()
    found: set[int] = set()
    row: list[int] = []
    for number, line in enumerate((*said, "\0")):
        if line and counts[line] >= RUNNING:
            row.append(number)
        elif line or number == len(said):
            found.update(each for each in row if len(row) <= LONGEST_HEAD and _may_run(said[each]))
            row = []
    return found


def _may_run(line: str) -> bool:
    return len(line) <= LONGEST and len(re.findall(r"[^\W\d]{2,}", line)) >= SHORTEST_RUNNING


def _without_page(line: str) -> str:
    """What a line says beside the number of a page before and after it; a paragraph as it is."""
    if len(line) > LONGEST:
        return line
    before = _PAGE_BEFORE.match(line)
    begin = before.end() if before else 0
    letterless = _NO_LETTERS.match(line[::-1])  # the number after it cannot begin before the last letter
    after = _PAGE_AFTER.search(line, max(begin, len(line) - (letterless.end() if letterless else 0)))
    return line[begin : after.start() if after else len(line)].casefold()


def is_address(line: str) -> bool:
    """Whether a line says where an office is or how it is reached, as the foot of a letterhead does, or is a rule."""
    return bool(_PLACE.match(line) or (_MAY_BE_REACHED.search(line) and _REACHED.search(line)))


@lru_cache(maxsize=1 << 14)  # running heads come back, and passages of a text are looked at after the whole
def _is_frame(line: str) -> bool:
    if not line or len(line) > LONGEST:
        return False
    if "\t" in line:
        return _LABELLED.fullmatch(line) is not None
    return bool(
        (_OFFICE.fullmatch(line) and _is_name(line))
        or is_address(line)
        or _SIGNED.fullmatch(line)
        or _LABELLED.fullmatch(line)
        or _is_person(line)
        or _HEADING.fullmatch(line)
        or _CAPTION.fullmatch(line)
        or (("...." in line or "…" in line or ". . ." in line) and _LEADERS.search(line))
    )


def _is_name(line: str) -> bool:
    """Whether a line is written as names are: in capitals, or each longer word with one."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d]{4,}", line))


def _is_person(line: str) -> bool:
    """Whether a line is the name of somebody with degrees, as those who sign have them: "Drs. Surya Winata, M.Si."."""
    name, comma, degrees = line.partition(",")
    words = name.split()
    return (
        bool(comma)
        and 0 < len(words) <= 7
        and len(degrees) <= LONGEST_DEGREES
        and all(word[0].isupper() for word in words)
        and _DEGREES.fullmatch(degrees) is not None
    )
