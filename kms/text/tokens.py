"""Tokens of a text: words, numbers and codes, folded and stemmed, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from kms.text.stems import stem

LONGEST = 80
"""Code points of a token's forms that are kept; no real word is longer."""

Answer = TypeVar("Answer")

_LETTER = r"[^\W\d_\ue000-\uf8ff]"
# Soft hyphens, zero-width characters and combining marks belong to the word they stand in.
_FRACTION = "\u00bc-\u00be\u2150-\u215e"
_INSIDE = rf"[^\W_{_FRACTION}]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"
_TOKEN = re.compile(
    rf"\d++(?:[.,]\d++)++"  # 8.01.02  0,02  1.250.000.000
    rf"|{_LETTER}++(?:[-\u2010\u2011]{_LETTER}++){{1,3}}+(?![^\W_])"  # nilai-nilai
    rf"|{_LETTER}++(?=\d++[.,]\d)|[Rr][Pp](?=\d)"  # the Rp of Rp1.250.000, Rp150
    rf"|[{_FRACTION}]"
    rf"|[^\W_](?:{_INSIDE})*+(?:['\u2019](?:{_LETTER})++)?+"  # any other word; jum'at
)
_CHUNK = re.compile(r"\S+")  # no token reaches over a blank
_SIGNS_EXCHANGED = str.maketrans(".,", ",.")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_PARTICLES = frozenset(("ku", "mu", "nya", "lah", "kah", "pun"))


class Token(NamedTuple):
    """One word of a text: its folded ``exact`` form, its ``stem``, and where it stands (code points, half-open)."""

    exact: str
    stem: str
    start: int = 0
    end: int = 0


def tokenize(text: str) -> list[Token]:
    """The words of ``text`` in reading order.

    Numbers and codes are one token each; so is a reduplication ("nilai-nilai"), while other hyphenated words are
    several. Characters of private use (glyphs of symbol fonts) and punctuation are no part of any word. Offsets count
    in ``text`` as given, although forms are folded (Unicode NFKC, lower case).
    """
    tokens: list[Token] = []
    append = tokens.append
    make: Callable[..., Token] = tuple.__new__  # half the time of calling Token
    for match in _CHUNK.finditer(text):
        start = match.start()
        for exact, stemmed, left, right in tokens_of(match.group()):
            append(make(Token, (exact, stemmed, start + left, start + right)))
    return tokens


def remembered(work: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """``work`` on a text without blanks, done once for each such text; only what is too long is not kept."""
    known = lru_cache(maxsize=200_000)(work)
    return lambda chunk: known(chunk) if len(chunk) <= LONGEST else work(chunk)


@remembered
def tokens_of(chunk: str) -> tuple[Token, ...]:
    """The words of a text without blanks."""
    if chunk.isascii() and chunk.isalpha():  # most are one plain word
        exact = fold(chunk)
        return (Token(exact, stem(exact), 0, len(chunk)),)
    return tuple(
        [
            Token(exact, stemmed, match.start() + left, match.start() + right)
            for match in _TOKEN.finditer(chunk)
            for exact, stemmed, left, right in _analyse(match.group())
        ]
    )


def fold(word: str) -> str:
    """The exact form of one word: compatibility forms, case, soft hyphens and apostrophes made alike."""
    if word.isascii():
        folded = word.lower().replace("'", "")
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
        folded = folded.replace("\u2044", "/")  # what a half becomes
        folded = "".join(char for char in folded if char.isalnum() or char in "-.,/" or unicodedata.combining(char))
    return folded[:LONGEST]


@lru_cache(maxsize=200_000)
def _analyse(piece: str) -> tuple[tuple[str, str, int, int], ...]:
    """(exact, stem, start, end) of each token in a piece of text that the pattern took as one."""
    if piece[0].isdecimal() and ("." in piece or "," in piece):
        exact = fold(piece)
        return ((exact, _number(exact), 0, len(piece)),)
    if not _HYPHEN.search(piece):
        exact = fold(piece)
        return ((exact, stem(exact), 0, len(piece)),) if exact else ()
    whole = fold(_HYPHEN.sub("-", piece))
    parts = whole.split("-")
    if len(parts) == 2 and parts[1] in _PARTICLES:
        return ((whole, stem(parts[0]), 0, len(piece)),)
    stemmed = stem(whole)
    if "-" not in stemmed:
        return ((whole, stemmed, 0, len(piece)),)
    return tuple(
        (exact, stem(exact), match.start(), match.end())
        for match in re.finditer(r"[^-\u2010\u2011]+", piece)
        if (exact := fold(match.group()))
    )


def _number(exact: str) -> str:
    """One form for the ways to write a number or a code: 1.250.000,00 = 1,250,000.00 = 1250000; 4,21 = 4.21;
    8.01.02 = 8.1.2."""
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?", exact):
        exact = exact.translate(_SIGNS_EXCHANGED)
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", exact):
        whole, _, decimals = exact.partition(",")
        decimals = decimals.rstrip("0")
        return whole.replace(".", "") + ("." + decimals if decimals else "")
    parts = re.split(r"[.,]", exact)
    if len(parts) == 2:
        return ".".join(parts)
    return ".".join(part.lstrip("0") or "0" for part in parts)
