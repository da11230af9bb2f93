"""The documents of planning/ as a workspace that is kept, their pages, and how times are told."""

from __future__ import annotations

import os
from pathlib import Path

from baselines import Facets, Key

from kms.config import open_workspace
from kms.library import Library
from kms.model import Document

ROOT = Path(__file__).parent
DATA = Path(os.environ.get("KMS_DATA", ROOT.parent.parent / "shared" / "data"))
KEPT = Path(os.environ.get("KMS_BENCH", Path.home() / ".cache" / "kms-benchmarks"))


def planning() -> Library:
    """The documents of planning/, taken in where that was not done yet."""
    library = Library(open_workspace(KEPT / "planning"))
    for _ in library.ingest([DATA / "planning"]):
        pass
    library.refresh(now=True)
    return library


def facets(document: Document, page: int) -> Facets:
    """What kms counts a page by, for the others to count, too."""
    programs = tuple(dict.fromkeys(tag.value for tag in document.tags("program") if tag.page in (None, page)))
    year = str(document.year or (document.period or ("",))[0])
    return document.type or "", year, document.agency or "", programs


def pages_of(library: Library) -> list[tuple[Key, str, str, Facets]]:
    """Every page: key, title of its document, text, facets."""
    pages = []
    for one in library.documents().documents:
        document = library.document(one.id)
        for page in document.content.pages:
            pages.append(((one.source, page.number), document.title, page.text, facets(document, page.number)))
    return pages


def quantiles(values: list[float]) -> str:
    ordered = sorted(values)
    middle, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"p50 {middle:.1f} p95 {most:.1f} slowest {ordered[-1]:.1f}"
