"""Evidence that two studies ask the same: their titles and their aims, side by side where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kms.duplicates.study import Study
from kms.library.checked import Evidence, Place
from kms.library.evidence import marked
from kms.model import Document, Page
from kms.text import tokenize
from kms.text.synonyms import read_concepts

AIMS_SHOWN = 3
ALIKE = 0.25
"""Share of common concepts (Dice) from which two titles or aims are worth seeing side by side."""


@dataclass(frozen=True)
class Side:
    """A document or a draft, and what it is about."""

    document: Document
    study: Study


def compare_aims(draft: Side, found: Side) -> tuple[Evidence, ...]:
    """Title beside title, then each aim of the draft beside the aim that comes closest; only what can be shown.

    Titles that have few concepts in common are shown where no aim is: they are what there is to see.
    """
    aims = tuple(_aims(draft, found))
    return tuple(_titles(draft, found, 0.0 if not aims else ALIKE)) + aims


def _titles(draft: Side, found: Side, least: float) -> Iterator[Evidence]:
    ours = _title_of_draft(draft.document)
    theirs = _title_of(found.document)
    if ours and theirs and _alike(ours.text, theirs.text) >= least:
        yield marked(ours, theirs, _alike(ours.text, theirs.text))


def _title_of_draft(document: Document) -> Place | None:
    """The title in the draft's text; one that was typed alone is a text of its own."""
    title = document.value("title") or ""
    if not document.content.pages:
        return Place(1, 0, len(title), title) if title else None
    return _title_of(document) or find_place(document.content.pages, title)


def _title_of(document: Document) -> Place | None:
    for tag in document.content.tags:
        if tag.name == "title" and tag.page and tag.quote:
            pages = [page for page in document.content.pages if page.number == tag.page]
            if place := find_place(pages, tag.quote):
                return place
    return find_place(document.content.pages[:3], document.title)


def _aims(draft: Side, found: Side) -> Iterator[Evidence]:
    shown = 0
    for aim in draft.study.aims:
        best = max(found.study.aims, key=lambda other: _alike(aim, other), default=None)
        if best is None or _alike(aim, best) < ALIKE or shown == AIMS_SHOWN:
            continue
        ours = find_place(draft.document.content.pages, aim)
        theirs = find_place(found.document.content.pages, best)
        if ours and theirs:
            shown += 1
            yield marked(ours, theirs, _alike(aim, best))


def find_place(pages: Sequence[Page], text: str) -> Place | None:
    """Where ``text`` stands, however parted or capitalised; None where it does not, or there are no words in it."""
    words = text.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    for page in pages:
        if match := pattern.search(page.text):
            return Place(page.number, match.start(), match.end(), match.group())
    return None


def _alike(one: str, other: str) -> float:
    """The share of concepts that two texts have in common (Dice), 0 to 1."""
    ours, theirs = _concepts(one), _concepts(other)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _concepts(text: str) -> frozenset[str]:
    return frozenset(concept.name for concept in read_concepts(tokenize(text)))
