"""Kill -9 of writers at random moments: how many kills were survived, what was lost, what was corrupt.

``python benchmarks/crash.py [--kills 200] [--minutes 60] [--seed 1]``. Each round starts a real ``kms`` process in a
session of its own (ingest mostly, also tag, remove and rebuild), kills it with all its children at a random moment,
and then looks with fresh eyes: everything that was acknowledged on stdout must be there, nothing may be damaged, the
index must find exactly the documents of the corpus. The baseline is rounds that were left to finish; a kill comes at
a moment between the beginning of a command and the longest that it took there, so that every step of it is hit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from kms.config import open_workspace
from kms.library import Library

FILES_A_ROUND = 12
DOCUMENTS_AT_MOST = 120


@dataclass
class Tally:
    """What became of the rounds; ``kept`` maps each acknowledged document to the year it must have, or None,
    ``seconds`` each command to the longest it took.
    """

    killed: int = 0
    finished: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: int = 0
    kept: dict[str, str | None] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"killed in mid-work {self.killed}  finished {self.finished}  acknowledged {self.acknowledged}  "
            f"lost {self.lost}  corrupt {self.corrupt}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=600.0, help="stop after so long, whatever was reached")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    end = began + 60 * arguments.minutes
    calm = try_rounds(random.Random(arguments.seed), max(20, arguments.kills // 20), None, end)
    print(f"left to finish: {calm}", flush=True)
    killed = try_rounds(random.Random(arguments.seed), arguments.kills, calm.seconds, end)
    print(f"killed: {killed}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    if killed.lost or killed.corrupt:
        sys.exit(1)


def try_rounds(chance: random.Random, rounds: int, longest: dict[str, float] | None, end: float) -> Tally:
    """As many processes, each killed within as many seconds as ``longest`` says for its command, or none of them."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="kms-crash-") as folder:
        workspace, files = Path(folder, "workspace"), Path(folder, "files")
        done = 0
        while (tally.killed if longest else done) < rounds and done < 4 * rounds and time.monotonic() < end:
            done += 1
            if done % 50 == 0:
                print(f"  {tally}", flush=True)
            if len(tally.kept) > DOCUMENTS_AT_MOST:
                shutil.rmtree(workspace)
                tally.kept.clear()
            one_round(chance, workspace, files, longest, tally)
            look(workspace, tally)
    return tally


def one_round(
    chance: random.Random, workspace: Path, files: Path, longest: dict[str, float] | None, tally: Tally
) -> None:
    """Run one command and kill it; note what it acknowledged."""
    command = chance.choices(["ingest", "tag", "remove", "rebuild"], [6, 1, 1, 1])[0] if tally.kept else "ingest"
    document = chance.choice(sorted(tally.kept)) if tally.kept else ""
    year = str(chance.randint(2000, 2030))
    if command == "ingest":
        write_files(chance, files)
    arguments = {
        "ingest": ["ingest", str(files), "--jobs", "2"],
        "tag": ["tag", document, f"year={year}"],
        "remove": ["remove", document],
        "rebuild": ["rebuild"],
    }[command]
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "kms", "--workspace", str(workspace), *arguments, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    try:
        process.wait(chance.uniform(0.1, longest.get(command, 2.0)) if longest else None)
        tally.finished += 1
        tally.seconds[command] = max(tally.seconds.get(command, 0.0), time.monotonic() - start)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        tally.killed += 1
    output, _ = process.communicate()
    lines = [json.loads(line) for line in output[: output.rfind("\n") + 1].splitlines()]
    if command == "ingest":
        new = [line["id"] for line in lines if line["outcome"] == "new"]
        tally.kept.update(dict.fromkeys(new))
        tally.acknowledged += len(new)
    elif command == "tag":
        tally.kept[document] = year if lines else None  # killed: the old year or the new one
        tally.acknowledged += bool(lines)
    elif command == "remove":
        del tally.kept[document]  # killed: there or not, but never half
        if lines and (workspace / "corpus" / document).exists():
            tally.corrupt += 1


def write_files(chance: random.Random, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(FILES_A_ROUND):
        words = " ".join(f"kata{chance.randint(0, 999)}" for _ in range(200))
        (folder / f"{number}.txt").write_text(f"Kajian Kerukunan {chance.random()}\n{words}", "utf-8")


def look(workspace: Path, tally: Tally) -> None:
    """Open the workspace anew and compare it with what was acknowledged."""
    with Library(open_workspace(workspace)) as library:
        ids = set(library.corpus.ids())
        lost = set(tally.kept) - ids
        tally.lost += len(lost)
        for document in lost:
            del tally.kept[document]
        found = library.search("kajian", limit=1000)
        tally.corrupt += {hit.document.id for hit in found.hits} != ids
        damages = library.verify()
        for damage in damages:
            print(f"  {damage.message}", flush=True)
        tally.corrupt += len(damages)
        for document, year in tally.kept.items():
            if year and str(library.document(document).year) != year:
                tally.lost += 1


if __name__ == "__main__":
    main()
