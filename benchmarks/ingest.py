"""Pages a second of reading a PDF, beside plain pdfplumber text and tables, and the peak memory of a reader.

``python benchmarks/ingest.py [PDF...]``: by default a text-heavy document and one with a quarter of its pages tables,
both out of KMS_DATA. Each figure is taken in a process of its own, one core each, in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parents[2] / "shared" / "data"))
DOCUMENTS = ("planning/pasuruan-lkpj-2019.pdf", "renstra-150/renstra.pdf", "rkt-2021/rkt-2021.pdf")

OURS = """
import json, resource, sys, time
from kms.extract import read_file
began = time.perf_counter()
pages = len(read_file(sys.argv[1]).pages)
seconds = time.perf_counter() - began
print(json.dumps([pages, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""
PLAIN = """
import json, resource, sys, time
import pdfplumber
began = time.perf_counter()
with pdfplumber.open(sys.argv[1]) as document:
    pages = len(document.pages)
    for page in document.pages:
        page.extract_text()
        page.extract_tables()
        page.close()
seconds = time.perf_counter() - began
print(json.dumps([pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure(script: str, path: Path) -> tuple[int, float, float]:
    """Pages, seconds and peak MB."""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    pages, seconds, memory = json.loads(done.stdout)
    return pages, seconds, memory


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [DATA / name for name in DOCUMENTS]
    print(f"{'document':40} {'pages':>5} {'kms':>9} {'plain':>9} {'ratio':>6} {'kms MB':>7} {'plain MB':>8}")
    for path in paths:
        pages, ours, memory = measure(OURS, path)
        _, plain, plain_memory = measure(PLAIN, path)
        print(
            f"{path.name:40} {pages:5} {pages / ours:7.1f}/s {pages / plain:7.1f}/s {plain / ours:5.1f}x"
            f" {memory:7.0f} {plain_memory:8.0f}"
        )


if __name__ == "__main__":
    main()
