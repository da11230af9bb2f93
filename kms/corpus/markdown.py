"""document.md: a document as Markdown, for eyes and grep."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kms.model import Document, Page, Table

RENDERING = 4
"""Changes whenever the same document may be rendered otherwise."""

HARD_BREAK = "  "
FRONT_MATTER = ("title", "type", "year", "period", "agency", "region", "program", "code", "locus", "keyword")
SEVERAL = ("program", "code", "locus", "keyword")
_COLUMN = re.compile(r"\(?\d{1,2}\)?")


def render_document(document: Document) -> str:
    """The whole document: front matter with its tags in force, then every page under a mark of its own."""
    parts = ["\n".join(_front_matter(document))]
    if document.content.media == "md":
        parts += [page.text.strip("\n") for page in document.content.pages]
    else:
        for page in document.content.pages:
            parts += [f"## Halaman {page.number}", render_page(document, page.number)]
    return "\n\n".join(part for part in parts if part) + "\n"


def render_page(document: Document, number: int) -> str:
    """Page ``number`` (1-based) as Markdown, its tables where they stand; "" for a page that is not there."""
    for page in document.content.pages:
        if page.number == number:
            break
    else:
        return ""
    if document.content.media == "md":
        return page.text
    pieces = [_piece(table, page) for table in document.content.tables if number in table.pages]
    blocks = list(_blocks(page, pieces))
    if not blocks and page.state != "text":
        blocks = [f"*({_STATES[page.state]})*"]
    return "\n\n".join(blocks)


def render_table(table: Table) -> str:
    """A whole table as Markdown: its caption, a header row, and every row with its line breaks as ``<br>``."""
    groups = table.groups or (None,) * len(table.rows)
    rows: list[Sequence[str]] = []
    for index, row in enumerate(table.rows):
        label = groups[index]
        if label and (index == 0 or groups[index - 1] != label):
            rows.append([f"**{_cell(label)}**"])
        rows.append([_cell(cell) for cell in row])
    caption = f"**{_inline(_one_line(table.caption))}**\n\n" if table.caption else ""
    return caption + "\n".join(_grid([_cell(cell) for cell in table.header], rows, table.width))


_STATES = {
    "ocr": "halaman tanpa tulisan",
    "needs-ocr": "gambar, belum dibaca mesin",
    "blank": "halaman kosong",
    "unreadable": "halaman rusak, tidak terbaca",
}


def _front_matter(document: Document) -> Iterator[str]:
    yield "---"
    yield f"id: {_scalar(document.id)}"
    yield f"source: {_scalar(document.source)}"
    yield f"sha256: {document.sha256}"
    yield f"pages: {len(document.content.pages)}"
    for name in FRONT_MATTER:
        values = document.values(name)
        if name == "title" and not values:
            values = (document.title,)
        if values and name in SEVERAL:
            yield f"{name}:"
            yield from (f"  - {_scalar(value)}" for value in values)
        elif values:
            yield f"{name}: {_scalar(values[0])}"
    yield "---"


def _scalar(value: str) -> str:
    """A YAML value; JSON strings are YAML."""
    return value if value.isascii() and value.isdecimal() else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class _Piece:
    """The part of a table on one page: its Markdown, whole lines it may fill there, and all its words."""

    markdown: str
    lines: frozenset[str]
    words: str


def _piece(table: Table, page: Page) -> _Piece:
    begins = table.row_pages or (table.page,) * len(table.rows)
    chosen = [index for index, begin in enumerate(begins) if begin == page.number]
    groups = table.groups or (None,) * len(table.rows)
    first = page.number == table.page
    rows: list[Sequence[str]] = []
    lines = {_flat(" ".join(table.header))}
    for index in chosen:
        label = groups[index]
        if label and (index == chosen[0] or groups[index - 1] != label):
            rows.append([f"**{_cell(label)}**"])
        rows.append([_cell(cell) for cell in table.rows[index]])
        lines.add(_flat(" ".join(table.rows[index])))
    header = [_cell(cell) for cell in table.header]
    markdown = "\n".join(_grid(header, rows, table.width)) if chosen or first else ""
    if table.caption and first and _flat(table.caption) not in _flat(page.text):
        markdown = f"**{_inline(_one_line(table.caption))}**\n\n{markdown}"
    words = [*table.header, *(cell for row in table.rows for cell in row), *(label for label in groups if label)]
    return _Piece(markdown, frozenset(lines - {""}), "\n".join(dict.fromkeys(_flat(cell) for cell in words)))


def _lines_of(piece: _Piece, lines: Sequence[str], covered: Collection[int]) -> list[int]:
    """Which lines of a page are the table's, given those ``covered`` by others.

    Sure are whole rows, and lines parted by tabs whose every part stands in the table: a merged cell fills only one of
    its rows in the text, and a cell may be cut by the page break. Lines beside them that stand in the table, such as
    the second level of a header, belong to it too.
    """
    parted = ["\t" in line.strip("\t") for line in lines]
    fits = [
        i not in covered
        and all(part in piece.words or (parted[i] and _COLUMN.fullmatch(part)) for part in map(_flat, line.split("\t")))
        for i, line in enumerate(lines)
    ]
    sure = [i for i, line in enumerate(lines) if (fits[i] and parted[i]) or _flat(line) in piece.lines]
    mine = {i for i in sure if i not in covered}
    for step in (1, -1):
        for i in sorted(mine)[::step]:
            beside = i + step
            while 0 <= beside < len(lines) and beside not in mine and fits[beside] and lines[beside].strip():
                mine.add(beside)
                beside += step
    return sorted(mine)


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    width = max(width, 1)
    for row in (header, None, *rows):
        cells = ["---"] * width if row is None else [*row, *[""] * (width - len(row))]
        yield f"| {' | '.join(cells)} |"


def _blocks(page: Page, pieces: Sequence[_Piece]) -> Iterator[str]:
    """Paragraphs and tables of a page. A table stands where its rows stand in the text; no line of text is dropped."""
    lines = [line.rstrip() for line in page.text.split("\n")]
    headings = {_flat(heading) for heading in page.headings}
    places: dict[int, list[_Piece]] = {}
    covered: set[int] = set()
    for piece in pieces:
        mine = _lines_of(piece, lines, covered)
        covered.update(mine)
        if mine:
            places.setdefault(mine[0], []).append(piece)
    paragraph: list[str] = []
    for i, line in enumerate(lines):
        heading = i not in covered and _flat(line) in headings
        if paragraph and (i in places or heading or not line.strip()):
            yield _paragraph(paragraph)
            paragraph = []
        for piece in places.get(i, ()):
            yield piece.markdown
        if heading:
            yield f"### {_inline(line.strip())}"
        elif i not in covered and line.strip():
            paragraph.append(_line(line.strip()))
    if paragraph:
        yield _paragraph(paragraph)
    placed = {id(piece) for several in places.values() for piece in several}
    yield from (piece.markdown for piece in pieces if id(piece) not in placed and piece.markdown)


def _paragraph(lines: Sequence[str]) -> str:
    return f"{HARD_BREAK}\n".join(lines)


def _flat(text: str) -> str:
    """A line without its white space, to find a row of a table in the text of the page."""
    return re.sub(r"\s+", "", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _inline(text: str) -> str:
    """``text`` with every sign escaped that Markdown or HTML would act on inside a line."""
    text = re.sub(r"([\\`*\[\]|])", r"\\\1", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text).replace("~~", r"\~\~")


def _line(text: str) -> str:
    """A line of running text, also escaped where its beginning would make it a list, a heading or a rule."""
    text = _inline(text.replace("\t", " "))
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([-+#>=]|~{3})", r"\\\1", text)


def _cell(text: str) -> str:
    """A cell of a Markdown table: one line, its own line breaks as ``<br>``."""
    return "<br>".join(_inline(part.strip()) for part in text.strip().split("\n")).replace("\t", " ").replace("\r", "")
