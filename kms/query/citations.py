"""Laws and regulations as they are cited: "PP 8/2008", "Permendagri No. 90 Tahun 2019"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kms.query.language import YEARS
from kms.query.tree import Alike, And, Node, Phrase, Word
from kms.text import Token, tokenize

NUMBER = frozenset(("nomor", "no", "nomer"))
"""What stands before the number of a regulation."""

YEAR = frozenset(("tahun", "thn", "th"))
"""What stands between its number and its year."""

_KIND = re.compile(
    r"uu|pp|perp?pu|(?:per|kep|in)pres|(?:per|kep|in)(?:men|ka|da|des|gub|bup|wal)\w*|qanun|se|sk|"
    r"peraturan|keputusan|instruksi|edaran|undang(?:-undang)?"
)
"""A word that tells of what kind a regulation is."""

_BETWEEN = ("tahun", "thn", "th", "")


def cited(node: Node, pages: Callable[[Phrase], int]) -> Node:
    """``node`` with the number and the year of a regulation asked for side by side, in any of the ways that documents
    write them; as it is where none stands on a page."""
    if not isinstance(node, And):
        return node
    parts, at = list(node.parts), 0
    while at < len(parts):
        if found := _citation(parts, at):
            first, end, number, year = found
            known = [way for way in _ways(number, year) if pages(way)]
            if known:
                parts[first:end] = [Alike(known[0], tuple(known[1:]), 1.0) if len(known) > 1 else known[0]]
                at = first
        at += 1
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _citation(parts: Sequence[Node], at: int) -> tuple[int, int, Token, Token] | None:
    """Where a citation begins and ends whose number is part ``at``, its number and its year."""
    number = _token(parts, at)
    if not number or not number.exact.isdecimal() or len(number.exact) > 4:
        return None
    between = _token(parts, at + 1)
    last = at + 2 if between and between.exact in YEAR else at + 1
    year = _token(parts, last)
    if not year or not year.exact.isdecimal() or len(year.exact) != 4 or int(year.exact) not in YEARS:
        return None
    before = _token(parts, at - 1) if at else None
    named = before is not None and before.exact in NUMBER
    kinds = (token for part in range(at) if (token := _token(parts, part)))
    if not named and not any(_KIND.fullmatch(token.exact) for token in kinds):
        return None
    return at - named, last + 1, number, year


def _token(parts: Sequence[Node], at: int) -> Token | None:
    part = parts[at] if at < len(parts) else None
    return part.token if isinstance(part, Word) else None


def _ways(number: Token, year: Token) -> list[Phrase]:
    between = (tokenize(word) for word in _BETWEEN)
    return [Phrase((number, *words, year)) for words in between]
