"""Codes in queries."""

import pytest

from kms.query import parse
from kms.query.codes import widen_codes
from kms.query.tree import Alike, Prefix, Word


@pytest.mark.parametrize("code", ["8.01.02", "8.1.2"])
def test_a_code_is_found_as_others_write_it_and_in_longer_ones(code: str) -> None:
    widened = widen_codes(parse(code).node)
    assert isinstance(widened, Alike)
    exact = {other.token.exact for other in (widened.part, *widened.others) if isinstance(other, Word)}
    assert exact == {"8.01.02", "8.1.2"}
    assert Prefix("8.01.02.") in widened.others


@pytest.mark.parametrize("number", ["0,02", "1.250.000", "17.08.2019", "2019", "3.14", "rukun"])
def test_other_numbers_are_no_codes(number: str) -> None:
    assert widen_codes(parse(number).node) == parse(number).node
