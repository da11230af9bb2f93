"""document.md: a document as Markdown, for eyes and grep."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kms.model import Document, Page, Table

HARD_BREAK = "  "
FRONT_MATTER = ("title", "type", "year", "period", "agency", "region", "program", "code", "locus", "keyword")
SEVERAL = ("program", "code", "locus", "keyword")


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
    pieces = [_piece(table, number) for table in document.content.tables if number in table.pages]
    blocks = list(_blocks(page, pieces))
    if not blocks and page.state != "text":
        blocks = [f"*({_STATES[page.state]})*"]
    return "\n\n".join(blocks)


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
    """The part of a table on one page: its Markdown, and the lines it may fill in the page's text."""

    markdown: str
    lines: frozenset[str]
    top: float


def _piece(table: Table, number: int) -> _Piece:
    begins = table.row_pages or (table.page,) * len(table.rows)
    chosen = [index for index, begin in enumerate(begins) if begin == number]
    groups = table.groups or (None,) * len(table.rows)
    first = number == table.page
    lines: set[str] = set()
    rows: list[Sequence[str]] = []
    for index in chosen:
        label = groups[index]
        if label and (index == chosen[0] or groups[index - 1] != label):
            rows.append([f"**{_cell(label)}**"])
            lines.add(_flat(label))
        rows.append([_cell(cell) for cell in table.rows[index]])
        lines.add(_flat(" ".join(table.rows[index])))
    header = [_cell(cell) for cell in table.header]
    if table.header:
        lines.add(_flat(" ".join(table.header)))
    markdown = "\n".join(_grid(header, rows, table.width)) if chosen or first else ""
    if table.caption and first:
        lines.add(_flat(table.caption))
        markdown = f"**{_inline(_one_line(table.caption))}**\n\n{markdown}"
    box = table.boxes[table.pages.index(number)] if len(table.boxes) == len(table.pages) else table.bbox
    return _Piece(markdown, frozenset(lines - {""}), box[1])


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
        mine = [i for i, line in enumerate(lines) if i not in covered and _flat(line) in piece.lines]
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
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
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
