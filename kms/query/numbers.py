"""Numbers as others write them: "150 juta" is 150.000.000, "triwulan 4" triwulan IV, 31-12-2019 a day of December."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from kms.query.tree import Alike, And, Node, Phrase, Word
from kms.text import Token, tokenize
from kms.text.months import MONTHS

SCALES = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12,
}  # fmt: skip
"""Words behind a number, each with the noughts that it stands for."""

SMALLEST = 10**6
"""The smallest amount in figures that is also looked for in words: who says thousands writes them."""

PERCENT = frozenset(("persen", "prosen"))

COUNTED = frozenset((
    "triwulan", "tribulan", "tw", "semester", "caturwulan", "tahap", "termin", "bab", "bagian", "lampiran", "jilid",
    "misi", "golongan", "eselon", "tipe", "kelas", "tingkat", "level", "angkatan", "gelombang", "wilayah", "irban",
))  # fmt: skip
"""What is counted in Roman numbers as well as in others."""

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?", re.ASCII)
_TOGETHER = re.compile(rf"(\d{{1,4}})({'|'.join(SCALES)})", re.ASCII)
_DAY, _MONTH, _YEAR = (re.compile(form, re.ASCII) for form in (r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]", r"\d{4}"))

Ways = Sequence[Word | Phrase]


def spell_numbers(node: Node, pages: Callable[[Word | Phrase], int]) -> Node:
    """``node`` with each number that has a meaning also looked for as others write it, where a page has it so."""
    parts = list(node.parts if isinstance(node, And) else (node,))
    at = 0
    while at < len(parts):
        size, ways = _read([part.token if isinstance(part, Word) else None for part in parts], at)
        if known := [way for way in ways if pages(way)]:
            asked = parts[at] if size == 1 else known.pop(0)
            parts[at : at + size] = [Alike(asked, tuple(known), 1.0) if known else asked]
        at += 1
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _read(words: Sequence[Token | None], at: int) -> tuple[int, Ways]:
    """How many words from ``at`` on are a number with a meaning, and how others write it; (1, ()) where none is."""
    before = words[at - 1] if at else None
    first, second, third = (*words[at : at + 3], None, None, None)[:3]
    if first and second and third and _is_date(first, second, third):
        return 3, [Phrase(tuple(tokenize(form))) for form in _dates(int(first.exact), int(second.exact), third.exact)]
    if first and second and _NUMBER.fullmatch(first.stem):
        if second.exact in SCALES:
            return 2, list(_amounts(first.stem, SCALES[second.exact]))
        if second.exact in PERCENT:
            return 2, (Word(first),)
    if first and (match := _TOGETHER.fullmatch(first.exact)):
        return 1, list(_amounts(match[1], SCALES[match[2]]))
    if first and first.stem.isdecimal() and int(first.stem) >= SMALLEST:
        return 1, [way for way in _amounts(first.stem, 0) if isinstance(way, Phrase)]
    if first and before and before.exact in COUNTED and (other := _other_count(first.exact)):
        return 1, (Phrase((before, *tokenize(other))),)
    return 1, ()


def _is_date(day: Token, month: Token, year: Token) -> bool:
    """Whether three words of one piece ("31-12-2019", "31/12/2019") are a day."""
    one_piece = day.end + 1 == month.start and month.end + 1 == year.start
    forms = zip((day, month, year), (_DAY, _MONTH, _YEAR), strict=True)
    return one_piece and all(form.fullmatch(word.exact) for word, form in forms)


def _dates(day: int, month: int, year: str) -> Iterator[str]:
    for one in dict.fromkeys((f"{day}", f"{day:02}")):
        yield from (f"{one} {other} {year}" for other in dict.fromkeys((f"{month}", f"{month:02}", MONTHS[month - 1])))


def _amounts(number: str, noughts: int) -> Iterator[Word | Phrase]:
    """A number with so many noughts before each word that makes it short, and in figures."""
    value = int(Decimal(number).scaleb(noughts))
    for word, scale in SCALES.items():
        short = Decimal(value).scaleb(-scale).normalize()
        if 1 <= short < 10**4 and -short.as_tuple().exponent <= 3:  # type: ignore[operator]
            yield Phrase(tuple(tokenize(f"{short:f} {word}".replace(".", ","))))
    (figures,) = tokenize(f"{value:,}".replace(",", "."))
    yield Word(figures)


def _other_count(number: str) -> str | None:
    """IV of 4, and 4 of IV."""
    if number in ROMAN:
        return str(ROMAN.index(number) + 1)
    return ROMAN[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(ROMAN) else None
