"""Amounts in figures and in words: "150 juta" is 150.000.000."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from kms.query.tree import Alike, And, Node, Phrase, Word
from kms.text import Token, tokenize

SCALES = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12,
}  # fmt: skip
"""Words behind a number, each with the noughts that it stands for."""

SMALLEST = 10**6
"""The smallest amount in figures that is also looked for in words: who says thousands writes them."""

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?", re.ASCII)
_TOGETHER = re.compile(rf"(\d{{1,4}})({'|'.join(SCALES)})", re.ASCII)


def spell_amounts(node: Node, pages: Callable[[Word | Phrase], int]) -> Node:
    """``node`` with each amount also looked for as others write it, where a page has it so."""
    parts = list(node.parts if isinstance(node, And) else (node,))
    at = 0
    while at < len(parts):
        size, ways = _amount(parts, at)
        if known := [way for way in ways if pages(way)]:
            asked = parts[at] if size == 1 else known.pop(0)
            parts[at : at + size] = [Alike(asked, tuple(known), 1.0) if known else asked]
        at += 1
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _amount(parts: Sequence[Node], at: int) -> tuple[int, list[Word | Phrase]]:
    """How many parts from ``at`` on are an amount, and the ways to write it; (1, []) where there is none."""
    number, scale = _token(parts, at), _token(parts, at + 1)
    if number and scale and scale.exact in SCALES and _NUMBER.fullmatch(number.stem):
        return 2, list(_ways(number.stem, SCALES[scale.exact]))
    if number and (match := _TOGETHER.fullmatch(number.exact)):
        return 1, list(_ways(match[1], SCALES[match[2]]))
    if number and number.stem.isdecimal() and int(number.stem) >= SMALLEST:
        return 1, [way for way in _ways(number.stem, 0) if isinstance(way, Phrase)]
    return 1, []


def _ways(number: str, noughts: int) -> Iterator[Word | Phrase]:
    """A number with so many noughts in figures, and before each word that makes it short."""
    value = int(Decimal(number).scaleb(noughts))
    for word, scale in SCALES.items():
        short = Decimal(value).scaleb(-scale).normalize()
        if 1 <= short < 10**4 and -short.as_tuple().exponent <= 3:  # type: ignore[operator]
            yield Phrase(tuple(tokenize(f"{short:f} {word}".replace(".", ","))))
    (figures,) = tokenize(f"{value:,}".replace(",", "."))
    yield Word(figures)


def _token(parts: Sequence[Node], at: int) -> Token | None:
    part = parts[at] if at < len(parts) else None
    return part.token if isinstance(part, Word) else None
