"""Text reuse on the Indonesian PAN corpus: plagdet, precision, recall and granularity, ours beside two baselines.

The measures are those of Potthast, Stein, Barron-Cedeno and Rosso, "An Evaluation Framework for Plagiarism
Detection", COLING 2010, at character level: macro-averaged, as PAN's own script does by default, over cases and over
detections; the micro-averaged ones stand beside them. ``--through-check`` asks the real commands: ``kms ingest`` of
the sources into a workspace of their own, then ``kms check FILE --json`` for each suspicious document.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from kms.duplicates.alignment import align
from kms.duplicates.rarity import Rarity
from kms.duplicates.reading import Reading, read

GOALS = {"none": 0.98, "random-shuffling": 0.90, "semantic-variation": 0.85, "simulated": 0.80}


@dataclass(frozen=True)
class Passage:
    """A passage of a suspicious document and its passage in a source; half-open places in code points."""

    draft: str
    start: int
    end: int
    found: str
    found_start: int
    found_end: int
    kind: str = ""


def _overlap(start: int, end: int, spans: Sequence[tuple[int, int]]) -> int:
    """Characters of start..end that lie in at least one of the spans."""
    total, at = 0, start
    for low, high in sorted(spans):
        low, high = max(low, at), min(high, end)
        if high > low:
            total += high - low
            at = high
    return total


def _touching(one: Passage, others: Sequence[Passage]) -> list[Passage]:
    return [
        other
        for other in others
        if other.draft == one.draft
        and other.found == one.found
        and min(one.end, other.end) > max(one.start, other.start)
        and min(one.found_end, other.found_end) > max(one.found_start, other.found_start)
    ]


def _covered(one: Passage, others: Sequence[Passage]) -> tuple[int, int]:
    """Characters of ``one`` that the others detect, on both sides together, and characters it has."""
    touching = _touching(one, others)
    both = _overlap(one.start, one.end, [(each.start, each.end) for each in touching])
    both += _overlap(one.found_start, one.found_end, [(each.found_start, each.found_end) for each in touching])
    return both, (one.end - one.start) + (one.found_end - one.found_start)


@dataclass(frozen=True)
class Figures:
    """What PAN measures. ``recall_of`` is the recall of the cases of each kind."""

    plagdet: float
    precision: float
    recall: float
    granularity: float
    micro_precision: float
    micro_recall: float
    recall_of: dict[str, float]


def measure(cases: Sequence[Passage], detections: Sequence[Passage]) -> Figures:
    """The measures of the detections against the true cases."""
    recalls = [_covered(case, detections) for case in cases]
    precisions = [_covered(detection, cases) for detection in detections]
    counts = [len(_touching(case, detections)) for case in cases]
    found = [count for count in counts if count]
    granularity = sum(found) / len(found) if found else 1.0
    recall = sum(hit / size for hit, size in recalls) / len(cases) if cases else 0.0
    precision = sum(hit / size for hit, size in precisions) / len(detections) if detections else 0.0
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    of: dict[str, list[float]] = defaultdict(list)
    for case, (hit, size) in zip(cases, recalls, strict=True):
        of[case.kind].append(hit / size)
    return Figures(
        harmonic / math.log2(1 + granularity),
        precision,
        recall,
        granularity,
        sum(hit for hit, _ in precisions) / max(1, sum(size for _, size in precisions)),
        sum(hit for hit, _ in recalls) / max(1, sum(size for _, size in recalls)),
        {kind: sum(values) / len(values) for kind, values in sorted(of.items())},
    )


def cases_of(folder: Path) -> list[Passage]:
    """The true cases of a PAN folder, from the ``.xml`` beside each suspicious document."""
    cases = []
    for path in sorted((folder / "suspicious").glob("*.xml")):
        tree = ElementTree.parse(path)
        for feature in tree.iter("feature"):
            at, size = int(feature.get("this_offset", 0)), int(feature.get("this_length", 0))
            found, length = int(feature.get("source_offset", 0)), int(feature.get("source_length", 0))
            kind = feature.get("obfuscation") or feature.get("type", "")
            source = feature.get("source_reference", "")
            cases.append(Passage(path.stem + ".txt", at, at + size, source, found, found + length, kind))
    return cases


@dataclass(frozen=True)
class Corpus:
    """A PAN folder read into memory."""

    folder: Path
    drafts: dict[str, str]
    sources: dict[str, str]
    cases: list[Passage]


def load(folder: Path) -> Corpus:
    """Texts and cases. Line ends stay as they are, since the cases count them."""

    def texts(name: str) -> dict[str, str]:
        return {path.name: path.read_bytes().decode("utf-8") for path in sorted((folder / name).glob("*.txt"))}

    return Corpus(folder, texts("suspicious"), texts("source"), cases_of(folder))


def rarity_of(sources: dict[str, Reading]) -> Rarity:
    """Weights as the command has them with these sources ingested: each is a page."""
    counts = Counter(stem for reading in sources.values() for stem in set(reading.stems.values()))
    rarity = Rarity(lambda stems: [counts[stem] for stem in stems], len(sources))
    for reading in sources.values():
        rarity.learn(reading.stems)
    return rarity


def by_aligner(corpus: Corpus) -> list[Passage]:
    """Every suspicious document against every source, without retrieval."""
    sources = {name: read(text) for name, text in corpus.sources.items()}
    rarity = rarity_of(sources)
    found = []
    for draft, text in corpus.drafts.items():
        reading = read(text)
        rarity.learn(reading.stems)
        for name, source in sources.items():
            for one in align(reading, source, rarity.weigh, tell=rarity.tell):
                found.append(Passage(draft, one.start, one.end, name, one.found_start, one.found_end))
    return found


def by_command(corpus: Corpus) -> list[Passage]:
    """The evidence of ``kms check FILE --json``, after ``kms ingest`` of the sources."""
    found = []
    with tempfile.TemporaryDirectory() as workspace:
        command = [sys.executable, "-m", "kms", "--workspace", workspace]
        subprocess.run([*command, "ingest", str(corpus.folder / "source")], check=True, capture_output=True)
        listed = json.loads(subprocess.run([*command, "list", "--json"], check=True, capture_output=True).stdout)
        sources = {document["id"]: Path(document["source"]).name for document in listed["documents"]}
        for draft in corpus.drafts:
            path = corpus.folder / "suspicious" / draft
            answer = subprocess.run([*command, "check", str(path), "--json"], check=False, capture_output=True)
            for match in json.loads(answer.stdout)["matches"]:
                source = sources[match["document"]["id"]]
                for each in match["evidence"]:
                    ours, theirs = each["draft"], each["found"]
                    found.append(Passage(draft, ours["start"], ours["end"], source, theirs["start"], theirs["end"]))
    return found


def by_sentences(corpus: Corpus, least: float = 0.6, gap: int = 8) -> list[Passage]:
    """Baseline: sentences with a tf-idf cosine of at least ``least`` (idf over sentences), neighbours joined.

    Threshold and gap are those with which it does best here, of .33 to .6 and 2 to 8.
    """
    drafts = {name: _bags(read(text)) for name, text in corpus.drafts.items()}
    sources = {name: _bags(read(text)) for name, text in corpus.sources.items()}
    idf: Counter[int] = Counter(word for _, bags in sources.values() for bag in bags for word in bag)
    total = sum(len(bags) for _, bags in sources.values())
    weigh = {word: math.log(total / count) for word, count in idf.items()}
    found = []
    for name, (source, bags) in sources.items():
        posted: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for j, vector in enumerate(_unit(bag, weigh) for bag in bags):
            for word, weight in vector.items():
                posted[word].append((j, weight))
        for draft, (reading, mine) in drafts.items():
            pairs = []
            for i, vector in enumerate(_unit(bag, weigh) for bag in mine):
                dots: dict[int, float] = defaultdict(float)
                for word, weight in vector.items():
                    for j, other in posted.get(word, ()):
                        dots[j] += weight * other
                pairs += [(i, j) for j, dot in dots.items() if dot >= least]
            for low, high, found_low, found_high in _boxes(pairs, gap):
                words = int(reading.bounds[low]), int(reading.bounds[high + 1])
                theirs = int(source.bounds[found_low]), int(source.bounds[found_high + 1])
                if words[1] - words[0] >= 12:
                    found.append(Passage(draft, *reading.span(*words), name, *source.span(*theirs)))
    return found


def by_fingerprints(corpus: Corpus, size: int = 5, gap: int = 400) -> list[Passage]:
    """Baseline: the same ``size`` words in a row, neighbours joined; a single such row is left out.

    The gap is the one of 30 to 400 words with which it does best here.
    """
    drafts = {name: read(text) for name, text in corpus.drafts.items()}
    found = []
    for name, text in corpus.sources.items():
        source = read(text)
        posted = defaultdict(list)
        for j, gram in _grams(source, size):
            posted[gram].append(j)
        for draft, reading in drafts.items():
            pairs = [(i, j) for i, gram in _grams(reading, size) for j in posted.get(gram, ())]
            for low, high, found_low, found_high in _boxes(pairs, gap):
                if high > low:
                    ours, theirs = reading.span(low, high + size), source.span(found_low, found_high + size)
                    found.append(Passage(draft, *ours, name, *theirs))
    return found


def _bags(reading: Reading) -> tuple[Reading, list[Counter[int]]]:
    return reading, [Counter(part.tolist()) for part in np.split(reading.words, reading.bounds[1:-1])]


def _unit(bag: Counter[int], weigh: dict[int, float]) -> dict[int, float]:
    vector = {word: count * weigh.get(word, 0.0) for word, count in bag.items()}
    norm = math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0
    return {word: weight / norm for word, weight in vector.items() if weight}


def _grams(reading: Reading, size: int) -> list[tuple[int, tuple[int, ...]]]:
    words = reading.words.tolist()
    return [(k, tuple(words[k : k + size])) for k in range(len(words) - size + 1)]


def _boxes(pairs: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int, int, int]]:
    """Pairs joined where no more than ``gap`` lies between them on both sides: (low, high, found low, found high)."""
    boxes: list[list[int]] = []
    for i, j in sorted(pairs):
        for box in reversed(boxes):
            if i - box[1] <= gap + 1 and box[2] - gap - 1 <= j <= box[3] + gap + 1:
                box[1], box[2], box[3] = max(box[1], i), min(box[2], j), max(box[3], j)
                break
        else:
            boxes.append([i, i, j, j])
    return [(low, high, found_low, found_high) for low, high, found_low, found_high in boxes]


def show(name: str, corpus: Corpus, found: Sequence[Passage], seconds: float) -> None:
    """The figures of one method, over all suspicious documents and over each half of them."""
    numbers = {draft: number for number, draft in enumerate(corpus.drafts)}
    for part, wanted in (("all", (0, 1)), ("even", (0,)), ("odd", (1,))):
        figures = measure(
            [case for case in corpus.cases if numbers[case.draft] % 2 in wanted],
            [each for each in found if numbers[each.draft] % 2 in wanted],
        )
        kinds = "  ".join(f"{kind} {value:.3f}" for kind, value in figures.recall_of.items())
        print(
            f"{name:<22} {part:<5} plagdet {figures.plagdet:.3f}  precision {figures.precision:.3f}"
            f"  recall {figures.recall:.3f}  granularity {figures.granularity:.3f}"
            f"  (micro {figures.micro_precision:.3f} {figures.micro_recall:.3f})  {kinds}"
        )
    print(f"{'':<22} {len(found)} passages, {seconds:.1f} s", flush=True)


def main() -> None:
    """Print the figures of every method; the halves are the documents with even and with odd places in the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--through-check", action="store_true", help="also ask `kms ingest` and `kms check`")
    options = parser.parse_args()
    corpus = load(Path(os.environ.get("KMS_DATA", "../shared/data")) / "pan-id")
    print(f"{len(corpus.drafts)} suspicious documents, {len(corpus.sources)} sources, {len(corpus.cases)} cases")
    print("goal: plagdet 0.88, granularity 1.05; recall " + ", ".join(f"{name} {goal}" for name, goal in GOALS.items()))
    methods: dict[str, Callable[[Corpus], list[Passage]]] = {
        "tf-idf sentences": by_sentences,
        "5-gram fingerprints": by_fingerprints,
        "kms, aligner alone": by_aligner,
    }
    if options.through_check:
        methods["kms check --json"] = by_command
    for name, method in methods.items():
        began = time.perf_counter()
        found = method(corpus)
        show(name, corpus, found, time.perf_counter() - began)


if __name__ == "__main__":
    main()
