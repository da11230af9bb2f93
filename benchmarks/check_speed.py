"""How long a check and an audit take on generated corpora, beside comparing all pairs as paperless-ngx does.

    python benchmarks/check_speed.py [PAGES...]       1000 and 10000 when nothing is said

The corpora are those of ``benchmarks/search.py speed``, kept in ``KMS_BENCH``. Their pages are runs of words of real
pages, so nearly every page shares something with many others: worse than any archive. Titles are timed as people ask
them: each by a `kms check` of its own, each for the first time in a process that is warm, as the server is, and once
more there. The draft has 50 pages: one in ten is copied from the corpus, the rest is made of runs of one to three
words. All-pairs is rapidfuzz's token-set ratio of the draft against every document, the fuzzy match of paperless-ngx.
Figures are seconds by the clock, in brackets of processor time, which other jobs on the machine disturb less.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).parent))

from generated import Generator, write
from planning import KEPT, pages_of, planning

from kms.config import open_workspace
from kms.corpus import Corpus
from kms.library import Library

WARMING = ("Kajian kualitas air sungai dan sanitasi permukiman", "Pengembangan usaha mikro dan koperasi")
"""Titles asked first, so that a process is warm for the others."""
TITLES = (
    "Kajian toleransi pemilih pemula dalam pemilihan umum",
    "Survei kepuasan masyarakat terhadap pelayanan publik",
    "Pemetaan potensi konflik sosial di kecamatan",
    "Rencana kerja perangkat daerah tahun 2023",
    "Evaluasi indeks ketahanan pangan kota",
    "Kajian pengelolaan sampah rumah tangga",
    "Studi kelayakan pembangunan pasar tradisional",
    "Analisis kemiskinan perdesaan",
    "Potensi wisata budaya dan cagar budaya",
)
DRAFT_PAGES = 50
WORDS = 300


def workspace_of(pages: int) -> Path:
    """A workspace of generated documents with that many pages, made where it is not kept."""
    root = KEPT / f"generated-{pages}"
    if not (root / "kms" / "corpus").exists():
        (root / "fresh").mkdir(parents=True, exist_ok=True)
        real = [text for _, _, text, _ in pages_of(planning())]
        characters = write(Generator(real).documents(pages), root / "fresh" / "corpus")
        (root / "characters").write_text(str(characters))
        (root / "fresh").rename(root / "kms")
    return root / "kms"


def draft_from(texts: list[str], seed: int = 3) -> str:
    """Fifty pages, every tenth copied from ``texts``."""
    chance = random.Random(seed)
    out = []
    for number in range(DRAFT_PAGES):
        if number % 10 == 0:
            out.append(chance.choice(texts))
            continue
        source = " ".join(chance.sample(texts, 6)).split()
        words: list[str] = []
        while len(words) < WORDS:
            at = chance.randrange(len(source))
            words += source[at : at + chance.randint(1, 3)]
        out.append(" ".join(words))
    return "\n\n".join(out)


Spent = tuple[float, float]
"""Seconds by the clock and of processor time."""


def spent(work: Callable[[], object]) -> Spent:
    """What ``work`` takes, processes that it waits for included."""
    began, before = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - began, _processor() - before


def _processor() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


def timed(work: Callable[[], object], times: int = 3) -> tuple[Spent, Spent]:
    """The first run, and the fastest one after it."""
    took = [spent(work) for _ in range(times)]
    return took[0], min(took[1:], default=took[0])


def told(took: Spent) -> str:
    """As it is printed."""
    return f"{took[0]:6.2f} ({took[1]:.2f})"


def told_all(took: Sequence[Spent]) -> str:
    """The median, and the slowest by processor time."""
    middle = (median(clock for clock, _ in took), median(processor for _, processor in took))
    return f"p50 {told(middle)}, slowest {told(max(took, key=lambda one: one[1]))}"


def alone(root: Path, title: str, bytecode: str) -> None:
    """One ``kms check``; Python keeps its bytecode in the folder ``bytecode``, as it does for an installed program."""
    command = [sys.executable, "-m", "kms", "--workspace", str(root), "check", "--title", title]
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=own | {"PYTHONPYCACHEPREFIX": bytecode})


def time_titles(library: Library, root: Path) -> None:
    """Print the figures of titles."""
    with tempfile.TemporaryDirectory() as bytecode:
        alone(root, WARMING[0], bytecode)
        cold = [spent(partial(alone, root, title, bytecode)) for title in TITLES]
    for title in WARMING:
        library.check(title=title)
    other, again = zip(*(timed(partial(library.check, title=title), 2) for title in TITLES))
    for how, took in (("kms check", cold), ("another title", other), ("the same again", again)):
        print(f"  {how:15} {told_all(took)}   goal 0.3 s")


def all_pairs(texts: dict[str, str], draft: str, limit: float = 20.0) -> tuple[float, int]:
    """Seconds for the draft against every document, and how many were compared before ``limit``; the rest is scaled."""
    began, done = time.perf_counter(), 0
    for text in texts.values():
        fuzz.token_set_ratio(draft, text)
        done += 1
        if time.perf_counter() - began > limit:
            break
    return (time.perf_counter() - began) * len(texts) / done, done


def measure(pages: int, audit: bool) -> None:
    """Print the figures of one corpus."""
    root = workspace_of(pages)
    corpus = Corpus(root / "corpus")
    texts = {name: "\n".join(page.text for page in corpus.document(name).content.pages) for name in corpus.ids()}
    chance = random.Random(11)
    pool = [page.text for name in chance.sample(sorted(texts), 8) for page in corpus.document(name).content.pages]
    draft = draft_from(pool)
    library = Library(open_workspace(root))
    library.refresh(now=True)
    print(f"\n{pages} pages in {len(texts)} documents")
    time_titles(library, root)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.txt"
        path.write_text(draft, "utf-8")
        cold, warm = timed(lambda: library.check(path))
        print(f"  50 pages        first {told(cold)}   then {told(warm)}   goal 3 s")
    seconds, done = all_pairs(texts, draft)
    print(f"  rapidfuzz, 50 pages against all: {seconds:.1f} s ({done} of {len(texts)} documents compared)")
    if audit:
        cold, warm = timed(library.audit, 2)
        print(f"  audit           first {told(cold)}   then {told(warm)}   goal 60 s")
        name, text = next(iter(texts.items()))
        seconds, done = all_pairs({key: value for key, value in texts.items() if key != name}, text)
        pairs = len(texts) * (len(texts) - 1) // 2
        print(f"  rapidfuzz, all pairs: {seconds * pairs / max(1, len(texts) - 1):.0f} s (scaled from {done} pairs)")
    library.close()


def main() -> None:
    """Measure each corpus asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--no-audit", action="store_true")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for pages in options.pages:
        measure(pages, not options.no_audit)


if __name__ == "__main__":
    main()
