"""Tags against what a reader of the cover says: the documents of planning/, and invented covers of many regions.

Usage: python benchmarks/tags.py [--wrong]      (reads KMS_DATA; --wrong lists what differs)

The covers in ``truth/tags.json`` were written down before the rules were tried on them, and the rules then mended; the
second set was written after that, the third after the second, the fourth after the third. The naive reading beside it
takes the first type, office and year that the text of the first pages names, and its first line for a title.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kms.extract import read_file
from kms.extract.tags import find_tags
from kms.model import Page, Tag

ROOT = Path(__file__).parent
DATA = Path(os.environ.get("KMS_DATA", ROOT.parent.parent / "shared" / "data"))
NAMES = ("type", "year or period", "agency", "title")
ALIKE = 0.8
"""Titles count as the same when so much of their words is (Jaccard): how a title is composed is a matter of taste."""

Said = dict[str, str]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def right(name: str, wanted: str, found: str) -> bool:
    if name != "title":
        return wanted.casefold() == found.casefold()
    mine, theirs = words(wanted), words(found)
    return len(mine & theirs) >= ALIKE * len(mine | theirs)


def wanted(row: dict) -> Said:
    return {name: row.get(name) or "" for name in ("type", "agency", "title")} | {
        "year or period": row.get("year") or row.get("period") or ""
    }


def found(tags: Iterable[Tag]) -> Said:
    first: Said = {}
    for tag in tags:
        first.setdefault(tag.name, tag.value)
    return {name: first.get(name, "") for name in ("type", "agency", "title")} | {
        "year or period": first.get("year") or first.get("period") or ""
    }


def naive(pages: tuple[Page, ...]) -> Said:
    text = "\n".join(page.text for page in pages[:3])
    kinds = {"rencana kerja": "renja", "rencana strategis": "renstra", "laporan kinerja": "lkip", "kajian": "kajian"}
    kind = min((k for k in kinds if k in text.lower()), key=text.lower().find, default="")
    office = re.search(r"\b(?:dinas|badan|kantor|inspektorat|kecamatan)\b[^\n,.]*", text, re.I)
    year = re.search(r"\b20\d\d(?:\s*-\s*20\d\d)?\b", text)
    return {
        "type": kinds.get(kind, ""),
        "agency": office[0] if office else "",
        "year or period": year[0] if year else "",
        "title": next((line.strip() for line in text.splitlines() if line.strip()), ""),
    }


def tell(part: str, rows: list[tuple[str, Said, Said, Said]]) -> None:
    ours: Counter[str] = Counter()
    base: Counter[str] = Counter()
    for label, truth, kms, plain in rows:
        for name in NAMES:
            ours[name] += right(name, truth[name], kms[name])
            base[name] += right(name, truth[name], plain[name])
            if "--wrong" in sys.argv and not right(name, truth[name], kms[name]):
                print(f"{name:14} {label}: {truth[name]!r} / {kms[name]!r}")
    for name in NAMES:
        print(f"{part:22} {name:15} {ours[name]:3} of {len(rows)}   naive {base[name]:3}")


def main() -> None:
    truth = json.loads((ROOT / "truth" / "tags.json").read_text("utf-8"))
    rows = []
    for row in truth["documents"]:
        path = DATA / row["document"]
        if path.exists():
            read = read_file(path)
            rows.append((path.stem, wanted(row), found(read.tags), naive(read.pages)))
    tell("planning/", rows)
    for part, number_of_set in (
        ("covers", 1),
        ("covers, second set", 2),
        ("covers, third set", 3),
        ("covers, fourth set", 4),
    ):
        rows = []
        for number, row in enumerate(truth["covers"], 1):
            if row.get("set", 1) == number_of_set:
                pages = tuple(Page(count, text) for count, text in enumerate(row["pages"], 1))
                rows.append((f"cover {number}", wanted(row), found(find_tags(pages, (), row["file"])), naive(pages)))
        tell(part, rows)


if __name__ == "__main__":
    main()
