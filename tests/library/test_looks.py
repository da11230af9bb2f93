"""A draft of pictures: a drawing is found by its looks, with care where words or clearances say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kms.config import Workspace
from kms.library import Library
from kms.library.access import Reader
from kms.library.checked import Checked, checked_json
from kms.library.reporting import write_report
from kms.library.telling import coverage_line
from kms.model import Extraction, Page, Tag

ONE, OTHER = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2, "00ff00ff5a5aa5a50f0ff0f03c3cc3c3" * 2
NEAR = "0f1e2d3c4b5a69788796a5b4c3d2e1ff" + ONE[32:]
HEADING = "POHON KINERJA BADAN KESATUAN BANGSA"
PROSE = "Warga dan tokoh agama diwawancarai tentang kerukunan di tujuh kelurahan selama tiga bulan."


def read_stub(path: Path) -> Extraction:
    """A reader of files whose first line is "type|title|year", and each further one a page: "looks|text"."""
    head, *lines = path.read_text("utf-8").splitlines()
    kind, title, year = head.split("|")
    pages = tuple(Page(n, line.split("|")[1], appearance=line.split("|")[0]) for n, line in enumerate(lines, 1))
    tags = [Tag(name, value, 1) for name, value in (("type", kind), ("title", title), ("year", year)) if value]
    return Extraction("pdf", pages, tags=tuple(tags))


class Office:
    """A library that takes in documents, and checks drafts, given as their lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(Workspace(folder / "ws"), read=read_stub, freshness=0)

    def file(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines), "utf-8")
        return path

    def keep(self, name: str, *lines: str) -> str:
        [outcome] = self.library.ingest([self.file(name, *lines)])
        assert outcome.id
        return outcome.id

    def check(self, *lines: str) -> Checked:
        return self.library.check(self.file("naskah.pdf", *lines))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_scanned_drawing_is_a_copy_of_the_one_that_looks_the_same(
    tmp_path: Path, drawing: Callable[[int], Image.Image], scan: Callable[..., Image.Image]
) -> None:
    library = Library(Workspace(tmp_path / "ws"), freshness=0)
    for seed in (1, 2, 3):
        drawing(seed).save(tmp_path / f"gambar-{seed}.pdf", resolution=150)
    kept = {outcome.path: outcome.id for outcome in library.ingest(sorted(tmp_path.glob("gambar-*.pdf")))}
    scan(drawing(2), 7, skew=-0.8).save(tmp_path / "pindaian.pdf", resolution=150)
    checked = library.check(tmp_path / "pindaian.pdf")
    [match] = checked.matches
    assert match.document.id == kept[str(tmp_path / "gambar-2.pdf")]
    assert (checked.verdict, match.relation) == ("duplicate", "copy")
    [evidence] = match.evidence
    assert (evidence.kind, evidence.draft.page, evidence.found.page) == ("look", 1, 1)
    assert "gambar halaman sama" in " ".join(reason.text("id") for reason in match.reasons)


def test_what_was_compared_is_said_everywhere(office: Office) -> None:
    office.keep("pohon.pdf", f"pohon-kinerja|{HEADING}|2024", f"{ONE}|{HEADING} meningkatnya kesadaran politik")
    checked = office.check("pohon-kinerja||", f"{NEAR}|{HEADING}")
    [match] = checked_json(checked, "en")["matches"]
    assert match["evidence"][0]["kind"] == "look"
    assert match["evidence"][0]["draft"]["text"] == HEADING
    assert match["reasons"][0].startswith("the pages look the same")
    assert "look like pages" in coverage_line(checked).text("en")
    for form in (".html", ".md"):
        assert "The pages look the same." in write_report(checked, form, "en")


def test_drawings_of_two_years_are_editions_and_no_copies(office: Office) -> None:
    office.keep("pohon.pdf", f"pohon-kinerja|{HEADING}|2023", f"{ONE}|{HEADING}")
    [match] = office.check(f"pohon-kinerja|{HEADING}|2024", f"{NEAR}|{HEADING}").matches
    assert match.relation == "edition"


def test_pages_whose_words_differ_do_not_count_as_the_same(office: Office) -> None:
    office.keep("bab.pdf", "kajian|Kajian Parkir Tepi Jalan|2019", f"{ONE}|BAB DUA GAMBARAN UMUM WILAYAH")
    assert office.check("kajian||", f"{ONE}|BAB TIGA RENCANA KEGIATAN ANGGARAN").matches == ()
    assert office.check("kajian||", f"{OTHER}|").matches == ()


def test_one_picture_among_pages_of_text_is_named_and_decides_nothing(office: Office) -> None:
    office.keep(
        "peta.pdf", "kajian|Kajian Pengelolaan Parkir|2019", f"{ONE}|", "|Pendapatan parkir dihitung dari karcis."
    )
    checked = office.check("kajian|Kerukunan Warga|2024", f"|{PROSE}", f"|{PROSE[::-1]}", f"{ONE}|")
    [match] = checked.matches
    assert (match.relation, match.evidence[0].kind, match.evidence[0].draft.page) == ("same-topic", "look", 3)
    assert checked.verdict == "related"


def test_pages_that_look_the_same_are_no_reason_beside_a_whole_that_is(office: Office) -> None:
    lines = ("kajian|Kajian Kerukunan Warga|2024", f"{ONE}|", f"|{PROSE}", f"|{PROSE[::-1]}")
    office.keep("kajian.pdf", *lines)
    [match] = office.check(*lines).matches
    reasons = " ".join(reason.text("en") for reason in match.reasons)
    assert match.relation == "copy" and "same file" in reasons and "look the same" not in reasons


def test_a_drawing_out_of_a_larger_document_is_shared_and_no_copy(office: Office) -> None:
    office.keep("kajian.pdf", "kajian|Kajian Parkir|2019", f"{ONE}|", *(f"|{PROSE} {n}" for n in range(6)))
    [match] = office.check("||", f"{NEAR}|").matches
    assert match.relation == "overlap"


def test_the_looks_of_a_withheld_document_leave_no_trace(office: Office) -> None:
    office.keep("taman.pdf", "kajian|Kajian Taman Kota|2019", f"|{PROSE}")
    hidden = office.keep("peta.pdf", "lainnya|Peta Kerawanan|2020", f"{ONE}|")
    assert office.check("||", f"{ONE}|").matches
    office.library.tag(hidden, {"access": ["rahasia"]}, by="rini")
    reader = Reader("tono", "reader", "umum")
    checked = office.library.seen_by(reader).check(office.file("naskah.pdf", "||", f"{ONE}|"))
    assert (checked.verdict, checked.matches, checked.coverage) == ("new", (), 0.0)


def test_an_audit_groups_drawings_that_look_the_same(office: Office) -> None:
    ids = {
        office.keep("peta.pdf", "lainnya|Peta Wilayah|2020", f"{ONE}|"),
        office.keep("pindaian.pdf", "lainnya||", f"{NEAR}|Pet4 W1ly"),
    }
    office.keep("lain.pdf", "lainnya|Denah Gedung|2020", f"{OTHER}|")
    [group] = office.library.audit(lambda *_: None).groups
    assert (group.relation, {document.id for document in group.documents}) == ("copy", ids)


def test_documents_read_before_looks_were_kept_are_compared_by_words_alone(office: Office) -> None:
    office.keep("lama.pdf", "kajian|Kajian Kerukunan|2019", f"|{PROSE}")
    assert office.check("||", f"{ONE}|").matches == ()


def test_a_damaged_appearance_looks_like_nothing(office: Office) -> None:
    office.keep("rusak.pdf", "lainnya|Peta|2020", "bukan-hex|")
    assert office.check("||", f"{ONE}|").matches == ()
