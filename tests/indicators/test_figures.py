"""Figures as offices print them, and what they are worth as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.extract.indicators import read_figure


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0,02 %", 0.02),
        ("75,5", 75.5),
        ("93.5%", 93.5),
        ("1.292 Ha", 1292),
        ("4.21", 4.21),
        ("4,21", 4.21),
        ("3.250 orang", 3250),
        ("Rp 1.250.000.000,00", 1_250_000_000),
        ("Rp1,250,000,000", 1_250_000_000),
        ("Rp 2,5 miliar", 2_500_000_000),
        ("12 dokumen", 12),
        ("100%", 100),
        ("10/0%", 100),
        ("10 0%", 100),
        ("1.250. 000", 1_250_000),
        ("A (80,1)", 80.1),
        ("Level 3 (3,35)", 3.35),
        ("-0,5", -0.5),
        ("895.177**", 895_177),
    ],
)
def test_a_number_is_read_as_the_office_means_it(printed: str, value: float) -> None:
    figure = read_figure(printed)
    assert figure.text == printed
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("72 - 75", 72, 75),
        ("72-75", 72, 75),
        ("72 – 75 %", 72, 75),
        ("70 s/d 80", 70, 80),
        ("< 5", None, 5),
        ("≤ 2 kasus", None, 2),
        ("\uf0b3 90", 90, None),
        (">= 90 %", 90, None),
        ("minimal 80", 80, None),
        ("maksimal 3 hari", None, 3),
    ],
)
def test_ranges_and_limits_bound_a_value_they_do_not_name(printed: str, low: float | None, high: float | None) -> None:
    figure = read_figure(printed)
    assert (figure.value, figure.low, figure.high) == (None, low, high)


@pytest.mark.parametrize("printed", ["WTP", "A", "n/a", "-", "DTT", "BB", "", "Level III", "6 org / 12 bulan"])
def test_words_and_two_figures_at_once_are_no_number(printed: str) -> None:
    figure = read_figure(printed)
    assert (figure.text, figure.value, figure.low, figure.high) == (printed, None, None, None)


def test_in_a_column_of_money_a_comma_before_three_digits_groups_them() -> None:
    assert read_figure("121,892,400", money=True).value == 121_892_400
    assert read_figure("121,892", money=True).value == 121_892
    assert read_figure("121,892").value == pytest.approx(121.892)


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_what_indonesia_prints_is_read_back(whole: int, cents: int) -> None:
    printed = f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert read_figure(printed).value == pytest.approx(whole + cents / 100)


@given(st.text(max_size=40))
def test_any_text_keeps_its_words_and_never_fails(text: str) -> None:
    figure = read_figure(text)
    assert figure.text == text
    assert figure.low is None or figure.high is None or figure.low <= figure.high
