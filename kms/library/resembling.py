"""Documents about the same as one: found by the words that tell most of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from kms.engines.engine import Engine, Found
from kms.engines.signature import copies
from kms.library.answering import COPY
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

SAME = 0.5
"""Share of the pages found of two documents that say nearly the same from which these are one for whoever asks."""

LEAST = 0.05
"""What a document must reach of the score of the one asked about."""


def resembling(view: View, document: Document, limit: int) -> tuple[Resembling, ...]:
    """The documents of ``view`` that have most of the telling words of ``document``, most alike first.

    A word tells much when many pages of the document and few others have it; words of the title count double. Telling
    words that no other document has make all others less alike. Of documents that say nearly the same one
    stands for the others.
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
    ranked = sorted(best, key=lambda name: (-best[name], name))
    summaries = {name: card.summary for name in ranked if (card := view.catalogue.cards.get(name)) and card.summary}
    under = _copies(found.hits, [name for name in ranked if name in summaries])
    result = []
    for name, others in under.items():
        share = common * min(1.0, best[name] / whole) if whole else 0.0
        if share >= LEAST:
            result.append(Resembling(summaries[name], share, tuple(summaries[other] for other in others)))
    return tuple(result[: max(0, limit)])


def _copies(hits: Sequence[Found], names: Sequence[str]) -> dict[str, list[str]]:
    """``names`` of documents, best first, with those under each whose pages say nearly what its own say."""
    said: dict[str, set[int]] = {}
    for hit, first in zip(hits, copies([hit.signature for hit in hits], COPY), strict=True):
        said.setdefault(hit.document, set()).add(first)
    under: dict[str, list[str]] = {}
    for name in names:
        own = said[name]
        same = (one for one in under if len(own & said[one]) >= SAME * max(len(own), len(said[one])))
        if (twin := next(same, None)) is not None:
            under[twin].append(name)
        else:
            under[name] = []
    return under


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
