"""Places as titles and scopes name them: Kecamatan X, Kelurahan Y, Kota Z; and whether two studies are of one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kms.text import stem, tokenize
from kms.text.segment import frequencies

SamePlace = Literal["same", "inside", "other", "unknown"]

LEVELS = {
    "provinsi": 1, "kota": 2, "kabupaten": 2, "kecamatan": 3, "distrik": 3, "kelurahan": 4, "desa": 4, "nagari": 4,
    "kampung": 5, "dusun": 5, "pasar": 5, "terminal": 5, "sungai": 5, "situ": 5, "waduk": 5, "pantai": 5, "pulau": 5,
    "puskesmas": 5, "rsud": 5, "stasiun": 5, "pelabuhan": 5, "embung": 5, "danau": 5,
}  # fmt: skip
"""From the widest to the narrowest."""
NATURAL = 5
"""The level of rivers, islands, beaches and other places that lie in a village."""
MOST_WORDS = 3
"""Words of a name beside directions: "Ogan Komering Ulu Timur"."""
COMMON = 4.0
"""Of a word in any text, as the base-10 logarithm of its number among 10^9 words; names of places are rarer."""
_NAMED_AFTER_ANYTHING = ("provinsi", "kabupaten", "kecamatan", "distrik", "kelurahan", "desa", "nagari")
_SHORT = {"kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "prov": "provinsi", "propinsi": "provinsi",
          "ds": "desa", "das": "sungai", "bupati": "kabupaten", "pemkab": "kabupaten", "walikota": "kota",
          "pemkot": "kota", "pemprov": "provinsi", "gubernur": "provinsi"}  # fmt: skip
# A full stop goes with what is cut short: "kab. Bogor", but not "di provinsi. Evaluasi ...".
_KIND = re.compile(r"\b(?:(" + "|".join(LEVELS) + r")\b|(" + "|".join(_SHORT) + r")\b\.?)", re.I)
_TOURISM = re.compile(r"[ \t]+(?:wisata|adat|siaga|binaan|mandiri)(?=[ \t]+[A-Z])", re.I)
_WORD = re.compile(r"[ \t]*\n?[ \t]*([^\W\d_][\w'’-]*|[IVX]+\b)")
_TOWNS_ARE_NAMED_AFTER = ("sungai", "pulau")
# What follows "kota" or "desa" without being a name.
_NOT_A_NAME = """
    aman asal asri badan bagi bagian baru-baru bawah berbasis beserta berkelanjutan bersama bersih berbudaya besar
    cerdas dalam dan dari daerah dengan di digital dinas guna hijau induk ini itu inklusif ke kecil kecamatan
    kelurahan kepada kantor kreatif kumuh lain lainnya layak maju mandiri maupun melalui menurut menuju metropolitan
    modern oleh pada para pasca penghasil pengemis pesisir pintar produktif pusaka ramah rawan religius satelit se
    secara sehat sejahtera sekaligus sekretariat selama sentra serta setempat siaga sebagai strategis swadaya
    swasembada tahun tanggap tangguh tani tanpa tempat terhadap terminal tersebut tertinggal tertib tidak toleran
    tradisional tua umum untuk usaha wajib wisata yang kota kabupaten provinsi desa pasar kawasan atau periode studi
    kajian perkotaan permukiman perdagangan industri pendidikan kuliner olahraga budaya adat hutan pertanian rakyat
    swalayan kerja ternak hewan burung ikan malam semi administrasi pemerintah hukum sadar berdaya bebas terpadu
    terbuka sekitar antara antar sampai hingga lewat atas akibat karena menjelang sebelum sesudah setelah triwulan
    semester bulan tahap tw ta th anggaran dki diy petahana perempuan definitif terpilih kurang jarang sering selalu
    sangat belum sudah telah masih perlu harus tak akan juga justru malah makin semakin hanya bukan apa apakah
    bagaimana mengapa siapa berapa kapan
"""
_DIRECTIONS = """
    kepulauan ilir ulu
    utara selatan timur barat tengah lor kidul wetan kulon hilir hulu baru lama jaya raya indah asri besar kecil kaler
    tenggara laut barat laut daya luar dalam mulya makmur sari agung permai satu dua tiga empat lima i ii iii iv v
"""


@dataclass(frozen=True)
class Place:
    """A named place: its kind ("kota", "kecamatan", ...; "" when only the name is known) and its name, lower case."""

    kind: str
    name: str

    @property
    def level(self) -> int:
        """1 for a province up to 5 for what lies in a village; 0 when the kind is not known."""
        return LEVELS.get(self.kind, 0)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip().title()


def find_places(text: str) -> tuple[Place, ...]:
    """The places that ``text`` names with their kind, each once, in its order.

    In running text a name begins with a capital; in a text without small or without capital letters the words after
    the kind are taken up to one that cannot be a name.
    """
    words = re.findall(r"[^\W\d_]{2,}", text)
    capitalised = sum(word[0].isupper() and not word.isupper() for word in words[1:])
    mixed = capitalised > 0 or (len(words) > 40 and not text.isupper())
    found: dict[Place, None] = {}
    at = 0
    while match := _KIND.search(text, at):
        kind = (match[1] or match[2]).lower()
        kind = _SHORT.get(kind, kind)
        name, at = _name(text, match.end(), mixed, kind)
        if name:
            found[Place(kind, name)] = None
    return tuple(found)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(_NOT_A_NAME.split())


@cache
def _directions() -> frozenset[str]:
    return frozenset(_DIRECTIONS.split())


def _is_verb(word: str) -> bool:
    """Whether a word is a verb by its prefix: "Desa Menghadapi Longsor" names no village."""
    return bool(re.match(r"me|ber|ter|di", word)) and stem(word) != word


def _is_common_verb(word: str) -> bool:
    """Whether a word is a verb also behind a name: "Pantai Losari Menghadapi Abrasi", not "Mentawai"."""
    return word.startswith("me") and frequencies().get(word, 0) > COMMON and stem(word) != word


def _name(text: str, at: int, mixed: bool, kind: str) -> tuple[str, int]:
    """The name that follows its kind at a place of the text, "" where none does, and where to look on from there."""
    words: list[str] = []
    begin = at
    tourism = _TOURISM.match(text, at)
    at = tourism.end() if tourism else at
    while match := _WORD.match(text, at):
        word = match[1].lower().replace("’", "'")
        if word in _not_names() or (mixed and not match[1][0].isupper()) or ("\n" in match[0] and words):
            break
        if not _goes_on(word, words, mixed, kind):
            break
        words.append(word)
        at = match.end()
    if all(word in _directions() for word in words) or (len(words) == 1 and words[0] in LEVELS):
        return "", begin
    return " ".join(words), at


def _goes_on(word: str, words: Sequence[str], mixed: bool, kind: str) -> bool:
    """Whether a word may belong to a name that begins with ``words``.

    "Kabupaten Hulu Sungai Utara", "Kota Sungai Penuh", "Kecamatan Lima Kaum" and "Desa Pulau Kijang" are names;
    "Kota Lama Madukara" is a part of a town, and "Kecamatan Kota Bandung" are the districts of one.
    """
    named = [each for each in words if each not in _directions()]
    if word in LEVELS:
        town = kind == "kota" and word in _TOWNS_ARE_NAMED_AFTER
        return LEVELS[word] == NATURAL and (town or kind in _NAMED_AFTER_ANYTHING) and not named
    if word in _directions():
        return bool(words) or kind in _NAMED_AFTER_ANYTHING
    # In capitals nothing tells where a name ends: it is taken for one word.
    longest = MOST_WORDS if mixed else 1 + any(each in LEVELS for each in named)
    return word not in _SHORT and len(named) < longest and not (_is_common_verb(word) if words else _is_verb(word))


def parse_place(text: str) -> Place | None:
    """A place as a person or a tag writes it, "Kecamatan Sukamaju" or a bare "Sukamaju"; None for "", "Desa Wisata"."""
    places = find_places(text)
    if places:
        return places[0]
    name = " ".join(text.lower().split())
    kind = _KIND.match(name)
    named = name[kind.end() :].split() if kind else []
    return Place("", name) if name and not (named and named[0] in _not_names()) else None


def named_bare(text: str, places: Iterable[Place]) -> list[Place]:
    """Those of ``places`` that a text names, also without their kind: "... di Sumbawa"."""
    words = f" {' '.join(token.exact for token in tokenize(text))} "
    return [place for place in places if f" {place.name} " in words]


def region_of(places: Iterable[Place]) -> Place | None:
    """The narrowest kota, kabupaten or provinsi among the places, or None."""
    regions = [place for place in places if place.level in (1, 2)]
    return max(regions, key=lambda place: place.level) if regions else None


def compare_places(
    draft: Iterable[Place], draft_region: Place | None, found: Iterable[Place], found_region: Place | None
) -> SamePlace:
    """How the places of two studies lie: the "same", one "inside" the other, an "other" one, or "unknown".

    ``draft`` and ``found`` are what the studies say they are about, the regions what they lie in.
    """
    if draft_region and found_region and draft_region.level == found_region.level:
        ours, theirs = sorted((_names(draft_region), _names(found_region)), key=len)
        # A name may be broken off by a line end or a misread blank.
        if not (theirs.startswith(ours) and len(ours) >= 5) and ours != theirs:
            return "other"
    elif draft_region and found_region:
        return "inside"
    our_places = {_names(place) for place in draft if place.level not in (1, 2)}
    their_places = {_names(place) for place in found if place.level not in (1, 2)}
    regions = {_names(place) for place in (draft_region, found_region) if place}
    our_places, their_places = our_places - regions, their_places - regions
    if our_places and their_places:
        shared = our_places & their_places
        if not shared:
            return "other"
        return "same" if 2 * len(shared) >= len(our_places | their_places) else "inside"
    if our_places or their_places:
        return "inside"
    return "same" if draft_region and found_region else "unknown"


def _names(place: Place) -> str:
    """The name as it is compared: "Bandar Mulya" and "Bandarmulya" are one place."""
    return place.name.replace(" ", "")
