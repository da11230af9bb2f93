"""Filters as typed made into the values that the index knows, and queries loosened when no page answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kms.language import Message, say
from kms.query.language import Parsed
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word
from kms.text import Token, abbreviates, long_forms, tokenize

RESOLVED = ("type", "title", "agency", "program", "indicator")
"""Keywords whose filters are matched by words; years are exact already."""

TYPES = {
    "lakip": "lkip",
    "lkjip": "lkip",
    "lkj": "lkip",
    "pk": "perjanjian-kinerja",
    "perkin": "perjanjian-kinerja",
    "tor": "kak",
    "studi": "kajian",
    "penelitian": "kajian",
    "peraturan": "regulasi",
}
"""Other names of document types."""

KINDS = {"kantor": "badan"}
"""Offices that change from one into the other and keep their name: Kantor, then Badan Kesatuan Bangsa dan Politik."""


def resolve(node: Node, known: Callable[[str], Iterable[str]]) -> Parsed:
    """``node`` with each filter on anything but a year replaced by the known values that it means.

    ``known`` gives all values of a keyword. A value typed exactly (but for case and punctuation) means itself; else it
    means every value that has all its words, in any inflection, abbreviated or spelt out. A filter that means no known
    value matches no page, and a note says so.
    """
    notes: list[Message] = []

    def walk(part: Node) -> Node:
        match part:
            case OneOf(name, wanted) if name in RESOLVED:
                values = tuple(known(name))
                meant: dict[str, None] = {}
                for value in wanted:
                    found = matching(value if name != "type" else TYPES.get(value.lower(), value), values)
                    if not found:
                        notes.append(_unknown(name, value))
                    meant.update(dict.fromkeys(found))
                return OneOf(name, tuple(meant))
            case Not(inner):
                return Not(walk(inner))
            case And(parts):
                return And(tuple(walk(inner) for inner in parts))
            case Or(parts, ordered):
                return Or(tuple(walk(inner) for inner in parts), ordered)
        return part

    return Parsed(walk(node), tuple(notes))


def matching(wanted: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ``values`` that ``wanted`` means, in their order; none where it means none, or has no words."""
    values = tuple(values)
    if wanted in values:
        return (wanted,)
    tokens = tokenize(wanted)
    if not tokens:
        return ()
    split = {value: tokenize(value) for value in values}
    exact = [token.exact for token in tokens]
    same = [value for value in values if [t.exact for t in split[value]] == exact]
    if same:
        return tuple(same)
    stems = _spelt_out(tokens)
    found = [value for value in values if stems <= _spelt_out(split[value])]
    if not found:  # kominfo also means diskominfo, dlh a Dinas Lingkungan Hidup, and an unfinished word its beginnings
        words = {value: [t.exact for t in split[value]] for value in values}
        found = [value for value in values if all(_within(word, words[value]) for word in exact)]
    return tuple(found)


def _spelt_out(tokens: Sequence[Token]) -> set[str]:
    """The stems of a name, abbreviations that everybody knows spelt out; a Kantor and a Badan are one kind."""
    known = long_forms()
    spelt = (part for token in tokens for part in tokenize(known.get(token.exact, token.exact)))
    return {KINDS.get(token.stem, token.stem) for token in spelt}


def _within(word: str, words: Sequence[str]) -> bool:
    return any(word in other for other in words) or abbreviates(word, words)


def _unknown(name: str, value: str) -> Message:
    match name:
        case "type":
            return say("No document is of the type {value}.", value=value)
        case "title":
            return say("No document has {value} in its title.", value=value)
        case "agency":
            return say("No agency is called {value}.", value=value)
        case "program":
            return say("No program is called {value}.", value=value)
    return say("No indicator is called {value}.", value=value)


def relax(node: Node, is_common: Callable[[Word], bool] = lambda word: False) -> Node | None:
    """The same query asking for some of its words instead of all; None where that asks for nothing less.

    Filters and exclusions stay, phrases stay whole. A page that has none but words that ``is_common`` is no answer,
    unless all of them are.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    words = [part for part in parts if isinstance(part, Word | Prefix | Phrase | Alike | Or | And)]
    rest: list[Node] = [part for part in parts if isinstance(part, Not | OneOf)]
    if len(words) < 2:
        return None
    some = Or(tuple(words))
    telling = tuple(part for part in words if not (isinstance(word := _itself(part), Word) and is_common(word)))
    if telling and len(telling) < len(words):
        # What is denied twice must hold, but counts nothing.
        rest.append(Not(Not(Or(telling))))
    return And((some, *rest)) if rest else some


def _itself(part: Node) -> Node:
    """A part without what else it means."""
    return part.part if isinstance(part, Alike) else part
