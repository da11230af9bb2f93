"""Patterns that are compiled when they are first used: a command that needs few of them does not wait for all."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but for when it is compiled."""
    return cast("re.Pattern[str]", Late(pattern, flags))


class Late:
    """Stands for a compiled pattern: what is asked of it is asked of that."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)  # from now on as quick as the pattern's own
        return found
