"""Words that mean the same in local government, and texts read as concepts: any of a group's words is one concept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import msgspec

from kms.text.derivations import may_mean
from kms.text.stopwords import STOP_WORDS
from kms.text.tokens import Token, tokenize

PLACES = frozenset(("provinsi", "kota", "kabupaten", "kecamatan", "kelurahan", "desa"))
"""Words before the name of a place."""


class Concept(NamedTuple):
    """What a word or a phrase stands for.

    ``name`` is the preferred term of its group, or the stem itself where it is in none; ``stems`` are the stems of
    the words that stood in the text, ``words`` these words in lower case.
    """

    name: str
    stems: tuple[str, ...]
    words: tuple[str, ...] = ()


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of ``synonyms.tsv``, each with its preferred term first."""
    lines = resources.files("kms.text").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def group_names() -> frozenset[str]:
    """The preferred terms of all groups."""
    return frozenset(group[0] for group in groups())


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    return {group[0]: group for group in groups()}


def group_of(name: str) -> tuple[str, ...]:
    """The terms of the group with this preferred term, that one first; none where there is no such group."""
    return _by_name().get(name, ())


def synonyms(phrase: str) -> tuple[str, ...]:
    """The other terms of the phrase's group, preferred one first; none where it is in no group."""
    tokens = _content(tokenize(phrase))
    return _others(tokens, _lookup(tokens))


def related(tokens: Sequence[Token]) -> tuple[str, ...]:
    """As `synonyms`, for words that may be meant in any inflection: "pelesir" where the group has "pelesiran".

    One that stands in a group just so means that alone: "api" is no "perapian"; nor is "ditemukan" a "pertemuan".
    """
    words = _content(tokens)
    if len(words) != 1:
        return _others(words, _lookup(words))
    known, word = thesaurus().words, words[0]
    name = known.get("=" + word.exact)
    if name is None and (name := known.get(word.stem)) is not None:
        same = [term.exact for term in _words_of(name) if term.stem == word.stem]
        name = name if any(may_mean(word.exact, term, word.stem) for term in same) else None
    return _others(words, name)


def _others(words: Sequence[Token], name: str | None) -> tuple[str, ...]:
    stems = [word.stem for word in words]
    terms = () if name is None else group_of(name)
    return tuple(term for term in terms if [token.stem for token in _content(tokenize(term))] != stems)


class Thesaurus(msgspec.Struct, frozen=True):
    """Terms with the preferred term of their group: ``words`` by themselves, ``phrases`` with blanks between the words.

    A word is known by its exact form after "=" and by its stem, a phrase by its exact words and by what each of them
    means; a stem or a meaning that terms of several groups have stands for none of them ("pelajar", "pengajar").
    ``longest`` is how many words the longest phrase has that begins with a word: its exact form, or what it means.
    """

    words: dict[str, str]
    phrases: dict[str, str]
    longest: dict[str, int]


@cache
def thesaurus() -> Thesaurus:
    """What ``scripts/thesaurus.py`` worked out of ``synonyms.tsv`` beforehand."""
    table = resources.files("kms.text").joinpath("thesaurus.json").read_bytes()
    return msgspec.json.decode(table, type=Thesaurus)


def work_out_words() -> dict[str, str]:
    """The ``words`` of the thesaurus, from ``synonyms.tsv``."""
    return _told_apart((words[0].stem, "=" + words[0].exact, group) for group, words in _analysed() if len(words) == 1)


def work_out_phrases() -> dict[str, str]:
    """The ``phrases`` of the thesaurus: a word of one may be another of its group ("tepi kali", "tepi sungai")."""
    words = work_out_words()
    return _told_apart(
        (" ".join(_meant(word, words) for word in term), " ".join("=" + word.exact for word in term), group)
        for group, term in _analysed()
        if len(term) > 1
    )


def work_out_longest(phrases: Iterable[str]) -> dict[str, int]:
    """The ``longest`` of the thesaurus."""
    longest: dict[str, int] = {}
    for words in (phrase.split(" ") for phrase in phrases):
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


def _told_apart(terms: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """A table from (meaning, exact form, group) of each term."""
    meant: dict[str, str] = {}
    exact: dict[str, str] = {}
    ambiguous = set()
    for meaning, form, group in terms:
        exact[form] = group
        if meant.setdefault(meaning, group) != group:
            ambiguous.add(meaning)
    return {meaning: group for meaning, group in meant.items() if meaning not in ambiguous} | exact


def _words_of(name: str) -> list[Token]:
    """The terms of a group that are a single word."""
    terms = (_content(tokenize(term)) for term in group_of(name))
    return [term[0] for term in terms if len(term) == 1]


def _analysed() -> Iterator[tuple[str, list[Token]]]:
    return ((group[0], _content(tokenize(term))) for group in groups() for term in group)


@cache
def stems_of(term: str) -> tuple[str, ...]:
    """The stems of a term's words; a stop word stands for itself."""
    return tuple(token.stem for token in _content(tokenize(term))) or (term,)


def stems_named(name: str) -> tuple[str, ...]:
    """The stems of a concept's name: of a preferred term; any other name is a stem already."""
    return stems_of(name) if name in group_names() else (name,)


def read_concepts(tokens: Sequence[Token]) -> list[Concept]:
    """The concepts of a text in its order; stop words are passed over.

    Phrases may overlap: "penghapusan kemiskinan ekstrem" is both the fight against poverty and extreme poverty. A word
    that is part of a phrase stands for nothing else.
    """
    words = _content(tokens)
    reaches = [*_named_places(tokens), len(words)]
    phrases = thesaurus().phrases
    read = [_read(word.exact, word.stem) for word in words]
    exact = ["=" + word.exact for word in words]
    meant = [means for _, means, _ in read]
    found: list[Concept] = []
    covered = 0
    for at, (word, (name, _, longest)) in enumerate(zip(words, read)):
        if reaches[0] <= at:
            del reaches[0]
        for size in range(min(longest, reaches[0] - at), 1, -1):
            end = at + size
            if end <= covered:
                break
            phrase = phrases.get(" ".join(exact[at:end])) or phrases.get(" ".join(meant[at:end]))
            if phrase is not None:
                piece = words[at:end]
                found.append(Concept(phrase, tuple([one.stem for one in piece]), tuple([one.exact for one in piece])))
                covered = end
                break
        if at >= covered:
            found.append(Concept(name, (word.stem,), (word.exact,)))
            covered = at + 1
    return found


@lru_cache(maxsize=65_536)
def _read(exact: str, stem: str) -> tuple[str, str, int]:
    """What a word by itself stands for, what it means in a phrase, and how many words the longest phrase has that
    begins with it."""
    word, longest = Token(exact, stem), thesaurus().longest
    name = _alone(word, thesaurus().words)
    meant = name or stem
    most = max(longest.get("=" + exact, 1), longest.get(meant.partition(" ")[0], 1))
    return name or _plain(word), meant, most


def _named_places(tokens: Sequence[Token]) -> list[int]:
    """Where in the content words a place is named: "hutan di Kota Depok" speaks of no urban forest."""
    starts, at = [], 0
    for before, token, after in zip(tokens, tokens[1:], tokens[2:]):
        at += before.exact not in STOP_WORDS
        if token.exact in PLACES and before.exact in ("di", "dari") and after.exact not in STOP_WORDS:
            starts.append(at)
    return starts


def read_word(word: Token) -> str | None:
    """The name of what a word by itself stands for, as `read_concepts` says; None for a stop word."""
    return None if word.exact in STOP_WORDS else _read(word.exact, word.stem)[0]


def is_known(word: Token) -> bool:
    """Whether a word by itself stands in a group."""
    return _lookup((word,)) is not None


def _plain(word: Token) -> str:
    """What a word of no group stands for: its stem; of "antarkampung" what comes after "antar"."""
    if word.exact.startswith("antar") and len(word.exact) > 8:
        rest = _content(tokenize(word.exact[5:]))
        return _lookup(rest) or (rest[0].stem if rest else word.stem)
    return word.stem


def _lookup(words: Sequence[Token]) -> str | None:
    """The group of a word or phrase."""
    table = thesaurus()
    if len(words) == 1:
        return _alone(words[0], table.words)
    name = table.phrases.get(" ".join(["=" + word.exact for word in words]))
    return name or table.phrases.get(" ".join([_meant(word, table.words) for word in words]))


def _alone(word: Token, words: Mapping[str, str]) -> str | None:
    """The group of a word. A plain root stands only for itself: "pasar" is no form of "pemasaran"."""
    name = words.get("=" + word.exact)
    return name if name is not None or word.exact == word.stem else words.get(word.stem)


def _meant(word: Token, words: Mapping[str, str]) -> str:
    """The group of a word by itself, or else its stem."""
    return _alone(word, words) or word.stem


def _content(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.exact not in STOP_WORDS]
