"""The list of stems worked out beforehand says what the stemmer says."""

from __future__ import annotations

from kms.text import stems


def test_known_stems_are_those_that_would_be_worked_out() -> None:
    known = sorted(stems.known_stems().items())
    assert len(known) > 20_000
    for word, stemmed in known[::97]:
        assert stems.needs_work(word)
        assert stems.work_out(word) == stemmed


def test_a_word_has_a_trace_of_its_stem() -> None:
    for word, stemmed in (stems.known_stems() | stems.exceptions()).items():
        assert any(piece in word for piece in stems.traces(stemmed))
