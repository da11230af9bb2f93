"""Searching inside one document: the pages that the same search finds there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kms.config import Settings, Workspace
from kms.errors import NotFound
from kms.library import Library
from kms.model import Extraction, Page

PAGES = (
    "Pendahuluan tentang jembatan merah di kota.",
    "Jembatan yang merah di atas sungai biru.",
    "Payung kuning dan batu merah.",
    "",
    "Penutup.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    pages = tuple(Page(number, text) for number, text in enumerate(PAGES, 1))
    workspace = Workspace(tmp_path / "work", Settings(engine="memory", jobs=1))
    with Library(workspace, read=lambda path: Extraction("txt", pages)) as library:
        list(library.ingest([tmp_path / "a.txt"]))
        yield library


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("merah", (1, 2, 3)),
        ("jembatan merah", (1, 2)),
        ('"jembatan merah"', (1,)),
        ("payun*", (3,)),
        ("jembatan -sungai", (1,)),
        ("sungai penutup", (2, 5)),
        ("payung OR penutup", (3, 5)),
        ("gajah", ()),
        ("", ()),
        ("-merah", ()),
    ],
)
def test_pages_of_one_document(library: Library, words: str, found: tuple[int, ...]) -> None:
    (document,) = library.documents().documents
    assert library.pages_with(document.id, words) == found
    assert library.pages_with(document.id, words) == found, "also from what is kept"


def test_a_document_that_is_not_there(library: Library) -> None:
    with pytest.raises(NotFound):
        library.pages_with("nix", "dini")
