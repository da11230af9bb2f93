"""Takes docs/screenshots/*.png of every kind of page, over the sample corpus, in a real Chromium.

Usage: python scripts/screenshots.py [FOLDER]
"""

from __future__ import annotations

import io
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
    page.wait_for_selector(".match")
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
    page.locator(".match").nth(1).locator(".versus-go a").nth(1).click()
    shot("check-side-by-side")
    page.goto("/indicators")
    shot("indicators")
    page.goto("/indicators?q=kerukunan")
    page.locator(".ledger th a").first.click()
    shot("indicator")
    page.goto("/upload")
    shot("upload")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
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
        take(browser, f"http://127.0.0.1:{server.port}", folder, plan_of(library))
        browser.close()
        server.shutdown()


def plan_of(library: Library) -> str:
    """The id of the annual plan for 2021."""
    return next(one.id for one in library.documents().documents if one.type == "rkt" and one.year == 2021)


def take(browser: Browser, address: str, folder: Path, rkt: str) -> None:
    """All pictures: wide ones, a few on a small screen, one in the dark."""
    wide = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    page = wide.new_page()
    rooms(page, rkt, lambda name: keep(page, folder / f"{name}.png"))
    small = browser.new_context(viewport={"width": 360, "height": 740}, base_url=address).new_page()
    for name, path in (("small-search", "/search?q=kerukunan"), ("small-page", f"/documents/{rkt}/pages/3?q=kajian")):
        small.goto(path)
        keep(small, folder / f"{name}.png")
    dark = browser.new_context(
        viewport={"width": 1280, "height": 800}, base_url=address, color_scheme="dark"
    ).new_page()
    dark.goto("/search?q=kerukunan")
    keep(dark, folder / "dark-search.png")


if __name__ == "__main__":
    main()
