"""Search engines behind one contract: `memory`, the oracle of the tests, and `whoosh`, the default."""

from __future__ import annotations

from pathlib import Path

from kms.engines.engine import KEYWORDS, Batch, Engine, Entry, Found, Preference, Reason, Results
from kms.errors import BadInput
from kms.language import say

ENGINES = ("whoosh", "memory")
"""Names for the setting ``engine``."""


def open_engine(name: str, folder: Path) -> Engine:
    """The engine ``name`` on its index in ``folder``, which is made where it is missing; "memory" keeps nothing there.

    Raises:
        IndexDamaged: ``folder`` holds something else than an index of this engine, format and analyser.
        BadInput: there is no engine of that name.
    """
    # Imported here: an engine that is not used need not be installed.
    if name == "whoosh":
        from kms.engines.whoosh import WhooshEngine

        return WhooshEngine(folder)
    if name == "memory":
        from kms.engines.memory import MemoryEngine

        return MemoryEngine()
    raise BadInput(
        say("There is no engine {name}.", name=name), say("Choose one of: {names}.", names=", ".join(ENGINES))
    )


__all__ = ["ENGINES", "KEYWORDS", "Batch", "Engine", "Entry", "Found", "Preference", "Reason", "Results", "open_engine"]
