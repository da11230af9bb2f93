"""The default engine: an index of Whoosh in a folder."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, query, scoring
from whoosh.index import create_in, exists_in, open_dir

from kms.engines.engine import KEYWORDS, Entry, Found, Results
from kms.errors import IndexDamaged
from kms.language import say
from kms.query.tree import And, Node, Not, OneOf, Or, Phrase, Prefix, Word
from kms.text import ANALYSER

FORMAT = 0
PARTS = ("title", "headings", "body")
WEIGHTS = {"title": 3.0, "headings": 2.0, "body": 1.0}


def _schema() -> Any:
    columns: dict[str, Any] = {"document": fields.ID(stored=True), "page": fields.STORED, "keywords": fields.STORED}
    for part in PARTS:
        columns[f"{part}_exact"] = fields.TEXT(phrase=False)
        columns[f"{part}_stem"] = fields.TEXT(phrase=True)
    for name in KEYWORDS:
        columns[f"k_{name}"] = fields.KEYWORD(scorable=False)
    return fields.Schema(**columns)


class WhooshEngine:
    """An index in ``folder``, made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sentinel = {"format": FORMAT, "engine": "whoosh", "analyser": ANALYSER}
        path = folder / "engine.json"
        if not path.exists() and not any(folder.iterdir()):
            create_in(folder, _schema())
            path.write_text(json.dumps(sentinel))
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise IndexDamaged(say("The index in {folder} cannot be read.", folder=folder)) from error
        if known != sentinel or not exists_in(folder):
            raise IndexDamaged(say("The index in {folder} was made by another version.", folder=folder))
        self._index = open_dir(folder)
        self._searcher: Any = None

    @contextmanager
    def batch(self) -> Iterator[_Batch]:
        writer = self._index.writer(limitmb=256)
        try:
            yield _Batch(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def search(self, query: Node, limit: int = 10, offset: int = 0, facets: Sequence[str] = ()) -> Results:
        with self._open() as searcher:
            found = searcher.search(compile_query(query), limit=None)
            stored = [(searcher.stored_fields(number), score) for score, number in found.top_n]
        hits = sorted(
            (Found(fields["document"], fields["page"], score) for fields, score in stored),
            key=lambda hit: (-hit.score, hit.document, hit.page),
        )
        counted = {name: _count(fields["keywords"].get(name, ()) for fields, _ in stored) for name in facets}
        return Results(len(hits), tuple(hits[max(0, offset) :][: max(0, limit)]), counted)

    def count(self) -> int:
        with self._open() as searcher:
            return int(searcher.doc_count())

    def vocabulary(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        with self._open() as searcher:
            words: dict[str, set[int]] = {}
            for part in PARTS:
                for term in searcher.reader().expand_prefix(f"{part}_exact", prefix):
                    word = term.decode() if isinstance(term, bytes) else term
                    pages = set(searcher.postings(f"{part}_exact", word).all_ids())
                    words[word] = words.get(word, set()) | pages
        return iter(sorted((word, len(pages)) for word, pages in words.items() if pages))

    def values(self, keyword: str) -> tuple[tuple[str, int], ...]:
        with self._open() as searcher:
            return _count(fields["keywords"].get(keyword, ()) for fields in searcher.all_stored_fields())

    def close(self) -> None:
        self._index.close()

    @contextmanager
    def _open(self) -> Iterator[Any]:
        searcher = self._index.searcher(weighting=scoring.BM25F())
        try:
            yield searcher
        finally:
            searcher.close()


class _Batch:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def remove(self, document: str) -> None:
        self._writer.delete_by_term("document", document)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            values: dict[str, Any] = {
                "document": entry.document,
                "page": entry.page,
                "keywords": {name: tuple(values) for name, values in entry.keywords.items()},
            }
            for name, found in entry.keywords.items():
                values[f"k_{name}"] = list(dict.fromkeys(found))
            for part in PARTS:
                values[f"{part}_exact"] = [token.exact for token in getattr(entry, part)]
                values[f"{part}_stem"] = [token.stem for token in getattr(entry, part)]
            self._writer.add_document(**values)


def compile_query(node: Node) -> Any:
    """The Whoosh query that a tree means."""
    match node:
        case Word(token):
            stems = [query.Term(f"{part}_stem", token.stem, boost=WEIGHTS[part]) for part in PARTS]
            exact = [query.Term(f"{part}_exact", token.exact, boost=WEIGHTS[part]) for part in PARTS]
            return query.Or(stems + exact) if token.exact else query.Or(stems)
        case Prefix(start):
            return query.Or([query.Prefix(f"{part}_exact", start) for part in PARTS])
        case Phrase(tokens):
            return query.Or([query.Phrase(f"{part}_stem", [token.stem for token in tokens]) for part in PARTS])
        case OneOf(name, values):
            return query.Or([query.Term(f"k_{name}", value) for value in values]) if values else query.NullQuery
        case Not(part):
            return query.And([query.Every(), query.Not(compile_query(part))])
        case And(parts):
            return query.And([compile_query(part) for part in parts]) if parts else query.Every()
        case Or(parts):
            return query.Or([compile_query(part) for part in parts]) if parts else query.NullQuery


def _count(keywords: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    pages = Counter(value for values in keywords for value in set(values))
    return tuple(sorted(pages.items(), key=lambda item: (-item[1], item[0])))
