"""Plain values that every room shares: documents, pages, tables, tags and indicators. No I/O here.

Numbers of pages are 1-based PDF pages. A `Box` is (x0, top, x1, bottom) in PDF points (1/72 inch) with the
origin at the top left of the page as it is displayed, that is, after its rotation.
"""

from kms.model.document import (
    ACCESS_LEVELS,
    DOCUMENT_TYPES,
    ROLES,
    Document,
    Extraction,
    Page,
    PageState,
    Role,
    Summary,
    Tag,
    TagSource,
)
from kms.model.indicator import Figure, Indicator
from kms.model.table import Box, Table

__all__ = [
    "ACCESS_LEVELS",
    "DOCUMENT_TYPES",
    "ROLES",
    "Box",
    "Document",
    "Extraction",
    "Figure",
    "Indicator",
    "Page",
    "PageState",
    "Role",
    "Summary",
    "Table",
    "Tag",
    "TagSource",
]
