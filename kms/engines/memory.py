"""The simplest engine: every page in a dict, looked at one by one. The oracle of the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from kms.engines.engine import Entry, Found, Preference, Reason, Results
from kms.engines.signature import hash_words, sign
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word, leaves
from kms.text import Token


class MemoryEngine:
    """All pages in this process, gone with it."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, int], Entry] = {}

    @contextmanager
    def batch(self) -> Iterator[MemoryBatch]:
        changes = MemoryBatch(dict(self._entries))
        yield changes
        self._entries = changes.entries

    def search(
        self,
        query: Node,
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[str] = (),
        prefer: Sequence[Preference] = (),
        latest: str = "",
    ) -> Results:
        entries = [entry for entry in self._entries.values() if matches(entry, query)]
        found = []
        for entry in entries:
            score = weigh(entry, query)
            for preference in prefer:
                score *= preference.factor if matches(entry, preference.node) else 1.0
            found.append((max(entry.keywords.get(latest, ()), default=""), score, entry))
        found.sort(key=lambda item: (-item[1], item[2].document, item[2].page))
        found.sort(key=lambda item: item[0], reverse=True)
        hits = tuple(
            Found(entry.document, entry.page, score, _signature(entry))
            for _, score, entry in found[max(0, offset) :][: max(0, limit)]
        )
        return Results(len(found), hits, {name: _most_frequent(entries, name) for name in facets})

    def explain(self, query: Node, pages: Sequence[tuple[str, int]]) -> list[tuple[Reason, ...]]:
        explained = []
        for key in pages:
            entry = self._entries.get(key)
            shares = [] if entry is None else [Reason(leaf, weigh(entry, leaf)) for leaf in leaves(query)]
            explained.append(tuple(sorted((share for share in shares if share.score), key=lambda share: -share.score)))
        return explained

    def count(self) -> int:
        return len(self._entries)

    def vocabulary(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        pages = Counter(word for entry in self._entries.values() for word in {t.exact for p in parts(entry) for t in p})
        return iter(sorted((word, count) for word, count in pages.items() if word.startswith(prefix)))

    def frequencies(self, stems: Sequence[str]) -> list[int]:
        pages = Counter(stem for entry in self._entries.values() for stem in {t.stem for p in parts(entry) for t in p})
        return [pages[stem] for stem in stems]

    def values(self, keyword: str) -> tuple[tuple[str, int], ...]:
        return _most_frequent(self._entries.values(), keyword)

    def close(self) -> None:
        pass


class MemoryBatch:
    """A copy of the pages to change."""

    def __init__(self, entries: dict[tuple[str, int], Entry]) -> None:
        self.entries = entries

    def remove(self, document: str) -> None:
        self.entries = {key: entry for key, entry in self.entries.items() if entry.document != document}

    def add(self, entries: Iterable[Entry]) -> None:
        self.entries.update(((entry.document, entry.page), entry) for entry in entries)


def parts(entry: Entry) -> tuple[tuple[Token, ...], ...]:
    """The runs of words of an entry."""
    return (entry.title, entry.headings, entry.body, entry.also)


def matches(entry: Entry, query: Node) -> bool:
    """Whether a page answers a query."""
    match query:
        case Word(token):
            return any(word.stem == token.stem for part in parts(entry) for word in part)
        case Prefix(start):
            return any(word.exact.startswith(start) for part in parts(entry) for word in part)
        case Phrase(tokens):
            wanted = [token.stem for token in tokens]
            return any(
                [word.stem for word in part[place : place + len(wanted)]] == wanted
                for part in parts(entry)
                for place in range(len(part))
            )
        case Alike(part, others):
            return any(matches(entry, inner) for inner in (part, *others))
        case OneOf(name, values):
            return not set(values).isdisjoint(entry.keywords.get(name, ()))
        case Not(part):
            return not matches(entry, part)
        case And(inner):
            return all(matches(entry, part) for part in inner)
        case Or(inner):
            return any(matches(entry, part) for part in inner)


def weigh(entry: Entry, query: Node) -> float:
    """How much of the query a page shows: distinct words, exact forms and the title count more."""
    match query:
        case Alike(part, others, weight):
            return max([weigh(entry, part), *(weight * weigh(entry, other) for other in others)])
        case And(inner) | Or(inner):
            return sum(weigh(entry, part) for part in inner)
        case Not() | OneOf():
            return 0.0
    if not matches(entry, query):
        return 0.0
    score = 1.0
    if isinstance(query, Word) and any(word.exact == query.token.exact for word in entry.body):
        score += 0.25
    if any(matches(Entry("", 0, (), title=part), query) for part in (entry.title, entry.headings)):
        score += 0.5
    return score


def _signature(entry: Entry) -> bytes:
    hashes = hash_words([token.exact.encode() for token in entry.body])
    return bytes(sign(hashes, np.array([len(hashes)]))[0].tobytes())


def _most_frequent(entries: Iterable[Entry], keyword: str) -> tuple[tuple[str, int], ...]:
    pages = Counter(value for entry in entries for value in set(entry.keywords.get(keyword, ())))
    return tuple(sorted(pages.items(), key=lambda item: (-item[1], item[0])))
