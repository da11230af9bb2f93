"""A PDF's pages and tables, read with PDFium alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kms.extract.appearance import appearance_of, is_small_print, says_little
from kms.extract.body import Draft, body_lines, caption_at_foot, caption_of, holds, outside, page_text, running_heads
from kms.extract.child import PageTooSlow, at_most
from kms.extract.flow import Zone, part_of, zones_of
from kms.extract.job import CannotRead, Job
from kms.extract.letters import Word
from kms.extract.lines import Line
from kms.extract.ocr import OcrGrid, OcrLine, OcrPage, availability, layer_is_usable, read_pictures
from kms.extract.ocr.insets import inset_boxes, legible, only_insets
from kms.extract.ocr.layer import says_less
from kms.extract.ocr.picture import render_page
from kms.extract.sheet import Sheet, read_sheet
from kms.extract.tables.assemble import assemble
from kms.extract.tables.cells import is_drawing, ruled_grid
from kms.extract.tables.gaps import open_grids
from kms.extract.tables.grid import Cell, Grid
from kms.extract.tables.rulings import lattices
from kms.model import Box, Extraction, Page, PageState

WHOLE_PAGE = 0.8
"""The part of a page that a picture covers which is a scan of it."""

PICTURE, DRAWING = 0.1, 20
"""The part of a page that pictures cover, and the pieces of lines and curves, from which it is more than its words."""

MOST_SEEN = 500
"""Pages of a document of which it is kept what they look like."""

TABLES = "13"
"""Version of what finds tables; raised when the same page would give other tables or another text."""


def open_pdf(file: Path | bytes) -> pypdfium2.PdfDocument:
    """The open document, of a path or of what it holds.

    Raises:
        CannotRead: it is locked, or damaged beyond what PDFium repairs.
    """
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise CannotRead("password" if locked else "damaged") from error


def page_asked(job: Job) -> pypdfium2.PdfPage:
    """The one page that a picture or words job asks for.

    Raises:
        CannotRead: "no-page" or whatever keeps the document from opening.
    """
    document = open_pdf(Path(job.path))
    if not 1 <= job.page <= len(document):
        raise CannotRead("no-page", page=job.page)
    return document[job.page - 1]


def read_pdf(file: Path | bytes, job: Job, report: Callable[[int], None]) -> Extraction:
    """All pages of a PDF, and its tables."""
    document = open_pdf(file)
    count = len(document)
    if count == 0:
        raise CannotRead("damaged")
    if count > job.limits.pages:
        raise CannotRead("too-many-pages", pages=count, limit=job.limits.pages)
    drafts: list[Draft] = []
    states: list[PageState] = []
    known: set[str] = set()
    eyes = availability()
    for number in range(1, count + 1):
        report(number)
        draft, state = read_page(document, number, job, known)
        drafts.append(draft)
        states.append(state)
    if eyes.ready:
        look(document, drafts, states, job, report)
    else:
        leave_waiting(document, drafts, states, job)
    if all(state == "unreadable" for state in states):
        raise CannotRead("damaged")
    heads = running_heads((draft.sheet.height, draft.lines) for draft in drafts if draft.lines)
    pages: list[Page] = []
    grids: list[Grid] = []
    waiting: str | None = None
    seen: dict[int, str] = {}
    for draft, state in zip(drafts, states):
        draft = captioned(placed(draft, heads), waiting)
        waiting = caption_at_foot(draft, body_lines(draft.lines, draft.sheet.height, heads))
        text, headings = page_text(draft, heads)
        text = text if draft.read is None else draft.read
        sheet = draft.sheet
        wordless = state != "unreadable" and len(seen) < MOST_SEEN and is_wordless(draft, text)
        if wordless:
            seen[sheet.number] = appearance(document, sheet.number, job)
        pages.append(Page(sheet.number, text, sheet.width, sheet.height, state, headings, seen.get(sheet.number, "")))
        grids.extend(draft.grids)
    tables = tuple(assemble(grids))
    extractors = {"pypdfium2": version("pypdfium2"), "kms-tables": TABLES}
    if eyes.ready and ("ocr" in states or any(table.source == "ocr" for table in tables)):
        extractors["ocr"] = str(eyes.engine)
    return Extraction("pdf", tuple(pages), tables, extractors=extractors)


def read_page(document: pypdfium2.PdfDocument, number: int, job: Job, known: set[str]) -> tuple[Draft, PageState]:
    """One page, and in what state it is; trouble on it costs no other page. Adds its words to ``known``."""
    lost = Draft(Sheet(number, 0.0, 0.0), (), ())
    if number in job.skip:
        return lost, "unreadable"
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return lost, "unreadable"
    sheet = lost.sheet
    grids: list[Grid] = []
    zones: tuple[Zone, ...] = ()
    try:
        with at_most(job.limits.seconds_per_page):
            sheet = read_sheet(page, number)
            lines, turned = outside(sheet, [])
            learn(known, [[word.text for word in line.words] for line in lines])
            grids = [grid for lattice in lattices(sheet) if (grid := ruled_grid(sheet, lattice, known))]
            boxes = [grid.box for grid in grids]
            zones = zones_of([word for word in sheet.words if not any(holds(box, word) for box in boxes)], boxes)
            grids += open_grids(sheet, boxes, known, zones)
            grids.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    except PageTooSlow:
        grids = []
    finally:
        page.close()
    if not sheet.width:
        return lost, "unreadable"
    lines, turned = outside(sheet, [grid.box for grid in grids], zones)
    small = is_small_print(sheet.words)
    draft = Draft(light(sheet), tuple(lines), tuple(grids), tuple(turned), zones=zones, small_print=small)
    return draft, state_of(sheet)


def look(
    document: pypdfium2.PdfDocument,
    drafts: list[Draft],
    states: list[PageState],
    job: Job,
    report: Callable[[int], None],
) -> None:
    """Read the pages that need it from their pictures, in place; as they were where that takes too long.

    Of a page with text of its own, pictures of print are read as well, and stand beside its text.
    """
    insets = insets_of(drafts, states)
    numbers = [number for number, state in enumerate(states, 1) if state == "needs-ocr" or number in insets]

    def rendered() -> Iterator[tuple[int, Any, float]]:
        for number in numbers:
            report(number if job.readers == 1 else 0)
            page = document[number - 1]
            try:
                with at_most(job.limits.seconds_per_page * (1 + job.readers)):  # the readers work meanwhile
                    picture, dpi = render_page(page)
            except (PageTooSlow, pypdfium2.PdfiumError):
                continue
            finally:
                page.close()
            if number in insets:
                left = only_insets(picture, dpi, insets[number], printed(drafts[number - 1]))
                if left is None:
                    continue
                picture = left
            yield number, picture, dpi

    if not numbers:
        return
    for number, seen in read_pictures(rendered(), job.readers, job.limits.seconds_per_page):
        if job.readers > 1:
            report(0)
        if seen is not None and number in insets:
            before = len(own_text(drafts[number - 1]).split())
            drafts[number - 1] = with_insets(drafts[number - 1], seen)
            if len(own_text(drafts[number - 1]).split()) > 2 * before:
                states[number - 1] = "ocr"  # most of what it says was read from a picture
        elif seen is not None and says_less(seen.text, own_text(drafts[number - 1])):
            states[number - 1] = "text"
        elif seen is not None:
            drafts[number - 1], states[number - 1] = scanned(drafts[number - 1], seen), "ocr"


def is_wordless(draft: Draft, text: str) -> bool:
    """Whether a page is known by its looks rather than its words: a drawing, or a picture in which few can be read."""
    drawn = draft.sheet.strokes >= DRAWING or sum(shares_of(draft.sheet)) >= PICTURE
    return draft.small_print or (drawn and says_little(text))


def appearance(document: pypdfium2.PdfDocument, number: int, job: Job) -> str:
    """What a page (1-based) looks like; "" where there is next to nothing on it, or it takes too long."""
    page = document[number - 1]
    try:
        with at_most(job.limits.seconds_per_page):
            return appearance_of(page)
    except (PageTooSlow, pypdfium2.PdfiumError):
        return ""
    finally:
        page.close()


def insets_of(drafts: Sequence[Draft], states: Sequence[PageState]) -> dict[int, list[Box]]:
    """By page (1-based), the pictures that may hold print, of pages with text of their own."""
    return {
        draft.sheet.number: boxes
        for draft, state in zip(drafts, states)
        if state == "text" and (boxes := inset_boxes(draft.sheet.pictures, printed(draft), *size_of(draft)))
    }


def leave_waiting(document: pypdfium2.PdfDocument, drafts: Sequence[Draft], states: list[PageState], job: Job) -> None:
    """Where nothing can read pictures: pages with text on which print stands in a picture still need it."""
    for number, boxes in insets_of(drafts, states).items():
        page = document[number - 1]
        try:
            with at_most(job.limits.seconds_per_page):
                picture, dpi = render_page(page)
                if only_insets(picture, dpi, boxes, printed(drafts[number - 1])) is not None:
                    states[number - 1] = "needs-ocr"
        except (PageTooSlow, pypdfium2.PdfiumError):
            continue
        finally:
            page.close()


def own_text(draft: Draft) -> str:
    """What the file itself says on a page, an earlier OCR perhaps."""
    return " ".join([*(line.text for line in draft.lines), *(cell.text for grid in draft.grids for cell in grid.cells)])


def printed(draft: Draft) -> list[Box]:
    """Where a page has text of its own."""
    return [line.box for line in draft.lines] + [cell.box for grid in draft.grids for cell in grid.cells if cell.text]


def size_of(draft: Draft) -> tuple[float, float]:
    """Width and height of a page as displayed."""
    return draft.sheet.width, draft.sheet.height


def with_insets(draft: Draft, seen: OcrPage) -> Draft:
    """A page with what was read from the pictures on it, in its place."""
    lines, found = legible(seen, is_pictured(draft.sheet))
    grids = list(draft.grids)
    for read in found:
        grid = from_picture(read, draft.sheet.number)
        if any(cell.text for cell in grid.cells) and is_drawing(grid):
            lines += [line for cell in read.cells for line in cell.lines]
        else:
            grids.append(grid)
    return replace(
        draft,
        lines=tuple(sorted((*draft.lines, *as_lines(lines)), key=lambda line: line.box[1])),
        grids=tuple(sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))),
    )


def as_lines(lines: Iterable[OcrLine]) -> tuple[Line, ...]:
    """Lines read from a picture as lines like any other."""
    return tuple(
        Line(tuple(Word(word.text, *word.box, word.box[3] - word.box[1]) for word in line.words))
        for line in lines
        if line.words
    )


def scanned(draft: Draft, seen: OcrPage) -> Draft:
    """A page as read from its picture."""
    number = draft.sheet.number
    grids = tuple(from_picture(grid, number) for grid in seen.grids)
    lines = as_lines(seen.lines)
    sheet = replace(draft.sheet, width=seen.width, height=seen.height)
    return Draft(sheet, lines, grids, read=seen.text)


def from_picture(grid: OcrGrid, number: int) -> Grid:
    """A grid read from a picture as a grid like any other."""
    cells = tuple(Cell(c.row, c.column, c.rows, c.columns, " ".join(c.text.split()), c.box) for c in grid.cells)
    edges = sorted({round(c.box[0], 1) for c in cells if c.columns == 1})
    columns = (*edges, grid.box[2]) if len(edges) == grid.width else ()
    return Grid(number, grid.height, grid.width, cells, grid.box, columns, "ocr", "ocr")


def learn(known: set[str], lines: list[list[str]]) -> None:
    """Add words that stand whole inside their lines."""
    for words in lines:
        known.update(word.strip(".,;:()\"'").lower() for word in words[1:-1])


def light(sheet: Sheet) -> Sheet:
    """A page without what only its tables needed."""
    return replace(sheet, words=(), lying=(), standing=(), fills=())


def state_of(sheet: Sheet) -> PageState:
    """Whether a page has text, is a picture that has none worth reading, or is empty."""
    pictured = sum(shares_of(sheet))
    usable = sheet.letters - sheet.unknown
    if (usable < 40 and pictured > 0.4) or (sheet.letters and sheet.unknown > 0.3 * sheet.letters):
        return "needs-ocr"
    # Behind a picture as large as the page, text is what an earlier OCR made of it.
    if usable and is_pictured(sheet) and not layer_is_usable(" ".join(word.text for word in sheet.words)):
        return "needs-ocr"
    if usable:
        return "text"
    return "needs-ocr" if pictured > 0.02 else "blank"


def is_pictured(sheet: Sheet) -> bool:
    """Whether one picture is as large as the page."""
    return max(shares_of(sheet), default=0.0) >= WHOLE_PAGE


def shares_of(sheet: Sheet) -> list[float]:
    """How much of a page each of its pictures covers, 0 to 1."""
    area = sheet.width * sheet.height or 1.0
    return [visible(box, sheet) / area for box in sheet.pictures]


def visible(box: Box, sheet: Sheet) -> float:
    """The area of that part of a box which lies on the page."""
    width = min(box[2], sheet.width) - max(box[0], 0.0)
    height = min(box[3], sheet.height) - max(box[1], 0.0)
    return max(width, 0.0) * max(height, 0.0)


def placed(draft: Draft, heads: frozenset[str]) -> Draft:
    """The page with its grids knowing their captions and whether anything stands above or below them."""
    lines = body_lines(draft.lines, draft.sheet.height, heads)
    grids = []
    for grid in draft.grids:
        part = part_of(grid.box, draft.zones)
        mine = lines if part == (0, 0) else [line for line in lines if part_of(line.box, draft.zones) == part]
        caption, said = caption_of(grid, mine)
        top, bottom = grid.box[1], grid.box[3]
        others = [other for other in draft.grids if other is not grid]
        above = any(line.box[3] <= top + 2 for line in lines if line not in said) or any(
            other.box[3] <= top + 2 for other in others
        )
        below = any(line.box[1] >= bottom - 2 for line in lines) or any(other.box[1] >= bottom - 2 for other in others)
        grids.append(replace(grid, caption=caption, first=not above, last=not below))
    return replace(draft, grids=tuple(grids))


def captioned(draft: Draft, caption: str | None) -> Draft:
    """The page with a caption from the foot of the page before given to the table at its head, if that has none."""
    if not caption or not draft.grids or not draft.grids[0].first or draft.grids[0].caption:
        return draft
    return replace(draft, grids=(replace(draft.grids[0], caption=caption), *draft.grids[1:]))
