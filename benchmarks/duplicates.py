"""Telling a duplicate from the rest on the labelled set: kms beside what others use, in one run.

``python benchmarks/duplicates.py`` compares every draft with every past study directly; with ``--through-check`` the
past studies are ingested into a workspace as .txt and .md files and every draft goes through ``Library.check``, as a
planner's would. ``--errors`` lists what was taken for something else. Thresholds were set on the dev part alone.

``--titles FILE`` (tab-separated as titles-last.tsv) and ``--labelled FOLDER`` (past-*.txt and drafts*.txt as in
``labelled/``) take other sets, such as one that nobody who changes kms has read, and print figures alone.
``--together`` puts the past documents of all labelled sets into one workspace, where each draft has more to be taken
for, and prints figures set by set. ``--nameless`` takes the titles from the heads of all past studies, as where a cover
is a picture that nobody could read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "labelled"))
from compose import EXPECTED, FLAGGED, HERE, Draft, LabelledSet, Past, load, other_titles

from kms.duplicates.likeness import compare
from kms.duplicates.meaning import Scale
from kms.duplicates.rarity import Rarity
from kms.duplicates.relation import Judgement, Thresholds, relate, same_series, verdict
from kms.duplicates.study import Study, describe
from kms.library.prepared import prepare
from kms.library.reuse import compare_texts, mass_of, share
from kms.model import Page
from kms.text import STOP_WORDS, tokenize

SETS = (
    "blind", "blind-second", "blind-third", "blind-fourth",
    "blind-fifth", "blind-sixth", "blind-seventh", "blind-eighth", "blind-ninth", "blind-tenth",
    "blind-eleventh", "blind-twelfth",
)  # fmt: skip
NAMELESS = ("LAPORAN AKHIR", "LAPORAN", "DOKUMEN FINAL", "LAPORAN HASIL KAJIAN")
RANK = ("copy", "duplicate", "edition", "overlap", "other-locus", "same-topic")
LABELS = ("copy", "edition", "duplicate", "overlap", "other-locus", "same-topic", "new")

OTHER_TITLES = (
    ("second", "seen since"),
    ("fresh", "seen since"),
    ("third", "seen since"),
    ("unseen", "seen since"),
    ("last", "seen since"),
    ("fifth", "seen since"),
)


@dataclass(frozen=True)
class Answer:
    """What was said of one draft: the verdict, and past documents with their relations, best first."""

    verdict: str
    matches: tuple[tuple[str, str], ...]


def direct(labelled: LabelledSet, drafts: Sequence[Draft], thresholds: Thresholds | None = None) -> dict[str, Answer]:
    """Every draft against every past document, without an engine in between; boilerplate known beforehand."""
    rarity = corpus_rarity(labelled)
    scale = Scale(rarity.of)
    studies = {name: study_of_past(one) for name, one in labelled.past.items()}
    own = without_boilerplate(labelled)
    prepared = {name: prepare([Page(1, own(one.text))], rarity, one.title) for name, one in labelled.past.items()}
    answers = {}
    for draft in drafts:
        ours = study_of_draft(draft)
        text = prepare([Page(1, own(draft.text))], rarity, draft.title) if draft.text else None
        found: list[tuple[str, Judgement]] = []
        for name, study in studies.items():
            covered = contained = mass = 0.0
            if text is not None:
                reuse = compare_texts(text, prepared[name], rarity)
                covered = share(reuse.taken)
                contained = share(reuse.found_taken)
                mass = mass_of(text, prepared[name], reuse.taken, rarity)
            judged = relate(
                compare(ours, study, scale), covered, contained, same_series(ours, study), thresholds, study, mass=mass
            )
            if judged.relation:
                found.append((name, judged))
        found.sort(key=lambda pair: (RANK.index(str(pair[1].relation)), -pair[1].score))
        answers[draft.id] = Answer(
            verdict(judged for _, judged in found), tuple((name, str(judged.relation)) for name, judged in found)
        )
    return answers


def without_boilerplate(labelled: LabelledSet) -> Callable[[str], str]:
    """Takes the lines out of a text that stand in four or more past documents."""
    counts = Counter(line for one in labelled.past.values() for line in set(one.text.split("\n")) if len(line) > 80)
    return lambda text: "\n".join(line for line in text.split("\n") if counts[line] < 4)


def corpus_rarity(labelled: LabelledSet) -> Rarity:
    counts: Counter[str] = Counter()
    for one in labelled.past.values():
        counts.update({token.stem for token in tokenize(one.text)})
    return Rarity(lambda stems: [counts[stem] for stem in stems], len(labelled.past))


def study_of_past(one: Past) -> Study:
    years = [int(year) for year in one.year.split("-") if year]
    return describe(
        one.title,
        [one.text],
        one.type,
        years[0] if len(years) == 1 else None,
        (years[0], years[1]) if len(years) == 2 else None,
        one.agency or None,
    )


def study_of_draft(draft: Draft) -> Study:
    years = [int(year) for year in draft.year.split("-")]
    return describe(
        draft.title,
        [draft.text] if draft.text else [],
        draft.type,
        years[0] if len(years) == 1 else None,
        (years[0], years[1]) if len(years) == 2 else None,
        draft.agency,
    )


def through_check(labelled: LabelledSet, drafts: Sequence[Draft]) -> dict[str, Answer]:
    """The same through a workspace: files ingested, drafts checked as a title or as a file, nothing told besides."""
    from kms.config import open_workspace
    from kms.library import Library

    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        for number, one in enumerate(labelled.past.values()):
            name = f"{one.id}.{'md' if number % 3 == 0 else 'txt'}"
            (root / "in" / name).write_text(one.text, "utf-8")
        with Library(open_workspace(root / "space")) as library:
            ids = {}
            for taken in library.ingest([root / "in"]):
                if taken.id is None:
                    raise SystemExit(f"not ingested: {taken}")
                ids[taken.id] = Path(taken.path).stem
            for draft in drafts:
                file = root / f"{draft.id}.txt"
                if draft.text:
                    file.write_text(draft.text, "utf-8")
                    checked = library.check(file)
                else:
                    checked = library.check(title=draft.title)
                answers[draft.id] = Answer(
                    checked.verdict, tuple((ids[match.document.id], match.relation) for match in checked.matches)
                )
    return answers


def all_together() -> dict[str, LabelledSet]:
    """All labelled sets, each with the past documents of all; ids begin with the name of their set."""
    sets = {"labelled": load()} | {name: load(HERE / name) for name in SETS}
    past = {
        f"{name}-{one.id}": replace(one, id=f"{name}-{one.id}") for name in sets for one in sets[name].past.values()
    }
    return {
        name: LabelledSet(
            past,
            tuple(
                replace(draft, id=f"{name}-{draft.id}", past=draft.past and f"{name}-{draft.past}")
                for draft in one.drafts
            ),
        )
        for name, one in sets.items()
    }


def nameless(labelled: LabelledSet) -> LabelledSet:
    """The same set, its past studies headed by words that say nothing instead of their titles."""
    past = {
        name: replace(one, text=f"{next(heads)}\n\n{_without_title(one)}") if one.type == "kajian" else one
        for heads in [cycle(NAMELESS)]
        for name, one in labelled.past.items()
    }
    return replace(labelled, past=past)


def _without_title(one: Past) -> str:
    head, _, rest = one.text.partition("\n\n")
    return rest if one.title.lower() in " ".join(head.lower().split()) else one.text


def past_of(title: str, aims: str) -> Past:
    """A past study of which only title and aims are given."""
    return Past("", "kajian", "", "", "", {"T": title}, f"{title}\n\nTujuan\n{aims}")


def top3(drafts: Sequence[Draft], answers: dict[str, Answer]) -> tuple[int, int]:
    related = [draft for draft in drafts if draft.past]
    good = sum(draft.past in [name for name, _ in answers[draft.id].matches[:3]] for draft in related)
    return good, len(related)


def flags(drafts: Sequence[Draft], answers: dict[str, Answer]) -> tuple[int, int, int, int]:
    """Flagged of those to be flagged; false alarms among the new ones."""
    wanted = [draft for draft in drafts if draft.kind in FLAGGED]
    new = [draft for draft in drafts if draft.kind == "new"]
    alarm = ("duplicate", "overlap")
    return (
        sum(answers[draft.id].verdict in alarm for draft in wanted),
        len(wanted),
        sum(answers[draft.id].verdict in alarm for draft in new),
        len(new),
    )


def told(draft: Draft, answer: Answer) -> str:
    """The relation said: to the past document it goes back to, or, of a new draft, the weightiest to any."""
    if draft.past:
        return next((relation for name, relation in answer.matches if name == draft.past), "new")
    first = answer.matches[0][1] if answer.matches else "new"
    return "new" if first == "same-topic" else first


def relation_f1(drafts: Sequence[Draft], answers: dict[str, Answer]) -> tuple[float, dict[str, float]]:
    """Macro F1 over the relations, a new draft counting as "new" unless something heavier than a topic is said."""
    hits, said, true = Counter[str](), Counter[str](), Counter[str]()
    for draft in drafts:
        truth, guess = EXPECTED[draft.kind] or "new", told(draft, answers[draft.id])
        true[truth] += 1
        said[guess] += 1
        hits[truth] += truth == guess
    each = {label: 2 * hits[label] / (said[label] + true[label]) for label in LABELS if said[label] + true[label]}
    return sum(each.values()) / len(each), each


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    wins = sum((one > other) + 0.5 * (one == other) for one in positive for other in negative)
    return wins / (len(positive) * len(negative))


def title_scores(labelled: LabelledSet, part: str | Path) -> dict[str, float]:
    """AUC of telling a reworded title from a hard negative, for each way to compare titles."""
    from rapidfuzz import fuzz
    from sklearn.feature_extraction.text import TfidfVectorizer

    scale = Scale(corpus_rarity(labelled).of)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), lowercase=True)
    chars.fit([one.title for one in labelled.past.values()])

    def ours(draft: str, past: Past) -> float:
        return compare(describe(draft, []), study_of_past(past), scale).sameness

    def cosine(draft: str, past: Past) -> float:
        return float((chars.transform([draft]) @ chars.transform([past.title]).T).toarray()[0, 0])

    ways: dict[str, Callable[[str, Past], float]] = {
        "kms": ours,
        "char TF-IDF": cosine,
        "token-set ratio": lambda draft, past: fuzz.token_set_ratio(draft.lower(), past.title.lower()),
        "title ratio": lambda draft, past: fuzz.ratio(draft.lower(), past.title.lower()),
    }
    if isinstance(part, Path) or part in dict(OTHER_TITLES):
        pairs = [(past_of(title, aims), reworded, negative) for title, aims, reworded, negative in other_titles(part)]
    else:
        rows = [row for row in labelled.titles if part in ("all", row.part)]
        pairs = [(labelled.past[row.past], row.reworded, row.negative) for row in rows]
    return {
        name: auc([way(same, past) for past, same, _ in pairs], [way(other, past) for past, _, other in pairs])
        for name, way in ways.items()
    }


def baselines(labelled: LabelledSet, drafts: Sequence[Draft]) -> dict[str, tuple[float, float]]:
    """For each baseline: right document in the top 3, and what it flags at one false alarm in fifty new drafts."""
    from datasketch import MinHash
    from rapidfuzz import fuzz
    from sklearn.feature_extraction.text import TfidfVectorizer

    past = list(labelled.past.values())
    stems = lambda text: [token.stem for token in tokenize(text) if token.exact not in STOP_WORDS]  # noqa: E731
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        words = TfidfVectorizer(tokenizer=stems, lowercase=False, sublinear_tf=True)
        corpus = words.fit_transform([f"{one.title}\n{one.text}" for one in past])
        tfidf = (words.transform([f"{draft.title}\n{draft.text}" for draft in drafts]) @ corpus.T).toarray()

    def hashed(text: str) -> MinHash:
        tokens, sketch = [token.exact for token in tokenize(text)], MinHash(num_perm=128)
        sketch.update_batch([" ".join(tokens[at : at + 3]).encode() for at in range(max(1, len(tokens) - 2))])
        return sketch

    sketches = [hashed(f"{one.title}\n{one.text}") for one in past]
    minhash = np.array(
        [[sketch.jaccard(own) for sketch in sketches] for own in (hashed(f"{d.title}\n{d.text}") for d in drafts)]
    )
    ratio = np.array([[fuzz.ratio(draft.title.lower(), one.title.lower()) for one in past] for draft in drafts])
    names = [one.id for one in past]
    return {
        name: _figures(drafts, table, names)
        for name, table in (("TF-IDF with stems", tfidf), ("MinHash", minhash), ("rapidfuzz title ratio", ratio))
    }


def _figures(drafts: Sequence[Draft], table: np.ndarray, names: Sequence[str]) -> tuple[float, float]:
    order = np.argsort(-table, axis=1)[:, :3]
    related = [(row, draft) for row, draft in enumerate(drafts) if draft.past]
    found = sum(draft.past in [names[column] for column in order[row]] for row, draft in related)
    best = table.max(axis=1)
    new = sorted((best[row] for row, draft in enumerate(drafts) if draft.kind == "new"), reverse=True)
    limit = new[max(0, len(new) // 50)]
    wanted = [best[row] for row, draft in enumerate(drafts) if draft.kind in FLAGGED]
    return found / len(related), sum(value > limit for value in wanted) / len(wanted)


def report(labelled: LabelledSet, drafts: Sequence[Draft], answers: dict[str, Answer], part: str) -> None:
    good, related = top3(drafts, answers)
    flagged, wanted, alarms, new = flags(drafts, answers)
    macro, each = relation_f1(drafts, answers)
    print(f"\n== {part}: {len(drafts)} drafts, {new} of them new")
    print(f"right document in the top 3   kms {good / related:.3f} ({good}/{related})   goal .99")
    print(
        f"flagged duplicate or overlap  kms {flagged / wanted:.3f} ({flagged}/{wanted}) with {alarms}/{new} false   "
        f"goal .95 with 1/50"
    )
    print(
        f"relation, macro F1            kms {macro:.3f}   goal .90   "
        + "  ".join(f"{name} {value:.2f}" for name, value in each.items())
    )
    for name, (found, caught) in baselines(labelled, drafts).items():
        print(f"  {name:22} top 3 {found:.3f}, flags {caught:.3f} at one false alarm in fifty")
    if not labelled.titles:
        return
    scores = title_scores(labelled, part)
    print(
        "titles alone, AUC             "
        + "  ".join(f"{name} {value:.3f}" for name, value in scores.items())
        + "   goal .95"
    )


def errors(drafts: Sequence[Draft], answers: dict[str, Answer]) -> None:
    for draft in drafts:
        answer = answers[draft.id]
        first = [name for name, _ in answer.matches[:3]]
        if told(draft, answer) != (EXPECTED[draft.kind] or "new") or (draft.past and draft.past not in first):
            print(
                f"{draft.part:4} {draft.id} {draft.kind:11} {draft.length:8} {draft.past or draft.near}: "
                f"{told(draft, answer)}; {answer.matches[:3]} {draft.title[:90]}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--through-check", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--nameless", action="store_true")
    parser.add_argument("--part", choices=("dev", "test", "all"))
    parser.add_argument("--titles", metavar="FILE", type=Path, nargs="+", help="score these sets of titles alone")
    parser.add_argument("--labelled", metavar="FOLDER", type=Path, default=HERE)
    options = parser.parse_args()
    if options.titles:
        for file in options.titles:
            tell_titles(file.name, title_scores(load(), file), len(other_titles(file)))
        return
    if options.together:
        sets = all_together()
        drafts = [draft for one in sets.values() for draft in one.drafts]
        answers = through_check(sets["labelled"], drafts)
        for name, one in sets.items():
            report(one, one.drafts, answers, name)
        return
    labelled = load(options.labelled)
    if options.nameless:
        labelled = nameless(labelled)
    print(
        f"{len(labelled.past)} past documents, {len(labelled.drafts)} drafts: "
        + ", ".join(f"{count} {kind}" for kind, count in Counter(d.kind for d in labelled.drafts).items())
    )
    answers = (through_check if options.through_check else direct)(labelled, labelled.drafts)
    for part in (options.part,) if options.part else ("dev", "test", "all"):
        drafts = [draft for draft in labelled.drafts if part in ("all", draft.part)]
        report(labelled, drafts, answers, part)
        if options.errors and (part != "all" or options.part):
            errors(drafts, answers)
    if options.labelled == HERE:
        for part, said in OTHER_TITLES:
            tell_titles(f"{part} titles, {said}", title_scores(labelled, part), len(other_titles(part)))


def tell_titles(name: str, scores: dict[str, float], pairs: int) -> None:
    figures = "  ".join(f"{way} {value:.3f}" for way, value in scores.items())
    print(f"\n== {name}: {pairs} pairs, AUC   {figures}")


if __name__ == "__main__":
    main()
