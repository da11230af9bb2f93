"""A page as a grey picture, at a resolution worth reading."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Shade = TypeVar("Shade", np.uint8, np.bool_)

READING_DPI = 200.0
LEAST_DPI, MOST_DPI = 185.0, 240.0
LOWEST_DPI, HIGHEST_DPI = 150, 201  # above, reading takes twice as long and is no better (benchmarks/ocr.py)
DRAWN_DPI = 200  # for pages without a picture, whose letters are drawn as outlines


def render_page(page: Any, largest_pixels: int = 40_000_000) -> tuple[Picture, float]:
    """A page of pypdfium2 as it is displayed, grey, with its resolution in dots per inch.

    The resolution is that of the page's own picture, so that nothing is resampled, within 150 to 200.
    ``largest_pixels`` bounds the picture of a giant page.
    """
    import pypdfium2 as pdfium

    width, height = page.get_size()
    pictures = [
        item
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        if _covers(item, width, height)
    ]
    native = [max(item.get_metadata().horizontal_dpi, item.get_metadata().vertical_dpi) for item in pictures]
    dpi = min(max(max(native), LOWEST_DPI), HIGHEST_DPI) if native else DRAWN_DPI
    dpi = min(dpi, 72 * (largest_pixels / max(width * height, 1)) ** 0.5)
    coloured = any(item.get_metadata().bits_per_pixel > 8 for item in pictures)
    bitmap = page.render(scale=dpi / 72, grayscale=not coloured, may_draw_forms=True, rev_byteorder=True)
    try:
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    return (black_first(pixels[:, :, :3]) if coloured else pixels.reshape(pixels.shape[:2])), dpi


def at_reading_size(picture: Picture, dpi: float) -> tuple[Picture, float]:
    """The picture at `READING_DPI`, where it is much smaller or larger, and its resolution then.

    Larger ones take twice as long to read and are read no better; of smaller ones the cells of tables are read worse
    (benchmarks/ocr.py).
    """
    if LEAST_DPI <= dpi <= MOST_DPI:
        return picture, dpi
    from PIL import Image

    image = Image.fromarray(picture)
    size = (round(image.width * READING_DPI / dpi), round(image.height * READING_DPI / dpi))
    if min(size) < 1:
        return picture, dpi
    return np.asarray(image.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8), READING_DPI


def nearby(picture: npt.NDArray[Shade], reach: int, choose: Any) -> npt.NDArray[Shade]:
    """What ``choose`` (`numpy.minimum`, `numpy.maximum`) takes of the points up to ``reach`` away in both directions.

    As Pillow's MinFilter and MaxFilter, in a sixtieth of their time.
    """
    for _ in range(2):
        padded = np.pad(picture, ((reach, reach), (0, 0)), mode="edge")
        rows = [padded[start : start + len(picture)] for start in range(2 * reach + 1)]
        picture = reduce(choose, rows).T
    return picture


def _covers(item: Any, width: float, height: float, share: float = 0.2) -> bool:
    """Whether a picture on the page is large enough to hold its text."""
    left, bottom, right, top = item.get_bounds()
    return bool((right - left) * (top - bottom) >= share * width * height)


def open_page(path: Path, number: int) -> Any:
    """Page ``number`` (1-based) of the PDF at ``path``; its ``.pdf`` must be closed after it."""
    import pypdfium2 as pdfium

    return pdfium.PdfDocument(path)[number - 1]


def to_grey(picture: Any) -> Picture:
    """A PIL image, or an array of grey or RGB, as a grey array."""
    if isinstance(picture, np.ndarray) and picture.ndim == 2:
        return picture.astype(np.uint8, copy=False)
    from PIL import Image

    image = Image.fromarray(picture) if isinstance(picture, np.ndarray) else picture
    if image.mode in ("RGBA", "LA", "P"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    if image.mode in ("RGB", "RGBA"):
        return black_first(np.asarray(image.convert("RGB")))
    return np.array(image.convert("L"), dtype=np.uint8)


def black_first(pixels: Picture) -> Picture:
    """Rows x columns x red, green and blue as a grey picture in which inks of stamps and pens are paler than print.

    Half of it is how light a point is, half the lightest of its colours; so nothing printed in colour is lost.
    """
    from PIL import Image, ImageChops

    image = Image.fromarray(pixels)
    red, green, blue = image.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return np.asarray(ImageChops.blend(image.convert("L"), lightest, 0.5), dtype=np.uint8)
