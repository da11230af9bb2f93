"""Covers, tables and names of indicators as offices elsewhere write them, set in real PDFs by LibreOffice.

Usage: python benchmarks/unseen.py [covers|tables|names] [--second|--third|--fourth|--fifth] [--half odd|even]
[--wrong] [--keep DIR]

``--wrong`` lists what differs. ``--second`` to ``--fifth`` take a later set (``*-second.txt``; of the fifth there are
only covers), written when the rules had been mended by those before; its even half stays unread, which is what
``--half`` is for (counted from 1).

The sources in ``unseen/*.txt`` were written, with their truth, before the rules were tried on them; nothing there is
taken from a real document. A cover opens with ``=== file | type | year or period | agency | title``. A table opens with
``=== name | orientation | size of type | rules``, the last being ``rows`` where only rows are ruled and ``none`` where
nothing is; ``!`` is a line above it, ``>`` one below, ``~`` ends it, ``= name ; target 2024: 75 ; baseline: 70`` is its
truth, and all else are rows: cells between ``|``, ``^r2c3`` their span, ``//`` a line break. ``---`` begins a new page
in both. Without LibreOffice covers are read as bare text, and tables are left out, and both is said.
"""

from __future__ import annotations

import argparse
import html
import itertools
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators import Row, agreeing, compare, fold, printed
from tags import NAMES, Said, found, naive, right, tell, wanted

from kms.extract import read_file
from kms.extract.indicators import indicator_key
from kms.extract.tags import find_tags
from kms.library.ledger import near
from kms.model import Page, Tag

SOURCES = Path(__file__).parent / "unseen"
MISSING = "LibreOffice is missing (apt-get install libreoffice-writer-nogui)"
RULES = {"all": 'border="1"', "rows": 'border="1" rules="rows" frame="hsides"', "none": 'border="0"'}
LEVELS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)
"""Bounds of the bands of confidence that are counted apart."""


@dataclass(frozen=True)
class Source:
    """One invented document: what its first line says, and the lines after it."""

    head: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What of the sources is to be scored, and how."""

    edition: str | None
    half: str | None
    wrong: bool

    def load(self, name: str) -> list[Source]:
        sources = load_sources(f"{name}-{self.edition}" if self.edition else name)
        return sources if self.half is None else sources[self.half == "even" :: 2]

    def title(self, name: str) -> str:
        words = ("unseen", name, self.edition or "", self.half or "")
        return " ".join(filter(None, words))


def load_sources(name: str) -> list[Source]:
    """The documents of ``unseen/<name>.txt``."""
    sources = []
    for part in ("\n" + (SOURCES / f"{name}.txt").read_text("utf-8")).split("\n=== ")[1:]:
        head, *lines = part.splitlines()
        sources.append(Source(tuple(field.strip() for field in head.split("|")), tuple(lines)))
    return sources


def cover_pages(cover: Source) -> tuple[str, ...]:
    return tuple(page.strip("\n") for page in "\n".join(cover.lines).split("\n---\n"))


def cover_html(cover: Source) -> str:
    """The cover in large centred letters, what follows it in running text."""
    parts = []
    for number, page in enumerate(cover_pages(cover)):
        style = "text-align:center;font-size:16pt;font-weight:bold" if number == 0 else "font-size:11pt"
        breaks = ";page-break-before:always" if number else ""
        for line in page.splitlines() or [""]:
            parts.append(f'<p style="{style}{breaks}">{html.escape(line) or "&nbsp;"}</p>')
            breaks = ""
    return page_html("portrait", "\n".join(parts))


def page_html(orientation: str, body: str) -> str:
    size = "29.7cm 21cm" if orientation == "landscape" else "21cm 29.7cm"
    return (
        f'<html><head><meta charset="utf-8"><style>@page {{size: {size}; margin: 2cm}} '
        f"p {{margin: 2pt}}</style></head><body>{body}</body></html>"
    )


def table_html(table: Source) -> str:
    """The table as it would stand in a report."""
    size = table.head[2] if len(table.head) > 2 else "10"
    rules = RULES[table.head[3] if len(table.head) > 3 else "all"]
    parts: list[str] = []
    rows: list[str] = []

    def end_table() -> None:
        if rows:
            parts.append(f'<table {rules} cellspacing="0" cellpadding="3" width="100%">{"".join(rows)}</table>')
            rows.clear()

    for line in table.lines:
        if line.startswith(("! ", "> ", "~")):
            end_table()
            parts.append(f'<p style="text-align:{"center" if line[0] == "!" else "left"}">{html.escape(line[2:])}</p>')
        elif line == "---":
            end_table()
            parts.append('<p style="page-break-before:always">&nbsp;</p>')
        elif line and not line.startswith("= "):
            rows.append(f"<tr>{''.join(cell_html(cell.strip(), size) for cell in line.split('|'))}</tr>")
    end_table()
    return page_html(table.head[1], "\n".join(parts))


def cell_html(cell: str, size: str) -> str:
    text, _, span = cell.partition("^")
    spans = "".join(
        f' {"rowspan" if kind == "r" else "colspan"}="{count}"' for kind, count in re.findall(r"([rc])(\d+)", span)
    )
    lines = "<br>".join(html.escape(line.strip()) for line in text.split("//"))
    return f'<td{spans}><font style="font-size:{size}pt">{lines}</font></td>'


def table_truth(table: Source) -> list[Row]:
    """Name and figures of each row, keyed as ``indicators.printed`` does."""
    rows: list[Row] = []
    for line in table.lines:
        if line.startswith("= "):
            name, *figures = (field.strip() for field in line[2:].split(";"))
            rows.append((name, {label.strip(): text.strip() for label, text in (f.split(":", 1) for f in figures)}))
    return rows


def set_in_pdf(pages: Iterable[tuple[str, str]], folder: Path) -> bool:
    """Writes each (stem, HTML) as a PDF into the folder; False where this machine has no LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        return False
    written = []
    for stem, content in pages:
        written.append(folder / f"{stem}.html")
        written[-1].write_text(content, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    form = ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
    subprocess.run([office, profile, "--headless", *form, *map(str, written)], check=True, capture_output=True)
    return True


def score_covers(folder: Path, asked: Asked) -> None:
    covers = asked.load("covers")
    real = set_in_pdf(((f"cover{n}", cover_html(cover)) for n, cover in enumerate(covers)), folder)
    print(
        ""
        if real
        else "covers are read as bare text: LibreOffice is missing (apt-get install libreoffice-writer-nogui)"
    )
    rows, said = [], []
    for number, cover in enumerate(covers):
        pages = tuple(Page(count, text) for count, text in enumerate(cover_pages(cover), 1))
        if real:
            pages = read_file(folder / f"cover{number}.pdf").pages
        file, kind, time, agency, title = cover.head
        tags = find_tags(pages, (), file)
        truth = wanted({"type": kind, "year": time, "agency": agency, "title": title})
        rows.append((file, truth, found(tags), naive(pages)))
        said.append((truth, tags))
    tell(asked.title("covers"), rows)
    tell_confidence(said)


def tell_confidence(said: list[tuple[Said, tuple[Tag, ...]]]) -> None:
    """How often what is said with such confidence is right: it means something when the figures rise."""
    print(f"\n{'confidence':16}" + "".join(f"{low:.1f}-{high:.1f}".rjust(12) for low, high in bands()))
    for name in NAMES:
        counts: dict[tuple[float, float], Counter[bool]] = {band: Counter() for band in bands()}
        for truth, tags in said:
            tag = next((tag for tag in tags if tag.name in name.split(" or ")), None)
            if tag:
                band = next(band for band in bands() if band[0] <= tag.confidence < band[1])
                counts[band][right(name, truth[name], tag.value)] += 1
        print(f"{name:16}" + "".join(f"{n[True]} of {n.total()}".rjust(12) for n in counts.values()))


def bands() -> Iterator[tuple[float, float]]:
    return itertools.pairwise(LEVELS)


def score_tables(folder: Path, asked: Asked) -> None:
    tables = asked.load("tables")
    if not set_in_pdf(((table.head[0], table_html(table)) for table in tables), folder):
        print(f"tables are left out: {MISSING}")
        return
    totals: Counter[str] = Counter()
    for table in tables:
        truth = [(name, folded(figures)) for name, figures in table_truth(table)]
        read = read_file(folder / f"{table.head[0]}.pdf")
        kms = [(one.name, folded(printed(one))) for one in read.indicators]
        count, pairs, left = compare(truth, kms)
        exact = sum(agreeing(row, other) for row, other in pairs if other)
        figures = sum(len(row[1]) for row in truth)
        extra = sum(len(set(other[1]) - set(row[1])) for row, other in pairs if other)
        totals += Counter(right=count, rows=len(truth), found=len(kms), exact=exact, figures=figures + extra)
        totals += Counter(whole=count == len(truth) == len(kms) and exact == figures + extra, tables=1)
        if asked.wrong:
            tell_wrong(table.head[0], pairs, left)
    print(
        f"{asked.title('tables')}: {totals['whole']} of {totals['tables']} layouts wholly right; "
        f"{totals['rows']} rows, "
        f"precision {totals['right'] / totals['found']:.3f}, recall {totals['right'] / totals['rows']:.3f}, "
        f"figures exact {totals['exact'] / totals['figures']:.3f} of {totals['figures']}"
    )


def folded(figures: dict[str, str]) -> dict[str, str]:
    return {label.casefold(): text for label, text in figures.items()}


def tell_wrong(name: str, pairs: list[tuple[Row, Row | None]], left: list[Row]) -> None:
    for row, other in pairs:
        if other is None:
            print(f"missing  {name}: {row[0]}")
        elif {k: fold(v) for k, v in row[1].items()} != {k: fold(v) for k, v in other[1].items()}:
            print(f"figures  {name}: {row[0]}: {row[1]}\n         {other[1]}")
    for other in left:
        print(f"surplus  {name}: {other[0]} {other[1]}")


def score_names(wrong: bool) -> None:
    counts: Counter[str] = Counter()
    for line in (SOURCES / "names.txt").read_text("utf-8").splitlines():
        if line[0] in "=x":
            one, other = (name.strip() for name in line[2:].split("|"))
            good = near(indicator_key(one), indicator_key(other)) == (line[0] == "=")
            counts[line[0]] += 1
            counts[line[0] + "right"] += good
            if wrong and not good:
                print(f"{line}   ({indicator_key(one)} / {indicator_key(other)})")
    print(
        f"unseen names: joined {counts['=right']} of {counts['=']} that are one, "
        f"kept apart {counts['xright']} of {counts['x']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["covers", "tables", "names"])
    for edition in ("second", "third", "fourth", "fifth"):
        parser.add_argument(f"--{edition}", dest="edition", action="store_const", const=edition)
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--keep", type=Path)
    said = parser.parse_args()
    asked = Asked(said.edition, said.half, said.wrong)
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if "covers" in said.parts:
            score_covers(folder, asked)
        if "tables" in said.parts and said.edition != "fifth":
            score_tables(folder, asked)
        if "names" in said.parts and not asked.edition:
            score_names(asked.wrong)


if __name__ == "__main__":
    main()
