"""Names with a letter before them, as "e-kinerja": side by side, in one word ("ekinerja"), or without the letter."""

from __future__ import annotations

import re
from collections.abc import Callable

from kms.query.language import has_letter
from kms.query.thesaurus import Thesaurus
from kms.query.tree import Alike, And, Node, Phrase, Word
from kms.text import tokenize

_ELECTRONIC = re.compile(r"e[a-z]{3}")
"""How "ekinerja" begins; other letters stand before words by chance, as in lists."""


def settle_letters(node: Node, pages: Callable[[Word | Phrase], int], thesaurus: Thesaurus) -> Node:
    """``node`` with each such name as pages have it. One that no page and no list has is its word: a letter by itself
    stands on pages of any kind."""
    if isinstance(node, And):
        return And(tuple(settle_letters(part, pages, thesaurus) for part in node.parts))
    if isinstance(node, Word) and _ELECTRONIC.match(node.token.exact) and not pages(node):
        apart = Phrase(tuple(tokenize(f"e {node.token.exact[1:]}")))
        return apart if pages(apart) else node
    if not isinstance(node, Phrase) or not has_letter([token.exact for token in node.tokens]):
        return node
    letter, word = node.tokens
    (joined,) = map(Word, tokenize(letter.exact + word.exact))
    if pages(node) and pages(joined):
        return Alike(node, (joined,), 1.0)
    if pages(node) or thesaurus.others(node.tokens):
        return node
    return joined if pages(joined) else Word(word)
