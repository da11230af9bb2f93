"""What stands on one PDF page as displayed: words, ruling lines, pictures, each with its place."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kms.extract.job import CannotRead
from kms.extract.letters import Place, Word, words_of
from kms.model import Box

LARGEST_PAGE_TEXT = 400_000
"""Characters; the fullest real page has about twenty thousand."""

MOST_PATHS = 60_000
"""Path segments on a page beyond which it is a map or a drawing, not a table."""

DEEPEST_FORM = 6
"""How deep forms within forms are followed."""

THIN = 3.5
"""Points up to which a filled rectangle is a line."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: ``at`` is its y (lying) or x (standing), from ``start`` to ``end``."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Sheet:
    """One page: words, rules (``lying``, ``standing``), boxes painted in one colour (``fills``), images.

    ``strokes`` counts the pieces of all paths, curved ones too.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    lying: tuple[Rule, ...] = ()
    standing: tuple[Rule, ...] = ()
    fills: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    unknown: int = 0
    letters: int = 0
    strokes: int = 0


@dataclass
class Drawn:
    """What the path objects of a page amount to, while it is gathered."""

    lying: list[Rule] = field(default_factory=list)
    standing: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    forms: int = 0
    left: int = MOST_PATHS


def read_sheet(page: pypdfium2.PdfPage, number: int) -> Sheet:
    """Words and lines of a page, in points from the top left of the page as displayed.

    Raises:
        CannotRead: the page holds more text than a page can ("too-much-text").
    """
    place, width, height = placing(page)
    drawn = Drawn()
    gather(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), place, drawn, 0)
    layer = page.get_textpage()
    try:
        count = layer.count_chars()
        if count > LARGEST_PAGE_TEXT:
            raise CannotRead("too-much-text")
        cut = bool(drawn.lying and drawn.standing and not drawn.forms)
        words, unknown, letters = words_of(layer.raw, count, place, cut)
    finally:
        layer.close()
    if drawn.left <= 0:
        drawn.lying, drawn.standing, drawn.fills = [], [], []
    return Sheet(
        number,
        width,
        height,
        tuple(word for word in words if word.bottom > 0 and word.top < height),  # some are written beyond its edges
        tuple(drawn.lying),
        tuple(drawn.standing),
        tuple(drawn.fills),
        tuple(drawn.pictures),
        unknown,
        letters,
        MOST_PATHS - drawn.left,
    )


def placing(page: pypdfium2.PdfPage) -> tuple[Place, float, float]:
    """How a point of the PDF's own space is placed on the page as displayed, and that page's width and height."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation() % 360
    width, height = right - left, top - bottom
    if turn == 90:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turn == 180:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if turn == 270:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


def gather(container: Any, count: Any, get: Any, matrix: Matrix, place: Place, drawn: Drawn, depth: int) -> None:
    """Collect lines, fills and pictures of a page or a form into ``drawn``."""
    for index in range(count(container)):
        if drawn.left <= 0:
            return
        item = get(container, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            gather_path(item, matrix, place, drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.left -= 1
            drawn.pictures.append(bounds(item, matrix, place))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            drawn.left -= 1
            drawn.forms += 1
            inner = multiply(matrix_of(item), matrix)
            gather(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, place, drawn, depth + 1)


def matrix_of(item: Any) -> Matrix:
    """The matrix of a page object."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return (1, 0, 0, 1, 0, 0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def bounds(item: Any, matrix: Matrix, place: Place) -> Box:
    """The box of an object on the page as displayed."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top))
    corners = [move(x, y, matrix, place) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    return box_of(corners)


def move(x: float, y: float, matrix: Matrix, place: Place) -> tuple[float, float]:
    """Where a point of an object stands on the page as displayed."""
    a, b, c, d, e, f = matrix
    return place(a * x + c * y + e, b * x + d * y + f)


def box_of(points: list[tuple[float, float]]) -> Box:
    """The smallest box around points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def gather_path(item: Any, outer: Matrix, place: Place, drawn: Drawn) -> None:
    """Add the straight lines and painted rectangles of one path."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    if not mode.value and not stroke.value:
        return
    matrix = multiply(matrix_of(item), outer)
    for points, closed in subpaths(item, matrix, place, drawn):
        x0, y0, x1, y1 = box_of(points)
        if min(x1 - x0, y1 - y0) <= THIN and (mode.value or len(points) > 2):
            add_line(x0, y0, x1, y1, drawn)
            continue
        if mode.value and len(points) in (4, 5) and straight(points):
            drawn.fills.append((x0, y0, x1, y1))
        if stroke.value:
            ends = [*points, points[0]] if closed else points
            for (ax, ay), (bx, by) in itertools.pairwise(ends):
                if abs(ax - bx) <= 1 or abs(ay - by) <= 1:
                    add_line(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), drawn)


def add_line(x0: float, y0: float, x1: float, y1: float, drawn: Drawn) -> None:
    """Add a thin box as a rule; a dot counts in both directions, since dotted lines are rows of dots."""
    wide, high = x1 - x0, y1 - y0
    dot = wide <= THIN and high <= THIN
    if wide >= high or dot:
        drawn.lying.append(Rule((y0 + y1) / 2, x0, x1))
    if high > wide or dot:
        drawn.standing.append(Rule((x0 + x1) / 2, y0, y1))


def straight(points: list[tuple[float, float]]) -> bool:
    """Whether all sides lie along an axis."""
    return all(abs(a[0] - b[0]) <= 1 or abs(a[1] - b[1]) <= 1 for a, b in itertools.pairwise(points))


def subpaths(item: Any, matrix: Matrix, place: Place, drawn: Drawn) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corners of each part of a path that has no curves, and whether it is closed."""
    points: list[tuple[float, float]] = []
    curved = closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    count = pdfium.FPDFPath_CountSegments(item)
    drawn.left -= max(1, count)
    if drawn.left <= 0:
        return
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1 and not curved:
                yield points, closed
            points, curved, closed = [], False, False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(move(x.value, y.value, matrix, place))
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if len(points) > 1 and not curved:
        yield points, closed
