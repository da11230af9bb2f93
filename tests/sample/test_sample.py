"""The sample corpus is what its texts say, and kms reads it as a person does."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kms.cli import run

ROOT = Path(__file__).parents[2]
OFFICE = "Kantor Kesatuan Bangsa dan Politik Kota Tirtaraja"
INGEST = "ingest corpus/sample"
SCAN = "Kajian Pemilih Pemula 2020 (pindai).pdf"
LEFT_OUT = re.compile(r"\.{3}|…")
# Type, year, period, pages, tables, agency, as a person reads them.
DOCUMENTS = {
    "RKT Kesbangpol Kota Tirtaraja 2020.pdf": ("rkt", 2020, None, 8, 3, OFFICE),
    "RKT Kesbangpol Kota Tirtaraja 2021.pdf": ("rkt", 2021, None, 9, 3, OFFICE),
    "RKT Kesbangpol Kota Tirtaraja 2022.pdf": ("rkt", 2022, None, 8, 3, OFFICE),
    "Renstra Perubahan Kesbangpol Kota Tirtaraja 2016-2021.pdf": ("renstra", None, [2016, 2021], 4, 2, OFFICE),
    "LKIP Kesbangpol Kota Tirtaraja 2021.pdf": ("lkip", 2021, None, 3, 2, OFFICE),
    "Perjanjian Kinerja Kesbangpol Kota Tirtaraja 2022.pdf": ("perjanjian-kinerja", 2022, None, 2, 2, OFFICE),
    "KAK Kajian Kabar Bohong 2023.pdf": ("kak", 2023, None, 1, 1, OFFICE),
    "Laporan Akhir Kajian Toleransi 2019.pdf": ("kajian", 2019, None, 3, 1, OFFICE),
    "Salinan Arsip Kajian Toleransi 2019.pdf": ("kajian", 2019, None, 3, 1, OFFICE),
    "Kajian Toleransi Kecamatan Mekarjati 2020.pdf": ("kajian", 2020, None, 2, 1, OFFICE),
    "Studi Harmoni Kehidupan Beragama Tirtaraja 2021.pdf": ("kajian", 2021, None, 3, 1, OFFICE),
    "Telaah Hak Pilih Generasi Muda 2022.pdf": ("kajian", 2022, None, 2, 0, OFFICE),
    "Kajian Pembinaan Ormas 2018.pdf": ("kajian", 2018, None, 2, 1, OFFICE),
    "Studi Pemberdayaan LSM dan Perkumpulan 2020.pdf": ("kajian", 2020, None, 2, 0, OFFICE),
    "Kajian Pemilih Pemula Kota Sumberasih 2021.pdf": (
        "kajian", 2021, None, 2, 0, "Badan Kesatuan Bangsa dan Politik Kota Sumberasih"
    ),
    "Pemetaan Potensi Konflik Kecamatan Sendang 2018.pdf": ("kajian", 2018, None, 2, 1, OFFICE),
    "Pemetaan Potensi Konflik Kecamatan Gunungsari 2019.pdf": ("kajian", 2019, None, 2, 1, OFFICE),
    "Kajian Bantuan Keuangan Partai Politik 2021.pdf": ("kajian", 2021, None, 2, 1, OFFICE),
    SCAN: ("kajian", 2020, None, 2, 1, None),
}  # fmt: skip


def test_the_script_writes_the_same_bytes_again(tmp_path: Path, sample_dir: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "write_sample.py", tmp_path], check=True, capture_output=True)
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.pdf")}
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sample_dir.glob("*.pdf")}
    # The scan is a picture drawn by PDFium, whose builds differ.
    drawn = {SCAN}
    assert {name: written[name] for name in written.keys() - drawn} == {
        name: kept[name] for name in kept.keys() - drawn
    }
    assert set(written) == set(kept) == set(DOCUMENTS)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample, taken in once, and what was printed; without OCR the scan waits, and its table is not asked for."""
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as printed:
        patch.setenv("KMS_WORKSPACE", str(tmp_path_factory.mktemp("sample")))
        patch.chdir(ROOT)
        assert run(shlex.split(INGEST)) == 0
        yield printed.getvalue()


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    run([*words, "--json"])
    return json.loads(capsys.readouterr().out)


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return {document["source"]: document for document in ask(capsys, "list")["documents"]}


@pytest.mark.usefixtures("ingested")
def test_the_sample_is_read_as_a_person_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = {
        name: (
            one["type"],
            one["year"],
            one["period"],
            one["pages"],
            len(ask(capsys, "tables", one["id"])),
            one["agency"],
        )
        for name, one in listed(capsys).items()
        if name != SCAN
    }
    assert found == {name: one for name, one in DOCUMENTS.items() if name != SCAN}


@pytest.mark.usefixtures("ingested")
def test_the_scan_is_read_where_there_is_ocr_and_waits_where_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scan = listed(capsys)[SCAN]
    assert (scan["scanned"], scan["pages"], scan["year"], scan["type"]) == (True, 2, 2020, "kajian")
    if ask(capsys, "show", scan["id"])["needs_ocr"]:
        pytest.skip("no OCR is installed")
    kind, year, period, pages, tables, agency = DOCUMENTS[SCAN]
    assert (scan["type"], scan["year"], scan["period"], scan["pages"], scan["agency"]) == (
        kind,
        year,
        period,
        pages,
        agency,
    )
    (table,) = ask(capsys, "tables", scan["id"])
    assert ["Tidak mengenal calon", "21,00%"] in table["rows"]
    assert (len(table["rows"]), table["source"], tables) == (4, "ocr", 1)


@pytest.mark.usefixtures("ingested")
def test_no_page_of_the_sample_is_blank_and_no_heading_stands_alone_at_its_foot(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, one in listed(capsys).items():
        if name == SCAN:
            continue
        for number in range(1, one["pages"] + 1):
            page = ask(capsys, "show", one["id"], "--page", str(number))
            body = [line for line in page["text"].splitlines() if line.strip() and "|" not in line]
            body = [line for line in body if not line.strip().isdigit()]
            assert page["state"] == "text" and body, (name, number)
            last = body[-1].strip()
            assert number == 1 or not re.match(r"(BAB [IVX]+|\d\.\d |Tabel \d)", last), (name, number, last)


@pytest.mark.usefixtures("ingested")
def test_plan_and_agreement_of_one_year_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    said: dict[str, set[float]] = {}
    for row in ask(capsys, "indicators", "--year", "2022"):
        if (target := row["targets"].get("2022")) and target["value"] is not None:
            said.setdefault(row["key"], set()).add(target["value"])
    assert len(said) > 5
    assert {key: values for key, values in said.items() if len(values) > 1} == {}


@pytest.mark.usefixtures("ingested")
def test_the_sample_is_searched(capsys: pytest.CaptureFixture[str]) -> None:
    hits = ask(capsys, "search", "kerukunan", "Mekarjati", "--type", "kajian")["hits"]
    assert any("Mekarjati" in hit["document"]["title"] for hit in hits)
    renamed = ask(capsys, "search", "kegiatan", "--program", "Penguatan Ideologi Pancasila", "--type", "rkt")["hits"]
    assert {hit["document"]["year"] for hit in renamed} >= {2020}, "the old name of the program leads there too"


@pytest.mark.usefixtures("ingested")
def test_an_indicator_is_shown_through_the_years_with_the_pages_that_say_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()
    assert run(["indicators", "--name", "kerukunan umat beragama"]) == 0
    head, *lines = capsys.readouterr().out.strip().split("\n\n")[0].splitlines()
    assert head == "Indeks Kerukunan Umat Beragama (Indeks)"
    table = [re.split(r"\s{2,}", line.strip()) for line in lines]
    assert [row[0] for row in table[1:]] == [
        "kondisi awal",
        "2017",
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
        "kondisi akhir",
    ]
    (reported,) = [row for row in table if row[0] == "2021"]
    assert reported[1:3] == ["72,60", "73,10"]
    assert all(word in reported[3] for word in ("LKIP 2021", "Renstra 2016-2021", "RKT 2021"))


def commands(readme: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a README's session, each with the lines that it shows of the output."""
    session = (ROOT / readme).read_text("utf-8").split("```console\n")[1].split("```")[0]
    for part in session.split("$ kms ")[1:]:
        command, *lines = part.splitlines()
        yield command, [line.strip() for line in lines if LEFT_OUT.sub("", line).strip()]


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_session_of_a_readme_is_what_kms_prints(
    readme: str, ingested: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tesserocr", reason="one of the documents shown is a scan")
    for command, lines in commands(readme):
        if not lines or command == "serve":
            continue
        if command == INGEST:
            printed = ingested
        else:
            run(shlex.split(command))
            printed = capsys.readouterr().out
        for line in lines:
            pattern = ".*".join(map(re.escape, LEFT_OUT.split(line)))
            assert re.search(pattern, printed), f"{readme}, kms {command}: {line}"
