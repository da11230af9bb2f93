"""Offices that titles name: the same survey of another office is another survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kms.duplicates.weights import factor
from kms.text import tokenize
from kms.text.patterns import late
from kms.text.synonyms import group_names, read_concepts

# "Badan usaha", "bagian hilir" and "satuan pendidikan" are no offices.
_OFFICE = late(
    r"\b(?:(dinas|badan(?!\s+(?:usaha|hukum|amal|jalan|air))|kantor|bagian(?!\s+(?:hulu|hilir|tengah|dalam|luar|atas|bawah|"
    r"utara|selatan|timur|barat|wilayah|dari))|biro|satuan(?!\s+(?:pendidikan|kerja|harga|paud|permukiman))|sekretariat|"
    r"puskesmas|rsud|rumah\s+sakit(?:\s+umum)?(?:\s+daerah)?)"
    r"((?:\s+(?!(?:di|pada|dalam|untuk|terhadap|oleh|dengan|berbasis|se|kota|kabupaten|provinsi|kecamatan|kelurahan|tahun|"
    r"pemerintah)\b)[^\W\d_][\w.'-]*,?)*)|inspektorat|bappeda|(?:ba)?kesbangpol|dinkes|satpol\s+pp|bpbd)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def offices_in(title: str) -> Mapping[str, frozenset[str]]:
    """The offices that a title names, each with the concepts of its name; no such as "Dinas XYZ", whose abbreviation
    nobody knows: it may be any."""
    offices = {}
    for match in _OFFICE.finditer(title):
        kind, name = match[1] or "", match[2] or ""
        said = [one for one in read_concepts(tokenize(match[0])) if any(map(factor, one.stems))]
        concepts = frozenset(one.name for one in said)
        abbreviated = not title.isupper() and any(word.isupper() and len(word) > 2 for word in name.split())
        if concepts and (concepts <= group_names() or not abbreviated):
            of_kind = {one.name for one in read_concepts(tokenize(kind))}
            offices[" ".join(match[0].split())] = concepts - of_kind or concepts
    return offices


def other_office(draft_title: str, found_title: str) -> str:
    """An office that the found title names, where the draft's names another and none in common; else ""."""
    ours, theirs = offices_in(draft_title), offices_in(found_title)
    known = frozenset().union(*ours.values())
    return "" if not ours or any(known & concepts for concepts in theirs.values()) else next(iter(theirs), "")
