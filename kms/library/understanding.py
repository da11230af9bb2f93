"""What a query means: its words spelt rightly and widened, its codes and years in every form, and what to prefer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kms.engines.engine import Engine, Preference
from kms.language import Message, say
from kms.library.vocabulary import Words
from kms.query import Parsed, file_name, parse, resolve
from kms.query.citations import cited
from kms.query.codes import widen_codes
from kms.query.numbers import spell_numbers
from kms.query.pieces import settle_letters
from kms.query.resolving import TYPES
from kms.query.spelling import is_of_the_language
from kms.query.thesaurus import Thesaurus
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Word, leaves, tokens_in
from kms.query.widening import soften_years, widen
from kms.text import Token, abbreviates, tokenize

OF_THE_YEAR = 1.25
"""What documents of a year that the query names gain."""

OF_THE_TYPE = 1.15
"""What documents of a type that the query names gain."""

NAMED = 2.0
"""What they, and documents of an agency that the query names, gain where pages have only some of the words."""

TYPES_NAMED = ("rkt", "renstra", "renja", "rkpd", "rpjmd", "rpjpd", "lkip", "lkpj")
"""Types whose name in a query means the type; others are words of everyday, too."""

OF_ANY_AGENCY = (
    "dinas badan kantor bagian sekretariat kecamatan kelurahan pemerintah daerah provinsi kabupaten kota dan"
)
"""Words that do not tell one agency from another."""

CONTENTS = 0.4
"""What pages keep of their score that only list what stands on others."""

CALLED_CONTENTS = (frozenset({"sistematika"}), frozenset({"daftar", "isi"}))
"""Stems that the query of somebody who looks for such pages has."""

SCATTERED = 0.6
"""What pages keep of their score that have the words of a name here and there, but neither in a row nor abbreviated."""

WORDS_OF_A_NAME = 3
"""Words at least of such a name; of two the nearness tells enough."""


@dataclass(frozen=True)
class Understood:
    """A query as it is asked of the engine, what to prefer, a better spelling if any, and what to tell."""

    node: Node
    put_back: tuple[Preference, ...]
    named: tuple[Preference, ...]
    suggestion: str | None
    notes: tuple[Message, ...]
    names_year: bool

    @property
    def prefer(self) -> tuple[Preference, ...]:
        return (*self.put_back, *self.named)


def understand(engine: Engine, words: Words, query: str, limits: tuple[OneOf, ...], sparing: bool = True) -> Understood:
    """``query`` with ``limits``; common words are widened by synonyms, too, where it is not ``sparing``."""
    parsed = _file(query, words) or parse(query)
    wanted: Node = And((*_parts(parsed.node), *limits)) if limits else parsed.node
    resolved = resolve(wanted, lambda name: [value for value, _ in engine.values(name)])
    notes = [*parsed.notes, *resolved.notes]

    node = settle_letters(resolved.node, words.pages, words.thesaurus)
    corrections, doubtful, offered = _corrections(node, engine, words, _given(query))
    node = spell_numbers(cited(_corrected(node, corrections), words.pages), words.pages)
    scope = replace(words.scope, meant=lambda token: doubtful.get(token.exact) or _slip_of(token, words))
    scope = scope if sparing else replace(scope, many=engine.count(), each=True)
    widened = widen(node, words.thesaurus, words.pages, scope)
    notes += widened.notes
    put_back = [] if _asks_for_contents(widened.node) else [Preference(OneOf("part", ("contents",)), CONTENTS)]
    put_back += [Preference(scattered, SCATTERED) for scattered in _scattered(widened.node, words.thesaurus)]
    named = []
    softened, years = soften_years(widen_codes(widened.node))
    if years:
        named.append(Preference(OneOf("year", years), OF_THE_YEAR))
    types = tuple(dict.fromkeys(_types_named(node)))
    if types:
        named.append(Preference(OneOf("type", types), OF_THE_TYPE))
    respelt = offered | doubtful | corrections
    suggestion = _respelt(query, respelt) if respelt else None
    if corrections:
        notes.append(say("Looking for: {words}.", words=_respelt(query, corrections)))
    return Understood(softened, tuple(put_back), tuple(named), suggestion, tuple(notes), bool(years))


def surer(engine: Engine, asked: Understood) -> tuple[Preference, ...]:
    """What to prefer besides where pages have only some of the words: year, type and agency tell more there."""
    named = [one.node for one in asked.named]
    if agencies := _agencies_named(asked.node, [value for value, _ in engine.values("agency")]):
        named.append(OneOf("agency", agencies))
    return tuple(Preference(one, NAMED) for one in named)


def _asks_for_contents(node: Node) -> bool:
    said = {token.stem for leaf in leaves(node) for token in tokens_in(leaf)}
    return any(words <= said for words in CALLED_CONTENTS)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)


def _file(query: str, words: Words) -> Parsed | None:
    """The document that the query is the file name of."""
    file = file_name(query)
    title = words.title_of(file) if file else None
    if not title:
        return None
    return Parsed(OneOf("title", (title,)), (say("{file} is the file of: {title}.", file=file, title=title),))


def _given(query: str) -> frozenset[str]:
    """The words behind a colon: given to a filter, if to one that there is not, they are no words of the pages."""
    return frozenset(token.exact for token in tokenize(query) if query[: token.start].endswith(":"))


def _corrections(
    node: Node, engine: Engine, words: Words, given: frozenset[str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Words of the query that no page has, each with what it was most likely meant to be; those that only have the
    looks of another form of a word that a page or a list has ("kepula" of "pula"), which may be meant all the same;
    and words of the language for which another is only offered, as no page has it with the rest of the query."""
    tokens = [part.token for part in _parts(node) if isinstance(part, Word)]
    tokens += [token for part in _parts(node) if isinstance(part, Phrase) for token in part.tokens]
    pages = dict(zip(tokens, engine.frequencies([token.stem for token in tokens]), strict=True))
    found: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    offered: dict[str, str] = {}
    for token, number in pages.items():
        if number or _is_listed(token, tokens, words):
            if better := words.better(token):
                doubtful[token.exact] = better
            continue
        if token.exact in given:
            continue
        rest = [Word(other) for other in tokens if pages[other]]

        def together(candidate: str, rest: Sequence[Node] = rest) -> int:
            if not rest:
                return 0
            return engine.search(And((*map(Word, tokenize(candidate)), *rest)), limit=0).total

        meant = words.lexicon.correct(token.exact, together)
        if meant:
            sure = not is_of_the_language(token.exact) or together(meant)
            (found if sure else offered)[token.exact] = meant
    return found, doubtful, offered


def _slip_of(token: Token, words: Words) -> str | None:
    """What a word that few pages have was meant to be; None for one that a list has: "Linmas" is no "lintas"."""
    return None if words.thesaurus.others([token]) else words.commoner(token)


def _is_listed(token: Token, tokens: Sequence[Token], words: Words) -> bool:
    """Whether a list of synonyms has the word, by itself or with the words beside it: "lempung" in "tanah lempung"."""
    if words.thesaurus.others([token]) or words.scope.wide([token]):
        return True
    at = tokens.index(token)
    spans = ((first, first + size) for size in (2, 3) for first in range(max(0, at - size + 1), at + 1))
    return any(words.thesaurus.others(tokens[first:last]) for first, last in spans if last <= len(tokens))


def _corrected(node: Node, corrections: dict[str, str]) -> Node:
    """``node`` with misspelt words, which no page has, replaced by what they were meant to be."""
    if not corrections:
        return node
    match node:
        case Word(token) if token.exact in corrections:
            tokens = tokenize(corrections[token.exact])
            return Word(tokens[0]) if len(tokens) == 1 else Phrase(tuple(tokens))
        case Phrase(tokens):
            return Phrase(tuple(tokenize(" ".join(corrections.get(token.exact, token.exact) for token in tokens))))
        case And(parts):
            return And(tuple(_corrected(part, corrections) for part in parts))
    return node


def _respelt(query: str, corrections: dict[str, str]) -> str:
    """The query as typed with its misspelt words put right."""
    pieces, last = [], 0
    for token in tokenize(query):
        if token.exact in corrections:
            pieces += [query[last : token.start], corrections[token.exact]]
            last = token.end
    return "".join([*pieces, query[last:]])


def _scattered(node: Node, thesaurus: Thesaurus) -> Iterator[Node]:
    """For each name in the query that is also abbreviated, the pages with its words that do not have it as such."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _scattered(part, thesaurus)
        case Alike(And(parts), others) if len(parts) >= WORDS_OF_A_NAME:
            words = [part.part if isinstance(part, Alike) else part for part in parts]
            typed = [word.token for word in words if isinstance(word, Word)]
            exact = [token.exact for token in typed]
            short = [one.token for one in others if isinstance(one, Word) and abbreviates(one.token.exact, exact)]
            if short and len(typed) == len(parts):
                # As lists and documents spell it, with the "dan" that the query is read without.
                spelt = (tuple(tokenize(term)) for token in short for term in thesaurus.others([token]))
                whole = (Phrase(tokens) for tokens in (tuple(typed), *spelt) if len(tokens) > 1)
                yield And((*map(Word, typed), Not(Or((*whole, *others)))))


def _types_named(node: Node) -> list[str]:
    words = [part.token.exact for part in _parts(node) if isinstance(part, Word)]
    return [name for name in (TYPES.get(word, word) for word in words) if name in TYPES_NAMED]


def _agencies_named(node: Node, agencies: Sequence[str]) -> tuple[str, ...]:
    """The agencies of whose name the query has a word that tells them from others, abbreviated or in full."""
    asked = {token.stem for leaf in leaves(node) for token in tokens_in(leaf)}
    asked -= {token.stem for token in tokenize(OF_ANY_AGENCY)}
    return tuple(name for name in agencies if not asked.isdisjoint(token.stem for token in tokenize(name)))
