"""The agency a document belongs to, in one canonical form whatever the document calls them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kms.extract.tags.evidence import HEAD, Place
from kms.extract.tags.regions import Name, bare_names, best_name, capitals, known_regions, region_name, region_pattern


@cache
def short_names() -> dict[str, str]:
    """What offices are called for short, small, to their names: "bappeda", "Badan Perencanaan Pembangunan Daerah"."""
    lines = files("kms.extract.tags").joinpath("offices.tsv").read_text("utf-8").splitlines()
    return {short: name for short, tab, name in (line.partition("\t") for line in lines) if tab}


DISTRICT = r"(?:kecamatan|distrik|kapanewon|kemantren)"
"""A part of a kota or kabupaten, as the provinces call it."""
OF_HOSPITAL = r"(?!kota\b|kab|prov|tahun\b|rencana\b|laporan\b|perjanjian\b|ren(?:ja|stra)\b)[a-z.]+"
"""A word of a hospital's own name, which may begin on the next line, and stays on it."""
# Of a dinas: "UPTD Puskesmas ...".
UNIT = r"(?:uptd?|unit\s+pelaksana\s+teknis(?:\s+daerah)?)"
OFFICE = (
    r"\b(?P<office>(?:dinas|badan|kantor)\s+(?!tersebut|ini\b|dan\b|yang\b)"
    r"(?:(?!\b(?:dinas|badan|kantor|tugas|fungsi|adalah|yang|tahun|laporan|kajian|studi|rencana|perjanjian|kerangka|"
    r"naskah|terms?)\b)[a-z,\-\s]){4,130}?|inspektorat(?:\s+daerah)?|"
    r"satuan polisi pamong praja(?:\s+dan\s+(?:pemadam\s+kebakaran|perlindungan\s+masyarakat|linmas))?|"
    r"sekretariat\s+(?:daerah|dprd|dewan\s+perwakilan\s+rakyat\s+daerah)|"
    r"kecamatan\s+kota\s+[a-z]+(?:\s+[a-z]+)?(?=\s+(?:kota|kab))|"
    r"(?:" + DISTRICT + r"|kelurahan|camat|lurah)"
    r"(?:\s+(?!di\b|dan\b|yang\b|se\b|ini\b|tersebut\b|kota\b|kab|prov|tahun\b)[a-z]+){1,3}?"
    r"(?:\s+kota(?=\s+(?:kota|kab)))?|"
    r"(?:rumah\s+sakit\s+(?:umum(?:\s+daerah)?|daerah|jiwa(?:\s+daerah)?|paru|mata|khusus|ibu\s+dan\s+anak)|"
    r"rsu?d|rsj)"
    r"(?:\s+" + OF_HOSPITAL + r"(?:[ ]+" + OF_HOSPITAL + r"){0,2})?|"
    r"cabang\s+dinas(?:[ ]+(?!kota\b|kab|prov|tahun\b)[a-z]+){1,6}?|"
    r"(?:(?:"
    + UNIT
    + r"|blud)\s+){0,2}puskesmas(?:[ ]+(?!kota\b|kab|prov|tahun\b|kec|dinas\b)[a-z.]+){1,3}?|"
    + UNIT
    + r"(?:[ ]+(?!kota\b|kab|prov|tahun\b|kec|puskesmas|blud|dinas\b|badan\b)[a-z,]+){1,7}?|"
    + "|".join(re.escape(name) for name in sorted(short_names(), key=len, reverse=True))
    + r")"
)
WITH_REGION = re.compile(
    OFFICE
    + r"\s*[,:]?\s*(?:pemerintah\s+)?(?=kota\b|kab(?:upaten)?\b|prov(?:insi)?\b|dki\b|daerah\s+(?:istimewa|khusus)\b)",
    re.I,
)
ALONE = re.compile(r"^\W*" + OFFICE + r"(?<!\bdan)[^\w,]*$", re.I | re.M)
GOVERNMENT = re.compile(r"\bpemerintah(?:an)?\s+(?:daerah\s+)?(?:kota|kab(?:upaten|\.)?|prov(?:insi|\.)?)\s+\w+", re.I)
PART = r"(?:uptd?|unit\s+pelaksana|blud|puskesmas|rsu?d|rsj|rumah\s+sakit|cabang\s+dinas)\b"
"""How the name of an office begins that is a part of another: of a dinas, mostly that of health."""
PART_BELOW = re.compile(r"[^\w\n]*\n\W*" + PART, re.I)
"""In a letterhead, the part of an office that writes, on the line below that office."""
WHOLE = re.compile(r"(?:dinas|badan|" + DISTRICT + r")\b", re.I)
IN_DISTRICT = re.compile(rf"^\W*(?={PART}){OFFICE}[ ]+{DISTRICT}\b", re.I | re.M)
"""A part of an office and its district on one line: "Puskesmas Bayah Kecamatan Bayah"."""
BUREAU = re.compile(
    r"^\W*(?:(?P<bureau>(?:bagian|biro)[ ]+[a-z,\- ]{4,60}?)(?=[^\w\n]*$|[ ]+(?:sekretariat|setda)\b)"
    r"|(?P<whole>sekretariat|setda)\b)",
    re.I | re.M,
)
"""A part of a Sekretariat Daerah at the head of a line, or that Sekretariat itself."""
IN_PASSING = re.compile(DISTRICT + "|kelurahan", re.I)
"""Offices that a text names mostly as places."""
OF_OFFICE = re.compile(r"\b(?:kepala|sekretaris|inspektur|direktur|camat|lurah)\b", re.I)
"""Whose decision is that of an office, not of the region."""
KIND_AT_END = re.compile(
    r"\b(?:kota|kab(?:upaten)?|prov(?:insi)?|kecamatan|kelurahan|desa|di|bupati|gubernur)\W*$", re.I
)
# A place that is spoken of, not an office: "di Kecamatan ...", "wilayah Kecamatan ...".
ELSEWHERE = re.compile(r"\b(?:di|pada|wilayah|lokus|lokasi|se|antar|setiap|per|pemekaran|penataan)[\s:-]*$", re.I)
REGIONAL_REPORT = re.compile(r"lppd|laporan penyelenggaraan pemerintahan", re.I)
REGIONAL = ("lkpj", "rkpd", "rpjmd", "rpjpd")
WRITTEN_OUT = {
    "ukm": "usaha kecil dan menengah",
    "kb": "keluarga berencana",
    "umkm": "usaha mikro, kecil dan menengah",
    "ptsp": "pelayanan terpadu satu pintu",
    "esdm": "energi dan sumber daya mineral",
    "sdm": "sumber daya manusia",
}
"""Abbreviations within the names of offices, small."""


def region_of_office(places: list[Place], region: Name | None) -> Name | None:
    """The region right after an office on the cover, which is the author's; else ``region``, the one named most.

    A study of one kabupaten may be ordered by the province, or the reverse.
    """
    cover = places[0]
    for match in WITH_REGION.finditer(cover.text) if cover.page is not None else ():
        before, after = cover.text[: match.start("office")], cover.text[match.end() :].lstrip(" \n,:")
        named = region_pattern().match(after)
        if named and named["known"] and not ELSEWHERE.search(before[-20:]):
            value = region_name(named["kind"], named["known"])
            if value.lower() in known_regions() and (region is None or not f"{region.value} ".startswith(f"{value} ")):
                return Name(value, " ".join(f"{match['office']} {named[0]}".split()), cover.page, 0.75)
            return region
    return region


def find_office(places: list[Place], region: Name | None, of_others: bool = False) -> Name | None:
    """The office named most at the telling places, with its region.

    ``of_others``: the document may look at offices that did not write it, as a study does.
    """
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, tuple[str, int | None]] = {}
    above = _above_parts(places[0].text, of_others)
    for place in places:
        for match in _named(place.text):
            if not ELSEWHERE.search(place.text[max(0, match.start("office") - 20) : match.start("office")]):
                name = office_name(match["office"])
                passing = name in above or (place.weight < HEAD and IN_PASSING.match(name))
                _count(scores, quotes, name, match[0], place, 0.15 if passing else 1.0)
        if region and place is places[0]:
            for match in ALONE.finditer(_without_bare_name(place.text, region)):
                _count(scores, quotes, office_name(match["office"]), match[0], place, 0.8)
        if place.page is None:
            for match in re.finditer(OFFICE, place.text, re.I):
                _count(scores, quotes, office_name(match["office"]), match[0], place, 0.8)
    best = best_name(scores, quotes)
    if best is None:
        return None
    value = _within_district(_fuller(best.value, scores), places[0].text)
    place_name = region.called if region else ""
    if place_name and not value.endswith(place_name):
        value = f"{value} {place_name}"
        return Name(value, best.quote, best.page, min(best.confidence, region.confidence if region else 1.0))
    return Name(value, best.quote, best.page, best.confidence)


def _named(text: str) -> Iterator[re.Match[str]]:
    """Where a text names an office as such: before its region, on a line of its own, or with its district."""
    for pattern in (WITH_REGION, ALONE, IN_DISTRICT):
        yield from pattern.finditer(text)


def _above_parts(cover: str, of_others: bool) -> set[str]:
    """The offices that a cover names only because the one that writes is a part of them.

    Such a part stands right below its office; or, where the document is sure to be its own, anywhere on a line.
    """
    named = list(_named(cover))
    starts = ("\n", "")
    writes = not of_others and any(
        re.match(PART, match["office"], re.I) and cover[: match.start("office")].rstrip(" \t")[-1:] in starts
        for match in named
    )
    return {
        office_name(match["office"])
        for match in named
        if PART_BELOW.match(cover, match.end("office")) or (writes and WHOLE.match(match["office"]))
    }


def find_bureau(office: Name, cover: Place, after: int) -> str:
    """ "Bagian Hukum" where a cover names that part of a Sekretariat as whose the document is; "" else.

    ``after`` is where the name of the document ends: what comes first below it counts, then what stands above it. A
    bagian below the Sekretariat there only made the document.
    """
    if not office.value.startswith("Sekretariat") or cover.page is None:
        return ""
    below = BUREAU.search(cover.text, after)
    above = [match for match in BUREAU.finditer(cover.text, 0, after) if match["bureau"]]
    match = below or (above[-1] if above else None)
    return capitals(match["bureau"]) if match and match["bureau"] else ""


def _without_bare_name(cover: str, region: Name) -> str:
    """The lines that end with the region's name without its kind, "BAPPEDA CIAMIS", less that name; "" else."""
    bare = re.escape(region.value.partition(" ")[2])
    lines = re.findall(rf"^(.*\w)[ ]+{bare}\W*$", cover, re.I | re.M)
    return "\n".join(line for line in lines if not KIND_AT_END.search(line))


def find_government(kind: str | None, phrase: str, places: list[Place], region: Name | None) -> Name | None:
    """The government of a region as author: of regional plans and regulations, or where the cover names no office."""
    if region is None:
        return None
    whole = Name(f"Pemerintah {region.called}", region.quote, region.page, region.confidence)
    if kind in REGIONAL or REGIONAL_REPORT.match(phrase) or (kind == "regulasi" and not OF_OFFICE.search(phrase)):
        return whole
    for place in places:
        match = GOVERNMENT.search(place.text)
        if match and place.weight >= HEAD and place.page is not None:
            return Name(whole.value, " ".join(match[0].split()), place.page, min(0.6, region.confidence))
    return None


def is_of_region(phrase: str, cover: Place) -> bool:
    """Whether a regulation is that of a region's head: as its name says, or the line above a mere "SURAT EDARAN"."""
    if phrase == "surat edaran":
        return bool(re.search(r"^\W*(?:bupati|wali\s?kota|gubernur)\b", cover.text, re.I | re.M))
    return not OF_OFFICE.search(phrase)


def is_office_line(line: str) -> bool:
    """Whether a line of a cover names an office, with or without its region, and nothing else."""
    match = re.match(r"\W*" + OFFICE + r"\b", line, re.I)
    rest = line[match.end() :] if match else "-"
    bare = rest.strip(" ,.-").lower()
    return bool(match) and (not bare or bare in bare_names() or bool(re.match(r"[\s,]*(kota|kab|prov)", rest, re.I)))


def office_name(text: str) -> str:
    """An office as lists write it: short names spelt out, capitals only where they belong."""
    folded = re.sub(r"\s+", " ", text.strip(" ,:-\n")).lower()
    folded = re.sub(r"\bsetda$", "sekretariat daerah", re.sub(r"^rsud\b", "rumah sakit umum daerah", folded))
    folded = re.sub(r"^rsd\b", "rumah sakit daerah", folded)
    folded = re.sub(r"\bunit pelaksana teknis( daerah)?\b", lambda unit: "uptd" if unit[1] else "upt", folded)
    folded = re.sub(r"^camat\b", "kecamatan", re.sub(r"^lurah\b", "kelurahan", folded))
    folded = re.sub(r"^rsj\b", "rumah sakit jiwa", folded)
    folded = re.sub(r"\bdan ukm\b", "dan usaha kecil menengah", folded)
    folded = re.sub(r"\b[a-z]+\b", lambda word: WRITTEN_OUT.get(word[0], word[0]), folded)
    return short_names().get(folded) or capitals(folded)


def _count(
    scores: dict[str, float],
    quotes: dict[str, tuple[str, int | None]],
    value: str,
    quote: str,
    place: Place,
    factor: float,
) -> None:
    scores[value] += factor * place.weight
    quotes.setdefault(value, (" ".join(quote.split()), place.page))


def _fuller(value: str, scores: dict[str, float]) -> str:
    """ "Kesatuan Bangsa dan Politik" alone is said fully elsewhere in the document, with Kantor or Badan before it."""
    longer = [other for other in scores if other != value and other.endswith(value)]
    return max(longer, key=lambda other: scores[other]) if longer else value


def _within_district(value: str, cover: str) -> str:
    """A kelurahan named on a line beside its kecamatan: "Kelurahan Sukajadi Kecamatan Dumai Kota"."""
    lines = [" ".join(line.split()) for line in cover.split("\n")]
    for one, other in itertools.pairwise(lines):
        district, quarter = sorted((office_name(one), office_name(other)))
        if district.startswith("Kecamatan ") and quarter.startswith("Kelurahan ") and value in (quarter, district):
            return f"{quarter} {district}"
    return value
