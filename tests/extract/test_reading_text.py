"""Text, Markdown and Word files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from kms.extract import read_file

WORDS = "Kajian kerukunan – “umat” beragama é\nBaris kedua\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_given_back_exactly(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "kajian.txt"
    path.write_bytes(WORDS.encode(encoding))
    extraction = read_file(path)
    assert extraction.media == "txt"
    assert extraction.pages[0].text == WORDS


def test_headings_of_markdown(tmp_path: Path) -> None:
    path = tmp_path / "kajian.md"
    path.write_text("# Judul\n\nIsi.\n\n## Tujuan\n", "utf-8")
    assert read_file(path).pages[0].headings == ("Judul", "Tujuan")


def test_a_word_document_in_its_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("BAB I", 1)
    document.add_paragraph("Sebelum tabel.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip([c for row in table.rows for c in row.cells], ["No", "Program", "1", "Bela\nnegara"]):
        cell.text = words
    document.add_paragraph("Sesudah tabel.")
    path = tmp_path / "kajian.docx"
    document.save(str(path))
    extraction = read_file(path)
    assert extraction.pages[0].text == "BAB I\nSebelum tabel.\nNo\tProgram\n1\tBela negara\nSesudah tabel."
    assert extraction.pages[0].headings == ("BAB I",)
    assert extraction.tables[0].header == ("No", "Program")
    assert extraction.tables[0].rows == (("1", "Bela negara"),)
    assert extraction.tables[0].method == "docx"


@pytest.mark.parametrize(
    ("main", "strict", "part"),
    [("document", True, "document"), ("template", False, "document"), ("document", False, "document2")],
)
def test_a_bare_word_document_of_any_kind(tmp_path: Path, main: str, strict: bool, part: str) -> None:
    names = "http://purl.oclc.org/ooxml" if strict else "http://schemas.openxmlformats.org"
    year = "" if strict else "2006/"
    package, word = "http://schemas.openxmlformats.org/package/2006", f"{names}/wordprocessingml/{year}main"
    office = f"{names}/officeDocument/{year}relationships"
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{main}.main+xml"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>sel</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{goes_on}</w:tr></w:tbl>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="word/{part}.xml"/></Relationships>',
        f"word/{part}.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Kajian ormas.</w:t></w:r></w:p>'
        f"{table}</w:body></w:document>",
    }
    path = tmp_path / "kajian.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read_file(path).pages[0].text == "Kajian ormas.\nsel"
