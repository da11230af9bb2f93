"""Which processes go first: what somebody waits for at this moment, before what is done beside it."""

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
