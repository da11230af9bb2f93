"""Tokens of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its folded ``exact`` form, its ``stem``, and where it stands (code points, half-open)."""

    exact: str
    stem: str
    start: int = 0
    end: int = 0


def tokenize(text: str) -> list[Token]:
    """The words of ``text`` in reading order."""
    raise NotImplementedError
