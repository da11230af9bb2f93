"""Other engines on the same pages, with their defaults: stock Whoosh, SQLite FTS5, tantivy."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

Key = tuple[str, int]
Facets = tuple[str, str, str, tuple[str, ...]]
"""Type, year and agency of a page's document, and the programs of the page."""

NAMES = ("type", "year", "agency")


class Searcher(Protocol):
    """A set of pages to be asked. Each page has a title and a text; its key names it."""

    name: str

    def add(self, pages: Iterable[tuple[Key, str, str, Facets]]) -> None:
        """Put in pages: key, title, text, and what it is counted by."""

    def search(self, query: str, limit: int = 10) -> list[Key]:
        """The best pages."""

    def size(self) -> int:
        """Bytes on the disk."""


def bytes_of(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class StockWhoosh:
    """Whoosh with its default analyser, parser, scoring and codec."""

    name = "stock Whoosh"

    def __init__(self, folder: Path, stored: bool = False) -> None:
        from whoosh import fields, index

        folder.mkdir()
        schema = fields.Schema(
            number=fields.STORED, title=fields.TEXT, text=fields.TEXT(stored=stored), year=fields.KEYWORD(stored=True)
        )
        self._folder = folder
        self._index: Any = index.create_in(str(folder), schema)
        self._keys: list[Key] = []
        self._searcher: Any = None

    def add(self, pages: Iterable[tuple[Key, str, str, Facets]]) -> None:
        writer = self._index.writer(limitmb=256)
        for key, title, text, facets in pages:
            writer.add_document(number=len(self._keys), title=title, text=text, year=facets[1])
            self._keys.append(key)
        writer.commit()

    def search(self, query: str, limit: int = 10) -> list[Key]:
        return [self._keys[hit["number"]] for hit in self._found(query, limit)]

    def answer(self, query: str) -> int:
        """A page of results with one facet and snippets; the number of snippets."""
        from whoosh.sorting import FieldFacet

        found = self._searcher_open().search(self._parse(query), limit=10, groupedby=FieldFacet("year", maptype=None))
        return sum(bool(hit.highlights("text")) for hit in found)

    def _found(self, query: str, limit: int) -> Any:
        return self._searcher_open().search(self._parse(query), limit=limit)

    def _searcher_open(self) -> Any:
        if self._searcher is None:
            self._searcher = self._index.searcher()
        return self._searcher

    def _parse(self, query: str) -> Any:
        from whoosh.qparser import MultifieldParser

        return MultifieldParser(["title", "text"], self._index.schema).parse(query)

    def size(self) -> int:
        return bytes_of(self._folder)


class Fts5:
    """SQLite's full-text index with its default tokenizer and bm25()."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._base = sqlite3.connect(folder / "pages.db")
        self._base.execute("create virtual table pages using fts5(title, text, document unindexed, page unindexed)")
        self._base.execute("create table facts(id integer primary key, type text, year text, agency text)")
        self._base.execute("create table programs(id integer, program text)")
        self._base.execute("create index program_of on programs(id)")

    def add(self, pages: Iterable[tuple[Key, str, str, Facets]]) -> None:
        for (document, page), title, text, (kind, year, agency, programs) in pages:
            row = self._base.execute("insert into pages values (?, ?, ?, ?)", (title, text, document, page)).lastrowid
            self._base.execute("insert into facts values (?, ?, ?, ?)", (row, kind, year, agency))
            self._base.executemany("insert into programs values (?, ?)", [(row, program) for program in programs])
        self._base.commit()

    def search(self, query: str, limit: int = 10) -> list[Key]:
        sql = "select document, page from pages where pages match ? order by rank limit ?"
        return [(document, page) for document, page in self._base.execute(sql, (self._match(query), limit))]

    def answer(self, query: str) -> int:
        """A page of results with four facets and snippets; the number of snippets."""
        match = self._match(query)
        sql = "select snippet(pages, 1, '[', ']', '...', 32) from pages where pages match ? order by rank limit 10"
        snippets = self._base.execute(sql, (match,)).fetchall()
        # The matches once, then a count for each facet.
        self._base.execute("create temp table found as select rowid as id from pages where pages match ?", (match,))
        for name in NAMES:
            self._base.execute(f"select {name}, count(*) from found join facts using (id) group by {name}").fetchall()
        self._base.execute("select program, count(*) from found join programs using (id) group by program").fetchall()
        self._base.execute("drop table found")
        return len(snippets)

    def _match(self, query: str) -> str:
        return " ".join(f'"{word}"' for word in re.findall(r"\w+", query))

    def size(self) -> int:
        return bytes_of(self._folder)


class Tantivy:
    """tantivy with its default tokenizer and query parser (any of the words)."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=False)
        builder.add_text_field("text", stored=True)
        builder.add_unsigned_field("number", stored=True)
        for name in (*NAMES, "program"):
            builder.add_text_field(name, stored=False, tokenizer_name="raw", fast=True)
        self._folder = folder
        self._tantivy = tantivy
        self._index: Any = tantivy.Index(builder.build(), path=str(folder))
        self._keys: list[Key] = []

    def add(self, pages: Iterable[tuple[Key, str, str, Facets]]) -> None:
        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        for key, title, text, (kind, year, agency, programs) in pages:
            page = self._tantivy.Document(
                title=title,
                text=text,
                number=len(self._keys),
                type=kind,
                year=year,
                agency=agency,
                program=list(programs),
            )
            writer.add_document(page)
            self._keys.append(key)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: str, limit: int = 10) -> list[Key]:
        searcher = self._index.searcher()
        hits = searcher.search(self._parse(query), limit).hits
        return [self._keys[searcher.doc(address)["number"][0]] for _, address in hits]

    def answer(self, query: str) -> int:
        """A page of results with four facets and snippets; the number of snippets."""
        searcher = self._index.searcher()
        parsed = self._parse(query, True)
        found = searcher.search(parsed, 10)
        searcher.aggregate(parsed, {name: {"terms": {"field": name}} for name in (*NAMES, "program")})
        generator = self._tantivy.SnippetGenerator.create(searcher, parsed, self._index.schema, "text")
        return len([generator.snippet_from_doc(searcher.doc(address)).to_html() for _, address in found.hits])

    def _parse(self, query: str, all_words: bool = False) -> Any:
        words = re.findall(r"\w+", query)
        return self._index.parse_query(" ".join(f"+{word}" if all_words else word for word in words), ["title", "text"])

    def size(self) -> int:
        return bytes_of(self._folder)


def all_baselines(folder: Path | None = None) -> Sequence[Any]:
    """One of each, in a folder of its own."""
    folder = folder or Path(tempfile.mkdtemp(prefix="kms-baselines-"))
    return [StockWhoosh(folder / "whoosh"), Fts5(folder / "fts5"), Tantivy(folder / "tantivy")]
