"""The texts of the sample corpus as values: a document with its settings and blocks, and the tables among these.

A text is TOML between two lines of `+++`, then blocks divided by empty lines:

    # BAB I / PENDAHULUAN        heading of a chapter, one line per part
    ## 1.1 Latar Belakang        heading of a section
    ### Tabel 3.1 / Title        heading over a table, centred
    1. text  or  - text          items of a list, one a line
    > text                       centred
    @sign a / b / c              a signature, at the right; `@signs a / b || c / d` two of them, side by side
    @page @landscape @portrait   a new page, turned or not
    ```table ... ```             a table, see `read_table`
    anything else                a paragraph; lines are joined
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.units import cm

TEXTS = Path(__file__).parent / "sample"


@dataclass(frozen=True)
class Text:
    """One document as written: its settings and its blocks."""

    file: str
    title: str
    author: str
    font: str
    size: float
    foot: str
    cover: tuple[str, ...]
    margin: float
    scan: bool
    shade: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table as written: `rows` of cells ("^" joins the cell above, "<" the one at the left; one cell fills a row)."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    head: int = 1
    size: float = 9
    repeat: bool = True
    cut: bool = False
    centred: frozenset[int] = field(default_factory=frozenset)


def read_text(path: Path, parts: Path = TEXTS) -> Text:
    """The document written in `path`. `{{name}}` is a setting of its `[words]`, `{{> file}}` a shared part."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    settings = tomllib.loads(head)
    body = re.sub(r"\{\{> ([\w./-]+)\}\}", lambda m: (parts / m[1]).read_text(encoding="utf-8"), body)
    words = {name: str(value) for name, value in settings.get("words", {}).items()}
    body = re.sub(r"\{\{(\w+)\}\}", lambda m: words[m[1]], body)
    return Text(
        file=settings["file"],
        title=settings["title"],
        author=settings.get("author", "Kantor Kesatuan Bangsa dan Politik Kota Tirtaraja"),
        font=settings.get("font", "helvetica"),
        size=settings.get("size", 11),
        foot=settings.get("foot", ""),
        cover=tuple(settings.get("cover", ())),
        margin=settings.get("margin", 2.5) * cm,
        scan=settings.get("scan", False),
        shade=settings.get("shade", "#DCE6F1"),
        blocks=tuple(split_blocks(body)),
    )


def split_blocks(body: str) -> Iterator[str]:
    """The blocks of a text: a fenced table is one, all else ends at an empty line."""
    for part in re.split(r"(```table\n.*?\n```)", body, flags=re.DOTALL):
        if part.startswith("```table"):
            yield part
        else:
            yield from (block.strip() for block in re.split(r"\n\s*\n", part) if block.strip())


def read_table(block: str) -> Grid:
    """The table of a fenced block: settings as `name: value` lines, then a row a line, cells divided by ` | `.

    `widths` are relative; `head` counts header rows; `repeat: no` shows them once only; `cut: yes` lets a page break go
    through joined cells; `centre` lists 0-based columns.
    """
    settings: dict[str, str] = {}
    rows = []
    for line in block.splitlines()[1:-1]:
        found = re.match(r"(widths|head|size|repeat|cut|centre): (.*)", line)
        if found and not rows:
            settings[found[1]] = found[2]
        elif line.strip():
            rows.append(tuple(cell.strip() for cell in line.split("|")))
    return Grid(
        rows=tuple(rows),
        widths=tuple(float(width) for width in settings["widths"].split()),
        head=int(settings.get("head", "1")),
        size=float(settings.get("size", "9")),
        repeat=settings.get("repeat", "yes") == "yes",
        cut=settings.get("cut", "no") == "yes",
        centred=frozenset(int(column) for column in settings.get("centre", "").split()),
    )
