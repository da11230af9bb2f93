"""Words that mean the same, and how they are known in any inflection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from threading import Lock

from kms.text import STOP_WORDS, Token, tokenize
from kms.text.derivations import may_mean

Key = tuple[str, ...]

SAID_OTHERWISE = 3
"""Words at most of a term in which one may be said otherwise: "karyawan kontrak" where a list has "pegawai kontrak"."""

WORDS_MET = 10_000
"""Words that are remembered to be taken in."""

TWICE = re.compile(r"(\w+)-\1")
"""What a word said twice begins with: "oleh-oleh", "kos-kosan"."""

DONE_TO = re.compile(r"(?:me|di)\w+(?:kan|i)$")
"""A verb that does something to what its stem names: "melahirkan"."""

ONE_WAY = ">"
"""Between the terms of a group: "duit > anggaran" finds budgets for cash; who asks for a budget has the right word."""


@cache
def everyday() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same to whoever searches: ``synonyms.tsv`` beside this file."""
    lines = resources.files("kms.query").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


class Thesaurus:
    """Terms and what else to look for, beside what ``base`` knows. A term is known by the stems of its words; a single
    word not by those of its forms that are said of another thing (`kms.text.derivations`), an abbreviation by none."""

    def __init__(self, base: Thesaurus | None = None) -> None:
        self._base = base
        self._others: dict[Key, dict[tuple[str, str], int]] = {}  # by (the single word asked, or "", and the other)
        self._forgotten: set[Key] = set()
        self._doubtful: set[Key] = set()
        self._offered: list[tuple[int, str, Sequence[str]]] = []
        self._met: set[str] = set()
        self._count = 0
        self._taking_in = Lock()

    def add(self, terms: Sequence[str]) -> None:
        """Let all of ``terms`` mean the same; each is found by every inflection of it that may mean it.

        After `ONE_WAY` come terms that answer those before it, but do not ask for them.
        """
        self._count += 1
        self._take_in(self._count, terms)

    def offer(self, groups: Iterable[Sequence[str]]) -> None:
        """Groups to `add` when a query comes near them: the stems of long lists would take a third of a second."""
        self._met.clear()
        for terms in groups:
            self._count += 1
            self._offered.append((self._count, "\t".join(terms).lower(), terms))

    def _take_in(self, number: int, terms: Sequence[str]) -> None:
        terms = list(terms)
        at = terms.index(ONE_WAY) if ONE_WAY in terms else len(terms)
        asked, answers = terms[:at], terms[at + 1 :]
        for term in asked:
            others = self._others.setdefault(key_of(term), {})
            form = single(tokenize(term))
            form = form.upper() if term.isupper() else form
            for other in (*asked, *answers):
                if other != term:
                    others.setdefault((form, other), number)

    def forget(self, terms: Iterable[str]) -> None:
        """Take out what is known of ``terms`` so far, also where they stand for others."""
        self._forgotten.update(map(key_of, terms))
        self._others = {
            key: {each: number for each, number in others.items() if key_of(each[1]) not in self._forgotten}
            for key, others in self._others.items()
            if key not in self._forgotten
        }

    def doubt(self, terms: Iterable[str]) -> None:
        """Let ``terms`` never stand in the place of others: each of them means several things."""
        self._doubtful.update(map(key_of, terms))

    def is_doubtful(self, key: Key) -> bool:
        """Whether a term known by ``key`` means several things here."""
        return key in self._doubtful

    def others(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """What else the words mean, what was added here before what is in the base; () where nothing is known."""
        key = stems_of(tokens)
        found: dict[Key, str] = {}
        for other in self._known(key, single(tokens)):
            found.setdefault(key_of(other), other)
        found.pop(key, None)
        return tuple(found.values())

    def term(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """As `others`, for words that may be a term with one of them said otherwise."""
        found = self.others(tokens)
        if found or not 1 < len(tokens) <= SAID_OTHERWISE:
            return found
        for at, token in enumerate(tokens):
            for name in map(tokenize, self.names_of([token])):
                if len(name) == 1 and (found := self.others((*tokens[:at], *name, *tokens[at + 1 :]))):
                    return found
        return ()

    def names_of(self, tokens: Sequence[Token]) -> Sequence[str]:
        """What the words are also called, and what so called is also called so: "ambulan" for "ambulans"."""
        key = stems_of(tokens)
        return [other for other in self.others(tokens) if key in map(key_of, self.others(tokenize(other)))]

    def _known(self, key: Key, word: str) -> Iterable[str]:
        # A prefix may have swallowed the first letter of the stem, never the others: menulis, tulis.
        part = key[0][1:] if key else ""
        if self._offered and key and part not in self._met:
            near = [group for group in self._offered if part in group[1]]
            if near:
                with self._taking_in:
                    for number, _, terms in near:
                        self._take_in(number, terms)
                    self._offered = [group for group in self._offered if part not in group[1]]
            if len(self._met) >= WORDS_MET:
                self._met.clear()
            self._met.add(part)
        others = self._others.get(key, {})
        for form, other in sorted(others, key=others.__getitem__):
            if not form or not word or _is_form_of(word, form, key[0]):
                yield other
        if self._base is not None and key not in self._forgotten:
            yield from (other for other in self._base._known(key, word) if key_of(other) not in self._forgotten)


def _is_form_of(word: str, form: str, stem: str) -> bool:
    """Whether ``word`` may be said for ``form``.

    What is in capitals has no inflections: "berrati" is no RAT. Nor is a word said for what is said with it twice, or
    done to it: "jalan" is no "jalan-jalan", "susu" no "menyusui".
    """
    if form.isupper():
        return word == form.lower()
    if word == form:
        return True
    if "-" in form and TWICE.match(form) and not TWICE.match(word):
        return False
    return not (word == stem and DONE_TO.match(form)) and may_mean(word, form, stem)


@lru_cache(maxsize=50_000)
def key_of(term: str) -> Key:
    """What a term is known by."""
    return stems_of(tokenize(term))


def single(tokens: Sequence[Token]) -> str:
    """The exact form where there is one word but for stop words; else ""."""
    words = [token.exact for token in tokens if token.exact not in STOP_WORDS]
    return words[0] if len(words) == 1 else ""


def stems_of(tokens: Sequence[Token]) -> Key:
    """What words are known by, in any inflection."""
    return tuple(token.stem for token in tokens if token.exact not in STOP_WORDS)
