"""How long the server takes for each kind of page over the sample: the search page is to stay below 100 ms (p95).

Usage: python benchmarks/pages.py [WORKSPACE]   (without one, the sample is ingested into a temporary workspace)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kms.config import Workspace, open_workspace
from kms.library import Library
from webui import create_app

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
QUERIES = (
    "konflik sosial",
    "kerukunan umat beragama",
    "deteksi dini",
    '"toleransi antarumat beragama"',
    "kesbangpol*",
    "ormas OR LSM",
    "partai politik -bantuan",
    "indeks 2021",
    "pemilih pemula",
    "zzzz tidak ada",
)
GOAL = 100.0
ROUNDS = 10


@contextmanager
def library_of(arguments: list[str]) -> Iterator[Library]:
    if arguments:
        with Library(open_workspace(arguments[0])) as library:
            yield library
        return
    with tempfile.TemporaryDirectory() as folder, Library(Workspace(Path(folder))) as library:
        for _ in library.ingest([SAMPLE]):
            pass
        yield library


def main() -> None:
    with library_of(sys.argv[1:]) as library:
        client = create_app(library).test_client()
        documents = library.documents().documents
        one = max(documents, key=lambda document: document.pages)
        kinds = {
            "search": [f"/search?q={query}" for query in QUERIES]
            + [f"/search?q={query}&type=rkt&year=2021" for query in QUERIES],
            "completions": [f"/search/completions?q={query[:5]}" for query in QUERIES],
            "page of the largest document": [f"/documents/{one.id}/pages/{n}?q=konflik" for n in range(1, 11)],
            "document": [f"/documents/{document.id}" for document in documents[:10]],
            "documents": ["/documents", "/documents?year=2021"],
            "indicators": ["/indicators", "/indicators?year=2021"],
            "home": ["/"],
        }
        print(f"{len(documents)} documents, {sum(document.pages for document in documents)} pages")
        print(f"{'page':32} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'KB':>6}")
        for kind, addresses in kinds.items():
            took, size = [], 0
            for _ in range(ROUNDS):
                for address in addresses:
                    began = time.perf_counter()
                    answer = client.get(address)
                    took.append((time.perf_counter() - began) * 1000)
                    size = max(size, len(answer.data))
            took.sort()
            p95 = took[int(0.95 * (len(took) - 1))]
            verdict = f"   goal {GOAL:.0f}: {'reached' if p95 <= GOAL else 'MISSED'}" if kind == "search" else ""
            print(f"{kind:32} {statistics.median(took):8.1f} {p95:8.1f} {took[-1]:8.1f} {size / 1000:6.1f}{verdict}")


if __name__ == "__main__":
    main()
