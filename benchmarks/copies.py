"""Whether copies and editions of real documents are named for what they are, beside MinHash.

    python benchmarks/copies.py [--keep FOLDER] [--pages 8]

The documents of ``KMS_DATA/planning`` are made again in four ways: printed on paper of another size (pdftocairo, which
writes a PDF of its own); typed again from their text in another font on other pages (reportlab); stamped across each
page; and, their first pages only, scanned (200 dpi, askew, noisy, no text). Issues of another year are typed from the
plans and reports of one year: years moved by one, other figures, a sixth of the lines left out. Then the commands of
every day: ``kms ingest``, ``kms check FILE --json`` against the originals alone, ``kms audit --json`` over all of them.

A pair is named right when the strongest group that holds both says what they are. MinHash (datasketch, 5 words in a
row, 256 permutations) gets the same texts; it knows no editions, so it names pairs alike from the threshold that is
best for it.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from datasketch import MinHash
from PIL import Image, ImageFilter
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import B5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from kms.corpus import Corpus

DPI = 200
MARK = "SALINAN TIDAK TERKENDALI"
FOOT = "Diunduh dari jdih.contoh.go.id pada 12 Maret 2024"
NAMED = ("copy", "edition", "duplicate", "overlap")
ISSUES = {
    "jombang-inspektorat-lkjip-2022",
    "jombang-inspektorat-renja-2023",
    "pasuruan-lkpj-2019",
    "wonosobo-diskominfo-lkjip-2019",
    "wonosobo-diskominfo-renja-2017",
}
"""Documents of which there is an issue each year."""
SERIES = {"wonosobo-diskominfo-pobl-2018-07": "pobl", "wonosobo-diskominfo-pobl-2018-08": "pobl"}
"""Documents of ``planning`` that are issues of one report."""

Pair = frozenset[str]


def print_again(source: Path, target: Path) -> None:
    """The document as a print driver writes it, on letter paper."""
    command = ["pdftocairo", "-pdf", "-paperw", "612", "-paperh", "792", "-expand", str(source), str(target)]
    subprocess.run(command, check=True, capture_output=True)


def stamp(source: Path, target: Path) -> None:
    """The document with a mark across each page and a line at its foot."""
    document = pypdfium2.PdfDocument(source)
    font = pdfium.FPDFText_LoadStandardFont(document.raw, b"Helvetica-Bold")
    for page in document:
        width, height = page.get_size()
        size = width / 14
        _write(document, page, font, MARK, size, (0.7, 0.7, -0.7, 0.7, width * 0.15, height * 0.15))
        _write(document, page, font, FOOT, 8, (1, 0, 0, 1, 30, 12))
        page.gen_content()
        page.close()
    document.save(target)
    document.close()


def _write(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    font: object,
    text: str,
    size: float,
    matrix: tuple[float, ...],
) -> None:
    piece = pdfium.FPDFPageObj_CreateTextObj(document.raw, font, size)
    wide = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    pdfium.FPDFText_SetText(piece, ctypes.cast(wide, pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPageObj_SetFillColor(piece, 200, 30, 30, 90)
    pdfium.FPDFPageObj_Transform(piece, *matrix)
    pdfium.FPDFPage_InsertObject(page.raw, piece)


def cut(source: Path, target: Path, pages: int) -> None:
    """The first pages of a document."""
    whole, part = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new()
    part.import_pages(whole, list(range(min(pages, len(whole)))))
    part.save(target)
    part.close()
    whole.close()


def scan(source: Path, target: Path, seed: int) -> None:
    """Pictures of the pages: grey, askew, soft, noisy, squeezed as JPEG."""
    chance = np.random.default_rng(seed)
    sheets = []
    document = pypdfium2.PdfDocument(source)
    for page in document:
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(float(chance.uniform(-1.0, 1.0)), Image.Resampling.BICUBIC, fillcolor=245)
        picture = picture.filter(ImageFilter.GaussianBlur(0.6))
        grey = np.asarray(picture, np.float32) * 0.94 + 6 + chance.normal(0, 9, (picture.height, picture.width))
        squeezed = io.BytesIO()
        Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(squeezed, "JPEG", quality=60)
        sheets.append(Image.open(squeezed))
        page.close()
    document.close()
    sheets[0].save(target, "PDF", resolution=DPI, save_all=True, append_images=sheets[1:])


def type_again(pages: Sequence[str], target: Path) -> None:
    """A text in another font, on smaller pages, its lines broken elsewhere; the first page as a cover."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    cover = ParagraphStyle("cover", fontName="Vera", fontSize=15, leading=22, alignment=TA_CENTER)
    body = ParagraphStyle("body", fontName="Vera", fontSize=9.5, leading=13)
    story: list[Paragraph | PageBreak] = []
    for number, page in enumerate(pages):
        style = cover if number == 0 and len(page) < 600 else body
        for line in page.splitlines():
            if line.strip():
                plain = line.replace("\t", "  ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                story.append(Paragraph(plain, style))
        if number == 0:
            story.append(PageBreak())
    SimpleDocTemplate(str(target), pagesize=B5, margins=50).build(story)


def next_issue(pages: Sequence[str], seed: int) -> list[str]:
    """The issue of the year after: years moved by one, other figures, a sixth of the lines gone."""
    chance = random.Random(seed)

    def moved(match: re.Match[str]) -> str:
        number = int(match.group())
        if 2005 <= number <= 2030:
            return str(number + 1)
        return str(chance.randint(number // 2, 2 * number + 1)) if number > 9 else match.group()

    issue = []
    for number, page in enumerate(pages):
        lines = [line for line in page.splitlines() if number == 0 or chance.random() > 1 / 6]
        issue.append("\n".join(re.sub(r"(?<!\d)\d{1,4}(?!\d)", moved, line) for line in lines))
    return issue


class Kms:
    """The commands, on a workspace of its own."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._command = [sys.executable, "-m", "kms", "--workspace", str(workspace)]

    def ingest(self, *files: Path) -> None:
        """Take files in; files that fail are named."""
        answer = self._run("ingest", "--json", *map(str, files))
        for line in answer.splitlines():
            if json.loads(line)["outcome"] == "failed":
                print(f"  not read: {line}")

    def names(self) -> dict[str, str]:
        """The name of the file, without ending, of each document."""
        return {one["id"]: Path(one["source"]).stem for one in json.loads(self._run("list", "--json"))["documents"]}

    def pages(self) -> dict[str, list[str]]:
        """The text of each page of each document, by the name of its file."""
        corpus = Corpus(self._workspace / "corpus")
        return {name: [page.text for page in corpus.document(one).content.pages] for one, name in self.names().items()}

    def check(self, file: Path) -> list[tuple[str, str, float]]:
        """What the earlier documents are to a file: name, relation and score."""
        names = self.names()
        matches = json.loads(self._run("check", str(file), "--json"))["matches"]
        return [(names[one["document"]["id"]], one["relation"], one["score"]) for one in matches]

    def audit(self) -> dict[Pair, str]:
        """The relation that each pair stands in, by the first group that holds both."""
        names = self.names()
        found: dict[Pair, str] = {}
        for group in json.loads(self._run("audit", "--json"))["groups"]:
            for one, other in combinations(group["documents"], 2):
                found.setdefault(frozenset((names[one], names[other])), group["relation"])
        return found

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([*self._command, *arguments], capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise SystemExit(f"kms {' '.join(arguments)}: {done.stderr}")
        return done.stdout


def expected(one: str, other: str) -> str | None:
    """What two files are to each other, by their names ``document~way``; None for nothing in common."""
    (first, way), (second, its) = (name.partition("~")[::2] for name in (one, other))
    if first == second:
        return "edition" if (way == "issue") != (its == "issue") else "copy"
    return "edition" if first in SERIES and SERIES[first] == SERIES.get(second) else None


def way_of(one: str, other: str) -> str:
    """The row of the table that a pair counts in."""
    truth = expected(one, other)
    if truth != "copy":
        return truth or "unrelated"
    return " ".join(sorted({way for name in (one, other) if (way := name.partition("~")[2])}))


def show(found: Mapping[Pair, str], pairs: Iterable[tuple[str, str]]) -> None:
    """How many pairs of each kind are named right, and each that is not."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong = []
    for one, other in pairs:
        truth, answer = expected(one, other), found.get(frozenset((one, other)))
        right[way_of(one, other)] += answer == truth
        total[way_of(one, other)] += 1
        if answer != truth:
            wrong.append(f"    {one} | {other}: {answer or 'nothing'}, not {truth or 'nothing'}")
    for way in sorted(total):
        print(f"  {way:<22} {right[way]:>4} of {total[way]}")
    print("\n".join(wrong) or "    all named right", flush=True)


def minhash(texts: Mapping[str, Sequence[str]], pairs: Sequence[tuple[str, str]]) -> None:
    """Pairs that are alike by MinHash, at the threshold that is best for it and at one half."""
    prints = {}
    for name, pages in texts.items():
        words = re.findall(r"\w+", " ".join(pages).lower())
        one = MinHash(256)
        one.update_batch([" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))])
        prints[name] = one
    jaccard = {pair: prints[pair[0]].jaccard(prints[pair[1]]) for pair in pairs}
    copies = {pair for pair in pairs if expected(*pair) == "copy"}

    def right(least: float) -> tuple[int, int]:
        alike = {pair for pair, value in jaccard.items() if value >= least}
        return len(alike & copies), len(alike - copies)

    best = max(sorted({0.0, *jaccard.values()}), key=lambda least: right(least)[0] - right(least)[1])
    for label, least in (("best", best), ("0.50", 0.5)):
        named, false = right(least)
        print(f"  MinHash, threshold {label} ({least:.2f}): {named} of {len(copies)} copies, {false} others called so")
    for way in sorted({way_of(*pair) for pair in copies}):
        values = [value for pair, value in jaccard.items() if pair in copies and way_of(*pair) == way]
        print(f"    {way:<22} Jaccard {min(values):.2f} to {max(values):.2f}")
    others = [value for pair, value in jaccard.items() if expected(*pair) == "edition"]
    if others:
        print(f"    {'edition':<22} Jaccard {min(others):.2f} to {max(others):.2f}", flush=True)


def run(label: str, kms: Kms, versions: Sequence[Path]) -> None:
    """Each version checked against what the workspace holds, then all of them audited."""
    began = time.perf_counter()
    originals = sorted(kms.names().values())
    found: dict[Pair, str] = {}
    for version in versions:
        for name, relation, _ in kms.check(version):
            if relation in NAMED:
                found[frozenset((version.stem, name))] = relation
    print(f"\n{label}: kms check of {len(versions)} files ({time.perf_counter() - began:.0f} s)")
    show(found, [(version.stem, name) for version in versions for name in originals])
    kms.ingest(*versions)
    began = time.perf_counter()
    found = kms.audit()
    print(f"{label}: kms audit ({time.perf_counter() - began:.0f} s)")
    texts = kms.pages()
    pairs = list(combinations(sorted(texts), 2))
    show(found, pairs)
    minhash(texts, pairs)


def make(sources: Sequence[Path], folder: Path, way: str, work: Callable[[Path, Path], None]) -> list[Path]:
    """A version of each document; one that stands there already is kept."""
    made = []
    for source in sources:
        target = folder / f"{source.stem.partition('~')[0]}~{way}.pdf"
        if not target.exists():
            work(source, target)
        made.append(target)
    return made


def main() -> None:
    """Make the versions and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="folder for the versions and workspaces; a fresh one if not given")
    parser.add_argument("--pages", type=int, default=8, help="pages of each document that are scanned")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="kms-copies-"))
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted((Path(os.environ.get("KMS_DATA", "../shared/data")) / "planning").glob("*.pdf"))
    whole = Kms(folder / "whole")
    whole.ingest(*sources)
    texts = whole.pages()
    versions = make(sources, folder, "printed", print_again)
    versions += make(sources, folder, "stamped", stamp)
    versions += make(sources, folder, "typed", lambda source, target: type_again(texts[source.stem], target))
    versions += make(
        [source for source in sources if source.stem in ISSUES],
        folder,
        "issue",
        lambda source, target: type_again(next_issue(texts[source.stem], len(source.stem)), target),
    )
    run("whole documents", whole, versions)
    (folder / "cuts").mkdir(exist_ok=True)
    cuts = []
    for source in sources:
        cuts.append(folder / "cuts" / source.name)
        cut(source, cuts[-1], options.pages)
    scans = make(cuts, folder, "scanned", lambda source, target: scan(source, target, len(source.stem)))
    parts = Kms(folder / "parts")
    parts.ingest(*cuts)
    run(f"first {options.pages} pages, scanned", parts, scans)


if __name__ == "__main__":
    main()
