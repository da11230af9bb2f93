"""Reads a table cell by cell, each cut out of the page on its own, figures a second time as figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import numpy as np

from kms.extract.ocr.grids import Lattice, PixelBox, Region
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.sheet import Sheet
from kms.extract.ocr.straighten import Mask
from kms.extract.ocr.tesseract import Layout, Reader, ReadWord
from kms.extract.ocr.values import GridCell, OcrGrid, OcrLine, OcrWord

ONE_LINE = 0.19  # inches; ink no taller than this is one line of print
SMALL_PRINT_DPI = 170  # below this a cell is enlarged before it is read

FIGURE = re.compile(r"[<>≥≤]?\s*(Rp\.?\s*)?[-+(]?\d[\d.,/:\s-]*\)?\s*%?\)?")


def read_grid(sheet: Sheet, lattice: Lattice, reader: Reader) -> OcrGrid:
    """The cells of ``lattice`` as read."""
    cells = []
    for region in lattice.regions:
        lines = read_cell(sheet, region, reader)
        text = " ".join(line.text for line in lines)
        cells.append(
            GridCell(region.row, region.column, region.rows, region.columns, text, sheet.place(region.box), lines)
        )
    return OcrGrid(len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(cells), sheet.place(lattice.box))


def read_cell(sheet: Sheet, region: Region, reader: Reader) -> tuple[OcrLine, ...]:
    """The lines of one cell, none when it is empty."""
    box = trim(sheet.ink, region.box, inset=max(2, round(sheet.dpi / 70)))
    if box is None:
        return ()
    one_line = box[3] - box[1] <= ONE_LINE * sheet.dpi
    scale = 2.0 if sheet.dpi < SMALL_PRINT_DPI else 1.0
    cut, origin = cut_out(sheet.picture, box, margin=round(sheet.dpi / 20), scale=scale)
    words = reader.read(cut, sheet.dpi * scale, "line" if one_line else "block")
    if one_line:
        words = better_figure(words, cut, sheet.dpi * scale, reader)
    return tuple(lines_of([_moved(word, origin, scale) for word in words], sheet))


def better_figure(words: list[ReadWord], cut: Picture, dpi: float, reader: Reader) -> list[ReadWord]:
    """``words``, or what a reading as a figure gives, when they look like a misread figure or like nothing at all."""
    text = " ".join(word.text for word in words)
    sure = confidence(words)
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    looks = bool(digits) and letters <= max(2, digits)
    small = len(text) <= 3 and not digits and sure < 0.9 and cut.shape[1] < 0.5 * dpi
    if (looks and not (FIGURE.fullmatch(text) and sure > 0.9)) or small:
        layouts: tuple[Layout, ...] = ("line", "word") if small else ("line",)
        for layout in layouts:
            again = reader.read_figure(cut, dpi, layout)
            figure = " ".join(word.text for word in again)
            if FIGURE.fullmatch(figure) and confidence(again) >= (max(0.6, sure) if small else sure - 0.3):
                return again
    return words


def confidence(words: Iterable[ReadWord | OcrWord]) -> float:
    """The mean confidence, 0.0 of no words."""
    values = [word.confidence for word in words]
    return sum(values) / len(values) if values else 0.0


def trim(ink: Mask, box: tuple[float, float, float, float], inset: int, least: int = 4) -> PixelBox | None:
    """The box of the ink within ``box``, specks of a single point left out; None when there is none to read."""
    left, top, right, bottom = (round(value) for value in box)
    left, top, right, bottom = max(left + inset, 0), max(top + inset, 0), right - inset, bottom - inset
    part = ink[top:bottom, left:right]
    if part.shape[0] < 4 or part.shape[1] < 4:
        return None
    solid = part[1:, 1:] & part[:-1, :-1] & part[1:, :-1] & part[:-1, 1:]
    if int(solid.sum()) < least:
        return None
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    return (
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 2,
        top + int(rows[-1]) + 2,
    )


def cut_out(picture: Picture, box: PixelBox, margin: int, scale: float) -> tuple[Picture, tuple[float, float]]:
    """The part of ``picture`` in ``box`` with a margin of paper, and where its corner lies on the picture."""
    from PIL import Image

    left, top, right, bottom = max(box[0] - 2, 0), max(box[1] - 2, 0), box[2] + 2, box[3] + 2
    part = picture[top:bottom, left:right]
    if scale != 1.0:
        image = Image.fromarray(part)
        size = (round(image.width * scale), round(image.height * scale))
        part = np.asarray(image.resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
    framed = np.full((part.shape[0] + 2 * margin, part.shape[1] + 2 * margin), np.percentile(part, 80), dtype=np.uint8)
    framed[margin : margin + part.shape[0], margin : margin + part.shape[1]] = part
    return framed, (left - margin / scale, top - margin / scale)


def _moved(word: ReadWord, origin: tuple[float, float], scale: float) -> ReadWord:
    x0, y0, x1, y1 = word.box
    x, y = origin
    return replace(
        word, box=(round(x + x0 / scale), round(y + y0 / scale), round(x + x1 / scale), round(y + y1 / scale))
    )


def lines_of(words: Iterable[ReadWord], sheet: Sheet) -> Iterable[OcrLine]:
    """Words in pixels of the sheet as lines on the page."""
    for _, group in groupby(words, lambda word: word.line):
        line = list(group)
        yield OcrLine(
            tuple(OcrWord(word.text, sheet.place(word.box), word.confidence) for word in line),
            line[0].block,
            line[0].paragraph,
        )
