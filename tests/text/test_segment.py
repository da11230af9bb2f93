import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.text.segment import is_word, split_words


@pytest.mark.parametrize(
    "words",
    [
        "rencana kinerja dengan rencana kerja yang lebih",
        "Dokumen Rencana Kinerja memuat informasi tentang",
        "kegiatan dan",
        "target tahunan",
    ],
)
def test_words_run_together_are_told_apart(words):
    assert " ".join(split_words(words.replace(" ", ""))) == words


@pytest.mark.parametrize(
    "word",
    ["penyelenggaraan", "pertanggungjawaban", "pemberdayaan", "kebangsaan", "terwujudnya", "pembauran", "Startegis"],
)
def test_a_word_stays_whole(word):
    assert split_words(word) == (word,)


def test_words_of_the_corpus_are_words():
    assert split_words("Sukmajayakelurahan", {"sukmajaya"}) == ("Sukmajaya", "kelurahan")
    assert split_words("kelurahandepok", {"kelurahandepok": 5}) == ("kelurahandepok",)


def test_affixes_make_words():
    assert is_word("pembauran")
    assert not is_word("qzxvbnm")


@given(st.text())
def test_nothing_is_lost(token):
    assert "".join(split_words(token)) == token
