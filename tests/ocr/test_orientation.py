"""Which way a picture lies is told from its lines alone, and what stands on a turned one comes in its own order."""

import pytest

np = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from kms.extract.ocr import availability, read_picture  # noqa: E402
from kms.extract.ocr.orientation import likely_turns  # noqa: E402

LINES = (
    "Rencana kinerja tahunan memuat sasaran dan target",
    "yang akan dicapai oleh satuan kerja dalam satu tahun",
    "anggaran sesuai dengan dokumen perencanaan daerah",
)


def page(ruled: bool = False):
    """Lines of text and, below the first of them, a table with four words."""
    image = Image.new("L", (1400, 1000), 250)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(32)
    for number in range(9):
        pen.text((100, 60 + (number + 4 * ruled * (number > 0)) * 60), LINES[number % 3], fill=10, font=font)
    if ruled:
        for y in (130, 230, 330):
            pen.line((100, y, 1300, y), fill=0, width=3)
        for x in (100, 700, 1300):
            pen.line((x, 130, x, 330), fill=0, width=3)
        for x, y, word in ((130, 160, "Sasaran"), (730, 160, "Target"), (130, 260, "Kerukunan"), (730, 260, "75,5 %")):
            pen.text((x, y), word, fill=10, font=font)
    return np.asarray(image)


@pytest.mark.parametrize("ruled", [False, True])
def test_direction_of_lines(ruled: bool) -> None:
    assert likely_turns(page(ruled), 200) == (0, 180)
    assert likely_turns(np.ascontiguousarray(np.rot90(page(ruled))), 200) == (270, 90)


@pytest.mark.skipif(not availability().ready, reason="nothing to read pictures with")
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_page_reads_as_the_upright_one(quarters: int) -> None:
    found = read_picture(np.ascontiguousarray(np.rot90(page(True), quarters)), 200)
    assert found.turned == quarters * 90
    (grid,) = found.grids
    assert grid.rows() == [["Sasaran", "Target"], ["Kerukunan", "75,5 %"]]
    assert found.text.index("Rencana") < found.text.index("Sasaran") < found.text.index("anggaran")
