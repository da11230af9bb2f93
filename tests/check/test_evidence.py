"""What is shown of a passage that two texts share: its places, its pages, its paragraphs; and the report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from kms.library import Library
from kms.library.checked import Place, checked_json, is_in_part, stretches
from kms.library.evidence import marked
from kms.library.reporting import write_report
from kms.library.telling import percent


def test_a_copied_passage_is_shown_where_it_stands_on_both_sides(library: Library, study: str, copied: str) -> None:
    draft = "Pendahuluan yang baru ditulis sendiri tentang gedung pertemuan warga.\n\n" + copied
    checked = library.check(title="Gedung Pertemuan", text=draft)
    match = checked.matches[0]
    assert match.document.title.startswith("Kajian Kerukunan")
    evidence = match.evidence[0]
    assert draft[evidence.draft.start : evidence.draft.end] == evidence.draft.text
    assert study[evidence.found.start : evidence.found.end] == evidence.found.text
    assert "diwawancarai di tujuh kelurahan" in evidence.draft.text
    assert "gedung pertemuan warga" not in evidence.draft.text
    for place, marks in ((evidence.draft, evidence.draft_marks), (evidence.found, evidence.found_marks)):
        assert {"tujuh", "kelurahan"} <= {place.text[start:end] for start, end in marks}
    assert 0.5 < checked.coverage < 1
    assert checked.spans == tuple((each.draft.page, each.draft.start, each.draft.end) for each in match.evidence)


def test_words_that_link_what_is_shared_are_marked_where_both_sides_have_them() -> None:
    ours, theirs = "warga di kelurahan dan warga dengan forum", "warga di kelurahan yang rukun dan warga itu forum"
    shown = marked(Place(1, 0, len(ours), ours), Place(1, 0, len(theirs), theirs), 1.0)
    assert [ours[start:end] for start, end in shown.draft_marks] == ["warga", "di", "kelurahan", "warga", "forum"]
    assert [theirs[start:end] for start, end in shown.found_marks] == ["warga", "di", "kelurahan", "warga", "forum"]


def test_a_report_says_a_figure_once_and_where_the_title_comes_from(
    library: Library, tmp_path: Path, copied: str
) -> None:
    (tmp_path / "naskah.txt").write_text(f"Gedung Pertemuan Warga\n\n{copied}", "utf-8")
    checked = library.check(tmp_path / "naskah.txt")
    [match] = checked.matches
    told = f"{percent(match.covered)} % of the draft stands there"
    for form in (".html", ".md"):
        report = write_report(checked, form, "en")
        assert told in report and "alike" not in report and "stands there too" not in report
        assert "The title was read from the draft." in report
    assert checked_json(checked, "en")["draft"]["title_read"] is True
    named = library.check(tmp_path / "naskah.txt", title="Gedung Pertemuan")
    assert not named.title_read and "was read from" not in write_report(named, ".html", "en")


def test_a_report_does_not_repeat_what_a_second_file_of_one_title_has(library: Library, study: str) -> None:
    checked = library.check(title="Gedung Pertemuan", text=study)
    [match] = checked.matches
    matches = tuple(replace(match, evidence=match.evidence * 50) for _ in range(2))
    report = write_report(replace(checked, matches=matches), ".html", "en")
    assert report.count('class="pair"') == 44
    assert "10 more passages are in the JSON report." in report and "46 more passages" in report


def test_a_passage_over_a_page_break_is_shown_page_by_page(
    library: Library, tmp_path: Path, study: str, copied: str
) -> None:
    words = copied.split(" Hasilnya")
    (tmp_path / "naskah.txt").write_text(f"Rancangan\n{words[0]}\fHasilnya{words[1]}", "utf-8")
    checked = library.check(tmp_path / "naskah.txt")
    pages = {each.draft.page for each in checked.matches[0].evidence}
    assert pages == {1, 2}
    texts = (tmp_path / "naskah.txt").read_text("utf-8").split("\f")
    for each in checked.matches[0].evidence:
        assert texts[each.draft.page - 1][each.draft.start : each.draft.end] == each.draft.text
        around = study[max(0, each.found.start - 1) : each.found.start] + study[each.found.end : each.found.end + 1]
        assert not any(map(str.isalnum, around)), "no word is cut"


def test_a_figure_by_itself_is_no_evidence(library: Library, tmp_path: Path, copied: str) -> None:
    first, second = copied.split(" Hasilnya")
    (tmp_path / "lama.txt").write_text(f"Kajian Lama\n{first}\n2 % 75,5 %\nHasilnya{second}", "utf-8")
    list(library.ingest([tmp_path / "lama.txt"]))
    (tmp_path / "naskah.txt").write_text(f"Rancangan\n{first}\f2 % 75,5 %\fHasilnya{second}", "utf-8")
    evidence = [each for match in library.check(tmp_path / "naskah.txt").matches for each in match.evidence]
    assert {each.draft.page for each in evidence} == {1, 3}


def test_a_long_passage_is_shown_paragraph_by_paragraph(library: Library, tmp_path: Path) -> None:
    parts = [
        "Gerbang perumahan ditutup sejak petang dan jadwal ronda dipisah, sehingga warga lama tidak pernah mengenal "
        "penghuni baru. Undangan hajatan dikembalikan tanpa dibuka, lalu pengurus lingkungan menegur satpam.",
        "Pasar pagi dipakai bersama, maka pedagang hafal nama pembeli dari perumahan. Utang dicatat di papan dekat "
        "timbangan dan dilunasi setiap hari gajian, tanpa juru tagih dan tanpa bunga sepeser pun.",
        "Sungai kecil di belakang langgar dibersihkan bergiliran oleh remaja dari tujuh gang. Sampah plastik "
        "ditimbang dalam karung beras, lalu hasil penjualannya dibelikan bola dan jaring voli.",
    ]
    past = "Kajian Bertetangga Tahun 2018\n\n" + "\n\n".join(parts)
    (tmp_path / "tetangga.txt").write_text(past, "utf-8")
    list(library.ingest([tmp_path / "tetangga.txt"]))
    draft = "Laporan Balai Warga\n" + "\n".join(reversed(parts))
    (tmp_path / "balai.txt").write_text(draft, "utf-8")
    checked = library.check(tmp_path / "balai.txt")
    [evidence] = checked_json(checked)["matches"][0]["evidence"]
    assert len(evidence["paragraphs"]) == 3
    for each in evidence["paragraphs"]:
        ours = draft[each["draft"]["start"] : each["draft"]["end"]]
        theirs = past[each["found"]["start"] : each["found"]["end"]]
        assert theirs in parts and ours.endswith(theirs)
    page = write_report(checked, ".html", "id")
    assert page.count('<table class="pair">') == 3
    assert "halaman 1" not in page, "the number of a page says nothing of a text without pages"


def test_a_report_escapes_what_it_quotes_and_names_its_corpus(library: Library, copied: str) -> None:
    checked = library.check(title="<script>alert(1)</script>", text=f"{copied} <b>tebal</b>")
    page = write_report(checked, ".html", "id")
    assert "<script>" not in page and "<b>tebal" not in page
    assert re.search("<mark>[^<]*\\btujuh kelurahan\\b[^<]*</mark>", page)
    assert checked.state.mark in page and checked.draft in page
    assert "http" not in page
    note = write_report(checked, ".md", "en")
    assert "\\<script\\>" in note and re.search(r"\*\*[^*]*\btujuh kelurahan\b[^*]*\*\*", note)
    assert json.loads(write_report(checked, ".json"))["draft"]["sha256"] == checked.draft


def test_the_pages_of_a_copy_stand_beside_its_own_pages(library: Library, tmp_path: Path) -> None:
    shared = "Kajian Lumbung Warga Tahun 2018 disusun dengan bahan dari tiga kantor dan diperiksa sebelum dicetak."
    pages = [
        "Kajian Lumbung Warga Tahun 2018",
        "Gabah disimpan menurut musim. Juru tulis mencatat takaran masuk. Atap bocor diganti dengan ijuk.",
        f"Gabah disimpan menurut musim dan jarak rumah. Kunci lumbung dipegang bergiliran oleh lima keluarga. {shared}",
        f"Juru tulis mencatat takaran masuk serta keluar. Selisih timbangan dibahas pada malam purnama. {shared}",
        f"Atap bocor diganti dengan ijuk dari kampung seberang. Biayanya diambil dari sewa lapangan. {shared}",
    ]
    (tmp_path / "lumbung.txt").write_text("\f".join(pages), "utf-8")
    list(library.ingest([tmp_path / "lumbung.txt"]))
    (tmp_path / "cetak.txt").write_text("\f".join(pages) + "\nDicetak ulang", "utf-8")
    match = library.check(tmp_path / "cetak.txt").matches[0]
    assert match.relation == "copy"
    assert {(each.draft.page, each.found.page) for each in match.evidence} == {(k, k) for k in range(1, 6)}
    assert match.evidence[0].draft.page == match.evidence[0].found.page


def test_a_report_tells_documents_of_one_title_apart_and_calls_nothing_whole_that_is_not(
    library: Library, tmp_path: Path, study: str, copied: str
) -> None:
    (tmp_path / "salinan.txt").write_text(study + "Disalin untuk arsip.", "utf-8")
    list(library.ingest([tmp_path / "salinan.txt"]))
    page = write_report(library.check(title=study.splitlines()[0], text=copied), ".md", "id")
    assert "(kerukunan.txt)" in page and "(salinan.txt)" in page
    assert (percent(0.9996), percent(1.0), percent(0.004)) == ("99", "100", "< 1")


def test_a_reworded_sentence_is_covered_in_part(library: Library, copied: str) -> None:
    whole = library.check(title="Gedung", text=copied)
    reworded = library.check(
        title="Gedung",
        text="Tokoh agama diwawancarai di tujuh kelurahan sepanjang triwulan itu, dibantu dua mahasiswa. Hasil itu "
        "menunjukkan forum warga yang bertemu rutin mencegah kesalahpahaman berubah menjadi gugatan di pengadilan.",
    )
    assert whole.coverage == 1
    assert 0 < reworded.coverage < 1
    assert not is_in_part(stretches(whole, whole.matches[0]), whole.matches[0])


def test_a_bar_is_pale_where_only_some_of_the_words_stand_in_a_document(library: Library, study: str) -> None:
    match = library.check(title="Gedung", text=study).matches[0]
    assert not is_in_part([(0.0, 880.0)], replace(match, covered=0.8))
    assert is_in_part([(0.0, 880.0)], replace(match, covered=0.17))
