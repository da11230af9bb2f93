"""How names in capitals are written in lists: capitals at the head of words, small words small, abbreviations kept."""

from __future__ import annotations

import re

ACRONYMS = frozenset(
    re.findall(
        r"\w+",
        "APBD APBN ASN BAZNAS BLUD BOS BPBD BPJS BUMD BUMDES DPRD FKDM FKUB FPK IDI IKM IKU IPTEK JKN KB LPPD LSM NKRI "
        "OPD PAD PAUD PKK PKL PMKS PNS RKPD RPJMD RPJPD RSUD RT RW SAKIP SD SDM SKPD SMA SMK SMP SOP SPBE SPIP SPM TIK "
        "UKM UMKM UPTD",
    )
)
SMALL = frozenset(
    re.findall(
        r"\w+", "dan di ke dari untuk yang pada dalam dengan atas terhadap bagi oleh tentang serta atau melalui of"
    )
)


def spell(text: str, begins: bool = True) -> str:
    """``text`` as a title. ``begins``: its first word is written large, also a small one."""
    words = []
    for number, word in enumerate(text.split()):
        bare = word.strip(".,;:()").upper()
        if (number or not begins) and word.lower() in SMALL:
            words.append(word.lower())
        elif word.startswith("(") or any(sign.isdigit() for sign in word) or re.fullmatch(r"[IVX]{1,5}", bare):
            words.append(word)
        else:
            words.append(bare.join(word.upper().split(bare)) if bare in ACRONYMS else _capitals(word))
    return " ".join(words)


def _capitals(word: str) -> str:
    """Each part of "data/informasi" and of "non-fisik" with a capital; abbreviations between slashes kept."""
    return re.sub(
        r"[^\W\d_]+",
        lambda part: part[0] if part[0].upper() in ACRONYMS and part[0].isupper() else part[0].capitalize(),
        word,
    )
