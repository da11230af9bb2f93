import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.text.segment import is_word, split_words
from kms.text.together import parts_of


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


@pytest.mark.parametrize(
    "word", ["antarlembaga", "multidimensi", "pascabencana", "ketidaktercapaian", "kegotongroyongan", "pengarusutamaan"]
)
def test_what_is_written_in_one_is_one_word(word: str) -> None:
    assert split_words(word) == (word,)


@pytest.mark.parametrize(
    ("run_together", "parts"),
    [("kemudiandituangkan", ["kemudian", "dituangkan"]), ("kewaspadaandini", ["kewaspadaan", "dini"])],
)
def test_rarer_long_words_are_parts_of_what_is_indexed(run_together: str, parts: list[str]) -> None:
    assert [part.exact for part, _, _ in parts_of(run_together)] == parts
