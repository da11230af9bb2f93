"""The journey from a question to the original, in a real Chromium, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from kms.library import Library

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve: Callable, library: Library) -> Iterator[str]:
    with serve(library) as address:
        yield address


def test_search_hit_page_original_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(address)
    page.fill("#q", "konflik sosial")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=konflik+sosial*")
    page.click("#filters a[href*='type=rkt']")
    page.click("h3 a >> text=Rencana Kerja Tahunan 2021")
    page.wait_for_url("**/pages/2?q=konflik+sosial&type=rkt#found")
    assert page.locator(".prose mark").count() == 3
    original = page.locator("a[href$='/original#page=2']").first.get_attribute("href")
    assert original
    answer = context.request.get(address + original.split("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    assert refused == []
    context.close()


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, ids: dict[str, str], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    there = f"/documents/{ids['rkt-2021']}"
    for path in (
        "/",
        "/search?q=konflik",
        "/documents",
        there,
        f"{there}/pages/2?q=konflik",
        f"{there}/tables/1",
        "/nix",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
