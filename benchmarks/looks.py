"""How far pages that are pictures differ by what they look like: scans of one drawing, and other drawings and pages.

    python benchmarks/looks.py [--seeds 6] [--through-check]

Drawings of five kinds are made (performance trees in small print, bar and pie charts, maps, photographs), and each of
the first four once more in the same layout with other words, values or shades. They, and the pages of
``KMS_DATA/planning`` that `kms ingest` keeps the looks of, are scanned in nine ways. Printed are the bits in which the
looks of a scan differ from those of its page, and in which pages differ that are not the same: drawings among one
another, and all pages of ``planning`` and ``renstra-150``. With ``--through-check`` the drawings are ingested with the
documents of ``planning``, and each scan of one is put before `kms check`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pypdfium2
from copies import MARK, NAMED, Kms
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4, landscape, legal
from reportlab.pdfgen.canvas import Canvas

from kms.duplicates.appearance import ALIKE, decode, differences
from kms.extract.appearance import appearance_of, signature
from kms.extract.reading import read_file

WORDS = """
meningkatnya kualitas pelayanan publik masyarakat konflik sosial ormas pemilih pemula pendidikan politik jumlah kegiatan
pembinaan persentase indeks kerukunan toleransi wilayah kota forum kewaspadaan dini penanganan koordinasi penyuluhan
sarana jalan irigasi puskesmas sekolah gizi stunting desa ekonomi wisata pasar nelayan petani
""".split()  # noqa: SIM905
OFFICES = ("Kesehatan", "Pendidikan", "Perhubungan", "Pertanian", "Perikanan", "Pariwisata", "Sosial", "Perdagangan")
SUBJECTS = (
    "curah hujan", "rawan longsor", "angkutan kota", "posyandu balita", "pasar hewan", "bank sampah",
    "rumah tidak layak huni", "wisata bahari", "pemilih pemula", "terminal bus", "air bersih", "perpustakaan keliling",
    "kebakaran hutan", "sekolah inklusi", "koperasi nelayan", "produksi padi", "penerangan jalan", "lahan parkir",
    "ternak sapi", "kunjungan puskesmas", "retribusi kios", "jaringan irigasi",
)  # fmt: skip
PLANNING = Path(os.environ.get("KMS_DATA", "../shared/data")) / "planning"
Chance = np.random.Generator


def words(chance: random.Random, count: int) -> str:
    """Some words of plans."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def title(kind: str, number: int) -> str:
    """A title that no other drawing has."""
    return f"{kind} {SUBJECTS[number * 7 % len(SUBJECTS)]} di Kecamatan {WORDS[number % len(WORDS)].title()}"


def tree(path: Path, seed: int, content: int, year: int) -> None:
    """Boxes on four levels, in letters of three points."""
    layout, said = random.Random(seed), random.Random(content)
    width, height = landscape(legal)
    page = Canvas(str(path), (width, height))
    page.setFont("Helvetica-Bold", 5)
    page.drawCentredString(width / 2, height - 60, "POHON KINERJA")
    page.drawCentredString(
        width / 2, height - 70, f"DINAS {OFFICES[seed % len(OFFICES)].upper()} KOTA TIRTARAJA TAHUN {year}"
    )
    level, above = height - 110.0, []
    for number, count in enumerate((1, layout.randint(2, 4), layout.randint(5, 8), layout.randint(8, 12))):
        wide, row = min(62, (width - 80) / count - 10), []
        for place in range(count):
            x = (width - 80) * (place + 0.5) / count + 40 + layout.uniform(-8, 8)
            top = level + layout.uniform(-6, 6)
            page.setFillColorRGB(*((0, 0.7, 0.3), (0.9, 0.7, 0.7), (0.77, 0.84, 0.6), (0.7, 0.6, 0.8))[number])
            page.rect(x - wide / 2, top - 34, wide, 34, fill=1)
            page.setFillColorRGB(0, 0, 0)
            page.setFont("Helvetica", 3)
            for line in range(6):
                page.drawCentredString(x, top - 6 - 5 * line, f"{words(said, 3)} {said.randint(1, 99)}")
            if above:
                parent, foot = min(above, key=lambda box: abs(box[0] - x))
                page.lines([(parent, foot, parent, top + 8), (parent, top + 8, x, top + 8), (x, top + 8, x, top)])
            row.append((x, top - 34))
        above, level = row, level - 34 - layout.randint(14, 28)
    page.save()


def bars(path: Path, seed: int, content: int, year: int) -> None:
    """A bar chart."""
    layout, values = random.Random(seed), random.Random(content)
    page, count = titled(path, f"{title('Grafik', seed)} tahun {year}"), layout.randint(4, 8)
    page.rect(80, 360, 435, 340)
    for place in range(count):
        tall = 340 * values.uniform(0.15, 0.95)
        page.setFillColorRGB(0.2, 0.4, 0.75)
        page.rect(80 + 435 * (place + 0.2) / count, 360, 261 / count, tall, fill=1)
        page.setFillColorRGB(0, 0, 0)
        page.drawCentredString(80 + 435 * (place + 0.5) / count, 348, layout.choice(WORDS))
        page.drawCentredString(80 + 435 * (place + 0.5) / count, 363 + tall, f"{tall / 3.4:.1f}")
    page.save()


def pie(path: Path, seed: int, content: int, year: int) -> None:
    """A pie chart."""
    layout, values = random.Random(seed), random.Random(content)
    page = titled(path, f"{title('Komposisi', seed + 11)} tahun {year}")
    parts = [values.uniform(0.5, 2) for _ in range(layout.randint(3, 6))]
    angle = 90.0
    for number, part in enumerate(parts):
        page.setFillColorRGB(layout.random(), layout.random(), layout.random())
        page.wedge(150, 360, 450, 660, angle, 360 * part / sum(parts), fill=1)
        page.rect(465, 340 - 14 * number, 10, 10, fill=1)
        page.setFillColorRGB(0, 0, 0)
        page.drawString(480, 342 - 14 * number, f"{layout.choice(WORDS)} {100 * part / sum(parts):.1f}%")
        angle += 360 * part / sum(parts)
    page.save()


def chart_of_places(path: Path, seed: int, content: int, year: int) -> None:
    """A map whose parts are shaded."""
    layout, side = np.random.default_rng(seed), 700
    y, x = np.mgrid[0:side, 0:side]
    middles = layout.uniform(60, side - 60, (14, 2))
    nearest = ((y[..., None] - middles[:, 0]) ** 2 + (x[..., None] - middles[:, 1]) ** 2).argmin(-1)
    angle, phases = np.arctan2(y - side / 2, x - side / 2), layout.uniform(0, 6, 5)
    coast = 250 + sum(30 / (k + 1) * np.sin((k + 2) * angle + phases[k]) for k in range(5))
    inside = np.hypot(y - side / 2, x - side / 2) < coast
    shades = np.random.default_rng(content).choice([250, 215, 180, 140, 95], 14)[nearest]
    border = (nearest != np.roll(nearest, 1, 0)) | (nearest != np.roll(nearest, 1, 1))
    picture = np.where(inside, np.where(border, 0, shades), 255)
    picture[inside ^ np.roll(inside, 2, 0) | inside ^ np.roll(inside, 2, 1)] = 0
    said = random.Random(seed)
    page = titled(path, f"{title('Peta', seed + 22)} tahun {year}")
    page.drawInlineImage(Image.fromarray(picture.astype(np.uint8)), 50, 200, 495, 495)
    for top, left in middles:
        page.drawCentredString(50 + 495 * left / side, 200 + 495 * (1 - top / side), said.choice(WORDS).title())
    page.save()


def photograph(path: Path, seed: int, content: int, year: int) -> None:
    """Clouds of grey with a line below."""
    chance, grey = np.random.default_rng(seed * 1000 + content), np.zeros((300, 400))
    for size in (4, 8, 16, 32, 64):
        cloud = Image.fromarray(chance.normal(size=(size, size * 4 // 3)).astype(np.float32))
        grey += np.asarray(cloud.resize((400, 300), Image.Resampling.BICUBIC)) * (1.5 / size**0.6)
    page = titled(path, f"{title('Foto', seed + 33)} tahun {year}")
    page.drawInlineImage(Image.fromarray((255 / (1 + np.exp(-2 * grey))).astype(np.uint8)), 70, 340, 455, 341)
    page.save()


def titled(path: Path, title: str) -> Canvas:
    """A page with a title."""
    page = Canvas(str(path), A4)
    page.setFont("Helvetica-Bold", 13)
    page.drawCentredString(A4[0] / 2, 760, title)
    page.setFont("Helvetica", 8)
    return page


KINDS: dict[str, Callable[[Path, int, int, int], None]] = {
    "tree": tree, "bars": bars, "pie": pie, "map": chart_of_places, "photo": photograph
}  # fmt: skip


def drawn(page: pypdfium2.PdfPage, dpi: int, colour: bool = False) -> Image.Image:
    """The page as a picture."""
    return page.render(scale=dpi / 72, grayscale=not colour).to_pil().convert("RGB" if colour else "L")


def scanned(picture: Image.Image, chance: Chance, skew: float, noise: float, quality: int) -> Image.Image:
    """The picture askew, soft, noisy and squeezed as JPEG."""
    white = 245 if picture.mode == "L" else (245, 245, 245)
    picture = picture.rotate(float(chance.uniform(-skew, skew)), Image.Resampling.BICUBIC, fillcolor=white)
    shades = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), np.float32) * 0.94 + 6
    grain = chance.normal(0, noise, shades.shape[:2])
    shades = shades + (grain if shades.ndim == 2 else grain[..., None])
    squeezed = io.BytesIO()
    Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8)).save(squeezed, "JPEG", quality=quality)
    return Image.open(squeezed)


def on_paper(picture: Image.Image, across: int, down: int, share: float) -> Image.Image:
    """The picture made to fit a sheet of other measures."""
    scale = share * min(across / picture.width, down / picture.height)
    fitting = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    sheet = Image.new("L", (across, down), 255)
    sheet.paste(fitting, ((across - fitting.width) // 2, (down - fitting.height) // 2))
    return sheet


def shifted(picture: Image.Image, chance: Chance) -> Image.Image:
    """The picture moved by up to 3 % of its measures, the lid of the scanner dark at its left."""
    sheet = Image.new("L", picture.size, 245)
    sheet.paste(picture, tuple(round(side * chance.uniform(-0.02, 0.03)) for side in picture.size))
    ImageDraw.Draw(sheet).rectangle((0, 0, picture.width * 0.008, picture.height), fill=40)
    return sheet


def stamped(picture: Image.Image) -> Image.Image:
    """The picture with a pale mark across it."""
    letters = ImageFont.truetype("DejaVuSans-Bold.ttf", picture.width // 18)
    mark = Image.new("L", (picture.width, picture.width // 9), 0)
    ImageDraw.Draw(mark).text((10, 5), MARK, font=letters, fill=90)
    mark = mark.rotate(45, expand=True)
    layer = Image.new("L", picture.size, 0)
    layer.paste(mark, ((picture.width - mark.width) // 2, (picture.height - mark.height) // 2))
    return Image.composite(Image.new("RGB", picture.size, (200, 30, 30)), picture, layer)


def faded(picture: Image.Image) -> Image.Image:
    """The picture with little contrast, darker towards one corner."""
    light = np.linspace(0.85, 1, picture.width)[None] * np.linspace(1, 0.92, picture.height)[:, None]
    return Image.fromarray(((150 + np.asarray(picture, np.float32) * 0.4) * light).clip(0, 255).astype(np.uint8))


WAYS: dict[str, Callable[[pypdfium2.PdfPage, Chance], Image.Image]] = {
    "200 dpi, grey, 1 degree": lambda page, chance: scanned(drawn(page, 200), chance, 1, 9, 60),
    "150 dpi, colour, 2 degrees": lambda page, chance: scanned(drawn(page, 150, True), chance, 2, 6, 40),
    "300 dpi, 1 degree": lambda page, chance: scanned(drawn(page, 300), chance, 1, 12, 80),
    "moved, dark edge": lambda page, chance: scanned(shifted(drawn(page, 200), chance), chance, 0.7, 8, 70),
    "on other paper, 1.5 degrees": lambda page, chance: scanned(
        on_paper(drawn(page, 200), 1700, 2200, 0.94), chance, 1.5, 7, 55
    ),
    "mark across, colour": lambda page, chance: scanned(stamped(drawn(page, 150, True)), chance, 1, 6, 50),
    "faded, uneven light": lambda page, chance: scanned(faded(drawn(page, 150)), chance, 1, 5, 50),
    "lying on its side": lambda page, chance: scanned(drawn(page, 200), chance, 1, 9, 60).transpose(
        Image.Transpose.ROTATE_90
    ),
    "black and white": lambda page, chance: scanned(drawn(page, 300), chance, 1, 5, 90).point(
        lambda shade: 255 * (shade > 150)
    ),
}


def make_drawings(folder: Path, seeds: int) -> dict[str, Path]:
    """The drawings by name; those in the layout of another end in "+"."""
    made = {}
    for seed in range(1, seeds + 1):
        for kind, draw in KINDS.items():
            for name, content, year in ((f"{kind}-{seed}", seed, 2024), (f"{kind}-{seed}+", seed + 500, 2025)):
                if kind != "photo" or not name.endswith("+"):
                    made[name] = folder / f"{name}.pdf"
                    draw(made[name], seed, content, year)
    return made


def pages_of(path: Path) -> Iterator[tuple[int, pypdfium2.PdfPage]]:
    """The pages of a PDF with their numbers, each closed after it."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        yield number, page
        page.close()
    document.close()


def between(looks: Sequence[str]) -> np.ndarray:
    """The bits in which each two differ."""
    rows = decode(looks)
    found = [differences(one, rows[place + 1 :]) for place, one in enumerate(looks[:-1])]
    return np.concatenate(found) if found else np.zeros(0, int)


def tell(label: str, bits: Sequence[int] | np.ndarray, same: bool) -> None:
    """One row: how many, their quantiles, and how many count as the same."""
    values = np.asarray(bits)
    if same:
        low, high = np.median(values), np.quantile(values, 0.9)
        print(f"  {label:<32} {len(values):>6}  median {low:>3.0f}  nine tenths {high:>3.0f}", end="")
    else:
        print(f"  {label:<32} {len(values):>6}  least {values.min():>3}  median {np.median(values):>3.0f}", end="")
    print(f"  the same {int((values <= ALIKE).sum()):>4}", flush=True)


def measure(drawings: dict[str, Path]) -> None:
    """Print the distances."""
    sources = {name: (path, 1) for name, path in drawings.items() if not name.endswith("+")}
    for path in sorted(PLANNING.glob("*.pdf")):
        for page in read_file(path).pages:
            if page.appearance:
                sources[f"{path.stem} {page.number}"] = path, page.number
    print(f"scans of {len(sources)} pages")
    own, scans, spent = {}, {way: {} for way in WAYS}, []
    for place, (name, (path, number)) in enumerate(sources.items()):
        page = pypdfium2.PdfDocument(path)[number - 1]
        began = time.process_time()
        own[name] = appearance_of(page)
        spent.append(time.process_time() - began)
        for way, scan in WAYS.items():
            scans[way][name] = signature(scan(page, np.random.default_rng(place)).convert("L"))
    for way, found in scans.items():
        tell(way, [int(differences(own[name], decode([looks]))[0]) for name, looks in found.items()], True)
    print(f"  {1000 * np.mean(spent):.0f} ms a page")
    print("pages that are not the same")
    again = {name: appearance_of(next(pages_of(path))[1]) for name, path in drawings.items() if name.endswith("+")}
    for kind in KINDS:
        pairs = [int(differences(own[name[:-1]], decode([looks]))[0]) for name, looks in again.items() if kind in name]
        if pairs:
            tell(f"{kind} in the same layout", pairs, False)
    by_name = {**{name: looks for name, looks in own.items() if name in drawings}, **again}
    others = [
        int(differences(by_name[one], decode([by_name[other]]))[0])
        for one, other in combinations(by_name, 2)
        if one.rstrip("+") != other.rstrip("+")
    ]
    tell("drawings", others, False)
    real = [
        appearance_of(page)
        for path in (*sorted(PLANNING.glob("*.pdf")), PLANNING.parent / "renstra-150" / "renstra.pdf")
        for _, page in pages_of(path)
    ]
    tell("pages of planning and renstra-150", between([looks for looks in real if looks]), False)


def check(drawings: dict[str, Path], folder: Path) -> None:
    """Put a scan of each drawing, each in another way, before `kms check`, beside the documents of planning."""
    kms = Kms(folder / "workspace")
    kms.ingest(*(path for name, path in drawings.items() if not name.endswith("+")), *sorted(PLANNING.glob("*.pdf")))
    counts: dict[str, Counter[str]] = {"itself": Counter(), "another": Counter(), "same layout, year after": Counter()}
    for place, (name, path) in enumerate(drawings.items()):
        way = list(WAYS)[place % (len(WAYS) - 1)]
        scan = folder / f"scan-{place}.pdf"  # nothing in its name tells what it is
        picture = WAYS[way](next(pages_of(path))[1], np.random.default_rng(place))
        picture.save(scan, "PDF", resolution=150 if "150" in way or "mark" in way or "faded" in way else 200)
        found = {document: relation for document, relation, _ in kms.check(scan) if relation in NAMED}
        own = found.pop(name.rstrip("+"), "nothing")
        counts["same layout, year after" if name.endswith("+") else "itself"][own] += 1
        counts["another"].update(found.values() or ["nothing"])
        if own != "copy" or found:
            print(f"    {name}, {way}: {own}; others {found}", flush=True)
    for label, answers in counts.items():
        print(f"  {label}: " + ", ".join(f"{relation} {count}" for relation, count in answers.most_common()))


def main() -> None:
    """Make the drawings and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=6, help="drawings of each kind")
    parser.add_argument("--through-check", action="store_true", help="put scans of the drawings before kms check")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kms-looks-"))
    drawings = make_drawings(folder, options.seeds)
    if options.through_check:
        check(drawings, folder)
    else:
        measure(drawings)


if __name__ == "__main__":
    main()
