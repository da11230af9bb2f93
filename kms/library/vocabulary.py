"""What the index of a view knows about words: spellings, abbreviations, synonyms, completions, and editions.

All of it comes from the documents of that view alone, and from lists that ship with kms or stand in the workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from kms.engines.engine import Engine
from kms.errors import WorkspaceError
from kms.language import say
from kms.library.catalogue import Card, Catalogue
from kms.model import Summary
from kms.query.spelling import RARE, Lexicon, may_be_bettered, may_be_slip
from kms.query.thesaurus import Thesaurus, everyday, key_of, stems_of
from kms.query.tree import And, Phrase, Word, leaves, tokens_in
from kms.query.widening import Scope
from kms.text import Token, fold, tokenize
from kms.text.abbreviations import seeds
from kms.text.synonyms import related

SYNONYMS = "synonyms.tsv"
"""In the workspace: a line is a group of terms that mean the same, with tabs between."""

LONG_FORMS_AT_MOST = 3
"""Long forms of one abbreviation that are taken from the documents, those on most pages first."""

MANY = 10
"""A word stands on many pages when one in so many has it ..."""

MANY_AT_LEAST = 50
"""... and it is on at least so many."""

FEW = 3
"""A word on so many pages at most is widened by terms of its subject, too."""

KINDS = ("title", "program", "indicator")

CONSIDERED = 100
"""Words with a beginning, on most pages, of which those that go on from the word before are offered first."""

NEWS = 0.01
"""The share of pages that may have come in before the words of all pages are read anew."""


@dataclass(frozen=True)
class Completion:
    """What a person may be about to type: the whole text for the search box.

    ``kind`` tells what the last part is; ``pages`` on how many pages it stands, for a title how many it has.
    """

    text: str
    kind: Literal["word", "title", "program", "indicator"]
    pages: int


@dataclass(frozen=True)
class _Named:
    """Something with a name that can be completed. ``words`` are its folded words, a blank before each."""

    text: str
    kind: Literal["title", "program", "indicator"]
    pages: int
    words: str


@dataclass(frozen=True)
class _Spellings:
    """The words of all pages as they were when the index had ``cards`` and ``pages``."""

    lexicon: Lexicon
    cards: Mapping[str, Card]
    pages: int


class Words:
    """See above. Each part is made when it is first asked for, and stays true as long as the index stays the same.

    What the words of the index ``before`` had learnt is taken over where it still holds: beside a writer, learning all
    of it anew would cost more than the search. ``own`` must be the same.
    """

    def __init__(
        self, engine: Engine, catalogue: Catalogue, own: Sequence[Sequence[str]] = (), before: Words | None = None
    ) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._own = own
        self._pages: dict[Word | Phrase | And, int] = {}
        # Not ``before`` itself, which would keep all that were before it.
        self._spellings: _Spellings | None = before._spellings if before else None
        self._terms: tuple[list[tuple[str, str]], Thesaurus] | None = before._terms if before else None

    def pages(self, part: Word | Phrase | And) -> int:
        """On how many pages the word, in any inflection, or the phrase stands, or all words of an And."""
        known = self._pages.get(part)
        if known is None:
            tokens = [token for leaf in leaves(part) for token in tokens_in(leaf)]
            known = min(self._engine.frequencies([token.stem for token in tokens]))
            if known and len(tokens) > 1:
                known = self._engine.search(part, limit=0).total
            self._pages[part] = known
        return known

    @cached_property
    def scope(self) -> Scope:
        """How far queries are widened here."""
        own = {key_of(term) for group in self._own for term in group}

        def wide(tokens: Sequence[Token]) -> Sequence[str]:
            return () if stems_of(tokens) in own else [term for term in related(tokens) if key_of(term) not in own]

        return Scope(max(MANY_AT_LEAST, self._engine.count() // MANY), FEW, wide)

    def better(self, token: Token) -> str | None:
        """See `Lexicon.better`; the words of all pages are only read where it may know something."""
        if not may_be_bettered(token) or self._stands_on(token.exact):
            return None
        return self.lexicon.better(token, self.pages(Word(token)))

    def commoner(self, token: Token) -> str | None:
        """See `Lexicon.commoner`; the words of all pages are only read where it may know something."""
        if not may_be_slip(token.exact) or not 0 < self._stands_on(token.exact) <= RARE:
            return None
        return self.lexicon.commoner(token.exact)

    def _stands_on(self, word: str) -> int:
        """On how many pages a word stands just so."""
        found = next(iter(self._engine.vocabulary(word)), ("", 0))
        return found[1] if found[0] == word else 0

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of all pages, read when they are first needed: a tenth of a second for some 200,000.

        Those of a few new documents may be missing; whether a word exists is asked of the index itself.
        """
        if self._spellings is None or not self._serve(self._spellings):
            pages = self._engine.count()
            self._spellings = _Spellings(Lexicon(self._engine.vocabulary()), self._catalogue.cards, pages)
        return self._spellings.lexicon

    def _serve(self, spellings: _Spellings) -> bool:
        """Whether nothing that was read is gone, changed or hidden since, and little has come in."""
        if not 0 <= self._engine.count() - spellings.pages <= NEWS * spellings.pages:
            return False
        cards = self._catalogue.cards
        return all(name in cards and cards[name].digest == card.digest for name, card in spellings.cards.items())

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """Abbreviations learnt from the pages and known anyway, synonyms, and what the workspace says of them.

        A term that stands in the workspace's own list means what it says there and nothing else.
        """
        learnt = self._learnt()
        if self._terms and self._terms[0] == learnt:
            return self._terms[1]
        thesaurus = Thesaurus(_common_knowledge())
        for short, long in learnt:
            thesaurus.add((short.upper(), long))  # in capitals: an abbreviation has no inflections
        thesaurus.doubt(_ambiguous(learnt))
        thesaurus.forget(term for group in self._own for term in group)
        for group in self._own:
            thesaurus.add(group)
        self._terms = learnt, thesaurus
        return thesaurus

    @cached_property
    def editions(self) -> dict[str, int]:
        """For each document that newer ones of the same kind follow, how many do.

        Same kind: type, agency, and title but for years, numbers and "perubahan".
        """
        families: dict[tuple[str | None, str | None, frozenset[str]], list[tuple[int, bool, str]]] = {}
        for card in self._catalogue.cards.values():
            summary = card.summary
            if summary and summary.type and (summary.period or summary.year):
                stems = _stems_of(summary.title)
                key = summary.type, summary.agency, stems - {"ubah"}
                families.setdefault(key, []).append((_last_year(summary), "ubah" in stems, summary.id))
        older: dict[str, int] = {}
        for family in families.values():
            times = sorted({(year, changed) for year, changed, _ in family}, reverse=True)
            older.update((name, times.index((year, changed))) for year, changed, name in family)
        return {name: count for name, count in older.items() if count}

    def title_of(self, file: str) -> str | None:
        """The title of a document that came in as a file of this name; None where there is none."""
        summaries = (card.summary for card in self._catalogue.cards.values())
        return next((one.title for one in summaries if one and one.source.lower() == file.lower()), None)

    def complete(self, text: str, limit: int) -> tuple[Completion, ...]:
        """How ``text`` may go on: words for its last word, and titles, programs and indicators that have all of it.

        Words that stand after the word before in one of these names come first: "tindak la" is "tindak lanjut".
        """
        tokens = tokenize(text)
        if not tokens or limit < 1:
            return ()
        last = fold(text[tokens[-1].start : tokens[-1].end])
        found: list[Completion] = []
        if tokens[-1].end == len(text):
            head = text[: tokens[-1].start]
            before = tokens[-2].exact if len(tokens) > 1 else ""
            offered = self.lexicon.complete(last, CONSIDERED)
            offered.sort(key=lambda one: (before, one[0]) not in self._in_a_row)
            for word, pages in offered[:limit]:
                if word != last:
                    found.append(Completion(head + word, "word", pages))
        wanted = [f" {token.exact}" for token in tokens]
        named = [one for one in self._named if all(part in one.words for part in wanted)]
        named.sort(key=lambda one: (not one.words.startswith(wanted[0]), KINDS.index(one.kind), -one.pages, one.text))
        whole = [Completion(one.text, one.kind, one.pages) for one in named[:limit]]
        # Words and whole names share the room; what one side leaves, the other takes.
        words = found[: max(limit - len(whole), limit // 2)]
        return (*words, *whole[: limit - len(words)])

    @cached_property
    def _in_a_row(self) -> frozenset[tuple[str, str]]:
        """Words that stand side by side in a name."""
        return frozenset(pair for one in self._named for pair in pairwise(one.words.split()))

    @cached_property
    def _named(self) -> list[_Named]:
        found: dict[tuple[str, str], _Named] = {}
        for card in self._catalogue.cards.values():
            if card.summary:
                one = _named(card.summary.title, "title", card.summary.pages)
                found.setdefault((one.kind, one.words), one)
        for kind in ("program", "indicator"):
            for value, pages in self._engine.values(kind):
                one = _named(value, kind, pages)
                found.setdefault((one.kind, one.words), one)
        return list(found.values())

    def _learnt(self) -> list[tuple[str, str]]:
        counts: dict[str, int] = {}
        learnt = []
        for value, _ in self._engine.values("abbreviation"):
            short, _, long = value.partition("\t")
            counts[short] = counts.get(short, 0) + 1
            if counts[short] <= LONG_FORMS_AT_MOST:
                learnt.append((short, long))
        return learnt


def _ambiguous(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Abbreviations of long forms that have hardly a word in common; spellings and misreadings of one have most."""
    words: dict[str, frozenset[str]] = {}
    found = []
    for short, long in pairs:
        stems = _stems_of(long)
        known = words.setdefault(short, stems)
        if 2 * len(stems & known) < min(len(stems), len(known)):
            found.append(short)
    return found


@cache
def _common_knowledge() -> Thesaurus:
    """Abbreviations and everyday words that ship with kms."""
    thesaurus = Thesaurus()
    thesaurus.offer((*seeds(), *everyday()))
    return thesaurus


@lru_cache(maxsize=100_000)
def _stems_of(title: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokenize(title) if token.stem.isalpha())


def _named(text: str, kind: Literal["title", "program", "indicator"], pages: int) -> _Named:
    return _Named(text, kind, pages, "".join(f" {token.exact}" for token in tokenize(text)))


def _last_year(summary: Summary) -> int:
    return summary.period[1] if summary.period else summary.year or 0


def load_synonyms(workspace: Path) -> tuple[tuple[str, ...], ...]:
    """The groups of the workspace's own ``synonyms.tsv``; none where there is no such file.

    Raises:
        WorkspaceError: it cannot be read as text.
    """
    path = workspace / SYNONYMS
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            say("{path} cannot be understood: {error}.", path=path, error=error), say("Correct it or remove it.")
        ) from error
    groups = (re.split(r"\s*\t\s*", line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    return tuple(tuple(term for term in group if term) for group in groups)
