"""Text, Markdown and Word files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from kms.errors import Unreadable
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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def said(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def word_file(path: Path, body: str, notes: str = "") -> Path:
    """A Word document with ``body`` in its text and ``notes`` at the foot of its pages."""
    document = docx.Document()
    bare = path.with_name("bare.docx")
    document.save(str(bare))
    names = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    with zipfile.ZipFile(bare) as source, zipfile.ZipFile(path, "w") as archive:
        for part in source.namelist():
            text = f"<w:document {names}><w:body>{body}</w:body></w:document>".encode()
            archive.writestr(part, text if part == "word/document.xml" else source.read(part))
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {names}>{notes}</w:footnotes>")
    return path


def box(words: str) -> str:
    return f"<w:pict><w:txbxContent>{said(words)}</w:txbxContent></w:pict>"


def form(words: str, about: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"


CONTENTS = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>Ormas </w:t></w:r><w:ins><w:r><w:t>dibina</w:t></w:r></w:ins></w:p>", "Ormas dibina"),
        ("<w:p><w:r><w:t>Ormas</w:t></w:r><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>", "Ormas"),
        (f"<w:moveTo>{said('pindah')}</w:moveTo><w:moveFrom>{said('pindah')}</w:moveFrom>", "pindah"),
        ("<w:p><w:smartTag><w:r><w:t>Kota Depok</w:t></w:r></w:smartTag></w:p>", "Kota Depok"),
        (form(said("Isian")) + said("sesudah"), "Isian\nsesudah"),
        (form(said("Klik di sini"), "<w:showingPlcHdr/>") + said("isi"), "isi"),
        (form(said("BAB I ... 3"), CONTENTS) + said("BAB I"), "BAB I"),
        (f"<w:p><w:r>{box('satu')}{box('dua')}</w:r></w:p>{said('tiga')}", "satu\ndua\ntiga"),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box('sekali')}</mc:Choice>"
            f"<mc:Fallback>{box('sekali')}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "sekali",
        ),
        (
            "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>"
            + form(
                f"<w:tc>{said('luar')}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{said('dalam')}"
                "</w:tc></w:tr></w:tbl><w:p/></w:tc>"
            )
            + "</w:tr></w:tbl>",
            "luar dalam",
        ),
    ],
    ids=["inserted", "deleted", "moved", "smart", "form", "prompt", "contents", "boxes", "fallback", "cells"],
)
def test_a_word_document_is_read_as_it_looks(tmp_path: Path, body: str, text: str) -> None:
    assert read_file(word_file(tmp_path / "kajian.docx", body)).pages[0].text.strip() == text


def test_footnotes_are_read_after_the_text(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="1">{said("Wawancara dengan")}{said("lurah.")}</w:footnote>'
    assert read_file(word_file(tmp_path / "kajian.docx", said("Isi."), note)).pages[0].text == (
        "Isi.\nWawancara dengan lurah."
    )


def test_a_word_document_of_pictures_says_what_helps(tmp_path: Path) -> None:
    picture = '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
    path = word_file(tmp_path / "pindaian.docx", f"<w:p><w:r><w:drawing>{picture}</w:drawing></w:r></w:p>")
    with pytest.raises(Unreadable) as error:
        read_file(path)
    assert error.value.reason == "only-pictures"
    assert "PDF" in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("lama.docx", b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"), "unsupported"),
        ("kunci.docx", b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("kaya.docx", rb"{\rtf1\ansi Kajian ormas.}", "unsupported"),
        ("kaya.txt", rb"{\rtf1\ansi Kajian ormas.}", "unsupported"),
        ("rusak.docx", b"PK\x03\x04 kajian", "damaged"),
    ],
)
def test_a_file_under_another_ending_is_told_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as error:
        read_file(tmp_path / name)
    assert error.value.reason == reason


def test_a_folder_with_modules_of_its_own_is_read_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not what you look for')\n", "utf-8")
    (tmp_path / "kajian.txt").write_text(WORDS, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert read_file(Path("kajian.txt")).pages[0].text == WORDS
