"""How a text reads on: lines that only the page ended, and marked words in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Spans = Sequence[tuple[int, int]]

FULL_LINE = 0.75
"""Share of the longest line of a paragraph from which on a line counts as full."""
SHORTEST_FULL_LINE = 40
LONGEST_LINE = 200
"""Code points of what a page has room for in a line; whoever wrote longer ones ended them where they end."""
ITEM = re.compile(r"\s*(?:[-–•*]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s")


def run_on(text: str) -> str:
    """``text`` with a space for every line end where only the page ended the line; as long as before."""
    lines = text.split("\n")
    longest = max((len(line) for line in lines if "\t" not in line), default=0)
    if longest > LONGEST_LINE:
        return text
    full = FULL_LINE * longest
    result = lines[0]
    for above, line in pairwise(lines):
        result += (" " if runs_on(above, line, full) else "\n") + line
    return result


def runs_on(above: str, line: str, full: float) -> bool:
    """Whether only the page ended the line ``above``: full, or the next begins small; items of lists and rows stand."""
    if len(above) < SHORTEST_FULL_LINE or not line.strip() or ITEM.match(line) or "\t" in above + line:
        return False
    return len(above) >= full or (line[0].islower() and above[-1] not in ".:;")


def phrases(text: str, spans: Spans) -> list[tuple[int, int]]:
    """The spans with those made one between which no letter and no digit stands: words in a row read as a phrase."""
    result: list[tuple[int, int]] = []
    for start, end in joined(spans, len(text)):
        if result and not any(map(str.isalnum, text[result[-1][1] : start])):
            start = result.pop()[0]
        result.append((start, end))
    return result


def joined(spans: Spans, length: int) -> list[tuple[int, int]]:
    """The spans in order, inside 0..length, those that overlap made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
