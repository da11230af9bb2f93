"""Whether the index folder may be trusted: it holds a pickle, so whoever can write there can run programs here."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kms.language import Message, say


def distrust(folder: Path) -> Message | None:
    """Why ``folder`` should not be trusted, or None, also where there is none or nobody has rights."""
    if os.name == "nt":
        return None
    try:
        status = folder.stat()
    except OSError:
        return None
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return say(
            "Others can write to {path}, and so make kms run programs of theirs. "
            "Run `chmod 700 {path}`, delete what is in it, and run `kms rebuild`.",
            path=folder,
        )
    if status.st_uid not in (os.geteuid(), 0):
        return say("{path} belongs to somebody else, who can make kms run programs of theirs.", path=folder)
    return None
