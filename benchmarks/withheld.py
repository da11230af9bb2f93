"""Whether the time of an answer tells a document that is withheld from one that does not exist.

``python benchmarks/withheld.py``: six documents of the sample, one of them made rahasia and asked for by its exact id
by somebody who may not see it, in turns with ids that nobody has; in the library and through the pages. The baseline is
the difference between two ids that nobody has.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from kms.config import Workspace
from kms.errors import NotFound
from kms.library import Library
from kms.library.access import Reader
from webui import create_app

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
TIMES = 2000


def show(where: str, ask: Callable[[str], object], ids: Mapping[str, str]) -> None:
    """Median and 95 % of the microseconds that each id takes, asked in turns."""
    took: dict[str, list[float]] = {name: [] for name in ids}
    for _ in range(TIMES):
        for name, one in ids.items():
            began = time.perf_counter()
            ask(one)
            took[name].append((time.perf_counter() - began) * 1e6)
    for name, values in took.items():
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{where:8} {name:18} p50 {statistics.median(values):8.1f}  p95 {p95:8.1f} microseconds")


def main() -> None:
    """Take in the sample, withhold one document, ask."""
    with tempfile.TemporaryDirectory() as folder, Library(Workspace(Path(folder) / "ws")) as library:
        list(library.ingest(sorted(SAMPLE.glob("*.pdf"))[:6]))
        hidden = library.corpus.ids()[3]
        library.tag(hidden, {"access": ["rahasia"]}, "benchmark")
        ids = {
            "withheld": hidden,
            "nobody has it": f"{hidden[:-8]}0123abcd",
            "nobody has it too": f"{hidden[:-8]}abcd0123",
        }
        reader = Reader("tamu", "reader", "umum")
        below = library.seen_by(reader)

        def document(one: str) -> None:
            try:
                below.document(one)
            except NotFound:
                return
            raise SystemExit(f"{one} is shown")

        show("library", document, ids)
        client = create_app(library, everybody=reader).test_client()

        def page(one: str) -> None:
            if client.get(f"/documents/{one}").status_code != 404:
                raise SystemExit(f"{one} is shown")

        show("pages", page, ids)


if __name__ == "__main__":
    main()
