"""Text files and Word documents: one page each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from kms.config import ReadingLimits
from kms.extract.job import CannotRead
from kms.model import Extraction, Page, Table

LARGEST_TEXT = 50_000_000
"""Characters; a book has about one million."""

BYTES_UNPACKED = 400 << 20
"""What the parts of a Word document that are read may unpack to."""

DOCUMENT, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "_rels/.rels"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/{DOCUMENT}" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/{STYLES}" ContentType="{_WORD}.styles+xml"/></Types>',
    RELATIONS: _RELATIONS % ("officeDocument", DOCUMENT),
}
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _OFFICE.encode(),
}
"""Names of ISO/IEC 29500 Strict, a way in which Word can save, and what python-docx calls the same."""


def read_text(path: Path, kind: str) -> Extraction:
    """The whole text as given, one page; ``kind`` is "txt" or "md"."""
    text = decode(path.read_bytes())
    if len(text) > LARGEST_TEXT:
        raise CannotRead("too-much-text")
    if not text.strip():
        raise CannotRead("no-text")
    headings = tuple(line.lstrip("# ").rstrip() for line in text.splitlines() if kind == "md" and line.startswith("#"))
    return Extraction(kind, (Page(1, text, headings=headings),))


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or Windows-1252, by mark and by trial. The mark is not part of the text.

    Raises:
        CannotRead: these are no letters ("unsupported").
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:4096]
    if b"\0" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) * 3 > len(sample) // 2 and min(even, odd) * 10 <= max(even, odd):
            return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
        raise CannotRead("unsupported")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_docx(path: Path, limits: ReadingLimits) -> Extraction:
    """Paragraphs and tables of a Word document in their order, one page.

    Raises:
        CannotRead: it is damaged, or unpacks to more than a document can be.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    unreadable = (zipfile.BadZipFile, zipfile.LargeZipFile, OpcError, LxmlError)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > min(BYTES_UNPACKED, limits.memory_mb << 19):
                raise CannotRead("too-much-text")
            bare = bare_package(archive)
        document = docx.Document(bare)
        blocks = list(document.iter_inner_content())
    except (*unreadable, RuntimeError, LookupError, ValueError, EOFError) as error:
        raise CannotRead("damaged") from error
    lines: list[str] = []
    headings: list[str] = []
    tables: list[Table] = []
    for block in blocks:
        if hasattr(block, "rows"):
            rows = list(rows_of(block))
            lines.extend("\t".join(cell for cell in row if cell) for row in rows)
            caption = lines_before(lines[: len(lines) - len(rows)])
            tables.append(table(rows, caption))
        elif text := block.text.strip():
            lines.append(text)
            style = getattr(block.style, "name", "") or ""
            if style.startswith(("Heading", "Title", "Judul")):
                headings.append(text)
    text = "\n".join(lines)
    if not text.strip():
        raise CannotRead("no-text")
    page = Page(1, text, headings=tuple(headings))
    return Extraction("docx", (page,), tuple(tables), extractors={"python-docx": version("python-docx")})


def bare_package(archive: zipfile.ZipFile) -> io.BytesIO:
    """A Word document with nothing but its text and styles, whatever it says it is and whatever else it holds.

    A template, a document with macros, a Strict one, and one whose pictures are damaged are thus read alike.
    """
    text = main_part(archive)
    found = ((DOCUMENT, text), (STYLES, str(PurePosixPath(text).with_name("styles.xml"))))
    parts = {name: archive.read(own) for name, own in found if own in archive.namelist()}
    for strict, usual in _STRICT.items():
        parts = {name: content.replace(strict, usual) for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, frame in _FRAME.items():
            package.writestr(name, frame)
        for name, content in parts.items():
            package.writestr(name, content)
        if STYLES in parts:
            package.writestr("word/_rels/document.xml.rels", _RELATIONS % ("styles", "styles.xml"))
    return file


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text: the one the package points to, or the usual one."""
    from lxml import etree

    if RELATIONS in archive.namelist():
        parser = etree.XMLParser(resolve_entities=False)
        for relation in etree.fromstring(archive.read(RELATIONS), parser):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in archive.namelist():
                return target
    return DOCUMENT


def rows_of(block: Any) -> Iterator[tuple[str, ...]]:
    """Rows of a Word table, each cell once per column it covers, line breaks as spaces."""
    from docx.table import _Cell

    for row in block.rows:
        try:
            cells = row.cells
        except ValueError:  # a cell goes on from above the first row, which Word does not mind
            cells = tuple(_Cell(cell, block) for cell in row._tr.tc_lst)
        yield tuple(" ".join(cell.text.split()) for cell in cells)


def lines_before(lines: list[str]) -> str | None:
    """The last line before a table if it is a caption."""
    return lines[-1] if lines and lines[-1].lower().startswith(("tabel", "table")) else None


def table(rows: list[tuple[str, ...]], caption: str | None) -> Table:
    """A table of rows, the first of which is its header."""
    width = max((len(row) for row in rows), default=0)
    padded = [row + ("",) * (width - len(row)) for row in rows]
    return Table(
        page=1,
        pages=(1,),
        caption=caption,
        header=padded[0] if padded else (),
        rows=tuple(padded[1:]),
        bbox=(0.0, 0.0, 0.0, 0.0),
        groups=(None,) * max(0, len(padded) - 1),
        row_pages=(1,) * max(0, len(padded) - 1),
        method="docx",
    )
