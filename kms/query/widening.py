"""Queries widened by what else their words mean, each counting less than the word that was typed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kms.language import Message, say
from kms.query.language import YEARS, Parsed
from kms.query.thesaurus import Key, Thesaurus, key_of, stems_of
from kms.query.tree import Alike, And, Node, OneOf, Or, Phrase, Word, leaves, tokens_in
from kms.text import STOP_WORDS, Token, abbreviates, tokenize

WEIGHT = 0.5
"""What an occurrence of another word counts beside one of the word typed.

Where several words were typed that make up a term, or no page has the word typed, what else this is called is as sure
and counts as much.
"""

LONGEST = 8
"""Words of the longest phrase that is looked for."""

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

TERMS_APART = 2
"""Such answers of one term."""

Pages = Callable[[Word | Phrase | And], int]
"""On how many pages a word or phrase stands, or all words of an And."""


@dataclass(frozen=True)
class Scope:
    """How far to widen: not at all what stands on more than ``many`` pages, it needs no help to be found; by the terms
    of the same subject, which ``wide`` tells, what stands on ``few`` at most; each word of a term, too, where ``each``.
    ``meant`` tells the word that a misspelt one of the documents themselves was meant to be, or None."""

    many: int
    few: int = 0
    wide: Callable[[Sequence[Token]], Sequence[str]] = lambda tokens: ()
    meant: Callable[[Token], str | None] = lambda token: None
    each: bool = False


def widen(node: Node, thesaurus: Thesaurus, pages: Pages, scope: Scope) -> Parsed:
    """``node`` with its words and phrases widened by what else they mean, and a note that says by what.

    Nothing is added that stands on no page. Excluded words and filters stay.
    """
    widening = _Widening(node, thesaurus, pages, scope)
    widened = widening.walk(node)
    permitted = _rarest(widening.found)
    if len(permitted) < len(widening.found):
        widening.permitted = permitted
        widened = widening.walk(node)
    added = {key: term for others in permitted.values() for key, term in others.items()}
    if not added:
        return Parsed(node)
    return Parsed(widened, (_note(tuple(added.values())),))


class _Widening:
    """One query being widened. ``found`` tells, for the key of each term of it, on how many pages the term stands and
    what else to look for; ``permitted`` the terms to widen, where not all are."""

    def __init__(self, node: Node, thesaurus: Thesaurus, pages: Pages, scope: Scope) -> None:
        self._thesaurus = thesaurus
        self._pages = pages
        self._scope = scope
        self._asked = frozenset(token.stem for leaf in leaves(node) for token in tokens_in(leaf))
        self.found: dict[Key, tuple[int, dict[Key, str]]] = {}
        self.permitted: Mapping[Key, Mapping[Key, str]] | None = None

    def walk(self, part: Node) -> Node:
        match part:
            case Word(token):
                return self._alike(part, [token])
            case Phrase(tokens):
                return self._alike(part, tokens)
            case And(parts):
                return And(tuple(self._grouped(parts)))
            case Or(parts, ordered):
                return Or(tuple(map(self.walk, parts)), ordered)
        return part

    def _alike(self, part: Node, tokens: Sequence[Token]) -> Node:
        """``part``, whose words are ``tokens``, or what else these mean."""
        typed, own = self._pages(_node(tokens)), stems_of(tokens)
        if typed > self._scope.many or (self.permitted is not None and own not in self.permitted):
            return part
        others = _Others(own, typed)
        meant = self._scope.meant(tokens[0]) if len(tokens) == 1 else None
        if meant is not None:
            self._take((meant,), others)
            sure = True
        else:
            terms = self._thesaurus.term(tokens)
            self._take(terms, others)
            for term, _ in tuple(others.nodes.values()):
                self._take(self._thesaurus.names_of(tokenize(term)), others)
            if self._scope.each and not typed and not others.nodes:
                others.nodes.update(itertools.islice(self._apart(terms), TERMS_APART))
            sure = bool(others.nodes) and (len(tokens) > 1 or not typed)
            if others.pages <= self._scope.few and not (typed and _spells_out(tokens, others)):
                self._take(self._scope.wide(tokens), others, wider=True)
        if not others.nodes:
            return part
        self.found[own] = typed, {key: term for key, (term, _) in others.nodes.items()}
        return Alike(part, tuple(node for _, node in others.nodes.values()), 1.0 if sure else WEIGHT)

    def _take(self, terms: Iterable[str], others: _Others, wider: bool = False) -> None:
        """Add those of ``terms`` that find something else; ``wider`` ones do not take the place of longer ones."""
        for term in terms:
            key = key_of(term)
            # What the query says anyway, or what a shorter term finds anyway, adds nothing but its pages.
            if self._asked.issuperset(key):
                others.pages += 0 if key == others.own else self._pages(_node(tokenize(term)))
                continue
            shorter = any(set(key).issuperset(other) for other in (others.own, *others.nodes))
            longer = [other for other in others.nodes if set(other).issuperset(key)]
            if shorter or (longer and wider) or self._thesaurus.is_doubtful(key):
                continue
            if len(others.nodes) - len(longer) < OTHERS_AT_MOST and (found := self._pages(_node(tokenize(term)))):
                for other in longer:
                    del others.nodes[other]
                others.pages += found
                others.nodes[key] = term, _node(tokenize(term))

    def _apart(self, terms: Iterable[str]) -> Iterator[tuple[Key, tuple[str, Node]]]:
        """Terms whose words stand on few pages, wherever there."""
        for term in terms:
            words = [token for token in tokenize(term) if token.exact not in STOP_WORDS]
            node = And(tuple(map(Word, words)))
            if len(words) > 1 and not self._asked.issuperset(key_of(term)) and 0 < self._pages(node) <= APART_AT_MOST:
                yield key_of(term), (term, node)

    def _grouped(self, parts: Sequence[Node]) -> Iterable[Node]:
        """The parts of an And; words that make up a term together, longest first, are one part.

        Of two terms that share a word the rarer one is taken: "jumlah orang miskin" asks for the poor, not for heads.
        """
        words = [part.token if isinstance(part, Word) else None for part in parts]
        at = 0
        while at < len(parts):
            for size in range(min(LONGEST, len(parts) - at), 1, -1):
                tokens = [token for token in words[at : at + size] if token]
                if len(tokens) < size or not (self._thesaurus.term(tokens) or self._only_wider(tokens)):
                    continue
                if not self._gives_way(words, at, size) and (whole := self._together(parts[at : at + size], tokens)):
                    yield whole
                    at += size
                    break
            else:
                between = words[at + 1] if at + 2 < len(parts) else None
                ends = [token for token in words[at : at + 3 : 2] if token]
                apart = between and between.exact in ADVERBS and len(ends) == 2 and self._thesaurus.term(ends)
                if apart and (whole := self._together(parts[at : at + 3 : 2], ends)):
                    yield whole
                    yield self.walk(parts[at + 1])
                    at += 3
                else:
                    yield self.walk(parts[at])
                    at += 1

    def _together(self, parts: Sequence[Node], tokens: Sequence[Token]) -> Node | None:
        """The parts that make up a term as one, if anything else means the same."""
        whole = self._alike(And(tuple(map(self.walk, parts) if self._scope.each else parts)), tokens)
        return whole if isinstance(whole, Alike) else None

    def _gives_way(self, words: Sequence[Token | None], at: int, size: int) -> bool:
        """Whether a term that begins inside this one, as long, is rarer."""
        own = [token for token in words[at : at + size] if token]
        later = []
        for start in range(at + 1, at + size):
            tokens = [token for token in words[start : start + size] if token]
            if len(tokens) == size and self._thesaurus.term(tokens):
                later.append(tokens)
        pages = self._pages(_node(own))
        if any(self._pages(_node(tokens)) < pages for tokens in later):
            return True
        # Where no page has it so, by how many have what else it means.
        return not pages and any(0 < self._reach(tokens) < self._reach(own) for tokens in later)

    def _reach(self, tokens: Sequence[Token]) -> int:
        """On how many pages the words or what else they mean stand, those with several of these counted for each."""
        terms = (tokens, *map(tokenize, self._thesaurus.term(tokens)[:OTHERS_AT_MOST]))
        return sum(self._pages(_node(term)) for term in terms)

    def _only_wider(self, tokens: Sequence[Token]) -> bool:
        """Whether the words are only known to be of a subject, as a whole: what their parts mean to everybody comes
        before that."""
        if not self._scope.wide(tokens):
            return False
        pieces = ((at, end) for at in range(len(tokens)) for end in range(at + 1, len(tokens) + 1))
        return not any(self._thesaurus.others(tokens[at:end]) for at, end in pieces)


@dataclass
class _Others:
    """What else to look for in the place of the term known by ``own``, each by its key as the term and its node; and
    on how many pages it and they stand, those with several counted for each."""

    own: Key
    pages: int
    nodes: dict[Key, tuple[str, Node]] = field(default_factory=dict)


def _spells_out(tokens: Sequence[Token], others: _Others) -> bool:
    """Whether the only word is an abbreviation whose long form is among ``others``: the two say all that it means."""
    longs = ([token.exact for token in tokenize(term)] for term, _ in others.nodes.values())
    return len(tokens) == 1 and any(abbreviates(tokens[0].exact, long) for long in longs)


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


def _rarest(found: Mapping[Key, tuple[int, Mapping[Key, str]]]) -> Mapping[Key, Mapping[Key, str]]:
    """Of terms with the number of their pages and what else to look for, those to widen, and by what."""
    chosen: set[Key] = set()
    others: set[Key] = set()
    for own, (_, more) in sorted(found.items(), key=lambda each: each[1][0]):
        if len(others.union(more)) <= IN_ALL_AT_MOST:
            chosen.add(own)
            others.update(more)
    return {own: more for own, (_, more) in found.items() if own in chosen}


def _note(words: Sequence[str]) -> Message:
    return say("Also looking for: {words}.", words=", ".join(words))


def _node(tokens: Sequence[Token]) -> Word | Phrase:
    return Word(tokens[0]) if len(tokens) == 1 else Phrase(tuple(tokens))
