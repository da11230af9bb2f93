"""Options of `kms search` beyond words, and `kms similar`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kms.cli import run


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KMS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("KMS_LANGUAGE", "id")
    for year in (2019, 2021):
        title = f"# Rencana Kinerja Tahunan (RKT) Dinas Sosial Kota Tirtaraja Tahun {year}"
        (tmp_path / f"{year}.md").write_text(f"{title}\n\nPembinaan kerukunan warga {year}.\n", "utf-8")
    assert run(["ingest", str(tmp_path / "2019.md"), str(tmp_path / "2021.md")]) == 0
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("workspace")
def test_sort_explain_suggestion_and_similar(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "search", "kerukunan", "--sort", "date", "--explain")
    hits = found["hits"]
    assert isinstance(hits, list)
    assert [hit["document"]["year"] for hit in hits] == [2021, 2019]
    assert all(hit["why"] and hit["similar"]["count"] == 0 for hit in hits)
    assert found["listed"] == found["total"] == 2
    assert answer(capsys, "search", "kerukunna")["suggestion"] == "kerukunan"
    similar = answer(capsys, "similar", hits[0]["document"]["id"])["documents"]
    assert isinstance(similar, list)
    assert [one["year"] for one in similar] == [2019]
    capsys.readouterr()
    assert run(["search", "kerukunan", "--explain"]) == 0
    assert "kerukunan " in capsys.readouterr().out


@pytest.mark.usefixtures("workspace")
def test_what_is_shown_of_how_much_is_told_rightly(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*arguments: str) -> str:
        capsys.readouterr()
        assert run(["--language", "en", "search", *arguments]) == 0
        return capsys.readouterr().err

    assert "Results up to 1 of 2; more with --page 2." in told("kerukunan", "--limit", "1")
    assert not told("kerukunan", "--limit", "1", "--page", "2")
    assert told("kerukunan", "--limit", "1", "--page", "9") == "There is no result page 9; the last is 2.\n"
    assert told("kerukunna") == "Looking for: kerukunan.\n"


@pytest.mark.usefixtures("workspace")
def test_a_whole_query_may_be_one_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "search", "tahun:2021 pembinaan kerukunan")["total"] == 1
    assert answer(capsys, "search", "tahun:2021", "pembinaan kerukunan")["total"] == 1
    assert answer(capsys, "search", "opd:dinas sosial")["total"] == 2
