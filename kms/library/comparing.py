"""The text of a draft beside those of earlier documents, what is nobody's own left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kms.corpus import Corpus
from kms.duplicates.alignment import AlignmentSettings
from kms.duplicates.boilerplate import Boilerplate, formulas
from kms.duplicates.figures import Figures, compare_figures
from kms.duplicates.matter import by_heading, on_cover, portrayed
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Mask
from kms.duplicates.study import Study
from kms.errors import Damaged, NotFound
from kms.library.candidates import Candidate
from kms.library.prepared import Prepared, prepare
from kms.library.reuse import MOSTLY_ONE, Reuse, compare_texts, mass_of, share
from kms.library.sources import Part
from kms.model import Page

AROUND = 1
"""Pages before and after one that answered that are compared too."""
NEARLY_ALL = 0.8
"""Share of both texts without what is nobody's own from which they are the same text."""
FORM = AlignmentSettings(kept=0.6)
"""Between plans of different offices only what is taken over nearly word for word counts."""


@dataclass(frozen=True)
class Comparison:
    """What a draft and an earlier document share, the shares of both that this is, and its mass (see `mass_of`).

    ``figures``: whether what the draft takes over whole it fills with figures of its own.
    """

    reuse: Reuse
    covered: float
    contained: float
    mass: float
    figures: Figures = "unknown"


@dataclass(frozen=True)
class Found:
    """The pages of an earlier document that answered, and how much of its text they are (0 to 1)."""

    text: Prepared
    part: float


@dataclass(frozen=True)
class Beside:
    """A draft and what was read of earlier documents, of a ``family`` each.

    ``empty`` are words of the draft that are ``known`` formulas, ``portrait`` those that portray a region.
    """

    draft: Prepared
    found: Mapping[str, Found]
    known: Boilerplate
    empty: Mask
    portrait: Mask
    rarity: Rarity
    family: Callable[[str], str]

    def compare(self, document_id: str, form: bool) -> Comparison:
        """What the draft shares with a document; nothing where none of its pages answered.

        ``form``: both are plans of different offices.
        """
        found = self.found.get(document_id)
        if found is None:
            return Comparison(Reuse((), np.zeros(len(self.empty)), np.zeros(0)), 0.0, 0.0, 0.0)
        reuse = compare_texts(self.draft, found.text, self.rarity, self.empty, FORM if form else None, self.portrait)
        covered = share(reuse.taken, self.empty)
        contained = share(reuse.found_taken, self.known.words(found.text.reading)) * found.part
        if covered >= MOSTLY_ONE:
            said = share(reuse.taken, self.empty | (on_cover(self.draft.reading) & (reuse.taken == 0)))
            if said >= NEARLY_ALL:
                theirs = share(reuse.found_taken, self._nobodys(document_id)) * found.part
                covered, contained = (said, theirs) if theirs >= NEARLY_ALL else (covered, contained)
        mass = mass_of(self.draft, found.text, reuse.taken, self.rarity, self.empty)
        figures: Figures = "unknown"
        if covered >= MOSTLY_ONE:
            figures = compare_figures(self.draft.joined.text, found.text.joined.text)
        return Comparison(reuse, covered, contained, mass, figures)

    def part(self, document_id: str, comparison: Comparison, of_the_house: bool) -> Part:
        """What a document gives the draft, by a comparison of both."""
        found = self.found.get(document_id)
        return Part(
            comparison.reuse.taken,
            lambda taken: share(taken, self.empty),
            lambda taken: mass_of(self.draft, found.text, taken, self.rarity, self.empty) if found else 0.0,
            of_the_house,
        )

    def _nobodys(self, document_id: str) -> Mask:
        """Which words of a document are nobody's own or only name it, also those that the draft has not.

        Somebody who copies a study has another cover, and leaves out its preface and its laws.
        """
        own = self.found[document_id].text.reading
        others = ((self.family(name), each.text.reading) for name, each in self.found.items() if name != document_id)
        return self.known.and_learnt(own, others).words(own) | by_heading(own) | on_cover(own)


def lay_beside(draft: Prepared, found: Mapping[str, Found], family: Callable[[str], str], rarity: Rarity) -> Beside:
    """A draft and documents ready to be compared; issues of one ``family`` tell only once that words are a formula."""
    known = Boilerplate()
    if found:
        known = formulas().and_learnt(
            draft.reading, ((family(name), each.text.reading) for name, each in found.items())
        )
    return Beside(draft, found, known, known.words(draft.reading), portrayed(draft.reading), rarity, family)


def read_pages(candidate: Candidate, study: Study, corpus: Corpus, rarity: Rarity) -> Found | None:
    """The pages of a candidate that answered; None where none did, or it cannot be read any more."""
    if not candidate.pages:
        return None
    try:
        pages = corpus.document(candidate.id).content.pages
    except (NotFound, Damaged):
        return None
    office = f"{study.agency or ''} {study.region or ''}" if study.asks and study.aims else None
    text = prepare(_around(pages, candidate.pages), rarity, study.title, office)
    whole = sum(len(page.text) for page in pages) or 1
    return Found(text, min(1.0, len(text.joined.text) / whole))


def _around(pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    """The pages of these numbers and their neighbours; all pages where these are half of them already."""
    wanted = {number + step for number in numbers for step in range(-AROUND, AROUND + 1)}
    near = [page for page in pages if page.number in wanted and page.text.strip()]
    return near if 2 * len(near) < len(pages) else [page for page in pages if page.text.strip()]
