"""What a document is, by rules: type, title, agency, region, year or period, programs; each with its evidence."""

from kms.extract.tags.find import find_tags

__all__ = ["find_tags"]
