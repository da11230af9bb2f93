"""Pictures that stand in a Word document, as a PDF: a scan, or a table of figures, that somebody pasted in."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from kms.extract.ocr.insets import LEAST, only_insets
from kms.extract.ocr.picture import HIGHEST_DPI
from kms.model import Box

A4 = (595.3, 841.9)
EMU, TWIPS = 12700, 20
"""Of a point, there are so many."""
MOST_PIXELS = 100_000_000
SIDE = re.compile(r"(?:^|;)\s*(width|height):([\d.]+)pt")


def pictures_with_print(archive: zipfile.ZipFile, main: str, text: bytes) -> tuple[bytes, int]:
    """A PDF with a page for each picture that may hold print, in their order; how many large ones cannot be opened.

    ``text`` is what the part ``main`` says. Logos, signatures and photographs are left out; b"" for no picture at all.
    """
    document = pypdfium2.PdfDocument.new()
    damaged = 0
    for target, width, height in large_pictures(archive, main, text):
        try:
            opened = Image.open(io.BytesIO(archive.read(target)))
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("larger than a picture of a page can be")
            picture = upright(opened)
        except Exception:  # noqa: BLE001 - whatever a hostile file provokes, or a drawing of Windows (.emf), costs itself
            damaged += 1
            continue
        picture.thumbnail((round(width / 72 * HIGHEST_DPI), round(height / 72 * HIGHEST_DPI)))
        if holds_print(picture, width, height):
            add_page(document, picture, width, height)
    if not len(document):
        return b"", damaged
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), damaged


def large_pictures(archive: zipfile.ZipFile, main: str, text: bytes) -> Iterator[tuple[str, float, float]]:
    """The part, and width and height (points) as shown, of each picture in the text that is no logo."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False)
    folder, name = posixpath.split(main)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    targets = {each.get("Id"): each.get("Target") for each in etree.fromstring(archive.read(relations), parser)}
    root = etree.fromstring(text, parser)
    paper_width, paper_height = paper(root)
    for shown in root.iter("{*}blip", "{*}imagedata"):
        target = targets.get(named(shown, "embed") or named(shown, "id"))
        width, height = size_of(shown)
        if target and width * height >= LEAST * paper_width * paper_height:
            yield posixpath.normpath(posixpath.join(folder, target)).lstrip("/"), width, height


def named(element: Any, name: str) -> str:
    """What an attribute says, in whichever of the two namespaces that Word writes it."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def paper(root: Any) -> tuple[float, float]:
    """Width and height (points) of the paper that a document is written on."""
    size = next(root.iter("{*}pgSz"), None)
    sides = [] if size is None else [named(size, side) for side in "wh"]
    if not all(side.isdecimal() and int(side) for side in sides) or not sides:
        return A4
    width, height = (int(side) / TWIPS for side in sides)
    return width, height


def size_of(shown: Any) -> tuple[float, float]:
    """Width and height (points) at which a picture is shown; nothing where that is not said."""
    for around in shown.iterancestors():
        extent = around.find("{*}extent")
        if extent is not None:
            width, height = (named(extent, side) for side in ("cx", "cy"))
            return (int(width) / EMU, int(height) / EMU) if (width + height).isdecimal() else (0.0, 0.0)
        sides = dict(SIDE.findall(around.get("style") or ""))
        if len(sides) == 2:
            return float(sides["width"]), float(sides["height"])
    return 0.0, 0.0


def upright(picture: Image.Image) -> Image.Image:
    """The picture as it is seen on paper, in greys: as a camera held it, what is transparent white."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("L")


def holds_print(picture: Image.Image, width: float, height: float) -> bool:
    """Whether a picture is one of print rather than a photograph or a drawing."""
    whole: Box = (0.0, 0.0, width, height)
    dpi = 72 * picture.width / width
    return only_insets(np.array(picture), dpi, [whole], []) is not None


def add_page(document: pypdfium2.PdfDocument, picture: Image.Image, width: float, height: float) -> None:
    """A page with nothing on it but the picture."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    page = document.new_page(width, height)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(file, inline=True, autoclose=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    page.gen_content()
    page.close()
