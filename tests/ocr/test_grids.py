import pytest

np = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from kms.extract.ocr.sheet import prepare  # noqa: E402


def drawn(ink: int = 0, on: int = 1, off: int = 0):
    """A table of 3 x 3 whose first row is one cell and whose first column is merged below it; dashed by on and off."""
    page = np.full((1200, 1000), 250, dtype=np.uint8)
    inked = np.arange(1200) % (on + off) < on
    for y, x0 in ((200, 100), (300, 100), (400, 400), (500, 100)):
        page[y : y + 3, x0:900][:, inked[: 900 - x0]] = ink
    for x, y0 in ((100, 200), (400, 300), (650, 300), (898, 200)):
        page[y0:502, x : x + 3][inked[: 502 - y0]] = ink
    return page


@pytest.mark.parametrize(
    "style",
    [{}, {"ink": 120}, {"ink": 190}, {"on": 100, "off": 5}, {"on": 8, "off": 6}, {"on": 3, "off": 4}],
    ids=["black", "faded", "grey", "broken", "dashed", "dotted"],
)
def test_merged_cells_are_found(style):
    (lattice,) = prepare(drawn(**style), 200).lattices
    spans = [(cell.row, cell.column, cell.rows, cell.columns) for cell in lattice.regions]
    assert spans == [(0, 0, 1, 3), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_letters_are_no_lines():
    page = np.full((1200, 1000), 250, dtype=np.uint8)
    for y in range(100, 1100, 34):  # strokes in rows, as upright letters and their feet make them
        for x in range(100, 900, 14):
            page[y : y + 18, x : x + 3] = 20
            page[y + 16 : y + 18, x : x + 9] = 20
    assert prepare(page, 200).lattices == ()


def test_a_box_comes_back_to_the_displayed_page():
    page = drawn()
    upright = prepare(page, 200)
    for turn in (90, 180, 270):
        sheet = prepare(np.ascontiguousarray(np.rot90(page, turn // 90)), 200, turn)
        assert sheet.lattices[0].box == pytest.approx(upright.lattices[0].box, abs=2)
        width, height = sheet.size[0] * 72 / 200, sheet.size[1] * 72 / 200
        x0, y0, x1, y1 = sheet.place(sheet.lattices[0].box)
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height


def test_light_print_on_a_dark_head_is_read_as_dark_on_light_and_the_heads_lines_are_found():
    page = drawn()
    page[203:300, 103:898] = 50
    page[203:300, 600:602] = 0
    page[240:260, 200:320:2] = page[240:260, 700:780:2] = 250
    sheet = prepare(page, 200)
    (lattice,) = sheet.lattices
    assert [(cell.row, cell.column, cell.columns) for cell in lattice.regions][:2] == [(0, 0, 2), (0, 2, 2)]
    assert sheet.picture[250, 204] < 60 and sheet.picture[250, 350] > 220
    assert sheet.ink[245:255, 204].all() and not sheet.ink[210:235, 120:590].any()


def test_a_line_goes_on_through_a_low_row_beyond_one_that_is_merged():
    page = np.full((900, 1000), 250, dtype=np.uint8)
    for y in (200, 245, 290, 400, 500):
        page[y : y + 3, 100:903] = 0
    for x in (100, 900):
        page[200:503, x : x + 3] = 0
    page[290:503, 500:503] = 0
    page[203:245, 501] = 110  # paler, and too short to be told from the stroke of a letter
    page[255:280, 300:700:9] = 0  # print in the merged row
    (lattice,) = prepare(page, 200).lattices
    assert [(cell.row, cell.columns) for cell in lattice.regions][:3] == [(0, 1), (0, 1), (1, 2)]


def ladder(*rows: tuple[tuple[int, str], ...]):
    """Rows of words at their places, with a rule above each of them and one below the last."""
    image = Image.new("L", (1400, 700), 250)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    for number, row in enumerate(rows):
        for x, word in row:
            pen.text((x, 112 + 60 * number), word, fill=10, font=font)
    for number in range(len(rows) + 1):
        pen.line((100, 100 + 60 * number, 1300, 100 + 60 * number), fill=0, width=2)
    return np.asarray(image)


def test_a_table_with_lying_rules_alone_has_its_columns():
    page = ladder(
        ((120, "Sasaran"), (700, "Target dan realisasi")),
        ((120, "Konflik sosial"), (720, "12"), (1000, "15")),
        ((120, "Ormas yang dibina"), (720, "4"), (1000, "6")),
        ((120, "Rapat"), (720, "7"), (1000, "9")),
        ((120, "Kajian"), (720, "1"), (1000, "2")),
    )
    (lattice,) = prepare(page, 200).lattices
    assert [(cell.row, cell.column, cell.columns) for cell in lattice.regions][:5] == [
        (0, 0, 1),
        (0, 1, 2),
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 1),
    ]
    assert (len(lattice.xs), len(lattice.ys)) == (4, 6)


def test_rules_to_write_on_and_those_of_a_chart_make_no_table():
    text = tuple(((120, "Rencana kinerja tahunan memuat sasaran dan target yang"),) for _ in range(5))
    assert prepare(ladder(*text), 200).lattices == ()
    chart = ladder(*(((110, str(number)),) for number in range(5))).copy()
    for x in (300, 600, 900):
        chart[170:400, x : x + 60] = 90
    assert prepare(chart, 200).lattices == ()


def test_a_head_whose_lines_are_lost_in_its_dark_ground_is_parted_by_its_words():
    page = drawn()
    page[203:300, 103:898] = 0
    image = Image.fromarray(page)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(26)
    for x, y, word in ((180, 233, "Sasaran"), (560, 208, "Target Tahunan"), (480, 262, "2021"), (730, 262, "2022")):
        pen.text((x, y), word, fill=250, font=font)
    (lattice,) = prepare(np.asarray(image), 200).lattices
    head = [(cell.row, cell.column, cell.rows, cell.columns) for cell in lattice.regions if cell.row < 2]
    assert head == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]
    assert [cell.row for cell in lattice.regions][4:] == [2, 2, 2, 3, 3]
    page[203:300, 103:898] = 250  # a row that is one cell on paper stays one
    assert prepare(page, 200).lattices[0].regions[0].columns == 3
