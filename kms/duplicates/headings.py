"""The parts of a study by their headings: where aims, scope, methods and findings begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kms.text.patterns import late

LONGEST_SECTION = 1_600
LONGEST_LINE = 200
"""Code points of a line; in a text with longer ones a line is a paragraph."""

LONGEST_COVER = 60
"""Words before the first sentence; more are a table or a list."""

_AIMS = (
    r"(?:(?:maksud(?:,?\s*(?:dan|&)?\s*(?:tujuan|sasaran))*|tujuan(?:\s*(?:,|dan|&)\s*\w+)*|sasaran(?:\s+dan\s+tujuan)?)"
    r"(?:\s+yang\s+(?:hendak|ingin|akan)\s+di\w+)?|"
    r"(?:per)?rumusan\s+masalah|(?:pertanyaan|pokok|identifikasi|fokus)\s+(?:kajian|studi|penelitian|telaah|masalah|"
    r"permasalahan|pokok|utama|kunci)|(?:hal(?:-hal)?\s+)?yang\s+(?:(?:hendak|ingin|akan)\s+di\w+|"
    r"(?:harus|perlu)\s+di(?:jawab|ketahui|cari|kaji|teliti|telaah|nilai|ukur|pastikan)))"
)
_SCOPE = r"(?:(?:ruang\s+)?lingkup|jangkauan|batasan|lokus|lokasi|wilayah|objek|obyek|cakupan)(?:\s*(?:,|dan|&)\s*\w+)*"
_OF_WORK = (
    r"(?:\s+(?:kegiatan|kajian|studi|penelitian|telaah(?:an)?|survei|pekerjaan|penyusunan|pembahasan|pengamatan|"
    r"masalah|umum|khusus))*"
)
_ABSTRACT = r"(?:abstrak(?:si)?|ringkasan(?:\s+eksekutif)?|ikhtisar|intisari|sari|abstract|gambaran\s+singkat)"
_KEYWORDS = r"(?:kata[\s-]*kata\s+kunci|kata\s+kunci|keywords?)"
_LOCUS = r"(?:lokus|lokasi|wilayah|tempat)" + _OF_WORK
# Possessive: a line of blanks or dots must not be tried in every way it could be taken apart.
_NUMBER = (
    r"(?:#{1,6}+\s*+|\*++\s*+|(?:bab\s++)?[IVXLC]++[.)]\s++|"
    r"\d{1,2}+(?:\.\d{1,2}+)*+[.)]?+\s++|[A-Za-z](?:\.\d{1,2}+)++[.)]?+\s++|[A-Za-z][.)]\s++)*+"
)
_SECTIONS = late(
    rf"^\s*+{_NUMBER}(?:(?P<aims>{_AIMS})|(?P<scope>{_SCOPE})|(?P<abstract>{_ABSTRACT})|(?P<keywords>{_KEYWORDS}))"
    rf"{_OF_WORK}\s*\**\s*(?:[:.|\t]\**\s*(?P<rest>\S.*)?|\**\s*)$",
    re.I,
)
LOCUS_LINE = late(rf"^\s*[-*•|]?\s*\**{_LOCUS}\**\s*[:|]\**\s*(\S.*)$", re.I)
_HEADING = late(
    r"^\s*(?:#{1,6}\s|\*\*[^*]+\*\*\s*$|bab\s+[ivxlc\d]+\b|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s+\S|"
    r"(?:\d{1,2}|[A-Z]|[IVX]{1,4})\.\s+(?:\S++\s*+){1,7}+$)",
    re.I,
)
_OTHER_PARTS = (
    r"(?:latar belakang|alasan|metod(?:e|ologi)|cara kerja|pendekatan|manfaat|keluaran|output|"
    r"dasar hukum|landasan|hasil|temuan|pembahasan|penutup|kesimpulan|simpulan|saran|rekomendasi|jadwal|biaya|"
    r"anggaran|sistematika|kerangka|tinjauan|pendahuluan|daftar|tabel|gambar|instansi|tahun|judul|data|"
    r"responden|kegunaan|waktu|tahapan|personil|tenaga ahli|pelaksana)\b"
)
_ENDS = late(rf"^\s*+{_NUMBER}{_OTHER_PARTS}[^.]{{0,60}}$", re.I)
_OTHER_PART = late(rf"\s*+(?!hasil yang (?:hendak|ingin)){_OTHER_PARTS}", re.I)
_CHAPTER_NUMBER = r"(?:bab|bagian)\s++[ivxlc\d]++\b"
_APPARATUS = late(
    rf"^\s*+(?:{_CHAPTER_NUMBER}[.:]?+\s++)?+"
    + _NUMBER
    + r"(?:(?:kata\s+)?(?:pengantar|sambutan)|prakata|sekapur\s+sirih|ucapan\s+terima\s+kasih|"
    r"(?:dasar|landasan|referensi|rujukan)\s+(?:hukum|yuridis|(?:per)?aturan)|sistematika|"
    r"(?:susunan|tata\s+urut(?:an)?)(?:\s+(?:naskah|tulisan|laporan|penulisan|penyajian))?$|"
    r"metod(?:e|ologi)|cara\s+(?:kerja|pelaksanaan)|pendekatan|manfaat|kegunaan|keluaran|output|pelaporan|jadwal|"
    r"(?:jangka\s+)?waktu|tahapan|biaya|pembiayaan|anggaran|sumber\s+(?:dana|pendanaan)|tenaga\s+ahli|personi?e?l|"
    r"pelaksana|organisasi|penanggung\s+jawab|"
    # What the national form of terms of reference asks of every work.
    r"nama\s+dan\s+organisasi|lokasi\s+(?:kegiatan|pekerjaan|studi|penelitian|kajian)|data\s+(?:dasar|penunjang|pendukung)|"
    r"standar\s+teknis|studi\W+studi\s+terdahulu|peralatan|lingkup\s+kewenangan|produksi\s+dalam\s+negeri|"
    r"persyaratan\s+(?:kerja\s?sama|kualifikasi|penyedia)|alih\s+pengetahuan|"
    r"(?:lampiran\W+)?(?:pedoman\s+(?:pengumpulan|wawancara|diskusi|observasi)|kuesioner|instrumen\s+(?:penelitian|kajian|"
    r"survei)|daftar\s+(?:pustaka|pertanyaan|informan))|"
    r"(?:tinjauan|landasan|kerangka)\s+(?:dan\s+(?:metod\w+|cara\s+kerja)|pustaka|teori\w*|konsep\w*|pemikiran|pikir)|kajian\s+(?:pustaka|teori\w*|literatur)|"
    # The place itself, as every study of it describes it.
    r"(?:gambaran|kondisi|keadaan|deskripsi)(?:\s+umum)?\s+(?:umum|wilayah|daerah|kota|kabupaten|kecamatan|lokasi|geografi\w*|"
    r"demografi\w*|fisik|alam|penduduk|kependudukan|iklim)|profil\s+(?:umum|wilayah|daerah|kota|kabupaten|kecamatan|"
    r"lokasi)|(?:letak|aspek)\s+(?:geografi\w*|wilayah|demografi\w*)|wilayah\s+administra\w+|kependudukan|"
    r"geografi\w*|demografi\w*|topografi|klimatologi|iklim|perekonomian\s+(?:daerah|wilayah|kota|kabupaten))\b"
    r"[^.]{0,60}$",
    re.I,
)
_CHAPTER = late(rf"^\s*+(?:#{{1,6}}\s++)?+{_CHAPTER_NUMBER}", re.I)
_FINDINGS = late(
    rf"^\s*+(?:{_CHAPTER_NUMBER}[.:]?+\s++)?+" + _NUMBER + r"(?:hasil|temuan|pembahasan|kesimpulan|simpulan|saran|"
    r"rekomendasi|usulan|arahan)\b[^.]{0,60}$",
    re.I,
)
_STUDY_ITSELF = (
    r"(?:kajian|studi|penelitian|(?:pe)?telaah(?:an)?|survei|laporan|riset|analis[ai]s|naskah|tulisan|dokumen|rencana|kegiatan|"
    r"pekerjaan|evaluasi|penilaian|pengukuran|pemetaan|asesmen|identifikasi|inventarisasi)"
)
_ASKS_NOTHING = r"me(?:ndukung|ngacu|rujuk|njadi|rupakan|matuhi|libatkan|nggunakan|makai|miliki|nerima)\b"
OF_ITSELF = late(
    rf"\b(?:bertujuan|bermaksud|dimaksudkan|tujuan(?:nya)?\s+me[a-z]+|pertanyaan\s+{_STUDY_ITSELF})\b|"
    rf"(?:^\W*{_STUDY_ITSELF}(?:\s+ini)?|\b{_STUDY_ITSELF}(?:\s+\w+)?\s+ini)(?:\s+akan)?\s+"
    rf"(?:(?:hendak|ingin)\s+)?(?:(?!{_ASKS_NOTHING})me[a-z]+|berfokus|difokuskan|bertanya|berusaha|berupaya)\b",
    re.I,
)
"""What a sentence says of which a study itself, and what it intends, is the subject."""
INTENDS = late(
    r"\b(?:tujuan(?:nya)?\s+(?:\w+\s+){0,4}(?:adalah|ialah|yaitu|untuk)|ditujukan|maksud(?:nya)?\s|"
    r"diarahkan untuk|berupaya|hendak|ingin (?:mengetahui|menjawab|melihat))|" + OF_ITSELF.pattern,
    re.I,
)
_AIM_VERB = late(r"\W*(?:me[a-z]{3}|untuk\b|ter[a-z]|agar\b|supaya\b)", re.I)
_POINT = late(r"\s*(?:[-•*▪➢]|\d{1,2}[.)]|\(?[a-z0-9][.)])\s", re.I)
SENTENCE = late(r"(?<=[.!?;])\s+(?=[A-Z0-9\"“(•-])|\n\s*\n|\n(?=\s*(?:[-•*▪➢]|\d{1,2}[.)]|[a-z][.)])\s)")


def read_sections(text: str) -> dict[str, list[str]]:
    """The texts under the headings that tell what a study is about."""
    found: dict[str, list[str]] = {"aims": [], "scope": [], "abstract": [], "keywords": []}
    current: list[str] | None = None
    size, inline = 0, False
    lines = text.splitlines()
    unbroken = any(len(line) > LONGEST_LINE for line in lines)
    for number, line in enumerate(lines):
        match = _SECTIONS.match(line) if len(line) < 2000 else None
        if match is not None and match.lastgroup:
            name = next(key for key in found if match[key])
            inline = bool(match["rest"])
            current, size = found[name], len(match["rest"] or "")
            current += ["", match["rest"]] if inline else [""]
        elif current is None:
            continue
        elif not line.strip():
            # What stands behind a colon ends with its paragraph.
            current = None if inline else current
            if current is not None:
                current.append("")
        elif (
            _ends(line)
            or (inline and unbroken and not _goes_on(line))
            or size > LONGEST_SECTION
            or (inline and current is found["keywords"])
            or _is_bare_heading(line, current, lines[number + 1 :])
            or _is_after_list(line, current)
            or _is_of_another_part(line, current)
        ):
            current = None
        else:
            current.append(line)
            size += len(line)
    return found


def _goes_on(line: str) -> bool:
    """Whether a paragraph belongs to the aims or scope before it: a point, or a sentence that intends something."""
    return bool(_POINT.match(line) or _AIM_VERB.match(line) or INTENDS.search(SENTENCE.split(line)[0]))


def _is_bare_heading(line: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a short line between two sentences is a heading that has neither a number nor a usual name."""
    words = line.split()
    if len(words) > 6 or not words[0][0].isupper() or not words[-1][-1].isalpha() or _AIM_VERB.match(line):
        return False
    last = next((each for each in reversed(before) if each.strip()), "")
    following = next((each for each in after if each.strip()), "")
    return last.rstrip().endswith(".") and len(following.split()) > 6 and following.lstrip()[0].isupper()


def _is_of_another_part(line: str, before: Sequence[str]) -> bool:
    """Whether a paragraph begins with what another part is called: "Manfaat yang diharapkan ialah ..."."""
    return not before[-1].strip() and any(each.strip() for each in before) and bool(_OTHER_PART.match(line))


def _is_after_list(line: str, before: Sequence[str]) -> bool:
    """Whether a paragraph comes after a list of points that is complete, and does not go on about what is intended."""
    points = [each for each in before if _POINT.match(each)]
    said = [each for each in before if each.strip()]
    whole = bool(points) and not before[-1].strip() and said[-1].rstrip().endswith(".")
    return whole and not _goes_on(line)


def _ends(line: str) -> bool:
    """Whether a line begins something else: another heading, numbered, named or in capitals."""
    if _ENDS.match(line) or (_HEADING.match(line) and not _is_item(line)):
        return True
    return line.isupper() and len(line.split()) <= 9 and len(line) > 5


def _is_item(line: str) -> bool:
    """Whether a numbered line is a point of a list rather than a heading: it is a sentence or begins with a verb."""
    body = re.sub(r"^\s*(?:\d{1,2}|[A-Za-z])[.)]\s+", "", line).strip()
    return body != line.strip() and (
        body.endswith((".", ";", ",")) or bool(re.match(r"me[a-z]{3}|untuk\b|ter[a-z]", body, re.I))
    )


def apparatus(text: str) -> Iterator[tuple[int, int]]:
    """Where a study tells what any other does, by heading: the place, laws, methods, outputs, schedule and thanks."""
    return _under(_APPARATUS, text)


def findings(text: str) -> Iterator[tuple[int, int]]:
    """Where a study tells what it alone does: its results and what it recommends, by heading."""
    return _under(_FINDINGS, text)


def cover(text: str) -> int:
    """Where the lines end that stand before the first sentence of a text: its title, whose it is, its year; else 0."""
    at = words = 0
    for line in text.splitlines(keepends=True):
        if line.rstrip().endswith((".", "!", "?")) or len(line) > LONGEST_LINE:
            return at
        words += len(line.split())
        if words > LONGEST_COVER:
            break
        at += len(line)
    return 0


def _under(heading: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Stretches from such a heading to the next one; a chapter reaches with all its parts to the next
    chapter, or to results that have no chapter of their own."""
    begun, at, chapter = -1, 0, False
    for line in text.splitlines(keepends=True):
        bare = line.rstrip() if len(line) < 300 else ""
        over = _CHAPTER.match(bare) or _FINDINGS.match(bare) if chapter else _ends(bare) or _SECTIONS.match(bare)
        if begun >= 0 and over:
            yield begun, at
            begun = -1
        if begun < 0 and heading.match(bare):
            begun, chapter = at, bool(_CHAPTER.match(bare))
        at += len(line)
    if begun >= 0:
        yield begun, at
