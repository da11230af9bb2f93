"""Which processes go first, what somebody waits for before what is done beside it; and how much one may take."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import psutil


def give_way(by: int = 10) -> None:
    """Let other processes go first, where the system can; ``by`` is how far, from 1 to 19."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    os.nice(by)
    # Linux shares the processor among sessions first, and a child is a session of its own.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(by))


def take_at_most(kind: int, value: int) -> None:
    """Limit this process (POSIX), never beyond what it is limited to already; ``kind`` is one of `resource`'s."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
