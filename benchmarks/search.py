"""Search beside stock Whoosh, SQLite FTS5 and tantivy, all on the same pages and queries in one run.

    python benchmarks/search.py quality     nDCG@10 on judged queries over planning/, and spelling
    python benchmarks/search.py speed       generated pages: 100,000, or as many as said
    python benchmarks/search.py readers     eight readers and a writer for a minute

The pages of planning/ (KMS_DATA, default ../shared/data) are taken in once and kept in KMS_BENCH (default
~/.cache/kms-benchmarks).
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import string
import sys
import time
from pathlib import Path
from typing import Any

from baselines import Key, all_baselines

from kms.config import open_workspace
from kms.library import Library

ROOT = Path(__file__).parent
DATA = Path(os.environ.get("KMS_DATA", ROOT.parent.parent / "shared" / "data"))
KEPT = Path(os.environ.get("KMS_BENCH", Path.home() / ".cache" / "kms-benchmarks"))
QUERIES = ROOT / "truth" / "queries.json"


class Ours:
    """kms as people use it: notes, synonyms, spelling and all."""

    name = "kms"

    def __init__(self, library: Library) -> None:
        self.library = library
        self._sources = {one.id: one.source for one in library.documents().documents}

    def search(self, query: str, limit: int = 10) -> list[Key]:
        return [(self._sources[hit.document.id], hit.page) for hit in self.library.search(query, limit=limit).hits]


def planning() -> Library:
    """The documents of planning/, taken in where that was not done yet."""
    library = Library(open_workspace(KEPT / "planning"))
    for _ in library.ingest([DATA / "planning"]):
        pass
    library.refresh(now=True)
    return library


def pages_of(library: Library) -> list[tuple[Key, str, str, str]]:
    """Every page: key, title of its document, text, year."""
    pages = []
    for one in library.documents().documents:
        document = library.document(one.id)
        year = str(one.year or (one.period or ("",))[0])
        pages += [((one.source, page.number), document.title, page.text, year) for page in document.content.pages]
    return pages


def ndcg(found: list[Key], grades: dict[Key, int], at: int = 10) -> float:
    """Normalised discounted cumulative gain with gains 2^grade - 1 (Jarvelin and Kekalainen, 2002)."""
    gains = [2 ** grades.get(key, 0) - 1 for key in found[:at]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:at]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains)) / ideal if ideal else 0.0


def judged() -> list[dict[str, Any]]:
    """The queries with their grades by key."""
    queries = json.loads(QUERIES.read_text("utf-8"))["queries"]
    for query in queries:
        query["grades"] = {
            (source, int(page)): grade
            for source, pages in query["grades"].items()
            for page, grade in pages.items()
        }
    return queries


def quality() -> None:
    """nDCG@10 by kind of query, and by part: "dev" was looked at while building, "test" was not."""
    library = planning()
    pages = pages_of(library)
    engines: list[Any] = [Ours(library), *all_baselines()]
    for engine in engines[1:]:
        engine.add(pages)
    queries = [query for query in judged() if query["grades"]]
    values = {
        engine.name: {query["query"]: ndcg(engine.search(query["query"]), query["grades"]) for query in queries}
        for engine in engines
    }
    print(f"nDCG@10 over {len(pages)} pages, {len(queries)} queries")
    groups = [(kind, [q["query"] for q in queries if q["kind"] == kind]) for kind in dict.fromkeys(q["kind"] for q in queries)]
    groups += [(part, [q["query"] for q in queries if q["part"] == part]) for part in ("dev", "test")]
    groups.append(("all", [q["query"] for q in queries]))
    print(f"{'':16}{'':>4}" + "".join(f"{engine.name:>14}" for engine in engines))
    for name, group in groups:
        row = "".join(f"{statistics.mean(values[engine.name][q] for q in group):14.3f}" for engine in engines)
        print(f"{name:16}{len(group):4}{row}")
    if "-v" in sys.argv:
        for query in queries:
            text = query["query"]
            print(f"{query['kind']:14}{query['part']:5}{text:40}" + "".join(f"{values[e.name][text]:8.2f}" for e in engines))


def typos(words: list[str], known: Any, number: int, seed: int) -> list[tuple[str, str]]:
    """(misspelt, meant) pairs: a letter left out, put in, changed, or two exchanged, at random; never a word."""
    chance = random.Random(seed)
    pairs: list[tuple[str, str]] = []
    while len(pairs) < number:
        word = chance.choice(words)
        at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
        left, right = word[:at], word[at:]
        typo = chance.choice(
            [left + right[1:], left + letter + right, left + letter + right[1:], left + right[1:2] + right[:1] + right[2:]]
        )
        if typo not in known:
            pairs.append((typo, word))
    return pairs


def spelling() -> None:
    """Did-you-mean as `search` answers it: 500 misspelt words of the corpus, and 500 words that exist."""
    library = planning()
    vocabulary = dict(library._shelf.consult(lambda view: list(view.engine.vocabulary())))
    for least in (2, 1):
        words = [w for w, pages in vocabulary.items() if w.isascii() and w.isalpha() and len(w) >= 5 and pages >= least]
        pairs = typos(sorted(words), vocabulary, 500, 11)
        right, took = 0, []
        for typo, word in pairs:
            began = time.perf_counter()
            answer = library.search(typo)
            took.append((time.perf_counter() - began) * 1000)
            right += answer.suggestion == word
        took.sort()
        print(f"did you mean, words of 5 letters and more on {least}+ pages: {right / 500:.3f} right; "
              f"whole search p50 {took[250]:.1f} ms, p95 {took[475]:.1f} ms")
    chance = random.Random(12)
    wrong = sum(library.search(word).suggestion is not None for word in chance.sample(sorted(vocabulary), 500))
    print(f"corrections of 500 words that exist: {wrong}")
    prefixes = [word[:n] for word in chance.sample(sorted(vocabulary), 300) for n in (1, 2, 3)]
    took = []
    for prefix in prefixes:
        began = time.perf_counter()
        library.complete(prefix, 8)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"completion: p50 {took[450]:.2f} ms, p95 {took[855]:.2f} ms, slowest {took[-1]:.1f} ms")


def main() -> None:
    what = [name for name in sys.argv[1:] if not name.startswith("-")] or ["quality"]
    if "quality" in what:
        quality()
        spelling()


if __name__ == "__main__":
    main()
