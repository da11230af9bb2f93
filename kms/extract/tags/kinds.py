"""The type of a document: phrases that name each type, looked for where documents name themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kms.extract.tags.evidence import Place

# Longer phrases come first: "rencana kerja tahunan" must not count as "rencana kerja".
PHRASES: tuple[tuple[str, str], ...] = (
    ("lkpj", r"laporan keterangan pertanggung\s?jawaban|lkpj"),
    (
        "lkip",
        r"laporan (akuntabilitas )?kinerja(?! (triwulan|semester|bulanan))( instansi pemerintah| tahunan)?|"
        r"l(ak|kj|k)ip|lakip|lkjip|lkj",
    ),
    ("rkt", r"rencana (kerja|kinerja) tahunan|rencana kinerja|rkt"),
    ("rkpd", r"rencana kerja (pemerintah(an)?|pembangunan) (daerah|kabupaten|kota|provinsi|aceh)|rkpd|rkpk|rkpa"),
    ("rpjmd", r"rencana pembangunan (jangka menengah( daerah)?|daerah)|rpjmd"),
    ("rpjpd", r"rencana pembangunan jangka panjang( daerah)?|rpjpd"),
    (
        "renja",
        r"rencana kerja( perangkat daerah| opd| skpd)?(?!( dan)? anggaran)|renja|"
        r"rencana program dan kegiatan prioritas",
    ),
    ("renstra", r"rencana strategis( bisnis)?|renstra( bisnis)?|rencana bisnis strategis"),
    ("perjanjian-kinerja", r"perjanjian kinerja|penetapan kinerja"),
    ("iku", r"indikator kinerja utama|iku"),
    ("pohon-kinerja", r"pohon kinerja|cascading( kinerja)?"),
    (
        "evaluasi",
        r"evaluasi (terhadap )?(hasil )?(pelaksanaan )?(renja|rkpd|rpjmd|rpjpd|renstra|rencana( kerja( perangkat"
        r" daerah| opd| skpd)?[^\w(]*\(renja)?|kinerja(?= (triwulan|semester|"
        r"tahun|bulan|instansi|perangkat|opd|skpd|internal|dinas|badan(?! usaha| layanan)|kantor|inspektorat|"
        r"sekretariat|program|kegiatan|anggaran|pembangunan)|[^\w\n]*(\n|$)))|"
        r"laporan ((capaian |pengukuran |realisasi )?kinerja )?(triwulan|bulanan|semester)|"
        r"laporan (capaian|pengukuran|realisasi) kinerja|laporan pengendalian dan evaluasi|"
        r"(laporan )?monitoring dan evaluasi|laporan (hasil )?(monitoring|pemantauan|evaluasi)|"
        r"(rekapitulasi|laporan) (perkembangan|realisasi|kemajuan)( pelaksanaan)? (kegiatan|program|fisik)|pobl",
    ),
    ("kak", r"kerangka acuan( kerja)?|terms? of reference|kak|tor"),
    (
        "lainnya",
        r"program kerja pengawasan tahunan|pkpt|rencana umum pengadaan|dokumen pelaksanaan anggaran|notulen|"
        r"rencana aksi daerah|laporan penyelenggaraan pemerintahan( daerah|(?! desa))|lppd|"
        r"standar (operasional prosedur|prosedur operasional|operating procedure)|"
        r"rencana aksi(?! (dan|perjanjian))|rencana (bisnis|kerja) (dan )?anggaran|"
        r"(catatan atas )?laporan keuangan|peta proses bisnis|analisis (jabatan|beban kerja)|standar pelayanan|"
        r"kebijakan umum (anggaran|apbd)|prioritas dan plafon anggaran|"
        r"(dokumen )?informasi kinerja pengelolaan lingkungan hidup|d?ikplhd|"
        r"profil (dinas|badan|kantor|daerah|kesehatan|kecamatan|kelurahan|desa|kota|kabupaten|organisasi|ormas|"
        r"partai|pelayanan|kependudukan|pendidikan|gender|anak|perangkat)",
    ),
    (
        "kajian",
        r"(laporan (akhir|antara|pendahuluan)( kegiatan)? )?(kajian|studi|penelitian|telaah(an)?|naskah akademik|"
        r"survei|analis[ai]s?|pemetaan|identifikasi|riset|policy (brief|paper)|(ringkasan|risalah|kertas) kebijakan)|"
        r"laporan (akhir|antara|pendahuluan)(?! (tahun|masa)\b)",
    ),
    (
        "regulasi",
        r"(peraturan|(surat )?keputusan|instruksi|surat edaran) (bupati|wali\s?kota|gubernur|daerah|menteri|presiden|"
        r"kepala|pemerintah|sekretaris|inspektur|direktur|camat|lurah|desa)|qanun (aceh|kabupaten|kota)|"
        r"surat edaran(?= (nomor|no|tentang)\b)|undang-undang",
    ),
)
# A cover breaks its lines anywhere: "LAPORAN KINERJA / TRIWULAN III".
ALL = re.compile(
    "|".join(
        f"(?P<k{number}>\\b(?:{phrase.replace(' ', chr(92) + 's+')})\\b)" for number, (_, phrase) in enumerate(PHRASES)
    ),
    re.I,
)
# What may stand before a type at the head of a line: the state that a document is in.
STATE = re.compile(
    r"\W{0,2}((dokumen|buku|naskah|draft?|rancangan|perubahan|revisi|reviu|review|awal|akhir)\s+){0,3}", re.I
)
SELF_AFTER = re.compile(r"^\W*(\([\w\s]+\)\W*)?(ini\b|tahun|periode|ta\b|th\b|anggaran)", re.I)
# Documents of other types quote these all the time.
QUOTED = {
    "regulasi": 0.15,
    "perjanjian-kinerja": 0.5,
    "iku": 0.4,
    "kajian": 0.5,
    "renstra": 0.7,
    "rpjmd": 0.5,
    "rpjpd": 0.4,
}
# Words that begin the title of a study, and stand in the text of nearly every plan.
# A consultant's report on whatever was ordered; what it says beside that decides first.
REPORT = re.compile(r"laporan\s+(akhir|antara|pendahuluan)$", re.I)
ONLY_AT_HEAD = re.compile(
    r"analis|pemetaan|identifikasi|riset|rencana\s+(aksi|kinerja|pembangunan\s+daerah)$|profil|laporan\s+(realisasi\s+kinerja|keuangan)|"
    r"catatan|peta\s+proses|standar\s+pelayanan|kebijakan\s+umum|prioritas",
    re.I,
)
# A regulation says its number and its matter, which may be a plan, on lines of their own. A decision that sets a plan
# is that plan's first page.
NUMBERED = re.compile(r"^\W*(nomor|no)\b.*(\n.*)?\n\W*tentang\W*$", re.I | re.M)
# What follows only cites: "Menimbang: ... Peraturan Menteri ...".
LISTED = re.compile(r"(?:(?!\b(?:menimbang|mengingat|membaca)\b)(?:[^;.]|\.(?!\s))){0,400};", re.I)
"""A name that ends in a semicolon is one of a list of what is cited."""
CITED = re.compile(
    r"\b(?:(?:sebagaimana|tercantum|tertuang|termuat|dimuat|ditetapkan|diatur|diamanatkan|amanat|mengacu|merujuk|berpedoman|"
    r"berdasarkan|berdasar|sesuai|selaras|sejalan|menurut|mendukung)(?:\s+(?:di|dalam|dengan|pada|kepada|oleh))?|"
    r"tentang|(?P<place>dalam|dengan|pada|dari|terhadap|kepada))(?:\s+(?:dokumen|arah|target|misi|visi|sasaran|naskah))?\W+$",
    re.I,
)
"""What comes before a document that a sentence only cites; behind a mere ``place`` it may be this one."""
THIS = re.compile(r"^\W*(\([\w\s]+\)\W*)?ini\b", re.I)
PREAMBLE = re.compile(r"^\W*(menimbang|mengingat|membaca)\b", re.I | re.M)
PERIODIC = ("renstra", "rpjmd", "rpjpd")


@dataclass(frozen=True)
class Mention:
    """A phrase that names a type, and where it stands."""

    kind: str
    place: Place
    start: int
    end: int
    score: float


def mentions(places: list[Place]) -> list[Mention]:
    """All phrases that name a type. A phrase at the head of a line, or said of the document itself, counts more."""
    found = []
    for place in places:
        for match in ALL.finditer(place.text):
            kind = PHRASES[int((match.lastgroup or "k0")[1:])][0]
            score = place.weight
            line_start = place.text.rfind("\n", 0, match.start()) + 1
            cover = place.weight >= 3
            at_head = STATE.fullmatch(place.text, line_start, match.start()) is not None
            if ONLY_AT_HEAD.match(match[0]) and not (cover and place.page is not None and at_head):
                continue
            if REPORT.match(match[0]):
                if cover and place.page is not None:
                    found.append(Mention(kind, place, match.start(), match.end(), 0.5 * score))
                continue
            if cover and at_head and kind not in ("iku",):
                score *= 2.5 if line_start == 0 else 2.0
            elif not cover:
                score *= _in_a_sentence(kind, place.text, match.start(), match.end())
            if (
                cover
                and kind == "regulasi"
                and (
                    match.start() != line_start
                    or PREAMBLE.search(place.text[:line_start])
                    or LISTED.match(place.text, match.end())
                )
            ):
                score *= 0.2
            elif cover and kind == "regulasi" and NUMBERED.search(place.text, match.end()):
                score *= 0.9 if re.match(r"(surat\s+)?keputusan", match[0], re.I) else 1.6
            found.append(Mention(kind, place, match.start(), match.end(), score))
    return found


def _in_a_sentence(kind: str, text: str, start: int, end: int) -> float:
    """How much a name tells of a document in whose text it stands; nothing where it is cited."""
    after = text[end : end + 40]
    cited = CITED.search(text[max(0, start - 60) : start])
    of_this = THIS.match(after) or (SELF_AFTER.match(after) and (cited is None or cited["place"]))
    if not of_this and (cited or kind == "regulasi"):
        return 0.0
    return QUOTED.get(kind, 1.0) * (0.8 if of_this else 0.5)


def choose_kind(found: list[Mention]) -> tuple[str, Mention, float] | None:
    """The likeliest type, its best mention and the confidence; None where nothing names a type."""
    scores: dict[str, float] = defaultdict(float)
    for mention in (each for each in found if each.score):
        # Many weak mentions must not outweigh one clear one.
        scores[mention.kind] = max(scores[mention.kind], mention.score) + 0.08 * min(
            scores[mention.kind], mention.score
        )
    if not scores:
        return None
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    best = max((mention for mention in found if mention.kind == ranked[0]), key=lambda mention: mention.score)
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    confidence = min(0.98, 0.2 + 0.8 * scores[ranked[0]] / (scores[ranked[0]] + second + 1.0))
    if best.place.page is None:
        confidence = min(confidence, 0.5)
    return ranked[0], best, round(confidence, 2)
