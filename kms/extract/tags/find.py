"""All tags of a document from its pages, tables and the name of its file."""

from __future__ import annotations

import re

from kms.extract.tags.evidence import Place, gather_places
from kms.extract.tags.kinds import Mention, choose_kind, mentions
from kms.extract.tags.offices import (
    REGIONAL,
    find_bureau,
    find_government,
    find_office,
    is_of_region,
    region_of_office,
)
from kms.extract.tags.programs import find_programs
from kms.extract.tags.regions import Name, find_region
from kms.extract.tags.spelling import spell
from kms.extract.tags.studies import find_study
from kms.extract.tags.titles import (
    LABELS,
    MONTH,
    NAMED,
    compose_title,
    draft_of,
    holder_of,
    is_form,
    is_revised,
    label_of,
    month_of,
    own_title,
    regulation_title,
    sureness,
)
from kms.extract.tags.years import AT_END, find_when
from kms.model import Page, Table, Tag


def find_tags(pages: tuple[Page, ...], tables: tuple[Table, ...], file_name: str) -> tuple[Tag, ...]:
    """Type, title, agency, region, year or period, programs and codes, and the locus and keywords of a study.

    A tag that nothing in the document supports is left out. ``page`` is None where only the file's name says it.
    """
    places = gather_places(pages, file_name)
    found = mentions(places)
    chosen = choose_kind(found)
    kind = chosen[0] if chosen else None
    tags = []
    if chosen:
        _, best, confidence = chosen
        tags.append(Tag("type", chosen[0], best.place.page, best.place.text[best.start : best.end], "rule", confidence))
    region = region_of_office(places, find_region(places))
    if region:
        tags.append(Tag("region", region.value, region.page, region.quote, "rule", region.confidence))
    office = find_office(places, region, of_others=kind in ("kajian", "kak", "regulasi", None))
    phrase = " ".join((tags[0].quote or "").lower().split()) if chosen else ""
    government = find_government(kind, phrase, places, region)
    of_region = kind in REGIONAL or (kind == "regulasi" and is_of_region(phrase, places[0]))
    if government and (office is None or of_region):
        office = government
    if office:
        tags.append(Tag("agency", office.value, office.page, office.quote, "rule", office.confidence))
    when = find_when(kind, places, found)
    if when:
        name = "period" if "-" in when.value else "year"
        tags.append(Tag(name, when.value, when.page, when.quote, "rule", when.confidence))
    cover = places[0]
    if chosen and kind in LABELS and office:
        month = month_of(cover) if kind == "evaluasi" else ""
        holder = holder_of(chosen[1]) if kind == "perjanjian-kinerja" else ""
        part = holder or find_bureau(office, cover, chosen[1].end if chosen[1].place is cover else 0)
        label = f"{label_of(kind, found)} {part}".strip()
        draft = draft_of(cover, kind, found)
        revised = is_revised(chosen[1], found)
        title = compose_title(label, office.value, when.value if when else "", revised, month, draft)
        sure = min(chosen[2], office.confidence, when.confidence if when else 0.5)
        tags.append(Tag("title", title, chosen[1].place.page, None, "rule", sure))
    elif kind == "regulasi" and (title := regulation_title(pages)):
        tags.append(Tag("title", title, cover.page, None, "rule", 0.8))
    elif chosen and (full := NAMED.get(phrase)):
        parts = [full, office.value if office else "", f"Tahun {when.value}" if when else ""]
        title = " ".join(part for part in parts if part)
        tags.append(Tag("title", title, chosen[1].place.page, tags[0].quote, "rule", min(chosen[2], 0.8)))
    elif title := _heading(pages, found, kind, cover) or (own_title(cover) if cover.page is not None else ""):
        where = region.value.partition(" ")[2] if region else ""
        if kind == "evaluasi" or (is_form(title, kind) and where.lower() not in title.lower()):
            whole = _completed(title, office, when.value if when else "", month_of(cover))
        else:
            whole = title
        tags = _of_title(tags, title, cover.page) if kind in ("kajian", "kak") else tags
        tags.append(Tag("title", whole, cover.page, title, "rule", sureness(title)))
    if kind in ("kajian", "kak"):
        own = next((tag for tag in tags if tag.name == "title"), None)
        tags += find_study(pages, own, region.value if region else "")
    return (*tags, *find_programs(pages, tables))


def _of_title(tags: list[Tag], title: str, page: int | None) -> list[Tag]:
    """The tags with the year that the title of a study names at its end, whatever years its pages speak of."""
    match = AT_END.search(title)
    if match is None:
        return tags
    return [tag for tag in tags if tag.name not in ("year", "period")] + [
        Tag("year", match[1], page, match[0], "rule", 0.9)
    ]


def _heading(pages: tuple[Page, ...], found: list[Mention], kind: str | None, cover: Place) -> str:
    """The first line that begins with the name of a report, for a form whose columns are read before its heading."""
    if kind != "evaluasi":
        return ""
    names = {one.place.text[one.start : one.end].lower() for one in found if one.kind == kind and one.place.page}
    lines = [" ".join(line.split()) for page in pages[:1] for line in page.text.splitlines()]
    line = next((line for line in lines if len(line) < 120 and any(line.lower().startswith(n) for n in names)), "")
    return "" if _goes_on(line, cover) else spell(line) if line.isupper() else line


def _goes_on(line: str, cover: Place) -> bool:
    """Whether the title at the head of the cover begins with that line, and so says more."""
    return cover.page is not None and own_title(cover).lower().startswith(line.lower())


def _completed(title: str, office: Name | None, when: str, month: str) -> str:
    """The heading of a report or a form says neither whose nor when it is."""
    parts = [title]
    own_year = AT_END.search(title)
    if own_year and own_year[1] == when and not MONTH.search(title):
        parts = [title[: own_year.start()].strip()]
    if office and office.value.lower() not in title.lower():
        parts.append(office.value)
    if month and not re.search(rf"\b{month.removeprefix('Bulan ')}\b", title, re.I):
        parts.append(month)
    if when and when not in " ".join(parts):
        parts.append(f"Tahun {when}")
    return " ".join(parts)
