"""Reading files: pages, tables, tags and indicators out of PDF, Word and text, each in a child process with limits."""

from kms.extract.reading import read_file

__all__ = ["read_file"]
