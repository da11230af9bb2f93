"""Words that mean the same: queries widened by them, each counting less than the word that was typed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from threading import Lock

from kms.language import Message, say
from kms.query.language import YEARS, Parsed
from kms.query.tree import Alike, And, Node, OneOf, Or, Phrase, Word, leaves, tokens_in
from kms.text import STOP_WORDS, Token, tokenize
from kms.text.derivations import may_mean

Key = tuple[str, ...]

WEIGHT = 0.5
"""What an occurrence of another word counts beside one of the word typed.

Where several words were typed that make up a term, or no page has the word typed, what else this is called is as sure
and counts as much.
"""

LONGEST = 8
"""Words of the longest phrase that is looked for."""

SAID_OTHERWISE = 3
"""Words at most of a term in which one may be said otherwise: "karyawan kontrak" where a list has "pegawai kontrak"."""

ADVERBS = frozenset((
    "agak", "akan", "amat", "belum", "bisa", "dapat", "juga", "lebih", "makin", "masih", "paling", "sangat",
    "sedang", "selalu", "semakin", "sering", "sudah", "telah", "terlalu",
))  # fmt: skip
"""Words that may stand inside a term of two: "keluarga paling melarat". Not "tidak", which makes it another."""

OTHERS_AT_MOST = 3

IN_ALL_AT_MOST = 8
"""Other words that are looked for with one query, those of its rarest words first: a whole sentence says enough."""

APART_AT_MOST = 9
"""Pages on which the words of an answer may stand apart where neither the words typed nor any answer stand anywhere."""

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


@dataclass(frozen=True)
class Scope:
    """How far to widen: not at all what stands on more than ``many`` pages, it needs no help to be found; by the terms
    of the same subject, which ``wide`` tells, what stands on ``few`` at most. ``meant`` tells the word that a misspelt
    one of the documents themselves was meant to be, or None."""

    many: int
    few: int = 0
    wide: Callable[[Sequence[Token]], Sequence[str]] = lambda tokens: ()
    meant: Callable[[Token], str | None] = lambda token: None
    each: bool = False


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
        """Never look for ``terms`` in the place of others: each of them means several things."""
        self._doubtful.update(map(key_of, terms))

    def others(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """What else the words mean, what was added here before what is in the base; () where nothing is known."""
        key = stems_of(tokens)
        found: dict[Key, str] = {}
        for other in self._known(key, single(tokens)):
            found.setdefault(key_of(other), other)
        found.pop(key, None)
        return tuple(found.values())

    def _term(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """As `others`, for words that may be a term with one of them said otherwise."""
        found = self.others(tokens)
        if found or not 1 < len(tokens) <= SAID_OTHERWISE:
            return found
        for at, token in enumerate(tokens):
            for name in map(tokenize, self._names_of([token])):
                if len(name) == 1 and (found := self.others((*tokens[:at], *name, *tokens[at + 1 :]))):
                    return found
        return ()

    def _names_of(self, tokens: Sequence[Token]) -> Sequence[str]:
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

    def widen(self, node: Node, pages: Callable[[Word | Phrase | And], int], scope: Scope) -> Parsed:
        """``node`` with its words and phrases widened by what else they mean, and a note that says by what.

        ``pages`` tells on how many pages a word or phrase stands; nothing is added that stands nowhere. Excluded words
        and filters stay.
        """
        found_for: dict[Key, tuple[int, dict[Key, str]]] = {}
        permitted: Mapping[Key, Mapping[Key, str]] | None = None
        asked = frozenset(token.stem for leaf in leaves(node) for token in tokens_in(leaf))

        def alike(part: Node, tokens: Sequence[Token]) -> Node:
            number = typed = pages(_node(tokens))
            own = stems_of(tokens)
            if number > scope.many or (permitted is not None and own not in permitted):
                return part
            others: dict[Key, tuple[str, Node]] = {}

            def take(terms: Iterable[str], wider: bool = False) -> None:
                nonlocal number
                for term in terms:
                    key = key_of(term)
                    # What the query says anyway, or what a shorter term finds anyway, adds nothing but its pages.
                    if asked.issuperset(key):
                        number += 0 if key == own else pages(_node(tokenize(term)))
                        continue
                    if key in self._doubtful or any(set(key).issuperset(other) for other in (own, *others)):
                        continue
                    longer = [other for other in others if set(other).issuperset(key)]
                    if longer and wider:
                        continue
                    if len(others) - len(longer) < OTHERS_AT_MOST and (found := pages(_node(tokenize(term)))):
                        for other in longer:
                            del others[other]
                        number += found
                        others[key] = term, _node(tokenize(term))

            def apart(terms: Iterable[str]) -> Iterator[tuple[Key, tuple[str, Node]]]:
                for term in terms:
                    words = [token for token in tokenize(term) if token.exact not in STOP_WORDS]
                    node = And(tuple(map(Word, words)))
                    if len(words) > 1 and not asked.issuperset(key_of(term)) and 0 < pages(node) <= APART_AT_MOST:
                        yield key_of(term), (term, node)

            meant = scope.meant(tokens[0]) if len(tokens) == 1 else None
            take(self._term(tokens) if meant is None else (meant,))
            if meant is None:
                for term, _ in tuple(others.values()):
                    take(self._names_of(tokenize(term)))
            if scope.each and meant is None and not typed and not others:
                others.update(itertools.islice(apart(self._term(tokens)), 2))
            sure = bool(others) and (len(tokens) > 1 or not typed)
            if number <= scope.few and meant is None:
                take(scope.wide(tokens), wider=True)
            if not others:
                return part
            found_for[own] = typed, {key: term for key, (term, _) in others.items()}
            weight = WEIGHT if meant is None and not sure else 1.0
            return Alike(part, tuple(other for _, other in others.values()), weight)

        def walk(part: Node) -> Node:
            match part:
                case Word(token):
                    return alike(part, [token])
                case Phrase(tokens):
                    return alike(part, tokens)
                case And(parts):
                    return And(tuple(self._grouped(parts, scope, pages, alike, walk)))
                case Or(parts, ordered):
                    return Or(tuple(walk(inner) for inner in parts), ordered)
            return part

        widened = walk(node)
        permitted = _rarest(found_for)
        if len(permitted) < len(found_for):
            widened = walk(node)
        added = {key: term for others in permitted.values() for key, term in others.items()}
        if not added:
            return Parsed(node)
        return Parsed(widened, (_note(tuple(added.values())),))

    def _grouped(
        self,
        parts: Sequence[Node],
        scope: Scope,
        pages: Callable[[Word | Phrase | And], int],
        alike: Callable[[Node, Sequence[Token]], Node],
        walk: Callable[[Node], Node],
    ) -> Iterable[Node]:
        """The parts of an And; words that make up a term together, longest first, are one part.

        Of two terms that share a word the rarer one is taken: "jumlah orang miskin" asks for the poor, not for heads.
        """
        words = [part.token if isinstance(part, Word) else None for part in parts]

        def term(at: int, size: int) -> Sequence[Token]:
            tokens = [token for token in words[at : at + size] if token]
            return tokens if len(tokens) == size and self._term(tokens) else ()

        def gives_way(at: int, size: int) -> bool:
            tokens = [token for token in words[at : at + size] if token]
            later = [found for start in range(at + 1, at + size) if (found := term(start, size))]
            own = pages(_node(tokens))
            if any(pages(_node(found)) < own for found in later):
                return True
            # Where no page has it so, by how many have what else it means.
            return not own and any(0 < self._reach(found, pages) < self._reach(tokens, pages) for found in later)

        def together(some: Sequence[Node], tokens: Sequence[Token]) -> Node | None:
            whole = alike(And(tuple(map(walk, some) if scope.each else some)), tokens)
            return whole if isinstance(whole, Alike) else None

        at = 0
        while at < len(parts):
            for size in range(min(LONGEST, len(parts) - at), 1, -1):
                tokens = [token for token in words[at : at + size] if token]
                if len(tokens) == size and (self._term(tokens) or self._only_wider(tokens, scope)):
                    if gives_way(at, size):
                        continue
                    if whole := together(parts[at : at + size], tokens):
                        yield whole
                        at += size
                        break
            else:
                between = words[at + 1] if at + 2 < len(parts) else None
                ends = [token for token in words[at : at + 3 : 2] if token]
                apart = between and between.exact in ADVERBS and len(ends) == 2 and self._term(ends)
                if apart and (whole := together(parts[at : at + 3 : 2], ends)):
                    yield whole
                    yield walk(parts[at + 1])
                    at += 3
                else:
                    yield walk(parts[at])
                    at += 1

    def _reach(self, tokens: Sequence[Token], pages: Callable[[Word | Phrase | And], int]) -> int:
        """On how many pages the words or what else they mean stand, those with several of these counted for each."""
        return sum(pages(_node(term)) for term in (tokens, *map(tokenize, self._term(tokens)[:OTHERS_AT_MOST])))

    def _only_wider(self, tokens: Sequence[Token], scope: Scope) -> bool:
        """Whether the words are only known to be of a subject, as a whole: what their parts mean to everybody comes
        before that."""
        if not scope.wide(tokens):
            return False
        pieces = ((at, end) for at in range(len(tokens)) for end in range(at + 1, len(tokens) + 1))
        return not any(self.others(tokens[at:end]) for at, end in pieces)


def soften_years(node: Node) -> tuple[Node, tuple[str, ...]]:
    """``node`` with each year among its words also answered by documents of that year, and these years."""
    years: dict[str, None] = {}

    def walk(part: Node) -> Node:
        match part:
            case Word(token) if token.exact.isdecimal() and len(token.exact) == 4 and int(token.exact) in YEARS:
                years[token.exact] = None
                return Alike(part, (OneOf("year", (token.exact,)),), WEIGHT)
            case Alike(_, (OneOf("year", several),)):
                years.update(dict.fromkeys(several))
            case And(parts):
                return And(tuple(walk(inner) for inner in parts))
        return part

    softened = walk(node)
    return softened, tuple(years)


def _rarest(found_for: Mapping[Key, tuple[int, Mapping[Key, str]]]) -> Mapping[Key, Mapping[Key, str]]:
    """Of words with the number of their pages and what else to look for, those to widen, and by what."""
    chosen: set[Key] = set()
    others: set[Key] = set()
    for own, (_, more) in sorted(found_for.items(), key=lambda each: each[1][0]):
        if len(others.union(more)) <= IN_ALL_AT_MOST:
            chosen.add(own)
            others.update(more)
    return {own: more for own, (_, more) in found_for.items() if own in chosen}


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


def _note(words: Sequence[str]) -> Message:
    return say("Also looking for: {words}.", words=", ".join(words))


def _node(tokens: Sequence[Token]) -> Word | Phrase:
    return Word(tokens[0]) if len(tokens) == 1 else Phrase(tuple(tokens))


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
