"""Word documents: one page, its text as a reader has it before him once all changes are accepted; then its pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from kms.extract.job import CannotRead, Job
from kms.extract.pasted import pictures_with_print
from kms.extract.pdf import read_pdf
from kms.model import Extraction, Page, Table

BYTES_UNPACKED = 400 << 20
"""What the parts of a Word document that are read may unpack to."""

DOCUMENT, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "_rels/.rels"
NOTES = ("footnotes.xml", "endnotes.xml")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _BOX, _FORM = f"{_W}p", f"{_W}txbxContent", f"{_W}sdt"
_GONE = (
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}sdtPr",
    f"{_W}sdtEndPr",
    f"{_W}smartTagPr",
    f"{_W}customXmlPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # says a second time what Choice says
)
_AROUND = (f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}customXml", f"{_W}sdtContent", _FORM)
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)

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


def read_docx(path: Path, job: Job, report: Callable[[int], None]) -> Extraction:
    """Paragraphs and tables of a Word document in their order, one page; each picture of print in it is a page more.

    Raises:
        CannotRead: it is damaged, unpacks to more than a document can be, or holds nothing that can be read.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    unreadable = (zipfile.BadZipFile, zipfile.LargeZipFile, OpcError, LxmlError)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > min(BYTES_UNPACKED, job.limits.memory_mb << 19):
                raise CannotRead("too-much-text")
            content = main_content(archive)
            notes = list(notes_of(archive))
            pictures, damaged = pictures_with_print(archive, main_part(archive), content)
            document = docx.Document(bare_package(archive, content))
        blocks = list(document.iter_inner_content())
    except (*unreadable, RuntimeError, LookupError, ValueError, EOFError) as error:
        raise CannotRead("damaged") from error
    page, tables = written(blocks, notes)
    extraction = Extraction("docx", (page,), tuple(tables), extractors={"python-docx": version("python-docx")})
    if pictures:
        extraction = joined(extraction, read_pdf(pictures, job, report))
    elif not page.text.strip():
        drawn = damaged or next(document.element.body.iter(*_PICTURES), None) is not None
        raise CannotRead("only-pictures" if drawn else "no-text")
    count = len(extraction.pages)
    lost = tuple(Page(number, "", state="unreadable") for number in range(count + 1, count + damaged + 1))
    return replace(extraction, pages=extraction.pages + lost)


def written(blocks: Iterable[Any], notes: Iterable[str]) -> tuple[Page, list[Table]]:
    """What is written in the blocks of a Word document, its notes after it, and the tables."""
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
    return Page(1, "\n".join([*lines, *notes]), headings=tuple(headings)), tables


def joined(text: Extraction, pictures: Extraction) -> Extraction:
    """The pages of both, one after the other; only those of pictures where nothing is written."""
    if not text.pages[0].text.strip():
        text = replace(text, pages=())
    before = len(text.pages)
    pages = tuple(replace(page, number=page.number + before) for page in pictures.pages)
    tables = tuple(
        replace(
            table,
            page=table.page + before,
            pages=tuple(number + before for number in table.pages),
            row_pages=tuple(number + before for number in table.row_pages),
        )
        for table in pictures.tables
    )
    return replace(
        text,
        pages=text.pages + pages,
        tables=text.tables + tables,
        extractors={**text.extractors, **pictures.extractors},
    )


def main_content(archive: zipfile.ZipFile) -> bytes:
    """The part with the text as usual documents name things, its changes accepted; b"" where there is none."""
    name = main_part(archive)
    return settled(usual(archive.read(name))) if name in archive.namelist() else b""


def usual(content: bytes) -> bytes:
    """A part that was saved as Strict as Word saves it otherwise."""
    for strict, name in _STRICT.items():
        content = content.replace(strict, name)
    return content


def bare_package(archive: zipfile.ZipFile, content: bytes) -> io.BytesIO:
    """A Word document with nothing but ``content`` and its styles, whatever it says it is and whatever else it holds.

    A template, a document with macros, a Strict one, and one whose pictures are damaged are thus read alike.
    """
    styles = str(PurePosixPath(main_part(archive)).with_name("styles.xml"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, frame in _FRAME.items():
            package.writestr(name, frame)
        if content:
            package.writestr(DOCUMENT, content)
        if styles in archive.namelist():
            package.writestr(STYLES, usual(archive.read(styles)))
            package.writestr("word/_rels/document.xml.rels", _RELATIONS % ("styles", "styles.xml"))
    return file


def settled(content: bytes) -> bytes:
    """The main part with its changes accepted, and what stands in forms and text boxes put where they stand.

    python-docx passes over all of these: the words that a reviewer put in, the title in the box of a cover page.
    """
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    for form in list(root.iter(_FORM)):
        if is_list_or_prompt(form):
            form.getparent().remove(form)
    for gone in list(root.iter(*_GONE)):
        gone.getparent().remove(gone)
    for box in reversed(list(root.iter(_BOX))):
        holder = next(box.iterancestors(_PARAGRAPH), None)
        if holder is not None:
            for block in reversed(box):
                holder.addnext(block)
    for around in list(root.iter(*_AROUND)):
        parent = around.getparent()
        at = parent.index(around)
        parent[at : at + 1] = list(around)
    settled_part: bytes = etree.tostring(root)
    return settled_part


def is_list_or_prompt(form: Any) -> bool:
    """Whether a form holds a table of contents, which says what the headings say, or only asks to be filled in."""
    gallery = form.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    prompt = form.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    return prompt is not None or (gallery is not None and gallery.get(f"{_W}val") == "Table of Contents")


def notes_of(archive: zipfile.ZipFile) -> Iterator[str]:
    """The footnotes and endnotes, each on one line."""
    from docx.oxml import parse_xml
    from docx.text.paragraph import Paragraph

    folder = PurePosixPath(main_part(archive))
    for part in (str(folder.with_name(name)) for name in NOTES):
        if part not in archive.namelist():
            continue
        for note in parse_xml(settled(usual(archive.read(part)))):
            texts = (Paragraph(each, None).text for each in note.iter(_PARAGRAPH))  # type: ignore[arg-type]
            if text := " ".join(" ".join(texts).split()):
                yield text


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
    """Rows of a Word table, each cell once per column it covers, line breaks and tables in it as spaces."""
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    for row in block.rows:
        try:
            cells = row.cells
        except ValueError:  # a cell goes on from above the first row, which Word does not mind
            cells = tuple(_Cell(cell, block) for cell in row._tr.tc_lst)
        yield tuple(
            " ".join(" ".join(Paragraph(each, cell).text for each in cell._tc.iter(_PARAGRAPH)).split())
            for cell in cells
        )


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
