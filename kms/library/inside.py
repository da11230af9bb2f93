"""The pages of one document that answer a search, without going through its words again each time."""

from __future__ import annotations

import threading
from collections import OrderedDict

from kms.model import Document, Extraction
from kms.query import highlight, leaves, parse
from kms.query.tree import Node, Phrase, Prefix, Word
from kms.text import tokenize

DOCUMENTS_KEPT = 8

Stems = list[tuple[frozenset[str], frozenset[str]]]


class Inside:
    """Searches inside documents; keeps the words of those asked for last. May be used from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Extraction, Stems]] = OrderedDict()
        self._lock = threading.Lock()

    def pages(self, document: Document, words: str) -> tuple[int, ...]:
        """The pages (1-based) with all of ``words``, in order; those with some of them where none has all."""
        parts = list(leaves(parse(words).node))
        if not parts:
            return ()
        every, some = [], []
        for page, (stems, exact) in zip(document.content.pages, self._words(document)):
            has = [_may_have(part, stems, exact) and _has(part, page.text) for part in parts]
            if all(has):
                every.append(page.number)
            if any(has):
                some.append(page.number)
        return tuple(every or some)

    def _words(self, document: Document) -> Stems:
        """The stems and the exact words of each page."""
        with self._lock:
            kept = self._kept.get(document.id)
            if kept and kept[0] is document.content:
                self._kept.move_to_end(document.id)
                return kept[1]
        words = []
        for page in document.content.pages:
            tokens = tokenize(page.text)
            words.append((frozenset(token.stem for token in tokens), frozenset(token.exact for token in tokens)))
        with self._lock:
            self._kept[document.id] = (document.content, words)
            while len(self._kept) > DOCUMENTS_KEPT:
                self._kept.popitem(last=False)
        return words


def _may_have(part: Node, stems: frozenset[str], exact: frozenset[str]) -> bool:
    match part:
        case Word(token):
            return token.stem in stems
        case Prefix(start):
            return any(word.startswith(start) for word in exact)
        case Phrase(tokens):
            return all(token.stem in stems for token in tokens)
    return False


def _has(part: Node, text: str) -> bool:
    """Whether the words of a phrase also stand side by side; single words are there already."""
    return not isinstance(part, Phrase) or bool(highlight(text, part))
