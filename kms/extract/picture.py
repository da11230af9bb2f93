"""Inside the child: a page as a PNG, with boxes drawn over it where wanted."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import ImageDraw

from kms.extract.job import CannotRead, Job
from kms.extract.pdf import open_pdf

LARGEST = 4000
"""Pixels of the longer side, whatever is asked for."""

COLOURS = {"table": ("#d00000", 3), "cell": ("#0060d0", 1)}


def page_png(job: Job) -> bytes:
    """The page of a picture job as PNG.

    Raises:
        CannotRead: "no-page" or whatever keeps the document from opening.
    """
    document = open_pdf(Path(job.path))
    if not 1 <= job.page <= len(document):
        raise CannotRead("no-page", page=job.page)
    page = document[job.page - 1]
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
    picture.save(out, "PNG")
    return out.getvalue()
