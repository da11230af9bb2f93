"""Kinds of planning tables as offices lay them out, one document each, read by kms and by pdfplumber.

Run as ``python benchmarks/layouts.py``; names of kinds after it choose them and show what was read. Nothing here is
taken from a real document. `benchmarks/variety.py` varies how a table is drawn; this varies what is drawn: heads over
three levels, groups, tables that go on over a page in many ways, pages in two columns. What is drawn stands in
``layouts_heads.py``, ``layouts_pages.py`` and ``layouts_rules.py``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pdfplumber

sys.path.insert(0, str(Path(__file__).parent))
# Each puts its kinds among KINDS.
import layouts_heads  # noqa: F401
import layouts_pages  # noqa: F401
import layouts_rules  # noqa: F401
from layouts_parts import KINDS

from kms.extract import read_file


def exact(found: Sequence[Sequence[str]], truth: Sequence[Sequence[str]]) -> int:
    """How many cells stand at their place."""
    return sum(
        " ".join((a or "").split()) == " ".join(b.split())
        for row, wanted in zip(found, truth)
        for a, b in zip(row, wanted)
    )


def main(chosen: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen or KINDS:
            path = Path(folder) / "a.pdf"
            truths = KINDS[name](path)
            found = read_file(path).tables
            with pdfplumber.open(path) as pdf:
                plain = [row for page in pdf.pages for one in page.extract_tables() for row in one]
            total = right = base = named = 0
            for header, body in truths:
                best = max(found, key=lambda one: exact(one.rows, body), default=None)
                total += sum(map(len, body))
                right += exact(best.rows, body) if best else 0
                base += max((exact(plain[start:], body) for start in range(len(plain))), default=0)
                named += best is not None and best.header == header
            print(
                f"{name:22} cells exact {right / total:.3f} ({total})  headers {named}/{len(truths)}"
                f"  tables {len(found)} of {len(truths)}   pdfplumber defaults {base / total:.3f}"
            )
            for one in found if chosen else ():
                print("  ", one.pages, one.caption, one.header, *zip(one.groups, one.rows), sep="\n      ")


if __name__ == "__main__":
    main(sys.argv[1:])
