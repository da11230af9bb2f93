"""Figures compared with their ink: decimal commas and points, signs, sevens, and percent signs read as digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kms.extract.ocr.marks import find_runs
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.straighten import Mask
from kms.extract.ocr.tesseract import Reader, ReadWord

FIGURE = re.compile(r"([<>≤≥]?)([-(]?\d[\d.,]*\)?)(%?)")
PERCENT = re.compile(r"(?!.*\.\d{3}\.)\(?\d[\d.,]*(?:[4569]|90|%6|%o|Y[o0]|°[/6]|[oO]/[oO])\)?[.,;:]*")
ALONE = re.compile(r"\(?(?:[4569]6|06|9[05]|[4569]|%6|%o|Y[o0]|°[/6]|[oO]/[oO])\)?[.,;:]*")
YEAR = re.compile(r"(19|20)\d\d[.,;:)]*")

TALL, LOW = 0.75, 0.45  # of the height of digits: what is at least, and at most, so high is a digit, or a mark
WIDE = 1.35  # times as wide as the others, a digit may be two, or a percent sign
TAIL = 0.08  # of that height by which a comma, and no point, reaches below the line


@dataclass(frozen=True)
class Glyph:
    """Columns of ink that hang together: from ``left`` to ``right``, and of them ``top`` to ``bottom``; half-open."""

    left: int
    right: int
    top: int
    bottom: int
    ink: Mask

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def mend_figures(words: Iterable[ReadWord], ink: Mask, picture: Picture, dpi: float, reader: Reader) -> list[ReadWord]:
    """``words`` (boxes in pixels of ``ink`` and ``picture``) with their figures as they are printed."""
    words = list(words)
    mended: list[ReadWord] = []
    for number, word in enumerate(words):
        text = word.text
        before = words[number - 1] if number and words[number - 1].line == word.line else None
        after = words[number + 1] if number + 1 < len(words) and words[number + 1].line == word.line else None
        if any(map(str.isdigit, text)) or ALONE.fullmatch(text):
            glyphs = glyphs_of(ink, word.box)
            if after and after.text[0].isdigit() and len(glyphs) == 1:
                text = sign_of(glyphs[0]) or text
            if (
                not text.rstrip(".,;:)").endswith("%")
                and not YEAR.fullmatch(text)
                and not could_be_digits(text, glyphs)
            ):
                left, top, right, bottom = word.box
                cutting = picture[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2]
                text = percent(text, before, cutting, dpi, reader)
            text = as_printed(text, glyphs)
        mended.append(replace(word, text=text) if text != word.text else word)
    return mended


def percent(text: str, before: ReadWord | None, cutting: Picture, dpi: float, reader: Reader) -> str:
    """A word that may end in a percent sign read as digits, with the sign where the model that knows it sees one."""
    alone = ALONE.fullmatch(text) is not None and (text[0] == "(" or (before is not None and before.text[-1].isdigit()))
    if not alone and not PERCENT.fullmatch(text):
        return text
    margin = max(4, round(dpi / 20))
    framed = np.pad(cutting, margin, constant_values=int(np.percentile(cutting, 80)))
    seen = "".join(word.text for word in reader.read_figure(framed, dpi, "line"))
    sign = re.fullmatch(r"(\(?[\d.,]*)%(\)?)[.,;:]*", seen)
    end = re.search(r"[.,;:)]*$", text)
    core = text[: end.start()] if end else text
    if not sign or len(sign[1]) >= len(core) or not core.startswith(sign[1]) or (not sign[1].strip("(") and not alone):
        return text
    return sign[1] + "%" + (end[0] if end else "")


def could_be_digits(text: str, glyphs: Sequence[Glyph]) -> bool:
    """Whether each of its digits is a glyph by itself, none of them much wider than the others."""
    tallest = max((glyph.height for glyph in glyphs), default=0)
    widths = [glyph.width for glyph in glyphs if glyph.height >= TALL * tallest]
    signs = sum(character not in ".,-;:" for character in text)
    return len(widths) == signs and max(widths) <= WIDE * float(np.median(widths)) and signs > 1


def glyphs_of(ink: Mask, box: tuple[int, int, int, int]) -> list[Glyph]:
    """The glyphs of a word that do not touch, left to right."""
    left, top, right, bottom = box
    part = ink[max(top - 1, 0) : bottom + 3, left : right + 1]
    glyphs = []
    for start, end in find_runs(np.asarray(part.any(axis=0))):
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        first, last = int(rows[0]), int(rows[-1]) + 1
        glyphs.append(Glyph(start, end, first, last, part[first:last, start:end]))
    return glyphs


def as_printed(text: str, glyphs: Sequence[Glyph]) -> str:
    """A figure with its commas, points and sevens as its glyphs have them; any other text as it is.

    Nothing is changed unless each digit is a glyph by itself.
    """
    found = FIGURE.fullmatch(text)
    tallest = max((glyph.height for glyph in glyphs), default=0)
    if not found or tallest < 8:
        return text
    sign, figure, after = found.groups()
    rest = list(glyphs)
    if sign:
        sign, rest = sign_of(rest[0]) or sign, rest[1:]
    digits = [glyph for glyph in rest if glyph.height >= TALL * tallest]
    wanted = sum(character not in ".,-" for character in figure)
    if after:
        digits, last = digits[:wanted], digits[wanted:]
        rest = [glyph for glyph in rest if not last or glyph.right <= last[0].left]
    if len(digits) != wanted or not digits:
        return text
    height = float(np.median([glyph.height for glyph in digits if glyph.height <= 1.15 * tallest]))
    line = float(np.median([glyph.bottom for glyph in digits]))
    characters = [character for character in figure if character not in ".,-"]
    made = []
    for place, glyph in enumerate(rest):
        if glyph.height >= TALL * tallest:
            character = characters.pop(0)
            made.append("7" if character == "1" and is_seven(glyph, height) else character)
        elif place and characters and made[-1].isdigit() and characters[0].isdigit() and is_mark(glyph, height, line):
            made.append("," if glyph.bottom - line > max(1.0, TAIL * height) else ".")
        elif place and made[-1].isdigit() and not characters and figure[-1] in ".,":
            made.append(figure[-1])
        elif not place and figure[0] == "-":
            made.append("-")
        else:
            return text
    # A mark that touches its digit is no glyph by itself, and is there all the same.
    lost = sum(map(figure.count, ".,")) > sum(map(made.count, ".,"))
    return text if lost else sign + "".join(made) + after


def is_mark(glyph: Glyph, height: float, line: float) -> bool:
    """Whether a glyph is a point or a comma between digits ``height`` high that stand on ``line``."""
    return glyph.height <= LOW * height and glyph.width <= LOW * height and abs(glyph.top - line) <= 0.35 * height


def is_seven(glyph: Glyph, height: float) -> bool:
    """Whether what was read as a one has a bar on its head as wide as it is itself, and a narrow foot."""
    sixth = max(1, round(glyph.height / 6))
    head, foot = glyph.ink[1].sum(), glyph.ink[-sixth:].any(axis=0).sum()
    return bool(glyph.width >= 0.38 * height and head >= 0.85 * glyph.width and foot <= 0.6 * glyph.width)


def sign_of(glyph: Glyph) -> str | None:
    """Which of ``< > ≤ ≥`` a glyph is, by where its ink lies at its top, in its middle and at its foot."""
    spans = find_runs(np.asarray(glyph.ink.any(axis=1)))
    upper = glyph.ink
    barred = False
    if len(spans) == 2:
        bar = glyph.ink[spans[1][0] : spans[1][1]]
        barred = len(bar) <= 0.25 * glyph.height and bar.any(axis=0).mean() >= 0.8
        if not barred:
            return None
        upper = glyph.ink[spans[0][0] : spans[0][1]]
    if len(spans) > 2 or len(upper) < 5 or not 0.5 <= upper.shape[1] / len(upper) <= 2.2:
        return None
    places = np.arange(upper.shape[1])
    sixth = max(1, len(upper) // 6)
    middle = (len(upper) - sixth) // 2
    at = [
        float((upper[rows] * places).sum() / max(upper[rows].sum(), 1)) / upper.shape[1]
        for rows in (slice(0, sixth), slice(middle, middle + sixth), slice(-sixth, None))
    ]
    if at[0] < 0.35 and at[1] > 0.6 and at[2] < 0.35:
        return "≥" if barred else ">"
    if at[0] > 0.6 and at[1] < 0.35 and at[2] > 0.6:
        return "≤" if barred else "<"
    return None
