"""PDFs made here with reportlab: text, tables, captions, merged cells, and files that cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from kms.config import ReadingLimits
from kms.errors import Unreadable
from kms.extract import draw_page, read_file, render_page

STYLES = getSampleStyleSheet()
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def write(path: Path, *story: object) -> Path:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(story))
    return path


def text(words: str) -> Paragraph:
    return Paragraph(words, STYLES["BodyText"])


def test_a_header_over_two_levels_becomes_one_row_and_merged_cells_are_filled_down(tmp_path: Path) -> None:
    rows = [
        ["No", "Sasaran", "Kondisi", ""],
        ["", "", "2019", "2021"],
        ["1", "2", "3", "4"],
        ["Tujuan 1: kota yang rukun", "", "", ""],
        ["1", "Kerukunan naik", "10 %", "12 %"],
        ["", "", "20 kali", "24 kali"],
    ]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 3), (3, 3))]
    spans += [("SPAN", (0, 4), (0, 5)), ("SPAN", (1, 4), (1, 5))]
    table = Table(rows, style=GRID + spans)
    path = write(tmp_path / "a.pdf", text("Tabel 2.1 Sasaran dan target"), Spacer(1, 6), table)
    (found,) = read_file(path).tables
    assert found.header == ("No", "Sasaran", "Kondisi / 2019", "Kondisi / 2021")
    assert found.rows == (("1", "Kerukunan naik", "10 %", "12 %"), ("1", "Kerukunan naik", "20 kali", "24 kali"))
    assert found.groups == ("Tujuan 1: kota yang rukun",) * 2
    assert found.caption == "Tabel 2.1 Sasaran dan target"
    assert found.cell_boxes[1][0] is None and found.cell_boxes[0][0] is not None


def test_empty_cells_that_are_not_merged_stay_empty(tmp_path: Path) -> None:
    rows = [["No", "Program", "Pagu"], ["1", "Bela negara", "Rp 5.000"], ["", "Wawasan kebangsaan", ""]]
    (found,) = read_file(write(tmp_path / "a.pdf", Table(rows, style=GRID))).tables
    assert found.rows[1] == ("", "Wawasan kebangsaan", "")


def test_a_table_that_runs_over_pages_is_one(tmp_path: Path) -> None:
    rows = [["No", "Kegiatan", "Target"]] + [[str(n), f"Kegiatan ke {n}", f"{n} kali"] for n in range(1, 90)]
    path = write(tmp_path / "a.pdf", Table(rows, style=GRID, repeatRows=1))
    (found,) = read_file(path).tables
    assert found.pages == (1, 2, 3)
    assert [row[0] for row in found.rows] == [str(n) for n in range(1, 90)]
    assert set(found.row_pages) == {1, 2, 3}


@pytest.mark.parametrize("rules", [True, False])
def test_a_table_without_standing_lines_is_found_by_its_caption_and_gaps(tmp_path: Path, rules: bool) -> None:
    rows = [["No", "Program", "Target"], ["1", "Bela negara", "45 %"], ["2", "Pendidikan politik", "16 %"]]
    lines = [("LINEABOVE", (0, y), (-1, y), 0.5, colors.black) for y in (0, 1)]
    lines.append(("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black))
    table = Table(rows, colWidths=[40, 200, 80], style=lines if rules else [])
    after = text("Sasaran di atas dicapai bersama oleh seluruh pegawai dan masyarakat, sehingga perlu dukungan. " * 2)
    extraction = read_file(write(tmp_path / "a.pdf", text("Tabel 1.1 Program"), Spacer(1, 6), table, after))
    (found,) = extraction.tables
    assert found.method == ("rules" if rules else "gaps")
    assert found.header == ("No", "Program", "Target")
    assert found.rows == (("1", "Bela negara", "45 %"), ("2", "Pendidikan politik", "16 %"))
    assert "1\tBela negara\t45 %" in extraction.pages[0].text


def test_a_phrase_wrapped_inside_a_cell_survives_in_the_page_text(tmp_path: Path) -> None:
    rows = [["No", "Indikator"], ["1", text("Persentase menurunnya indeks konflik sosial di kota")]]
    path = write(tmp_path / "a.pdf", Table(rows, colWidths=[40, 90], style=GRID))
    assert "Persentase menurunnya indeks konflik sosial di kota" in read_file(path).pages[0].text


def test_running_heads_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, 6):
        canvas.drawString(72, 600, f"Isi halaman nomor {number} tentang kerukunan")
        canvas.drawString(200, 30, f"RKT Kantor | {number}")
        canvas.showPage()
    canvas.save()
    for page in read_file(path).pages:
        assert page.text.startswith("Isi halaman") and "RKT" not in page.text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_is_read_as_displayed(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setPageRotation(turn)
    width, height = A4 if turn == 180 else (A4[1], A4[0])  # reportlab turns the sheet along
    if turn == 90:
        canvas.translate(width, 0)
    elif turn == 180:
        canvas.translate(width, height)
    else:
        canvas.translate(0, height)
    canvas.rotate(turn)
    table = Table([["No", "Program"], ["1", "Bela negara"], ["2", "Politik"]], colWidths=[60, 200], style=GRID)
    table.wrapOn(canvas, 400, 400)
    table.drawOn(canvas, 50, 300)
    canvas.save()
    extraction = read_file(path)
    assert extraction.tables[0].rows == (("1", "Bela negara"), ("2", "Politik"))
    x0, _top, x1, _bottom = extraction.tables[0].bbox
    assert (round(x0), round(x1)) == (50, 310)
    assert (extraction.pages[0].width, extraction.pages[0].height) == pytest.approx(A4)


def test_pictures_of_pages(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", Table([["No", "Program"], ["1", "Bela negara"]], style=GRID))
    assert render_page(path, 1, width=300).startswith(b"\x89PNG")
    assert draw_page(path, 1, read_file(path), width=300) != render_page(path, 1, width=300)
    with pytest.raises(Unreadable) as caught:
        render_page(path, 2)
    assert caught.value.reason == "no-page"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("nol.pdf", b"", "empty"),
        ("teks.pdf", b"bukan pdf", "not-a-pdf"),
        ("rusak.pdf", b"%PDF-1.7 lalu sampah", "damaged"),
        ("foto.jpg", b"\xff\xd8\xff\xe0", "unsupported"),
        ("kosong.txt", b"  \n", "no-text"),
        ("rusak.docx", b"PK\x03\x04 bukan zip", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / name)
    assert caught.value.reason == reason
    assert name in caught.value.text("en")


def test_a_locked_and_a_long_pdf(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="rahasia")
    canvas.drawString(72, 72, "x")
    canvas.save()
    (tmp_path / "kunci.pdf").write_bytes(buffer.getvalue())
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / "kunci.pdf")
    assert caught.value.reason == "password"
    path = write(tmp_path / "a.pdf", *[text("baris") for _ in range(200)])
    with pytest.raises(Unreadable) as caught:
        read_file(path, ReadingLimits(pages=2))
    assert caught.value.reason == "too-many-pages"


@pytest.mark.slow
def test_hostile_files_come_back_within_their_limits(data_dir: Path) -> None:
    limits = ReadingLimits(seconds=60, memory_mb=800)
    for path in sorted((data_dir / "hostile").glob("*.pdf")):
        try:
            assert read_file(path, limits).pages
        except Unreadable as error:
            assert error.reason in {"empty", "password", "damaged", "memory", "too-many-pages", "too-much-text"}


def test_slanted_letters_are_read_and_watermarks_are_not(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for lean, words in ((0, "Pemerintahan yang bersih"), (0.33, "clean government"), (0, "dan terbuka")):
        line = canvas.beginText()
        line.setFont("Times-Roman", 12)
        line.setTextTransform(1, 0, lean, 1, 72, 700 if words != "dan terbuka" else 680)
        if lean:
            line.setTextTransform(1, 0, lean, 1, 210, 700)
        line.textOut(words)
        canvas.drawText(line)
    canvas.translate(200, 300)
    canvas.rotate(45)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawString(0, 0, "SALINAN")
    canvas.save()
    (page,) = read_file(tmp_path / "a.pdf").pages
    assert page.text == "Pemerintahan yang bersih clean government\ndan terbuka"


def test_letters_on_their_side_are_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(72, 700, "Kolom di samping dibaca ke atas:")
    canvas.rotate(90)
    canvas.drawString(300, -300, "Realisasi anggaran")
    canvas.save()
    (page,) = read_file(tmp_path / "a.pdf").pages
    assert page.text == "Kolom di samping dibaca ke atas:\nRealisasi anggaran"


def cut_in_two(path: Path, above: list[str], below: list[str]) -> Path:
    """A table of two pages; ``above`` is the last row of the first, ``below`` the first of the second."""
    head = ["No", "Uraian", "Realisasi"]
    table = Table([head, *[[str(n), f"Pekerjaan {n}", "5"] for n in range(1, 4)], above], style=GRID)
    table_below = Table([below, ["", "c Biaya umum", "7"]], style=GRID, colWidths=[30, 200, 80])
    table._argW = [30, 200, 80]
    return write(path, table, PageBreak(), table_below)


def test_a_list_within_cells_and_dashes_are_not_joined_over_a_page_break(tmp_path: Path) -> None:
    path = cut_in_two(tmp_path / "a.pdf", ["", "a Pengadaan", "-"], ["", "b Pelatihan", "-"])
    (found,) = read_file(path).tables
    assert found.rows[-3:] == (("", "a Pengadaan", "-"), ("", "b Pelatihan", "-"), ("", "c Biaya umum", "7"))


def test_a_cell_cut_by_a_page_break_is_one(tmp_path: Path) -> None:
    path = cut_in_two(tmp_path / "a.pdf", ["4", "Penyusunan data dan", "9"], ["", "statistik sektoral", ""])
    (found,) = read_file(path).tables
    assert found.rows[-2:] == (("4", "Penyusunan data dan statistik sektoral", "9"), ("", "c Biaya umum", "7"))


def test_an_empty_frame_beside_a_table_is_no_column_and_makes_no_header(tmp_path: Path) -> None:
    rows = [["", "No", "Komponen", "Nilai"], *[["", str(n), f"Komponen {n}", f"{n}0,5"] for n in range(1, 6)]]
    table = Table(rows, style=[*GRID, ("SPAN", (0, 0), (0, -1))], colWidths=[40, 30, 200, 80])
    (found,) = read_file(write(tmp_path / "a.pdf", table)).tables
    assert found.header == ("No", "Komponen", "Nilai")
    assert len(found.rows) == 5


def test_a_caption_of_several_lines_is_found_well_above_its_table(tmp_path: Path) -> None:
    lines = ["Tabel 2.5", "Data Pegawai", "Kecamatan Mekarjati", "Tahun 2021"]
    rows = [["1.", "Pegawai tetap", "4"], ["2.", "Pegawai lain", "3"]]
    path = write(tmp_path / "a.pdf", *map(text, lines), Spacer(1, 30), Table(rows, style=GRID))
    (found,) = read_file(path).tables
    assert found.caption == "Tabel 2.5 Data Pegawai Kecamatan Mekarjati Tahun 2021"


def test_a_header_over_three_levels_without_standing_lines_is_one_row(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(200, 760, "Tabel 3.4 Hasil menurut tingkat Tahun 2019")
    columns = (75, 100, 230, 270, 310, 350, 390, 430)
    for x, y, words in (
        (75, 710, "NO"),
        (100, 710, "CABANG"),
        (330, 730, "HASIL"),
        (263, 712, "DAERAH"),
        (382, 712, "PUSAT"),
    ):
        canvas.drawString(x, y, words)
    for x, words in zip(columns[2:], ("I", "II", "JML", "I", "II", "JML")):
        canvas.drawString(x, 694, words)
    for row in range(1, 8):
        for n, x in enumerate(columns):
            canvas.drawString(
                x, 690 - 14 * row, (str(row), f"Cabang {'abcdefg'[row - 1]}")[n] if n < 2 else str(row + n)
            )
    for left, y in ((70, 744), (222, 726), (222, 708), (222, 689), (70, 575)):
        canvas.line(left, y, 470, y)
    canvas.save()
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.header[:2] == ("NO", "CABANG") and found.header[-1].endswith("JML")
    assert [row[0] for row in found.rows] == list("1234567")
    assert found.rows[0][2:] == ("3", "4", "5", "6", "7", "8")


def test_a_list_between_underlined_headings_is_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    y = 760
    for mark, words in (
        ("C.2.", "Solusi"),
        ("1.", "Menambah sarana."),
        ("2.", "Melatih."),
        ("3.", "Mendata."),
        ("D.", "Lain"),
    ):
        canvas.drawString(72, y, mark)
        canvas.drawString(110, y, words)
        if mark[0].isalpha():
            canvas.line(72, y - 3, 108, y - 3)
            canvas.line(108, y - 3, 500, y - 3)
        y -= 20
    canvas.save()
    assert read_file(tmp_path / "a.pdf").tables == ()
