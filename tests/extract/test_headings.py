"""What heads a chapter or a section is known; lists, contents and running heads are not taken for it."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kms.extract import read_file

ITEMS = [
    "1. Undang-Undang Nomor 17 Tahun 2003 tentang Keuangan Negara;",
    "2. Peraturan Pemerintah Nomor 8 Tahun 2008 tentang Tahapan dan Tata Cara",
    "penyusunan rencana pembangunan daerah.",
]


def pages(path: Path, *contents: list[str], foot: str = "") -> Path:
    """A page a list of lines; a line that begins with "*" is bold."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, lines in enumerate(contents, 1):
        for place, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if line.startswith("*") else "Helvetica", 11)
            canvas.drawString(72, 785 - 18 * place, line.removeprefix("*"))
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 30, foot.format(number))
        canvas.showPage()
    canvas.save()
    return path


def test_chapters_at_the_head_of_pages_are_no_running_heads(tmp_path: Path) -> None:
    names = ["PENDAHULUAN", "PERENCANAAN KINERJA", "AKUNTABILITAS KINERJA", "PENUTUP"]
    chapters = [[f"*BAB {n}", f"*{name}", "Uraian bab ini."] for n, name in zip(["I", "II", "III", "IV"], names)]
    read = read_file(pages(tmp_path / "a.pdf", *chapters, foot="BAB II - {}")).pages
    assert [page.headings for page in read] == [(f"BAB {n}", name) for n, name in zip(["I", "II", "III", "IV"], names)]
    assert read[2].text == "BAB III\nAKUNTABILITAS KINERJA\nUraian bab ini."


def test_a_chapter_repeated_on_every_page_is_a_running_head(tmp_path: Path) -> None:
    contents = [["BAB II GAMBARAN UMUM", "", f"Uraian halaman {word}."] for word in ("satu", "dua", "tiga", "empat")]
    assert [page.text for page in read_file(pages(tmp_path / "a.pdf", *contents)).pages] == [
        f"Uraian halaman {word}." for word in ("satu", "dua", "tiga", "empat")
    ]


def test_items_of_lists_are_no_headings(tmp_path: Path) -> None:
    lines = ["*1.2. Landasan Hukum", *ITEMS, "*A. Maksud", "Laporan ini dimaksudkan sebagai acuan.", "B. dan lainnya"]
    (page,) = read_file(pages(tmp_path / "a.pdf", lines)).pages
    assert page.headings == ("1.2. Landasan Hukum", "A. Maksud")


def test_where_all_is_bold_bold_says_nothing(tmp_path: Path) -> None:
    lines = ["*1.2. Landasan Hukum", *(f"*{item}" for item in ITEMS), "*3.1. TUJUAN", "*DAN SASARAN", "*Isi."]
    (page,) = read_file(pages(tmp_path / "a.pdf", lines)).pages
    assert page.headings == ("1.2. Landasan Hukum", "3.1. TUJUAN", "DAN SASARAN")


def test_a_list_of_contents_heads_nothing(tmp_path: Path) -> None:
    contents = ["*DAFTAR ISI", "BAB I PENDAHULUAN 1", "1.1 Latar Belakang 2", "1.2 Landasan Hukum 3"]
    told = ["*1.4. Sistematika", "BAB I PENDAHULUAN", "1.1 Latar Belakang", "BAB II KINERJA", "BAB III PENUTUP"]
    first, second = read_file(pages(tmp_path / "a.pdf", contents, told)).pages
    assert first.headings == ("DAFTAR ISI",)
    assert second.headings == ("1.4. Sistematika",)


def test_a_lone_figure_within_the_text_stays(tmp_path: Path) -> None:
    lines = ["Bab ini memuat", "uraian", "tujuan", "3", "dan sasaran."]
    assert read_file(pages(tmp_path / "a.pdf", lines, foot="{}")).pages[0].text.replace("\n\n", "\n") == "\n".join(
        lines
    )


def test_a_running_head_of_one_part_of_a_long_document_is_known(tmp_path: Path) -> None:
    contents = [["Kata pengantar ii" if n < 6 else "", "", f"Uraian {'abcdefghij'[n % 10]}."] for n in range(90)]
    assert read_file(pages(tmp_path / "a.pdf", *contents)).pages[2].text == "Uraian c."
