"""document.md shows what the document says: every word, tables as tables, nothing that a viewer would act on."""

from __future__ import annotations

import markdown
from hypothesis import example, given
from hypothesis import strategies as st

from kms.corpus import render_document, render_page, render_table
from kms.model import Document, Extraction, Page, Table, Tag

BOX = (0.0, 0.0, 1.0, 1.0)


def document(*pages: str, tables: tuple[Table, ...] = (), headings: tuple[str, ...] = ()) -> Document:
    read = tuple(Page(number, text, headings=headings) for number, text in enumerate(pages, 1))
    return Document("x-1", "1" * 64, "x.pdf", Extraction("pdf", read, tables, tags=(Tag("title", 'Kajian "A"'),)))


def table(header: tuple[str, ...], *rows: tuple[str, ...], pages: tuple[int, ...] = (1,), **more: object) -> Table:
    return Table(pages[0], pages, None, header, rows, BOX, **more)  # type: ignore[arg-type]


def shown(text: str) -> str:
    return markdown.markdown(text, extensions=["tables"])


def test_every_page_has_a_mark_and_the_tags_stand_in_front() -> None:
    text = render_document(document("satu", "dua"))
    assert text.startswith("---\nid: ") and 'title: "Kajian \\"A\\""' in text
    assert text.index("## Halaman 1") < text.index("satu") < text.index("## Halaman 2") < text.index("dua")


def test_a_table_stands_where_its_rows_stand_and_only_once() -> None:
    page = "Sebelum\nNo\tIndikator\n1\tIndeks\n2\tNilai\nSesudah"
    text = render_page(document(page, tables=(table(("No", "Indikator"), ("1", "Indeks"), ("2", "Nilai")),)), 1)
    assert text.index("Sebelum") < text.index("| 1 | Indeks |") < text.index("Sesudah")
    assert text.count("Indeks") == 1


def test_cells_merged_or_cut_by_the_page_break_do_not_stand_twice() -> None:
    whole = table(
        ("Sasaran", "Kondisi / 2019", "Program"),
        ("Kohesi", "1", "A"),
        ("Kohesi", "1", "Bela negara"),
        pages=(1, 2),
        row_pages=(1, 1),
    )
    one = "Sasaran\tKondisi\tProgram\n\t2019\t\n(1)\t(2)\t(3)\nKohesi\t1\tA\n\t\tBela\nakhir halaman"
    both = document(one, "\t\tnegara\nlanjut", tables=(whole,))
    assert render_page(both, 1).splitlines() == [
        "| Sasaran | Kondisi / 2019 | Program |",
        "| --- | --- | --- |",
        "| Kohesi | 1 | A |",
        "| Kohesi | 1 | Bela negara |",
        "",
        "akhir halaman",
    ]


def test_pipes_and_line_breaks_stay_inside_their_cell() -> None:
    text = render_table(table(("a|b", "c"), ("x\ny", "`|`"), ("<b>tebal</b>", "")))
    assert all(line.replace("\\|", "").count("|") == 3 for line in text.splitlines())
    html = shown(text)
    assert "x<br>y" in html and "a|b" in html and "&lt;b&gt;" in html


def test_a_group_of_rows_is_named_above_them() -> None:
    text = render_table(table(("a", "b"), ("1", "2"), ("3", "4"), ("5", "6"), groups=("Tujuan 1", "Tujuan 1", None)))
    assert [line for line in text.splitlines() if "Tujuan" in line] == ["| **Tujuan 1** |  |"]


def test_lists_keep_their_numbers_and_signs_their_meaning() -> None:
    html = shown(
        render_page(document("3. tiga\n7. tujuh\n# pagar\n- garis\n> besar\n*bintang* _garis_ < 5 & <script>"), 1)
    )
    assert "3. tiga" in html and "7. tujuh" in html
    for tag in ("<h1", "<li", "<blockquote", "<em", "<script"):
        assert tag not in html


def test_headings_are_headings() -> None:
    text = render_page(document("BAB I PENDAHULUAN\nisi", headings=("BAB I PENDAHULUAN",)), 1)
    assert text.startswith("### BAB I PENDAHULUAN\n\nisi")


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), max_size=30), st.integers(1, 5))
def test_no_word_is_lost(words: list[str], width: int) -> None:
    rows = [words[i : i + width] for i in range(0, len(words), width)]
    page = "\n".join("\t".join(row) for row in rows)
    cells = tuple((*row, *[""] * (width - len(row))) for row in rows[1::2])
    text = render_page(document(page, tables=(table((), *cells),) if cells else ()), 1)
    for word in words:
        assert word in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
@example("__0__")
@example("a__b__ _c_d_")
@example("_.a_")
def test_no_text_becomes_markup(text: str) -> None:
    html = shown(render_page(document(text), 1))
    for tag in (
        "<h",
        "<li",
        "<em",
        "<strong",
        "<code",
        "<pre",
        "<a ",
        "<img",
        "<blockquote",
        "<table",
        "<script",
        "<!",
    ):
        assert tag not in html
