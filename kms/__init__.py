"""kms: find what was already studied and planned, before it is done again."""

__version__ = "0.1.0"
