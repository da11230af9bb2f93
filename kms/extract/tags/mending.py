"""Covers as a machine read them, mended: letters set apart, words run together, digits for letters and the reverse."""

from __future__ import annotations

import re

from kms.text.segment import is_word, split_words

LONG = 8
"""From this many letters on, an unknown word of a cover may be several."""

TELLING = frozenset(
    re.findall(
        r"\w+",
        "rencana kerja kinerja tahunan strategis laporan perjanjian kota kabupaten provinsi dinas badan kantor "
        "bangsa instansi pemerintah tahun kecamatan inspektorat kajian studi",
    )
)
"""Words of covers of which one among two parts says that a word is really two."""

_SPACED = re.compile(r"(?<!\S)\(?\s?(?:[A-Za-z]\s){3,}[A-Za-z]\b\s?\)?")
_YEAR_APART = re.compile(r"\b((?:19|2[0O]))\s([0-9OlI]\s?[0-9OlI])(?=\s|$|[-–—])")
_YEAR_LIKE = re.compile(r"\b[21][0Oo9][0-9OolI]{2}\b")
_AS_DIGITS = str.maketrans("OolI", "0011")
_DIGITS_APART = re.compile(r"(?<![\d ])((?:^|\s))([12])\s([09])\s(\d)\s(\d)(?!\s?\d)")
_PAIR = re.compile(r"\b([A-Z]{2,})\s([A-Z]{2,})\b")
_UPPER_WORD = re.compile(r"\b[A-Z01l|]*[A-Z][A-Z01l|]*\b")
_AS_LETTERS = str.maketrans("01l|", "OIII")
_WORD = re.compile(r"[A-Za-z]+")


def mend(text: str) -> str:
    """``text`` with the same lines, its slips of OCR mended where the result is a word; other text stays as it is."""
    return "\n".join(_mend_line(line) for line in text.split("\n"))


def _mend_line(line: str) -> str:
    line = _SPACED.sub(lambda match: _closed(match[0], line), line)
    line = " ".join(line.split())
    line = _YEAR_APART.sub(lambda match: match[1] + match[2].replace(" ", ""), line)
    line = _DIGITS_APART.sub(r"\1\2\3\4\5", line)
    line = _PAIR.sub(_together, line)
    line = _YEAR_LIKE.sub(lambda match: match[0].translate(_AS_DIGITS), line)
    line = _UPPER_WORD.sub(_as_word, line)
    line = re.sub(r"(?<=[A-Z]{4})(?=(?:19|20)\d\d\b)", " ", line)
    line = re.sub(r"\b(kab|prov)\s+\.", r"\1.", line, flags=re.I)
    return _WORD.sub(lambda match: _apart(match[0], line), re.sub(r"(?<=[A-Za-z]{8})\(", " (", line))


def _closed(letters: str, line: str) -> str:
    """ "R E N C A N A   K E R J A": wider gaps stay gaps between words; "A B C D" in a row of single answers stays."""
    words = ["".join(part.split()) for part in re.split(r"\s{2,}", letters.strip())]
    known = [word for word in words if is_word(re.sub(r"\W", "", word).lower()) or line.isupper()]
    return (" ".join(words) + " ") if known else letters


def _as_word(match: re.Match[str]) -> str:
    """A word in capitals with a digit or a small l in it, "STRATEG1S", "KlNERJA"; numbers and codes stay."""
    word = match[0]
    mended = word.translate(_AS_LETTERS)
    if mended == word or sum(sign in "01l|" for sign in word) > 2 or len(word) < 2:
        return word
    return mended if is_word(mended.lower()) or len(word) > 5 or mended in ("DI", "DAN", "LKJIP") else word


def _together(match: re.Match[str]) -> str:
    """ "REN CANA": two pieces of which one is no word, and which are a word together."""
    left, right = match[1].lower(), match[2].lower()
    broken = not is_word(left) or not is_word(right)
    return match[1] + match[2] if broken and len(left + right) > 5 and is_word(left + right) else match[0]


def _apart(word: str, line: str) -> str:
    """Words run together; a name such as "GUNUNGSARI", whose parts are words too, stays whole."""
    if len(word) < LONG or is_word(word.lower()):
        return word
    parts = split_words(word)
    told = len(parts) > 2 or any(part.lower() in TELLING for part in parts)
    return " ".join(parts) if told or (line.strip() == word and len(word) > 2 * LONG) else word
