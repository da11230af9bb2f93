"""Tables laid out as offices lay them out are read as what they say: heads, groups, page breaks, columns of text."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kms.extract import read_file


def load_layouts() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "layouts.py"
    spec = importlib.util.spec_from_file_location("layouts", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["layouts"] = module
    spec.loader.exec_module(module)
    return module


LAYOUTS = load_layouts()


@pytest.mark.parametrize("kind", LAYOUTS.KINDS)
def test_a_layout_is_read_as_what_it_says(kind: str, tmp_path: Path) -> None:
    truths = LAYOUTS.KINDS[kind](tmp_path / "a.pdf")
    found = read_file(tmp_path / "a.pdf").tables
    assert sorted((one.header, one.rows) for one in found) == sorted((header, tuple(rows)) for header, rows in truths)


def test_a_row_with_a_letter_and_one_cell_beside_it_labels_the_rows_below(tmp_path: Path) -> None:
    LAYOUTS.KINDS["group span"](tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.groups == ("A Tujuan 1: terwujudnya kerukunan",) * 4 + ("B Tujuan 2: terwujudnya ketertiban",) * 4


def test_a_caption_takes_nothing_from_the_column_beside_it(tmp_path: Path) -> None:
    LAYOUTS.KINDS["two columns open"](tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.caption == "Tabel 1.1 Target"
