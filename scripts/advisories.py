"""Ask PyPI for the published holes of every locked version: ``python scripts/advisories.py``, with a network.

PyPI's page of a project tells the holes of its newest version alone. A version that is not the newest is named as not
asked about. Exit code 1 where a hole is known.
"""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def ask(name: str) -> tuple[str, list[str]]:
    """The newest version of a project and the names of its published holes."""
    with urlopen(f"https://pypi.org/pypi/{name}/json", timeout=60) as answer:
        told = json.load(answer)
    return told["info"]["version"], [hole["id"] for hole in told["vulnerabilities"] if not hole["withdrawn"]]


def main() -> int:
    """Print the holes of each lock file and what could not be asked about."""
    known = False
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pins = PINNED.findall((ROOT / lock).read_text("utf-8"))
        with ThreadPoolExecutor(4) as asking:
            answers = list(asking.map(ask, (name for name, _ in pins)))
        holes = [f"{name} {pin}: {', '.join(ids)}" for (name, pin), (newest, ids) in zip(pins, answers, strict=True)
                 if pin == newest and ids]  # fmt: skip
        older = [f"{name} {pin}" for (name, pin), (newest, _) in zip(pins, answers, strict=True) if pin != newest]
        print(f"{lock}: {len(pins) - len(older)} of {len(pins)} versions asked about, {len(holes)} with holes")
        print(*(f"  {hole}" for hole in holes), sep="\n", end="\n" if holes else "")
        print(*(f"  not the newest, not asked about: {one}" for one in older), sep="\n", end="\n" if older else "")
        known = known or bool(holes)
    return int(known)


if __name__ == "__main__":
    sys.exit(main())
