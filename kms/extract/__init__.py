"""Reading files: pages, tables, tags and indicators out of PDF, Word and text, each in a child process with limits."""

from kms.extract.job import PlacedWords
from kms.extract.reading import draw_page, missing_for_pictures, must_read_pictures, place_words, read_file, render_page

__all__ = [
    "PlacedWords",
    "draw_page",
    "missing_for_pictures",
    "must_read_pictures",
    "place_words",
    "read_file",
    "render_page",
]
