"""Which forms of a stem may stand for one another."""

from __future__ import annotations

import pytest

from kms.text import tokenize
from kms.text.derivations import may_mean
from kms.text.synonyms import related


@pytest.mark.parametrize(
    ("word", "term", "same"),
    [
        ("menemukan", "penemuan", True),
        ("bertemu", "pertemuan", True),
        ("ditemukan", "pertemuan", False),
        ("ditemukannya", "pertemuan", False),
        ("meminta", "permintaan", True),
        ("melayani", "pelayanan", True),
        ("bekerja", "pekerjaan", True),
        ("temu", "pertemuan", True),
        ("kehidupan", "penghidupan", False),
        ("perairan", "pengairan", False),
        ("mengumpulkan", "perkumpulan", False),
        ("perawatan", "perawat", False),
        ("penyuluh", "penyuluhan", True),
    ],
)
def test_forms_of_a_stem_that_are_said_of_one_thing(word: str, term: str, same: bool) -> None:
    (token,), (other,) = tokenize(word), tokenize(term)
    assert token.stem == other.stem
    assert may_mean(token.exact, other.exact, token.stem) is same


def test_what_was_found_is_no_meeting() -> None:
    assert "rapat" in related(tokenize("bertemu"))
    assert not related(tokenize("ditemukan"))
