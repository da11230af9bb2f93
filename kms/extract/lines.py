"""Words into lines, and lines into running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from kms.extract.letters import Word
from kms.model import Box
from kms.text.segment import is_word

CUT_FIGURE = re.compile(r"\(?[\d.,]+|[\w.-]*[./][\w./-]*\d[.,]?")
"""A line of a narrow column that may go on with further digits: a figure, or a number such as "050/039/201"."""

WHOLE_DATE = re.compile(r"(19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
SUFFIXES = ("kan", "nya", "lah", "an", "i")


@dataclass(frozen=True)
class Line:
    """Words side by side, left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        words = self.words
        return (
            min([w.x0 for w in words]),
            min([w.top for w in words]),
            max([w.x1 for w in words]),
            max([w.bottom for w in words]),
        )

    @cached_property
    def size(self) -> float:
        return median(w.size for w in self.words)

    @cached_property
    def bold(self) -> bool:
        return sum(len(w.text) for w in self.words if w.bold) * 2 > sum(len(w.text) for w in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom; words whose middles lie within half a letter's height share one."""
    upright = [word for word in words if word.turned not in (90, 270)]
    bands: list[list[Word]] = []
    middles: list[float] = []
    for word in sorted(upright, key=lambda w: (w.top + w.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if bands and middle - middles[-1] <= 0.45 * min(word.size, bands[-1][0].size):
            bands[-1].append(word)
            middles[-1] += (middle - middles[-1]) / len(bands[-1])
        else:
            bands.append([word])
            middles.append(middle)
    return [Line(tuple(sorted(band, key=lambda w: w.x0))) for band in bands]


def turned_text(words: Sequence[Word]) -> list[str]:
    """Lines of words that are turned by 90 or 270 degrees, in reading order."""
    result = []
    for turn in (270, 90):
        mine = [word for word in words if word.turned == turn]
        columns: list[list[Word]] = []
        for word in sorted(mine, key=lambda w: w.x0, reverse=turn == 90):
            if columns and abs(columns[-1][0].x0 - word.x0) <= 0.5 * word.size:
                columns[-1].append(word)
            else:
                columns.append([word])
        for column in columns:
            column.sort(key=lambda w: w.top, reverse=turn == 270)
            result.append(" ".join(word.text for word in column))
    return result


def joined(lines: Sequence[Line], room: float, known: Collection[str] = ()) -> str:
    """One text of the lines of a cell or a paragraph.

    A word or figure that a narrow column has cut is whole again: it was cut if it filled its line (``room`` points
    wide), and its halves are no words while the whole is one of the language or of ``known`` (lower case), or it is a
    figure.
    """
    text = ""
    for number, line in enumerate(lines):
        if not text:
            text = line.text
            continue
        text += mend(text, lines[number - 1], line, room, known) + line.text
    return " ".join(text.split())


def mend(text: str, above: Line, line: Line, room: float, known: Collection[str]) -> str:
    """What stands between two lines: a space, or nothing where a word goes on."""
    left, right = text.rsplit(" ", 1)[-1], line.words[0].text
    if left.endswith("-") and len(left) > 1 and left[-2].isalnum() and right[:1].islower():
        return ""
    if f"{left}{right}".lower().rstrip(".") == "no":
        return ""  # the narrowest column of all
    if (left.endswith("/") and len(left) > 1) or (right.startswith("/") and len(right) > 1):
        return ""
    if len(above.words) > 1 and not (left[-1:].isdigit() and right[:1] in "0123456789%.,"):
        return " "
    width = above.box[2] - above.box[0]
    letter = width / max(1, len(above.text))
    full = width + (1.6 if len(above.words) == 1 else 0.9) * letter > room
    if full and CUT_FIGURE.fullmatch(left) and re.match(r"[\d.,%)]", right):
        return " " if WHOLE_DATE.fullmatch(left) and WHOLE_DATE.fullmatch(right) else ""
    nearly = full or width > 0.7 * room
    return "" if len(above.words) == 1 and nearly and is_cut(left, right, known, full) else " "


def is_cut(left: str, right: str, known: Collection[str], full: bool) -> bool:
    """Whether two pieces, the first alone on its line, which is ``full`` or nearly so, are halves of one word."""
    same_case = right[:1].islower() or (left[-2:].isupper() and right[:2].isupper())
    if not same_case or not left[-1:].isalpha() or not right[0].isalpha() or re.fullmatch(r"\w[.)]", right):
        return False
    first, last = re.split(r"[\W\d_]+", left)[-1].lower(), re.split(r"[\W\d_]+", right)[0].lower()
    halves = (is_word(first), is_word(last) and last not in SUFFIXES)
    if is_word(first + last) or first + last in known:
        return not halves[0] or (full and not halves[1])
    return full and right[:1].islower() and not any(halves) and first not in known and last not in known
