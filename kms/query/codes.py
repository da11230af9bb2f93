"""Codes of programs and activities: one code is written in several ways, and longer codes belong to a shorter one."""

from __future__ import annotations

import re

from kms.query.tree import Alike, And, Node, Or, Phrase, Prefix, Word
from kms.text import tokenize

_CODE = re.compile(r"\d{1,2}(?:\.\d{1,4}){2,7}", re.ASCII)
_NO_CODE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,2}\.\d{1,2}\.\d{4}", re.ASCII)
"""Thousands with points between, and dates."""

PADDED = (1, 2, 4)
"""Which parts of a code have two digits, from 0: 8.01.02.2.01 is written 8.1.2.2.1, too."""

UNDER = 0.5
"""What the code of an activity counts beside that of its program which was typed."""


def widen_codes(node: Node) -> Node:
    """``node`` with each code also found as others write it (8.01.02, 8.1.2, 8 01 02) and in the codes under it."""
    match node:
        case Word(token) if _CODE.fullmatch(token.exact) and not _NO_CODE.fullmatch(token.exact):
            others: list[Node] = []
            padded, bare = _spellings(token.exact)
            for code in dict.fromkeys((token.exact, padded, bare)):
                if code != token.exact:
                    others += [Word(word) for word in tokenize(code)]
                others.append(Prefix(f"{code}."))
            if padded != bare:  # numbers without zeros stand beside one another in any table
                others.append(Phrase(tuple(tokenize(padded.replace(".", " ")))))
            return Alike(node, tuple(others), UNDER)
        case And(parts):
            return And(tuple(map(widen_codes, parts)))
        case Or(parts, ordered):
            return Or(tuple(map(widen_codes, parts)), ordered)
    return node


def _spellings(code: str) -> tuple[str, str]:
    """The code with zeros before its parts, and without."""
    bare = [part.lstrip("0") or "0" for part in code.split(".")]
    padded = [part.zfill(2) if at in PADDED else part for at, part in enumerate(bare)]
    return ".".join(padded), ".".join(bare)
