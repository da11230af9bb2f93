"""The characters of a PDF page with their places, and the words that they make."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, overload

import numpy as np
import pypdfium2.raw as pdfium

from kms.model import Box

SLANT = 12
"""Degrees off the axes from which on letters are those of a watermark and no part of the text."""

FAR = 3
"""Lines above what is shown of its place from which on a text is not taken to run over."""

Place = Callable[[Any, Any], tuple[Any, Any]]
"""From a point of the PDF's own space (numbers or arrays of them) to one of the page as displayed."""

HYPHEN, LINE_END = 2, 0xFFFE
"""PDFium's own marks for a hyphen at the end of a line: that of a character, and that of its text as a whole."""

NEW_LINE = (10, 13)
SPACES = (0xA0, 0xAD, 0x2002, 0x2003, 0x2009, 0x200B, 0x3000, LINE_END)

LOOSE_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""PDFium's function by addresses alone; asked for each letter, so that time goes mostly into the call itself."""

MATRIX = pdfium.FS_MATRIX()
AT_MATRIX = ctypes.byref(MATRIX)
"""One place for what PDFium tells of each word, like `NAME`; a child reads page after page."""

CORNER_X, CORNER_Y = ctypes.c_float(), ctypes.c_float()
AT_X, AT_Y = ctypes.byref(CORNER_X), ctypes.byref(CORNER_Y)

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


class Char(NamedTuple):
    """A character and its place; ``top`` and ``bottom`` are those of its line, not of its own shape."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Chars(Sequence[Char]):
    """The characters of a word, made when somebody looks at them: few words are ever cut."""

    __slots__ = ("boxes", "texts")

    def __init__(self, texts: list[str], boxes: Floats) -> None:
        self.texts = texts
        self.boxes = boxes

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Char: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Char]: ...
    def __getitem__(self, index: int | slice) -> Char | Sequence[Char]:
        if isinstance(index, slice):
            return Chars(self.texts[index], self.boxes[index])
        return Char(self.texts[index], *self.boxes[index].tolist())

    def __iter__(self) -> Iterator[Char]:
        for text, box in zip(self.texts, self.boxes.tolist()):
            yield Char(text, *box)


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together. ``turned``: degrees by which its letters are turned, clockwise.

    ``shown``: the y between which its place on the page is shown, the cell of a sheet that is too low for its text;
    None where nothing is cut away.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    chars: Sequence[Char] = field(default=(), compare=False, repr=False)
    turned: int = 0
    bold: bool = False
    shown: tuple[float, float] | None = field(default=None, compare=False, repr=False)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def level(self) -> float:
        """The y of its middle, or the nearest that is shown: where the word belongs."""
        middle = (self.top + self.bottom) / 2
        return min(max(middle, self.shown[0] + 0.1), self.shown[1] - 0.1) if self.shown else middle


@dataclass(frozen=True)
class Page:
    """The visible characters of a page: their numbers in PDFium's count, what they say, and x0, top, x1, bottom.

    ``begins``: something parts a character from the one before it in the file.
    """

    raw: Any
    numbers: list[int]
    texts: list[str]
    boxes: Floats
    begins: Bools


def words_of(raw: Any, count: int, place: Place, cut: bool = False) -> tuple[list[Word], int, int]:
    """Words in the order of the file, the number of characters without meaning, and of all that are visible.

    ``cut``: whether to ask for each word what is shown of its place; not on pages with forms, whose spaces differ.
    """
    if not count:
        return [], 0, 0
    codes = codes_of(raw, count)
    parting = (codes <= 32) & (codes != HYPHEN) | np.isin(codes, SPACES)
    letters = int(count - parting.sum())
    kinds, which = np.unique(codes, return_inverse=True)
    meanings = [plain(code) for code in kinds.tolist()]
    meant = np.array([bool(text) for text in meanings])[which] & ~parting
    strange = np.array([text in ("", "\ufffd") for text in meanings])[which] & ~parting
    unknown = int(strange.sum())
    numbers = np.flatnonzero(meant)
    if not len(numbers):
        return [], unknown, letters
    # a sign that says nothing parts no word
    begins = parted_by(parting, numbers)
    boxes = boxes_of(raw, numbers.tolist(), place)
    # PDFium tells of a new line within some words that were written letter by letter
    begins[1:] &= parted_by(parting & ~np.isin(codes, NEW_LINE), numbers)[1:] | ~touching(boxes)
    texts = [meanings[kind] for kind in which[numbers].tolist()]
    page = Page(raw, numbers.tolist(), texts, boxes, begins)
    return list(parted(page, base_angle(place), place if cut else None)), unknown, letters


def parted_by(parting: Bools, numbers: np.ndarray[Any, np.dtype[np.intp]]) -> Bools:
    """For each of some characters whether one of those that part stands between it and the one before."""
    groups = np.cumsum(parting)[numbers]
    begins = np.ones(len(numbers), dtype=bool)
    begins[1:] = groups[1:] != groups[:-1]
    return begins


def touching(boxes: Floats) -> Bools:
    """For each character but the first whether, upright, it stands on the line of the one before and touches it."""
    before, after = boxes[:-1], boxes[1:]
    size = np.maximum(before[:, 3] - before[:, 1], 1.0)
    close: Bools = np.abs(after[:, 0] - before[:, 2]) < 0.08 * size
    return close & (np.abs(after[:, 3] - before[:, 3]) < 0.1 * size)


def codes_of(raw: Any, count: int) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """The code points of all characters, one by one only where PDFium's text as a whole leaves some out."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    units = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, units - 1)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
        again: Sequence[int] = np.flatnonzero((codes == LINE_END) | (codes == HYPHEN)).tolist()
    else:
        codes = np.zeros(count, dtype=np.uint32)
        again = range(count)
    unicode = pdfium.FPDFText_GetUnicode
    for index in again:
        codes[index] = unicode(raw, index)
    return codes


def boxes_of(raw: Any, numbers: Sequence[int], place: Place) -> Floats:
    """x0, top, x1, bottom of characters on the page as displayed; a row each."""
    found = (pdfium.FS_RECTF * len(numbers))()
    start, size = ctypes.addressof(found), ctypes.sizeof(pdfium.FS_RECTF)
    page = ctypes.cast(raw, ctypes.c_void_p).value
    places = range(start, start + size * len(numbers), size)
    for _ in map(LOOSE_BOX, itertools.repeat(page), numbers, places):
        pass
    left, top, right, bottom = np.frombuffer(found, dtype=np.float32).reshape(-1, 4).astype(np.float64).T
    x0, y0 = place(left, top)
    x1, y1 = place(right, bottom)
    return np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)


def base_angle(place: Place) -> float:
    """Degrees by which the page is turned for display."""
    origin, beside = place(0.0, 0.0), place(1.0, 0.0)
    return math.degrees(math.atan2(beside[1] - origin[1], beside[0] - origin[0]))


def angle_of(raw: Any, index: int) -> float:
    """Degrees, 0 to 360 clockwise, by which the line that a character stands on is turned.

    PDFium's own angle leans with the letters, so that slanted type counts as turned.
    """
    if not pdfium.FPDFText_GetMatrix(raw, index, AT_MATRIX):
        return 0.0
    across, up = MATRIX.a, MATRIX.b
    return math.degrees(math.atan2(-up, across)) % 360 if up else 0.0 if across > 0 else 180.0


def parted(page: Page, base: float, place: Place | None = None) -> Iterator[Word]:
    """The words of a page: cut where white parts letters; those of a watermark left out.

    With a ``place`` they know what is shown of theirs.

    Angles are asked for where a word begins, since letters of one word lean alike.
    """
    begins = page.begins.copy()
    begins[1:] |= ~upright_goes_on(page.boxes)
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(begins))
    lows, highs = np.minimum.reduceat(page.boxes, starts), np.maximum.reduceat(page.boxes, starts)
    extents = np.column_stack([lows[:, :2], highs[:, 2:]]).tolist()
    leaning = [base + angle_of(page.raw, page.numbers[start]) for start in starts.tolist()]
    apart = [*np.flatnonzero(page.begins).tolist(), len(begins)]
    skip = 0
    for first, last, extent, lean in zip(starts.tolist(), ends.tolist(), extents, leaning):
        if first < skip:
            continue
        if abs(lean) <= SLANT or abs(lean - 360) <= SLANT:
            texts = page.texts[first:last]
            x0, top, x1, bottom = extent
            chars = Chars(texts, page.boxes[first:last])
            bold = is_bold(page.raw, page.numbers[first])
            shown = shown_of(page.raw, page.numbers[first], extent, place) if place else None
            if shown and shown[0] > bottom + FAR * (bottom - top):
                continue  # of a cell that began on the page before
            yield Word("".join(texts), x0, top, x1, bottom, bottom - top, chars, 0, bold, shown)
            continue
        # letters on their side are put together one by one, up to where the file parts them
        skip = apart[bisect_right(apart, first)]
        yield from turned_words(page, first, skip, base)


def shown_of(raw: Any, index: int, extent: Sequence[float], place: Place) -> tuple[float, float] | None:
    """Between which y the page shows what is written with a character; None where it cuts nothing from its word.

    ``extent`` is the box of the word.
    """
    path = pdfium.FPDFPageObj_GetClipPath(pdfium.FPDFText_GetTextObject(raw, index))
    x0, top, x1, bottom = extent
    upper, lower = float("-inf"), float("inf")
    for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path)) if path else 0):
        corners = []
        for segment in range(min(5, pdfium.FPDFClipPath_CountPathSegments(path, number))):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, number, segment), AT_X, AT_Y)
            corners.append(place(CORNER_X.value, CORNER_Y.value))
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        if len(corners) > 3 and min(xs) <= (x0 + x1) / 2 <= max(xs):
            upper, lower = max(upper, min(ys)), min(lower, max(ys))
    return (upper, lower) if (upper > top or lower < bottom) and upper < lower else None


def upright_goes_on(boxes: Floats) -> Bools:
    """For each character but the first whether, upright, it goes on with the word of the one before."""
    before, after = boxes[:-1], boxes[1:]
    size = np.maximum(before[:, 3] - before[:, 1], 1.0)
    gap = after[:, 0] - before[:, 2]
    level = np.abs(after[:, 3] - before[:, 3]) < 0.45 * size
    level |= np.abs(after[:, 1] - before[:, 1]) < 0.2 * size
    ligature = (before == after).all(axis=1)  # its letters share one place
    goes_on: Bools = level & (gap > -0.6 * size) & (gap < 0.2 * size) | ligature
    return goes_on


def turned_words(page: Page, first: int, end: int, base: float) -> Iterator[Word]:
    """The words among characters that lean; those of a watermark are left out."""
    run: list[int] = []
    turn = 0
    for number in range(first, end):
        leaning = base + angle_of(page.raw, page.numbers[number])
        turned = round(leaning / 90) * 90 % 360
        if abs(leaning - 90 * round(leaning / 90)) > SLANT:
            continue  # a watermark across the page
        if run and (turned != turn or not follows(page.boxes[run[-1]], page.boxes[number], turned)):
            yield turned_word(page, run, turn)
            run = []
        run.append(number)
        turn = turned
    if run:
        yield turned_word(page, run, turn)


def follows(last: Floats, box: Floats, turned: int) -> bool:
    """Whether a character goes on with the word that ends in ``last``; both are turned alike."""
    x0, top, x1, bottom = box.tolist()
    left, upper, right, lower = last.tolist()
    if (x0, top, x1, bottom) == (left, upper, right, lower):
        return True  # letters of a ligature share one place
    if turned in (90, 270):
        size = max(right - left, 1.0)
        gap = top - lower if turned == 90 else upper - bottom
        return bool(abs(x0 - left) < 0.4 * size and -0.6 * size < gap < 0.28 * size)
    size = max(lower - upper, 1.0)
    gap = x0 - right if turned == 0 else left - x1
    level = abs(bottom - lower) < 0.45 * size or abs(top - upper) < 0.2 * size
    return bool(level and -0.6 * size < gap < 0.2 * size)


def turned_word(page: Page, run: Sequence[int], turned: int) -> Word:
    """A word of some characters that lean alike."""
    boxes = page.boxes[list(run)]
    texts = [page.texts[number] for number in run]
    x0, top = boxes[:, :2].min(axis=0).tolist()
    x1, bottom = boxes[:, 2:].max(axis=0).tolist()
    size = (x1 - x0) if turned in (90, 270) else (bottom - top)
    bold = is_bold(page.raw, page.numbers[run[0]])
    return Word("".join(texts), x0, top, x1, bottom, size, Chars(texts, boxes), turned, bold)


def plain(code: int) -> str:
    """The character as people type it: ligatures apart, symbol-font signs as their meaning, "" for nothing visible."""
    if code == HYPHEN:
        return "-"
    if code < 0x2000:
        return chr(code)
    if code in SYMBOLS:
        return SYMBOLS[code]
    if 0xE000 <= code <= 0xF8FF:
        low = code - 0xF000
        return SYMBOL_FONT.get(low) or (chr(low) if 33 <= low < 127 else "\ufffd")
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if code == 0xFFFD or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


SYMBOLS = {0x2010: "-", 0x2011: "-", 0x2212: "-", 0x200C: "", 0x200D: "", 0x200E: "", 0x200F: "", 0xFEFF: ""}

SYMBOL_FONT = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB7: "•",
    0xA7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xFC: "✓",
    0xA8: "•",
    0x76: "•",
    0x71: "•",
    0x6E: "•",
    0x6C: "•",
}
"""Signs of the Symbol and Wingdings fonts, which PDFs map to U+F000 plus their code."""


def is_bold(raw: Any, index: int) -> bool:
    """Whether a character is set in a bold font: by the font's name where that tells, else by its weight.

    Fonts that are not embedded have no weight, and that of others is guessed from the width of their stems.
    """
    length = pdfium.FPDFText_GetFontInfo(raw, index, NAME, len(NAME), None)
    name = NAME.value if 0 < length <= len(NAME) else b""
    told = told_by_name(name)
    return bool(pdfium.FPDFText_GetFontWeight(raw, index) >= 600) if told is None else told


@lru_cache(maxsize=1000)
def told_by_name(name: bytes) -> bool | None:
    """Whether a font is bold by its name, None where that says nothing."""
    name = name.lower()
    if BOLD.search(name):
        return True
    return None if NAMELESS.match(name) else False


NAME = ctypes.create_string_buffer(200)
BOLD = re.compile(rb"bold|black|heavy|[,-]bd|demi")
NAMELESS = re.compile(rb"([a-z]{6}\+)?(cidfont|font|[a-z]{0,2})[\W_\d]*([a-z]\d*)?$")
"""Names that programs give to fonts when they write a PDF, such as CIDFont+F2 or T1_0; they tell nothing."""
