"""Inside the child: a page as a PNG, with boxes drawn over it where wanted."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageDraw

from kms.extract.job import CannotRead, Job
from kms.extract.pdf import page_asked

LARGEST = 4000
"""Pixels of the longer side, whatever is asked for."""

COLOURLESS = 12
"""Difference between the channels of a pixel (0 to 255) up to which it counts as grey."""

COLOURS = {"table": ("#d00000", 3), "cell": ("#0060d0", 1)}


def page_png(job: Job) -> bytes:
    """The page of a picture job as PNG.

    Raises:
        CannotRead: "no-page" or whatever keeps the document from opening.
    """
    page = page_asked(job)
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise CannotRead("damaged")
    scale = min(job.width / width, LARGEST / width, LARGEST / height)
    picture = page.render(scale=scale).to_pil()
    page.close()
    if job.drawings:
        picture = picture.convert("RGB")
        brush = ImageDraw.Draw(picture)
        for drawing in job.drawings:
            colour, thickness = COLOURS[drawing.kind]
            x0, top, x1, bottom = (value * scale for value in drawing.box)
            brush.rectangle((x0, top, max(x0, x1), max(top, bottom)), outline=colour, width=thickness)
    out = io.BytesIO()
    lighter(picture).save(out, "PNG")
    return out.getvalue()


def lighter(picture: Image.Image) -> Image.Image:
    """The picture, in sixteen greys where it has no colours: a third of the bytes, and nobody sees it."""
    if picture.mode != "L":
        if any(band.point(lambda value: 255 * (value > COLOURLESS)).getbbox() for band in channel_differences(picture)):
            return picture
        picture = picture.convert("L")
    return picture.quantize(16, dither=Image.Dither.NONE)


def channel_differences(picture: Image.Image) -> list[Image.Image]:
    """How far the red and the blue of each pixel are from its green."""
    red, green, blue = picture.convert("RGB").split()
    return [ImageChops.difference(red, green), ImageChops.difference(blue, green)]
