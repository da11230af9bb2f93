"""What Tesseract's Indonesian model cannot tell apart, mended by a look at the ink: semicolons, percent signs, III."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kms.extract.ocr.straighten import Mask
from kms.extract.ocr.tesseract import ReadWord
from kms.text.segment import is_word

PERCENT = re.compile(r"(?<=\d)(Yo|yo|Y0|°/o|o/o|0/o|%o|Y%|%%)(?=[.,;:)]*$)")
PERCENT_ALONE = re.compile(r"(Yo|Y0|°/o|o/o|%o|Y%|%%)[.,;:)]*")
ROMAN = re.compile(r"[Il1|]{2,3}|[Il1|]?[VX][Il1|]{0,3}|[Il1|]")
CAPITALS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z]*[!|1l][A-Z!|1l]*")
NUMERAL = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")


def mend(words: Iterable[ReadWord], ink: Mask, cell: bool = False) -> list[ReadWord]:
    """``words`` (boxes in pixels of ``ink``) with these signs as they are printed; in a cell of a table they may be
    alone."""
    words = list(words)
    mended: list[ReadWord] = []
    for word in words:
        text = word.text
        before = mended[-1] if mended and mended[-1].line == word.line else None
        if text[-1] in ",:;" and len(text) > 1:
            text = text[:-1] + (last_mark(ink, word.box) or text[-1])
        text = PERCENT.sub("%", text)
        if (cell or (before and before.text[-1].isdigit())) and PERCENT_ALONE.fullmatch(text):
            text = PERCENT_ALONE.sub("%", text)
        if cell and len(words) == 1:
            text = numeral(text)
        if CAPITALS.fullmatch(text):
            text = capitals(text)
        if before and before.text.upper() == "BAB" and ROMAN.fullmatch(text):
            text = re.sub("[l1|]", "I", text)
        elif cell and before and before.text.isalpha() and text == "|":
            text = "I"
        elif text in ("ll", "lll"):
            text = "I" * len(text)
        mended.append(replace(word, text=text) if text != word.text else word)
    return mended


def capitals(text: str) -> str:
    """A word in capitals with its I as printed, where that makes a word of it and it is none without."""
    whole = re.sub("[!|1l]", "I", text)
    inner = text.strip("!|1l").lower()
    return whole if is_word(whole.lower()) and not (len(inner) > 3 and is_word(inner)) else text


def numeral(text: str) -> str:
    """A Roman numeral of which some letters were read as others, as it is printed; any other text as it is."""
    if text.isdigit() or not re.fullmatch(r"[IVXivxl1|]+", text) or (text.islower() and set(text) <= set("ivx")):
        return text
    roman = re.sub(r"[il1|]", "I", text).replace("v", "V").replace("x", "X")
    return roman if NUMERAL.fullmatch(roman) else text


def last_mark(ink: Mask, box: tuple[int, int, int, int]) -> str | None:
    """Which of ``, : ;`` the last glyph in ``box`` is, by its blobs of ink; None where it is none of them for sure."""
    left, top, right, bottom = box
    height = bottom - top
    part = ink[max(top - 1, 0) : bottom + 3, max(left, right - height) : right + 3]
    glyph = _last_glyph(part)
    if glyph is None or glyph.shape[1] > 0.4 * height:
        return None
    spans = find_runs(np.asarray(glyph.any(axis=1)))
    if len(spans) == 1:
        start, end = spans[0]
        return "," if end - start < 0.6 * height and start > 0.35 * part.shape[0] else None
    if len(spans) != 2 or spans[1][0] - spans[0][1] < 2:
        return None
    upper, lower = (end - start for start, end in spans)
    if max(upper, lower) > 0.5 * height:
        return None
    return ";" if lower >= 1.35 * upper and lower - upper >= 2 else ":" if abs(lower - upper) <= 1 else None


def _last_glyph(part: Mask) -> Mask | None:
    """The rightmost columns of ink that hang together, where blank columns part them from the rest."""
    spans = find_runs(np.asarray(part.any(axis=0)))
    if not spans or (spans[-1][0] == 0):
        return None
    start, end = spans[-1]
    return part[:, start:end]


def find_runs(filled: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of True, half-open."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in list(pairwise(edges))[::2]]
