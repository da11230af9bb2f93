"""A PDF's pages and tables, read with PDFium alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from kms.extract.job import CannotRead, Job
from kms.model import Extraction, Page


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """The open document.

    Raises:
        CannotRead: it is locked, or damaged beyond what PDFium repairs.
    """
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise CannotRead("password" if locked else "damaged") from error


def read_pdf(path: Path, job: Job, report: Callable[[int], None]) -> Extraction:
    """All pages of a PDF."""
    document = open_pdf(path)
    count = len(document)
    if count == 0:
        raise CannotRead("damaged")
    if count > job.limits.pages:
        raise CannotRead("too-many-pages", pages=count, limit=job.limits.pages)
    pages = []
    for number in range(1, count + 1):
        report(number)
        page = document[number - 1]
        try:
            layer = page.get_textpage()
            text = layer.get_text_range() if layer.count_chars() else ""
            layer.close()
            pages.append(Page(number, text.replace("\r\n", "\n"), page.get_width(), page.get_height()))
        finally:
            page.close()
    return Extraction("pdf", tuple(pages), extractors={"pypdfium2": version("pypdfium2")})
