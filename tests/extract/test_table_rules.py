"""One rule of reading tables a test, on words and lines put down by hand: no file is read."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from kms.extract.body import Draft, caption_at_foot
from kms.extract.letters import Word, parted_by, touching
from kms.extract.lines import Line, joined
from kms.extract.sheet import Rule, Sheet, read_sheet
from kms.extract.tables.assemble import assemble
from kms.extract.tables.cells import ruled_grid
from kms.extract.tables.gaps import open_grids
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.rulings import lattices
from kms.model import Table

HEAD = ["No", "Sasaran", "Target"]
WIDE = (50.0, 80.0, 300.0, 400.0)
"""The edges of three columns."""


def words_at(x: float, top: float, text: str, bold: bool = False) -> list[Word]:
    """Words of ten points, five points a letter, three between them."""
    words = []
    for part in text.split():
        words.append(Word(part, x, top, x + 5.0 * len(part), top + 10, 10, bold=bold))
        x = words[-1].x1 + 3
    return words


def row_at(top: float, *cells: tuple[float, str], bold: bool = False) -> list[Word]:
    return [word for x, text in cells for word in words_at(x, top, text, bold)]


def rows_at(top: float, xs: tuple[float, ...], rows: list[list[str]], step: float = 14) -> list[Word]:
    return [word for n, row in enumerate(rows) for word in row_at(top + step * n, *zip(xs, row))]


def sheet(words: list[Word], lying: list[Rule], standing: list[Rule] | None = None) -> Sheet:
    return Sheet(1, 595.0, 842.0, tuple(words), tuple(lying), tuple(standing or ()))


def ruled(page: Sheet) -> Grid:
    (lattice,) = lattices(page)
    grid = ruled_grid(page, lattice, ())
    assert grid
    return grid


def opened(words: list[Word], lying: list[Rule]) -> Grid:
    (grid,) = open_grids(sheet(words, lying), [], ())
    return grid


def told(*grids: Grid) -> Table:
    (table,) = assemble(grids)
    return table


def full(page: int, rows: list[list[str | None]], caption: str | None = None) -> Grid:
    """A grid that fills its page: None is merged with the cell above, ... with the cell to the left."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "...":
                continue
            high = next((n for n in range(r + 1, len(rows)) if rows[n][c] is not None), len(rows)) - r
            wide = next((n for n in range(c + 1, len(row)) if row[n] != "..."), len(row)) - c
            cells.append(Cell(r, c, high, wide, text, (50.0 * c, 14.0 * r, 50.0 * (c + wide), 14.0 * (r + high))))
    width = len(rows[0])
    edges = tuple(50.0 * c for c in range(width + 1))
    box = (0.0, 0.0, 50.0 * width, 14.0 * len(rows))
    return Grid(page, len(rows), width, tuple(cells), box, edges, caption=caption, first=True, last=True)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Meningk", "atnya"], "Meningkatnya"),
        (["Meningkat", "kan"], "Meningkatkan"),
        (["SASARA", "N"], "SASARAN"),
        (["KABUPATEN/KOT", "A"], "KABUPATEN/KOTA"),
        (["kedinasa", "n"], "kedinasan"),
        (["050/039/201", "8"], "050/039/2018"),
        (["1.250.0", "00"], "1.250.000"),
        (["(1", "0)"], "(10)"),
        (["Kabupaten", "Jombang"], "Kabupaten Jombang"),
        (["kerja", "sama"], "kerja sama"),
        (["Program", "a. pertama"], "Program a. pertama"),
        (["JUMLAH", "(Rp)"], "JUMLAH (Rp)"),
        (["2018", "2019"], "2018 2019"),
        (["26/3/18", "10/5/18"], "26/3/18 10/5/18"),
        (["KOTA", "DEPOK"], "KOTA DEPOK"),
    ],
)
def test_what_a_narrow_column_has_cut_is_whole_again(lines: list[str], whole: str) -> None:
    parts = [Line(tuple(words_at(0, 12.0 * n, text))) for n, text in enumerate(lines)]
    assert joined(parts, parts[0].box[2] + 3) == whole


def test_a_short_line_cuts_no_word() -> None:
    parts = [Line(tuple(words_at(0, 0, "pelaksana"))), Line(tuple(words_at(0, 12, "an")))]
    assert joined(parts, 200) == "pelaksana an"


def test_letters_that_touch_are_one_word_though_a_new_line_is_told_between_them() -> None:
    boxes = np.array([[0, 0, 4, 10], [4.1, 0, 8, 10], [8, 0, 12, 10], [8, 14, 12, 24.0]])
    assert touching(boxes).tolist() == [True, True, False]
    parting = np.array([False, True, False, False, True, False])
    assert parted_by(parting, np.array([0, 2, 3, 5])).tolist() == [True, True, False, True]


def frame(xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[list[Rule], list[Rule]]:
    """Lying and standing rules of a grid."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def test_the_rule_of_a_foot_that_touches_a_table_opens_no_column() -> None:
    lying, standing = frame(WIDE, (100, 120, 140, 160))
    words = rows_at(104, (55, 85, 310), [HEAD, ["1", "Kerukunan", "75"], ["2", "Ketertiban", "80"]], 20)
    foot = [Rule(162, 20, 540)]
    assert ruled(sheet(words, lying + foot, standing)).width == 3


def test_a_side_that_lies_open_above_and_below_is_a_column() -> None:
    lying, standing = frame(WIDE, (100, 120, 140, 160))
    open_right = [Rule(rule.at, rule.start, 500) for rule in lying]
    rows = [[*HEAD, "Ket"], ["1", "Kerukunan", "75", "a"], ["2", "Ketertiban", "80", "b"]]
    words = rows_at(104, (55, 85, 310, 420), rows, 20)
    assert ruled(sheet(words, open_right, standing)).width == 4


def test_what_a_low_row_cuts_off_stays_in_its_cell_and_what_is_off_the_page_is_not_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 200))
    canvas.grid([20, 60, 200, 300], [100, 112, 124, 136])
    for text, y, low in (("Program", 126, 124), ("Lomba website", 114, 112), ("Biaya umum", 103, 100)):
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(60, low, 140, 12)
        canvas.clipPath(path, stroke=0)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(62, y, text)
        canvas.drawString(62, y - 10, {"Lomba website": "kelurahan", "Program": ""}.get(text, ""))
        canvas.restoreState()
    for x, y, text in (
        (22, 126, "No"),
        (22, 114, "1"),
        (22, 103, "2"),
        (202, 126, "Pagu"),
        (202, 114, "5"),
        (202, 103, "6"),
    ):
        canvas.drawString(x, y, text)
    canvas.drawString(62, 230, "tersembunyi")
    canvas.save()
    page = pypdfium2.PdfDocument(file.getvalue())[0]
    found = read_sheet(page, 1)
    assert all(word.text != "tersembunyi" for word in found.words)
    assert told(ruled(found)).rows == (("1", "Lomba website kelurahan", "5"), ("2", "Biaya umum", "6"))


def test_a_form_with_little_in_it_is_a_table() -> None:
    xs = tuple(50.0 + 40 * n for n in range(13))
    lying, standing = frame(xs, tuple(100.0 + 20 * n for n in range(7)))
    rows = [["No", "Paket", "Pagu"]] + [[str(n), "Kursi", "5.000"] for n in range(1, 6)]
    words = rows_at(104, (52, 92, 132), rows, 20)
    assert ruled(sheet(words, lying, standing)).height == 6


def test_standing_lines_alone_part_columns_and_rows() -> None:
    lying, standing = frame(WIDE, (100, 176))
    rows = [["1", "Kerukunan naik", "75"], ["2", "Ketertiban naik", "80"], ["3", "Konflik turun", "2"]]
    words = row_at(104, *zip((55, 85, 310), HEAD), bold=True) + rows_at(122, (55, 85, 310), rows, 18)
    table = told(ruled(sheet(words, lying, standing)))
    assert table.header == tuple(HEAD)
    assert table.rows == tuple(map(tuple, rows))


def test_items_of_a_list_stay_in_their_cell() -> None:
    lying, standing = frame(WIDE, (100, 120, 160))
    words = row_at(104, *zip((55, 85, 310), HEAD)) + row_at(122, (55, "1"), (85, "a. Rukun"), (310, "75"))
    words += row_at(136, (85, "b. Tertib"))
    assert told(ruled(sheet(words, lying, standing))).rows == (("1", "a. Rukun b. Tertib", "75"),)


BODY = [["1", "Kerukunan naik", "75"], ["2", "Ketertiban naik", "80"], ["3", "Konflik turun", "2"]]


def test_footnotes_below_three_rules_are_no_rows() -> None:
    words = rows_at(104, (55, 85, 310), [HEAD]) + rows_at(124, (55, 85, 310), BODY)
    words += words_at(55, 172, "*) angka sementara") + words_at(55, 186, "Sumber: kantor sendiri")
    rules = [Rule(y, 50, 400) for y in (100, 118, 168)]
    assert told(opened(words, rules)).rows == tuple(map(tuple, BODY))


def test_a_rule_under_a_part_of_the_names_makes_them_one_header() -> None:
    words = row_at(102, (85, "Sasaran"), (300, "Target tahun"))
    words += row_at(118, (280, "2021"), (350, "2022")) + rows_at(138, (85, 280, 350), [["Rukun", "75", "76"]] * 3)
    rules = [Rule(98, 80, 400), Rule(115, 270, 400), Rule(133, 80, 400), Rule(180, 80, 400)]
    table = told(opened(words, rules))
    assert table.header == ("Sasaran", "Target tahun / 2021", "Target tahun / 2022")
    assert table.rows == (("Rukun", "75", "76"),) * 3


def test_labels_that_run_over_columns_hide_none_of_them() -> None:
    xs = (55, 85, 210, 290, 350)
    words = rows_at(104, xs, [["No", "Program", "Satuan", "Target", "Hasil"]])
    rows: list[list[str]] = []
    for n, mark in enumerate(("I", "II", "III")):
        rows += [[mark, "Program peningkatan iklim dan investasi", "", "", ""]]
        rows += [["", f"Jumlah izin {n}", "Dokumen", "10", "12"], ["", "Anggaran", "Rp", "5.000", "4.000"]]
    words += rows_at(124, xs, rows)
    found = told(opened(words, [Rule(y, 50, 400) for y in (100, 118, 252)]))
    assert found.header == ("No", "Program", "Satuan", "Target", "Hasil")
    assert found.rows == tuple(map(tuple, rows))


def test_a_full_row_labels_the_rows_below_and_so_does_a_mark_with_one_cell() -> None:
    rows = [["No", "Sasaran", "Satuan", "Target"], ["A", "Tujuan satu", "...", "..."], ["1", "Rukun", "%", "75"]]
    table = told(full(1, [*rows, ["Tujuan dua", "...", "...", "..."], ["2", "Tertib", "%", "80"]]))
    assert table.groups == ("A Tujuan satu", "Tujuan dua")


def test_a_title_above_names_that_come_again_labels_the_rows_below_it() -> None:
    title: list[str | None] = ["Perubahan Renstra", "...", "..."]
    above = full(1, [HEAD, ["Renstra", "...", "..."], ["1", "Rukun", "75"]], "Tabel 2.7 Capaian")
    assert told(above, full(2, [title, HEAD, ["1", "Tertib", "80"]])).groups == ("Renstra", "Perubahan Renstra")
    assert told(full(1, [title, HEAD, ["1", "Rukun", "75"]], "Tabel 2.7 Capaian")).groups == ("Perubahan Renstra",)


def test_the_titles_of_a_sheet_are_its_caption() -> None:
    titles: list[list[str | None]] = [["MATRIKS PERAN", "...", "..."], ["BIDANG A", "...", "..."], ["", "", ""]]
    grid = full(1, [*titles, HEAD, ["1", "Rukun", "75"], ["", "", ""], HEAD, ["2", "Tertib", "80"]])
    bold = tuple(replace(cell, bold=cell.row < 4) for cell in grid.cells)
    table = told(replace(grid, cells=bold))
    assert (table.caption, table.header) == ("MATRIKS PERAN BIDANG A", tuple(HEAD))
    assert table.rows == (("1", "Rukun", "75"), ("2", "Tertib", "80"))


def test_a_caption_that_says_lanjutan_goes_on_with_the_table_before() -> None:
    first = full(1, [HEAD, ["1", "Rukun", "75"]], "Tabel 2.1 Sasaran")
    assert len(told(first, full(2, [HEAD, ["2", "Tertib", "80"]], "Tabel 2.1 (lanjutan)")).rows) == 2
    assert len(told(first, full(2, [["1", "2", "3"], ["2", "Tertib", "80"]], "Lanjutan Tabel 2.1")).rows) == 2
    assert len(assemble([first, full(2, [["4", "Tertib", "80"]], "Tabel 2.2 Lain")])) == 2


def test_a_header_that_comes_again_on_its_page_is_no_row() -> None:
    found = told(full(1, [HEAD, ["1", "Rukun", "75"], HEAD, ["2", "Tertib", "80"]]))
    assert found.rows == (("1", "Rukun", "75"), ("2", "Tertib", "80"))


def test_a_merged_cell_cut_by_the_page_break_is_filled_below_it() -> None:
    above = full(1, [HEAD, ["1", "Rukun", "75"], [None, "Damai", "76"]])
    assert told(above, full(2, [["", "Tertib", "80"], ["2", "Aman", "90"]])).rows[2] == ("1", "Tertib", "80")


def test_an_empty_cell_below_a_page_break_stays_empty_where_others_of_its_column_are() -> None:
    above = full(1, [HEAD, ["1", "Program rukun", "75"], ["", "Kegiatan", "76"], ["2", "Program tertib", "80"]])
    assert told(above, full(2, [["", "Kegiatan", "81"], ["3", "Program aman", "90"]])).rows[3][0] == ""


def test_a_caption_at_the_foot_of_a_page_is_told_but_no_sentence_about_a_table() -> None:
    draft = Draft(Sheet(1, 595.0, 842.0), (), ())
    lines = [Line(tuple(words_at(50, 700, "Tabel 2.1 Target")))]
    assert caption_at_foot(draft, lines) == "Tabel 2.1 Target"
    assert caption_at_foot(draft, [Line(tuple(words_at(50, 700, "Tabel 2.1 menunjukkan target")))]) is None
