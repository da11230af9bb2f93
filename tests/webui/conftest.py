"""A workspace for the tests of the pages: an invented office, and a document that means harm by every text in it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from werkzeug.serving import make_server

from kms.config import Settings, Workspace
from kms.library import Library
from kms.model import Extraction, Page, Table, Tag
from webui import create_app

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCRIPT = "<script>alert(1)</script>"
IMAGE = '<img src=x onerror="alert(2)">'

PAGES = {
    "rkt-2021": (
        "Rencana Kerja Tahunan 2021\nBadan Ketertiban Kota Contoh",
        "Bab II Sasaran\nIndikator deteksi dini konflik sosial diukur setiap tahun.\n"
        "Sasaran\tIndikator\tTarget\nKerukunan terjaga\tJumlah konflik\t0 kasus\n"
        "Deteksi dini\tLaporan forum\t12 dokumen",
        "Halaman penutup tentang forum kewaspadaan dini.",
    ),
    "kajian-2020": ("Kajian Kerukunan Pemuda\nTujuan: memetakan potensi konflik sosial di Kecamatan Utara.",),
    "jahat": (f"Konflik {SCRIPT} {IMAGE} [klik](javascript:alert(3)) | a | b |", f"{SCRIPT}\t{IMAGE}"),
}
TABLES = {
    "rkt-2021": (
        Table(
            2,
            (2,),
            "Tabel 2.1 Sasaran dan target",
            ("Sasaran", "Indikator", "Target"),
            (("Kerukunan terjaga", "Jumlah konflik", "0 kasus"), ("Deteksi dini", "Laporan forum", "12 dokumen")),
            (70.0, 120.0, 520.0, 220.0),
            groups=("Tujuan 1: Kota yang rukun", "Tujuan 1: Kota yang rukun"),
        ),
    ),
    "jahat": (
        Table(2, (2,), SCRIPT, (IMAGE, "b"), (('=HYPERLINK("http://x")', "-5,2"), (SCRIPT, "@SUM(A1)")), (0, 0, 1, 1)),
    ),
}
TAGS = {
    "rkt-2021": (
        Tag("title", "Rencana Kerja Tahunan 2021", 1, "Rencana Kerja Tahunan 2021", confidence=0.9),
        Tag("type", "rkt", 1, "Rencana Kerja Tahunan", confidence=0.9),
        Tag("year", "2021", 1, "2021", confidence=0.9),
        Tag("agency", "Badan Ketertiban Kota Contoh", 1, "Badan Ketertiban Kota Contoh", confidence=0.5),
    ),
    "kajian-2020": (
        Tag("title", "Kajian Kerukunan Pemuda", 1, "Kajian Kerukunan Pemuda"),
        Tag("type", "kajian", 1, "Kajian"),
        Tag("year", "2020", None, None, confidence=0.4),
    ),
    "jahat": (
        Tag("title", f"Jahat {SCRIPT}", 1, IMAGE),
        Tag("type", "lainnya", 1, "x"),
        Tag("agency", f'"{IMAGE}', 1, SCRIPT),
        Tag("program", SCRIPT, 2, IMAGE),
    ),
}


def pdf_of(pages: tuple[str, ...]) -> bytes:
    """A real PDF with these texts, one a page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for text in pages:
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(72, 760 - 16 * number, line.replace("\t", "   "))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def read_prepared(path: Path) -> Extraction:
    """What the reader would find in the files of this workspace, without reading them."""
    name = path.stem.split("'")[-1].strip()
    if path.suffix == ".md":
        return Extraction("md", (Page(1, path.read_text("utf-8")),), tags=(Tag("title", "Catatan", 1, "Catatan"),))
    pages = tuple(
        Page(number, text, 595.3, 841.9, headings=("Bab II Sasaran",) if "Bab II" in text else ())
        for number, text in enumerate(PAGES[name], 1)
    )
    return Extraction("pdf", pages, TABLES.get(name, ()), (), TAGS[name], {"prepared": "1"})


NOTE = """# Catatan kerukunan

Teks **tebal** tentang *forum*. <script>alert(4)</script> <iframe src="https://evil.example"></iframe>
[tautan](https://evil.example) ![gambar](https://evil.example/x.png) <a href="javascript:alert(5)">x</a>

| Kolom | Nilai |
|---|---|
| konflik | <img src=x onerror=alert(6)> |
"""


def make_workspace(root: Path) -> Library:
    """A library over a new workspace with the prepared documents in it."""
    source = root / "given"
    source.mkdir(parents=True)
    for name, pages in PAGES.items():
        (source / f"{name}.pdf").write_bytes(pdf_of(pages))
    (source / 'catatan "<b>x.md').write_text(NOTE, "utf-8")
    library = Library(Workspace(root / "work", Settings(engine="memory", jobs=1)), read=read_prepared)
    assert {result.outcome for result in library.ingest([source])} == {"new"}
    return library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_workspace(tmp_path_factory.mktemp("web")) as library:
        yield library


@pytest.fixture
def client(library: Library) -> FlaskClient:
    app = create_app(library)
    app.config["TESTING"] = False
    return app.test_client()


@pytest.fixture
def ids(library: Library) -> dict[str, str]:
    """The id of each prepared document by the name of its file, without the ending."""
    return {s.source.rsplit(".", 1)[0]: s.id for s in library.documents().documents}


OFFICE = (
    "RKT Kesbangpol Kota Tirtaraja 2021.pdf",
    "Laporan Akhir Kajian Toleransi 2019.pdf",
    "Studi Harmoni Kehidupan Beragama Tirtaraja 2021.pdf",
    "Renstra Perubahan Kesbangpol Kota Tirtaraja 2016-2021.pdf",
)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, sample_dir: Path) -> Iterator[Library]:
    """A library with some of the sample, really read."""
    with Library(Workspace(tmp_path_factory.mktemp("office"))) as library:
        assert {result.outcome for result in library.ingest([sample_dir / name for name in OFFICE])} == {"new"}
        yield library


@pytest.fixture(scope="session")
def rkt(office: Library) -> str:
    """The id of the annual plan in the office."""
    return next(document.id for document in office.documents().documents if document.type == "rkt")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one the test is skipped."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served(library: Library) -> Iterator[str]:
    """The address of a server for a library."""
    server = make_server("127.0.0.1", 0, create_app(library), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[Library], AbstractContextManager[str]]:
    """What serves a library: ``with serve(library) as address``."""
    return served
