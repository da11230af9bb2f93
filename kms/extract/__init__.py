"""Reading files: pages, tables, tags and indicators out of PDF, Word and text, each in a child process with limits."""

from kms.extract.reading import draw_page, read_file, render_page

__all__ = ["draw_page", "read_file", "render_page"]
