"""What a study is about: the places it looks at, and its keywords, as its cover and its first pages say."""

from __future__ import annotations

import re

from kms.extract.tags.evidence import FRONT_PAGES
from kms.extract.tags.spelling import spell
from kms.model import Page, Tag

# What a village or a town may be without being called so: "Desa Wisata", "Kota Layak Anak".
SORT_OF_PLACE = (
    r"wisata|adat|siaga|binaan|mandiri|layak|cerdas|pintar|tangguh|tanggap|digital|sehat|hijau|kreatif|ramah|inklusif|"
    r"sadar|swasembada|tertinggal|terpencil|sejahtera|berdaya|bersih|maju|berkembang|pesisir|pusaka"
)
PLACE = (
    r"(?:[Kk]ecamatan|[Kk]elurahan|[Dd]esa|[Kk]ota|[Kk]abupaten|[Kk]ab\.|[Pp]rovinsi)\s+"
    rf"(?!(?i:di|dan|yang|ini|tahun|dalam|{SORT_OF_PLACE})\b)(?:[A-Z][a-z]+)"
    r"(?:\s(?!Tahun|Dalam|Pada|Dan|Di|Kota|Kabupaten)[A-Z][a-z]+){0,2}"
)
IN_TITLE = re.compile(rf"\b(?:di|[Pp]ada|[Ll]okus|[Ww]ilayah|[Ss]e-?)?\s*:?\s*({PLACE})")
# "24 desa lokus di Kecamatan Sakra" tells which villages, not where a study is made.
LABELLED = re.compile(
    r"(?<!\bdesa\s)(?<!\bkelurahan\s)(?<!\bkecamatan\s)\b(?:lokus|lokasi|wilayah)\s*(?:kajian|penelitian|studi|telaah|kegiatan|survei)?\s*(?::|adalah|meliputi|yaitu|ialah|di)\s*"
    r"([^.;\n]*(?:\n[^.;\n]*)?)",
    re.I,
)
KEYWORDS = re.compile(
    r"\b(?:kata[\s-]*kunci|keywords?)\s*[:=]\s*(.{3,300}?)(?=\n\s*\n|\.\s|\.$|\n[A-Z0-9]|$)", re.I | re.S
)
# What does not say what a study is about: its kind, its place and its year.
SHELL = re.compile(
    r"\b(laporan|akhir|antara|pendahuluan|kajian|studi|penelitian|telaah(?:an)?|naskah akademik|survei|analis[ai]s?|"
    r"kerangka acuan(?: kerja)?|kak|tor|penyusunan|kegiatan|tahun(?: anggaran)?|ta|strategi|upaya|"
    r"(?:19|20)\d\d|tentang|terhadap|ringkasan|eksekutif|pemetaan|identifikasi|evaluasi|peran)\b",
    re.I,
)
PARTS = re.compile(r"\s+(?:dan|di|pada|dalam|bagi|untuk|oleh|dengan|atas|serta|melalui|antara)\s+|[,;:()/]", re.I)
MOST = 8
SAID, GUESSED = 0.9, 0.5


def find_study(pages: tuple[Page, ...], title: Tag | None, region: str) -> list[Tag]:
    """Tags "locus" (places studied, those of the title first) and "keyword" of a study or its terms of reference.

    ``region`` is the document's; a title that has its name without "Kota" or "Kabupaten" names it all the same.
    Keywords are those that the document lists; where it lists none, the parts of its title, with less confidence.
    """
    bare = region.partition(" ")[2]
    return [*_places(pages, title, region), *_keywords(pages, title, bare)]


def _places(pages: tuple[Page, ...], title: Tag | None, region: str) -> list[Tag]:
    found: dict[str, Tag] = {}
    if title:
        for match in IN_TITLE.finditer(title.value):
            value = _place(match[1])
            found.setdefault(value.casefold(), Tag("locus", value, title.page, match[0].strip(), "rule", SAID))
        name = region.partition(" ")[2]
        if not found and name and re.search(rf"\b{re.escape(name)}\b", title.value, re.I):
            found[region.casefold()] = Tag("locus", region, title.page, name, "rule", 0.8)
    for page in pages[:FRONT_PAGES]:
        for line in LABELLED.finditer(page.text):
            for match in re.finditer(PLACE, " ".join(line[1].split())):
                value = _place(match[0])
                quote = " ".join(line[0].split())[:120]
                found.setdefault(value.casefold(), Tag("locus", value, page.number, quote, "rule", 0.8))
    # "di Kecamatan Cimanggis Kota Depok": the town says where the district is, it is not another place studied.
    inner = [tag for tag in found.values() if re.match(r"(kec|kel|des)", tag.value, re.I)]
    kept = inner if inner and title and (inner[0].quote or "") in title.value else list(found.values())
    return kept[:MOST]


def _place(text: str) -> str:
    return spell(re.sub(r"^kab\.", "Kabupaten", " ".join(text.split()), flags=re.I))


def _keywords(pages: tuple[Page, ...], title: Tag | None, place: str) -> list[Tag]:
    for page in pages[: FRONT_PAGES + 3]:
        if match := KEYWORDS.search(page.text):
            words = [" ".join(part.split()).strip(" .*_") for part in re.split(r"[,;•]", match[1])]
            words = [word for word in words if 2 < len(word) <= 60]
            quote = " ".join(match[0].split())[:200]
            return [
                Tag("keyword", word if word.isupper() else word.lower(), page.number, quote, "rule", SAID)
                for word in words[:MOST]
            ]
    if title is None:
        return []
    bare = re.sub(rf"(?:\b(?:di|pada)\s+)?{PLACE}", " , ", title.value)
    bare = SHELL.sub(" ", re.sub(rf"\b{re.escape(place)}\b", " , ", bare, flags=re.I) if place else bare)
    parts = [" ".join(part.split()).strip(" -.\"'") for part in PARTS.split(bare)]
    parts = list(dict.fromkeys(part.lower() for part in parts if len(part) > 3 and len(part.split()) <= 5))
    return [Tag("keyword", part, title.page, title.value, "rule", GUESSED) for part in parts[:MOST]]
