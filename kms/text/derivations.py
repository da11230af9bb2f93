"""Which words of one stem are said of one thing: "menemukan" and "penemuan" are, "ditemukan" and "pertemuan" not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from kms.text.stems import exceptions, known_stems

Family = Literal["men", "ber", "ke"]

_CLITIC = re.compile(r"(?:nya|lah|kah|pun)$")
_CAUSED = re.compile(r"(?:mem|di)per")
_NASAL_UNSEEN = "lrmnwy"
"""First letters of stems before which "peN-" is "pe-": pelayanan belongs to melayani, but pekerjaan to bekerja."""


def may_mean(word: str, term: str, stem: str) -> bool:
    """Whether ``word`` may be said for ``term``, both folded and of this stem.

    A verb with me- or di- has its noun with peN-, one with ber- its noun with per-, and a noun with ke-an stands for
    itself. Where the language has the noun of the word's own family, a term of another family is another thing:
    "kehidupan" is no "penghidupan"; "meminta", which has none, may mean "permintaan". Who does something may be said
    for what is done ("penyuluh"), but "perawatan" is no "perawat".
    """
    if word == term:
        return True
    if _is_doer(term, stem) and not _is_doer(word, stem):
        return False
    own, other = _family(word, stem), _family(term, stem)
    return own is None or other is None or own == other or own not in _families_with_noun(stem)


def _is_doer(word: str, stem: str) -> bool:
    """Whether a word with peN- or pe- names who does it: "perawat", not "perawatan"."""
    word = _CLITIC.sub("", word)
    return word != stem and word.startswith("pe") and not stem.startswith(word[:2]) and not word.endswith("an")


def _family(word: str, stem: str) -> Family | None:
    """To which family of its stem a word belongs; None for the stem itself and for what may be of any."""
    word = _CLITIC.sub("", word)
    if word == stem or stem.startswith(word[:2]):
        return None
    if _CAUSED.match(word) and stem[0] not in "pr":
        return "ber"
    if word.startswith(("me", "di")):
        return "men"
    if word.startswith(("ber", "bel", f"be{stem}")):
        return "ber"
    if word.startswith("ke") and _is_noun(word, stem):
        return "ke"
    if word.startswith("pe"):
        if word.startswith(f"pe{stem}"):
            return "men" if stem[0] in _NASAL_UNSEEN else "ber"
        return "ber" if word.startswith((f"per{stem}", f"pel{stem}")) else "men"
    return None


def _is_noun(word: str, stem: str) -> bool:
    return word.endswith("an") and (stem.endswith("k") or not word.endswith("kan"))


@cache
def _families_with_noun(stem: str) -> frozenset[Family]:
    """The families of which a noun in -an is known."""
    words = (_CLITIC.sub("", word) for word in _words_by_stem().get(stem, ()))
    nouns = (word for word in words if word.startswith(("pe", "ke")) and _is_noun(word, stem))
    return frozenset(family for word in nouns if (family := _family(word, stem)))


@cache
def _words_by_stem() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, stem in (known_stems() | exceptions()).items():
        found.setdefault(stem, []).append(word)
    return found
