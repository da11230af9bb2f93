"""Every kind of page in a real Chromium: axe finds nothing, none is wider than the screen, none weighs too much."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

import webui
from kms.config import Settings, Workspace
from kms.library import Library
from kms.library.accounts import Accounts
from kms.model import Extraction, Table, Tag
from kms.model import Page as Sheet

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATIC = sum(path.stat().st_size for path in (Path(webui.__file__).parent / "static").glob("*.[cj]s*"))
BUDGET = 150_000
"""Bytes of a page with styles and scripts, without pictures, not compressed."""
DRAFT = "RKT Kesbangpol Kota Tirtaraja 2022.pdf"
INDICATOR = "/indicators/one?name=Indeks+Kerukunan+Umat+Beragama"
INDICATOR += "&agency=Kantor+Kesatuan+Bangsa+dan+Politik+Kota+Tirtaraja"
PASSWORD = "rahasia sekali 12"
LOOKS = [(1280, "light", "id"), (768, "light", "en"), (360, "light", "id"), (1280, "dark", "en"), (360, "dark", "id")]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
]


@contextmanager
def looked_at(browser: Browser, address: str, width: int, scheme: Any, language: str) -> Iterator[Page]:
    """A page in a browser of that width, in light or dark, in a language; the policy let axe in."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, base_url=address, color_scheme=scheme
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"/login?lang={language}")
    yield page
    context.close()


def examine(page: Page, name: str) -> None:
    """Stop at whatever axe finds, at a page wider than the screen, and at one that weighs too much."""
    page.add_script_tag(content=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.evaluate("document.documentElement.lang") in ("id", "en")


def visit(page: Page, path: str) -> None:
    """Open a page and examine it."""
    answer = page.goto(path)
    assert answer
    assert len(answer.body()) + STATIC <= BUDGET, path
    page.wait_for_load_state("networkidle")
    examine(page, path)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_pages_of_the_office(
    browser: Browser,
    serve: Callable,
    office: Library,
    rkt: str,
    sample_dir: Path,
    width: int,
    scheme: str,
    language: str,
) -> None:
    there = f"/documents/{rkt}"
    with serve(office) as address, looked_at(browser, address, width, scheme, language) as page:
        for path in (
            *("/", "/search", "/search?q=kerukunan", "/search?q=zzzzqq&type=rkt", "/search?q=a&year=abc"),
            *("/documents", "/documents?state=unsure", "/documents?q=zzzz", there, f"{there}?q=konflik"),
            *(f"{there}/pages/7?q=konflik", f"{there}/pages/3?at=20-200", f"{there}/tables/1", f"{there}/tags/year"),
            *("/check", "/indicators", "/indicators?q=zzzz", "/indicators?year=abc", INDICATOR),
            *("/upload", "/duplicates", "/people", "/log", "/account", "/nix", f"{there}/pages/999"),
        ):
            visit(page, path)
        page.goto("/check")
        page.set_input_files("#file", sample_dir / DRAFT)
        page.click("main button.primary")
        page.wait_for_selector(".verdict")
        page.locator(".decide summary").first.click()
        assert len(page.content().encode()) + STATIC <= BUDGET
        examine(page, "the result of a check")
        page.locator(".versus-go a").first.click()
        page.wait_for_load_state()
        examine(page, "passages side by side")
        page.goto("/duplicates")
        page.click("main form button")
        page.wait_for_url(re.compile("/duplicates$"))
        page.wait_for_selector(".match, .note-good")
        for group in page.locator(".decide summary").all():
            group.click()
        examine(page, "the groups of duplicates")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_pages_with_accounts_errors_and_progress(
    browser: Browser,
    serve: Callable,
    library: Library,
    ids: dict[str, str],
    width: int,
    scheme: str,
    language: str,
    going_on: Callable,
) -> None:
    accounts = Accounts(library.workspace.root)
    for name, role in (("kepala", "admin"), ("tamu", "reader")):
        if accounts.find(name) is None:
            accounts.add(name, PASSWORD, role, "rahasia")
    with serve(library) as address, looked_at(browser, address, width, scheme, language) as page:
        visit(page, "/documents")
        assert "/login" in page.url
        page.fill("#name", "kepala")
        page.fill("#password", "salah semua ini")
        page.click("main form button")
        examine(page, "a login refused")
        log_in(page, "kepala")
        for path in ("/", "/people", "/log", "/log?since=abc", "/account", f"/documents/{ids['kajian-2020']}"):
            visit(page, path)
        page.goto("/people")
        page.fill("#name", "tamu")
        page.fill("main form[action$='/people'] input[name=password]", PASSWORD)
        page.fill("main form[action$='/people'] input[name=again]", PASSWORD + "x")
        page.click("main form[action$='/people'] button")
        examine(page, "an account refused")
        conflict(page, ids["rkt-2021"])
        with going_on():
            page.goto("/check")
            page.fill("#title", "Kajian")
            page.click("main button.primary")
            page.wait_for_selector("progress")
            examine(page, "a check going on")
            page.goto("/duplicates")
            page.click("main form button")
            page.wait_for_selector("progress")
            examine(page, "a search for duplicates going on")
        page.context.clear_cookies()
        page.goto(f"/login?lang={language}")
        log_in(page, "tamu")
        for path in ("/", "/people", "/upload", f"/documents/{ids['kajian-2020']}"):
            visit(page, path)


LONG = "Laporan Akuntabilitas Kinerja Instansi Pemerintah (LAKIP) Badan Kesatuan Bangsa dan Politik " * 3
UNBROKEN = "rencanakinerjadenganrencanakerjayanglebih" * 3
"""Words run together by OCR, as they stand in titles and cells of real documents."""


def read_long(path: Path) -> Extraction:
    """A document as long as real ones are in every place: title, agency, programs, headings and tables."""
    header = tuple(f"Kondisi kinerja pada akhir periode {number}" for number in range(14))
    rows = tuple((f"{UNBROKEN} {number}", *["75,5 % (1.292 Ha)"] * 13) for number in range(60))
    title = f"{LONG} {path.stem[-1]}" if path.stem[-1] != "2" else UNBROKEN
    tags = [
        Tag("title", title, 1, title[:200], confidence=0.4),
        Tag("type", "lkip", 1, "LAKIP"),
        Tag("year", "2021", 1, "2021"),
    ]
    tags += [Tag("agency", LONG[:120], 1, LONG[:120])]
    tags += [Tag("program", f"Program {LONG[:150]} {number}", 1, LONG[:150]) for number in range(30)]
    text = f"{LONG} {UNBROKEN}\n" + "\n".join("\t".join(row) for row in rows)
    pages = tuple(Sheet(number, text, 841.9, 595.3, headings=(LONG[:85], UNBROKEN[:85])) for number in range(1, 161))
    table = Table(1, tuple(range(1, 12)), LONG, header, rows, (0.0, 0.0, 800.0, 500.0), groups=(LONG,) * 60)
    return Extraction("txt", pages, (table,) * 45, (), tuple(tags), {"prepared": "1"})


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_long_documents_break_no_page(browser: Browser, serve: Callable, tmp_path: Path, width: int) -> None:
    for number in range(3):
        (tmp_path / f"{UNBROKEN[:60]} {number}.txt").write_text(f"{number}", "utf-8")
    settings = Settings(engine="memory", jobs=1)
    with Library(Workspace(tmp_path / "work", settings), read=read_long) as library:
        assert {one.outcome for one in library.ingest(sorted(tmp_path.glob("*.txt")))} == {"new"}
        there = f"/documents/{library.documents().documents[0].id}"
        with serve(library) as address, looked_at(browser, address, width, "light", "id") as page:
            for path in (
                *(
                    "/",
                    "/search?q=kinerja",
                    f"/search?q={UNBROKEN}",
                    "/documents",
                    there,
                    f"{there}?tables=all&tags=all",
                ),
                *(f"{there}/pages/7?q=kinerja", f"{there}/tables/1", f"{there}/tags/program", "/duplicates"),
            ):
                page.goto(path)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def log_in(page: Page, name: str) -> None:
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda url: "/login" not in url)


def conflict(page: Page, document: str) -> None:
    """What the second of two people sees who correct one tag."""
    page.goto(f"/documents/{document}/tags/region")
    other = page.context.new_page()
    other.goto(f"/documents/{document}/tags/region")
    for number, each in enumerate((other, page)):
        each.fill("#value-region", f"Kota {number} {document[-3:]} {page.viewport_size}")
        each.click("main form button[value=set]")
    other.close()
    assert page.locator(".versus").count() == 1
    examine(page, "a conflict")


@pytest.fixture
def going_on(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """A while in which checks and searches for duplicates do not end."""

    @contextmanager
    def wait() -> Iterator[None]:
        over = threading.Event()

        def slowly(self: Library, *_: object, **__: object) -> None:
            over.wait(60)

        with monkeypatch.context() as patched:
            patched.setattr(Library, "check", slowly)
            patched.setattr(Library, "audit", slowly)
            yield
            over.set()

    return wait
