"""Passages of a draft that come back in an earlier document, with the pages and the shared words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import numpy as np

from kms.duplicates.alignment import Alignment, AlignmentSettings, align, without_overlaps
from kms.duplicates.boilerplate import Mask
from kms.duplicates.matter import beside_the_matter
from kms.duplicates.nearest import Nearest
from kms.duplicates.paragraphs import pair_paragraphs
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Codes, Reading, Weights, code, distinct, read
from kms.duplicates.weights import factor, method_words
from kms.library.checked import Evidence, Place
from kms.library.joined import Joined, join
from kms.model import Page
from kms.text import STOP_WORDS, Token, tokenize
from kms.text.frames import frames

Span = tuple[int, int]
_BEGINS = re.compile(r"[.:;!?|\n\t•*-]")
MOSTLY = 0.6
"""Share of boilerplate from which a passage is no evidence unless it takes over `OWN` words beside it."""
OWN = 30
OWN_IN_A_ROW = 15
"""The same where no boilerplate parts them: a sentence or two under a letterhead, over a signature."""
MOSTLY_ONE = 0.7
"""Share of both texts from which one is mostly the other."""
MUCH = 0.25
"""Share of words of methods, by weight, from which a passage may be about these alone."""
MUCH_EMPTY = 20
"""Words of boilerplate in a passage from which it is shown without them."""
MOSTLY_INSIDE = 0.8
"""Share of a passage that stands in another from which it is not shown beside that."""
NOTHING = "yang"
BLANK = code(NOTHING)
"""What stands for a word of boilerplate: a stop word."""
BESIDE = 5
"""Pages of the other side on which a page of the draft is looked for, those first that share most with it."""
AROUND = 3
"""Lengths of a short piece before and after a passage in which its counterpart is looked for."""
OF_PASSAGE = 0.5
"""How much of a passage's likeness a sentence of it must have to count as taken over."""
USUAL = 0.25
"""Share of a sentence's words that stands in a passage of any text of the same field."""
LITERAL = 0.6
"""Share from which all of a sentence counts as taken over; from `USUAL` on it counts ever more."""


@dataclass(frozen=True)
class Prepared:
    """A text ready to be compared: its pages joined, its reading, and words that are ``common``, in ascending order.

    Two texts of one subject have its words in common anyway, and two studies those of their methods, so that they say
    nothing of where a sentence comes from. ``office``: of a study, whose it is and where; None for what is none.
    """

    joined: Joined
    reading: Reading
    common: Codes = field(default_factory=lambda: np.zeros(0, np.uint32))
    office: str | None = None

    def telling(self, words: Codes, weights: Weights) -> Weights:
        """The ``weights`` of words of the text, without those that are common."""
        return np.where(np.isin(words, self.common), 0.0, weights)


@dataclass(frozen=True, eq=False)
class Reuse:
    """What two texts share: passages, and how far each word of the draft, and of the found text, is taken over.

    A word counts (0 to 1) as its sentence does. A passage may hold sentences that were put in between; they are shown
    with it and do not count. A reworded one, which shares some words with the other side, counts in part.
    """

    evidence: tuple[Evidence, ...]
    taken: Weights
    found_taken: Weights


def prepare(pages: Iterable[Page], rarity: Rarity, subject: str = "", office: str | None = None) -> Prepared:
    """Pages read for comparison; ``subject`` is what they are about, such as their title.

    ``office``: see `Prepared`.
    """
    joined = join(pages)
    reading = read(joined.text)
    rarity.learn(reading.stems)
    common = {*read(subject).words.tolist(), *_methods().tolist()}
    return Prepared(joined, reading, np.array(sorted(common), np.uint32), office)


def compare_texts(
    draft: Prepared,
    found: Prepared,
    rarity: Rarity,
    empty: Mask | None = None,
    settings: AlignmentSettings | None = None,
) -> Reuse:
    """The passages that two texts share, in the order of the draft, but those that are ``empty``.

    What any study could have said is a part of it only where one text is mostly the other.
    """
    passages: list[tuple[Alignment, slice]] = []
    taken, found_taken = np.zeros(len(draft.reading.words)), np.zeros(len(found.reading.words))
    told = np.zeros(len(taken))
    own = draft.reading if empty is None else _without(draft.reading, empty, rarity)
    settings = settings or AlignmentSettings()
    alignments = align(own, found.reading, rarity.weigh, settings, rarity.tell)
    matter = _matter(found, rarity) if alignments else found.reading
    for one in alignments:
        ours = _words(draft.reading, one.start, one.end)
        theirs = _words(found.reading, one.found_start, one.found_end)
        shared = np.intersect1d(own.words[ours], found.reading.words[theirs])
        if _is_on_methods(draft, shared, rarity, settings.mass):
            continue
        by_it = np.zeros(len(taken))
        _take(by_it, draft, ours, found.reading, theirs, one.similarity, rarity, empty)
        if empty is None or _says_something(by_it[ours], empty[ours]):
            passages.append((one, ours))
            np.maximum(taken, by_it, out=taken)
            _take(found_taken, found, theirs, draft.reading, ours, one.similarity, rarity)
            _take(told, draft, ours, matter, theirs, one.similarity, rarity, empty)
    if matter is not found.reading and min(share(taken, empty), share(found_taken)) < MOSTLY_ONE:
        taken = told
        passages = [(one, ours) for one, ours in passages if told[ours].any()]
    said = np.zeros(len(taken), bool) if empty is None else empty
    shown = _Shown(draft, found, taken, said, rarity, settings)
    return Reuse(_once([each for one, _ in passages for each in shown.of(one)]), taken, found_taken)


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence without what lies mostly within a longer piece of it, in the same order."""
    kept: list[Place] = []
    for place in sorted((each.draft for each in evidence), key=lambda place: place.start - place.end):
        overlaps = (min(place.end, one.end) - max(place.start, one.start) for one in kept if one.page == place.page)
        if max(overlaps, default=0) < MOSTLY_INSIDE * (place.end - place.start):
            kept.append(place)
    return tuple(each for each in evidence if any(each.draft is one for one in kept))


def _without(reading: Reading, empty: Mask, rarity: Rarity) -> Reading:
    """A text whose ``empty`` words weigh nothing: boilerplate neither begins a passage nor carries it further."""
    rarity.learn({BLANK: NOTHING})
    return replace(reading, words=np.where(empty, np.uint32(BLANK), reading.words))


def _matter(text: Prepared, rarity: Rarity) -> Reading:
    """A study whose words weigh nothing in stretches that any other could have (see `beside_the_matter`)."""
    if text.office is None:
        return text.reading
    aside = beside_the_matter(text.reading, rarity.tell, _usual(text.reading, text.office))
    return _without(text.reading, aside, rarity)


def _take(
    taken: Weights,
    own: Prepared,
    inside: slice,
    other: Reading,
    there: slice,
    similarity: float,
    rarity: Rarity,
    empty: Mask | None = None,
) -> None:
    """Note for each word ``inside`` a passage how far its sentence stands in the passage ``there``.

    Of one that comes back in other words only, it is two neighbouring sentences there: the words of a subject are
    scattered over any text on it. ``similarity`` of the passage counts for sentences of which no word tells anything.
    Words that are ``empty`` are no part of their sentence, such as a letterhead before the first.
    """
    words = own.reading.words[inside]
    counts = np.ones(len(words)) if empty is None else (~empty[inside]).astype(float)
    weights = own.telling(words, rarity.weigh(words)) * counts
    neighbours = _Neighbours(other, [there.start, there.stop] if similarity >= LITERAL else _edges(other, there))
    for low, high in pairwise(_edges(own.reading, inside)):
        part = slice(low - inside.start, high - inside.start)
        whole = float(weights[part].sum())
        share = neighbours.most_of(words[part], weights[part]) / whole if whole else similarity
        if share >= OF_PASSAGE * similarity:
            how_far = np.clip((share - USUAL) / (LITERAL - USUAL), 0.0, 1.0)
            taken[low:high] = np.maximum(taken[low:high], how_far * counts[part])


class _Neighbours:
    """Which words stand in each sentence of a text or in the one after it; sentences go from edge to edge."""

    def __init__(self, reading: Reading, edges: Sequence[int]) -> None:
        sizes = np.diff(edges)
        sentence = np.repeat(np.arange(len(sizes)), sizes)
        self._count = max(1, len(sizes))
        self._words, which = np.unique(reading.words[edges[0] : edges[-1]], return_inverse=True)
        pairs = np.concatenate([which * self._count + sentence, which * self._count + np.maximum(sentence - 1, 0)])
        pairs = distinct(pairs)
        self._sentences = pairs % self._count
        self._bounds = np.searchsorted(pairs // self._count, np.arange(len(self._words) + 1))

    def most_of(self, words: Codes, weights: Weights) -> float:
        """The weight of those of ``words`` that the two sentences hold that hold most of it."""
        totals = np.zeros(self._count)
        places = np.searchsorted(self._words, words)
        for word, place, weight in zip(words, places, weights, strict=True):
            if weight and place < len(self._words) and self._words[place] == word:
                totals[self._sentences[self._bounds[place] : self._bounds[place + 1]]] += weight
        return float(totals.max())


def _edges(reading: Reading, inside: slice) -> list[int]:
    """Where the sentences of a stretch of words begin, and its end."""
    return [inside.start, *(int(edge) for edge in reading.bounds if inside.start < edge < inside.stop), inside.stop]


def mass_of(own: Prepared, found: Prepared, taken: Weights, rarity: Rarity, empty: Mask | None = None) -> float:
    """How much is taken over, as the weight of its telling words: a rare one counts 1, one of any subject little.

    Only words that the found text has, too, and no names: these say where it was and who was asked.
    """
    counted = np.flatnonzero(taken if empty is None else taken * ~empty)
    counted = counted[np.isin(own.reading.words[counted], found.reading.words)]
    words = own.reading.words[counted]
    weights = own.telling(words, rarity.tell(words)) * taken[counted]
    return float(sum(weight for at, weight in zip(counted, weights) if weight and not _is_name(own.reading, int(at))))


def _is_name(reading: Reading, number: int) -> bool:
    """Whether a word is written as a name: with a capital, and inside a sentence."""
    text, start, end = reading.text, int(reading.starts[number]), int(reading.ends[number])
    before = text[int(reading.ends[number - 1]) : start] if number else "."
    return text[start].isupper() and text[start + 1 : end].islower() and not _BEGINS.search(before)


def share(taken: Weights, empty: Mask | None = None) -> float:
    """How much of a text is taken over, from 0 to 1; words that are ``empty`` do not count."""
    counted = taken if empty is None else taken[~empty]
    return float(counted.mean()) if len(counted) else 0.0


def spans_of(taken: Weights, reading: Reading) -> list[Span]:
    """Where a text holds what was taken over: code points, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], taken > 0, [False]]).astype(np.int8)))
    return [reading.span(int(low), int(high)) for low, high in edges.reshape(-1, 2)]


def _words(reading: Reading, start: int, end: int) -> slice:
    low, high = np.searchsorted(reading.starts, (start, end)).tolist()
    return slice(low, high)


def _says_something(taken: Weights, empty: Mask) -> bool:
    """Whether a passage is more than formulas and names of laws, or has enough taken over beside or between them."""
    if empty.sum() <= MOSTLY * len(empty) or taken[~empty].sum() >= OWN:
        return True
    telling = np.flatnonzero(~empty)
    inside = slice(int(telling[0]), int(telling[-1]) + 1) if len(telling) else slice(0)
    return bool(taken[~empty].sum() >= OWN_IN_A_ROW and empty[inside].sum() <= MOSTLY * len(empty[inside]))


def _is_on_methods(draft: Prepared, shared: Codes, rarity: Rarity, least: float) -> bool:
    """Whether what a passage shares says how any study works: little else, less than ``least``, beside the subject."""
    told = rarity.tell(shared)
    at_all, by_itself = float(told.sum()), float(draft.telling(shared, told).sum())
    return float(told[np.isin(shared, _methods())].sum()) >= MUCH * at_all and by_itself < min(least, at_all / 2)


@cache
def _methods() -> Codes:
    return np.array([code(stem) for stem in method_words()], np.uint32)


def _usual(reading: Reading, office: str) -> Codes:
    """The words of a study that any other of its office has: of its methods, its kind, its parts, and its place."""
    kinds = [number for number, stem in reading.stems.items() if factor(stem) < 0.3 or re.fullmatch("[ivx]+", stem)]
    return np.union1d(_methods(), np.array([*kinds, *read(office).words.tolist()], np.uint32))


@dataclass(frozen=True, eq=False)
class _Shown:
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
        readings = [_learnt(right.text, self.rarity) for right in theirs]
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
            yield from shown or [_beside(left, found.joined, (low, high), one.similarity)]

    def _empty_of(self, place: Place) -> Mask:
        return self.empty[_words(self.draft.reading, *self.draft.joined.span(place))]

    def _telling(self, place: Place, start: int, end: int) -> tuple[int, int]:
        """What is left of a stretch of a piece of the draft without ends that prove nothing."""
        begin = self.draft.joined.span(place)[0]
        inside = _words(self.draft.reading, begin + start, begin + end)
        telling = np.flatnonzero(~self.empty[inside]) + inside.start
        if not len(telling):
            return start, end
        low, high = self.draft.reading.span(int(telling[0]), int(telling[-1]) + 1)
        # A sentence begins where it did, unless all before was left out.
        return max(start, low - begin), end if telling[-1] + 1 == inside.stop else min(end, high - begin)

    def _proves(self, place: Place) -> bool:
        """Whether a piece of a passage on one page is more than formulas."""
        inside = _words(self.draft.reading, *self.draft.joined.span(place))
        return _says_something(self.taken[inside], self.empty[inside])

    def _read(self, place: Place) -> Reading:
        """A piece of the draft, where much of it proves nothing without that."""
        reading, empty = _learnt(place.text, self.rarity), self._empty_of(place)
        return (
            _without(reading, empty, self.rarity)
            if empty.sum() >= MUCH_EMPTY and len(empty) == len(reading.words)
            else reading
        )


def _beside(left: Place, found: Joined, passage: Span, similarity: float) -> Evidence:
    """A piece too short to be found by itself, such as a cover, beside what is most like it in or around a passage."""
    reach = AROUND * len(left.text)
    near = found.places(*found.whole_words(passage[0] - reach, passage[1] + reach))
    best = max((marked(left, right, similarity) for right in near), key=_dice)
    if not best.found_marks:
        return best
    return marked(left, _part(best.found, best.found_marks[0][0], best.found_marks[-1][1]), similarity)


def _dice(evidence: Evidence) -> float:
    """The shared words by all words of both sides."""
    shared = len(evidence.draft_marks) + len(evidence.found_marks)
    return shared / max(1, len(tokenize(evidence.draft.text)) + len(tokenize(evidence.found.text)))


def _learnt(text: str, rarity: Rarity) -> Reading:
    reading = read(text)
    rarity.learn(reading.stems)
    return reading


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
    """Two passages with the words that stand in both."""
    tokens, others = _not_framing(ours.text), _not_framing(theirs.text)
    shared = ({token.stem for token in tokens} & {token.stem for token in others}) - STOP_WORDS
    return Evidence(
        ours,
        theirs,
        similarity,
        tuple((token.start, token.end) for token in tokens if token.stem in shared),
        tuple((token.start, token.end) for token in others if token.stem in shared),
    )


def _not_framing(text: str) -> list[Token]:
    """The words of a text but those of lines that only frame it, if it has others."""
    tokens, lines = tokenize(text), list(frames(text))
    return [token for token in tokens if not any(low <= token.start < high for low, high in lines)] or tokens


def paragraphs_of(evidence: Evidence) -> tuple[Evidence, ...]:
    """A passage as paragraphs side by side, in the order of the draft; the passage itself where it is short.

    A text without pages, or a whole page, may be one passage, and then nobody sees what stands where.
    """
    ours, theirs = evidence.draft, evidence.found
    pairs = pair_paragraphs(ours.text, theirs.text)
    return tuple(marked(_part(ours, *own), _part(theirs, *its), share) for own, its, share in pairs) or (evidence,)
