"""The region a document belongs to, in one canonical form: a kota, a kabupaten or a provinsi."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from kms.extract.tags.evidence import Place
from kms.text.months import ANY_MONTH

OF_ACEH = "(?:barat|besar|jaya|selatan|singkil|tamiang|tengah|tenggara|timur|utara)"
"""What follows where a kabupaten is meant: "Aceh Besar"."""
SPECIAL = (
    (re.compile(r"(?:daerah istimewa|d\.?\s?i\.?) yogyakarta\b", re.I), "Daerah Istimewa Yogyakarta"),
    (re.compile(rf"pemerintah aceh\b(?! +{OF_ACEH})", re.I), "Provinsi Aceh"),
    (re.compile(r"(?:dki|daerah khusus(?: ibu\s?kota)?)\s+jakarta\b", re.I), "Provinsi DKI Jakarta"),
)
"""Provinces that are called by names of their own, mostly without "Provinsi"."""
SHORT_PROVINCES = {
    "ntb": "Nusa Tenggara Barat",
    "ntt": "Nusa Tenggara Timur",
    "jabar": "Jawa Barat",
    "jateng": "Jawa Tengah",
    "jatim": "Jawa Timur",
    "kalbar": "Kalimantan Barat",
    "kalsel": "Kalimantan Selatan",
    "kalteng": "Kalimantan Tengah",
    "kaltim": "Kalimantan Timur",
    "kaltara": "Kalimantan Utara",
    "sulsel": "Sulawesi Selatan",
    "sulteng": "Sulawesi Tengah",
    "sultra": "Sulawesi Tenggara",
    "sulut": "Sulawesi Utara",
    "sulbar": "Sulawesi Barat",
    "sumbar": "Sumatera Barat",
    "sumsel": "Sumatera Selatan",
    "sumut": "Sumatera Utara",
    "babel": "Kepulauan Bangka Belitung",
    "kepri": "Kepulauan Riau",
}
SHORT = re.compile(r"dprd|uptd?|blud|[ivx]{2,4}", re.I)
"""Abbreviations and numbers within the names of offices that stay in capitals."""
SMALL = {"dan", "di", "untuk", "serta", "atau", "dr."}


@cache
def known_regions() -> dict[str, str]:
    """Names of regions, folded and without what stands before them, to the spelling in lists; by "kind name"."""
    regions = {}
    for line in files("kms.extract.tags").joinpath("regions.tsv").read_text("utf-8").splitlines():
        kind, tab, name = line.partition("\t")
        if tab:
            regions[f"{kind} {name}".lower()] = f"{kind} {name}"
    return regions


@cache
def bare_names() -> dict[str, list[str]]:
    """Names of regions without their kind, small, to all that are called so: "bogor" to Kota and Kabupaten Bogor."""
    called: dict[str, list[str]] = {}
    for value in known_regions().values():
        called.setdefault(value.partition(" ")[2].lower(), []).append(value)
    return called


@cache
def region_pattern() -> re.Pattern[str]:
    """A region of the list, or a kota or kabupaten with a name the list does not have, on one line."""
    names = sorted({name.split(" ", 1)[1] for name in known_regions()}, key=len, reverse=True)
    known = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    kind = (
        r"\b(?P<kind>(?i:(?:kota|kabupaten)(?:\s+administrasi)?|kab\.?|provinsi|prov\.?|wali\s?kota|bupati|gubernur))"
    )
    return re.compile(
        kind
        + r"(?:\s+(?P<known>(?i:"
        + known
        + r"))\b| (?P<other>(?!(?i:daerah|[a-z]+nya)\b)(?:[A-Z][a-z]{3,}|[A-Z]{4,}|NT[BT]))\b)"
    )


# What stands after a name in capitals, or begins the next thing: no part of it.
_NAME_GOES_ON = re.compile(
    r" (?!(?i:tahun|dan|dalam|untuk|pada|yang|oleh|dengan|tentang|terhadap|serta|periode|provinsi|prov|kota|kabupaten|"
    r"kab|kecamatan|kelurahan|desa|dinas|badan|kantor|inspektorat|sekretariat|bagian|satuan|nomor|republik|triwulan|"
    rf"semester|bulan|anggaran|{ANY_MONTH})\b)"
    r"(?:[A-Z][a-z]{2,}|[A-Z]{3,})\b"
)
OFTEN, NEARLY_ALWAYS = 0.6, 0.9
"""Share of the mentions of a name of no list, and of a list, in which more must follow to be a part of it."""
MENTIONS = 3
"""Mentions of a name of the list from which this can be told."""


@dataclass(frozen=True)
class Name:
    """A name as it is written in lists, the words that say it, and how sure it is."""

    value: str
    quote: str
    page: int | None
    confidence: float

    @property
    def called(self) -> str:
        """What offices of a region are called by: its name, of a government that leaves "Provinsi" out without it."""
        return self.value.removeprefix("Provinsi ") if self.quote.lower() == "pemerintah aceh" else self.value


def find_region(places: list[Place]) -> Name | None:
    """The kota, kabupaten or provinsi named most; a kota or kabupaten before the provinsi it lies in."""
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, tuple[str, int | None]] = {}
    followed: dict[str, Counter[str]] = defaultdict(Counter)
    for place in places:
        for match in region_pattern().finditer(place.text):
            value = region_name(match["kind"], match["known"] or match["other"])
            followed[value].update(_more_of_name(place.text, match.end()))
            if match["other"] or value.lower() not in known_regions():
                # A word of a sentence may follow "kota"; an unknown name must come back to be believed.
                scores[value] += 0.3 * place.weight
            elif value.startswith("Provinsi"):
                scores[value] += 0.2 * place.weight
            else:
                scores[value] += place.weight
            quotes.setdefault(value, (" ".join(match[0].split()), place.page))
        for pattern, value in SPECIAL:
            for match in pattern.finditer(place.text):
                scores[value] += 0.3 * place.weight
                quotes.setdefault(value, (match[0], place.page))
        if place.page is None:
            _count_file_name(scores, quotes, place, " ".join(other.text for other in places).lower())
    if not scores:
        _count_bare_lines(scores, quotes, places[0])
    best = best_name(scores, quotes)
    return replace(best, value=_whole_name(best.value, followed[best.value])) if best else None


def _more_of_name(text: str, at: int) -> Iterator[str]:
    """What may go on a name that ends ``at``: "", and up to two more words that are written as names are."""
    more = ""
    yield more
    for _ in range(2):
        match = _NAME_GOES_ON.match(text, at)
        if match is None:
            return
        more, at = f"{more} {capitals(match[0])}", match.end()
        yield more


def _whole_name(value: str, followed: Counter[str]) -> str:
    """A region by all words of its name, such as are seldom named without: "Kabupaten Sekar Wangi"."""
    least = NEARLY_ALWAYS if value.lower() in known_regions() else OFTEN
    if least == NEARLY_ALWAYS and followed[""] < MENTIONS:
        return value
    wholes = [more for more, count in followed.items() if count >= least * followed[""]]
    return value + max(wholes, key=len, default="")


def region_name(kind: str, name: str) -> str:
    """ "KAB.", "WONOSOBO" as "Kabupaten Wonosobo"."""
    kind = re.sub(r"(?i)\s+administrasi$", "", kind)
    long = {"ko": "Kota", "wa": "Kota", "ka": "Kabupaten", "bu": "Kabupaten", "pr": "Provinsi", "gu": "Provinsi"}[
        kind[:2].lower()
    ]
    value = f"{long} {SHORT_PROVINCES.get(name.lower(), capitals(name))}"
    return known_regions().get(value.lower(), value)


def capitals(text: str) -> str:
    """A name of a region or an office as lists write it: small words small, "UPTD" and "III" large."""
    words = [word if word in SMALL else word.capitalize() for word in text.lower().split()]
    return " ".join(word.upper() if SHORT.fullmatch(word) else word for word in words)


def _count_file_name(
    scores: dict[str, float], quotes: dict[str, tuple[str, int | None]], place: Place, spoken: str
) -> None:
    """The name of a file seldom says kota or kabupaten; which of the two the pages speak of decides."""
    kinds = {"Kota": len(re.findall(r"\bkota\b", spoken)), "Kabupaten": len(re.findall(r"\bkab(upaten)?\b", spoken))}
    words = f" {place.text.lower()} "
    for value in known_regions().values():
        kind, name = value.split(" ", 1)
        if f" {name.lower()} " in words and kind != "Provinsi":
            share = kinds[kind] / (sum(kinds.values()) or 1)
            scores[value] += place.weight * ((1.0 if value in scores else 0.2) + 0.1 * share)
            quotes.setdefault(value, (place.text, None))


def _count_bare_lines(scores: dict[str, float], quotes: dict[str, tuple[str, int | None]], cover: Place) -> None:
    """The line under the office is the region's bare name, where only one region is called so: "BANJARNEGARA"."""
    called = bare_names()
    for line in cover.text.splitlines() if cover.page is not None else ():
        regions = called.get(re.sub(r"\W*\d{5}\W*$", "", line).strip().lower(), [])
        if len(regions) == 1:
            scores[regions[0]] += 0.3 * cover.weight
            quotes.setdefault(regions[0], (line.strip(), cover.page))


def best_name(scores: dict[str, float], quotes: dict[str, tuple[str, int | None]]) -> Name | None:
    """The name with the highest score, surer the less the others have; None where there is none."""
    if not scores:
        return None
    value = max(sorted(scores), key=lambda name: scores[name])
    others = sum(score for name, score in scores.items() if name != value)
    confidence = min(0.97, 0.4 + 0.6 * scores[value] / (scores[value] + 0.5 * others + 2.0))
    quote, page = quotes[value]
    return Name(value, quote, page, round(min(confidence, 0.55) if page is None else confidence, 2))
