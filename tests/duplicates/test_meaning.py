"""Texts as concepts: what meets what, and in which direction words are used."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.duplicates.kinship import kinship, stacked, vector_of
from kms.duplicates.meaning import Reader, spell_out
from kms.duplicates.rarity import general_rarity
from kms.text import tokenize

READER = Reader(general_rarity, {}, frozenset())
READER.alike(READER.read("guru"), READER.read("sekolah"))  # reads the thesaurus before any test is timed


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [("pernikahan", "perkawinan", "jembatan"), ("sekolah", "murid", "kapal"), ("kemacetan", "macet", "panen")],
)
def test_words_used_alike_point_alike(one: str, near: str, far: str) -> None:
    first, second, third = (vector_of([word]) for word in (one, near, far))
    assert first is not None and second is not None and third is not None
    assert kinship(first, stacked([second])) > kinship(first, stacked([third]))
    assert kinship(first, stacked([third, first])) == 1.0


def test_a_word_nobody_knows_points_nowhere() -> None:
    assert vector_of(["qwxzy"]) is None
    assert vector_of([]) is None
    assert vector_of(["antarsekolah"]) is not None


@given(
    st.lists(
        st.sampled_from(["sampah", "pasar", "jalan", "banjir", "guru", "siswa", "pajak", "qwxzy", "tanah"]), max_size=6
    )
)
def test_a_text_speaks_of_all_it_says_itself(words: list[str]) -> None:
    meaning = READER.read(" ".join(words))
    assert not any(READER.unmet(meaning, (meaning, 1.0)).values())
    assert not meaning or READER.alike(meaning, meaning) == pytest.approx(1.0)


@given(st.text(alphabet="abcdefghijklmnop ", max_size=60), st.text(alphabet="abcdefghijklmnop ", max_size=60))
def test_likeness_lies_between_nothing_and_all(one: str, other: str) -> None:
    first, second = READER.read(one), READER.read(other)
    assert 0 <= READER.alike(first, second) <= 1 + 1e-9
    assert READER.alike(first, second) == pytest.approx(READER.alike(second, first))
    assert all(map(np.isfinite, READER.unmet(first, (second, 1.0)).values()))


def test_a_hint_is_never_as_good_as_a_known_synonym() -> None:
    known = READER.alike(READER.read("toleransi"), READER.read("kerukunan"))
    hint = READER.alike(READER.read("kemacetan"), READER.read("pengereman"))
    assert hint <= 0.5 < known


def test_abbreviations_the_thesaurus_knows_stay() -> None:
    short = {"fkub": "forum kerukunan umat beragama", "gbmsd": "gerakan belajar"}
    words = [token.exact for token in spell_out(tokenize("FKUB dan GBMSD"), short)]
    assert words == ["fkub", "dan", "gerakan", "belajar"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alih fungsi lahan sawah", "irigasi lahan sawah"),
        ("akses air bersih di permukiman kumuh", "akses internet di permukiman kumuh"),
        ("hipertensi", "diabetes"),
    ],
)
def test_what_both_say_does_not_answer_what_one_asks(one: str, other: str) -> None:
    first, second = READER.read(one), READER.read(other)
    assert max(READER.unmet(first, (second, 1.0)).values()) > 0.2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("permukiman di tepi kali", "hunian di bantaran sungai"),
        ("tekanan darah tinggi pada lansia", "hipertensi lanjut usia"),
        ("sigaret tanpa pita cukai", "rokok ilegal"),
    ],
)
def test_other_words_of_the_same_meaning_are_found(one: str, other: str) -> None:
    assert READER.alike(READER.read(one), READER.read(other)) > 0.7


def test_what_only_goes_with_what_both_say_asks_little_of_its_own() -> None:
    short, long = READER.read("lama tinggal wisatawan"), READER.read("lama menginap wisatawan di destinasi")
    stranger = READER.read("lama menginap wisatawan di puskesmas")
    assert max(READER.unmet(long, (short, 1.0)).values()) < 0.5 * max(READER.unmet(stranger, (short, 1.0)).values())


def test_the_kind_of_a_named_place_is_no_part_of_what_is_asked() -> None:
    concepts = READER.read("Kajian Hutan di Kota Depok").concepts
    assert "hutan" in concepts
    assert "hutan kota" in READER.read("Kajian Hutan Kota").concepts


def test_no_phrase_reaches_over_the_end_of_a_question() -> None:
    concepts = READER.read("Mengapa Aplikasi Jarang Dipakai? Kajian di Kota Depok").concepts
    assert "pemakaian" in concepts and "pemanfaatan hasil penelitian" not in concepts


def test_what_a_phrase_says_of_what_both_mean_is_said() -> None:
    short, long = READER.read("perkelahian pelajar"), READER.read("tawuran di kalangan pelajar")
    assert max(READER.unmet(long, (short, 1.0)).values()) < 0.5 * READER.weight("pelajar")


def test_two_aspects_of_one_thing_stay_two_questions() -> None:
    safety, strikes = READER.read("kecelakaan buruh pabrik"), READER.read("unjuk rasa buruh pabrik")
    assert max(READER.unmet(safety, (strikes, 1.0)).values()) > 0.4
    assert max(READER.unmet(strikes, (safety, 1.0)).values()) > 0.4


def test_words_scattered_over_what_both_say_are_no_term() -> None:
    rooms, pupils = (
        READER.read("kebutuhan unit sekolah baru SMP negeri"),
        READER.read("penerimaan peserta didik baru SMP"),
    )
    assert READER.met("kebutuhan ruang kelas", rooms, (pupils, 1.0)) < 0.5


def test_what_studies_are_about_weighs_more_than_other_words_as_rare() -> None:
    known, unknown, frame = (READER.read(text) for text in ("stunting", "qwxzyk", "efektivitas"))
    assert READER.total(known) > READER.total(unknown) > READER.total(frame)
