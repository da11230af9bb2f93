"""How well and how fast scans are read: tables, figures, characters and seconds a page, beside ocrmypdf.

    python benchmarks/ocr.py [--no-baseline] [--show]
    python benchmarks/ocr.py --variants [--of rkt|planning] [--only WORDS] [--show]

Reads ``rkt-2021/rkt-2021-scan.pdf`` and its truth under KMS_DATA (default ../shared/data). The baseline is ``ocrmypdf
-l ind+eng``, if installed, with the characters that ``pypdfium2`` gets from what it makes. ``--variants`` reads pages
as `scans.py` spoils them instead: those of the scan that hold tables, and ruled tables of ``planning/`` made pictures
of, whose truth is what kms reads from the same pages as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
import time
import unicodedata
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from prints import prints, truth_of, typeset
from scans import COPIERS, VARIANTS, Shot, draw

from kms.extract import ocr
from kms.extract.ocr.picture import render_page
from kms.extract.sheet import Rule, read_sheet
from kms.extract.tables.cells import ruled_grid
from kms.extract.tables.grid import Grid
from kms.extract.tables.rulings import lattices

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parents[2] / "shared/data"))
RKT = DATA / "rkt-2021"
FOOTER = re.compile(r"RKT\s+Kantor\s+Kesbangpol\s+Kota\s+Depok\s*\S?\s*\d*\s*$")
NUMBER = re.compile(r"[<>≥≤]?\s*(Rp\.?\s*)?\(?\d[\d.,]*\)?(\s*-\s*\d[\d.,]*)?\s*%?")


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def close(text: str) -> str:
    """The text without its spaces, where the truth is a PDF's own text, whose spaces are guessed as well."""
    return "".join(plain(text).split())


def distance(a: str, b: str) -> int:
    """Levenshtein's, a row at a time."""
    codes = np.array([ord(c) for c in b], dtype=np.int32)
    places = np.arange(len(b) + 1)
    row = places.copy()
    for i, character in enumerate(a, 1):
        step = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        step = np.concatenate([[i], step])
        row = np.minimum.accumulate(step - places) + places
    return int(row[-1])


def alike(a: str, b: str) -> float:
    a, b = plain(a), plain(b)
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a or b else 1.0


class Score:
    """Counts over the pages of one scan."""

    def __init__(self) -> None:
        self.shapes = self.tables = self.cells = self.close = self.exact = self.figures = self.right = 0
        self.errors = self.characters = 0
        self.seconds = self.processor = 0.0

    def page(self, page: ocr.OcrPage, truth: dict, show: bool) -> None:
        for number, table in enumerate(truth["tables"]):
            self.table(found_for(table, number, page.grids), table, show)
        if "text" in truth:
            self.text(page.text, truth, show)

    def add(self, other: Score) -> None:
        for key, value in vars(other).items():
            setattr(self, key, getattr(self, key) + value)

    def text(self, text: str, truth: dict, show: bool) -> None:
        wanted = plain(" ".join(truth["text"]))
        read = FOOTER.sub("", plain(text)).strip()
        wrong = distance(wanted, read)
        self.errors += wrong
        self.characters += len(wanted)
        if show and wrong:
            for tag, a, b, c, d in SequenceMatcher(None, wanted, read, autojunk=False).get_opcodes():
                if tag != "equal":
                    print(f"    {wanted[max(a - 12, 0) : b + 12]!r}: {wanted[a:b]!r} read as {read[c:d]!r}")

    def table(self, grid: ocr.OcrGrid | None, truth: dict, show: bool) -> None:
        rows = truth["rows"]
        self.tables += 1
        self.shapes += grid is not None and (grid.height, grid.width) == (len(rows), len(rows[0]))
        read = grid.rows() if grid else []
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if not cell:
                    continue
                found = read[r][c] if r < len(read) and c < len(read[r]) else ""
                figure = NUMBER.fullmatch(plain(cell)) is not None
                same = close(cell) == close(found) if "loose" in truth else plain(cell) == plain(found)
                self.cells += 1
                self.close += same or alike(cell, found) >= 0.9
                self.exact += same
                self.figures += figure
                self.right += figure and same
                if "loose" in truth:
                    self.errors += min(distance(close(cell), close(found)), len(close(cell)))
                    self.characters += len(close(cell))
                if show and not same:
                    print(f"    cell {r},{c}: {cell!r} read as {found!r}")

    def line(self, pages: int) -> str:
        return (
            f"shapes {self.shapes}/{self.tables}  cells alike {self.close / max(self.cells, 1):.3f} exact "
            f"{self.exact / max(self.cells, 1):.3f} of {self.cells}  figures exact {self.right}/{self.figures}  "
            f"characters wrong {100 * self.errors / self.characters:.2f} %  {self.seconds / pages:.2f} s/page, "
            f"{self.processor / pages:.2f} s of processor"
        )


def found_for(truth: dict, number: int, grids: tuple[ocr.OcrGrid, ...]) -> ocr.OcrGrid | None:
    """The grid that stands where a table is known to stand, or has its number where that is not known."""
    if "box" not in truth:
        return grids[number] if number < len(grids) else None

    def shared(grid: ocr.OcrGrid) -> float:
        a, b = grid.box, truth["box"]
        return max(min(a[2], b[2]) - max(a[0], b[0]), 0.0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)

    return max((grid for grid in grids if shared(grid)), key=shared, default=None)


def baseline(source: Path, truth: list, jobs: int) -> Score | None:
    """ocrmypdf on the same scan with as many pages at a time: its time, and the characters it reads."""
    if not shutil.which("ocrmypdf"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = ["ocrmypdf", "-q", "-l", "ind+eng", "--jobs", str(jobs), "--output-type", "pdf", source, target]
        subprocess.run(command, check=True)
        score = Score()
        score.seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        score.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        for page, wanted in zip(pdfium.PdfDocument(target), truth):
            score.text(page.get_textpage().get_text_bounded(), wanted, False)
    return score


def whole(source: Path, truth: list, readers: int, show: bool) -> Score:
    """The scan read as kms reads it, rendering and start included."""
    score = Score()
    start, before = time.perf_counter(), time.process_time()
    document = pdfium.PdfDocument(source)
    pictures = ((number + 1, *render_page(document[number])) for number in range(len(document)))
    pages = dict(ocr.read_pictures(pictures, readers, 600))
    score.seconds, score.processor = time.perf_counter() - start, time.process_time() - before
    for number, wanted in enumerate(truth, 1):
        if show:
            print(f"  page {number}")
        score.page(pages[number], wanted, show)
    return score


def pages_of_rkt() -> dict[str, list[tuple[Shot, dict]]]:
    """The pages of the RKT that hold tables, as the scan has them and as they are drawn from the PDF."""
    truth = json.loads((RKT / "rkt-2021.truth.json").read_text("utf-8"))
    scan, source = pdfium.PdfDocument(RKT / "rkt-2021-scan.pdf"), pdfium.PdfDocument(RKT / "rkt-2021.pdf")
    chosen = [number for number, page in enumerate(truth) if page["tables"]]
    stamp = (0.5, 0.45)
    scanned = [(Shot(*render_page(scan[number]), stamp=stamp), truth[number]) for number in chosen]
    return {"scan": scanned, "drawn": [(draw(source[number], number + 1), truth[number]) for number in chosen]}


def pages_of_planning(per_document: int = 2, cells: int = 12) -> list[tuple[Shot, dict]]:
    """Pages with a ruled table of at least so many cells with text, spread over each document of ``planning/``."""
    shots = []
    for path in sorted((DATA / "planning").glob("*.pdf")):
        document = pdfium.PdfDocument(path)
        found = []
        for number in range(1, len(document) + 1):
            sheet = read_sheet(document[number - 1], number)
            grids = [grid for lattice in lattices(sheet) if (grid := ruled_grid(sheet, lattice, ()))]
            tables = [{"rows": rows_of(grid), "box": grid.box, "loose": True} for grid in grids]
            if sum(bool(text) for table in tables for row in table["rows"] for text in row) >= cells:
                found.append((number, tables))
        for number, tables in found[len(found) // (2 * per_document) :: max(len(found) // per_document, 1)][
            :per_document
        ]:
            x0, top, x1, bottom = tables[0]["box"]
            shot = draw(document[number - 1], number)
            wide, high = (size * 72 / shot.dpi for size in reversed(shot.picture.shape))
            place = ((x0 + 0.7 * (x1 - x0)) / wide, (top + 0.4 * (bottom - top)) / high)
            shots.append((replace(shot, stamp=place), {"tables": tables, "name": f"{path.name} {number}"}))
    return shots


def pages_of_prints() -> list[tuple[Shot, dict]]:
    """Pages typeset by LibreOffice, each with a place in its largest table for a stamp."""
    shots = []
    with tempfile.TemporaryDirectory() as folder:
        pages = prints()
        for page, path in zip(pages, typeset(pages, Path(folder))):
            shot = draw(pdfium.PdfDocument(path)[0], 1, 300)
            lying = [rule for rule in shot.lying if rule.length > 5] or [Rule(300, 100, 400)]
            wide, high = (size * 72 / shot.dpi for size in reversed(shot.picture.shape))
            left, right = min(rule.start for rule in lying), max(rule.end for rule in lying)
            middle = float(np.median([rule.at for rule in lying]))
            shots.append((replace(shot, stamp=((left + 0.7 * (right - left)) / wide, middle / high)), truth_of(page)))
    return shots


def without_box(table: dict) -> dict:
    """A table that is looked for by its number; its cells still count as its text."""
    return {"rows": table["rows"], "loose": True}


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of a grid, each at the first place of its cell."""
    rows = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def read_variants(of: str, only: str, show: bool) -> None:
    """A line for each variant and for all of them together."""
    rkt = pages_of_rkt() if of in ("", "rkt") else {"scan": [], "drawn": []}
    planning = pages_of_planning() if of in ("", "planning") else []
    prints = pages_of_prints() if of in ("", "prints") else []
    for title, shots, changes in (
        ("rkt-2021", rkt["scan"], VARIANTS),
        ("planning", planning, VARIANTS),
        ("prints", prints, COPIERS),
    ):
        if not shots:
            continue
        print(f"{title}, {len(shots)} pages", flush=True)
        total, count = Score(), 0
        for name, change in changes.items():
            if only not in name:
                continue
            score = Score()
            lines = "lines" in name and title == "rkt-2021"
            for number, (shot, wanted) in enumerate(rkt["drawn"] if lines else shots, 1):
                picture, dpi = change(shot, np.random.default_rng(number))
                start, before = time.perf_counter(), time.process_time()
                page = ocr.read_picture(picture, dpi, number)
                score.seconds += time.perf_counter() - start
                score.processor += time.process_time() - before
                if show:
                    print(f"  page {wanted.get('name', number)}")
                # Where the tables stand is known for the page as it was.
                moved = any(word in name for word in ("turned", "skewed")) and "text" not in wanted
                score.page(
                    page, {"tables": [without_box(table) for table in wanted["tables"]]} if moved else wanted, show
                )
            print(f"{name}: {score.line(len(shots))}", flush=True)
            total.add(score)
            count += len(shots)
        print(f"all of them: {total.line(count)}")
        print(f"figures exact {total.right / total.figures:.3f} (goal .98)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--of", choices=("rkt", "planning", "prints"), default="", help="only variants of these pages")
    parser.add_argument("--only", default="", help="only variants with these words in their name")
    parser.add_argument("--show", action="store_true", help="print what was read wrong")
    options = parser.parse_args()
    found = ocr.availability()
    print(f"{found.engine}, {'+'.join(found.languages)}")
    if options.variants:
        read_variants(options.of, options.only, options.show)
        return
    truth = json.loads((RKT / "rkt-2021.truth.json").read_text("utf-8"))
    for readers in (1, 2):
        score = whole(RKT / "rkt-2021-scan.pdf", truth, readers, options.show and readers == 1)
        print(f"kms, {readers} at a time (rendering included): {score.line(len(truth))}", flush=True)
        if not options.no_baseline and (theirs := baseline(RKT / "rkt-2021-scan.pdf", truth, readers)):
            wrong = 100 * theirs.errors / theirs.characters
            clock, processor = theirs.seconds / len(truth), theirs.processor / len(truth)
            print(f"ocrmypdf --jobs {readers}: characters wrong {wrong:.2f} %  {clock:.2f} s/page, {processor:.2f} s")
            print(
                f"kms is {theirs.seconds / score.seconds:.1f}x as fast by the clock (goal 2x), "
                f"{theirs.processor / score.processor:.1f}x in processor time",
                flush=True,
            )


if __name__ == "__main__":
    main()
