"""Takes docs/screenshots/*.png of every kind of page, over the sample corpus, in a real Chromium.

Usage: python scripts/screenshots.py [FOLDER]
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from kms.config import Workspace
from kms.library import Library
from kms.library.accounts import Accounts
from webui import create_app

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample"
DRAFT = SAMPLE / "RKT Kesbangpol Kota Tirtaraja 2022.pdf"
CHROMIUM = "/usr/bin/chromium"
COLOURS = 64
TITLE = "Kajian Toleransi Antarumat Beragama di Kota Tirtaraja"
LIKE_AN_OFFICE = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}
AIMS = (
    "Mengukur tingkat toleransi warga di setiap kecamatan, menemukan faktor yang mendorong dan yang menghambat "
    "kerukunan, dan merumuskan saran bagi program pembinaan FKUB."
)


class Shot(Protocol):
    """Takes the picture of that name; from the ``top`` of the page, or as it is scrolled."""

    def __call__(self, name: str, top: bool = True) -> None: ...


def keep(page: Page, folder: Path, name: str, top: bool = True) -> None:
    """What stands in the window as a small PNG."""
    path = folder / f"{name}.png"
    page.wait_for_load_state("networkidle")
    if top:
        page.evaluate("scrollTo(0, 0)")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.name, f"{path.stat().st_size / 1000:.0f} KB")


def rooms(page: Page, rkt: str, shot: Shot) -> None:
    """Every page once."""
    page.goto("/duplicates")
    page.click("main button")
    page.locator(".decide summary").nth(1).click()
    shot("duplicates")
    page.goto("/")
    shot("home")
    page.goto("/search?q=kerukunan+umat+beragama")
    shot("search")
    page.goto(f"/documents/{rkt}/pages/7?q=konflik+sosial&type=rkt")
    shot("page-table")
    page.goto("/search?q=kajian&type=rkt&year=2021")
    page.locator(f".hit h3 a[href*='{rkt}/pages/3']").click()
    shot("page", top=False)
    page.goto("/documents")
    shot("documents")
    page.goto(f"/documents/{rkt}")
    shot("document")
    page.goto("/check")
    page.fill("#title", TITLE)
    page.fill("#text", AIMS)
    shot("check")
    page.click("main button.primary")
    page.wait_for_selector(".verdict")
    shot("check-result")
    page.goto("/check")
    page.set_input_files("#file", DRAFT)
    page.click("main button.primary")
    page.wait_for_selector(".verdict")
    second = page.locator(".match").nth(1)
    second.locator(".evidence > summary").click()
    second.locator(".versus-go a").nth(1).click()
    shot("check-side-by-side")
    page.goto("/indicators")
    shot("indicators")
    page.goto("/indicators?q=kerukunan")
    page.locator(".ledger th a").first.click()
    shot("indicator")
    page.goto(f"/documents/{rkt}/tables/1")
    shot("table")
    page.goto("/search?q=kerukuran+zzzz&type=rkt")
    shot("search-nothing")
    page.goto("/search")
    shot("search-help")
    page.goto(f"/documents/{rkt}/pages/99")
    shot("trouble")


def upload(page: Page, shot: Shot) -> None:
    """Files being taken in, one of them broken; this adds to the corpus."""
    page.goto("/upload")
    note = {"name": "Catatan rapat FKDM.txt", "mimeType": "text/plain", "buffer": b"Rapat FKDM tentang deteksi dini."}
    broken = {"name": "Lampiran rusak.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rusak"}
    page.set_input_files("#files", [note, broken])  # type: ignore[list-item]
    page.click("main button.primary")
    page.wait_for_selector(".upload-new a")
    page.wait_for_selector(".upload-failed")
    shot("upload")


def people(page: Page, library: Library, shot: Shot) -> None:
    """The pages that there are once people log in."""
    accounts = Accounts(library.workspace.root)
    password = "contoh saja, bukan rahasia"
    for name, role, clearance in (("kepala", "admin", "rahasia"), ("sari", "editor", "terbatas")):
        accounts.add(name, password, role, clearance)
    page.goto("/login")
    page.fill("#name", "kepala")
    page.fill("#password", password)
    shot("login")
    page.click("main form button")
    page.goto("/people")
    shot("people")
    page.goto("/log")
    shot("log")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (
        tempfile.TemporaryDirectory() as workspace,
        Library(Workspace(Path(workspace))) as library,
        sync_playwright() as playwright,
    ):
        for _ in library.ingest([SAMPLE]):
            pass
        server = make_server("127.0.0.1", 0, create_app(library), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox"])
        take(browser, f"http://127.0.0.1:{server.port}", folder, library)
        browser.close()
        server.shutdown()


def plan_of(library: Library) -> str:
    """The id of the annual plan for 2021."""
    return next(one.id for one in library.documents().documents if one.type == "rkt" and one.year == 2021)


def take(browser: Browser, address: str, folder: Path, library: Library) -> None:
    """All pictures: wide ones, a few on a small screen, one in the dark."""
    rkt = plan_of(library)

    def window(width: int, height: int, **more: Any) -> Page:
        size = {"width": width, "height": height}
        return browser.new_context(viewport=size, base_url=address, **LIKE_AN_OFFICE, **more).new_page()  # type: ignore[arg-type]

    page = window(1280, 800)
    rooms(page, rkt, partial(keep, page, folder))
    small = window(360, 740)
    for name, path in (
        ("small-search", "/search?q=kerukunan"),
        ("small-page", f"/documents/{rkt}/pages/3?q=kajian"),
        ("small-home", "/"),
        ("small-documents", "/documents"),
        ("small-indicators", "/indicators"),
    ):
        small.goto(path)
        keep(small, folder, name)
    dark = window(1280, 800, color_scheme="dark")
    dark.goto("/search?q=kerukunan")
    keep(dark, folder, "dark-search")
    upload(page, partial(keep, page, folder))
    people(page, library, partial(keep, page, folder))


if __name__ == "__main__":
    main()
