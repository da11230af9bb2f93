"""Abbreviations that a text defines itself: "Forum Kerukunan Umat Beragama (FKUB)", in either order.

After Schwartz and Hearst (2003), A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text, with
the words of the long form matched one by one, because Indonesian offices abbreviate by syllables as often as by
initials (Kesbangpol, Renstra, Diskominfo).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from kms.text.stopwords import STOP_WORDS
from kms.text.tokens import fold

LONGEST = 12
"""Letters of an abbreviation."""

_SHORT = r"[A-Z][A-Za-z]{1,11}(?:-[A-Z]{1,5})?"
_BRACKET = re.compile(r"\(\s*([^()]{2,120}?)\s*\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_BREAK = re.compile(r"[.;:()\[\]\d]|\n\s*\n|\t")
_LINKS = STOP_WORDS | {"bagi", "atas", "antar", "secara", "sebagai"}


@cache
def seeds() -> tuple[tuple[str, str], ...]:
    """Abbreviations that everybody in local government knows, each with a long form: ``abbreviations.tsv``."""
    lines = resources.files("kms.text").joinpath("abbreviations.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return tuple((short, long) for short, _, long in pairs)


@cache
def long_forms() -> dict[str, str]:
    """The first long form of each of the ``seeds``, both in small letters."""
    return {short.lower(): long.lower() for short, long in reversed(seeds())}


def abbreviates(short: str, words: Sequence[str]) -> bool:
    """Whether ``short`` is made of the beginnings of some of ``words`` that follow one another; all are folded.

    >>> abbreviates("dlh", ["dinas", "lingkungan", "hidup", "kota", "depok"])
    True
    """
    return any(bool(_long_form(short.upper(), words[:end])) for end in range(2, len(words) + 1))


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(abbreviation, long form) of each definition in ``text``, as spelt there, blanks made single."""
    for match in _BRACKET.finditer(text):
        inner = " ".join(match[1].split())
        inner = re.sub(r"^(?:selanjutnya |yang )*(?:disingkat|disebut)(?: dengan)? ", "", inner).strip(
            " \"'\u201c\u201d"
        )
        if re.fullmatch(_SHORT, inner):
            before = _BREAK.split(text[max(0, match.start() - 160) : match.start()])[-1]
            words = _WORD.findall(before)
            long = _long_form(inner, words)
            if long:
                yield inner, " ".join(long)
        else:
            before = re.search(rf"(?<!\w)({_SHORT})\s*$", text[max(0, match.start() - 20) : match.start()])
            words = _WORD.findall(inner)
            if before and len(words) > 1 and not _BREAK.search(inner):
                long = _long_form(before[1], words)
                if long and len(long) == len(words):
                    yield before[1], " ".join(long)


def _long_form(short: str, words: Sequence[str]) -> Sequence[str]:
    """The last words of ``words`` that ``short`` abbreviates best; () where it abbreviates none."""
    letters = fold(short).replace("-", "")
    if sum(char.isupper() for char in short) < 2 and len(short) < 5:
        return ()  # (Kota), (Dua)
    best: tuple[float, Sequence[str]] = (0.0, ())
    for size in range(2, min(len(words), len(letters) + 4) + 1):
        chosen = words[-size:]
        folded = [fold(word) for word in chosen]
        if folded[0] in _LINKS or folded[0][:1] != letters[0] or letters in folded:
            continue
        score = _fit(letters, folded)
        if score > best[0]:
            best = score, chosen
    return best[1]


def _fit(letters: str, words: Sequence[str]) -> float:
    """How well letters abbreviate words: the share of letters that begin a word or follow in one; 0 for not at all.

    Every word that is no link must give a letter, its first one unless the word before it was long: "or-mas".
    """
    known: dict[tuple[int, int], float] = {}

    def best(at: int, word: int) -> float:
        """The best score for the letters from ``at`` with the words from ``word``; below 0 for none."""
        if at == len(letters):
            return 0.0 if all(part in _LINKS for part in words[word:]) and word == len(words) else -1.0
        if word == len(words):
            return -1.0
        if (at, word) in known:
            return known[at, word]
        text = words[word]
        score = best(at, word + 1) if text in _LINKS and word else -1.0
        for size in range(1, len(letters) - at + 1):
            gain = _share(letters[at : at + size], text)
            if gain is None:
                break
            rest = best(at + size, word + 1)
            if rest >= 0:
                score = max(score, gain + rest)
        known[at, word] = score
        return score

    score = best(0, 0) / len(letters)
    return score if score >= 0.7 else 0.0


def _share(piece: str, word: str) -> float | None:
    """How many of the letters of ``piece`` stand well in ``word``, or None where they do not stand there in order."""
    if word.startswith(piece):
        return float(len(piece))
    if len(piece) >= 3 and piece in word:
        return 0.9 * len(piece)
    at, good = -1, 0.0
    for char in piece:
        at = word.find(char, at + 1)
        if at < 0:
            return None
        good += 1.0 if at == 0 else 0.4
    return good
