"""Golden pairs: text, tables, tags and indicators of the sample; KMS_REGENERATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from kms.extract import read_file
from kms.model import Extraction

GOLDEN = Path(__file__).parent / "golden"
NAMES = (
    "KAK Kajian Kabar Bohong 2023",
    "Laporan Akhir Kajian Toleransi 2019",
    "LKIP Kesbangpol Kota Tirtaraja 2021",
    "Perjanjian Kinerja Kesbangpol Kota Tirtaraja 2022",
    "RKT Kesbangpol Kota Tirtaraja 2021",
    "Renstra Perubahan Kesbangpol Kota Tirtaraja 2016-2021",
)


def summary(extraction: Extraction) -> bytes:
    """What was read as JSON for eyes: places are left out, since fonts may move them by a hair."""
    tables = [
        {
            "pages": table.pages,
            "caption": table.caption,
            "method": table.method,
            "header": table.header,
            "groups": table.groups,
            "rows": table.rows,
        }
        for table in extraction.tables
    ]
    tags = [[tag.name, tag.value, tag.page, tag.source] for tag in extraction.tags]
    indicators = [
        {
            "page": one.page,
            "sasaran": one.sasaran,
            "program": one.program,
            "indicator": one.name,
            "unit": one.unit,
            "baseline": one.baseline and one.baseline.text,
            "targets": {year: [figure.text, figure.value] for year, figure in one.targets.items()},
            "realisations": {year: figure.text for year, figure in one.realisations.items()},
        }
        for one in extraction.indicators
    ]
    pages = [page.text for page in extraction.pages]
    told = {"tags": tags, "indicators": indicators, "tables": tables, "pages": pages}
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_what_was_read_before(name: str, sample_dir: Path) -> None:
    path = GOLDEN / f"{name}.json"
    found = summary(read_file(sample_dir / f"{name}.pdf"))
    if os.environ.get("KMS_REGENERATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
    assert msgspec.json.decode(found) == msgspec.json.decode(path.read_bytes())
