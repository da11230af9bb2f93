"""Reads a table cell by cell, each cut out of the page on its own, figures a second time as figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from kms.extract.ocr.figures import mend_figures
from kms.extract.ocr.grids import Lattice, PixelBox, Region
from kms.extract.ocr.marks import find_runs, mend
from kms.extract.ocr.overlay import without_paler_ink
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.sheet import Sheet
from kms.extract.ocr.straighten import Mask
from kms.extract.ocr.tesseract import Reader, ReadWord
from kms.extract.ocr.values import GridCell, OcrGrid, OcrLine, OcrWord

ONE_LINE = 0.19  # inches; ink no taller than this is one line of print
SMALL_PRINT_DPI = 170  # below this a cell is enlarged before it is read

SMALL = 0.5  # inches; narrower than this, a cell holds a digit or two
SURE = 0.9
EVEN = 0.05  # of confidence, by which two readings do not differ

LARGER = (("text", 2.0), ("text", 3.0))  # the models and scales that a doubtful cell is read with once more
FIGURES_TOO = (*LARGER, ("figures", 1.0), ("figures", 2.0))

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
    one_line = box[3] - box[1] <= ONE_LINE * sheet.dpi and count_lines(sheet.ink, box, sheet.dpi) < 2
    scale = 2.0 if sheet.dpi < SMALL_PRINT_DPI else 1.0
    cut, origin = cut_out(sheet.picture, box, margin=round(sheet.dpi / 20), scale=scale)
    words = reader.read(cut, sheet.dpi * scale, "line" if one_line else "block")
    clean = without_paler_ink(cut)
    if clean is not None:
        words = better_of(words, reader.read(clean, sheet.dpi * scale, "line" if one_line else "block"))
    if one_line:
        words = better_figure(words, Cutting(sheet.picture, box, sheet.dpi, scale), reader)
    found = mend([_moved(word, origin, scale) for word in words], sheet.ink, cell=True)
    found = mend_figures(found, sheet.ink, sheet.picture, sheet.dpi, reader)
    if not found and is_dash(sheet.ink, box, sheet.dpi):
        found = [ReadWord("-", box, SURE, 0, 0, 0)]
    return tuple(lines_of(found, sheet))


def better_of(words: list[ReadWord], again: list[ReadWord]) -> list[ReadWord]:
    """Of two readings the one that reads better, the second where they are alike."""
    return again if again and confidence(again) >= confidence(words) - EVEN else words


def is_dash(ink: Mask, box: PixelBox, dpi: float) -> bool:
    """Whether all the ink in ``box`` is one short lying stroke, which readers of lines overlook."""
    width, height = box[2] - box[0], box[3] - box[1]
    solid = float(ink[box[1] : box[3], box[0] : box[2]].mean())
    return 0.015 * dpi <= width <= 0.15 * dpi and height <= 0.04 * dpi and width >= 1.4 * height and solid > 0.6


@dataclass(frozen=True)
class Cutting:
    """A part of a picture that can be had again at other scales; ``scale`` is the one it was read at first."""

    picture: Picture
    box: PixelBox
    dpi: float
    scale: float

    def at(self, larger: float) -> tuple[Picture, float]:
        """The part ``larger`` times as large as at first, and its resolution."""
        scale = self.scale * larger
        return cut_out(self.picture, self.box, round(self.dpi / 20 * larger), scale)[0], self.dpi * scale


def better_figure(words: list[ReadWord], cutting: Cutting, reader: Reader) -> list[ReadWord]:
    """``words``, or what readings at several sizes agree on, when they look like a misread figure or like nothing.

    A lone digit says little to a reader of lines: the same ink is read as "1" and as "x" when it is moved by half a
    pixel. So it is read larger as well, doubtful figures also with the model that knows nothing but figures, and the
    readings vote with their confidence.
    """
    text = text_of(words)
    sure = confidence(words)
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    looks = bool(digits) and letters <= max(2, digits)
    small = len(text) <= 3 and cutting.box[2] - cutting.box[0] < SMALL * cutting.dpi
    if not (small or looks) or (looks and not small and FIGURE.fullmatch(text) and sure > SURE):
        return words
    readings = [words]
    for read, larger in FIGURES_TOO if looks or not any(map(str.isalpha, text)) else LARGER:
        picture, dpi = cutting.at(larger)
        found = reader.read(picture, dpi, "line") if read == "text" else reader.read_figure(picture, dpi, "line")
        readings.append([_shrunk(word, larger) for word in found])
        if agreed(readings, looks):
            break
    return vote(readings)


def agreed(readings: list[list[ReadWord]], figure: bool) -> bool:
    """Whether the first two readings, at different sizes, are the same, sure of it, and a ``figure`` if it is one."""
    first, second = readings[:2]
    text = text_of(first)
    fits = FIGURE.fullmatch(text) if figure else text
    return bool(fits) and text == text_of(second) and min(confidence(first), confidence(second)) > SURE


def vote(readings: list[list[ReadWord]]) -> list[ReadWord]:
    """The reading whose text has the most confidence of all that read the same; what is no figure has 0.6."""
    votes: dict[str, float] = {}
    for reading in readings:
        text = text_of(reading)
        weight = 1.0 if FIGURE.fullmatch(text) else 0.6
        votes[text] = votes.get(text, 0.0) + weight * confidence(reading) ** 2
    best = max(votes, key=lambda text: votes[text])
    return max((reading for reading in readings if text_of(reading) == best), key=confidence)


def text_of(words: Iterable[ReadWord]) -> str:
    """The words with a space between them."""
    return " ".join(word.text for word in words)


def _shrunk(word: ReadWord, larger: float) -> ReadWord:
    """A word of a cutting made ``larger``, in pixels of the first one; margins grow along, so all is in proportion."""
    x0, y0, x1, y1 = (round(value / larger) for value in word.box)
    return replace(word, box=(x0, y0, x1, y1))


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


def count_lines(ink: Mask, box: PixelBox, dpi: float, least: float = 0.025) -> int:
    """How many lines of print stand in ``box``: bands of ink at least ``least`` inches high, parted by nearly none."""
    rows = ink[box[1] : box[3], box[0] : box[2]].sum(axis=1)
    return sum(end - start >= least * dpi for start, end in find_runs(rows > 0.12 * rows.max()))


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
