"""Reading files: pages, tables, tags and indicators out of PDF, Word and text, each in a child process with limits."""

from kms.extract.job import PlacedWord
from kms.extract.reading import draw_page, place_words, read_file, render_page

__all__ = ["PlacedWord", "draw_page", "place_words", "read_file", "render_page"]
