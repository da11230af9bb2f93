"""Documents about the same as one: found by the words that tell most of it."""

from __future__ import annotations

import math
from collections import Counter

from kms.engines.engine import Engine
from kms.library.answers import Resembling
from kms.library.index import View
from kms.model import Document
from kms.query.tree import Or, Word
from kms.text import STOP_WORDS, Token, separate, tokenize

TELLING = 30
"""Words that are asked for."""

PAGES_LOOKED_AT = 500
PAGES_OF_A_DOCUMENT = 5
"""The best pages of a document whose scores are taken together."""

LEAST = 0.05
"""What a document must reach of the score of the one asked about."""


def resembling(view: View, document: Document, limit: int) -> tuple[Resembling, ...]:
    """The documents of ``view`` that have most of the telling words of ``document``, most alike first.

    A word tells much when many pages of the document and few others have it; words of the title count double. Telling
    words that no other document has make all others less alike.
    """
    if view.engine is None:
        return ()
    words, common = _telling(view.engine, document)
    if not words:
        return ()
    room = PAGES_LOOKED_AT + len(document.content.pages)
    found = view.engine.search(Or(tuple(Word(token) for token in words)), room)
    scores: dict[str, list[float]] = {}
    for hit in found.hits:
        scores.setdefault(hit.document, []).append(hit.score)
    # What the document itself would reach, or, where it is not in the index, the best of the others.
    best = {name: sum(values[:PAGES_OF_A_DOCUMENT]) for name, values in scores.items()}
    whole = best.pop(document.id, max(best.values(), default=0.0))
    ranked = sorted(((score, name) for name, score in best.items()), key=lambda item: (-item[0], item[1]))
    result = []
    for score, name in ranked:
        card = view.catalogue.cards.get(name)
        share = common * min(1.0, score / whole) if whole else 0.0
        if card and card.summary and share >= LEAST:
            result.append(Resembling(card.summary, share))
    return tuple(result[: max(0, limit)])


def _telling(engine: Engine, document: Document) -> tuple[list[Token], float]:
    """The words that tell most of those that others have, too, each in one of its forms; and how much of what tells
    most they are (0 to 1)."""
    pages: Counter[str] = Counter()
    forms: dict[str, Token] = {}
    for page in document.content.pages:
        tokens = separate(tokenize(page.text))[0]
        for token in tokens:
            forms.setdefault(token.stem, token)
        pages.update({token.stem for token in tokens})
    title = {token.stem for token in tokenize(document.title)}
    stems = [stem for stem in forms if len(stem) > 2 and stem.isalpha() and stem not in STOP_WORDS]
    size = max(engine.count(), 1)
    weights, shared = {}, set()
    for stem, everywhere in zip(stems, engine.frequencies(stems), strict=True):
        rarity = math.log1p(size / (everywhere + 1))
        weights[stem] = rarity * (1 + math.log(pages[stem])) * (2 if stem in title else 1)
        if everywhere > pages[stem]:
            shared.add(stem)
    order = sorted(weights, key=lambda stem: (-weights[stem], stem))
    most = sum(weights[stem] for stem in order[:TELLING])
    common = sum(weights[stem] for stem in order[:TELLING] if stem in shared)
    return [forms[stem] for stem in order if stem in shared][:TELLING], (common / most if most else 0.0)
