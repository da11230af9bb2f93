"""What people decided about pairs of documents: decisions.jsonl, one line each, only ever appended to.

A document is named by its digest, so that a decision survives removing and ingesting it again; a draft that was checked
but never kept is named by the digest of its text.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from kms.corpus.durable import sync_folder
from kms.corpus.record import NO_JSON
from kms.errors import Damaged
from kms.language import say

DECISIONS = "decisions.jsonl"
CHOICES = ("not-duplicate", "duplicate", "edition", "undecided")

Choice = Literal["not-duplicate", "duplicate", "edition", "undecided"]


@dataclass(frozen=True)
class Decision:
    """That two documents are, or are not, the same work. ``first`` and ``second`` are digests (sha256, hex).

    "undecided" takes back what was said of them before, so that the machine's judgement is in force again.

    ``by`` is who said so, ``at`` when (UTC, ISO 8601), ``why`` the reason given, "" when none was.
    """

    first: str
    second: str
    choice: Choice
    by: str
    at: str
    why: str = ""

    def joins(self, one: str, other: str) -> bool:
        """Whether it is about these two digests, in whichever order."""
        return {self.first, self.second} == {one, other}


def load_decisions(corpus: Path) -> tuple[Decision, ...]:
    """All decisions, oldest first; the last one about a pair is in force.

    A last line without its end was being written when the power went, and was never acknowledged: it is left out.

    Raises:
        Damaged: another line cannot be understood.
    """
    try:
        data = (corpus / DECISIONS).read_bytes()
    except FileNotFoundError:
        return ()
    lines = data.split(b"\n")
    decisions = []
    for number, line in enumerate(lines[:-1], 1):
        if not line.strip():
            continue
        try:
            decisions.append(msgspec.json.decode(line, type=Decision))
        except NO_JSON as error:
            raise Damaged(
                DECISIONS,
                say("Line {line} of {path} cannot be understood: {error}.", line=number, path=DECISIONS, error=error),
                say("Correct or remove that line."),
            ) from error
    return tuple(decisions)


def in_force(decisions: Sequence[Decision], one: str, other: str) -> Decision | None:
    """The last decision about two digests, or None where there is none or it was taken back."""
    last = next((each for each in reversed(decisions) if each.joins(one, other)), None)
    return None if last is None or last.choice == "undecided" else last


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decision in force about each pair, the latest first."""
    last = {frozenset((each.first, each.second)): each for each in decisions}
    chosen = (each for each in last.values() if each.choice != "undecided")
    return tuple(sorted(chosen, key=lambda each: each.at, reverse=True))


def append_decision(corpus: Path, decision: Decision) -> None:
    """Keep a decision for good. Hold the writer lock."""
    corpus.mkdir(parents=True, exist_ok=True)
    path = corpus / DECISIONS
    fresh = not path.exists()
    with path.open("r+b" if not fresh else "xb") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            # What a killed writer left of a line is cut off, so that it cannot spoil this one.
            file.seek(0)
            end = file.read().rfind(b"\n") + 1
            file.truncate(end)
            file.seek(end)
        file.write(msgspec.json.encode(decision) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_folder(corpus)
