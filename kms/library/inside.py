"""The pages of one document that answer a search, without going through its words again each time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from kms.model import Document, Extraction
from kms.query import highlight
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word
from kms.text import tokenize

DOCUMENTS_KEPT = 8


@dataclass(frozen=True)
class _Words:
    """The words of a page: their stems, their exact forms, and the text that they stand in."""

    stems: frozenset[str]
    exact: frozenset[str]
    text: str


class Inside:
    """Searches inside documents; keeps the words of those asked for last. May be used from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Extraction, list[_Words]]] = OrderedDict()
        self._lock = threading.Lock()

    def pages(self, document: Document, node: Node) -> tuple[int, ...]:
        """The pages (1-based) with all that ``node`` asks for, in order; those with a part of it where none has all."""
        parts = [part for part in _flat(node) if not isinstance(part, OneOf | Not)]
        barred = [part.part for part in _flat(node) if isinstance(part, Not)]
        if not parts:
            return ()
        every, some = [], []
        for page, words in zip(document.content.pages, self._words(document)):
            if any(_holds(part, words) for part in barred):
                continue
            has = [_holds(part, words) for part in parts]
            if all(has):
                every.append(page.number)
            if any(has):
                some.append(page.number)
        return tuple(every or some)

    def _words(self, document: Document) -> list[_Words]:
        with self._lock:
            kept = self._kept.get(document.id)
            if kept and kept[0] is document.content:
                self._kept.move_to_end(document.id)
                return kept[1]
        words = []
        for page in document.content.pages:
            tokens = tokenize(page.text)
            stems, exact = frozenset(token.stem for token in tokens), frozenset(token.exact for token in tokens)
            words.append(_Words(stems, exact, page.text))
        with self._lock:
            self._kept[document.id] = (document.content, words)
            while len(self._kept) > DOCUMENTS_KEPT:
                self._kept.popitem(last=False)
        return words


def _flat(node: Node) -> Iterator[Node]:
    """The parts of an And, also of those inside it; ``node`` itself where it is none."""
    if not isinstance(node, And):
        yield node
        return
    for part in node.parts:
        yield from _flat(part)


def _holds(node: Node, words: _Words) -> bool:
    """Whether a page has what ``node`` asks for in its text."""
    match node:
        case Word(token):
            return token.stem in words.stems
        case Prefix(start):
            return any(word.startswith(start) for word in words.exact)
        case Phrase(tokens):
            return all(token.stem in words.stems for token in tokens) and bool(highlight(words.text, node))
        case Alike(part, others):
            return _holds(part, words) or any(_holds(other, words) for other in others)
        case And(parts):
            return all(_holds(part, words) for part in parts if not isinstance(part, OneOf | Not))
        case Or(parts):
            return any(_holds(part, words) for part in parts)
    return False
