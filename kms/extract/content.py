"""Inside the child: which format a file has, and what it says in the end, with tags and indicators."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kms.extract.indicators import find_indicators
from kms.extract.job import CannotRead, Job
from kms.extract.tags import find_tags
from kms.model import Extraction

HEAD = 1024
"""A PDF begins within its first 1024 bytes (ISO 32000-1, annex H.3)."""
RICH_TEXT, OLE = b"{\\rtf", b"\xd0\xcf\x11\xe0"


def read_content(job: Job, report: Callable[[int], None]) -> Extraction:
    """Everything a file says. Calls ``report`` with each page number before that page is read.

    Raises:
        CannotRead: the file cannot be taken in.
    """
    path = Path(job.path)
    kind = media(path, job.name)
    if kind == "pdf":
        from kms.extract.pdf import read_pdf

        extraction = read_pdf(path, job, report)
    elif kind == "docx":
        from kms.extract.office import read_docx

        extraction = read_docx(path, job, report)
    else:
        from kms.extract.plain import read_text

        extraction = read_text(path, kind)
    return with_findings(extraction, job.name)


def media(path: Path, name: str) -> str:
    """ "pdf", "docx", "md" or "txt", by content first and by the file's name second."""
    suffix = Path(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head:
        return "pdf"
    if suffix == ".pdf":
        raise CannotRead("not-a-pdf")
    if head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            # Word in a browser calls its text document2.xml
            if any(re.fullmatch(r"word/document\d*\.xml", part) for part in archive.namelist()):
                return "docx"
        raise CannotRead("unsupported")
    if head.startswith((RICH_TEXT, OLE)):
        # Word wraps a locked document in the container that its documents of before 2007 are.
        locked = head.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise CannotRead("password" if locked else "unsupported")
    if suffix == ".docx":
        raise CannotRead("damaged")
    if suffix in (".txt", ".text"):
        return "txt"
    if suffix in (".md", ".markdown"):
        return "md"
    raise CannotRead("unsupported")


def with_findings(extraction: Extraction, name: str) -> Extraction:
    """The extraction with its tags and indicators."""
    tags = find_tags(extraction.pages, extraction.tables, name)
    return replace(extraction, tags=tags, indicators=find_indicators(extraction.tables, extraction.pages, tags))
