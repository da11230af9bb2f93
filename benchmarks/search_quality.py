"""nDCG@10 of kms and other engines on judged queries over planning/."""

from __future__ import annotations

import json
import math
import statistics
import sys
from pathlib import Path
from typing import Any

from baselines import Key, all_baselines
from planning import ROOT, pages_of, planning

from kms.library import Library

QUERIES = ROOT / "truth" / "queries.json"


class Ours:
    """kms as people use it: notes, synonyms, spelling and all."""

    name = "kms"

    def __init__(self, library: Library) -> None:
        self.library = library
        self._sources = {one.id: one.source for one in library.documents().documents}

    def search(self, query: str, limit: int = 10) -> list[Key]:
        return [(self._sources[hit.document.id], hit.page) for hit in self.library.search(query, limit=limit).hits]


def ndcg(found: list[Key], grades: dict[Key, int], at: int = 10) -> float:
    """Normalised discounted cumulative gain with gains 2^grade - 1 (Jarvelin and Kekalainen, 2002)."""
    gains = [2 ** grades.get(key, 0) - 1 for key in found[:at]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:at]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains)) / ideal if ideal else 0.0


def judged(file: Path = QUERIES) -> list[dict[str, Any]]:
    """The queries of a file with their grades by key."""
    queries = json.loads(file.read_text("utf-8"))["queries"]
    for query in queries:
        query["grades"] = {
            (source, int(page)): grade for source, pages in query["grades"].items() for page, grade in pages.items()
        }
    return queries


def quality() -> None:
    """nDCG@10 by kind of query, set by set.

    Of the first set "dev" chose settings, "test" did not; the second and third were judged by reading the pages, before
    any engine was asked.
    """
    queries, engines, values = _asked_of_all(QUERIES)
    for title, parts in (("first set", ("dev", "test")), ("second set", ("second",)), ("third set", ("third",))):
        some = [query for query in queries if query["part"] in parts]
        print(f"{title:16}{'':>4}" + "".join(f"{engine.name:>14}" for engine in engines))
        for kind in dict.fromkeys(query["kind"] for query in some):
            _row(kind, [query["query"] for query in some if query["kind"] == kind], engines, values)
        _row("all", [query["query"] for query in some], engines, values)
    for part in ("dev", "test"):
        _row(part, [query["query"] for query in queries if query["part"] == part], engines, values)
    _row("all queries", [query["query"] for query in queries], engines, values)
    if "-v" in sys.argv:
        for query in queries:
            text = query["query"]
            print(
                f"{query['kind']:14}{query['part']:7}{text:40}"
                + "".join(f"{values[e.name][text]:8.2f}" for e in engines)
            )


def sight(file: Path) -> None:
    """nDCG@10 of the queries of another file by kind, and nothing of the queries themselves."""
    queries, engines, values = _asked_of_all(file)
    print(f"{'':20}" + "".join(f"{engine.name:>14}" for engine in engines))
    for kind in dict.fromkeys(query["kind"] for query in queries):
        _row(kind, [query["query"] for query in queries if query["kind"] == kind], engines, values)
    _row("all", [query["query"] for query in queries], engines, values)


def _asked_of_all(file: Path) -> tuple[list[dict[str, Any]], list[Any], dict[str, dict[str, float]]]:
    """The judged queries of a file, the engines, and what each query is worth by engine and text."""
    library = planning()
    pages = pages_of(library)
    engines: list[Any] = [Ours(library), *all_baselines()]
    for engine in engines[1:]:
        engine.add(pages)
    queries = [query for query in judged(file) if query["grades"]]
    values = {
        engine.name: {query["query"]: ndcg(engine.search(query["query"]), query["grades"]) for query in queries}
        for engine in engines
    }
    print(f"nDCG@10 over {len(pages)} pages, {len(queries)} queries")
    return queries, engines, values


def _row(name: str, queries: list[str], engines: list[Any], values: dict[str, dict[str, float]]) -> None:
    row = "".join(f"{statistics.mean(values[engine.name][query] for query in queries):14.3f}" for engine in engines)
    print(f"{name:16}{len(queries):4}{row}")
