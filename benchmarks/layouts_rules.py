"""Layouts of rules and fills: bands, double and dotted rules, hair lines, frames, empty columns, small print."""

from __future__ import annotations

import itertools
from pathlib import Path

from layouts_parts import (
    FIGURES,
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
)
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    Paragraph,
    Spacer,
)


@layout
def bands(path: Path) -> Truths:
    b = rows(7)
    st = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#4472c4"))] + [
        ("BACKGROUND", (0, k), (-1, k), colors.HexColor("#d9e2f3")) for k in range(1, 8, 2)
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def double_rules(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.4, colors.black, 1, None, None, 2, 2), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def dotted(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.5, colors.black, 1, (0.5, 2)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def tiny(path: Path) -> Truths:
    h = (
        ["Kode", "Program", "Indikator", "Satuan"]
        + [str(y) for y in range(2019, 2025)]
        + ["Kondisi Akhir", "Pagu", "PJ"]
    )
    b = [
        [f"8.01.0{k % 6 + 1}", SASARAN[k % 7], INDICATORS[k % 7], "%"]
        + [FIGURES[(k + j) % 7] for j in range(6)]
        + [FIGURES[k % 7], "1.250.000.000", "Kesbangpol"]
        for k in range(9)
    ]
    st = [
        ("GRID", (0, 0), (-1, -1), 0.25, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    save(path, [caption(), table([h], b, [28, 70, 66, 22] + [24] * 6 + [30, 46, 44], st, s=4.5)])
    return [(tuple(h), told(b))]


@layout
def footnotes(path: Path) -> Truths:
    b = rows(6)
    b[1][3] = "75,5 %*"
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    s = ParagraphStyle("n", fontName="Helvetica", fontSize=7, leading=9)
    save(
        path,
        [
            prose(),
            caption(),
            table([HEADER], b, style=st),
            Paragraph("*) angka sementara", s),
            Paragraph("Keterangan: target disesuaikan dengan RPJMD", s),
            Spacer(1, 10),
            prose(),
        ],
    )
    return [(tuple(HEADER), told(b))]


@layout
def empty_columns(path: Path) -> Truths:
    h = ["No", "Indikator", "Target", "Realisasi", "Capaian", "Keterangan"]
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], "", "", ""] for k in range(6)]
    save(path, [prose(), caption(), table([h], b, [25, 180, 60, 60, 60, 80]), prose()])
    return [(tuple(h), told(b))]


@layout
def empty_open(path: Path) -> Truths:
    h = ["No", "Indikator", "Target", "Realisasi", "Keterangan"]
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], "", ""] for k in range(6)]
    st = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]
    save(path, [prose(), caption(), table([h], b, [25, 180, 60, 80, 80], st), prose()])
    return [(tuple(h), told(b))]


@layout
def rect_fills(path: Path) -> Truths:
    b = rows(6)
    t = table([HEADER], b, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])

    class Box(Flowable):
        def wrap(s, w, h):
            s.w, s.h = t.wrapOn(s.canv, w, h)
            return s.w, s.h

        def draw(s):
            t.drawOn(s.canv, 0, 0)
            c = s.canv
            xs = [0]
            for w in WIDTHS:
                xs.append(xs[-1] + w)
            ys = [s.h]
            for h in t._rowHeights:
                ys.append(ys[-1] - h)
            for y0, y1 in itertools.pairwise(ys):
                for x0, x1 in itertools.pairwise(xs):
                    for r in (
                        (x0, y0 - 0.48, 0.48, 0.48),
                        (x0 + 0.48, y0 - 0.48, x1 - x0 - 0.48, 0.48),
                        (x0, y1, 0.48, y0 - y1 - 0.48),
                    ):
                        c.rect(*r, stroke=0, fill=1)
            for y0, y1 in itertools.pairwise(ys):
                c.rect(xs[-1], y1, 0.48, y0 - y1, stroke=0, fill=1)
            c.rect(0, ys[-1], xs[-1], 0.48, stroke=0, fill=1)

    save(path, [prose(), caption(), Box(), Spacer(1, 8), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def hairlines(path: Path) -> Truths:
    b = rows(6)
    st = [("GRID", (0, 0), (-1, -1), 0.02, colors.HexColor("#999999")), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def fills_white_gaps(path: Path) -> Truths:
    b = rows(6)
    st = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#2e75b6")),
        ("BACKGROUND", (0, 1), (-1, -1), colors.HexColor("#deeaf6")),
        ("GRID", (0, 0), (-1, -1), 1.5, colors.white),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def head_ruled_body_rows(path: Path) -> Truths:
    b = rows(7)
    st = [
        ("GRID", (0, 0), (-1, 0), 0.5, colors.black),
        ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
        ("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]


@layout
def outer_only(path: Path) -> Truths:
    b = rows(6)
    st = [
        ("BOX", (0, 0), (-1, -1), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    save(path, [prose(), caption(), table([HEADER], b, style=st), prose()])
    return [(tuple(HEADER), told(b))]
