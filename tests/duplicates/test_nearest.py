"""Of many texts those come first that share most with one; what they share nothing with is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kms.duplicates.nearest import Nearest
from kms.duplicates.reading import Codes, Weights, read

WORDS = ("kerukunan", "konflik", "pemilih", "anggaran", "sampah", "jalan", "sungai", "kota")
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def weigh(codes: Codes) -> Weights:
    return 1 + (codes % 7).astype(np.float64)


@given(st.lists(texts, max_size=6), texts, st.integers(1, 6))
def test_the_nearest_texts_are_those_that_share_most(others: list[str], text: str, most: int) -> None:
    readings, reading = [read(other) for other in others], read(text)
    shared = [
        float(weigh(np.intersect1d(reading.words, other.words)).sum()) if len(other.words) else 0.0
        for other in readings
    ]
    found = Nearest(readings, weigh).to(reading, most)
    assert found == sorted(set(found))
    assert sorted((shared[each] for each in found), reverse=True) == sorted(filter(None, shared), reverse=True)[:most]
