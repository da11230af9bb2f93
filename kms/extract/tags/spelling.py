"""How names in capitals are written in lists: capitals at the head of words, small words small, abbreviations kept."""

from __future__ import annotations

import re

from kms.text.abbreviations import seeds

NAMES_TOO = frozenset(("SIAK", "SRIKANDI"))
"""Abbreviations that are as often a name: Kabupaten Siak."""

ACRONYMS = frozenset(
    re.findall(
        r"\w+", "APBN ASN BAZNAS BUMDES DIY DKI FPK GIS IDI IPTEK KB LPPD NKRI PKL RPJPD RT RW SD SMA SMP TIK TPA"
    )
).union(short for short, _ in seeds() if short.isupper() and short not in NAMES_TOO)
SMALL = frozenset(
    re.findall(
        r"\w+", "dan di ke dari untuk yang pada dalam dengan atas terhadap bagi oleh tentang serta atau melalui of"
    )
)


def spell(text: str, begins: bool = True) -> str:
    """``text`` as a title. ``begins``: its first word is written large, also a small one."""
    words: list[str] = []
    for number, word in enumerate(text.split()):
        bare = word.strip(".,;:()").upper()
        of_a_name = words[-1:] == ["Menengah"]  # Sekolah Menengah Atas
        if (number or not begins) and word.lower() in SMALL and not of_a_name:
            words.append(word.lower())
        elif word.startswith("(") or any(sign.isdigit() for sign in word) or re.fullmatch(r"[IVX]{1,5}", bare):
            words.append(word)
        else:
            words.append(word if bare in word and _is_short(bare) else _capitals(word))
    return " ".join(words)


def _capitals(word: str) -> str:
    """Each part of "data/informasi" and of "non-fisik" with a capital; abbreviations between slashes kept."""
    return re.sub(
        r"[^\W\d_]+",
        lambda part: part[0] if part[0].isupper() and _is_short(part[0]) else part[0].capitalize(),
        word,
    )


def _is_short(word: str) -> bool:
    """Whether a word in capitals is an abbreviation: a known one, or one that nobody could say as a word."""
    return word in ACRONYMS or re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{3,}", word) is not None
