"""What reading a picture may cost: paper is not searched for letters, and a slow machine is no slow page."""

import time

import pytest

np = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from kms.extract.ocr import availability, read_picture, read_pictures  # noqa: E402
from kms.extract.ocr.tesseract import Reader, TooSlow  # noqa: E402

pytestmark = pytest.mark.skipif(not availability().ready, reason="nothing to read pictures with")


def foot(text: str):
    """A grainy sheet with a line of print at its foot and a speck at its head."""
    image = Image.new("L", (1400, 1800), 235)
    pen = ImageDraw.Draw(image)
    pen.text((600, 1700), text, fill=20, font=ImageFont.load_default(30))
    pen.rectangle((200, 40, 204, 44), fill=60)
    grain = np.random.default_rng(1).normal(0, 5, (1800, 1400))
    return np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)


def test_a_line_alone_on_grainy_paper_is_read_soon():
    before = time.process_time()
    assert "Halaman 13" in read_picture(foot("Halaman 13"), 200).text
    assert read_picture(foot(""), 200).text == ""
    assert time.process_time() - before < 3, "the grain was read as well: that takes three times as long"


def test_a_page_may_wait_for_others_but_not_work_too_long():
    with Reader() as reader:
        reader.allow(0.5)
        time.sleep(0.6)
        assert [word.text for word in reader.read(foot("Halaman 13")[1680:1760, 580:800], 200, "line")]
        reader.allow(0.0)
        with pytest.raises(TooSlow):
            reader.read(foot("Halaman 13"), 200)
    assert list(read_pictures([(7, foot("Halaman 13"), 200.0)], 1, 0.001)) == [(7, None)]
