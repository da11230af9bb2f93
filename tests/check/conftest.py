"""A library of two invented studies, read by a stub: the first line is a title, form feeds part pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.library import Library
from kms.model import Extraction, Page, Tag

STUDY = """Kajian Kerukunan Umat Beragama di Kecamatan Limo Tahun 2019
Tujuan kajian ini ialah memetakan hubungan antarumat beragama di kelurahan yang rawan gesekan. Para tokoh agama
diwawancarai di tujuh kelurahan selama tiga bulan. Hasilnya menunjukkan bahwa forum warga yang bertemu rutin
meredam kesalahpahaman sebelum menjadi sengketa. Rumah ibadah yang izinnya belum lengkap paling sering dipersoalkan.
"""
COPIED = """Para tokoh agama diwawancarai di tujuh kelurahan selama tiga bulan. Hasilnya menunjukkan bahwa forum warga
yang bertemu rutin meredam kesalahpahaman sebelum menjadi sengketa."""
OTHER = """Kajian Pengelolaan Parkir Tepi Jalan Tahun 2020
Pendapatan parkir dihitung dari karcis yang terjual di empat belas ruas jalan pusat kota pada hari kerja.
Juru parkir dan pedagang ditanyai tentang tarif, jam ramai, serta kebocoran setoran kepada pengelola lapangan.
"""


def read_study_file(path: Path) -> Extraction:
    text = path.read_text("utf-8")
    title = text.splitlines()[0]
    pages = tuple(Page(number, part) for number, part in enumerate(text.split("\f"), 1))
    tags = [Tag("title", title, 1, title, confidence=0.9), Tag("type", "kajian", 1, title, confidence=0.9)]
    tags += [Tag("year", word, 1, word, confidence=0.9) for word in title.split() if word.isdecimal()]
    return Extraction("txt", pages, tags=tuple(tags))


@pytest.fixture
def study() -> str:
    """The text of a study in the library."""
    return STUDY


@pytest.fixture
def copied() -> str:
    """A passage of it."""
    return COPIED


@pytest.fixture
def other() -> str:
    """The text of the other study."""
    return OTHER


@pytest.fixture
def read_study() -> Callable[[Path], Extraction]:
    return read_study_file


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(Workspace(tmp_path / "ws"), read=read_study_file, freshness=0)
    for name, text in (("kerukunan.txt", STUDY), ("parkir.txt", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
        list(library.ingest([tmp_path / name]))
    return library
