"""Abbreviations that texts define, in either order, by initials and by syllables."""

from __future__ import annotations

import pytest

from kms.text.abbreviations import definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bersama Forum Kerukunan Umat Beragama (FKUB) kota", [("FKUB", "Forum Kerukunan Umat Beragama")]),
        ("bersama FKUB (Forum Kerukunan Umat Beragama) kota", [("FKUB", "Forum Kerukunan Umat Beragama")]),
        ("Badan Kesatuan Bangsa\ndan Politik (Kesbangpol)", [("Kesbangpol", "Kesatuan Bangsa dan Politik")]),
        ("Rencana Strategis yang selanjutnya disebut (Renstra)", []),
        ("Rencana Strategis (yang selanjutnya disingkat Renstra)", [("Renstra", "Rencana Strategis")]),
        ("Dinas Komunikasi dan Informatika (Diskominfo)", [("Diskominfo", "Dinas Komunikasi dan Informatika")]),
        ("sebesar 20 persen (Kota) dan (2021) atau (a)", []),
        ("pada tahun lalu (APBD)", []),
    ],
)
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == expected
