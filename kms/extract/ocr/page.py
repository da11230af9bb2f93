"""Reads one picture of a page: make it ready, read its tables cell by cell and the rest as text, put them in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import numpy as np

from kms.extract.ocr.cells import confidence, lines_of, read_grid, trim
from kms.extract.ocr.figures import mend_figures
from kms.extract.ocr.grids import PixelBox
from kms.extract.ocr.marks import mend
from kms.extract.ocr.noise import cleaned, without_grain
from kms.extract.ocr.orientation import best_turn, likely_turns
from kms.extract.ocr.picture import at_reading_size, open_page, render_page, to_grey
from kms.extract.ocr.sheet import Sheet, prepare
from kms.extract.ocr.tesseract import Reader, ReadWord
from kms.extract.ocr.values import OcrGrid, OcrLine, OcrPage
from kms.model import Table

DOUBTFUL = 0.7  # a page read with less confidence may lie on its side or stand on its head


def read_picture(picture: Any, dpi: float, page_number: int = 1, reader: Reader | None = None) -> OcrPage:
    """See `kms.extract.ocr.read_picture`."""
    reader = reader or default_reader()
    grey, dpi = at_reading_size(cleaned(to_grey(picture), dpi), dpi)
    turns = likely_turns(grey, dpi)
    turn = 0 if turns[0] == 0 else best_turn(grey, dpi, reader, turns)
    page = _read(prepare(grey, dpi, turn), page_number, reader)
    if page.confidence < DOUBTFUL:
        # A part of the page is asked first: to read all of it once more takes as long as to read it.
        other = best_turn(grey, dpi, reader, tuple(dict.fromkeys((turn, *turns, 0))))
        if other != turn:
            again = _read(prepare(grey, dpi, other), page_number, reader)
            page = again if again.confidence > page.confidence else page
    return page


def _read(sheet: Sheet, page_number: int, reader: Reader) -> OcrPage:
    found = mend(in_order(_read_text(sheet, reader)), sheet.ink)
    found = mend_figures(found, sheet.ink, sheet.picture, sheet.dpi, reader)
    lines = tuple(lines_of(found, sheet))
    tops = [min(word.box[1] for word in line) for _, line in groupby(found, lambda word: word.line)]
    grids = [read_grid(sheet, lattice, reader) for lattice in sheet.lattices]
    blocks = arrange(lines, tops, [(lattice.box[1], grid) for lattice, grid in zip(sheet.lattices, grids)], sheet.dpi)
    words = [word for line in lines for word in line.words]
    words += [word for grid in grids for cell in grid.cells for line in cell.lines for word in line.words]
    return OcrPage(
        "\n".join(block if isinstance(block, str) else block.text() for block in blocks),
        sheet.size[0] * 72 / sheet.dpi,
        sheet.size[1] * 72 / sheet.dpi,
        blocks,
        lines,
        tuple(raw_table(grid, page_number) for grid in grids),
        sheet.turned,
        sheet.skew,
        confidence(words),
        reader.languages,
    )


def read_scanned_page(pdf: Any, page_number: int, reader: Reader | None = None) -> OcrPage:
    """See `kms.extract.ocr.read_scanned_page`."""
    if isinstance(pdf, str | Path):
        page = open_page(Path(pdf), page_number)
        try:
            picture, dpi = render_page(page)
        finally:
            page.close()
            page.pdf.close()
    else:
        picture, dpi = render_page(pdf)
    return read_picture(picture, dpi, page_number, reader)


@cache
def default_reader() -> Reader:
    """The reader of this process, its models loaded once."""
    return Reader()


def _read_text(sheet: Sheet, reader: Reader) -> list[ReadWord]:
    """The words that stand outside of tables.

    Only the part of the page that has ink is read: looking for lines takes a third of the time, on paper as on print.
    """
    ink, picture = sheet.ink.copy(), sheet.picture.copy()
    paper = int(np.percentile(picture[::8, ::8], 80))
    edge = round(sheet.dpi / 40)
    for lattice in sheet.lattices:
        left, top, right, bottom = (round(value) for value in lattice.box)
        table = slice(max(top - edge, 0), bottom + edge), slice(max(left - edge, 0), right + edge)
        ink[table], picture[table] = False, paper
    box = trim(ink, (0, 0, ink.shape[1], ink.shape[0]), inset=0)
    if box is None:
        return []
    margin = round(sheet.dpi / 10)
    left, top = max(box[0] - margin, 0), max(box[1] - margin, 0)
    part = slice(top, box[3] + margin), slice(left, box[2] + margin)
    words = reader.read(without_grain(picture[part], ink[part], sheet.dpi), sheet.dpi)
    return [replace(word, box=moved(word.box, left, top)) for word in words]


def in_order(words: Iterable[ReadWord]) -> list[ReadWord]:
    """Lines that begin a block and stand wholly above blocks before it come before those.

    Tesseract takes the end of a title over two columns for the head of the right one, and reads the left one first.
    """
    blocks: list[list[ReadWord]] = []
    for _, block in groupby(words, lambda word: word.block):
        at = len(blocks)
        for _, read in groupby(block, lambda word: word.line):
            line = list(read)
            foot = max(word.box[3] for word in line)
            place = at
            while place and all(word.box[1] >= foot for word in blocks[place - 1]):
                place -= 1
            if place == at:
                blocks[at:] = [[*chain.from_iterable(blocks[at:]), *line]]
            else:
                blocks.insert(place, line)
                at += 1
    return list(chain.from_iterable(blocks))


def moved(box: PixelBox, right: int, down: int) -> PixelBox:
    """A box farther to the right and down."""
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def arrange(
    lines: Sequence[OcrLine], tops: Sequence[float], grids: Iterable[tuple[float, OcrGrid]], dpi: float
) -> tuple[str | OcrGrid, ...]:
    """Running text and grids in reading order: a grid comes before the first line that stands below its head.

    ``tops`` of the lines, and the one beside each grid, are pixels of the upright sheet.
    """
    places: dict[int, list[OcrGrid]] = {}
    for head, grid in grids:
        below = [number for number, top in enumerate(tops) if top >= head - 0.03 * dpi]
        places.setdefault(below[0] if below else len(lines), []).append(grid)
    blocks: list[str | OcrGrid] = []
    start = 0
    for place in sorted(places):
        if place > start:
            blocks.append(running_text(lines[start:place]))
        blocks += places[place]
        start = place
    if start < len(lines):
        blocks.append(running_text(lines[start:]))
    return tuple(blocks)


def running_text(lines: Iterable[OcrLine]) -> str:
    """Lines as text, one line each."""
    blocks = ["\n".join(line.text for line in block) for _, block in groupby(lines, lambda line: line.block)]
    return "\n".join(blocks)


def raw_table(grid: OcrGrid, page_number: int) -> Table:
    """A grid as a table of the shared kind, every printed row a row of its body, nothing filled down."""
    places = {(cell.row, cell.column): cell.box for cell in grid.cells}
    rows = tuple(tuple(row) for row in grid.rows())
    boxes = tuple(tuple(places.get((row, column)) for column in range(grid.width)) for row in range(grid.height))
    return Table(
        page_number,
        (page_number,),
        None,
        (),
        rows,
        grid.box,
        (grid.box,),
        (None,) * len(rows),
        (page_number,) * len(rows),
        boxes,
        "ocr",
        "ocr",
    )
