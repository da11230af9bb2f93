"""The year a document plans or reports, or the period of a plan for several years; not a year it mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kms.extract.tags.evidence import HEAD, Place
from kms.extract.tags.kinds import PERIODIC, Mention
from kms.text.months import ANY_MONTH

PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-‐‑‒–—−]+|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*((?:19|20)\d\d)\b", re.I)
YEAR = re.compile(
    r"\b(?:tahun(?: (?:anggaran|rencana|pelaksanaan|kegiatan|kerja))?|t\.?\s?a\.?|th\.?|thn\.?|"
    r"(?:triwulan|semester|tw)(?:\s+[ivx1-4]+)?)\s*:?\s*"
    r"((?:19|20)\d\d)\b"
    r"(?!\s*(?:[-–—]+|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*(?:19|20)\d\d)",
    re.I,
)
AT_END = re.compile(r"\btahun(?: anggaran)? ((?:19|20)\d\d)\W*$", re.I)
"""A title's own year."""
BARE = re.compile(r"\b((?:19|20)\d\d)\b")
LAW = re.compile(r"\b(nomor|no\.?)\s*[\w/.\-]{1,14}\s*$", re.I)
ISSUED = re.compile(
    r"\b(?:nomor|no\.?)\s*:?\s*[\w/.\-]{1,24}\s+tahun\s+((?:19|20)\d\d)\b|/((?:19|20)\d\d)\s*$", re.I | re.M
)
# On a cover a year may stand alone, or at the end of a line: "LAKIP 2014". After a month it is when it was printed.
ALONE = re.compile(r"(?:^|(?<=[A-Za-z)] )|(?<=[A-Za-z)])|(?<=[A-Za-z)], ))((?:19|20)\d\d)\W*$", re.M)
CONTINUED = re.compile(
    r"(tahun|anggaran|rencana|t\.?a\.?|th\.?|nomor[^|\n]*|no\.[^|\n]*|[-–—/]|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*$",
    re.I,
)
PRINTED = re.compile(
    rf"\b({ANY_MONTH}|pebruari|nopember)\W*"
    r"(?:tahun\s*)?$",
    re.I,
)
PAST = re.compile(r"\b(tahun lalu|evaluasi|realisasi|capaian)\b[^.\n]{0,60}$", re.I)
NEAR = 130
UNCLEAR = 0.6


@dataclass(frozen=True)
class When:
    """A year "2021" or a period "2018-2023", the words that say it, and how sure it is."""

    value: str
    quote: str
    page: int | None
    confidence: float


def find_when(kind: str | None, places: list[Place], found: list[Mention]) -> When | None:
    """A period for plans of several years, else a year; None where the document says none.

    A regulation's year is that of its number. Another document has a period only where its cover names no year of its
    own but a period beside its type ("IKU 2021-2026").
    """
    own = [mention for mention in found if mention.kind == kind]
    if kind == "regulasi" and (issued := _issued(places)):
        return issued
    if kind in PERIODIC:
        return _vote(places, own, PERIOD)
    year = _vote(places, own, YEAR)
    if year is None or year.page is None or year.confidence < UNCLEAR:
        period = _vote(places[:1], own, PERIOD) if places and places[0].page is not None else None
        return period or year
    return year


def _issued(places: list[Place]) -> When | None:
    for place in places:
        if place.page is not None and (match := ISSUED.search(place.text)):
            return When(match[1] or match[2], " ".join(match[0].split()), place.page, 0.9)
    return None


def _vote(places: list[Place], own: list[Mention], pattern: re.Pattern[str]) -> When | None:
    scores: dict[str, list[float]] = defaultdict(list)
    quotes: dict[str, tuple[str, int | None, float]] = {}
    for place in places:
        for match, bare in _dates(place, pattern):
            value = "-".join(match.groups())
            score = place.weight * _telling(place, match, own, bare)
            scores[value].append(score)
            if score > quotes.get(value, ("", None, 0.0))[2]:
                quotes[value] = (" ".join(match[0].split()), place.page, score)
        if place.page is None:
            _name_of_file(place, pattern, scores, quotes)
    if not scores:
        return None
    # Many weak mentions, such as those of a running head not brought up to date, must not outweigh the cover.
    totals = {value: max(said) + 0.1 * (sum(said) - max(said)) for value, said in scores.items()}
    value = max(sorted(totals), key=lambda one: totals[one])
    rest = sum(score for one, score in totals.items() if one != value)
    quote, page, _ = quotes[value]
    confidence = min(0.97, 0.4 + 0.6 * totals[value] / (totals[value] + 0.7 * rest + 1.5))
    return When(value, quote, page, round(min(confidence, 0.55) if page is None else confidence, 2))


def _dates(place: Place, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], bool]]:
    """What looks like a year or period, and whether it is a year with no word before it that says so."""
    for match in pattern.finditer(place.text):
        if LAW.search(place.text[max(0, match.start() - 30) : match.start()]):
            continue
        if pattern is not PERIOD or 1 < int(match[2]) - int(match[1]) <= 25:
            yield match, False
    if pattern is YEAR and place.page is not None and place.weight >= HEAD:
        for match in ALONE.finditer(place.text):
            before = place.text[: match.start()]
            if not CONTINUED.search(before):
                yield match, True


def _telling(place: Place, match: re.Match[str], own: list[Mention], bare: bool) -> float:
    """How much a year counts where it stands: most beside the document's own name, least after a month."""
    before = place.text[max(0, match.start() - 70) : match.start()]
    if PRINTED.search(before):
        return 0.1
    near = any(
        mention.place is place
        and 0 <= match.start() - mention.end <= NEAR
        and not BARE.search(place.text[mention.end : match.start()])
        for mention in own
    )
    if near:
        return 3.0 * (0.6 if bare else 1.0) * (0.2 if PAST.search(before) and place.weight < HEAD else 1.0)
    return (1.0 if place.weight >= HEAD else 0.15) * (0.6 if bare else 1.0)


def _name_of_file(
    place: Place,
    pattern: re.Pattern[str],
    scores: dict[str, list[float]],
    quotes: dict[str, tuple[str, int | None, float]],
) -> None:
    years = BARE.findall(place.text)
    value = "-".join(years[-2:]) if pattern is PERIOD and len(years) > 1 else years[-1] if years else ""
    if value and (pattern is not PERIOD or "-" in value):
        scores[value].append(place.weight)
        quotes.setdefault(value, (place.text, None, place.weight))
