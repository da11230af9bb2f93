"""Takes docs/screenshots/*.png of every kind of page, over the sample corpus, in a real Chromium.

Usage: python scripts/screenshots.py [FOLDER]
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

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
COLOURS = 128
TITLE = "Kajian Toleransi Antarumat Beragama di Kota Tirtaraja"
AIMS = (
    "Mengukur tingkat toleransi warga di setiap kecamatan, menemukan faktor yang mendorong dan yang menghambat "
    "kerukunan, dan merumuskan saran bagi program pembinaan FKUB."
)


def keep(page: Page, path: Path) -> None:
    """What stands in the window as a small PNG."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.name, f"{path.stat().st_size / 1000:.0f} KB")


def rooms(page: Page, rkt: str, shot: Callable[[str], None]) -> None:
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
    page.goto(f"/documents/{rkt}/pages/3?q=kajian")
    shot("page")
    page.goto("/documents")
    shot("documents")
    page.goto(f"/documents/{rkt}")
    page.click("#tag-agency .tag-edit summary")
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


def upload(page: Page, shot: Callable[[str], None]) -> None:
    """Files being taken in, one of them broken; this adds to the corpus."""
    page.goto("/upload")
    note = {"name": "Catatan rapat FKDM.txt", "mimeType": "text/plain", "buffer": b"Rapat FKDM tentang deteksi dini."}
    broken = {"name": "Lampiran rusak.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rusak"}
    page.set_input_files("#files", [note, broken])  # type: ignore[list-item]
    page.click("main button.primary")
    page.wait_for_selector(".upload-new a")
    page.wait_for_selector(".upload-failed")
    shot("upload")


def people(page: Page, library: Library, shot: Callable[[str], None]) -> None:
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
    wide = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    page = wide.new_page()
    rooms(page, rkt, lambda name: keep(page, folder / f"{name}.png"))
    small = browser.new_context(viewport={"width": 360, "height": 740}, base_url=address).new_page()
    for name, path in (
        ("small-search", "/search?q=kerukunan"),
        ("small-page", f"/documents/{rkt}/pages/3?q=kajian"),
        ("small-home", "/"),
    ):
        small.goto(path)
        keep(small, folder / f"{name}.png")
    dark = browser.new_context(
        viewport={"width": 1280, "height": 800}, base_url=address, color_scheme="dark"
    ).new_page()
    dark.goto("/search?q=kerukunan")
    keep(dark, folder / "dark-search.png")
    upload(page, lambda name: keep(page, folder / f"{name}.png"))
    people(page, library, lambda name: keep(page, folder / f"{name}.png"))


if __name__ == "__main__":
    main()
