"""Search beside stock Whoosh, SQLite FTS5 and tantivy, all on the same pages and queries in one run.

    python benchmarks/search.py quality     nDCG@10 on judged queries over planning/, and spelling
    python benchmarks/search.py quality --queries FILE   the former alone, by kind, on other queries of the same form
    python benchmarks/search.py spelling    the latter alone
    python benchmarks/search.py speed       generated pages: 100,000, or as many as said
    python benchmarks/search.py readers     eight readers and a writer for a minute

The pages of planning/ (KMS_DATA, default ../shared/data) are taken in once and kept in KMS_BENCH (default
~/.cache/kms-benchmarks).
"""

from __future__ import annotations

import sys
from pathlib import Path

from search_quality import quality, sight
from search_readers import readers
from search_speed import speed
from search_spelling import spelling


def main() -> None:
    if "--queries" in sys.argv:
        sight(Path(sys.argv[sys.argv.index("--queries") + 1]))
        return
    what = [name for name in sys.argv[1:] if not name.startswith("-") and not name.isdecimal()] or ["quality"]
    if "quality" in what:
        quality()
    if "spelling" in what or "quality" in what:
        spelling()
    if "speed" in what:
        speed(next((int(name) for name in sys.argv if name.isdecimal()), 100_000))
    if "readers" in what:
        readers(next((float(name) for name in sys.argv if name.isdecimal()), 60.0))


if __name__ == "__main__":
    main()
