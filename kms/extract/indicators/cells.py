"""What one cell of a table says: a program, an indicator or several, words broken by a narrow column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kms.text.segment import is_word

START = (
    r"persentase|prosentase|presentase|persantase|jumlah|angka|rasio|nilai|indeks|indek|index|cakupan|tingkat|rata-rata|"
    r"rerata|terlaksananya|tersedianya|terselenggaranya|terwujudnya|meningkatnya|menurunnya|tersusunnya|terpenuhinya|"
    r"opini|predikat|level|maturitas|kapabilitas|laju|proporsi|skor|frekuensi|lama|luas|panjang|produksi|volume"
)
INDICATOR = re.compile(rf"^\W*(?:\d+[.)]\s*)?(?:{START})\b", re.I)
_MARK = re.compile(
    r"\b(?:out\s?come|out\s?put|capaian\s?program|indikator(?: program| kinerja| kegiatan)?|hasil|keluaran)\s*:\s*",
    re.I,
)
_BUDGET = re.compile(r"^\W*(?:(?:pagu\s+)?anggaran|(?:jumlah\s+)?dana\s+yang\s+di\w+)\b[\s:.]*(?:\(?rp\.?\)?)?", re.I)
_BUDGET_HEADS = re.compile(r"(?:jumlah\s+|pagu\s+)?anggaran(?:\s+\d{4})?(?:\s*\(rp\.?\))?|pagu(?:\s*\(rp\.?\))?", re.I)
_BESIDE_BUDGET = re.compile(
    r"no\.?|nomor|kode|(?:nama\s+)?(?:program|(?:sub\s*)?kegiatan)(?:\s*(?:/|dan)\s*(?:sub\s*)?kegiatan)*|uraian|"
    r"ket(?:erangan)?\.?|sumber(?:\s+dana)?",
    re.I,
)
_TOTAL = re.compile(
    r"^\W*(?:sub\s*)?(?:jumlah(?: total| seluruh\w*| anggaran)?|total(?: [a-z]+)?|rata-rata capaian.*)\W*$", re.I
)
_PROGRAM = re.compile(r"^\W*(?:\d[\d.\s]*|[ivx]+\.?\s)?\s*program\b", re.I)
# Words that begin an indicator but seldom stand inside the name of a program.
_INNER = re.compile(
    r"(?<=\s)(?:persentase|prosentase|presentase|persantase|jumlah|rasio|indeks|indek|index|cakupan|angka|terlaksananya|"
    r"tersedianya|terselenggaranya|terwujudnya|meningkatnya|menurunnya|tersusunnya|terpenuhinya|rata-rata)\b|(?<=\s-)\s",
    re.I,
)
# Where a second indicator begins inside a cell: by a capital, with its number or letter, or without.
_INNER_NAME = re.compile(
    r"(?<=\s)(?:[a-z][.)]\s+|\d{1,2}[.)]?\s+)?(?:Persentase|Prosentase|Presentase|Jumlah|Rasio|Indeks|Indek|Index|Cakupan|"
    r"Angka|Nilai|Opini|Tingkat)\b(?=\s+\w)"
)
_NUMBER_BEFORE = re.compile(r"^(?:[a-z][.)]|\d{1,2}[.)]?)\s+(?=[A-Z])")
_FIGURE = re.compile(r"[<>≥≤]?\d[\d.,]*%?\**|-|[A-D]{1,3}|WTP|WDP|n/?a", re.I)
_NEXT_PROGRAM = re.compile(r"\s(?:\d{1,2}|[IVX]+)\.?\s+Program\s+[A-Z].*$")
_CELL_LEVELS = (
    ("program", _PROGRAM),
    ("sasaran", re.compile(r"^\W*sasaran\b(?:\s*(?:strategis|program|\d+))?\s*[.:]", re.I)),
    ("activity", re.compile(r"^\W*(?:sub\s*)?kegiatan\b", re.I)),
)
_BULLET = re.compile(
    r"^\s*(?:\(?\d{1,2}[.)](?!\d)\s*|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=(?-i:[A-Z]))|[a-z][.)]\s+|[-•▪✓*]\s+|iki?[dku]\s*\d+[.:]\s*)",
    re.I,
)
_LEAD = re.compile(
    rf"^\W*(?:[a-z]\s+)?(?:(?:out\s?come|out\s?put|hasil|keluaran|indikator)\s*:\s*|indikator\s+(?=(?:{START})\b))",
    re.I,
)
_UNIT_AT_END = re.compile(
    r"\s(%|persen|prosen|indeks|nilai|orang|unit|dokumen|kali|kasus|paket|ton|hari|bulan|per\s[\d.,]+.{0,40})$", re.I
)


def is_total(text: str) -> bool:
    """Whether a cell heads a sum, not an indicator."""
    return bool(_TOTAL.match(text))


def is_budget(text: str) -> bool:
    """Whether a cell speaks of money: its figures are rupiah, whatever else it names."""
    return bool(_BUDGET.match(text))


def begins_budget(row: Sequence[str]) -> bool:
    """Whether a row is the header of a table of programs and their money, as it stands below an agreement's targets."""
    filled = [" ".join(cell.split()) for cell in row if cell.strip()]
    return (
        len(filled) > 1
        and any(_BUDGET_HEADS.fullmatch(cell) for cell in filled)
        and all(_BUDGET_HEADS.fullmatch(cell) or _BESIDE_BUDGET.fullmatch(cell) for cell in filled)
    )


def starts_program(text: str) -> bool:
    """Whether a cell names a program."""
    return bool(_PROGRAM.match(text))


def level_of(text: str) -> str | None:
    """ "program", "sasaran" or "activity" where the words of a cell say which it is."""
    return next((level for level, pattern in _CELL_LEVELS if pattern.match(text)), None)


def split_program(text: str) -> tuple[str, str]:
    """(program, indicator) of a cell that holds both, "Program ... Outcome : Persentase ..."; "" for what is missing.

    Without a mark between them, the indicator begins at a word that indicators begin with ("Persentase", "Jumlah").
    """
    if (budget := re.search(r"\banggaran\b.*?(?=\bprogram\b)", text, re.I)) and not starts_program(text):
        # A row of money and the head of the next program, run together.
        return text[budget.end() :].strip(" :;-."), ""
    if mark := _MARK.search(text):
        head, rest = text[: mark.start()].strip(" :;-"), text[mark.end() :].strip()
        named = re.search(r"\bprogram\b|(?<=\s[IVX]\s)[A-Z]|(?<=\sII\s)[A-Z]|(?<=\sIII\s)[A-Z]", head, re.I)
        return re.sub(r"\s*(?:anggaran|outcome|output)$", "", head[named.start() if named else 0 :], flags=re.I), rest
    if not starts_program(text):
        return "", text
    after = re.match(r"^\W*(?:[\d.\s]+|[IVX]+\.?\s)?\s*program\s+\w+", text, re.I)
    for match in _INNER.finditer(text, after.end() if after else 0):
        if not text[: match.start()].isupper():
            head = re.sub(r"\s*(?:outcome|output)$", "", text[: match.start()].strip(" :;-"), flags=re.I)
            return head, text[match.end() if match[0].isspace() else match.start() :].strip()
    return re.sub(r"\s*(?:outcome|output)$", "", text.strip(" :;-"), flags=re.I), ""


def holds_program(text: str) -> bool:
    """Whether a cell names a program before the mark of its indicator, "... Outcome : Persentase ..."."""
    mark = _MARK.search(text)
    return bool(mark) and len(re.sub(r"\W", "", text[: mark.start()])) > 8 if mark else False


def next_program(text: str) -> str:
    """The heading of the next program that ran into the end of an indicator's cell, "" where none did."""
    match = _NEXT_PROGRAM.search(text)
    return match[0] if match else ""


def split_names(text: str) -> list[str]:
    """The indicators of one cell: numbered "1. ... 2. ...", or set apart by semicolons; one where neither is so."""
    starts = list(re.finditer(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s*(?=[A-Za-z])", text))
    if len(starts) > 1 and starts[0].start() == 0:
        numbers = [int(match[1]) for match in starts]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            ends = [match.start() for match in starts[1:]] + [len(text)]
            return [text[match.end() : end].strip(" ;,") for match, end in zip(starts, ends, strict=True)]
    for lead, mark in (
        (r"^\s*[-•▪]\s+\S", r"(?:^|\s+)[-•▪]\s+(?=[A-Z])"),
        (r"^\s*a[.)]\s+\S", r"(?:^|\s+)[a-h][.)]\s+(?=[A-Z])"),
    ):
        parts = [part.strip(" ;,") for part in re.split(mark, text) if part.strip()]
        if re.match(lead, text) and len(parts) > 1:
            return parts
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) > 1 and all(len(part) > 5 for part in parts):
        return parts
    return [text]


def split_run_together(text: str, figures: Sequence[str]) -> list[str]:
    """Two or more indicators that a table without rules left in one row, "... tertata Persentase ... SNI", "10 20".

    Only where every cell of figures divides into as many figures as the text has beginnings of indicators; else one.
    """
    starts = [0, *(match.start() for match in _INNER_NAME.finditer(text) if match.start() > 8)]
    figures = [figure for figure in figures if figure]
    if len(starts) < 2 or not figures:
        return [text]
    for figure in figures:
        pieces = figure.split()
        if len(pieces) != len(starts) or not all(_FIGURE.fullmatch(piece) for piece in pieces):
            return [text]
    ends = [*starts[1:], len(text)]
    return [_NUMBER_BEFORE.sub("", text[start:end].strip(" ;,")) for start, end in zip(starts, ends, strict=True)]


def split_figures(text: str, count: int) -> list[str]:
    """``count`` figures out of one cell, or the whole text for each where it does not divide so."""
    numbered = r"(?:^|\s+)(?:\d{1,2}|[a-h])[.)]\s+"
    for pattern in (
        *((numbered,) if re.match(r"\s*(?:1|a)[.)]\s", text) else ()),
        r"\s*;\s*", r"\s*\n\s*", r"(?<=%)\s+(?=[\d<>≥≤-])", r"(?:^|\s+)\d{1,2}[.)]\s+", r"\s+(?=\d)", r"\s+"
    ):  # fmt: skip
        parts = [part for part in re.split(pattern, text.strip()) if part]
        if len(parts) == count:
            return parts
    return [text] * count


def clean_name(text: str, numbered: bool = False) -> str:
    """An indicator's name without its number or bullet, or the word "Outcome:" before it; broken words joined.

    ``numbered``: the column holds the numbers of the rows too, "1 Angka Kematian Bayi".
    """
    text = _LEAD.sub("", _BULLET.sub("", " ".join(text.split()), count=1))
    if numbered:
        text = re.sub(r"^(?:\d{1,2}|[IVX]{1,4})\.?\s+(?=[A-Za-z])", "", text)
    return join_broken(re.sub(r"(?<=\w\w)[.,;:\s]+$", "", text.strip(" :;")))


def without_column_numbers(row: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the "(1) (2) (3)" that some tables repeat at the foot of a page, inside its last row."""
    marks = [re.search(r"\s*\(\s*(\d\s?\d?)\s*\)\s*$", cell) for cell in row]
    right = [mark and int(mark[1].replace(" ", "")) == index + 1 for index, mark in enumerate(marks)]
    if len(row) < 4 or sum(map(bool, right)) * 2 < len(row):
        return row
    return tuple(
        cell[: mark.start()] if mark and ok else cell for cell, mark, ok in zip(row, marks, right, strict=True)
    )


def split_unit(name: str) -> tuple[str, str]:
    """(name, unit) where one column holds both: "Indeks Pencemaran Udara Indeks", "... yang Persen ditangani"."""
    match = _UNIT_AT_END.search(name)
    if match:
        return name[: match.start()].strip(), match[1].strip()
    if re.match(r"p[er]+[os]?[en]*tase", name, re.I) and (inner := re.search(r"\s(persen|prosen)(?=\s)", name, re.I)):
        return name[: inner.start()] + name[inner.end() :], "%"
    return name, ""


@lru_cache(maxsize=20_000)
def join_broken(text: str) -> str:
    """Words cut by the edge of a narrow column ("ditindaklanj uti", "KOT A") put together again.

    Two pieces are joined when together they are a word and one of them alone is none.
    """
    words = text.split(" ")
    joined: list[str] = []
    for word in words:
        if joined and _belong(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)


def _belong(left: str, right: str) -> bool:
    head, tail = re.search(r"[A-Za-z]+$", left), re.match(r"[A-Za-z]+", right)
    if not head or not tail or (head[0].isupper() != tail[0].isupper() and not tail[0].islower()):
        return False
    first, second = head[0].lower(), tail[0].lower()
    if not is_word(first + second) or len(first + second) < 4:
        return False
    if second in ("kan", "nya", "an", "kannya", "annya"):
        return True
    return not (is_word(first) and len(first) > 1) or not (is_word(second) and len(second) > 2)
