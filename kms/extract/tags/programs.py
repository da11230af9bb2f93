"""Programs and their codes, where a page names them: in a table's row or in its text, under old names and new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kms.extract.indicators.cells import join_broken, split_program
from kms.extract.tags.nomenclature import (
    CODE,
    Code,
    Program,
    beginning,
    letters,
    official,
    program_name,
    read_code,
    successor,
)
from kms.model import Page, Table, Tag
from kms.model.document import TagSource

HEAD = re.compile(
    rf"^\W*(?:(?P<code>{CODE})[.\s:)-]+|\d{{1,2}}[.)]?\s+|[IVX]+[.)]?\s+|[A-Z][.)]\s+)?"
    rf"program\s*:?\s+(?:(?P<inner>{CODE})[.\s:)-]+)?(?P<name>[a-z].*)$",
    re.I,
)
OF_PROGRAMS = re.compile(r"(?:^|/ )(?:nama )?program(?: prioritas| perangkat daerah| opd| skpd)?$", re.I)
LONE_CODE = re.compile(rf"^\W*({CODE})\W*$")
SENTENCE = re.compile(r"\b(yang|adalah|ini|tersebut|dilaksanakan|kegiatan|sebanyak|telah|dalam rangka)\b|\d{3}", re.I)
SPACED = re.compile(r"(?:\b[A-Z]\s+){4}", re.I)
"""A word in spaced letters, as "J U M L A H" of the last row."""

AFTER = re.compile(r"(?:\s+[\d.,]+\s*%?)+$")
"""Figures of the next column, run together with the name."""

IN_TEXT = re.compile(r"\bprogram\b", re.I)
WINDOW = 330
"""Signs after the word "Program" in which an official name must end; the longest has 130 letters."""

LONGEST = 160
MOST = 300
NAMED, CODED, FREE, LINKED = 0.9, 0.97, 0.7, 0.5


def find_programs(pages: tuple[Page, ...], tables: tuple[Table, ...]) -> list[Tag]:
    """One tag for each program and page that names it; codes of programs and of their activities as tags of their own.

    Official names are given as the official list spells them, surest with their code. A free name counts only in a
    table. Where a page names an old program that a new one took over, the new name is a value too (confidence
    `LINKED`), and a tag "program-link" says "old name > new name", so that both find the page.
    """
    tags: dict[tuple[str, str, int], Tag] = {}

    def add(tag: Tag) -> None:
        key = (tag.name, tag.value.casefold(), tag.page or 0)
        if key not in tags or tags[key].confidence < tag.confidence:
            tags[key] = tag

    for name, code, page, quote, source in (*_in_tables(tables), *_in_texts(pages)):
        known = official(name)
        if name:
            value = known.name if known else program_name(name)
            sure = (CODED if code else NAMED) if known else NAMED if code else FREE
            add(Tag("program", value, page, quote, source, sure))
        if code:
            add(Tag("code", code.text, page, quote, source, CODED if known else NAMED))
        if known and (link := successor(known)):
            add(Tag("program", link[1], page, quote, "rule", LINKED))
            add(Tag("program-link", f"{known.name} > {' '.join(link).strip()}", page, quote, "rule", LINKED))
    return sorted(tags.values(), key=lambda tag: (tag.page or 0, tag.name, -tag.confidence))[:MOST]


def _in_tables(tables: tuple[Table, ...]) -> Iterator[tuple[str, Code | None, int, str, TagSource]]:
    """(name, code, page, quote, source) of each program; no name where a row gives only the code of an activity."""
    for table in tables:
        columns = {index for index, head in enumerate(table.header) if OF_PROGRAMS.search(" ".join(head.split()))}
        for number, row in enumerate(table.rows):
            page = table.row_pages[number] if number < len(table.row_pages) else table.page
            group = table.groups[number] if number < len(table.groups) else None
            if group and (match := HEAD.match(" ".join(group.split()))):
                printed = match["code"] or match["inner"]
                if name := _name(f"Program {match['name']}", ""):
                    yield name, read_code(printed) if printed else None, page, group[:200], "table"
            for column, cell in enumerate(row):
                text = " ".join(cell.split())
                code = _code_before(row, column)
                match = HEAD.match(text) if "program" in text[:60].lower() else None
                if match:
                    printed = match["code"] or match["inner"]
                    code = (read_code(printed) if printed else None) or code
                    name = _name(f"Program {match['name']}", _rest(table, number, column))
                    # "8.01.02.2.01 Program kerja ..." is an activity whose name begins so.
                    activity = code is not None and code.level in ("kegiatan", "sub")
                    if name:
                        yield "" if activity else name, code, page, text[:200], "table"
                elif column in columns and (name := _named_by_column(text)):
                    yield name, code if code and code.level == "program" else None, page, text[:200], "table"
                elif _holds_codes(table, column) and (lone := LONE_CODE.match(text)) and (read := read_code(lone[1])):
                    follows = " ".join(row[column + 1].split()) if column + 1 < len(row) else ""
                    named = official(f"Program {follows}") if read.level == "program" and letters(follows) else None
                    yield (named.name if named else ""), read, page, f"{text} {follows}"[:200], "table"


def _named_by_column(text: str) -> str:
    """The program that a cell of a column headed "Program" names without that word; "" for anything else."""
    if known := official(f"Program {text}"):
        return known.name
    words = text.strip(" .").split()
    name = f"Program {' '.join(words)}"
    plain = (
        2 <= len(words) <= 12
        and not SPACED.search(name)
        and words[0][:1].isupper()
        and not re.search(r"\d|[:;]|^total\b|^jumlah\b", text, re.I)
    )
    return name if plain and not SENTENCE.search(name) and len(name) <= LONGEST else ""


def _holds_codes(table: Table, column: int) -> bool:
    """Whether a column is headed as one of codes; "1.02.03" elsewhere may be any numbering."""
    head = table.header[column].lower() if column < len(table.header) else ""
    return "kode" in head or "rekening" in head


def _code_before(row: tuple[str, ...], column: int) -> Code | None:
    """The code in the cells at the left, which may be one part a cell: "8", "01", "02"."""
    left = [cell.strip(" .") for cell in row[:column]]
    for start in range(len(left)):
        joined = ".".join(left[start:])
        if left[start] and LONE_CODE.match(joined) and (code := read_code(joined)):
            return code
    return None


def _rest(table: Table, number: int, column: int) -> str:
    """What a page break cut off a cell: the same column of the next page's first row, if nothing else stands there."""
    following = number + 1
    if following >= len(table.rows) or following >= len(table.row_pages):
        return ""
    if table.row_pages[following] == table.row_pages[number]:
        return ""
    row = table.rows[following]
    others = [cell for index, cell in enumerate(row) if index != column and cell.strip()]
    return "" if others or HEAD.match(row[column].strip()) else " ".join(row[column].split())


def _name(text: str, rest: str) -> str:
    """The program's name out of a cell that may go on with its indicator; "" for a sentence about a program."""
    for whole in (f"{text} {rest}".strip(), text):
        if known := official(whole):
            return known.name
    name = AFTER.sub(
        "", join_broken(re.split(r"\s-\s|\s\(\d+\)\s*$", split_program(f"{text} {rest}".strip())[0])[0])
    ).strip()
    return "" if SENTENCE.search(name) or SPACED.search(name) or not 16 <= len(name) <= LONGEST else name


def _in_texts(pages: tuple[Page, ...]) -> Iterator[tuple[str, Code | None, int, str, TagSource]]:
    """Official names in running text, also broken over lines, or by the end of the page."""
    for place, page in enumerate(pages):
        onward = pages[place + 1].text[:WINDOW] if place + 1 < len(pages) else ""
        for match in IN_TEXT.finditer(page.text):
            window = page.text[match.start() : match.start() + WINDOW]
            known = beginning(window)
            if known is None and match.start() + WINDOW > len(page.text):
                known = next(filter(None, (beginning(f"{window} {rest}") for rest in _after_heads(onward))), None)
            if known and not _goes_on(window, known):
                before = page.text[max(0, match.start() - 24) : match.start()]
                code = re.search(rf"({CODE})[.\s]*$", before) or re.match(rf"program\s*:?\s+({CODE})", window, re.I)
                read = read_code(code[1]) if code else None
                quote = " ".join(window[: len(known.name) + 20].split())[: len(known.name)]
                yield known.name, read if read and read.level == "program" else None, page.number, quote, "rule"


def _after_heads(text: str) -> Iterator[str]:
    """The beginning of the next page, without up to three lines of running heads and page numbers."""
    for count in range(4):
        yield "\n".join(text.split("\n")[count:])


def _goes_on(text: str, known: Program) -> bool:
    """Whether a longer name, unknown to the list, begins with the known one: a capital follows on the line."""
    count = len(letters(known.name))
    for place, sign in enumerate(text):
        count -= "a" <= sign.lower() <= "z"
        if not count:
            return bool(re.match(r"[^\S\n]+[A-Z][a-z]", text[place + 1 : place + 8])) and not text[:place].isupper()
    return False
