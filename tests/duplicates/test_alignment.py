"""Passages of one text in another: the same however little is compared at one time, and texts without end too."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kms.duplicates import alignment
from kms.duplicates.alignment import align
from kms.duplicates.reading import Codes, Weights, read


def all_alike(words: Codes) -> Weights:
    return np.ones(len(words))


def invented(seed: int, sentences: int) -> list[str]:
    chance = random.Random(seed)
    words = ["".join(chance.choices("aiueobdgklmnprst", k=7)) for _ in range(400)]
    return [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(sentences)]


def test_passages_are_the_same_however_little_is_compared_at_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    own, its = invented(1, 60), invented(2, 60)
    draft, found = read(" ".join([*own[:30], *its[20:30], *own[30:]])), read(" ".join(its))
    whole = align(draft, found, all_alike)
    assert whole
    monkeypatch.setattr(alignment, "PAIRS_AT_ONCE", 50)
    assert align(draft, found, all_alike) == whole


def test_a_text_that_says_the_same_for_ever_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "PAIRS_AT_MOST", 10_000)
    own = invented(3, 12)
    text = f"{' '.join(own)} {'Kajian kerukunan. ' * 500}"
    draft, found = read(text), read(text)
    assert align(draft, found, all_alike)


def test_a_title_before_a_copied_text_stands_on_both_sides() -> None:
    title = "Kebiasaan membaca anak pelabuhan kota Arjasari utara\n\n"
    rest = "Anak pelabuhan Arjasari utara suka membaca. Kebiasaan membaca tumbuh di kota."
    body = " ".join([*invented(4, 20), rest, *invented(5, 20)])
    found = read(title + body)
    only = align(read(title + body), found, all_alike)
    assert [(one.start, one.found_start) for one in only] == [(0, 0)]
