"""Misspelt words and the words of the corpus they were meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.query.spelling import Lexicon
from kms.text import tokenize

WORDS = {
    "pengawasan": 40,
    "pengawas": 12,
    "kerukunan": 9,
    "umat": 30,
    "kegiatan": 200,
    "rencana": 80,
    "kerja": 90,
    "isi": 9,
    "pengangguran": 9,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pengawsan", "pengawasan"),
        ("pengawasaan", "pengawasan"),
        ("kegaitan", "kegiatan"),
        ("kegistan", "kegiatan"),
        ("kerukunaan", "kerukunan"),
        ("kerkunnan", "kerukunan"),
        ("rencanakerja", "rencana kerja"),
        ("pengaguran", "pengangguran"),
        ("pengawas", None),
        ("abc", None),
        ("2021", None),
        ("sesuatuyanglain", None),
    ],
)
def test_corrections(typed: str, meant: str | None) -> None:
    assert Lexicon(WORDS.items()).correct(typed) == meant


def test_the_rest_of_the_query_decides_between_likely_words() -> None:
    lexicon = Lexicon({"kepala": 5, "kelapa": 5}.items())
    assert lexicon.correct("kepapa", lambda word: 9 if word == "kelapa" else 0) == "kelapa"
    assert lexicon.correct("kepapa", lambda word: 9 if word == "kepala" else 0) == "kepala"


@given(st.sampled_from(sorted(WORDS)))
def test_what_exists_is_never_corrected(word: str) -> None:
    assert Lexicon(WORDS.items()).correct(word) is None


def test_completion_prefers_what_stands_on_more_pages() -> None:
    assert Lexicon(WORDS.items()).complete("pengaw", 5) == [("pengawasan", 40), ("pengawas", 12)]
    assert Lexicon(WORDS.items()).complete("ke", 1) == [("kegiatan", 200)]


def test_slips_of_authors_have_a_commoner_word_and_words_of_the_language_have_not() -> None:
    lexicon = Lexicon({"perpustakaan": 18, "perpustakan": 1, "pengawasan": 40, "pengawas": 2, "rt": 3}.items())
    assert lexicon.commoner("perpustakan") == "perpustakaan"
    assert lexicon.commoner("perpustakaan") is None
    assert lexicon.commoner("pengawas") is None
    assert lexicon.commoner("tidakada") is None


def test_a_chance_form_of_another_word_has_a_better_reading() -> None:
    lexicon = Lexicon({"kepala": 30, "pula": 3, "peningkatan": 40}.items())
    assert lexicon.better(tokenize("kepula")[0], 3) == "kepala"
    assert lexicon.better(tokenize("pula")[0], 3) is None
    assert lexicon.better(tokenize("meningkatkan")[0], 40) is None


def test_a_word_of_the_language_is_no_slip_of_a_name() -> None:
    lexicon = Lexicon([("sriwulan", 3), ("retribusi", 5)])
    assert lexicon.correct("triwulan") is None
    assert lexicon.correct("retribsi") == "retribusi"


def test_a_word_of_the_language_is_no_slip_of_a_word_that_says_nothing() -> None:
    lexicon = Lexicon([("ini", 40), ("dengan", 40)])
    assert lexicon.correct("dini") is None
    assert lexicon.correct("dengn") == "dengan"
