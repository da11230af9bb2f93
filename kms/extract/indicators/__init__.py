"""The ledger: rows of tables that state an indicator of performance, with its figures."""

from kms.extract.indicators.figures import read_figure
from kms.extract.indicators.keys import indicator_key
from kms.extract.indicators.ledger import find_indicators

__all__ = ["find_indicators", "indicator_key", "read_figure"]
