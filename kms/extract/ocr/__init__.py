"""Reading pictures of pages: what is there to read with, the reading itself, and whether a text layer needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kms.extract.ocr.layer import layer_is_usable
from kms.extract.ocr.models import availability
from kms.extract.ocr.values import Availability, GridCell, OcrGrid, OcrLine, OcrPage, OcrWord

if TYPE_CHECKING:
    from kms.extract.ocr.tesseract import Reader

__all__ = [
    "Availability",
    "GridCell",
    "OcrGrid",
    "OcrLine",
    "OcrPage",
    "OcrWord",
    "availability",
    "layer_is_usable",
    "read_picture",
    "read_pictures",
    "read_scanned_page",
]


def read_picture(picture: Any, dpi: float, page_number: int = 1, reader: Reader | None = None) -> OcrPage:
    """What stands on a picture of a page.

    Args:
        picture: a PIL image, or an array of grey or RGB, as the page is displayed.
        dpi: its dots per inch, which set the size of the page in points.
        page_number: 1-based; only written into the tables.
        reader: None takes this process's own, its models loaded once; it must not be used by two threads.

    Raises:
        ValueError: nothing to read with; ask `availability` first.
    """
    from kms.extract.ocr import page

    return page.read_picture(picture, dpi, page_number, reader)


def read_pictures(
    pictures: Iterable[tuple[int, Any, float]], readers: int, seconds: float
) -> Iterator[tuple[int, OcrPage | None]]:
    """Pages read ``readers`` at a time, as they are done: their numbers and what stands on them.

    Args:
        pictures: of each page its number (1-based), a grey array and its dots per inch; asked for one after the other,
            by the thread that calls.
        readers: each holds its own models, about 60 MB.
        seconds: a page that takes more processor time is given back as None.

    Raises:
        ValueError: nothing to read with; ask `availability` first.
    """
    from kms.extract.ocr import several

    return several.read_pictures(pictures, readers, seconds)


def read_scanned_page(pdf: Any, page_number: int, reader: Reader | None = None) -> OcrPage:
    """What stands on a page of a PDF, rendered at the resolution of its own picture.

    Args:
        pdf: the path of the PDF, or the page itself as a ``pypdfium2.PdfPage``.
        page_number: 1-based PDF page.
        reader: as for `read_picture`.

    Raises:
        ValueError: nothing to read with; ask `availability` first.
        pypdfium2.PdfiumError: the PDF or the page cannot be opened.
    """
    from kms.extract.ocr import page

    return page.read_scanned_page(pdf, page_number, reader)
