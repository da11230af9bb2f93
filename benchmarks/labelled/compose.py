"""The labelled set: hand-written studies and drafts, put together to texts as offices write them.

Every sentence on a subject is written by hand in the ``.txt`` files. Composed are only headings, the order of parts,
the boilerplate that unrelated documents share, and, for a copy or a new edition, the changes that a copy or a new
edition goes through. Dev and test part by the number of the past study that a draft goes back to (odd: dev), or by its
own where there is none.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
EXPECTED = {
    "reworded": "duplicate", "copy": "copy", "partial": "overlap", "edition": "edition",
    "other-locus": "other-locus", "follow-up": "same-topic", "new": None,
}  # fmt: skip
FLAGGED = ("reworded", "copy", "partial")
HEADINGS = (
    ("Abstrak", "Tujuan", "Ruang Lingkup", "Metode", "Hasil", "Rekomendasi"),
    ("Ringkasan", "Maksud dan Tujuan", "Ruang Lingkup dan Lokus", "Metodologi", "Hasil dan Pembahasan", "Saran"),
    ("Latar Belakang", "Sasaran Kajian", "Batasan", "Cara Kerja", "Temuan", "Rekomendasi"),
    ("Ringkasan Eksekutif", "Rumusan Masalah", "Lingkup Kajian", "Pendekatan", "Hasil Analisis", "Penutup"),
)


@dataclass(frozen=True)
class Past:
    """A past document. ``parts`` maps the letters of the source files to texts."""

    id: str
    type: str
    agency: str
    year: str
    locus: str
    parts: dict[str, str]
    text: str = ""

    @property
    def title(self) -> str:
        return self.parts["T"]


@dataclass(frozen=True)
class Draft:
    """A draft, what it truly is, and the past document it goes back to (None for a new question)."""

    id: str
    kind: str
    past: str | None
    near: str | None
    year: str
    agency: str
    title: str
    text: str
    type: str | None = None

    @property
    def part(self) -> str:
        number = int(re.sub(r"\D", "", self.past or self.id))
        return "dev" if number % 2 else "test"

    @property
    def length(self) -> str:
        return "title" if not self.text else "abstract" if len(self.text.split()) < 90 else "full"


@dataclass(frozen=True)
class Titles:
    """A past study's title, one that asks the same, one that does not."""

    past: str
    reworded: str
    negative: str

    @property
    def part(self) -> str:
        return "dev" if int(self.past[1:]) % 2 else "test"


def other_titles(name: str | Path) -> list[tuple[str, str, str, str]]:
    """Past title, aims, reworded title and hard negative of the studies in titles-NAME.tsv or a file like it."""
    path = name if isinstance(name, Path) else HERE / f"titles-{name}.tsv"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip() and line[0] != "#")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


@dataclass(frozen=True)
class LabelledSet:
    """Everything, composed."""

    past: dict[str, Past]
    drafts: tuple[Draft, ...]
    titles: tuple[Titles, ...] = field(default=())


def load(folder: Path = HERE) -> LabelledSet:
    """The whole set of a folder (past-*.txt, drafts*.txt, titles.tsv if it has one), always the same."""
    past = {}
    for file in sorted(folder.glob("past-*.txt")):
        for head, parts in _blocks(file):
            one = Past(head[0], head[1], head[2], head[3], head[4], dict(parts))
            past[one.id] = Past(one.id, one.type, one.agency, one.year, one.locus, one.parts, past_text(one))
    drafts = [_draft(head, parts, past) for file in sorted(folder.glob("drafts*.txt")) for head, parts in _blocks(file)]
    titles = folder / "titles.tsv"
    lines = titles.read_text("utf-8").splitlines() if titles.exists() else []
    rows = [line.split("\t") for line in lines if line.strip() and line[0] != "#"]
    return LabelledSet(past, tuple(drafts), tuple(Titles(*row) for row in rows))


def past_text(one: Past) -> str:
    """A past document as a .txt file would hold it."""
    chance = random.Random(one.id)
    common = chance.sample(boilerplate(), 3 if chance.random() < 0.85 else 9)
    lines = [one.title.upper() if chance.random() < 0.5 else one.title, "", one.agency, f"Tahun {one.year}", ""]
    if "B" in one.parts:
        return "\n".join([*lines, "\n\n".join(_paragraphs(one.parts["B"])), "", common[0]])
    abstract, aims, scope, method, results, advice = chance.choice(HEADINGS)
    place = [f"Lokus: {one.locus}", ""] if chance.random() < 0.4 else []
    return "\n".join([
        *lines, *place, "KATA PENGANTAR" if common[0].startswith("Puji") else "PENGANTAR", common[0], "",
        f"1.1 {abstract}", one.parts["A"], *([f"Kata kunci: {one.parts['K']}"] if chance.random() < 0.6 else []), "",
        f"1.2 {aims}", *_points(one.parts["U"], chance), "", f"1.3 {scope}", one.parts["L"], "",
        "1.4 Dasar Hukum dan Sistematika", common[1], "", f"BAB II {method.upper()}", one.parts["M"], common[2], "",
        *common[3:], f"BAB III {results.upper()}", *_paragraphs(one.parts["H"]), "", f"BAB IV {advice.upper()}",
        one.parts["S"],
    ])  # fmt: skip


def _draft(head: list[str], parts: list[tuple[str, str]], past: dict[str, Past]) -> Draft:
    name, kind, base, year, agency = head
    chance = random.Random(name)
    taken = [value for letter, value in parts if letter == "C"]
    title = next((value for letter, value in parts if letter == "T"), "")
    if taken and taken[0].endswith(":*"):
        source = past[taken[0][:3]]
        title = title or source.title
        text = _copied(source, chance) if kind == "copy" else _next_edition(source, title, agency, year, chance)
    else:
        text = _composed(parts, past, chance)
    if text:
        text = f"{title}\n\n{agency}\nTahun {year}\n\n{text}"
    known = base if base != "-" else None
    kinds = past[known].type if kind in ("edition", "copy") and known else None
    if kind == "new" and known and past[known].type != "kajian":
        kinds = past[known].type
    return Draft(name, kind, known if kind != "new" else None, known, year, agency, title, text, kinds)


def _composed(parts: list[tuple[str, str]], past: dict[str, Past], chance: random.Random) -> str:
    headings = chance.choice(HEADINGS)
    names = dict(zip("AULMHS", headings, strict=True))
    lines: list[str] = []
    for letter, value in parts:
        if letter == "C":
            source, _, wanted = value.partition(":")
            passages = _paragraphs(past[source].parts[wanted[0]])
            lines += [*(passages if len(wanted) == 1 else [passages[int(wanted[1:]) - 1]]), ""]
        elif letter == "U":
            lines += [names["U"], *_points(value, chance), ""]
        elif letter in "ALMHSB":
            lines += [*([names[letter]] if letter in names else []), *_paragraphs(value), ""]
    if len(parts) >= 4 or chance.random() < 0.4:
        common = chance.sample(boilerplate(), 2)
        lines = [common[0], "", *lines, common[1]]
    return "\n".join(lines).strip()


def _copied(source: Past, chance: random.Random) -> str:
    """As it comes back from a scanner: other line ends, a stamp, a few letters misread."""
    body = source.text.split("\n\n", 1)[1]
    words = body.split(" ")
    for at in chance.sample(range(len(words)), len(words) // 70):
        words[at] = words[at].replace("l", "1").replace("m", "rn", 1)
    return "SALINAN\n" + " ".join(words).replace("KATA PENGANTAR", "PENGANTAR")


def _next_edition(source: Past, title: str, agency: str, year: str, chance: random.Random) -> str:
    """Next year's: other figures, other years, one paragraph written anew."""
    body = source.text.split("\n\n", 1)[1]
    body = body.replace(source.year, year)
    body = re.sub(r"\b(\d{1,3}),(\d)\b", lambda match: f"{int(match[1]) + chance.randint(-2, 3)},{match[2]}", body)
    return (
        body + "\n\nBerbeda dari dokumen sebelumnya, dokumen ini memuat penyesuaian target dan pagu menurut hasil"
        " evaluasi tahun berjalan serta masukan dari forum perangkat daerah."
    )


def boilerplate() -> list[str]:
    """Paragraphs that stand in unrelated documents."""
    return (HERE / "boilerplate.txt").read_text("utf-8").splitlines()


def _points(text: str, chance: random.Random) -> list[str]:
    marks = chance.choice(("1.", "-", "a."))
    points = [point.strip() for point in text.split("|")]
    if marks == "-":
        return [f"- {point}" for point in points]
    first = "1" if marks == "1." else "a"
    return [f"{chr(ord(first) + number)}. {point}" for number, point in enumerate(points)]


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.split("|")]


def _blocks(file: Path) -> list[tuple[list[str], list[tuple[str, str]]]]:
    found: list[tuple[list[str], list[tuple[str, str]]]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("=== "):
            found.append(([part.strip() for part in line[4:].split("|")], []))
        elif line.strip() and not line.startswith("#"):
            letter, _, value = line.partition(": ")
            found[-1][1].append((letter, value))
    return found
