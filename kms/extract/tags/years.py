"""The year a document plans or reports, or the period of a plan for several years; not a year it mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kms.extract.tags.evidence import Place
from kms.extract.tags.kinds import PERIODIC, Mention

PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-‐‑‒–—−]+|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*((?:19|20)\d\d)\b", re.I)
YEAR = re.compile(
    r"\b(?:tahun(?: anggaran)?|t\.?\s?a\.?|th\.?)\s*:?\s*((?:19|20)\d\d)\b(?!\s*[-–—]+\s*(?:19|20)\d\d)", re.I
)
BARE = re.compile(r"\b((?:19|20)\d\d)\b")
LAW = re.compile(r"(nomor|no\.?)\s*[\w/.\-]{1,14}\s*$", re.I)
NEAR = 130


@dataclass(frozen=True)
class When:
    """A year "2021" or a period "2018-2023", the words that say it, and how sure it is."""

    value: str
    quote: str
    page: int | None
    confidence: float


def find_when(kind: str | None, places: list[Place], found: list[Mention]) -> When | None:
    """A period for plans of several years, else a year; None where the document says none."""
    own = [mention for mention in found if mention.kind == kind]
    return _vote(places, own, PERIOD) if kind in PERIODIC else _vote(places, own, YEAR)


def _vote(places: list[Place], own: list[Mention], pattern: re.Pattern[str]) -> When | None:
    scores: dict[str, float] = defaultdict(float)
    quotes: dict[str, tuple[str, int | None, float]] = {}
    for place in places:
        for match in pattern.finditer(place.text):
            if LAW.search(place.text[max(0, match.start() - 30) : match.start()]):
                continue
            value = "-".join(match.groups())
            if pattern is PERIOD and not 1 < int(match[2]) - int(match[1]) <= 25:
                continue
            near = any(
                mention.place is place
                and 0 <= match.start() - mention.end <= NEAR
                and not BARE.search(place.text[mention.end : match.start()])
                for mention in own
            )
            cover = place.weight >= 3
            score = place.weight * (3.0 if near else 1.0 if cover else 0.15)
            scores[value] += score
            if score > quotes.get(value, ("", None, 0.0))[2]:
                quotes[value] = (" ".join(match[0].split()), place.page, score)
        if place.page is None:
            _name_of_file(place, pattern, scores, quotes)
    if not scores:
        return None
    value = max(sorted(scores), key=lambda one: scores[one])
    rest = sum(score for one, score in scores.items() if one != value)
    quote, page, _ = quotes[value]
    confidence = min(0.97, 0.4 + 0.6 * scores[value] / (scores[value] + 0.7 * rest + 1.5))
    return When(value, quote, page, round(min(confidence, 0.55) if page is None else confidence, 2))


def _name_of_file(
    place: Place,
    pattern: re.Pattern[str],
    scores: dict[str, float],
    quotes: dict[str, tuple[str, int | None, float]],
) -> None:
    years = BARE.findall(place.text)
    value = "-".join(years[-2:]) if pattern is PERIOD and len(years) > 1 else years[-1] if years else ""
    if value and (pattern is not PERIOD or "-" in value):
        scores[value] += place.weight
        quotes.setdefault(value, (place.text, None, place.weight))
