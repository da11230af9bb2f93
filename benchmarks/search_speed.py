"""Speed, size and memory of kms and other engines on generated pages, each engine in a process of its own."""

from __future__ import annotations

import multiprocessing
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import psutil
from baselines import Facets, Fts5, Key, StockWhoosh, Tantivy, bytes_of
from generated import Generator, write
from planning import KEPT, facets, pages_of, planning, quantiles

from kms.config import open_workspace
from kms.engines import open_engine
from kms.library import Library
from kms.library.entries import entries
from kms.model import Document
from kms.text import STOP_WORDS


def asked(real: list[str], number: int) -> list[str]:
    """Queries of 2 to 5 words: half runs of words from pages, half out of the hundred most common words."""
    chance = random.Random(3)
    split = [[word for word in re.findall(r"[^\W\d_]{3,}", page) if word.lower() not in STOP_WORDS] for page in real]
    split = [words for words in split if len(words) > 20]
    common = [word for word, _ in Counter(word.lower() for words in split for word in words).most_common(100)]
    queries = []
    while len(queries) < number:
        count = chance.randint(2, 5)
        if len(queries) % 2:
            queries.append(" ".join(chance.sample(common, count)))
        else:
            words = chance.choice(split)
            start = chance.randrange(len(words) - count)
            queries.append(" ".join(words[start : start + count]))
    return queries


def timed(ask: Callable[[str], Any], queries: list[str]) -> str:
    """p50, p95 and the slowest in ms, by processor time and by the clock, each query asked once after a few others.

    Other work on the machine moves the clock, but hardly the processor time.
    """
    for query in queries[:5]:
        ask(query)
    took, waited = [], []
    for query in queries[5:]:
        clock, began = time.perf_counter(), time.process_time()
        ask(query)
        took.append((time.process_time() - began) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    return f"processor {quantiles(took)}; clock {quantiles(waited)} ms"


def resident() -> int:
    """Megabytes of memory of this process that no file backs."""
    return (psutil.Process().memory_info().rss - psutil.Process().memory_info().shared) >> 20


def indexed(documents: Iterator[Document], folder: Path) -> float:
    """Pages a second of processor time of an engine that takes in documents in batches as the library makes them."""
    engine = open_engine("whoosh", folder)
    began, done = time.process_time(), 0
    group: list[Document] = []
    for document in chain(documents, (None,)):
        if document is not None:
            group.append(document)
        if len(group) == 15 or document is None:
            with engine.batch() as changes:
                for one in group:
                    changes.add(entries(one))
            done += sum(len(one.content.pages) for one in group)
            group = []
    engine.close()
    shutil.rmtree(folder)
    return done / (time.process_time() - began)


def speed(pages: int) -> None:
    """Generated pages: indexing, sizes, and queries with facets and ten snippets, each engine on all of them.

    Every engine works in a process of its own, one after the other, so that their memory can be told apart.
    """
    real = [text for _, _, text, _ in pages_of(planning())]
    root = KEPT / f"generated-{pages}"
    workspace = root / "kms"
    if not (workspace / "corpus").exists():
        (root / "fresh").mkdir(parents=True, exist_ok=True)
        characters = write(Generator(real).documents(pages), root / "fresh" / "corpus")
        (root / "characters").write_text(str(characters))
        (root / "fresh").rename(workspace)
    queries = asked(real, 205)
    text = int((root / "characters").read_text()) / 1e6
    print(f"{pages} pages, {text:.0f} MB of text, {len(queries) - 5} queries of 2 to 5 words", flush=True)
    for name in ("kms", "stock", "fts5", "tantivy"):
        if f"--no-{name}" not in sys.argv:
            work = _kms_speed if name == "kms" else _other_speed
            child = multiprocessing.Process(target=work, args=(name, pages, real, queries, root))
            child.start()
            child.join()


def _kms_speed(_: str, pages: int, real: list[str], queries: list[str], root: Path) -> None:
    """kms as a library over a workspace; its index is kept for the next run."""
    workspace = root / "kms"
    characters = int((root / "characters").read_text())
    rate = indexed(Generator(real).documents(min(pages, 20_000)), root / "engine")
    print(f"{'kms':14} indexing {rate:.0f} pages/s of processor time, texts made and analysed meanwhile", flush=True)
    library = Library(open_workspace(workspace))
    clock, began = time.perf_counter(), time.process_time()
    library.refresh(now=True)
    clock, began = time.perf_counter() - clock, time.process_time() - began
    print(f"{'kms':14} index brought into step in {clock:.1f} s by the clock, {began:.1f} s of processor time")
    before = resident()
    line = timed(lambda query: library.search(query), queries)
    size = bytes_of(workspace / "index") / characters
    print(f"{'kms':14} {line}; index {size:.2f} of text; memory {before} -> {resident()} MB", flush=True)
    took = []
    for number in range(3):
        file = root / f"new-{number}.txt"
        file.write_text(f"Dokumen baru {number} {time.time_ns()}\n{real[number]}", "utf-8")
        clock = time.perf_counter()
        new = [one.id for one in library.ingest([file]) if one.outcome == "new"]
        took.append(time.perf_counter() - clock)
        file.unlink()
        for one in new:
            library.remove(one)
    print(f"{'kms':14} one document taken in beside the others: {min(took):.2f} s by the clock", flush=True)
    library.close()


def _other_speed(name: str, pages: int, real: list[str], queries: list[str], root: Path) -> None:
    """An engine by its own interface, with the texts stored for its snippets."""

    def documents() -> Iterator[tuple[Key, str, str, Facets]]:
        for document in Generator(real).documents(pages):
            for page in document.content.pages:
                yield (document.id, page.number), document.title, page.text, facets(document, page.number)

    folder = Path(tempfile.mkdtemp(prefix="kms-speed-", dir=root))
    try:
        kind: Any = {"stock": StockWhoosh, "fts5": Fts5, "tantivy": Tantivy}[name]
        other = kind(folder / name, stored=True) if name == "stock" else kind(folder / name)
        clock, began = time.perf_counter(), time.process_time()
        other.add(documents())
        rate, slow = pages / (time.process_time() - began), pages / (time.perf_counter() - clock)
        size = other.size() * 1.0 / int((root / "characters").read_text())
        print(
            f"{other.name:14} indexing {rate:.0f} pages/s of processor time, {slow:.0f} by the clock, texts made "
            f"meanwhile; index {size:.2f} of text, text included",
            flush=True,
        )
        before = resident()
        line = timed(other.answer, queries if name != "stock" else queries[:65])
        print(f"{other.name:14} {line}; memory {before} -> {resident()} MB", flush=True)
    finally:
        shutil.rmtree(folder)
