"""How passages that two texts share are shown: page beside page, without what proves nothing, shared words marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kms.duplicates.alignment import Alignment, AlignmentSettings, align, without_overlaps
from kms.duplicates.nearest import Nearest
from kms.duplicates.paragraphs import pair_paragraphs
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Mask, Reading, Weights
from kms.library.checked import Evidence, Place
from kms.library.joined import Joined
from kms.library.prepared import Prepared, learnt, without, words_between
from kms.text import STOP_WORDS, Token, tokenize
from kms.text.frames import frames

Span = tuple[int, int]
MOSTLY = 0.6
"""Share of boilerplate from which a passage is no evidence unless it takes over `OWN` words beside it."""
OWN = 30
OWN_IN_A_ROW = 15
"""The same where no boilerplate parts them: a sentence or two under a letterhead, over a signature."""
MUCH_EMPTY = 20
"""Words of boilerplate in a passage from which it is shown without them."""
MOSTLY_INSIDE = 0.8
"""Share of a passage that stands in another from which it is not shown beside that."""
BESIDE = 5
"""Pages of the other side on which a page of the draft is looked for, those first that share most with it."""
AROUND = 3
"""Lengths of a short piece before and after a passage in which its counterpart is looked for."""
WORDS_SHARED = 3
"""Words that a piece of a passage must have in common with what it is shown beside, if it is not found by itself."""


@dataclass(frozen=True, eq=False)
class Shown:
    """How passages that two texts share are shown. ``empty`` are words of the draft that prove nothing."""

    draft: Prepared
    found: Prepared
    taken: Weights
    empty: Mask
    rarity: Rarity
    settings: AlignmentSettings

    def of(self, one: Alignment) -> Iterator[Evidence]:
        """An alignment as evidence with one page on either side; one that runs over a page break is several.

        What proves nothing is left out where there is much of it, such as laws, contents or a signature in between.
        """
        draft, found = self.draft, self.found
        ours = [place for place in draft.joined.places(one.start, one.end) if self._proves(place)]
        theirs = list(found.joined.places(one.found_start, one.found_end))
        if not ours or not theirs:
            return
        if len(ours) == len(theirs) == 1 and self._empty_of(ours[0]).sum() < MUCH_EMPTY:
            yield marked(_bare(ours[0]), _bare(theirs[0]), one.similarity)
            return
        # An end of the other side that says nothing new is cut off, and yet the same end of the draft stands there.
        more = max(0, one.end - one.start - (one.found_end - one.found_start))
        low, high = found.joined.whole_words(one.found_start - more, one.found_end + more)
        theirs = list(found.joined.places(low, high))
        readings = [learnt(right.text, self.rarity) for right in theirs]
        nearest = Nearest(readings, self.rarity.weigh)
        for left in ours:
            reading = self._read(left)
            pieces = [
                (each, theirs[number])
                for number in nearest.to(reading, BESIDE)
                for each in align(reading, readings[number], self.rarity.weigh, self.settings, self.rarity.tell)
            ]
            # What stands on several pages of the other side is shown beside the one that has most of it.
            chosen = without_overlaps([each for each, _ in pieces])
            found_on = {id(each): right for each, right in pieces}
            shown = [
                marked(
                    _bare(_part(left, *self._telling(left, each.start, each.end))),
                    _bare(_part(found_on[id(each)], each.found_start, each.found_end)),
                    each.similarity,
                )
                for each in chosen
            ]
            beside = [] if shown else [_beside(left, found.joined, (low, high), one.similarity)]
            yield from shown or filter(_shares_words, beside)

    def _empty_of(self, place: Place) -> Mask:
        return self.empty[words_between(self.draft.reading, *self.draft.joined.span(place))]

    def _telling(self, place: Place, start: int, end: int) -> tuple[int, int]:
        """What is left of a stretch of a piece of the draft without ends that prove nothing."""
        begin = self.draft.joined.span(place)[0]
        inside = words_between(self.draft.reading, begin + start, begin + end)
        telling = np.flatnonzero(~self.empty[inside]) + inside.start
        if not len(telling):
            return start, end
        low, high = self.draft.reading.span(int(telling[0]), int(telling[-1]) + 1)
        # A sentence begins where it did, unless all before was left out.
        return max(start, low - begin), end if telling[-1] + 1 == inside.stop else min(end, high - begin)

    def _proves(self, place: Place) -> bool:
        """Whether a piece of a passage on one page is more than formulas."""
        inside = words_between(self.draft.reading, *self.draft.joined.span(place))
        return says_something(self.taken[inside], self.empty[inside])

    def _read(self, place: Place) -> Reading:
        """A piece of the draft, where much of it proves nothing without that."""
        reading, empty = learnt(place.text, self.rarity), self._empty_of(place)
        return (
            without(reading, empty, self.rarity)
            if empty.sum() >= MUCH_EMPTY and len(empty) == len(reading.words)
            else reading
        )


def says_something(taken: Weights, empty: Mask) -> bool:
    """Whether a passage is more than formulas and names of laws, or has enough taken over beside or between them."""
    if empty.sum() <= MOSTLY * len(empty) or taken[~empty].sum() >= OWN:
        return True
    telling = np.flatnonzero(~empty)
    inside = slice(int(telling[0]), int(telling[-1]) + 1) if len(telling) else slice(0)
    return bool(taken[~empty].sum() >= OWN_IN_A_ROW and empty[inside].sum() <= MOSTLY * len(empty[inside]))


def once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence without what lies mostly within a longer piece of it, in the same order."""
    kept: list[Place] = []
    for place in sorted((each.draft for each in evidence), key=lambda place: place.start - place.end):
        overlaps = (min(place.end, one.end) - max(place.start, one.start) for one in kept if one.page == place.page)
        if max(overlaps, default=0) < MOSTLY_INSIDE * (place.end - place.start):
            kept.append(place)
    return tuple(each for each in evidence if any(each.draft is one for one in kept))


def _beside(left: Place, found: Joined, passage: Span, similarity: float) -> Evidence:
    """A piece too short to be found by itself, such as a cover, beside what is most like it in or around a passage."""
    reach = AROUND * len(left.text)
    near = found.places(*found.whole_words(passage[0] - reach, passage[1] + reach))
    best = max((marked(left, right, similarity) for right in near), key=_dice)
    if not best.found_marks:
        return best
    return marked(left, _part(best.found, best.found_marks[0][0], best.found_marks[-1][1]), similarity)


def _shares_words(evidence: Evidence) -> bool:
    """Whether both sides say some words alike: a figure or a cell of a table is the same by chance."""
    shared = (evidence.draft.text[start:end] for start, end in evidence.draft_marks)
    stems = {token.stem for text in shared for token in tokenize(text)} - STOP_WORDS
    return sum(stem.isalpha() for stem in stems) >= WORDS_SHARED


def _dice(evidence: Evidence) -> float:
    """The shared words by all words of both sides."""
    shared = len(evidence.draft_marks) + len(evidence.found_marks)
    return shared / max(1, len(_not_framing(evidence.draft.text)) + len(_not_framing(evidence.found.text)))


def _bare(place: Place) -> Place:
    """A passage without lines at its ends that only frame a text; whole where there are no others."""
    start, end = 0, len(place.text)
    lines = list(frames(place.text))
    for low, high in lines:
        if not place.text[start:low].strip():
            start = high
    for low, high in reversed(lines):
        if not place.text[high:end].strip():
            end = low
    text = place.text[start:end]
    if not text.strip():
        return place
    return _part(place, start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))


def _part(place: Place, start: int, end: int) -> Place:
    return Place(place.page, place.start + start, place.start + end, place.text[start:end])


def marked(ours: Place, theirs: Place, similarity: float) -> Evidence:
    """Two passages with the words that stand in both, and the stop words between these that do, too."""
    tokens, others = _not_framing(ours.text), _not_framing(theirs.text)
    shared = ({token.stem for token in tokens} & {token.stem for token in others}) - STOP_WORDS
    links = {row for _, row in _between(tokens, shared)} & {row for _, row in _between(others, shared)}
    return Evidence(ours, theirs, similarity, _marks(tokens, shared, links), _marks(others, shared, links))


Row = tuple[str, ...]


def _marks(tokens: Sequence[Token], shared: Collection[str], links: Collection[Row]) -> tuple[Span, ...]:
    """Where the shared words stand, and what links them on both sides."""
    linking = {at for inside, row in _between(tokens, shared) if row in links for at in inside}
    return tuple((token.start, token.end) for at, token in enumerate(tokens) if token.stem in shared or at in linking)


def _between(tokens: Sequence[Token], shared: Collection[str]) -> Iterator[tuple[range, Row]]:
    """Stop words between two shared words: which tokens they are, and how the row reads from the one to the other."""
    last = None
    for at, token in enumerate(tokens):
        if token.stem in shared:
            if last is not None and at - last > 1:
                yield range(last + 1, at), tuple(each.exact for each in tokens[last : at + 1])
            last = at
        elif token.stem not in STOP_WORDS:
            last = None


@lru_cache(maxsize=64)
def _not_framing(text: str) -> Sequence[Token]:
    """The words of a text but those of lines that only frame it, if it has others.

    Kept for a while: a piece of the draft is laid beside several pages, and each of these beside several pieces.
    """
    tokens, lines = tokenize(text), list(frames(text))
    return tuple(token for token in tokens if not any(low <= token.start < high for low, high in lines)) or tokens


def paragraphs_of(evidence: Evidence) -> tuple[Evidence, ...]:
    """A passage as paragraphs side by side, in the order of the draft; the passage itself where it is short.

    A text without pages, or a whole page, may be one passage, and then nobody sees what stands where.
    """
    ours, theirs = evidence.draft, evidence.found
    pairs = pair_paragraphs(ours.text, theirs.text)
    return tuple(marked(_part(ours, *own), _part(theirs, *its), share) for own, its, share in pairs) or (evidence,)
