"""Reads one picture of a page: turn it upright, find its tables, read text and cells, put them in order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from kms.extract.ocr.picture import Picture, open_page, render_page, to_grey
from kms.extract.ocr.tesseract import Reader, ReadWord
from kms.extract.ocr.values import OcrLine, OcrPage, OcrWord
from kms.model import Box


def read_picture(picture: Any, dpi: float, page_number: int = 1, reader: Reader | None = None) -> OcrPage:
    """What stands on a picture of a page (PIL image, or array of grey or RGB) of ``dpi`` dots per inch."""
    grey = to_grey(picture)
    reader = reader or default_reader()
    read = reader.read(grey, dpi)
    lines = tuple(_lines(read, 72 / dpi))
    words = [word for line in lines for word in line.words]
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    text = running_text(lines)
    return OcrPage(
        text,
        grey.shape[1] * 72 / dpi,
        grey.shape[0] * 72 / dpi,
        (text,),
        lines,
        confidence=confidence,
        languages=reader.languages,
    )


def read_scanned_page(pdf: Any, page_number: int, reader: Reader | None = None) -> OcrPage:
    """What stands on page ``page_number`` (1-based) of a PDF, given as a path or as that page of pypdfium2."""
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


def running_text(lines: Iterable[OcrLine]) -> str:
    """Lines as text: one line each, an empty line between blocks."""
    blocks = ["\n".join(line.text for line in block) for _, block in groupby(lines, lambda line: line.block)]
    return "\n".join(blocks)


def _lines(read: Iterable[ReadWord], scale: float) -> Iterable[OcrLine]:
    for _, group in groupby(read, lambda word: word.line):
        words = list(group)
        yield OcrLine(
            tuple(OcrWord(word.text, _scaled(word.box, scale), word.confidence) for word in words),
            words[0].block,
            words[0].paragraph,
        )


def _scaled(box: tuple[int, int, int, int], scale: float) -> Box:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


__all__ = ["Picture", "default_reader", "read_picture", "read_scanned_page", "running_text"]
