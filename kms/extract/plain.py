"""Plain text and Markdown: one page each, its text as given."""

from __future__ import annotations

from pathlib import Path

from kms.extract.job import CannotRead
from kms.model import Extraction, Page

LARGEST_TEXT = 50_000_000
"""Characters; a book has about one million."""


def read_text(path: Path, kind: str) -> Extraction:
    """The whole text as given, one page; ``kind`` is "txt" or "md"."""
    text = decode(path.read_bytes())
    if len(text) > LARGEST_TEXT:
        raise CannotRead("too-much-text")
    if not text.strip():
        raise CannotRead("no-text")
    headings = tuple(line.lstrip("# ").rstrip() for line in text.splitlines() if kind == "md" and line.startswith("#"))
    return Extraction(kind, (Page(1, text, headings=headings),))


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or Windows-1252, by mark and by trial. The mark is not part of the text.

    Raises:
        CannotRead: these are no letters ("unsupported").
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:4096]
    if b"\0" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) * 3 > len(sample) // 2 and min(even, odd) * 10 <= max(even, odd):
            return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
        raise CannotRead("unsupported")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
