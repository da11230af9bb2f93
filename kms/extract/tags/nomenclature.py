"""The official names and codes of programs, old and new, and the spellings in which documents give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files

from kms.extract.tags.spelling import spell

CUT = 18
"""A name that a page break cut short is completed from this many letters on, where one program alone begins so."""

LAST_PROGRAM = 20
"""No field has more programs; a higher number belongs to an older code."""

ALIKE = 0.92
"""How alike (difflib's ratio of letters) a misspelt name must be to its official one."""

# What may follow a name in its cell without being part of it.
_FOLLOWS = re.compile(
    r"outcome|output|indikator|p[er]+[os]?[en]*tase|jumlah|rasio|nilai|inde[kx]s?|tingkat|cakupan|angka|anggaran|rp|"
    r"kabupaten|kab|kota|meningkatnya|terlaksananya|tersedianya|terwujudnya"
)
CODE = r"[1-8](?:\s?[.\s]\s?\d{1,2}){1,5}(?:\s?[.\s]\s?\d{1,4})?"


@dataclass(frozen=True)
class Program:
    """An official program. ``successor`` is the code of the program that took over an old one's subject, or ""."""

    system: str
    code: str
    name: str
    successor: str = ""


@cache
def programs() -> tuple[Program, ...]:
    """All programs of the list: Permendagri 90/2019 (system "90") and 13/2006 ("13")."""
    lines = files("kms.extract.tags").joinpath("nomenclature.tsv").read_text("utf-8").splitlines()
    rows = [[*line.split("\t"), ""][:4] for line in lines if line and not line.startswith("#")]
    return tuple(Program(system, code, program_name(name), successor) for system, code, name, successor in rows)


def program_name(text: str) -> str:
    """A program's name with capitals only at the head of words, so that spellings group."""
    return spell(re.sub(r"\s+", " ", text).strip(" .,:;-"))


def letters(text: str) -> str:
    """Only letters, small: spaces and marks are lost in narrow columns, and added."""
    return re.sub(r"[^a-z]", "", text.lower())


@cache
def _by_letters() -> dict[str, Program]:
    return {letters(program.name): program for program in reversed(programs())}


@cache
def by_code() -> dict[str, Program]:
    """The programs of Permendagri 90/2019 by their codes."""
    return {program.code: program for program in programs() if program.system == "90"}


@lru_cache(maxsize=20_000)
def official(text: str) -> Program | None:
    """The official program whose name ``text`` is, also with an indicator after it, misspelt, or cut short."""
    folded = letters(text)
    names = _by_letters()
    if folded in names:
        return names[folded]
    begun_with = beginning(text)
    if begun_with and _FOLLOWS.match(folded[len(letters(begun_with.name)) :]):
        return begun_with
    if len(folded) >= len("program") + CUT:
        begun = {names[name].name for name in names if name.startswith(folded)}
        if len(begun) == 1:
            return names[next(name for name in names if name.startswith(folded))]
    close = get_close_matches(folded, names, 1, ALIKE)
    return names[close[0]] if close else None


def beginning(text: str) -> Program | None:
    """The program with whose whole official name ``text`` begins, the longest of several."""
    folded = letters(text)
    longest = max((name for name in _by_letters() if folded.startswith(name)), key=len, default="")
    return _by_letters()[longest] if longest else None


def successor(program: Program) -> tuple[str, str] | None:
    """(code, name) of the program that took over an old one's subject; no code where every office has its own."""
    if not program.successor:
        return None
    if program.successor.startswith("*"):
        ending = program.successor.removeprefix("*")
        return "", next(one.name for code, one in by_code().items() if code.endswith(ending))
    return program.successor, by_code()[program.successor].name


@dataclass(frozen=True)
class Code:
    """A code as lists write it, "8.01.02.2.01.0001", and what it stands for: "program", "kegiatan", "sub" or "old"."""

    text: str
    level: str


def read_code(text: str) -> Code | None:
    """ "8.1.2", "8 01 02", "8.01.02." as 8.01.02; None for what is no code of a program or what hangs on one.

    Codes older than Permendagri 90/2019 keep their own form, only with dots.
    """
    parts = [part for part in re.split(r"[.\s]+", text.strip(" .:")) if part]
    if not 3 <= len(parts) <= 8 or not all(part.isdecimal() and len(part) <= 2 for part in parts[:-1]):
        return None
    if not parts[-1].isdecimal() or len(parts[-1]) > (4 if len(parts) > 5 else 2):
        return None
    head = f"{int(parts[0])}.{int(parts[1]):02}"
    fields = {code.rpartition(".")[0] for code in by_code()}
    new = head in fields and int(parts[2]) <= LAST_PROGRAM and len(parts) in (3, 5, 6)
    new = new and (len(parts) == 3 or int(parts[3]) in (1, 2))
    if not new:
        return Code(".".join(parts), "old") if len(parts) > 3 or int(parts[0]) < 5 else None
    program = f"{head}.{int(parts[2]):02}"
    if len(parts) == 3:
        return Code(program, "program")
    activity = f"{program}.{int(parts[3])}.{int(parts[4]):02}"
    if len(parts) == 5:
        return Code(activity, "kegiatan")
    return Code(f"{activity}.{parts[5].zfill(2)}", "sub")
