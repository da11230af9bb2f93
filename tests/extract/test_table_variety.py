"""Tables drawn in many ways are read as what they say; pages without tables give none; real columns add up."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kms.extract import read_file


def load_variety() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "variety.py"
    spec = importlib.util.spec_from_file_location("variety", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["variety"] = module
    spec.loader.exec_module(module)
    return module


VARIETY = load_variety()


@pytest.mark.parametrize("seed", [1, 3])
@pytest.mark.parametrize("kind", ["grid", "dashed", "bars", "merged", "rotated", "two levels"])
def test_a_table_with_lines_is_read_as_it_is(kind: str, seed: int, tmp_path: Path) -> None:
    (truth,) = VARIETY.make(kind, seed, tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.header == truth.header
    assert list(found.rows) == truth.rows


def test_a_table_cut_by_pages_is_one(tmp_path: Path) -> None:
    (truth,) = VARIETY.make("cut", 1, tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert len(found.pages) > 1
    assert list(found.rows) == truth.rows


@pytest.mark.parametrize("kind", VARIETY.FREE)
def test_pages_without_tables_give_none(kind: str, tmp_path: Path) -> None:
    VARIETY.make(kind, 1, tmp_path / "a.pdf")
    assert read_file(tmp_path / "a.pdf").tables == ()


def number(text: str) -> float:
    """The whole part of a figure; the last two digits are cents, after a comma or, by mistake, a point."""
    return float(re.sub(r"\D", "", re.sub(r"[.,]\d\d$", "", text)))


@pytest.mark.slow
def test_the_columns_of_a_real_budget_add_up(data_dir: Path) -> None:
    path = data_dir / "planning" / "pasuruan-lkpj-2019.pdf"
    if not path.exists():
        pytest.skip(f"no {path.name}")
    sums = 0
    for table in read_file(path).tables:
        if not (table.header and "Anggaran" in table.header and "Realisasi" in table.header) or len(table.rows) < 3:
            continue
        *rows, last = table.rows
        if last[1].upper() != "JUMLAH" or table.groups.count(None) != len(table.groups):
            continue
        for column in (table.header.index("Anggaran"), table.header.index("Realisasi")):
            figures = [number(row[column]) for row in rows if re.search(r"\d", row[column])]
            sums += abs(sum(figures) - number(last[column])) < len(figures) + 1
    assert sums >= 10


@pytest.mark.parametrize("seed", [1, 6, 13])
def test_columns_without_lines_that_stand_close_are_parted(seed: int, tmp_path: Path) -> None:
    (truth,) = VARIETY.make("none", seed, tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.header == truth.header
    assert list(found.rows) == truth.rows


@pytest.mark.parametrize("seed", [8, 22, 23])
def test_cells_centred_on_rows_without_lines_stay_in_their_rows(seed: int, tmp_path: Path) -> None:
    (truth,) = VARIETY.make("none", seed, tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.header == truth.header
    assert list(found.rows) == truth.rows


@pytest.mark.parametrize("seed", [60, 77])
def test_a_table_without_lines_goes_on_at_the_head_of_the_next_page(seed: int, tmp_path: Path) -> None:
    (truth,) = VARIETY.make("none", seed, tmp_path / "a.pdf")
    (found,) = read_file(tmp_path / "a.pdf").tables
    assert found.header == truth.header
    assert list(found.rows) == truth.rows
