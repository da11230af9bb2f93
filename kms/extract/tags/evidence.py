"""The places of a document that tell what it is: cover, running heads, preface, name of the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kms.extract.tags.mending import mend
from kms.model import Page

COVER_LINES = 14
LONGEST_LINE = 180
FRONT_PAGES = 5
FRONT = 15_000
"""Code points of a page that are looked at: a text without pages is one long page, whose front is as long as theirs."""
REPEATED = 4
COVER = 5.0
HEAD = 3.0
ONLY_KIND = re.compile(
    r"^\W*(kerangka acuan( (kerja|kegiatan))?|terms? of reference|naskah akademik|kajian|"
    r"(draft? )?laporan (akhir|antara|pendahuluan)( (kegiatan|kajian|penelitian|studi|pekerjaan))?|"
    r"(usulan|proposal|rancangan)( (kegiatan|kajian|penelitian|studi|program))?|telaah(an)? staf|nota dinas|"
    r"ringkasan (eksekutif|kebijakan)|risalah kebijakan|policy brief)"
    r"\W*(\((kak|tor)\)\W*)?$",
    re.I,
)
"""A line that only says what kind of paper this is; its subject follows."""


@dataclass(frozen=True)
class Place:
    """A piece of text with its page (None for the file's name) and how much it counts as evidence."""

    text: str
    page: int | None
    weight: float


def gather_places(pages: tuple[Page, ...], file_name: str) -> list[Place]:
    """The telling places, most telling first.

    The first page with text is the cover when its lines are few or short; lines that return on many pages are running
    heads; the pages in front hold the preface. The file's name counts little, but is all there is of a scan.
    """
    spoken = [page for page in pages if page.text.strip()]
    places = []
    heads = running_heads(pages)
    if spoken:
        first = spoken[0]
        lines = mend("\n".join([line for line in first.text.splitlines() if line.strip()][:COVER_LINES])).split("\n")
        # A text that is no picture of pages may have its whole title, or a sentence, on one line.
        most = 90 if file_name.lower().endswith(".pdf") else LONGEST_LINE
        kinds = [number for number, line in enumerate(lines) if ONLY_KIND.match(line)]
        title = kinds[0] + 1 if kinds else 0
        short = [line for number, line in enumerate(lines) if len(line) < (most if number <= title else 90)]
        places.append(Place("\n".join(short), first.number, COVER if first.number == 1 else HEAD))
    places += [Place(text, page, HEAD) for text, page in heads]
    for page in spoken[:FRONT_PAGES]:
        lines = [line for line in page.text[:FRONT].splitlines() if not any(head in line for head, _ in heads)]
        places.append(Place(" ".join(mend("\n".join(lines)).split()), page.number, 2.0))
    stem = re.sub(r"[\W_]+", " ", re.sub(r"\.\w{2,5}$", "", file_name))
    places.append(Place(stem, None, 2.5))
    return places


def running_heads(pages: tuple[Page, ...]) -> list[tuple[str, int]]:
    """Lines at the edge of at least `REPEATED` pages, without their page numbers, each with its first page."""
    counts: Counter[str] = Counter()
    firsts: dict[str, int] = {}
    for page in pages:
        lines = [line for line in page.text.splitlines() if line.strip()]
        for line in {re.sub(r"[\s|]*\b([ivxlc]+|\d{1,3})\s*$", "", line).strip() for line in lines[:2] + lines[-2:]}:
            if 8 <= len(line) <= 120:
                counts[line] += 1
                firsts.setdefault(line, page.number)
    return [(line, firsts[line]) for line, count in counts.most_common(4) if count >= REPEATED]
