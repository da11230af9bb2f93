"""What a document or a draft is about: title, aims, scope, place and time, as its own headings and sentences say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kms.duplicates.continuing import carries_out, cited_studies, continued_studies, may_speak_of, names
from kms.duplicates.headings import INTENDS, LOCUS_LINE, OF_ITSELF, SENTENCE, read_sections
from kms.duplicates.places import Place, find_places, named_bare, parse_place, region_of
from kms.duplicates.weights import subjects
from kms.text import STOP_WORDS, tokenize
from kms.text.synonyms import read_concepts

PERIODICAL = frozenset((
    "rkt", "renstra", "renja", "rkpd", "rpjmd", "rpjpd", "lkip", "lkpj", "pkpt", "perjanjian-kinerja", "iku",
    "evaluasi", "pohon-kinerja",
))  # fmt: skip
"""Types that appear again every year or period, in much the same words."""
NO_STUDY = PERIODICAL | {"regulasi", "program-kerja"}
"""Types that ask no question of their own."""
FRONT = 60_000
"""Code points at the head of a document that are searched for aims and scope."""
MOST_WORDS = 3_000
"""Words of a document that count towards its vocabulary."""
OPENING = 6_000
"""Code points at the head of a text in which it says what it goes on from."""
ABSTRACT_WORDS = 260
SAYS_SOMETHING = 3
"""Words of a title; fewer ("Telaahan Staf") only say what kind of paper it is."""

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PLAN = (
    ("perjanjian-kinerja", r"perjanjian kinerja|penetapan kinerja"),
    ("lkpj", r"laporan keterangan pertanggung\s?jawaban|lkpj"),
    ("lkip", r"laporan (?:akuntabilitas )?kinerja (?:instansi|tahunan)|l(?:ak|kj|k)ip"),
    ("rkpd", r"rencana kerja pemerintah(?:an)? daerah|rkpd"),
    ("rkt", r"rencana (?:kerja|kinerja) tahunan|rkt"),
    ("renja", r"rencana kerja(?: perangkat daerah| opd| skpd)?(?! anggaran)|renja"),
    ("renstra", r"rencana strategis|renstra"),
    ("rpjmd", r"rencana pembangunan jangka menengah|rpjmd"),
    ("rpjpd", r"rencana pembangunan jangka panjang|rpjpd"),
    ("iku", r"indikator kinerja utama|iku"),
    ("pohon-kinerja", r"pohon kinerja|cascading(?: kinerja)?"),
    ("pkpt", r"program kerja pengawasan(?: tahunan)?|pkpt"),
    ("program-kerja", r"program kerja"),
)
_STUDY = re.compile(
    r"\W*(?:(?:laporan(?: (?:akhir|antara|pendahuluan|hasil))?|ringkasan(?: eksekutif)?|proposal|rancangan|draf|kak|"
    r"kerangka acuan(?: kerja)?|penyusunan|dokumen)\W+)*(?:kajian|studi|analisis|analisa|telaah(?:an)?|"
    r"penelitian|riset|survei|survey|pemetaan|identifikasi|inventarisasi|asesmen|penilaian|naskah akademik|"
    r"evaluasi(?! (?:hasil |pelaksanaan |pencapaian |terhadap )*(?:renja|rkpd|renstra|rpjmd|kinerja|rencana)))\b",
    re.I,
)
_NO_TITLE = re.compile(
    r"\W*(?:tahun\b|lokus|kata pengantar|pengantar|daftar|bab\b|pemerintah|kantor\b|dinas\b|badan\b|bagian\b|"
    r"sekretariat|nomor|salinan|lampiran|diskominfo|\d+\b)",
    re.I,
)
_REVISED = re.compile(r"\W*(?:perubahan|revisi)\b", re.I)
_HIRED = re.compile(r"\W*(?:penyedia(?:\s+jasa)?|konsultan|pihak\s+(?:ketiga|kedua))\b", re.I)
_LEAVES_OUT = re.compile(
    r"(?<!\byang )\b(?:(?:tidak|bukan)\s+(?:ikut\s+|akan\s+|menjadi\s+)?(?:di(?:nilai|bahas|kaji|cakup|telaah|ukur|"
    r"hitung|teliti|liput|singgung|masukkan|sertakan)|termasuk|mencakup|meliputi|menilai|membahas|mengkaji|menghitung|mengukur|"
    r"menyentuh|(?:objek|bagian|lingkup|pokok|bahasan|sasaran)\b)|"
    r"di\s+luar\s+(?:ruang\s+)?(?:lingkup|cakupan|bahasan|batas|kajian|studi)|dikecualikan|hanya\s+(?:\w+\s+)?sebagai)",
    re.I,
)
_TAKES_IN = re.compile(
    r"\b(?:mencakup|meliputi|membahas|menilai|mengkaji|menghitung|mengukur|memuat|terbatas|dibatasi|dilakukan|"
    r"dilaksanakan|berlangsung|adalah|ialah)\b",
    re.I,
)
_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]+\s*((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Study:
    """What a document or draft is about.

    ``aims`` and ``scope`` are its sentences on tujuan, maksud, rumusan masalah, sasaran and on ruang lingkup, lokus;
    ``abstract`` the head of its text. ``places`` are what the title, or where it has none the scope, says the study is
    of, ``region`` the kota, kabupaten or provinsi around it. ``follows`` is what the text says of earlier studies that
    it goes on from, ``cited`` are earlier studies that it speaks of: "kajian kesiapan" and 2021, or None where it says
    no year. ``vocabulary`` maps the concepts of the text to how often they stand in it. What is not known is None or
    empty.
    """

    title: str
    type: str | None = None
    year: int | None = None
    period: tuple[int, int] | None = None
    agency: str | None = None
    region: Place | None = None
    places: tuple[Place, ...] = ()
    aims: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    cited: tuple[tuple[str, int | None], ...] = ()
    vocabulary: Mapping[str, int] = field(default_factory=dict)

    @property
    def locus(self) -> tuple[str, ...]:
        """The places as they are shown to people."""
        return tuple(str(place) for place in self.places)

    @property
    def is_one_word(self) -> bool:
        """Whether nothing is known of it but one word, which names a topic and asks nothing of it: "Banjir"."""
        words = [token for token in tokenize(self.title) if token.exact not in STOP_WORDS]
        return len(words) == 1 and not (self.aims or self.scope or self.abstract)

    @property
    def asks(self) -> bool:
        """Whether it may be a study, with a question of its own, rather than a plan, a report or a regulation."""
        return self.type not in NO_STUDY

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year it speaks for, or None."""
        return self.period or ((self.year, self.year) if self.year else None)


def describe(
    title: str,
    text_pages: Sequence[str],
    type: str | None = None,
    year: int | None = None,
    period: tuple[int, int] | None = None,
    agency: str | None = None,
    region: str | None = None,
    locus: Sequence[str] = (),
    keywords: Sequence[str] = (),
    programs: Sequence[str] = (),
    indicators: Sequence[str] = (),
    headed: bool = True,
) -> Study:
    """What a document is about, from its tags and, for what they do not say, from its text.

    ``text_pages`` are the texts of its pages in order, none for a title alone. A year is taken from the title where
    none is given; aims, scope, abstract, keywords and places from headings such as "Tujuan", "Ruang Lingkup",
    "Abstrak", "Kata kunci:", and aims from sentences such as "Kajian ini bertujuan ..." where no heading does. If the
    text is ``headed``, its first lines are taken for its title where that is better; OCR reads seals and logos there.
    """
    title, head = " ".join(title.split()), _head(text_pages) if headed else ""
    if head and _is_better(head, title):
        if _letters(head) != _letters(title) and type in NO_STUDY:
            type = _type_of(head)
        title = head
    year, period = (year, period) if period else (_year_on_cover(text_pages) or year, period)
    front = "\n".join(text_pages)[:FRONT]
    sections = read_sections(front)
    abstract = " ".join(" ".join([*sections["abstract"], ""] if sections["abstract"] else front.split()).split())
    abstract = " ".join(abstract.split(" ")[:ABSTRACT_WORDS])
    aims = _without_office(_aims(sections["aims"], front, title), agency or "")
    scope = tuple(kept for one in _sentences("\n".join(sections["scope"])) if (kept := _without_left_out(one)))
    named = find_places(front[:OPENING])
    said = _in_full(find_places(title), named if title.isupper() else ())
    said += _in_full((place for text in locus if (place := parse_place(text))), named)
    written = [
        place for line in front.splitlines() if (match := LOCUS_LINE.match(line)) for place in _or_name(match[1])
    ]
    tagged = _in_full((*find_places(region or ""), *find_places(agency or "")), named)
    regions = [place for place in (*tagged, *named) if place.level in (1, 2)]
    said = said or named_bare(title, regions)[:1]  # "... di Sumbawa"
    if not any(place.level not in (1, 2) for place in said):
        said += written or (find_places("\n".join(sections["scope"]))[:4] if not said else ())
    around = [*said, *written, *tagged, *find_places(front[:1500])]
    listed = [part.strip(" .") for text in sections["keywords"] for part in re.split(r"[,;•]", text)]
    # Page by page, so that no page is read that does not count.
    words = list(islice((token for text in text_pages for token in tokenize(text[:FRONT])), MOST_WORDS))
    year = year or (None if period else _year_of(title))
    return Study(
        title=title,
        type="kajian" if _STUDY.match(title) and type != "kak" else _known(type) or _type_of(title) or type,
        year=year,
        period=period or _period_of(title),
        agency=agency,
        region=region_of(around[: len(said)]) or region_of(around),
        places=tuple(dict.fromkeys(said)),
        aims=aims,
        scope=scope,
        abstract=abstract,
        keywords=tuple(dict.fromkeys([*keywords, *(part for part in listed if part)])),
        programs=tuple(programs),
        indicators=tuple(indicators),
        follows=tuple(dict.fromkeys(continued_studies(title, front[:OPENING]))),
        cited=tuple(cited_studies(front[:OPENING], title, year)),
        vocabulary=Counter(concept.name for concept in read_concepts(words) if not concept.name[0].isdigit()),
    )


def _known(type: str | None) -> str | None:
    return None if type == "lainnya" else type


def _in_full(places: Iterable[Place], named: Sequence[Place]) -> list[Place]:
    """Places as the text names them: capitals tell only where a name begins, and tags may be cut short."""
    return [
        next((one for one in named if one.kind == place.kind and one.name.startswith(f"{place.name} ")), place)
        for place in places
    ]


def _or_name(text: str) -> tuple[Place, ...]:
    places = find_places(text)
    bare = parse_place(text.split(",")[0].strip(" .|"))
    return places or ((bare,) if bare and len(bare.name.split()) <= 3 else ())


def _head(pages: Sequence[str]) -> str:
    """The first paragraph of a text on one line, where it is as short as a title; else ""."""
    first = next((page for page in pages if page.strip()), "").strip()
    lines = re.split(r"\n[ \t]*\n", first, maxsplit=1)[0].splitlines()
    head = " ".join(" ".join(lines).split()).lstrip("#* ").rstrip("* ")
    return head if len(lines) <= 5 and 12 < len(head) <= 250 and not head.endswith(".") and _is_written(head) else ""


def _is_written(line: str) -> bool:
    """Whether a line is of words, not of what OCR sees in a logo or a seal."""
    words = line.split()
    return 2 * sum(len(word) > 2 and word.strip(".,:;()\"'").isalpha() for word in words) > len(words)


def _is_better(head: str, title: str) -> bool:
    """Whether the head of the text is its title rather than what was found: broken, drawn out or of something else."""
    own, found = _letters(head), _letters(title)
    if own == found:
        return True
    if len(head.split()) < SAYS_SOMETHING:
        return False
    if _STUDY.match(head):
        return found.startswith(own) or not _STUDY.match(title)
    if _type_of(head) == _type_of(title) and _type_of(head):
        return bool(_REVISED.match(head)) and not _REVISED.match(title)
    if _NO_TITLE.match(head) or (_type_of(title) is None and not _NO_TITLE.match(title)):
        return False
    return _type_of(head) is None and not any(re.search(rf"\b(?:{phrase})\b", head, re.I) for _, phrase in _PLAN)


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _year_on_cover(pages: Sequence[str]) -> int | None:
    """The year of a line "Tahun 2021" at the head of the first page that has text, or None."""
    first = next((page for page in pages if page.strip()), "")
    for line in first.strip().splitlines()[:14]:
        if match := re.fullmatch(r"\W*(?:tahun(?: anggaran)?|t\.?a\.?)\s*:?\s*((?:19|20)\d\d)\W*", line.strip(), re.I):
            return int(match[1])
    return None


def _type_of(title: str) -> str | None:
    """The plan or report that the title begins with, or None."""
    head = re.sub(r"^\W*(?:perubahan|revisi|draf|dokumen|rancangan(?: akhir)?|penyusunan)\s+", "", title, flags=re.I)
    return next((kind for kind, phrase in _PLAN if re.match(rf"\W*(?:{phrase})\b", head, re.I)), None)


def without_type(title: str) -> str:
    """The title of a plan or report without the words that name its type: the office is left."""
    for _, phrase in _PLAN:
        title = re.sub(rf"\(?\b(?:{phrase}(?: pemerintah)?)\b\)?", " ", title, flags=re.I)
    return title


def _period_of(title: str) -> tuple[int, int] | None:
    match = _PERIOD.search(title)
    return (int(match[1]), int(match[2])) if match and int(match[1]) < int(match[2]) else None


def _year_of(title: str) -> int | None:
    if _PERIOD.search(title):
        return None
    years = _YEAR.findall(title)
    return int(years[-1]) if years else None


def _aims(announced: Sequence[str], front: str, title: str) -> tuple[str, ...]:
    """The sentences announced as aims, else those that say what is intended with what the title is about.

    What is intended right after such a sentence belongs to it. Where none speaks of that in the words of the title,
    those of which the study itself is the subject.
    """
    sentences = _sentences("\n".join(announced))
    if not sentences:
        about = subjects(title)
        written = _sentences(front[:12_000])
        intended = [number for number, one in enumerate(written) if INTENDS.search(one)]
        kept: list[int] = []
        for number in intended:
            if not about or about & subjects(written[number]) or number - 1 in kept:
                kept.append(number)
        kept = kept or [number for number in intended if OF_ITSELF.search(written[number])][:2]
        sentences = [written[number] for number in kept[:8]]
    return tuple(sentences[:16])


def _without_left_out(sentence: str) -> str:
    """What a sentence of the scope says before what it leaves out; "" where that is all it says."""
    if (match := _LEAVES_OUT.search(sentence)) is None:
        return sentence
    before = sentence[: match.start()].rpartition(",")[0]
    return before if _TAKES_IN.search(before) else ""


def _without_office(aims: Iterable[str], agency: str) -> tuple[str, ...]:
    """Aims without the name of the office they serve, and without what is asked of whoever is hired to do the work."""
    kept = [one for one in aims if not _HIRED.match(one)]
    name = re.split(r"\s+(?:kota|kabupaten|provinsi)\b", agency, maxsplit=1, flags=re.I)[0].split()
    if len(name) > 1:
        office = re.compile(r"\b" + r"\s+".join(map(re.escape, name)) + r"\b", re.I)
        kept = [office.sub("", one) for one in kept]
    return tuple(kept)


def goes_on_from(draft: Study, found: Study) -> bool:
    """Whether a draft calls itself a continuation of what may be the found study, speaks of that one by its name, or
    asks how what was drawn up there is carried out."""
    continued = any(may_speak_of(said, found.title, found.years) for said in draft.follows)
    return continued or _cites(draft, found) or carries_out(draft.title, found.title)


def _cites(draft: Study, found: Study) -> bool:
    """Whether a draft speaks of the found study by words of its title, with its year or as what advised it."""
    return any(names(said, year, found.title, found.years, draft.title) for said, year in draft.cited)


def _sentences(text: str) -> list[str]:
    pieces = (" ".join(piece.split()) for piece in SENTENCE.split(text))
    stripped = (re.sub(r"^(?:[-•*▪➢]|\d{1,2}[.)]|[a-z][.)])\s+", "", piece) for piece in pieces)
    return [piece for piece in stripped if len(piece) > 12]
