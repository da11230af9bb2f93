"""What is written into a document's folder is read back the same, and mistakes are named."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.corpus import Correction, correct
from kms.corpus.corrections import NAMES, SEVERAL, decode_corrections, encode_corrections, tags_of
from kms.corpus.naming import DOCUMENT_ID, new_id, resolve_id, slug
from kms.corpus.record import decode_record, encode_record, make_record
from kms.errors import Ambiguous, BadInput, Damaged, NotFound
from kms.model import Document, Extraction, Figure, Indicator, Page, Table, Tag

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBER = st.floats(-1e6, 1e6)
BOX = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER)
PAGES = st.builds(Page, st.integers(1, 9), TEXT, NUMBER, NUMBER, st.sampled_from(["text", "ocr", "needs-ocr", "blank"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose groups and boxes of cells go with its rows, where it has any."""
    rows = draw(st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple))
    per_row = {
        "groups": st.none() | TEXT,
        "cell_boxes": st.tuples(st.none() | BOX),
    }
    given = {name: tuple(draw(each) for _ in rows) if draw(st.booleans()) else () for name, each in per_row.items()}
    caption, header = draw(st.none() | TEXT), draw(st.tuples(TEXT, TEXT))
    page, last = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    return Table(page, (last,), caption, header, rows, draw(BOX), **given)


TABLES = tables()
FIGURES = st.builds(Figure, TEXT, st.none() | NUMBER, row=st.none() | st.integers(0, 9))
INDICATORS = st.builds(
    Indicator, st.integers(1, 9), TEXT, st.integers(0, 3), st.integers(0, 3), targets=st.dictionaries(TEXT, FIGURES)
)
TAGS = st.builds(Tag, st.sampled_from(NAMES), TEXT, st.none() | st.integers(1, 9), st.none() | TEXT)
EXTRACTIONS = st.builds(
    Extraction,
    st.sampled_from(["pdf", "docx", "md", "txt"]),
    st.lists(PAGES, max_size=3).map(tuple),
    st.lists(TABLES, max_size=2).map(tuple),
    st.lists(INDICATORS, max_size=2).map(tuple),
    st.lists(TAGS, max_size=3).map(tuple),
    st.dictionaries(TEXT, TEXT, max_size=2),
)
KEYS = st.sampled_from([*NAMES, "tags", "format", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=6,
)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(EXTRACTIONS, TEXT, DIGEST)
def test_a_record_is_read_back_as_it_was_written(content: Extraction, source: str, sha256: str) -> None:
    record = make_record(f"x-{sha256[:8]}", sha256, source, 7, "2026-01-01T00:00:00Z", content)
    back = decode_record(encode_record(record), "x")
    assert back == record
    assert back.document().content == content


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 1}', b'{"format": "1"}', b"\xff\xfe", b"null"])
def test_what_is_no_record_is_damage(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode_record(data, "x")


def test_a_record_of_a_later_format_is_refused_and_the_sentence_names_it() -> None:
    record = make_record("x-1", "1", "x", 1, "", Extraction("txt", ()))
    data = json.loads(encode_record(record)) | {"format": 2}
    with pytest.raises(Damaged, match="format 2"):
        decode_record(json.dumps(data).encode(), "x")


@given(
    st.dictionaries(
        st.sampled_from(SEVERAL),
        st.builds(Correction, st.lists(st.text(string.ascii_letters, min_size=1), unique=True).map(tuple), TEXT, TEXT),
    )
)
def test_corrections_are_read_back_as_they_were_written(corrections: dict[str, Correction]) -> None:
    back = decode_corrections(encode_corrections(corrections), "x")
    assert {name: one.values for name, one in back.items()} == {name: one.values for name, one in corrections.items()}


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | JSON.map(json.dumps).map(str.encode))
def test_whatever_a_hand_writes_is_understood_or_damage(data: bytes) -> None:
    try:
        decode_corrections(data, "x")
    except Damaged as damage:
        assert damage.where == "x" and str(damage)


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ('{"yaer": "2021"}', "Did you mean year"),
        ('{"year": "dua ribu"}', "is not a year"),
        ('{"type": "kajain"}', "Did you mean kajian"),
        ('{"period": "2023-2018"}', "is not a period"),
        ('{"year": ["2020", "2021"]}', "one year"),
        ('{"year": true}', "true"),
    ],
)
def test_a_mistake_in_tags_json_is_named(tags: str, words: str) -> None:
    with pytest.raises(Damaged, match=words):
        decode_corrections(f'{{"tags": {tags}}}'.encode(), "x")


def test_the_short_form_and_a_mark_of_an_editor_are_understood() -> None:
    data = '\ufeff{"tags": {"year": 2021, "program": ["A", "B"], "agency": null, "type": "LKIP"}}'.encode()
    found = decode_corrections(data, "x")
    assert {name: one.values for name, one in found.items()} == {
        "year": ("2021",),
        "program": ("A", "B"),
        "agency": (),
        "type": ("lkip",),
    }


def test_a_persons_year_ends_a_machines_period_and_none_means_none() -> None:
    machine = Extraction("txt", (), tags=(Tag("period", "2018-2023"), Tag("agency", "Dinas"), Tag("type", "rkt")))
    said = correct({}, {"year": ("2021",), "agency": ()}, "rini", "now")
    document = Document("x", "", "x", machine, tags_of(said))
    assert (document.year, document.period, document.agency, document.type) == (2021, None, None, "rkt")
    assert correct(said, {"year": None}, "rini", "now").keys() == {"agency"}


def test_what_no_tag_can_be_is_refused() -> None:
    for name, value in (("tahun", "2021"), ("year", "21"), ("year", "٢٠٢١"), ("type", "buku"), ("period", "2018")):
        with pytest.raises(BadInput):
            correct({}, {name: (value,)}, "rini", "now")


@given(st.text(max_size=400), DIGEST, st.lists(DIGEST, max_size=3))
def test_ids_are_safe_names_of_folders_and_differ_from_those_taken(words: str, sha256: str, others: list[str]) -> None:
    taken = [f"lama-{other[:8]}" for other in others if other != sha256]
    name = new_id(words, sha256, taken)
    assert DOCUMENT_ID.fullmatch(name) and name.isascii() and name == name.lower() and len(name) <= 126
    assert not set(name) - set(string.ascii_lowercase + string.digits + "-")
    assert name not in taken


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("Kajian Ormas\n(2020)", "kajian-ormas-2020"),
        ("\u202eRencana\u200f", "rencana"),
        ("CON", "con"),
        ("  ", "dokumen"),
        ("a" * 300, "a" * 60),
    ],
)
def test_slugs_of_odd_names(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_names_resolve_to_one_document_or_say_why_not() -> None:
    ids = ["rkt-2020-aaaa1111", "rkt-2021-bbbb2222", "rkt-2021-bbbb2222cccc"]
    assert resolve_id("rkt-2020", ids) == "rkt-2020-aaaa1111"
    assert resolve_id("aaaa1111", ids) == "rkt-2020-aaaa1111"
    assert resolve_id("rkt-2021-bbbb2222", ids) == "rkt-2021-bbbb2222"
    with pytest.raises(Ambiguous) as caught:
        resolve_id("bbbb", ids)
    assert len(caught.value.candidates) == 2
    for name in ("", "xyz", "..", "/"):
        with pytest.raises(NotFound):
            resolve_id(name, ids)
