"""The sample corpus is what its texts say, and kms reads it as a person does."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kms.cli import run

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    "RKT Kesbangpol Kota Tirtaraja 2020.pdf": ("rkt", 2020, None, 3),
    "RKT Kesbangpol Kota Tirtaraja 2021.pdf": ("rkt", 2021, None, 3),
    "RKT Kesbangpol Kota Tirtaraja 2022.pdf": ("rkt", 2022, None, 3),
    "Renstra Perubahan Kesbangpol Kota Tirtaraja 2016-2021.pdf": ("renstra", None, [2016, 2021], 2),
    "LKIP Kesbangpol Kota Tirtaraja 2021.pdf": ("lkip", 2021, None, 2),
    "Perjanjian Kinerja Kesbangpol Kota Tirtaraja 2022.pdf": ("perjanjian-kinerja", 2022, None, 2),
    "KAK Kajian Kabar Bohong 2023.pdf": ("kak", 2023, None, 1),
    "Laporan Akhir Kajian Toleransi 2019.pdf": ("kajian", 2019, None, 1),
    "Kajian Toleransi Kecamatan Mekarjati 2020.pdf": ("kajian", 2020, None, 1),
    "Studi Harmoni Kehidupan Beragama Tirtaraja 2021.pdf": ("kajian", 2021, None, 1),
}
SCAN = "Kajian Pemilih Pemula 2020 (pindai).pdf"


def test_the_script_writes_the_same_bytes_again(tmp_path: Path, sample_dir: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "write_sample.py", tmp_path], check=True, capture_output=True)
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.pdf")}
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sample_dir.glob("*.pdf")}
    # The scan is a picture drawn by PDFium, whose builds differ.
    assert {name: written[name] for name in DOCUMENTS} == {name: kept[name] for name in DOCUMENTS}
    assert set(written) == set(kept) == {*DOCUMENTS, SCAN}


def test_the_sample_is_read_as_a_person_reads_it(
    tmp_path: Path, sample_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KMS_WORKSPACE", str(tmp_path))
    assert run(["ingest", *(str(sample_dir / name) for name in DOCUMENTS), "--json"]) == 0
    lines = {Path(line["path"]).name: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {name: line["tables"] for name, line in lines.items()} == {name: one[3] for name, one in DOCUMENTS.items()}
    run(["list", "--json"])
    listed = {document["source"]: document for document in json.loads(capsys.readouterr().out)["documents"]}
    assert {name: (one["type"], one["year"], one["period"]) for name, one in listed.items()} == {
        name: one[:3] for name, one in DOCUMENTS.items()
    }
    assert run(["search", "kerukunan", "Mekarjati", "--type", "kajian", "--json"]) == 0
    titles = [hit["document"]["title"] for hit in json.loads(capsys.readouterr().out)["hits"]]
    assert any("Mekarjati" in title for title in titles)
