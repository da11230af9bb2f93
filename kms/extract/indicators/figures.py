"""Figures as people print them in plans: decimal comma, dots for thousands, ranges, limits, grades, words."""

from __future__ import annotations

import re

from kms.model import Figure

# Glyphs of the Symbol font reach the text as private-use code points.
SYMBOLS = str.maketrans(
    {"\uf0b3": "≥", "\uf0a3": "≤", "\uf03c": "<", "\uf03e": ">", "\uf03d": "=", "\uf025": "%", "\uf0b1": "±"}
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"\xa0": " ", "⩾": "≥", "⩽": "≤"}
)
LARGE = {"ribu": 1e3, "rb": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12}
NUMBER = r"\d+(?:[.,]\d+)*"
SIGNED = rf"(?:(?<![\w)])-\s?)?{NUMBER}"
_LOWER = re.compile(
    rf"^\W*?(?:≥|>=|=>|>|min(?:imal|imum)?\.?(?=\W)|paling (?:sedikit|rendah)|lebih dari)\s*({NUMBER})", re.I
)
_UPPER = re.compile(
    rf"^\W*?(?:≤|<=|=<|<|ma(?:ks|x)(?:imal|imum)?\.?(?=\W)|paling (?:banyak|tinggi)|kurang dari)\s*({NUMBER})", re.I
)
_RANGE = re.compile(
    rf"^\D*?({NUMBER})\s*(?:%|persen)?\s*(?:-|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga|<\s*x\s*≤)\s*({NUMBER})"
    r"\s*(%|\D*)$",
    re.I,
)
_RATIO = re.compile(rf"{NUMBER}\s*(?:[:/]|x|dari)\s*{NUMBER}", re.I)
_GRADED = re.compile(rf"\(\s*(?:nilai\s*)?({NUMBER})\s*%?\s*\)\s*$", re.I)
# A narrow column breaks "1.250.000" after its dot, and "100%" before its last nought.
_BROKEN = (
    (re.compile(r"(\d[.,])\s(?=\d)"), r"\1"),
    (re.compile(r"(\d)\s(?=[.,]\d)"), r"\1"),
    (re.compile(r"^(\d{1,2})[\s/](0+\s*%)"), r"\1\2"),
)


def read_figure(text: str, money: bool = False) -> Figure:
    """``text`` as a figure, its words kept as printed.

    A single number gives ``value``; a range "72 - 75" gives ``low`` and ``high``, a limit "≥ 90" one of them, and no
    value. A grade with a score, "A (80,1)" or "Level 3 (3,35)", has the score for its value. ``money`` says that the
    column counts rupiah, where "121,892" can only be thousands. Words alone ("WTP", "n/a", "-") have no number.
    """
    plain = " ".join(text.translate(SYMBOLS).split()).rstrip("*) ") if text.count("(") < text.count(")") else ""
    plain = plain or " ".join(text.translate(SYMBOLS).split()).rstrip("* ")
    for pattern, joined in _BROKEN:
        plain = pattern.sub(joined, plain)
    rupiah = money or bool(re.search(r"\brp\b", plain, re.I))
    percent = "%" in plain
    if match := _LOWER.match(plain):
        return Figure(text, low=_number(match[1], rupiah, percent))
    if match := _UPPER.match(plain):
        return Figure(text, high=_number(match[1], rupiah, percent))
    if match := _RANGE.match(plain):
        low, high = _number(match[1], rupiah, percent), _number(match[2], rupiah, percent)
        return Figure(text, low=low, high=high) if low <= high else Figure(text)
    if match := _GRADED.search(plain):
        return Figure(text, value=_number(match[1], rupiah, percent))
    if _RATIO.search(plain):
        return Figure(text)
    numbers = re.findall(SIGNED, plain)
    if len(numbers) != 1:
        return Figure(text)
    value = _number(numbers[0].replace("- ", "-"), rupiah, percent)
    after = re.match(r"\s*([a-z]+)", plain[plain.rfind(numbers[0][-1]) + 1 :], re.I)
    if after and after[1].lower() in LARGE and (rupiah or after[1].lower() not in ("ribu", "rb")):
        value *= LARGE[after[1].lower()]
    return Figure(text, value=value)


def _number(text: str, rupiah: bool, percent: bool) -> float:
    """ "1.250.000,00", "1,250,000.00", "75,5", "93.5", "1.292": the last sign is decimal unless it groups thousands."""
    sign = -1.0 if text.startswith("-") else 1.0
    digits = text.lstrip("- ")
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = max(".", ",", key=digits.rfind)
        if digits.count(decimal) > 1:
            decimal = "," if decimal == "." else "."
        thousands = "." if decimal == "," else ","
        digits = digits.replace(thousands, "").replace(decimal, ".", 1)
    elif dots or commas:
        mark = "." if dots else ","
        grouped = re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+", digits) is not None
        single = dots + commas == 1
        thousands_here = grouped and (not single or rupiah or (mark == "." and not percent))
        digits = digits.replace(mark, "" if thousands_here or not single else ".")
    try:
        return sign * float(digits)
    except ValueError:  # More signs than a number has; only its digits are left to go by.
        return sign * float(re.sub(r"\D", "", digits))


def unit_of(text: str) -> str | None:
    """The unit printed with a figure: "12 dokumen" counts "dokumen"; None where there is none."""
    plain = " ".join(text.translate(SYMBOLS).split())
    if "%" in plain:
        return "%"
    if re.match(r"rp\b", plain, re.I):
        return "Rp"
    match = re.match(rf"^\W*{NUMBER}\s*([A-Za-z][A-Za-z/.² ]{{1,30}})$", plain)
    return match[1].strip() if match and match[1].lower().strip() not in LARGE else None
