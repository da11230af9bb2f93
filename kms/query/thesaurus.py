"""Words that mean the same: queries widened by them, each counting less than the word that was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources

from kms.language import Message, say
from kms.query.language import YEARS, Parsed
from kms.query.tree import Alike, And, Node, OneOf, Or, Phrase, Word
from kms.text import STOP_WORDS, Token, tokenize

WEIGHT = 0.4
"""What an occurrence of another word counts beside one of the word typed."""

LONGEST = 8
"""Words of the longest phrase that is looked for."""

OTHERS_AT_MOST = 3


@cache
def everyday() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same to whoever searches: ``synonyms.tsv`` beside this file."""
    lines = resources.files("kms.query").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


class Thesaurus:
    """Terms and what else to look for. A term is a word or a phrase, known by the stems of its words."""

    def __init__(self) -> None:
        self._others: dict[tuple[str, ...], dict[str, None]] = {}

    def add(self, terms: Sequence[str]) -> None:
        """Let all of ``terms`` mean the same; each is found by every inflection of it."""
        for term in terms:
            others = self._others.setdefault(_key(tokenize(term)), {})
            others.update(dict.fromkeys(other for other in terms if other != term))

    def forget(self, terms: Iterable[str]) -> None:
        """Take out what is known of ``terms``, also where they stand for others."""
        for term in terms:
            key = _key(tokenize(term))
            for others in self._others.values():
                for other in [other for other in others if _key(tokenize(other)) == key]:
                    del others[other]
            self._others.pop(key, None)

    def others(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """What else the words mean, first known first; () where nothing else is known."""
        key = _key(tokens)
        found: dict[tuple[str, ...], str] = {}
        for other in self._others.get(key, ()):
            found.setdefault(_key(tokenize(other)), other)
        found.pop(key, None)
        return tuple(found.values())

    def widen(self, node: Node, pages: Callable[[Word | Phrase], int], many: int) -> Parsed:
        """``node`` with its words and phrases widened by what else they mean, and a note that says by what.

        ``pages`` tells on how many pages a word or phrase stands. Nothing is added that stands nowhere, and nothing to
        a word that stands on more than ``many``: it needs no help to be found. Excluded words and filters stay.
        """
        added: dict[str, None] = {}

        def alike(part: Node, tokens: Sequence[Token]) -> Node:
            others: list[Node] = []
            if len(tokens) == 1 and pages(Word(tokens[0])) > many:
                return part
            for other in self.others(tokens):
                words = _node(tokenize(other))
                if len(others) < OTHERS_AT_MOST and pages(words):
                    others.append(words)
                    added[other] = None
            return Alike(part, tuple(others), WEIGHT) if others else part

        def walk(part: Node) -> Node:
            match part:
                case Word(token):
                    return alike(part, [token])
                case Phrase(tokens):
                    return alike(part, tokens)
                case And(parts):
                    return And(tuple(self._grouped(parts, alike, walk)))
                case Or(parts):
                    return Or(tuple(walk(inner) for inner in parts))
            return part

        widened = walk(node)
        if not added:
            return Parsed(node)
        return Parsed(widened, (_note(tuple(added)),))

    def _grouped(
        self,
        parts: Sequence[Node],
        alike: Callable[[Node, Sequence[Token]], Node],
        walk: Callable[[Node], Node],
    ) -> Iterable[Node]:
        """The parts of an And; words that make up a term together, longest first, are one part."""
        at = 0
        while at < len(parts):
            for size in range(min(LONGEST, len(parts) - at), 1, -1):
                piece = parts[at : at + size]
                tokens = [part.token for part in piece if isinstance(part, Word)]
                if len(tokens) == size and _key(tokens) in self._others:
                    whole = alike(And(tuple(piece)), tokens)
                    if isinstance(whole, Alike):
                        yield whole
                        at += size
                        break
            else:
                yield walk(parts[at])
                at += 1


def soften_years(node: Node) -> tuple[Node, tuple[str, ...]]:
    """``node`` with each year among its words also answered by documents of that year, and these years."""
    years: dict[str, None] = {}

    def walk(part: Node) -> Node:
        match part:
            case Word(token) if token.exact.isdecimal() and len(token.exact) == 4 and int(token.exact) in YEARS:
                years[token.exact] = None
                return Alike(part, (OneOf("year", (token.exact,)),), WEIGHT)
            case And(parts):
                return And(tuple(walk(inner) for inner in parts))
        return part

    softened = walk(node)
    return softened, tuple(years)


def _note(words: Sequence[str]) -> Message:
    return say("Also looking for: {words}.", words=", ".join(words))


def _node(tokens: Sequence[Token]) -> Word | Phrase:
    return Word(tokens[0]) if len(tokens) == 1 else Phrase(tuple(tokens))


def _key(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens if token.exact not in STOP_WORDS)
