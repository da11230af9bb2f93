"""Patterns that are compiled late are patterns all the same."""

from __future__ import annotations

import gc
import importlib
import pkgutil

import kms.duplicates
import kms.text
from kms.text.patterns import Late, late


def test_a_late_pattern_is_compiled_when_it_is_asked() -> None:
    pattern = late(r"(\d+)\s", 0)
    assert "compiled" not in vars(pattern)
    found = pattern.search("a 12 b")
    assert found is not None and found[1] == "12" and pattern.groups == 1


def test_every_late_pattern_can_be_compiled() -> None:
    for room in (kms.text, kms.duplicates):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    patterns = [each for each in gc.get_objects() if type(each) is Late]
    assert len(patterns) > 20
    for each in patterns:
        assert each.compiled.pattern == each.pattern
