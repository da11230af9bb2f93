"""The only place that knows Tesseract: a reader holds its models and reads parts of a picture."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kms.config import PATIENCE
from kms.extract.ocr.models import availability
from kms.extract.ocr.values import Availability

Picture = npt.NDArray[np.uint8]
Layout = Literal["page", "column", "block", "line", "word"]

FIGURE_SIGNS = "0123456789.,%-+<>=≥≤()/:Rp "

# Tesseract's own threads cost more than they bring; kms reads two pages at a time instead.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@dataclass(frozen=True)
class ReadWord:
    """A word in pixels: (left, top, right, bottom), half-open; confidence 0 to 1; numbers of its line and block."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: int
    paragraph: int
    block: int


class TooSlow(Exception):
    """Reading took longer than it may."""


class Reader:
    """Tesseract with its models loaded. Not for two threads at once; make one for each.

    Attributes:
        languages: the languages read, in order of preference.
    """

    def __init__(self, found: Availability | None = None) -> None:
        found = found or availability()
        if not found.ready:
            raise ValueError("; ".join(map(str, found.missing)))
        self._end: float | None = None
        self.languages = tuple(name for name in ("ind", "eng") if name in found.languages)
        self._text = _open(found.languages, self.languages)
        self._figures = _open(found.languages, ("eng",)) if self.languages == ("ind", "eng") else self._text

    def allow(self, seconds: float | None) -> None:
        """Let what this thread reads from now on end with `TooSlow` when it has worked for ``seconds`` all together.

        That is processor time, as a busy machine is slow without any fault of the page. None sets no limit.
        """
        self._end = None if seconds is None else time.thread_time() + seconds

    def read(self, picture: Picture, dpi: float, layout: Layout = "page") -> list[ReadWord]:
        """The words of a grey picture (rows x columns, 0 black) in reading order."""
        return list(_words(_recognise(self._text, picture, dpi, layout, self._end)))

    def read_figure(self, picture: Picture, dpi: float, layout: Layout = "line") -> list[ReadWord]:
        """The words of a picture that holds a figure: digits and the signs that go with them, no other letters.

        Read with the English model, as the Indonesian one does not know the percent sign.
        """
        self._figures.SetVariable("tessedit_char_whitelist", FIGURE_SIGNS)
        try:
            return list(_words(_recognise(self._figures, picture, dpi, layout, self._end)))
        finally:
            self._figures.SetVariable("tessedit_char_whitelist", "")

    def close(self) -> None:
        """Free the models."""
        self._text.End()
        self._figures.End()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _open(folders: dict[str, str], languages: tuple[str, ...]) -> Any:
    """An API with ``languages`` loaded; models of other folders are named relative to the first one's."""
    import tesserocr

    home = folders[languages[-1]]
    names = [
        name if folders[name] == home else os.path.relpath(os.path.join(folders[name], name), home)  # noqa: PTH118
        for name in languages
    ]
    return tesserocr.PyTessBaseAPI(path=home + os.sep, lang="+".join(names))


def _recognise(api: Any, picture: Picture, dpi: float, layout: Layout, end: float | None) -> Any:
    from PIL import Image
    from tesserocr import PSM

    modes = {
        "page": PSM.AUTO,
        "column": PSM.SINGLE_COLUMN,
        "block": PSM.SINGLE_BLOCK,
        "line": PSM.SINGLE_LINE,
        "word": PSM.SINGLE_WORD,
    }
    api.SetPageSegMode(modes[layout])
    api.SetImage(Image.fromarray(picture))
    api.SetSourceResolution(round(dpi))
    if end is None:
        api.Recognize()
    # Tesseract itself counts by the clock.
    elif (left := end - time.thread_time()) <= 0 or not api.Recognize(max(1, round(PATIENCE * left * 1000))):
        raise TooSlow
    return api.GetIterator()


def _words(found: Any) -> Iterator[ReadWord]:
    from tesserocr import RIL, iterate_level

    if found is None:
        return
    line = paragraph = block = -1
    for item in iterate_level(found, RIL.WORD):
        if item.Empty(RIL.WORD):
            continue
        block += item.IsAtBeginningOf(RIL.BLOCK)
        paragraph += item.IsAtBeginningOf(RIL.PARA)
        line += item.IsAtBeginningOf(RIL.TEXTLINE)
        text = item.GetUTF8Text(RIL.WORD).strip()
        if text:
            yield ReadWord(text, item.BoundingBox(RIL.WORD), item.Confidence(RIL.WORD) / 100, line, paragraph, block)
