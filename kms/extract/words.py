"""Inside the child: the words of a page with their places, from its text or, where it has none, from its picture."""

from __future__ import annotations

from kms.extract.job import Job, PlacedWord, PlacedWords
from kms.extract.lines import lines_of
from kms.extract.ocr import OcrPage, availability, read_scanned_page
from kms.extract.pdf import page_asked, state_of
from kms.extract.sheet import read_sheet


def page_words(job: Job) -> PlacedWords:
    """The words of the page of a job, line by line; none where it is a picture and there is nothing to read it with.

    Raises:
        CannotRead: "no-page" or whatever keeps the document from opening.
    """
    page = page_asked(job)
    try:
        sheet = read_sheet(page, job.page)
        if state_of(sheet) != "needs-ocr":
            upright = [word for line in lines_of(sheet.words) for word in line.words]
            turned = [word for word in sheet.words if word.turned in (90, 270)]
            words = tuple(PlacedWord(word.text, word.box) for word in (*upright, *turned))
            return PlacedWords(sheet.width, sheet.height, words)
        if not availability().ready:
            return PlacedWords(sheet.width, sheet.height)
        seen = read_scanned_page(page, job.page)
        return PlacedWords(seen.width, seen.height, words_read(seen))
    finally:
        page.close()


def words_read(page: OcrPage) -> tuple[PlacedWord, ...]:
    """The words of a page that was read from its picture, those in tables where their table stands."""
    found: list[PlacedWord] = []
    for block in page.blocks:
        if isinstance(block, str):
            continue
        for cell in block.cells:
            found += [PlacedWord(word.text, word.box) for line in cell.lines for word in line.words]
    found += [PlacedWord(word.text, word.box) for line in page.lines for word in line.words]
    return tuple(found)
