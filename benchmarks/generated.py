"""A corpus of any size with the words of real documents: runs of their words, and names that nobody else has."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from kms.corpus.record import encode_record, make_record
from kms.model import Document, Extraction, Page, Tag

PAGES_OF_A_DOCUMENT = 100
NAMES = 400_000
"""Words that only the generated documents have; the n-th is as common as Zipf's law says."""

TYPES = ("renja", "renstra", "lkip", "rkt", "lkpj", "evaluasi", "kajian")
AGENCIES = tuple(f"Dinas Urusan {number} Kota Contoh" for number in range(40))
PROGRAMS = tuple(f"Program Peningkatan Layanan {number}" for number in range(120))


class Generator:
    """Makes documents out of the pages of real ones; the same seed makes the same documents."""

    def __init__(self, pages: list[str], seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._words = [page.split() for page in pages if len(page.split()) > 40]

    def page(self) -> str:
        """A page as long as a real one: runs of 5 to 14 words from all over the real pages, some words replaced."""
        chance = self._chance
        wanted = len(chance.choice(self._words))
        words: list[str] = []
        while len(words) < wanted:
            source = chance.choice(self._words)
            start = chance.randrange(len(source))
            words += source[start : start + chance.randint(5, 14)]
        for at in range(0, len(words), 40):
            # Ranks drawn so that their logarithm is even: Zipf's law with exponent 1.
            words[at] = f"nama{int(NAMES ** chance.random()):x}a"
        lines = (" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
        return "\n".join(lines)

    def documents(self, pages: int) -> Iterator[Document]:
        """Documents with that many pages in all."""
        chance = self._chance
        for number in range(-(-pages // PAGES_OF_A_DOCUMENT)):
            count = min(PAGES_OF_A_DOCUMENT, pages - number * PAGES_OF_A_DOCUMENT)
            kind, year, agency = chance.choice(TYPES), chance.randint(2012, 2026), chance.choice(AGENCIES)
            tags = [
                Tag("type", kind),
                Tag("year", str(year)),
                Tag("agency", agency),
                Tag("title", f"{kind.title()} {agency} Tahun {year} Nomor {number}"),
                *(Tag("program", chance.choice(PROGRAMS), page=chance.randint(1, count)) for _ in range(count // 4)),
            ]
            content = Extraction(
                "pdf", tuple(Page(place, self.page(), 595, 842) for place in range(1, count + 1)), tags=tuple(tags)
            )
            digest = hashlib.sha256(f"{number}".encode()).hexdigest()
            yield Document(f"dokumen-{number}-{digest[:8]}", digest, f"dokumen-{number}.pdf", content)


def write(documents: Iterator[Document], corpus: Path) -> int:
    """Put documents into a corpus folder as if they had been taken in; the code points of their pages."""
    characters = 0
    for document in documents:
        folder = corpus / document.id
        folder.mkdir(parents=True)
        record = make_record(document.id, document.sha256, document.source, 1, "2026-01-01T00:00:00Z", document.content)
        (folder / "document.json").write_bytes(encode_record(record))
        (folder / "original.pdf").write_bytes(b"%")
        characters += sum(len(page.text) for page in document.content.pages)
    return characters
