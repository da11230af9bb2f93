"""The list of stems worked out beforehand says what the stemmer says."""

from __future__ import annotations

from Sastrawi.Stemmer.Stemmer import Stemmer

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


def test_rules_that_a_word_is_not_put_before_would_not_have_changed_it() -> None:
    ours = stems.stemmer()
    theirs = Stemmer(ours.dictionary)
    names = ("wonosobokab", "maligano", "tanis", "pkpt", "simda", "kemuning", "selasar", "kerobokan", "rpribu")
    roots = sorted(ours.dictionary.words)[::997]
    heads = ("", "di", "ke", "mem", "meny", "ber", "ter", "peng", "per", "se", "ku", "kau", "keber", "memper")
    words = [head + root + end for root in roots for head in heads for end in ("", "kan", "annya", "isasi")]
    infixed = [root[0] + infix + root[1:] for root in roots for infix in ("er", "el", "in")]
    for word in (*names, *words, *infixed):
        assert ours.stem_word(word) == theirs.stem_word(word), word
