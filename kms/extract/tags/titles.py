"""The title of a document: its own words where it has a title of its own, else composed as a reader would write it."""

from __future__ import annotations

import re

from kms.extract.tags.evidence import HEAD, ONLY_KIND, Place
from kms.extract.tags.kinds import Mention
from kms.extract.tags.offices import DISTRICT, is_office_line
from kms.extract.tags.regions import region_pattern
from kms.extract.tags.spelling import spell
from kms.model import Page
from kms.text.frames import is_address
from kms.text.months import ANY_MONTH

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
AT_END_OF_TERM = re.compile(r"\bakhir\s+masa\s+jabatan\b|\blkpj\W{1,3}amj\b", re.I)
# The same plan under its other name, kept where the cover says so.
OWN_LABELS = {
    "rkt": (r"rencana\s+kinerja(\s+tahunan)?", r"rencana\s+kerja\s+tahunan", "Rencana Kinerja Tahunan (RKT)"),
    "rpjmd": (r"rencana\s+pembangunan\s+daerah", r"jangka\s+menengah|rpjmd", "Rencana Pembangunan Daerah (RPD)"),
    "renstra": (r"bisnis", r"(?!)", "Rencana Strategis Bisnis"),
    "lkip": (
        r"laporan\s+akuntabilitas|lakip",
        r"laporan\s+kinerja|lkj?ip",
        "Laporan Akuntabilitas Kinerja Instansi Pemerintah (LAKIP)",
    ),
}
NAMED = {
    "laporan penyelenggaraan pemerintahan": "Laporan Penyelenggaraan Pemerintahan",
    "laporan penyelenggaraan pemerintahan daerah": "Laporan Penyelenggaraan Pemerintahan Daerah (LPPD)",
    "lppd": "Laporan Penyelenggaraan Pemerintahan Daerah (LPPD)",
    "dokumen pelaksanaan anggaran": "Dokumen Pelaksanaan Anggaran (DPA)",
    "rencana umum pengadaan": "Rencana Umum Pengadaan (RUP)",
    "pkpt": "Program Kerja Pengawasan Tahunan (PKPT)",
    "program kerja pengawasan tahunan": "Program Kerja Pengawasan Tahunan (PKPT)",
}
STOP = re.compile(
    r"^(kata pengantar|daftar isi|bab\s|dengan |puji |disusun|pemerintah (kota|kabupaten|provinsi)|nama |bulan|no\b|:|"
    r"latar belakang|pendahuluan\W*$|\d+\.|[A-Z]\.\s|(disusun\s)?oleh\s*(:|$)|ringkasan|abstrak|tujuan\b|"
    r"kantor\b|badan\b|"
    r"dinas\b|inspektorat\b|sekretariat\b|bagian\s|satuan polisi|(be)?kerja\s?sama\b|(19|20)\d\d$|"
    r"(tahun anggaran|t\.?\s?a\.?) (19|20)\d\d$|"
    r"(skpd|opd|perangkat daerah|unit kerja|program|(sub )?kegiatan|pekerjaan|lokasi|lokus|"
    r"pemberi|pelaksana|konsultan|penyedia|(tim )?(penyusun|peneliti)|pengusul|"
    r"pengguna anggaran|ppk|kpa|pagu|sumber dana|waktu|judul|kepada|yth\.?|dari|tembusan|tanggal|nomor|sifat|lampiran|"
    r"perihal|hal)( \w+)?\s*:)",
    re.I,
)
# A district may be an office, but within a title it is the place that is looked at.
PLACE = re.compile(rf"^\W*({DISTRICT}|kelurahan)\b", re.I)
# What a form or a letter says of itself in a line of its own, where its heading only says what kind it is.
# The work that is ordered says more than the activity in the budget that pays for it.
ANNOUNCED = tuple(
    re.compile(rf"^\W*(?:{label})[ ]*[:|]\W*(\w.{{11,}})$", re.I | re.M)
    for label in (
        r"(?:perihal|hal|judul|nama)(?: (?:kegiatan|sub ?kegiatan|pekerjaan|paket|kajian|studi|penelitian|usulan))?",
        r"(?:paket )?pekerjaan",
        r"sub ?kegiatan",
        r"kegiatan",
    )
)
SURVEY = re.compile(
    r"^(laporan\s+)?(hasil\s+)?surve[iy]\s+(indeks\s+)?kepuasan\s+masyarakat\W*(\(\w+\)\W*)?"
    r"((semester|triwulan|periode|tahun)\b.*)?$",
    re.I,
)
BUDGET = re.compile(r"^\W*(program(?! kerja)|(sub ?)?kegiatan)\b", re.I)
"""What pays for a study, written between the kind of paper and the study itself."""
WORK = re.compile(
    r"^\W*(judul|pekerjaan|((nama|paket|judul)\s+)+(pekerjaan|kajian|studi|penelitian))[ ]*(:|\W*$)\W*"
    r"((belanja|pengadaan)\s+)*(jasa\s+konsultan(si)?\s+)?",
    re.I,
)
"""The label of the work that is ordered, and how it is bought."""
# A line at which a study's own name begins.
STUDY = re.compile(
    r"^\W*((penyusunan|pelaksanaan|jasa konsultan(si)?|dokumen|laporan)\s+)*"
    r"(kajian|studi|penelitian|telaah(an)?|naskah akademik|survei|analis[ai]s|pemetaan|identifikasi|riset)\s+\w",
    re.I,
)
FORM = re.compile(
    r"^(dokumen )?(rencana bisnis (dan )?anggaran|rencana aksi)( (atas|dan|pelaksanaan|pencapaian|target|perjanjian|"
    r"kinerja|sasaran|strategis|indikator|utama|perubahan|tahunan|tahun|anggaran|opd|perangkat daerah|\(\w+\)|"
    r"(19|20)\d\d))*$",
    re.I,
)
"""What every office has one of each year, and which therefore says too little without whose it is and when."""
ASIDE = re.compile(
    r"\(\w+(\s+\w+)+\)$|(vol(ume)?|edisi|seri|nomor|no)\b[\s.:]*[\dIVX]|"
    r"(pekerjaan\s+)?jasa\s+konsultan(si)?(\s+(penyusunan|pekerjaan))?$",
    re.I,
)
"""Between the kind of paper and its subject: its kind in English "(Final Report)", its number, how it was ordered."""
SENTENCE = re.compile(r"[A-Z]\w+(\s+\S+){5,}\.$")
GOES_ON = re.compile(r"\b(di|pada|untuk|dan|tentang|dalam|bagi|oleh|antara|terhadap|dengan)$", re.I)
REGULATION = re.compile(r"^\W*(peraturan|(surat )?keputusan|instruksi|surat edaran|undang-undang|qanun)\b", re.I)
REGULATION_ENDS = re.compile(
    r"^\W*(dengan rahmat|menimbang|mengingat|membaca|lampiran|bab\s|berdasarkan|sehubungan|dalam rangka|"
    r"menindaklanjuti|memperhatikan|yth|kepada|"
    r"(bupati|wali\s?kota|gubernur|kepala|menteri|sekretaris|inspektur|direktur|camat|lurah)\b.*,\s*$)",
    re.I,
)
NUMBER_LINE = re.compile(r"^\W*(nomor|no|tentang)\b", re.I)
MONTH = re.compile(
    rf"\b({ANY_MONTH}|triwulan\s+[IV1-4]+|"
    r"semester\s+[I12]+)\b",
    re.I,
)
REVISED = re.compile(r"\b(perubahan|revisi)\b", re.I)
REVISED_ALONE = re.compile(
    r"^\W*((tahun\s+(anggaran\s+)?)?((19|20)\d\d\W+){1,2})?(perubahan|revisi)(\s+(ke\w+|ke-?\s?\d|[IV]+))?\W*$",
    re.I | re.M,
)
DRAFT_ALONE = re.compile(r"^\W*(rancangan\s+(?:awal|akhir))\W*$", re.I | re.M)
DRAFT_BEFORE = re.compile(
    r"\b(rancangan(?:\s+(?:awal|akhir))?)(?:\s+perubahan)?\W*$|(?:\A|\n)\W*(revi(?:u|ew))\s+$", re.I
)
"""The state that a plan is in: a line of its own, or right before its name."""
MOST = 180


HOLDER = re.compile(
    r"^(kepala\s+(bidang|(sub\s*)?bagian|sub\s*bidang|seksi|upt)\b|inspektur\s+pembantu\b|sekretaris\W*$).*", re.I
)
"""Who below the head of an office agrees on what is to be reached."""


def compose_title(label: str, office: str, when: str, revised: bool, month: str = "", draft: str = "") -> str:
    """For example "Perubahan Rencana Strategis (Renstra) Inspektorat Kabupaten Jombang Tahun 2018-2023"."""
    parts = [draft, "Perubahan" if revised else "", label, office, month, f"Tahun {when}" if when else ""]
    return " ".join(part for part in parts if part)


def label_of(kind: str, found: list[Mention]) -> str:
    """The name of the type, under its other name where the cover has that one alone: "Rencana Kinerja Tahunan"."""
    said = " | ".join(
        one.place.text[one.start : one.end].lower() for one in found if one.kind == kind and one.place.weight >= HEAD
    )
    if kind in OWN_LABELS:
        own, usual, label = OWN_LABELS[kind]
        if re.search(own, said) and not re.search(usual, said):
            return label
    ends_term = kind == "lkpj" and any(
        AT_END_OF_TERM.search(one.place.text) for one in found if one.kind == kind and one.place.weight >= HEAD
    )
    return "Laporan Keterangan Pertanggungjawaban Akhir Masa Jabatan (LKPJ-AMJ)" if ends_term else LABELS[kind]


def draft_of(cover: Place, kind: str, found: list[Mention]) -> str:
    """ "Rancangan Akhir" where the cover says that of the plan; "" for one that is in force."""
    if cover.page is None:
        return ""
    before = (cover.text[: one.start] for one in found if one.place is cover and one.kind == kind)
    said = DRAFT_ALONE.search(cover.text) or next(filter(None, map(DRAFT_BEFORE.search, before)), None)
    return spell(said[1] or said[2]) if said else ""


def is_revised(best: Mention, found: list[Mention]) -> bool:
    """Whether "Perubahan" stands beside the document's own name, at its most telling mentions, or on its own line."""
    if best.place.page is not None and best.place.weight >= HEAD and REVISED_ALONE.search(best.place.text):
        return True
    own = sorted((mention for mention in found if mention.kind == best.kind), key=lambda one: -one.score)[:5]
    said = sum(
        bool(REVISED.search(one.place.text[max(0, one.start - 14) : one.start]))
        or bool(re.match(r"\W*(\(\w+\)\W*)?perubahan\b", one.place.text[one.end : one.end + 30], re.I))
        for one in own
    )
    return said * 2 > len(own)


def holder_of(best: Mention) -> str:
    """ "Kepala Bidang Rehabilitasi Sosial" in the heading of an agreement that is not that of the whole office."""
    heading = [line.strip() for line in best.place.text[best.end :].split("\n")[1:4]]
    return spell(next((line for line in heading if HOLDER.match(line) and len(line) <= 80), ""))


def own_title(place: Place) -> str:
    """The lines at the head of the cover that make up a title, on one line; "" where there are none."""
    lines: list[str] = []
    marked = False  # a heading of Markdown
    for written in _without_budget(place.text.split("\n")):
        line = re.sub(r"^#+\s*", "", written.strip())
        if not line:
            continue
        if ASIDE.match(line) and (not lines or ONLY_KIND.match(lines[-1])):
            continue
        goes_on = bool(lines) and bool(GOES_ON.search(lines[-1]))
        subject = next((one for one in lines if not ONLY_KIND.match(one)), "")
        if lines and not goes_on:
            stops = (
                STOP.match(line)
                or is_address(line)
                or (is_office_line(line) and not PLACE.match(line))
                or (marked and not written.startswith("#"))
                or (subject.isupper() and not _capitals_mostly(line))
                or (subject and (SENTENCE.match(line) or ONLY_KIND.match(line)))
            )
            if stops or len(" ".join([*lines, line])) > MOST:
                break
        framing = STOP.match(line) or is_address(line) or (not lines and region_pattern().fullmatch(line))
        if framing and not goes_on:
            continue
        marked = written.startswith("#") if not lines else marked
        lines.append(line)
        if len(lines) >= 5 or line.endswith("."):
            break
    if ONLY_KIND.match(" ".join(lines)):
        told = next((match for pattern in ANNOUNCED if (match := pattern.search(place.text))), None)
        lines += [" ".join(told[1].split())] if told else []
    return _spelled(lines)


def _without_budget(lines: list[str]) -> list[str]:
    """The lines of a cover without those of the budget between the kind of paper and the study that it is about."""
    kind = next((number for number, line in enumerate(lines) if ONLY_KIND.match(line.strip())), len(lines))
    short = re.compile(r"\W*(\(\w+\)\W*)?")  # "(KAK)"
    paid = next((number for number in range(kind + 1, len(lines)) if not short.fullmatch(lines[number])), len(lines))
    below = lines[paid:]
    if not below or not (BUDGET.match(below[0]) or WORK.fullmatch(below[0])):
        return lines
    work = next((number for number, line in enumerate(below) if WORK.match(line) or STUDY.match(line)), None)
    if work is None:
        return lines
    return [*lines[:paid], WORK.sub("", below[work]), *below[work + 1 :]]


def _spelled(lines: list[str]) -> str:
    """The lines as one title, those in capitals spelt as titles are."""
    return " ".join(spell(line, number == 0) if _capitals_mostly(line) else line for number, line in enumerate(lines))


def is_form(title: str, kind: str | None) -> bool:
    """Whether a title is one that every office has, such as a survey of its service; a study's own says its matter."""
    said = re.sub(r"\(.*?\)", "", title).split()
    short = kind == "lainnya" and (len(said) <= 4 or FORM.match(title))
    return bool(short or SURVEY.search(title))


def sureness(title: str) -> float:
    """How sure a title of a document's own is: less where it says little, or runs on into labels or the office."""
    runs_on = re.search(r"\w\s*:\s|\b(tahun anggaran|t\.?a\.?)\W*\d{4}\W*$", title, re.I)
    return 0.5 if runs_on or len(re.sub(r"\(.*?\)", "", title).split()) < 5 else 0.7


def regulation_title(pages: tuple[Page, ...]) -> str:
    """ "Peraturan Bupati Klaten Nomor 27 Tahun 2022 tentang ...": from its name to the preamble; "" without one."""
    spoken = next((page for page in pages if page.text.strip()), None)
    lines: list[str] = []
    for line in spoken.text.splitlines() if spoken else []:
        line = " ".join(line.split())
        text_begins = bool(lines) and lines[-1].isupper() and not _capitals_mostly(line) and not NUMBER_LINE.match(line)
        ends = REGULATION_ENDS.match(line) or (text_begins and len(lines) > 2)
        if lines and line and (ends or len(" ".join([*lines, line])) > 2 * MOST):
            break
        if line and (lines or REGULATION.match(line)):
            lines.append(line)
    return _spelled(lines)


def _capitals_mostly(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) >= 0.8 * max(1, len(letters))


def month_of(place: Place) -> str:
    """ "Bulan Juni" where the cover names the month or the quarter it reports."""
    match = MONTH.search(place.text)
    if not match:
        return ""
    word = spell(match[0])
    return word if word.lower().startswith(("triwulan", "semester")) else f"Bulan {word}"
