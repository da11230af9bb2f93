"""Layouts on pages: tables that a page break cuts in many ways, tables side by side, text in two columns."""

from __future__ import annotations

from pathlib import Path

from layouts_parts import (
    FIGURES,
    GRID,
    HEADER,
    INDICATORS,
    SASARAN,
    WIDTHS,
    Truths,
    caption,
    layout,
    prose,
    rows,
    save,
    table,
    told,
    words,
)
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)


@layout
def repeat_head(path: Path) -> Truths:
    b = rows(60)
    num = ["1", "2", "3", "4", "5"]
    save(path, [prose(), caption(), table([HEADER, num], b, rep=2), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def only_numbers_repeat(path: Path) -> Truths:
    b = rows(40)
    num = ["1", "2", "3", "4", "5"]
    w = WIDTHS
    s1 = [prose(), caption(), table([HEADER, num], b[:20], w), PageBreak(), table([num], b[20:], w), prose()]
    save(path, s1)
    return [(tuple(HEADER), told(b))]


@layout
def no_head_next(path: Path) -> Truths:
    b = rows(60)
    save(path, [prose(), caption(), table([HEADER], b), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def spread(path: Path) -> Truths:
    hl = ["No", "Program", "Indikator", "2019"]
    hr = ["2020", "2021", "2022", "Pelaksana"]
    b = [
        [
            str(k + 1),
            SASARAN[k % 7],
            INDICATORS[k % 7],
            FIGURES[k % 7],
            FIGURES[(k + 1) % 7],
            FIGURES[(k + 2) % 7],
            FIGURES[(k + 3) % 7],
            "Kesbangpol",
        ]
        for k in range(8)
    ]
    heights = [20] + [30] * 8
    left = Table(
        [[words(x, 8, True) for x in hl]] + [[words(x) for x in r[:4]] for r in b],
        colWidths=[25, 250, 250, 150],
        rowHeights=heights,
        style=GRID,
    )
    right = Table(
        [[words(x, 8, True) for x in hr]] + [[words(x) for x in r[4:]] for r in b],
        colWidths=[150, 150, 150, 200],
        rowHeights=heights,
        style=GRID,
    )
    save(path, [caption(), left, PageBreak(), right], landscape(A4))
    return [(tuple(hl), [tuple(x[:4]) for x in b]), (tuple(hr), [tuple(x[4:]) for x in b])]


@layout
def side_by_side(path: Path) -> Truths:
    a = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(6)]
    b = [[str(k + 1), SASARAN[k], FIGURES[(k + 2) % 7]] for k in range(6)]
    ha = ["No", "Indikator", "Target"]
    hb = ["No", "Sasaran", "Capaian"]
    whole = Table(
        [[table([ha], a, [22, 140, 60]), "", table([hb], b, [22, 140, 60])]],
        colWidths=[224, 30, 224],
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
    )
    save(path, [prose(), whole, Spacer(1, 10), prose()])
    return [(tuple(ha), told(a)), (tuple(hb), told(b))]


@layout
def two_columns_text(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(5)]
    h = ["No", "Indikator", "Target"]
    doc = BaseDocTemplate(str(path), pagesize=A4)
    doc.addPageTemplates([PageTemplate("t", [Frame(45, 50, 245, 740), Frame(305, 50, 245, 740)])])
    doc.build([prose(5), caption("Tabel 1.1 Target"), table([h], b, [22, 140, 60]), Spacer(1, 8), prose(14)])
    return [(tuple(h), told(b))]


@layout
def two_columns_open(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k]] for k in range(5)]
    h = ["No", "Indikator", "Target"]
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    doc = BaseDocTemplate(str(path), pagesize=A4)
    doc.addPageTemplates([PageTemplate("t", [Frame(45, 50, 245, 740), Frame(305, 50, 245, 740)])])
    doc.build([prose(5), caption("Tabel 1.1 Target"), table([h], b, [22, 140, 60], st), Spacer(1, 8), prose(14)])
    return [(tuple(h), told(b))]


@layout
def lanjutan(path: Path) -> Truths:
    return continued(path, "Lanjutan Tabel 2.1", HEADER)


@layout
def lanjutan_nohead(path: Path) -> Truths:
    return continued(path, "Tabel 2.1 (lanjutan)", ["1", "2", "3", "4", "5"])


def continued(path: Path, said: str, head: list[str]) -> Truths:
    """A table that goes on over a page under a caption that says so, and a head."""
    b = rows(30)
    begun, rest = table([HEADER], b[:16]), table([head], b[16:])
    save(path, [prose(), caption(), begun, PageBreak(), caption(said), rest, prose()])
    return [(tuple(HEADER), told(b))]


@layout
def merged_break(path: Path) -> Truths:
    b = rows(10)
    t1 = [r[:] for r in b[:6]]
    t2 = [r[:] for r in b[6:]]
    for r in t1[4:]:
        r[1] = SASARAN[4]
    for r in t2[:2]:
        r[1] = SASARAN[4]
    truth = told(t1 + t2)
    s1 = [r[:] for r in t1]
    s2 = [r[:] for r in t2]
    s1[5][1] = ""
    s2[0][1] = s2[1][1] = ""
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], s1, style=[*GRID, ("SPAN", (1, 5), (1, 6))]),
            PageBreak(),
            table([], s2, style=[*GRID, ("SPAN", (1, 0), (1, 1))]),
        ],
    )
    return [(tuple(HEADER), truth)]
