"""Decisions are remembered with who and why; an audit looks for the same in the whole corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kms.config import Workspace
from kms.corpus import Decision, append_decision, load_decisions
from kms.errors import BadInput, Damaged, NotFound
from kms.library import Library
from kms.model import Extraction, Page


def test_a_decision_is_remembered_with_who_and_why(library: Library, tmp_path: Path, study: str) -> None:
    [first] = [one.id for one in library.documents().documents if one.year == 2019]
    checked = library.check(title="Kerukunan", text=study)
    assert checked.verdict in ("duplicate", "overlap")
    library.decide(checked.draft, first, "not-duplicate", by="rini", why="lokus lain")
    library.rebuild()
    again = library.check(title="Kerukunan", text=study)
    decision = again.matches[0].decision
    assert decision is not None
    assert (decision.choice, decision.by, decision.why) == ("not-duplicate", "rini", "lokus lain")
    assert again.verdict not in ("duplicate", "overlap")
    library.decide(checked.draft, first, "duplicate", by="budi")
    assert library.check(title="Kerukunan", text=study).verdict == "duplicate"


def test_a_decision_that_was_taken_back_decides_nothing(library: Library, study: str) -> None:
    [first] = [one.id for one in library.documents().documents if one.year == 2019]
    checked = library.check(title="Kerukunan", text=study)
    library.decide(checked.draft, first, "not-duplicate", by="rini", why="salah klik")
    library.decide(checked.draft, first, "undecided", by="rini")
    again = library.check(title="Kerukunan", text=study)
    assert again.verdict == checked.verdict
    assert again.matches[0].decision is None
    one, other = library.corpus.ids()
    library.decide(one, other, "edition", by="rini")
    assert [each.choice for each in library.decided()] == ["edition"]
    library.decide(other, one, "undecided", by="budi")
    assert library.decided() == () and len(library.decisions()) == 2


def test_a_decision_wants_two_documents_that_exist(library: Library) -> None:
    [first, second] = library.corpus.ids()
    with pytest.raises(BadInput):
        library.decide(first, first, "duplicate", by="rini")
    with pytest.raises(BadInput):
        library.decide(first, second, "perhaps", by="rini")
    with pytest.raises(NotFound):
        library.decide(first, "ffffffff", "duplicate", by="rini")


def test_a_line_cut_by_a_power_cut_costs_nothing_else(tmp_path: Path) -> None:
    one = Decision("a" * 64, "b" * 64, "duplicate", "rini", "2026-01-01T00:00:00Z", "sama")
    append_decision(tmp_path, one)
    with (tmp_path / "decisions.jsonl").open("ab") as file:
        file.write(b'{"first": "aaa')
    assert load_decisions(tmp_path) == (one,)
    append_decision(tmp_path, one)
    assert load_decisions(tmp_path) == (one, one)
    (tmp_path / "decisions.jsonl").write_bytes(b"rusak\n")
    with pytest.raises(Damaged):
        load_decisions(tmp_path)


def test_copies_and_reused_passages_are_audited(library: Library, tmp_path: Path, study: str) -> None:
    (tmp_path / "salinan.txt").write_text(study + "\nDicetak ulang.", "utf-8")
    list(library.ingest([tmp_path / "salinan.txt"]))
    found = library.audit()
    assert [(group.relation, len(group.documents)) for group in found.groups] == [("copy", 2)]
    titles = {document.title for document in found.groups[0].documents}
    assert all(title.startswith("Kajian Kerukunan") for title in titles)


def test_an_audit_takes_the_later_of_two_for_the_draft(library: Library, tmp_path: Path) -> None:
    shared = (
        "Pedagang sayur menggelar tikar sebelum subuh karena lapak lama terendam. Sampah basah menumpuk di parit, "
        "sementara lampu jalan padam sejak gempa. Kuli panggul meminta gudang bersama dan timbangan yang ditera."
    )
    own = " ".join(f"Kios{number} berpindah{number} penjaga{number}." for number in range(20))
    roads = " ".join(f"Ruas{number} diperbaiki{number} mandor{number}." for number in range(200))
    (tmp_path / "jalan.txt").write_text(f"Analisis Ruas Jalan Tahun 2018\n{roads}\n{shared}", "utf-8")
    (tmp_path / "zona.txt").write_text(f"Zona Pasar Malam Tahun 2023\n{own}\n{shared}", "utf-8")
    list(library.ingest([tmp_path / "jalan.txt", tmp_path / "zona.txt"]))
    (group,) = library.audit().groups
    assert group.relation == "overlap"
    assert [one.title for one in group.documents] == ["Analisis Ruas Jalan Tahun 2018", "Zona Pasar Malam Tahun 2023"]


def test_a_document_scanned_twice_is_a_copy(
    tmp_path: Path, study: str, read_study: Callable[[Path], Extraction]
) -> None:
    def misread(path: Path) -> Extraction:
        read, words = read_study(path), path.read_text("utf-8").split(" ")
        if path.stem == "dua":
            words[10::4] = [f"{word}x" for word in words[10::4]]
        return replace(read, pages=(Page(1, " ".join(words), state="ocr"),), extractors={"ocr": "x"})

    for name in ("satu", "dua"):
        (tmp_path / f"{name}.txt").write_text(f"{study} {name}", "utf-8")
    with Library(Workspace(tmp_path / "ws"), read=misread, freshness=0) as library:
        list(library.ingest([tmp_path / "satu.txt", tmp_path / "dua.txt"]))
        assert [group.relation for group in library.audit().groups] == ["copy"]
