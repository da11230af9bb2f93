"""What people do in the office, in a real Chromium over really read documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from kms.library import Library

DRAFT = "RKT Kesbangpol Kota Tirtaraja 2022.pdf"
ABSTRACT = "Mengukur tingkat toleransi antarumat beragama di setiap kecamatan Kota Tirtaraja."

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve: Callable, office: Library) -> Iterator[str]:
    with serve(office) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.set_default_timeout(60_000)
    yield watched(context)
    context.close()


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A browser without scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=address)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def watched(context: BrowserContext) -> Page:
    """A page on which a script that fails, or is refused, fails the test."""
    page = context.new_page()

    def fail(message: object) -> None:
        raise AssertionError(message)

    page.on("pageerror", fail)
    page.on("console", lambda message: fail(message.text) if "Content Security" in message.text else None)
    return page


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true. Asked from outside, for the pages let no script evaluate one."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(200)
    raise AssertionError(expression)


def marks_of(page: Page, picture: Locator) -> str:
    """What is laid over a page; asked for again while other pictures are being made."""
    for _ in range(40):
        answer = page.request.get(picture.get_attribute("src") or "")
        if answer.status != 503:
            return answer.text()
        page.wait_for_timeout(250)
    raise AssertionError("it is never made")


def test_a_hit_opens_at_its_page_with_the_words_marked_on_the_picture(page: Page) -> None:
    page.goto("/")
    page.locator("body").press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("konflik sosial")
    page.keyboard.press("Enter")
    page.click("#filters a[href*='type=rkt']")
    page.locator("h3 a").first.click()
    page.wait_for_load_state("networkidle")
    until(page, "document.querySelector('.sheet-frame img').naturalWidth > 300")
    svg = marks_of(page, page.locator(".sheet-marks"))
    assert svg.count("<rect") >= 1
    assert page.locator(".prose mark").count() >= 1
    before = page.url
    page.keyboard.press("n" if page.locator("[data-way=next-hit]").count() else "p")
    page.wait_for_url(lambda url: url != before)
    assert "type=rkt" in page.url
    page.click(".turn-back")
    assert page.locator(".chip").count() == 1, "the way back keeps the filters"


def test_a_hit_without_scripts(plain: Page) -> None:
    plain.goto("/search?q=konflik+sosial&type=rkt")
    plain.locator("h3 a").first.click()
    assert plain.locator(".prose mark").count() >= 1
    assert plain.locator(".sheet-marks").count() == 1


def test_two_people_correct_the_same_tag(browser: Browser, page: Page, address: str, rkt: str) -> None:
    other = browser.new_context(base_url=address).new_page()
    for each in (page, other):
        each.goto(f"/documents/{rkt}")
        each.click("#tag-region .tag-edit summary")
    page.fill("#value-region", "Kota Satu")
    page.click("#tag-region .tag-edit button[value=set]")
    assert "Kota Satu" in page.locator("#tag-region").inner_text()
    other.fill("#value-region", "Kota Dua")
    other.click("#tag-region .tag-edit button[value=set]")
    assert "Kota Satu" in other.locator(".versus").inner_text(), "the second one sees both"
    assert "Kota Dua" in other.locator(".versus").inner_text()
    other.click("main form button")
    assert "Kota Dua" in other.locator("#tag-region").inner_text()
    other.context.close()


def test_a_tag_is_confirmed_and_its_evidence_shown(page: Page, rkt: str) -> None:
    page.goto(f"/documents/{rkt}")
    page.click("#tag-year .tag-do > form button")
    assert page.locator("#tag-year .badge-good").count() == 1
    page.click("#tag-type .tag-why a")
    page.wait_for_load_state("networkidle")
    assert page.locator("mark.place").count() >= 1
    assert 'fill="#0b8a94"' in marks_of(page, page.locator(".sheet-marks"))


def test_a_draft_is_checked_compared_and_decided(page: Page, sample_dir: Path) -> None:
    page.goto("/check")
    page.set_input_files("#file", sample_dir / DRAFT)
    page.click("main button.primary")
    page.wait_for_selector(".verdict")
    assert page.locator(".coverage rect").count() >= 2
    page.locator(".versus-go a").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".both .sheet img:first-child").count() == 2
    until(page, "[...document.querySelectorAll('.both img:first-child')].every((it) => it.naturalWidth === 1000)")
    for marks in page.locator(".sheet-marks").all():
        assert marks_of(page, marks).count("<rect") >= 2
    page.click(".crumb a")
    first = page.locator(".match").first
    first.locator(".decide summary").click()
    first.locator("textarea").fill("Lokus dan tahunnya lain")
    first.locator("button[value=not-duplicate]").click()
    page.wait_for_selector(".match .note-good")
    assert "Lokus dan tahunnya lain" in page.locator(".match .note-good").inner_text()
    report = page.request.get(page.locator("a[href$='report.json']").get_attribute("href") or "").json()
    assert report["matches"][0]["evidence"] is not None


def test_no_line_of_a_passage_is_cut_on_a_phone(page: Page, sample_dir: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/check")
    page.set_input_files("#file", sample_dir / DRAFT)
    page.click("main button.primary")
    page.wait_for_selector(".verdict")
    passages = page.locator(".evidence[open] blockquote").all()
    assert passages and all(each.evaluate("e => e.scrollHeight <= e.clientHeight") for each in passages)


def test_a_draft_without_scripts(plain: Page) -> None:
    plain.goto("/check")
    plain.fill("#title", "Kajian toleransi antarumat beragama")
    plain.fill("#text", ABSTRACT)
    plain.click("main button.primary")
    plain.wait_for_selector(".verdict")
    assert plain.locator(".match").count() >= 1


def test_points_of_a_chart_lead_to_their_cells(page: Page) -> None:
    page.goto("/indicators?q=kerukunan")
    page.locator(".ledger th a").first.click()
    assert page.locator(".chart-svg .point").count() >= 3
    page.locator(".chart-svg .point-target").first.click()
    page.wait_for_url("**/pages/*cell=*")
    assert "<rect" in marks_of(page, page.locator(".sheet-marks"))


def test_files_are_uploaded_each_with_its_outcome(page: Page, sample_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7 nothing else")
    (tmp_path / "catatan.txt").write_text("Catatan rapat tentang kewaspadaan dini.", "utf-8")
    page.goto("/upload")
    page.set_input_files("#files", [tmp_path / "rusak.pdf", tmp_path / "catatan.txt"])
    page.click("main button.primary")
    page.wait_for_selector(".upload-failed")
    page.wait_for_selector(".upload-new a")
    page.click(".upload-new a")
    assert page.locator("h1").inner_text()


def test_none_of_many_files_is_left_without_an_outcome(page: Page, tmp_path: Path) -> None:
    names = [f"catatan-{number}.txt" for number in range(20)]
    for name in names:
        (tmp_path / name).write_text(f"Isi {name} tentang rapat koordinasi.", "utf-8")
    page.goto("/upload")
    page.set_input_files("#files", [tmp_path / name for name in names])
    page.click("main button.primary")
    page.wait_for_selector("[data-upload-list] [role=status] >> text=20 dari 20")
    assert page.locator(".upload-new a").count() == 20
    assert page.locator(".uploads progress").count() == 0


def test_words_are_completed_while_typed(page: Page, rkt: str) -> None:
    for address, box in (("/", "#q"), (f"/documents/{rkt}", "#top-q")):
        page.goto(address)
        page.locator(box).press_sequentially("kerukun")
        until(page, f"document.querySelectorAll('{box}-completions option').length > 0")
        offered = page.locator(f"{box}-completions option").evaluate_all("all => all.map((one) => one.value)")
        assert any("kerukunan" in each for each in offered)


def test_a_table_and_the_ledger_are_saved_for_a_spreadsheet(page: Page, rkt: str) -> None:
    page.goto(f"/documents/{rkt}/pages/7")
    for address, form in (("", "xlsx"), ("/indicators?q=kerukunan", "csv")):
        if address:
            page.goto(address)
        with page.expect_download() as saving:
            page.locator(f"main a[href*='.{form}']").first.click()
        assert saving.value.suggested_filename.endswith(form)
        assert Path(saving.value.path()).stat().st_size > 200


def test_the_whole_way_by_keyboard(page: Page) -> None:
    page.goto("/search?q=kerukunan")
    page.locator("body").press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('h3 a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/*")
    before = page.url
    page.keyboard.press("ArrowRight" if page.locator("[data-way=next]").count() else "ArrowLeft")
    page.wait_for_url(lambda url: url != before)


def test_files_are_uploaded_without_scripts(plain: Page, tmp_path: Path) -> None:
    (tmp_path / "lain.txt").write_text("Catatan lain tentang kerukunan.", "utf-8")
    plain.goto("/upload")
    plain.set_input_files("#files", tmp_path / "lain.txt")
    plain.click("main button.primary")
    plain.wait_for_selector(".upload-new a")


def test_duplicates_are_looked_for(page: Page) -> None:
    page.goto("/")
    assert page.locator(".bars svg").count() >= 2
    page.click("a[href='/duplicates']")
    page.click("main button.primary")
    page.wait_for_url("**/duplicates")
    page.wait_for_selector("main .actions button:not(.primary)")
    assert page.locator(".match, .note-good").count() >= 1
