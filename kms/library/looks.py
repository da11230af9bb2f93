"""Pages of a draft, or of a document, that look like pages of others: what is compared where words say little."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kms.corpus import Corpus
from kms.duplicates.appearance import ALIKE, Bits, decode, differences, similarity, speaks_against
from kms.errors import Damaged, NotFound
from kms.library.catalogue import Card
from kms.library.checked import Evidence, Place
from kms.model import Page

DOCUMENTS = 30
SHOWN = 300
"""Code points of a page's text that are shown beside its picture."""


@dataclass(frozen=True)
class Likeness:
    """Pages that look the same on both sides: ``covered`` is the share of the draft's pages that are not blank,
    ``contained`` that of the found document's, ``alike`` how alike they look on average; all 0 to 1.
    """

    evidence: tuple[Evidence, ...] = ()
    covered: float = 0.0
    contained: float = 0.0
    alike: float = 0.0


UNLIKE = Likeness()


@dataclass(frozen=True)
class SamePages:
    """Two pages (1-based numbers) that look the same, and in how many bits they differ."""

    own: int
    other: int
    bits: int


class Gallery:
    """What the pages of some documents look like that are known by their looks."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._cards = cards

    @cached_property
    def _pages(self) -> list[tuple[str, int]]:
        return [(name, number) for name, card in self._cards.items() for number, _ in card.appearances]

    @cached_property
    def _bits(self) -> Bits:
        return decode([each for card in self._cards.values() for _, each in card.appearances])

    def alike(self, appearances: Iterable[tuple[int, str]]) -> dict[str, list[SamePages]]:
        """By document, the pages that look like one of ``appearances`` (page and looks); of several the likest.

        At most `DOCUMENTS` of them, the likest first: a cover may stand in hundreds.
        """
        found: dict[str, dict[int, SamePages]] = {}
        for own, appearance in appearances:
            bits = differences(appearance, self._bits)
            for place in np.flatnonzero(bits <= ALIKE).tolist():
                name, other = self._pages[place]
                pairs = found.setdefault(name, {})
                if own not in pairs or bits[place] < pairs[own].bits:
                    pairs[own] = SamePages(own, other, int(bits[place]))
        alike = {name: sorted(pairs.values(), key=lambda pair: pair.bits) for name, pairs in found.items()}
        likest = sorted(alike, key=lambda name: (alike[name][0].bits, name))[:DOCUMENTS]
        return {name: alike[name] for name in likest}


def looks_of(pages: Iterable[Page]) -> tuple[tuple[int, str], ...]:
    """The pages that are known by their looks, and what these are."""
    return tuple((page.number, page.appearance) for page in pages if page.appearance)


def compare_looks(own: Sequence[Page], corpus: Corpus, document_id: str, pairs: Collection[SamePages]) -> Likeness:
    """What pages share with a document by their looks: of ``pairs``, those whose words do not speak against it."""
    if not pairs:
        return UNLIKE
    try:
        others = corpus.document(document_id).content.pages
    except (NotFound, Damaged):
        return UNLIKE
    ours, theirs = ({page.number: page for page in pages} for pages in (own, others))
    same = [
        pair
        for pair in sorted(pairs, key=lambda pair: pair.own)
        if pair.own in ours
        and pair.other in theirs
        and not speaks_against(ours[pair.own].text, theirs[pair.other].text)
    ]
    if not same:
        return UNLIKE
    return Likeness(
        tuple(
            Evidence(_place(ours[pair.own]), _place(theirs[pair.other]), similarity(pair.bits), kind="look")
            for pair in same
        ),
        len(same) / _count(own),
        len({pair.other for pair in same}) / _count(others),
        sum(similarity(pair.bits) for pair in same) / len(same),
    )


def _place(page: Page) -> Place:
    return Place(page.number, 0, min(SHOWN, len(page.text)), page.text[:SHOWN])


def _count(pages: Iterable[Page]) -> int:
    """How many pages have anything on them."""
    return sum(bool(page.appearance or page.text.strip()) for page in pages)
