"""Tables as files for spreadsheets: CSV and XLSX, in which no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from flask import Response

from kms.library.cells import harmless
from kms.model import Table

Cells = Sequence[str | float]
"""A row; a number stays one in a workbook."""
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rows_of(table: Table) -> Iterator[Sequence[str]]:
    """Header, labels of groups and rows, in the order of the page."""
    if table.header:
        yield table.header
    before: str | None = None
    for index, row in enumerate(table.rows):
        label = table.groups[index] if table.groups else None
        if label and label != before:
            yield [label]
        before = label
        yield row


def as_file(content: bytes, form: str, name: str) -> Response:
    """What is saved under ``name``; ``form`` is one of `KINDS`."""
    response = Response(content, content_type=KINDS[form])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def table_csv(table: Table) -> bytes:
    """A table as CSV; see `rows_csv`."""
    return rows_csv(rows_of(table))


def table_xlsx(table: Table) -> bytes:
    """A table as a workbook; see `rows_xlsx`. Every cell is text, as it stands on the page."""
    return rows_xlsx(list(rows_of(table)), head=bool(table.header))


def rows_csv(rows: Iterable[Cells]) -> bytes:
    """Rows as CSV in UTF-8 with the mark that spreadsheets look for.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")


def rows_xlsx(rows: Sequence[Cells], head: bool = True) -> bytes:
    """Rows as a workbook of one sheet (ECMA-376), the first of them its head; no text is read as a formula."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [
        min(
            60,
            max((len(line) for row in texts if column < len(row) > 1 for line in row[column].split("\n")), default=8),
        )
        for column in range(max(map(len, rows), default=0))
    ]
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{max(8, width) + 2}" customWidth="1"/>' for i, width in enumerate(widths, 1)
    )
    body = "".join(_row(row, number, head=head and number == 1) for number, row in enumerate(rows, 1))
    sheet = (
        f'{_XML}<worksheet xmlns="{_MAIN}"><cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>'
        if columns
        else f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {**_FRAME, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _row(cells: Cells, number: int, head: bool) -> str:
    style = 2 if head else 1
    inside = "".join(_cell(cell, f"{_letters(column)}{number}", style) for column, cell in enumerate(cells))
    return f'<row r="{number}">{inside}</row>'


def _cell(cell: str | float, where: str, style: int) -> str:
    if not isinstance(cell, str):
        return f'<c r="{where}" s="{style}"><v>{cell!r}</v></c>' if math.isfinite(cell) else ""
    inside = f'<is><t xml:space="preserve">{_plain(cell)}</t></is>'
    return f'<c r="{where}" s="{style}" t="inlineStr">{inside}</c>' if cell else ""


def _letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(text: str) -> str:
    """Text for a cell: escaped, without signs that XML forbids, within the 32,767 that a cell holds."""
    return escape(NOT_XML.sub("", text)[:32767])


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Tabel" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
        '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        "</cellXfs></styleSheet>"
    ),
}
