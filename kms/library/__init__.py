"""The facade of kms: what the command line and the web ask of a workspace."""

from kms.library.answers import Hit, Ingested, Listing, Row, SearchAnswer
from kms.library.library import Library
from kms.library.searching import Filters

__all__ = ["Filters", "Hit", "Ingested", "Library", "Listing", "Row", "SearchAnswer"]
