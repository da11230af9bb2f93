"""People read the time of their office; what is kept stays in UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kms.clock import begin_of_day, local_day, local_moment
from kms.library import journal as room
from kms.library.access import Reader
from kms.library.journal import Journal

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows cannot be set")


@pytest.fixture(params=["Asia/Jakarta"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in that zone."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def test_moments_are_told_in_the_time_of_the_office(zone: None) -> None:
    assert local_moment("2026-11-24T20:12:09Z") == "2026-11-25 03:12:09 WIB"
    assert local_moment("2026-11-24T20:12:09Z", "minutes") == "2026-11-25 03:12 WIB"
    assert local_day("2026-11-24T20:12:09Z") == "2026-11-25"
    assert begin_of_day("2026-11-25") == "2026-11-24T17:00:00Z"


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"), ("Etc/UTC", "UTC"), ("Asia/Kolkata", "UTC+0530")],
    indirect=["zone"],
)
def test_zones_have_the_names_of_the_country(zone: None, name: str) -> None:
    assert local_moment("2026-11-24T20:12:09Z").endswith(f" {name}")


def test_what_is_no_moment_stays_as_it_is() -> None:
    assert (local_moment("x"), local_day(""), local_moment("")) == ("x", "", "")
    for day in ("kemarin", "2026-13-01"):
        with pytest.raises(ValueError):
            begin_of_day(day)


def test_a_day_of_the_log_begins_at_midnight_of_the_office(
    zone: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    for moment in ("2026-11-24T16:59:59Z", "2026-11-24T17:00:00Z"):
        monkeypatch.setattr(room, "now", lambda: moment)  # noqa: B023
        journal.append(Reader("sari"), "login", None)
    assert [entry.n for entry in journal.entries(since="2026-11-25")] == [2]
    assert [entry.n for entry in journal.entries(since="2026-11-24T16:59:59Z")] == [1, 2]
