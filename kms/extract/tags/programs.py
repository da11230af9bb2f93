"""Programs and their codes, where a page names them: "8.01.02 Program Penguatan Ideologi Pancasila ..."."""

from __future__ import annotations

import re

from kms.model import Page, Table, Tag

CODE = r"(?P<code>\d(?:[.\s]\d{1,2}){1,3}(?:\.\d{1,4})*)"
PROGRAM = re.compile(r"^\W*(?:" + CODE + r"[.\s:]+)?(?P<name>program\s+[a-z][^|;:\n]{6,140})$", re.I)
SENTENCE = re.compile(r"\b(yang|adalah|ini|tersebut|dilaksanakan|kegiatan|sebanyak|dengan|telah)\b|\d{3}", re.I)
MOST = 200


def find_programs(pages: tuple[Page, ...], tables: tuple[Table, ...]) -> list[Tag]:
    """One tag for each program and page that names it in a table, surer with its code; codes as tags of their own."""
    tags: dict[tuple[str, str, int], Tag] = {}
    for table in tables:
        for number, row in enumerate(table.rows):
            page = table.row_pages[number] if number < len(table.row_pages) else table.page
            for column, cell in enumerate(row):
                match = PROGRAM.match(" ".join(cell.split()))
                if not match or SENTENCE.search(match["name"]):
                    continue
                before = row[column - 1].strip() if column else ""
                code = match["code"] or (before if re.fullmatch(CODE + r"\.?", before) else "")
                name = program_name(match["name"])
                tags.setdefault(
                    ("program", name.casefold(), page),
                    Tag("program", name, page, cell[:200], "table", 0.9 if code else 0.7),
                )
                if code:
                    tags.setdefault(
                        ("code", code_name(code), page), Tag("code", code_name(code), page, cell[:200], "table", 0.9)
                    )
    return sorted(tags.values(), key=lambda tag: (tag.page or 0, tag.name))[:MOST]


def program_name(text: str) -> str:
    """A program's name with capitals only at the head of words, so that facets group its spellings."""
    small = {"dan", "di", "ke", "untuk", "serta", "atau", "melalui", "dengan"}
    words = re.sub(r"\s+", " ", text).strip(" .,-").lower().split()
    return " ".join(word if number and word in small else word.capitalize() for number, word in enumerate(words))


def code_name(code: str) -> str:
    """ "8 1 2" and "8.01.02" as "8.01.02"."""
    parts = [part for part in re.split(r"[.\s]+", code.strip(" .")) if part]
    return ".".join([parts[0], *(part.zfill(2) for part in parts[1:])])
