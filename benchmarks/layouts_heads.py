"""Layouts of heads and of rows: several levels, turned words, groups, totals, chains of merged cells."""

from __future__ import annotations

from pathlib import Path

from layouts_parts import (
    FIGURES,
    GRID,
    HEADER,
    INDICATORS,
    SASARAN,
    Truths,
    Upright,
    caption,
    layout,
    prose,
    rows,
    save,
    table,
    told,
)


@layout
def three_level(path: Path) -> Truths:
    h = [
        ["No", "Indikator", "Target", "", "", ""],
        ["", "", "Tahun 2021", "", "Tahun 2022", ""],
        ["", "", "Smt I", "Smt II", "Smt I", "Smt II"],
    ]
    b = [[str(k + 1), INDICATORS[k], *[FIGURES[(k + j) % 7] for j in range(4)]] for k in range(6)]
    sp = [
        ("SPAN", (0, 0), (0, 2)),
        ("SPAN", (1, 0), (1, 2)),
        ("SPAN", (2, 0), (5, 0)),
        ("SPAN", (2, 1), (3, 1)),
        ("SPAN", (4, 1), (5, 1)),
    ]
    save(path, [prose(), caption(), table(h, b, [25, 170, 70, 70, 70, 70], GRID + sp), prose()])
    return [
        (
            (
                "No",
                "Indikator",
                "Target / Tahun 2021 / Smt I",
                "Target / Tahun 2021 / Smt II",
                "Target / Tahun 2022 / Smt I",
                "Target / Tahun 2022 / Smt II",
            ),
            told(b),
        )
    ]


@layout
def rotated_heads(path: Path) -> Truths:
    b = [[str(k + 1), INDICATORS[k], FIGURES[k], FIGURES[(k + 1) % 7], FIGURES[(k + 2) % 7]] for k in range(6)]
    h = [["No", "Indikator", Upright("Target 2021"), Upright("Realisasi 2021"), Upright("Capaian")]]
    save(path, [prose(), caption(), table(h, b, [25, 200, 50, 50, 50]), prose()])
    return [(("No", "Indikator", "Target 2021", "Realisasi 2021", "Capaian"), told(b))]


@layout
def bullets(path: Path) -> Truths:
    L = [
        "- rapat koordinasi<br/>- sosialisasi kepada warga<br/>- pelaporan",
        "1. pendataan ormas<br/>2. pembinaan",
        "a. forum<br/>b. dialog<br/>c. monitoring",
    ]
    b = [[str(k + 1), SASARAN[k], L[k % 3], FIGURES[k]] for k in range(6)]
    save(path, [prose(), caption(), table([["No", "Sasaran", "Kegiatan", "Target"]], b, [25, 170, 170, 60]), prose()])
    return [(("No", "Sasaran", "Kegiatan", "Target"), [tuple(x.replace("<br/>", " ") for x in r) for r in b])]


@layout
def group_rows(path: Path) -> Truths:
    body = []
    truth = []
    st = list(GRID)
    for g, (m, t) in enumerate(
        (
            ("I", "Program Penguatan Ideologi Pancasila"),
            ("II", "Program Pendidikan Politik"),
            ("III", "Program Kewaspadaan Nasional"),
        )
    ):
        body.append([m, t, "", "", ""])
        truth.append((m, t, "", "", ""))
        for r in rows(3, g):
            body.append(r)
            truth.append(tuple(r))
    save(path, [prose(), caption(), table([HEADER], body, style=st), prose()])
    return [(tuple(HEADER), truth)]


@layout
def group_span(path: Path) -> Truths:
    body = []
    truth = []
    st = list(GRID)
    for g, (m, t) in enumerate((("A", "Tujuan 1: terwujudnya kerukunan"), ("B", "Tujuan 2: terwujudnya ketertiban"))):
        st.append(("SPAN", (1, len(body) + 1), (4, len(body) + 1)))
        body.append([m, t, "", "", ""])
        for r in rows(4, g):
            body.append(r)
            truth.append(tuple(r))
    save(path, [prose(), caption(), table([HEADER], body, style=st), prose()])
    return [(tuple(HEADER), truth)]


@layout
def totals(path: Path) -> Truths:
    b = rows(5)
    st = [*GRID, ("SPAN", (0, 6), (2, 6)), ("SPAN", (0, 7), (2, 7))]
    x = [["Jumlah", "", "", "1.250", "1.300"], ["Rata-rata", "", "", "250", "260"]]
    save(path, [prose(), caption(), table([HEADER], b + x, style=st), prose()])
    return [(tuple(HEADER), told(b + x))]


@layout
def chain(path: Path) -> Truths:
    h = ["Tujuan", "Sasaran", "Indikator", "Formula", "Target"]
    b = [
        [
            "Terwujudnya kerukunan warga",
            SASARAN[k // 2],
            INDICATORS[k],
            "(jumlah kasus selesai / jumlah kasus) x 100",
            FIGURES[k],
        ]
        for k in range(6)
    ]
    s = [r[:] for r in b]
    for k in range(1, 6):
        s[k][0] = ""
    for k in (1, 3, 5):
        s[k][1] = ""
    st = GRID + [("SPAN", (0, 1), (0, 6))] + [("SPAN", (1, k), (1, k + 1)) for k in (1, 3, 5)]
    save(path, [prose(), caption(), table([h], s, [90, 110, 110, 110, 50], st), prose()])
    return [(tuple(h), told(b))]


@layout
def quarterly(path: Path) -> Truths:
    h = [["No", "Sasaran", "Indikator", "Target", "Triwulan", "", "", ""], ["", "", "", "", "I", "II", "III", "IV"]]
    b = [[str(k + 1), SASARAN[k], INDICATORS[k], FIGURES[k], "25 %", "50 %", "75 %", "100 %"] for k in range(6)]
    sp = [("SPAN", (k, 0), (k, 1)) for k in range(4)] + [("SPAN", (4, 0), (7, 0))]
    save(path, [prose(), caption(), table(h, b, [25, 110, 110, 50, 45, 45, 45, 45], GRID + sp), prose()])
    return [
        (
            (
                "No",
                "Sasaran",
                "Indikator",
                "Target",
                "Triwulan / I",
                "Triwulan / II",
                "Triwulan / III",
                "Triwulan / IV",
            ),
            told(b),
        )
    ]
