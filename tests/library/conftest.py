"""A library filled with invented documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.library import Library
from kms.model import Extraction, Page, Tag


def read_stub(path: Path) -> Extraction:
    """A reader for files of the form "type;year;title;program", a line end, and pages parted by form feeds."""
    head, _, text = path.read_text("utf-8").partition("\n")
    kind, year, title, program = head.split(";")
    tags = [
        Tag("type", kind),
        Tag("period" if "-" in year else "year", year),
        Tag("title", title),
        Tag("agency", "Bappeda"),
    ]
    tags += [Tag("program", program)] if program else []
    pages = tuple(Page(number, part) for number, part in enumerate(text.split("\f"), 1))
    return Extraction("txt", pages, tags=tuple(tags))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "ws"


@pytest.fixture(scope="session")
def fill_at() -> Callable[..., Library]:
    """A library in a folder, of documents whose texts are given as `read_stub` reads them."""

    def filled(root: Path, *texts: str) -> Library:
        library = Library(Workspace(root), read=read_stub, freshness=0)
        folder = root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(texts):
            (folder / f"{number}.txt").write_text(text, "utf-8")
        assert all(one.outcome == "new" for one in library.ingest([folder]))
        return library

    return filled


@pytest.fixture
def fill(root: Path, fill_at: Callable[..., Library]) -> Callable[..., Library]:
    """The same in a folder of the test's own."""
    return partial(fill_at, root)
