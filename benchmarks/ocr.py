"""How well and how fast scans are read: tables, figures, characters and seconds a page, beside ocrmypdf.

    python benchmarks/ocr.py [--no-baseline] [--variants] [--perturbed] [--show]

Reads ``rkt-2021/rkt-2021-scan.pdf`` and its truth under KMS_DATA (default ../shared/data). ``--variants`` also reads
the same scan turned, skewed, noisy, faded and at other resolutions; ``--perturbed`` reads only its pages with tables,
changed as little as the same scanner changes them from one day to the next. The baseline is ``ocrmypdf -l ind+eng``,
if installed, with the characters that ``pypdfium2`` gets from what it makes.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from kms.extract import ocr
from kms.extract.ocr.picture import render_page

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parents[2] / "shared/data")) / "rkt-2021"
FOOTER = re.compile(r"RKT\s+Kantor\s+Kesbangpol\s+Kota\s+Depok\s*\S?\s*\d*\s*$")
NUMBER = re.compile(r"[<>≥≤]?\s*(Rp\.?\s*)?\(?\d[\d.,]*\)?(\s*-\s*\d[\d.,]*)?\s*%?")


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


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
        self.seconds = 0.0

    def page(self, page: ocr.OcrPage, truth: dict, show: bool) -> None:
        for number, table in enumerate(truth["tables"]):
            self.table(page.grids[number] if number < len(page.grids) else None, table, show)
        self.text(page.text, truth, show)

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
                self.cells += 1
                self.close += alike(cell, found) >= 0.9
                self.exact += plain(cell) == plain(found)
                self.figures += figure
                self.right += figure and plain(cell) == plain(found)
                if show and plain(cell) != plain(found):
                    print(f"    cell {r},{c}: {cell!r} read as {found!r}")

    def line(self, pages: int) -> str:
        return (
            f"shapes {self.shapes}/{self.tables}  cells alike {self.close / max(self.cells, 1):.3f} exact "
            f"{self.exact / max(self.cells, 1):.3f} of {self.cells}  figures exact {self.right}/{self.figures}  "
            f"characters wrong {100 * self.errors / self.characters:.2f} %  {self.seconds / pages:.2f} s/page"
        )


def measure(pictures: list, truth: list, show: bool) -> Score:
    score = Score()
    for number, ((picture, dpi), wanted) in enumerate(zip(pictures, truth), 1):
        start = time.perf_counter()
        page = ocr.read_picture(picture, dpi, number)
        score.seconds += time.perf_counter() - start
        if show:
            print(f"  page {number}")
        score.page(page, wanted, show)
    return score


def variants(pictures: list) -> dict[str, list]:
    """The scan as other scanners might have made it."""
    noise = np.random.default_rng(7)

    def each(change) -> list:
        return [change(Image.fromarray(picture), dpi) for picture, dpi in pictures]

    def resized(image, dpi, wanted):
        size = (round(image.width * wanted / dpi), round(image.height * wanted / dpi))
        return np.asarray(image.resize(size, Image.Resampling.LANCZOS)), wanted

    def noisy(image, dpi):
        pixels = np.asarray(image).astype(float) + noise.normal(0, 25, (image.height, image.width))
        specks = noise.random(pixels.shape)
        pixels[specks < 0.002] = 0
        pixels[specks > 0.998] = 255
        return np.clip(pixels, 0, 255).astype(np.uint8), dpi

    def faded(image, dpi):
        return np.asarray(image.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: 110 + v * 0.55)), dpi

    def turned(image, dpi, by):
        return np.asarray(image.rotate(-by, expand=True, fillcolor=235)), dpi

    def skewed(image, dpi, by):
        return np.asarray(image.rotate(-by, Image.Resampling.BICUBIC, expand=True, fillcolor=235)), dpi

    return {
        "skewed by 2 degrees": each(lambda image, dpi: skewed(image, dpi, 2)),
        "skewed by -3.5": each(lambda image, dpi: skewed(image, dpi, -3.5)),
        "turned by 90": each(lambda image, dpi: turned(image, dpi, 90)),
        "turned by 180": each(lambda image, dpi: turned(image, dpi, 180)),
        "turned by 270": each(lambda image, dpi: turned(image, dpi, 270)),
        "noisy": each(noisy),
        "faded and blurred": each(faded),
        "150 dpi": each(lambda image, dpi: resized(image, dpi, 150)),
        "100 dpi": each(lambda image, dpi: resized(image, dpi, 100)),
        "300 dpi": each(lambda image, dpi: resized(image, dpi, 300)),
    }


def perturbations(pictures: list) -> dict[str, list]:
    """The scan as the same scanner might have made it on another day."""
    noise = np.random.default_rng(11)

    def each(change) -> list:
        return [(np.asarray(change(Image.fromarray(picture))), dpi) for picture, dpi in pictures]

    def scaled(by):
        return lambda im: im.resize((round(im.width * by), round(im.height * by)), Image.Resampling.BICUBIC)

    def skewed(by):
        return lambda image: image.rotate(-by, Image.Resampling.BICUBIC, fillcolor=250)

    def shifted(x, y):
        return lambda im: im.transform(im.size, Image.Transform.AFFINE, (1, 0, x, 0, 1, y), Image.Resampling.BICUBIC,
                                       fillcolor=250)  # fmt: skip

    def noisy(image):
        pixels = np.asarray(image).astype(float) + noise.normal(0, 8, (image.height, image.width))
        return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))

    def compressed(image):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=40)
        return Image.open(file).convert("L")

    return {
        "as it came": pictures,
        "one pixel narrower": each(lambda im: im.resize((im.width - 1, im.height), Image.Resampling.BICUBIC)),
        "shifted by 0.5, 0.3 pixels": each(shifted(0.5, 0.3)),
        "shifted by 7.3, 4.6 pixels": each(shifted(7.3, 4.6)),
        "1 % smaller": each(scaled(0.99)),
        "1 % larger": each(scaled(1.01)),
        "skewed by 0.5 degrees": each(skewed(0.5)),
        "skewed by -1 degree": each(skewed(-1)),
        "skewed by 1.5 degrees": each(skewed(1.5)),
        "light noise": each(noisy),
        "JPEG, quality 40": each(compressed),
    }


def baseline(source: Path, truth: list, jobs: int) -> tuple[float, Score] | None:
    """ocrmypdf on the same scan with as many pages at a time: seconds, and the characters it reads."""
    if not shutil.which("ocrmypdf"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        start = time.perf_counter()
        command = ["ocrmypdf", "-q", "-l", "ind+eng", "--jobs", str(jobs), "--output-type", "pdf", source, target]
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
        score = Score()
        for page, wanted in zip(pdfium.PdfDocument(target), truth):
            score.text(page.get_textpage().get_text_bounded(), wanted, False)
    return seconds, score


def whole(source: Path, truth: list, readers: int, show: bool) -> Score:
    """The scan read as kms reads it, rendering and start included."""
    score = Score()
    start = time.perf_counter()
    document = pdfium.PdfDocument(source)
    pictures = ((number + 1, *render_page(document[number])) for number in range(len(document)))
    pages = dict(ocr.read_pictures(pictures, readers, 600))
    score.seconds = time.perf_counter() - start
    for number, wanted in enumerate(truth, 1):
        if show:
            print(f"  page {number}")
        score.page(pages[number], wanted, show)
    return score


def perturbed(pictures: list, truth: list, show: bool) -> None:
    """The pages with tables, each slightly changed in several ways; the sum over all of them last."""
    chosen = [(picture, wanted) for picture, wanted in zip(pictures, truth) if wanted["tables"]]
    total = Score()
    for name, changed in perturbations([picture for picture, _ in chosen]).items():
        score = measure(changed, [wanted for _, wanted in chosen], show)
        print(f"{name}: {score.line(len(chosen))}", flush=True)
        for key, value in vars(score).items():
            setattr(total, key, getattr(total, key) + value)
    print(f"all of them: {total.line(len(chosen) * len(perturbations([])))}")
    print(f"figures exact {total.right / total.figures:.3f} (goal .98)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was read wrong")
    parser.add_argument("--perturbed", action="store_true", help="the pages with tables, slightly changed")
    options = parser.parse_args()
    source = DATA / "rkt-2021-scan.pdf"
    truth = json.loads((DATA / "rkt-2021.truth.json").read_text("utf-8"))
    found = ocr.availability()
    print(f"{found.engine}, {'+'.join(found.languages)}")
    document = pdfium.PdfDocument(source)
    pictures = [render_page(document[number]) for number in range(len(document))]
    if options.perturbed:
        perturbed(pictures, truth, options.show)
        return
    for readers in (1, 2):
        score = whole(source, truth, readers, options.show and readers == 1)
        print(f"kms, {readers} at a time (rendering included): {score.line(len(truth))}", flush=True)
        if not options.no_baseline and (ran := baseline(source, truth, readers)):
            seconds, theirs = ran
            wrong = 100 * theirs.errors / theirs.characters
            print(f"ocrmypdf --jobs {readers}: characters wrong {wrong:.2f} %  {seconds / len(truth):.2f} s/page")
            print(f"kms is {seconds / score.seconds:.1f}x as fast (goal 2x)", flush=True)
    if options.variants:
        for name, changed in variants(pictures).items():
            print(f"kms, {name}: {measure(changed, truth, options.show).line(len(truth))}", flush=True)


if __name__ == "__main__":
    main()
