"""Queries as people type them: read, never refused; snippets that mark what matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.query import And, Not, OneOf, Or, Phrase, Prefix, Word, highlight, leaves, parse, relax, resolve, snippet
from kms.query.resolving import matching
from kms.text import tokenize


def shape(text: str) -> str:
    def show(node: object) -> str:
        match node:
            case Word(token):
                return token.exact
            case Prefix(start):
                return start + "*"
            case Phrase(tokens):
                return "'" + " ".join(token.exact for token in tokens) + "'"
            case OneOf(name, values):
                return f"{name}={','.join(values)}"
            case Not(part):
                return "-" + show(part)
            case And(parts):
                return "(" + " ".join(map(show, parts)) + ")"
            case Or(parts):
                return "[" + " ".join(map(show, parts)) + "]"
        raise AssertionError(node)

    return show(parse(text).node)


def test_the_language() -> None:
    assert shape("rencana kerja") == "(rencana kerja)"
    assert shape('"rencana kerja" -kota') == "('rencana kerja' -kota)"
    assert shape("a OR b ATAU c d") == "([a b c] d)"
    assert shape("kerukun*") == "kerukun*"
    assert shape('tahun:2022-2020 opd:"dinas kominfo"') == "(year=2020,2021,2022 agency=dinas kominfo)"
    assert shape("urusan dan politik") == "(urusan politik)"
    assert shape("yang") == "yang"
    assert shape("") == "()"


def test_what_makes_no_sense_is_read_as_words_and_said() -> None:
    for text, expected in (('"abc def', "(abc def)"), ("foo:bar", "(foo bar)"), ("year:x", "(year x)"), ("*a", "a")):
        assert shape(text) == expected
        assert parse(text).notes
    assert not parse("Tujuan: baik").notes


def test_filters_mean_known_values_by_their_words() -> None:
    known = {"agency": ["Dinas Kominfo Wonosobo", "Bakesbangpol Kota", "Dinas"], "type": ["lkip", "rkt"]}
    resolved = resolve(parse("agency:kominfo type:LAKIP").node, lambda name: known.get(name, ()))
    assert resolved.node == And((OneOf("agency", ("Dinas Kominfo Wonosobo",)), OneOf("type", ("lkip",))))
    assert resolve(parse("agency:Dinas").node, lambda name: known[name]).node == OneOf("agency", ("Dinas",))
    assert resolve(parse("opd:kesbangpol").node, lambda n: known[n]).node == OneOf("agency", ("Bakesbangpol Kota",))
    nothing = resolve(parse("agency:bappeda").node, lambda name: known[name])
    assert nothing.node == OneOf("agency", ())
    assert nothing.notes


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("kesbangpol", "AB"),
        ("Bakesbangpol", "AB"),
        ("Kantor Kesatuan Bangsa dan Politik", "AB"),
        ("kesbangpol depok", "A"),
        ("diskominfo", "C"),
        ("dlh", "D"),
        ("dinas kota", "D"),
        ("pendidikan", ""),
    ],
)
def test_an_office_is_found_by_its_name_in_short_and_in_full(wanted: str, meant: str) -> None:
    offices = {
        "Kantor Kesatuan Bangsa dan Politik Kota Depok": "A",
        "Bakesbangpol Kabupaten Jombang": "B",
        "Dinas Komunikasi dan Informatika Kabupaten Wonosobo": "C",
        "Dinas Lingkungan Hidup Kota Depok": "D",
    }
    assert "".join(offices[value] for value in matching(wanted, offices)) == meant


def test_a_relaxed_query_keeps_filters() -> None:
    assert relax(parse("satu").node) is None
    relaxed = relax(parse("satu dua year:2020 -tiga").node)
    assert isinstance(relaxed, And)
    assert isinstance(relaxed.parts[0], Or)
    assert len(relaxed.parts) == 3


def test_a_snippet_shows_the_best_place() -> None:
    text = "Halaman ini\tlain rencana.\n" * 20 + "Kerukunan umat beragama di Kota Depok. " + "Lain saja. " * 20
    found = snippet(text, parse('rukun agama "kota depok"').node, 100)
    assert [found.text[left:right] for left, right in found.marks] == ["Kerukunan", "beragama", "Kota Depok"]


def test_cells_of_a_table_stay_apart_in_a_snippet() -> None:
    found = snippet("Indikator\tTarget\t\tKet.\nJumlah konflik\t7", parse("konflik 7").node, 100)
    assert found.text == "Indikator · Target · Ket. Jumlah konflik · 7"
    assert [found.text[left:right] for left, right in found.marks] == ["konflik", "7"]
    assert snippet("a konflik\tsosial", parse('"konflik sosial"').node, 100).marks == ((2, 18),)


@pytest.mark.parametrize("text", ["a-" * 200, '"' + "kata lain " * 200 + '"', "rukun " * 200])
def test_of_a_pasted_page_the_first_words_are_looked_for(text: str) -> None:
    parsed = parse(text)
    assert 0 < sum(len(leaf.tokens) if isinstance(leaf, Phrase) else 1 for leaf in leaves(parsed.node)) <= 64
    assert len(parsed.notes) == 1


def test_words_of_someone_who_asks_say_nothing_of_pages() -> None:
    assert parse("tolong carikan anggaran utk banjir").node == parse("anggaran banjir").node
    assert parse("rumah rusak karena banjir").node == parse("rumah rusak banjir").node
    assert parse("seputar").node == Word(tokenize("seputar")[0])


typed = st.text(alphabet=st.sampled_from('ab "*-:ORyear2019“”\t\n.,()é\u00ad1'), max_size=40) | st.text(max_size=40)


@settings(max_examples=150)
@given(typed, typed, st.integers(1, 60))
def test_any_text_is_a_query_and_marks_stay_inside(query: str, text: str, width: int) -> None:
    node = parse(query).node
    found = snippet(text, node, width)
    assert "".join(re.findall(r"[^\s·]", found.text)) in "".join(re.findall(r"[^\s·]", text))
    assert not set("\t\n") & set(found.text)
    assert len(found.text) <= width
    for marks, inside in ((found.marks, found.text), (highlight(text, node), text)):
        last = 0
        for left, right in marks:
            assert last <= left < right <= len(inside)
            last = right


def test_relaxing_wants_a_word_that_tells() -> None:
    node = relax(parse("peraturan daerah parkir").node, lambda word: word.token.exact != "parkir")
    assert isinstance(node, And)
    some, telling = node.parts
    assert isinstance(some, Or)
    assert len(some.parts) == 3
    assert isinstance(telling, Not)
    assert isinstance(telling.part, Not)
    assert [part.token.exact for part in telling.part.part.parts] == ["parkir"]  # type: ignore[union-attr]
    assert relax(parse("peraturan daerah").node, lambda word: True) == Or(parse("peraturan daerah").node.parts)  # type: ignore[union-attr]
    assert relax(parse("parkir").node) is None
