"""Specks and grain go where there are many of them; a clean picture stays as it is, its full stops too."""

import pytest

np = pytest.importorskip("numpy")

from kms.extract.ocr.noise import cleaned  # noqa: E402


def strokes():
    page = np.full((400, 400), 250, dtype=np.uint8)
    page[50:350:20, 40:360] = 40
    page[60:350:40, 100] = 40  # lone points, but few
    return page


def test_a_clean_picture_is_given_back() -> None:
    page = strokes()
    assert cleaned(page, 200) is page


def test_specks_go_and_strokes_stay() -> None:
    page, chance = strokes(), np.random.default_rng(3)
    spoiled = np.where(chance.random(page.shape) < 0.004, 0, page).astype(np.uint8)
    clean = cleaned(spoiled, 200)
    assert (clean[page == 40] < 90).mean() > 0.97
    assert (clean[page == 250] < 120).sum() < 0.25 * ((spoiled == 0) & (page == 250)).sum()


def test_grain_is_smoothed() -> None:
    page, chance = strokes(), np.random.default_rng(4)
    spoiled = np.clip(page + chance.normal(0, 25, page.shape), 0, 255).astype(np.uint8)
    assert cleaned(spoiled, 200)[page == 250].std() < 0.85 * spoiled[page == 250].std()
