"""The ledger of indicators against rows read by hand from pictures of pages, beside a naive reading of the same tables.

Usage: python benchmarks/indicators.py [--wrong]     (reads KMS_DATA; --wrong lists what differs)

Every page of ``truth/indicators.json`` is complete: an indicator found there that nobody read is wrong. Rows marked
"heldout" were written down before the reader was tried on their pages, and are counted apart too. The naive reading
takes the first column headed "indikator" and every column headed "target", and keeps what stands there.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from kms.extract import read_file
from kms.extract.indicators import indicator_key
from kms.library.ledger import near
from kms.model import Extraction, Indicator, Table

ROOT = Path(__file__).parent
DATA = Path(os.environ.get("KMS_DATA", ROOT.parent.parent / "shared" / "data"))
Row = tuple[str, dict[str, str]]
PARTS = ("all", "seen", "held out")
HELD_OUT: set[tuple[str, int]] = set()


def fold(text: str) -> str:
    return re.sub(r"[\s.,:;]+", "", text).lower()


def stated(row: dict) -> dict[str, str]:
    figures = {f"target {label}": text for label, text in row["targets"].items()}
    figures |= {f"realised {label}": text for label, text in row["realisations"].items()}
    return figures | ({"baseline": row["baseline"]} if "baseline" in row else {})


def found_by_kms(read: Extraction) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for indicator in read.indicators:
        rows[indicator.page].append((indicator.name, printed(indicator)))
    return rows


def printed(indicator: Indicator) -> dict[str, str]:
    figures = {f"target {label}": figure.text for label, figure in indicator.targets.items()}
    figures |= {f"realised {label}": figure.text for label, figure in indicator.realisations.items()}
    return figures | ({"baseline": indicator.baseline.text} if indicator.baseline else {})


def found_naively(read: Extraction) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for table in read.tables:
        for number, row in enumerate(table.rows):
            if (found := naive_row(table, row)) is not None:
                rows[table.row_pages[number]].append(found)
    return rows


def naive_row(table: Table, row: tuple[str, ...]) -> Row | None:
    name = next((i for i, cell in enumerate(table.header) if "indikator" in cell.lower()), None)
    if name is None or not row[name].strip():
        return None
    figures = {}
    for index, cell in enumerate(table.header):
        kind = "target" if "target" in cell.lower() else "realised" if "realisasi" in cell.lower() else ""
        year = re.search(r"20\d\d", cell) or re.search(r"20\d\d", table.caption or "")
        if kind and year and row[index].strip():
            figures[f"{kind} {year[0]}"] = row[index].strip()
    return row[name].strip(), figures


def compare(truth: list[Row], found: list[Row]) -> tuple[int, list[tuple[Row, Row | None]], list[Row]]:
    """(right names, pairs of truth and finding, findings left over); each finding serves one row of the truth."""
    left = list(found)
    pairs: list[tuple[Row, Row | None]] = []
    for row in truth:
        same = [other for other in left if fold(other[0]) == fold(row[0])]
        best = max(same, key=lambda other: agreeing(row, other), default=None)
        if best:
            left.remove(best)
        pairs.append((row, best))
    return sum(other is not None for _, other in pairs), pairs, left


def agreeing(row: Row, other: Row) -> int:
    return sum(fold(other[1].get(label, "")) == fold(text) for label, text in row[1].items())


def load_truth() -> dict[str, dict[int, list[Row]]]:
    truth: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in json.loads((ROOT / "truth" / "indicators.json").read_text("utf-8")):
        if row.get("heldout"):
            HELD_OUT.add((row["document"], row["page"]))
        truth[row["document"]][row["page"]].append((row["name"], stated(row)))
    return truth


def main() -> None:
    truth = load_truth()
    totals: dict[str, Counter[str]] = {f"{who}, {part}": Counter() for part in PARTS for who in ("kms", "naive")}
    for name, pages in truth.items():
        read = read_file(DATA / name)
        for who, found in (("kms", found_by_kms(read)), ("naive", found_naively(read))):
            for page, rows in pages.items():
                right, pairs, left = compare(rows, found.get(page, []))
                counts = Counter(
                    right=right,
                    rows=len(rows),
                    found=len(found.get(page, [])),
                    exact=sum(agreeing(row, other) for row, other in pairs if other),
                    figures=sum(len(row[1]) for row, _ in pairs)
                    + sum(len(set(other[1]) - set(row[1])) for row, other in pairs if other),
                )
                for part in ("all", "held out" if (name, page) in HELD_OUT else "seen"):
                    totals[f"{who}, {part}"] += counts
                if "--wrong" in sys.argv and who == "kms":
                    show(name, page, pairs, left)
    print(f"{'':16}{'rows':>6}{'precision':>11}{'recall':>9}{'figures exact':>15}")
    for who, n in totals.items():
        print(
            f"{who:16}{n['rows']:6}{n['right'] / max(1, n['found']):11.3f}{n['right'] / n['rows']:9.3f}"
            f"{n['exact'] / n['figures']:15.3f}"
        )
    print(f"{'goals':22}{0.97:11.3f}{0.95:9.3f}{0.97:15.3f}")
    compare_names()


def compare_names() -> None:
    """Pairs of names that mean one indicator, or two: joined by kms, and by equal names but for capitals and marks."""
    print(f"\n{'':16}{'pairs':>6}{'by kms':>11}{'by spelling':>13}")
    for kind, pairs in json.loads((ROOT / "truth" / "indicator-names.json").read_text("utf-8")).items():
        same = kind.startswith("same")
        kms = sum(near(indicator_key(one), indicator_key(other)) == same for one, other in pairs)
        plain = sum((fold(one) == fold(other)) == same for one, other in pairs)
        print(f"{kind:20}{len(pairs):3}{kms / len(pairs):10.3f}{plain / len(pairs):13.3f}")


def show(name: str, page: int, pairs: list[tuple[Row, Row | None]], left: list[Row]) -> None:
    for row, other in pairs:
        if other is None:
            print(f"missing  {name} p{page}: {row[0]}")
        elif {k: fold(v) for k, v in row[1].items()} != {k: fold(v) for k, v in other[1].items()}:
            print(f"figures  {name} p{page}: {row[0]}: {row[1]} / {other[1]}")
    for other in left:
        print(f"surplus  {name} p{page}: {other[0]} {other[1]}")


if __name__ == "__main__":
    main()
