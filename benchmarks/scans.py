"""Pages as scanners spoil them: each variant a change to pictures of pages, and the lines of their tables redrawn."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kms.extract.ocr.picture import Picture
from kms.extract.sheet import Rule, read_sheet

DPI = 200.0


@dataclass(frozen=True)
class Shot:
    """A picture of a page: grey, at ``dpi``; ``rules`` lie and ``standing`` stand on it, in points, where known."""

    picture: Picture
    dpi: float
    lying: tuple[Rule, ...] = ()
    standing: tuple[Rule, ...] = ()
    stamp: tuple[float, float] = (0.5, 0.5)

    def image(self) -> Image.Image:
        return Image.fromarray(self.picture)


Change = Callable[[Shot, np.random.Generator], tuple[Picture, float]]


def draw(page: pdfium.PdfPage, number: int, dpi: float = DPI) -> Shot:
    """A born-digital page as a scanner without faults would see it."""
    sheet = read_sheet(page, number)
    picture = np.array(page.render(scale=dpi / 72, grayscale=True).to_numpy(), dtype=np.uint8)
    return Shot(picture.reshape(picture.shape[:2]), dpi, sheet.lying, sheet.standing)


def scaled(by: float) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        image = shot.image()
        size = (round(image.width * by), round(image.height * by))
        filter_ = Image.Resampling.LANCZOS if abs(by - 1) > 0.1 else Image.Resampling.BICUBIC
        return np.asarray(image.resize(size, filter_)), shot.dpi * (by if abs(by - 1) > 0.1 else 1.0)

    return change


def wider(pixels: int) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        image = shot.image()
        return np.asarray(image.resize((image.width + pixels, image.height), Image.Resampling.BICUBIC)), shot.dpi

    return change


def shifted(x: float, y: float) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        image = shot.image()
        moved = image.transform(
            image.size, Image.Transform.AFFINE, (1, 0, x, 0, 1, y), Image.Resampling.BICUBIC, fillcolor=250
        )
        return np.asarray(moved), shot.dpi

    return change


def at(dpi: float) -> Change:
    return lambda shot, chance: (scaled(dpi / shot.dpi)(shot, chance)[0], dpi)


def skewed(degrees: float) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        return np.asarray(shot.image().rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=240)), shot.dpi

    return change


def turned(degrees: int) -> Change:
    return lambda shot, _: (np.ascontiguousarray(np.rot90(shot.picture, -degrees // 90)), shot.dpi)


def noisy(strength: float, specks: float = 0.0) -> Change:
    def change(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
        pixels = shot.picture + chance.normal(0, strength, shot.picture.shape)
        lot = chance.random(pixels.shape)
        pixels[lot < specks] = 0
        pixels[lot > 1 - specks] = 255
        return np.clip(pixels, 0, 255).astype(np.uint8), shot.dpi

    return change


def compressed(quality: int) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        file = io.BytesIO()
        shot.image().save(file, "JPEG", quality=quality)
        return np.asarray(Image.open(file).convert("L")), shot.dpi

    return change


def blurred(radius: float, faded: bool = False) -> Change:
    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        picture = np.asarray(shot.image().filter(ImageFilter.GaussianBlur(radius))).astype(float)
        return np.clip(110 + picture * 0.55 if faded else picture, 0, 255).astype(np.uint8), shot.dpi

    return change


def uneven(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
    """Light that falls off to one corner, and the shadow of a spine along the left edge."""
    height, width = shot.picture.shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    light = 1 - 0.35 * x * y - 0.55 * np.exp(-(((x + 0.01) / 0.035) ** 2))
    return np.clip(shot.picture * light, 0, 255).astype(np.uint8), shot.dpi


def binary(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
    """Black and white only, as a fax or a copier set to text makes it."""
    grain = shot.picture + chance.normal(0, 12, shot.picture.shape)
    return np.where(grain < 150, 0, 255).astype(np.uint8), shot.dpi


def shown_through(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
    """Thin paper: the page's own mirror image, faint, behind it."""
    behind = np.asarray(Image.fromarray(shot.picture[:, ::-1]).filter(ImageFilter.GaussianBlur(1.5))).astype(float)
    return np.minimum(shot.picture, 255 - (255 - behind) * 0.22).astype(np.uint8), shot.dpi


def edged(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
    """A black edge beside the paper, and two holes of a punch."""
    picture = shot.picture.copy()
    width = round(0.12 * shot.dpi)
    picture[:, -width:] = chance.integers(0, 40, (picture.shape[0], width))
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    radius = 0.12 * shot.dpi
    for y in (0.36, 0.64):
        x, at_y = 0.4 * shot.dpi, y * image.height
        pen.ellipse((x - radius, at_y - radius, x + radius, at_y + radius), fill=30)
    return np.asarray(image), shot.dpi


def stamped(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
    """A round stamp, 1.3 inches wide, in an ink through which print can be seen, over a place in the table."""
    image = Image.new("L", (shot.picture.shape[1], shot.picture.shape[0]), 255)
    pen = ImageDraw.Draw(image)
    x, y = shot.stamp[0] * image.width, shot.stamp[1] * image.height
    for radius, thick in ((0.65, 0.03), (0.56, 0.012), (0.34, 0.012)):
        r = radius * shot.dpi
        pen.ellipse((x - r, y - r, x + r, y + r), outline=130, width=max(1, round(thick * shot.dpi)))
    pen.line((x - 0.5 * shot.dpi, y + 0.1 * shot.dpi, x + 0.5 * shot.dpi, y - 0.16 * shot.dpi), fill=120, width=4)
    return np.minimum(shot.picture, np.asarray(image)), shot.dpi


def redrawn(grey: int, on: float = 1.0, off: float = 0.0, thick: float = 0.75) -> Change:
    """The lines of tables in another grey, ``thick`` points, in dashes of ``on`` and gaps of ``off`` points."""

    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        target = shot.picture.astype(np.int16).copy()
        scale = shot.dpi / 72
        for transposed, rules in ((False, shot.lying), (True, shot.standing)):
            plane = target.T if transposed else target
            drawn = [(rule, span(rule, scale, plane.shape, thick)) for rule in rules]
            for rule, (low, high, start, end) in drawn:  # the printed line goes, with what is grey beside it
                if rule.length > 5:
                    part = plane[max(low - 1, 0) : high + 1, start:end]
                    beside = np.maximum(
                        plane[max(low - 3, 0), start:end], plane[min(high + 2, plane.shape[0] - 1), start:end]
                    )
                    part[:] = np.where(beside > 150, beside, part)
        for transposed, rules in ((False, shot.lying), (True, shot.standing)):
            plane = target.T if transposed else target
            for rule in rules:
                low, high, start, end = span(rule, scale, plane.shape, thick)
                if rule.length <= 5:
                    continue
                places = np.arange(start, end)
                inked = ((places / scale) % (on + off)) < on if off else np.ones(len(places), dtype=bool)
                part = plane[low:high, start:end]
                part[:, inked] = np.minimum(part[:, inked], grey)
        picture = Image.fromarray(np.clip(target, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.4))
        return np.asarray(picture), shot.dpi

    def span(rule: Rule, scale: float, shape: tuple[int, ...], thick: float) -> tuple[int, int, int, int]:
        half = max(thick * scale / 2, 0.5)
        low = max(round(rule.at * scale - half), 0)
        high = min(max(round(rule.at * scale + half), low + 1), shape[0])
        return low, high, max(round(rule.start * scale), 0), min(round(rule.end * scale) + 1, shape[1])

    return change


VARIANTS: dict[str, Change] = {
    "as it came": lambda shot, _: (shot.picture, shot.dpi),
    "one pixel narrower": wider(-1),
    "one pixel wider": wider(1),
    "shifted by 0.5, 0.3 pixels": shifted(0.5, 0.3),
    "1 % smaller": scaled(0.99),
    "skewed by 0.5 degrees": skewed(0.5),
    "skewed by -0.5": skewed(-0.5),
    "skewed by 1": skewed(1),
    "skewed by -1": skewed(-1),
    "skewed by 2": skewed(2),
    "skewed by -2": skewed(-2),
    "turned by 90": turned(90),
    "turned by 180": turned(180),
    "turned by 270": turned(270),
    "noise, light": noisy(8),
    "noise, strong, with specks": noisy(25, 0.002),
    "JPEG, quality 60": compressed(60),
    "JPEG, quality 40": compressed(40),
    "100 dpi": at(100),
    "150 dpi": at(150),
    "300 dpi": at(300),
    "slight blur": blurred(0.8),
    "blurred and faded": blurred(0.8, faded=True),
    "uneven light": uneven,
    "black and white": binary,
    "shown through": shown_through,
    "black edge, holes": edged,
    "stamp over cells": stamped,
    "grey lines": redrawn(165),
    "thin grey lines": redrawn(150, thick=0.4),
    "broken lines": redrawn(30, 40, 1.5),
    "dashed lines": redrawn(30, 3, 2),
    "dotted lines": redrawn(30, 1, 1.2),
}


def keystoned(by: float) -> Change:
    """Seen a little from the side, as by a camera over the page: ``by`` of its height lost along one edge."""

    def change(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
        image = shot.image()
        wide, high = image.size
        corners = (0, -by * high, 0, high * (1 + by), wide, high * (1 - 0.2 * by), wide, 0.2 * by * high)
        seen = image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=235)
        return np.asarray(seen), shot.dpi

    return change


def curved(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
    """A page of a bound book: towards the spine it rises from the glass, its lines fall and it grows dark."""
    height, width = shot.picture.shape
    x = np.arange(width) / width
    drop = 0.09 * shot.dpi * np.exp(-x / 0.12)
    rows = np.arange(height)[:, None] - drop[None, :]
    low = np.clip(np.floor(rows).astype(int), 0, height - 2)
    part = np.clip(rows - low, 0, 1)
    places = np.arange(width)[None, :]
    bent = shot.picture[low, places] * (1 - part) + shot.picture[low + 1, places] * part
    return np.clip(bent * (1 - 0.5 * np.exp(-x / 0.05)), 0, 255).astype(np.uint8), shot.dpi


def bled(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
    """Ink that ran into the paper: strokes thicker, edges soft and rough."""
    image = shot.image().filter(ImageFilter.GaussianBlur(0.011 * shot.dpi / 2))
    rough = chance.normal(0, 30, shot.picture.shape)
    rough = np.asarray(Image.fromarray(np.clip(128 + rough, 0, 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(1)))
    pixels = np.asarray(image).astype(float) + (rough.astype(float) - 128) * 1.2
    dark = 255 / (1 + np.exp(-(pixels - 185) / 14))
    return np.clip(20 + dark * 0.9, 0, 255).astype(np.uint8), shot.dpi


def faxed(dpi: float, limit: int = 160) -> Change:
    """Sent through a fax: coarse, one bit, a few rows torn."""

    def change(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
        image = shot.image()
        size = (round(image.width * dpi / shot.dpi), round(image.height * dpi / shot.dpi))
        small = np.asarray(image.resize(size, Image.Resampling.BOX))
        bits = np.where(small < limit, 0, 255).astype(np.uint8)
        for row in chance.integers(0, len(bits), 6):
            bits[row] = np.roll(bits[row], 3)
        return bits, dpi

    return change


def copied(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
    """A copy of a copy: askew, thin strokes broken, toner dust, a dirty edge."""
    image = shot.image().rotate(0.7, Image.Resampling.BICUBIC, fillcolor=255)
    grain = np.clip(128 + chance.normal(0, 60, shot.picture.shape), 0, 255).astype(np.uint8)
    grain = np.asarray(Image.fromarray(grain).filter(ImageFilter.GaussianBlur(1.2))).astype(float) - 128
    pixels = np.where(np.asarray(image) + 2.2 * grain < 140, 25, 245).astype(np.uint8)
    pixels[chance.random(pixels.shape) < 0.0015] = 30
    pixels[:, : round(0.06 * shot.dpi)] = 40
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.6))), shot.dpi


def sealed(shot: Shot, _: np.random.Generator) -> tuple[Picture, float]:
    """An office's round stamp with words in it, violet seen as grey, and a signature across it and the cells."""
    image = Image.new("L", (shot.picture.shape[1], shot.picture.shape[0]), 255)
    pen = ImageDraw.Draw(image)
    x, y, unit = shot.stamp[0] * image.width, shot.stamp[1] * image.height, shot.dpi
    for radius, thick in ((0.72, 0.035), (0.66, 0.01), (0.42, 0.012)):
        r = radius * unit
        pen.ellipse((x - r, y - r, x + r, y + r), outline=120, width=max(1, round(thick * unit)))
    letters = ImageFont.load_default(size=0.13 * unit)
    for number, letter in enumerate("PEMERINTAH KABUPATEN LEMBAYUNG * BADAN KESBANGPOL * "):
        turn = 2 * math.pi * number / 52
        tile = Image.new("L", (round(0.2 * unit),) * 2, 0)
        ImageDraw.Draw(tile).text((0.05 * unit, 0.02 * unit), letter, fill=255, font=letters)
        tile = tile.rotate(-math.degrees(turn))
        at = (
            round(x + 0.54 * unit * math.sin(turn) - 0.1 * unit),
            round(y - 0.54 * unit * math.cos(turn) - 0.1 * unit),
        )
        image.paste(120, at, tile)
    sign = [
        (x + unit * (0.9 * t - 1.1), y + unit * 0.3 * math.sin(9 * t) * math.exp(-0.5 * t))
        for t in np.linspace(0, 2.4, 120)
    ]
    pen.line(sign, fill=60, width=max(2, round(0.015 * unit)), joint="curve")
    return np.minimum(shot.picture, np.asarray(image)), shot.dpi


def ticked(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
    """A pen's ticks beside the table's rows and a ring around a word, three holes of a punch, a staple."""
    image = shot.image()
    pen = ImageDraw.Draw(image)
    unit = shot.dpi
    x, y = shot.stamp[0] * image.width, shot.stamp[1] * image.height
    for step in range(3):
        px, py = x + chance.uniform(-0.4, 0.4) * unit, y + (step - 1) * 0.5 * unit
        pen.line(
            [(px, py), (px + 0.06 * unit, py + 0.1 * unit), (px + 0.24 * unit, py - 0.18 * unit)],
            fill=70,
            width=max(2, round(0.014 * unit)),
        )
    pen.ellipse((x - 1.6 * unit, y - 0.22 * unit, x - 0.6 * unit, y + 0.16 * unit), outline=80, width=3)
    for place in (0.25, 0.5, 0.75):
        at_y = place * image.height
        pen.ellipse((0.25 * unit, at_y - 0.12 * unit, 0.49 * unit, at_y + 0.12 * unit), fill=45)
    pen.line((0.3 * unit, 0.3 * unit, 0.7 * unit, 0.45 * unit), fill=90, width=5)
    return np.asarray(image), shot.dpi


def one_after_other(*changes: Change) -> Change:
    def change(shot: Shot, chance: np.random.Generator) -> tuple[Picture, float]:
        for one in changes:
            picture, dpi = one(shot, chance)
            shot = replace(shot, picture=picture, dpi=dpi)
        return shot.picture, shot.dpi

    return change


COPIERS: dict[str, Change] = {
    "200 dpi, clean": at(200),
    "150 dpi, JPEG 40": one_after_other(at(150), blurred(0.4), compressed(40)),
    "300 dpi, black and white": binary,
    "from the side, uneven light": one_after_other(at(200), keystoned(0.012), uneven, compressed(70)),
    "curved at the spine": one_after_other(at(200), curved, noisy(4), compressed(75)),
    "ink bled": one_after_other(at(200), bled),
    "ticks, holes, a staple": one_after_other(at(200), ticked, noisy(5), compressed(60)),
    "stamp and signature": one_after_other(at(200), sealed, noisy(4), compressed(70)),
    "fax, 200 dpi": faxed(200),
    "fax, 150 dpi": faxed(150),
    "copy of a copy": one_after_other(at(200), copied),
    "askew by 1.5, turned by 270": one_after_other(at(200), skewed(1.5), turned(270), compressed(60)),
}
"""What other scanners, and people, do to pages; made to see how kms reads what it was not made with."""
