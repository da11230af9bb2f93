"""Words, numbers and codes of a text, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.text import STOP_WORDS, separate, stem, tokenize
from kms.text.stems import known_stems
from kms.text.together import words_in


def test_words_numbers_codes() -> None:
    text = "Nilai-nilai: 8.01.02 sebesar 0,02 % atau Rp1.250.000.000,00 \uf0b3 90 kebi\u00adjakan"
    assert [token.exact for token in tokenize(text)] == (
        ["nilai-nilai", "8.01.02", "sebesar", "0,02", "atau", "rp", "1.250.000.000,00", "90", "kebijakan"]
    )


def test_ways_to_write_a_number_or_code_share_a_stem() -> None:
    for one, other in (
        ("8.01.02", "8.1.2"),
        ("4,21", "4.21"),
        ("1.250.000", "1250000"),
        ("5.000,00", "5000"),
        ("1,250,000.50", "1.250.000,5"),
    ):
        assert tokenize(one)[0].stem == tokenize(other)[0].stem
    assert tokenize("0,02")[0].stem != tokenize("0,2")[0].stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pertanggungjawaban", "tanggungjawab"),
        ("menikah", "nikah"),
        ("pemangku", "pangku"),
        ("kotaku", "kotaku"),
        ("kerusakan", "rusak"),
        ("perpajakan", "pajak"),
        ("pengunjung", "kunjung"),
        ("ketatausahaan", "tatausaha"),
        ("Bakesbangpol", "kesbangpol"),
        ("nilai-nilai", "nilai"),
        ("pembinaan", "bina"),
        ("pemerintahan", "pemerintah"),
        ("berkinerja", "kinerja"),
        ("penilaian", "nilai"),
        ("pendapatannya", "pendapatan"),
        ("kesatuan", "kesatuan"),
        ("penghargaan", "penghargaan"),
        ("pembangunan", "bangun"),
        ("menyertakan", "penyertaan"),
        ("perolehannya", "perolehan"),
        ("terjadinya", "kejadian"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert tokenize(word)[0].stem == expected
    assert stem(expected) == expected


def test_a_word_that_carries_nothing_is_the_stem_of_itself_alone() -> None:
    assert {word: stem(word) for word in STOP_WORDS} == {word: word for word in STOP_WORDS}
    assert not {word for word, stemmed in known_stems().items() if stemmed in STOP_WORDS and word != stemmed}


@given(st.text())
def test_offsets_are_faithful(text: str) -> None:
    last = 0
    for token in tokenize(text):
        assert last <= token.start < token.end <= len(text)
        assert token.exact
        assert token.stem
        alone = tokenize(text[token.start : token.end])
        assert [part.exact for part in alone] == [token.exact] or "-" in text[last : token.end + 1]
        last = token.end


def test_run_together_words_are_read_as_their_parts_with_their_places() -> None:
    text = "Dokumen rencanakerja dan akuntabel"
    words, wholes = separate(tokenize(text))
    assert [token.exact for token in words] == ["dokumen", "rencana", "kerja", "dan", "akuntabel"]
    assert [token.exact for token in wholes] == ["rencanakerja"]
    assert [text[token.start : token.end] for token in words[:3]] == ["Dokumen", "rencana", "kerja"]


def test_a_fraction_is_no_other_number() -> None:
    assert [token.exact for token in tokenize("\u00bd dan 2\u00bd")] == ["1/2", "dan", "2", "1/2"]


@given(st.text(alphabet="abk yangtudidn\u00ad\u00bd-.12 \n", max_size=40))
def test_no_word_spans_a_blank(text: str) -> None:
    assert [token.exact for chunk in text.split() for token in words_in(chunk)[0]] == [
        token.exact for token in separate(tokenize(text))[0]
    ]
