"""Words that OCR or a PDF ran together, read as the words they are made of beside the form that stands there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kms.text.segment import SHORTEST, frequencies, split_words
from kms.text.stems import has_root, stem
from kms.text.stopwords import STOP_WORDS
from kms.text.tokens import Token, tokens_of

SHORTEST_PART = 4
COMMON, LONG, COMMON_LONG = 3.7, 7, 3.0
"""How common a part must be, as in `kms.text.segment.frequencies`; from so many letters on, less: chance spells few."""


def separate(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """``tokens`` with each run-together word replaced by its parts, and the run-together words themselves.

    The parts have their own places in the text, unless the word is spelt with invisible characters in it; then they
    all have the place of the whole.
    """
    words: list[Token] = []
    wholes: list[Token] = []
    for token in tokens:
        parts = parts_of(token.exact) if len(token.exact) >= SHORTEST else ()
        if not parts:
            words.append(token)
            continue
        wholes.append(token)
        plain = token.end - token.start == len(token.exact)
        for part, left, right in parts:
            start, end = (token.start + left, token.start + right) if plain else (token.start, token.end)
            words.append(Token(part.exact, part.stem, start, end))
    return words, wholes


@lru_cache(maxsize=200_000)
def words_in(chunk: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """`separate` for a piece of text between blanks, with places from its beginning; remembered."""
    words, wholes = separate(tokens_of(chunk))
    return tuple(words), tuple(wholes)


@lru_cache(maxsize=200_000)
def stems_in(chunk: str) -> frozenset[str]:
    """The stems of all words of a piece of text, in both forms."""
    return frozenset(token.stem for tokens in words_in(chunk) for token in tokens)


@lru_cache(maxsize=100_000)
def parts_of(exact: str) -> tuple[tuple[Token, int, int], ...]:
    """The words that a folded word is made of, each with its place in it; () for one that is a word by itself."""
    pieces = split_words(exact)
    if len(pieces) < 2 or not all(map(_plain, pieces)) or has_root(exact):
        return ()
    found, at = [], 0
    for piece in pieces:
        found.append((Token(piece, stem(piece)), at, at + len(piece)))
        at += len(piece)
    return tuple(found)


def _plain(piece: str) -> bool:
    """Whether a part is a common word in itself: endings of words that the lists do not hold look like short words."""
    if piece in STOP_WORDS:
        return True
    common = frequencies().get(piece, 0.0)
    return len(piece) >= SHORTEST_PART and common >= (COMMON if len(piece) < LONG else COMMON_LONG)
