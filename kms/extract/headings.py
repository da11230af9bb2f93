"""Which lines of a page head a chapter, a section or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kms.extract.lines import Line

CHAPTER = re.compile(r"(BAB|Bab)\s+(?P<number>[IVXLC]+|\d{1,2})\b\W*(?P<title>.*)")
NAMED = re.compile(
    r"(KATA PENGANTAR|DAFTAR (ISI|TABEL|GAMBAR|GRAFIK|LAMPIRAN|PUSTAKA)|PENDAHULUAN|PENUTUP|LAMPIRAN|ABSTRAK|"
    r"(IKHTISAR|RINGKASAN) EKSEKUTIF)\b.*"
)
SECTION = re.compile(r"[1-9]\d?(\.[1-9]\d?){1,4}\.?\s+[A-Z(“\"].*|[IVX]{1,4}\.\d{1,2}(\.\d{1,2})*\.?\s+[A-Z(“\"].*")
"""Numbers over several levels; one with a part like "01" is a code of the nomenclature."""

LISTED = re.compile(r"(\d{1,2}|[A-Z]|[IVX]{1,5})\.\s+(?P<title>[^\W\d_].*)")
"""What heads a section or is one of a list; only its look tells."""

TABLE = re.compile(r"(tabel|table)\b\.?\s*([\dIVX]|[A-Z]\b)", re.IGNORECASE)
CONTENTS = re.compile(r"DAFTAR\s+(ISI|TABEL|GAMBAR|GRAFIK|LAMPIRAN)\b.{0,12}")
LEADER = re.compile(r"[.…]{4,}|(\. ){3,}|…")
LONGEST = 120
"""Characters beyond which a line is no heading."""

MANY_CHAPTERS = 3
"""Chapters on one page from which on they are told, not begun."""

MANY_LEADERS = 3
"""Lines with leaders from which on a page is a list of contents."""

MOST_LINES = 3
"""Lines that the name of a chapter or section takes at most."""


def headings_of(lines: Sequence[Line]) -> tuple[int, ...]:
    """The numbers (0-based) of those lines of a page that head a chapter, a section or a table."""
    found: list[int] = []
    chapters = [number for number, line in enumerate(lines) if CHAPTER.fullmatch(line.text)]
    contents = next((number for number, line in enumerate(lines) if CONTENTS.fullmatch(line.text)), len(lines))
    if len(chapters) >= MANY_CHAPTERS:
        contents = min(contents, chapters[0])  # what a document holds, told chapter by chapter
    if sum(bool(LEADER.search(line.text)) for line in lines) >= MANY_LEADERS:
        contents = 0
    told = sum(line.bold for line in lines) * 2 <= len(lines)  # where all is bold, bold says nothing
    head = -1  # the heading whose name may go on with the next line
    for number, line in enumerate(lines):
        text = line.text
        if CONTENTS.fullmatch(text):
            found.append(number)
        elif number >= contents or LEADER.search(text):
            head = -1
        elif table := TABLE.match(text):
            if not re.match(r"[\d.\-IVX]*\s+[a-z]", text[table.end() - 1 :]):
                found.append(number)
            head = -1
        elif is_heading(line, told):
            found.append(number)
            head = number
        elif head >= 0 and names_on(lines, head, number, told):
            found.append(number)
        else:
            head = -1
    return tuple(found)


def is_heading(line: Line, told: bool = True) -> bool:
    """Whether a line, seen alone, heads a chapter or a section: by its number, or by its look where lists are alike.

    ``told``: bold type tells headings from other lines.
    """
    text = line.text
    if len(text) >= LONGEST or LEADER.search(text) or text.endswith((";", ",")):
        return False
    if NAMED.fullmatch(text) or SECTION.fullmatch(text):
        return True
    if chapter := CHAPTER.fullmatch(text):
        return not chapter["title"] or chapter["title"][0].isupper()
    listed = LISTED.fullmatch(text)
    if not listed:
        return False
    return is_capitals(listed["title"]) or (told and line.bold and len(text) <= LONGEST / 2)


def names_on(lines: Sequence[Line], head: int, number: int, told: bool = True) -> bool:
    """Whether a line goes on with the name that a heading above has begun, or is the name of a chapter."""
    line, above, first = lines[number], lines[number - 1], lines[head]
    if number - head >= MOST_LINES or len(line.text) >= LONGEST or line.text.endswith((";", ",", ".", ":")):
        return False
    if line.box[1] - above.box[3] > 2.2 * line.size or abs(line.size - first.size) > 0.35 * first.size:
        return False
    chapter = CHAPTER.fullmatch(first.text)
    if chapter and (not chapter["title"] or is_capitals(first.text)):
        return is_capitals(line.text) or (told and line.bold and number == head + 1)
    if line.box[1] - above.box[3] > 1.2 * line.size:
        return False
    if is_capitals(first.text):
        return is_capitals(line.text)
    return told and first.bold and line.bold and not LISTED.fullmatch(line.text)


def is_capitals(text: str) -> bool:
    """Whether a text of several letters is written in capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.85 * len(letters)
