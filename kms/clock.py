"""Moments for people: what is kept in UTC is told in the time of this computer, with the name of its zone.

"Moments" are ISO 8601 in UTC to the second, as files and JSON have them: ``2026-11-24T04:12:09Z``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT", timedelta(0): "UTC"}
"""How offices call the time of their part of Indonesia; computers call it in many ways."""
FORM = "%Y-%m-%dT%H:%M:%SZ"


def local_moment(moment: str, to: str = "seconds") -> str:
    """``2026-11-24 11:12:09 WIB``; ``to`` is "seconds" or "minutes". What is no moment comes back as it is."""
    here = _here(moment)
    return f"{here.replace(tzinfo=None).isoformat(' ', to)} {_zone(here)}" if here else moment


def local_day(moment: str) -> str:
    """The day of a moment here, ``2026-11-24``."""
    here = _here(moment)
    return here.date().isoformat() if here else moment[:10]


def begin_of_day(day: str) -> str:
    """The moment at which a day, ``2026-11-24``, begins here. Raises ValueError where it is no day."""
    try:
        return datetime.strptime(day, "%Y-%m-%d").astimezone().astimezone(UTC).strftime(FORM)
    except (OverflowError, OSError) as error:  # too long ago for a clock
        raise ValueError(day) from error


def _here(moment: str) -> datetime | None:
    try:
        return datetime.strptime(moment, FORM).replace(tzinfo=UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _zone(here: datetime) -> str:
    offset = here.utcoffset() or timedelta(0)
    return ZONES.get(offset, f"UTC{here:%z}")
