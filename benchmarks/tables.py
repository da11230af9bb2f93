"""Tables against the truth: cells exact at their place per style, stitching, and pdfplumber's defaults beside it.

Run as ``python benchmarks/tables.py``; the documents are looked for in KMS_DATA (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from pathlib import Path

import pdfplumber
import variety

from kms.extract import read_file
from kms.model import Table

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def wanted(table: dict) -> list[list[str]]:
    """Body rows of the truth with merged cells filled down, without header, numbers and full-width rows."""
    rows = [[plain(cell) for cell in row] for row in table["rows"]]
    width = len(rows[0])
    for x0, y0, x1, y1 in table["spans"]:
        for y in range(y0, y1 + 1):
            if y >= table["nhead"]:
                rows[y][x0] = rows[y0][x0]
        if x1 - x0 + 1 == width:
            rows[y0] = []
    return [row for row in rows[table["nhead"] :] if row]


def ours(tables: tuple[Table, ...], page: int) -> list[list[str]]:
    return [
        list(row) for table in tables for row, number in zip(table.rows, table.row_pages, strict=True) if number == page
    ]


def plumber_rows(path: Path, page: int, table: dict) -> list[list[str]]:
    with pdfplumber.open(path) as pdf:
        found = pdf.pages[page - 1].extract_tables()
    rows = [[plain(cell) for cell in row] for rows in found for row in rows]
    return rows[table["nhead"] :]


def join_cut(pages: list[list[list[str]]], cuts: dict[tuple[int, int], str]) -> None:
    """Write down by hand what is one cell although the page break cuts it: ``cuts`` maps (page, column) to its text."""
    for (page, column), text in cuts.items():
        last = pages[page - 1][-1][column]
        for row in reversed(pages[page - 1]):
            if row[column] != last:
                break
            row[column] = text
        first = pages[page][0][column]
        for row in pages[page]:
            if row[column] != first:
                break
            row[column] = text


def exact(rows: list[list[str]], truth: list[list[str]]) -> tuple[int, int]:
    right = total = 0
    for number, row in enumerate(truth):
        for column, cell in enumerate(row):
            total += 1
            right += number < len(rows) and column < len(rows[number]) and plain(rows[number][column]) == cell
    return right, total


def raw(table: dict) -> list[list[str]]:
    rows = [[plain(cell) for cell in row] for row in table["rows"]]
    return rows[table["nhead"] :]


def measure(name: str, pdf: Path, truth_file: Path) -> None:
    truth = json.loads(truth_file.read_text("utf-8"))
    extraction = read_file(pdf)
    score: dict[str, Counter] = {}
    logical: list[list[int]] = []
    bodies = {n: wanted(table) for n, page in enumerate(truth, 1) for table in page["tables"]}
    for number, page in enumerate(truth, 1):
        if page["tables"] and page["tables"][0]["nhead"] == 0:
            above, below = bodies[number - 1], bodies[number]
            cuts = {}
            for column, (upper, lower) in enumerate(zip(above[-1], below[0], strict=True)):
                if not lower or lower[0].islower():
                    cuts[1, column] = f"{upper} {lower}".strip()
            join_cut([above, below], cuts)
    for number, page in enumerate(truth, 1):
        for table in page["tables"]:
            style = "merged" if "wide" in table["name"] else table["style"]
            counts = score.setdefault(style, Counter())
            right, total = exact(ours(extraction.tables, number), bodies[number])
            base, base_total = exact(plumber_rows(pdf, number, table), raw(table))
            counts.update(right=right, total=total, base=base, base_total=base_total)
            stem = table["name"].rsplit("-", 1)[0] if "wide" in table["name"] or "bab2" in table["name"] else ""
            if stem and logical and logical[-1][-1] == number - 1 and wanted_name(truth, logical[-1][-1]) == stem:
                logical[-1].append(number)
            else:
                logical.append([number])
    for style, counts in sorted(score.items()):
        print(
            f"{name:12} {style:8} cells exact {counts['right'] / counts['total']:.4f} ({counts['total']})"
            f"   pdfplumber defaults {counts['base'] / counts['base_total']:.4f}"
        )
    want = {tuple(pages) for pages in logical}
    have = [table.pages for table in extraction.tables]
    hits = sum(pages in want for pages in have)
    print(f"{name:12} logical tables {len(want)}, found {len(have)}, F1 {2 * hits / (len(want) + len(have)):.4f}")


def wanted_name(truth: list[dict], page: int) -> str:
    return truth[page - 1]["tables"][-1]["name"].rsplit("-", 1)[0]


def measure_variety(seeds: range) -> None:
    """Tables made up by ``variety.py``, none of which was looked at while the reader was written: cells, headers."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in (*variety.KINDS, *variety.FREE):
            counts = Counter()
            for seed in seeds:
                path = Path(folder) / f"{seed}.pdf"
                truths = variety.make(kind, seed, path)
                found = read_file(path).tables
                counts.update(want=len(truths), have=len(found))
                for truth in truths:
                    best = max(found, key=lambda table: sum(map(len, table.rows)), default=None)
                    right, total = exact(
                        [list(row) for row in best.rows] if best else [], [list(r) for r in truth.rows]
                    )
                    base = exact(plumber_tables(path)[-len(truth.rows) :], [list(r) for r in truth.rows])[0]
                    named = bool(best) and tuple(map(plain, best.header)) == truth.header
                    counts.update(right=right, total=total, base=base, named=named)
            share = f"{counts['right'] / counts['total']:.4f} ({counts['total']})" if counts["total"] else "-"
            base = f"{counts['base'] / counts['total']:.4f}" if counts["total"] else "-"
            print(
                f"made up      {kind:11} cells exact {share:15} headers {counts['named']}/{counts['want']}"
                f" tables {counts['have']} of {counts['want']}   pdfplumber defaults {base}"
            )


def plumber_tables(path: Path) -> list[list[str]]:
    """All rows that pdfplumber finds; the last of them are compared, so that no header stands in its way."""
    with pdfplumber.open(path) as pdf:
        rows = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    return [[plain(cell) for cell in row] for row in rows]


if __name__ == "__main__":
    measure("rkt-2021", DATA / "rkt-2021/rkt-2021.pdf", DATA / "rkt-2021/rkt-2021.truth.json")
    measure("renstra-150", DATA / "renstra-150/renstra.pdf", DATA / "renstra-150/renstra.truth.json")
    measure_variety(range(200, 212))
