"""What a query means, free of any engine's syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kms.text import Token


@dataclass(frozen=True)
class Word:
    """Pages with a word of the same stem; those with the exact form rank higher."""

    token: Token


@dataclass(frozen=True)
class Prefix:
    """Pages with a word whose exact (folded) form begins with ``start``."""

    start: str


@dataclass(frozen=True)
class Phrase:
    """Pages where words of these stems stand side by side in this order."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Alike:
    """Pages with ``part``, or with one of ``others``, which mean the same but count only ``weight`` of it."""

    part: Node
    others: tuple[Node, ...]
    weight: float = 0.5


@dataclass(frozen=True)
class OneOf:
    """Pages whose keyword ``name`` ("type", "year", "agency" ...) has one of ``values``, exactly."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    """Pages without ``part``."""

    part: Node


@dataclass(frozen=True)
class And:
    """Pages with all ``parts``; every page where there are none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Pages with at least one of ``parts``; no page where there are none.

    A page where neighbouring parts stand near one another ranks higher, unless they come in no ``ordered`` way.
    """

    parts: tuple[Node, ...]
    ordered: bool = True


Node = Word | Prefix | Phrase | Alike | OneOf | Not | And | Or


def leaves(node: Node, negated: bool = False) -> Iterator[Word | Prefix | Phrase]:
    """The words of a query that a page should show, leaving out those behind a Not."""
    match node:
        case Word() | Prefix() | Phrase():
            if not negated:
                yield node
        case Not(part):
            yield from leaves(part, not negated)
        case Alike(part, others):
            for inner in (part, *others):
                yield from leaves(inner, negated)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, negated)
        case OneOf():
            return


def tokens_in(leaf: Word | Prefix | Phrase) -> tuple[Token, ...]:
    """The words of a leaf; () for the beginning of one."""
    match leaf:
        case Word(token):
            return (token,)
        case Phrase(tokens):
            return tokens
    return ()
