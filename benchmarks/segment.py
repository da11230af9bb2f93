"""How many run-together words are split right, and how many right words are split wrongly.

Run-together words are those of ``rkt-kesbangpol-depok-2021.ocr.txt``, split by hand in ``truth/segment.json``, and
two sets of phrases of planning documents written down before they were tried, one of them never looked at. Right words
are those listed there, long affixed words and names among them, and every word of the clean text of the same document.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kms.text.segment import split_words
from kms.text.together import parts_of

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parents[2] / "shared/data")) / "rkt-2021"
SETS = {"rkt-2021": "run_together", "new, in view": "in_view", "new, held out": "held_out"}


def split_of_search(word: str) -> tuple[str, ...]:
    """The parts that are indexed beside a run-together word."""
    return tuple(part.exact for part, _, _ in parts_of(word.lower())) or (word.lower(),)


def report(name: str, phrases: Sequence[str], split: Callable[[str], tuple[str, ...]], show: bool) -> None:
    wrong = [
        (phrase, found)
        for phrase in phrases
        if (found := " ".join(split(phrase.replace(" ", "")))).lower() != phrase.lower()
    ]
    right = len(phrases) - len(wrong)
    print(f"{name}: split right {right}/{len(phrases)} = {right / len(phrases):.3f}")
    if show:
        for phrase, found in wrong:
            print(f"  {phrase!r} split as {found!r}")


def main() -> None:
    """With ``--show``, what was split wrongly; of the held-out set never."""
    truth = json.loads((Path(__file__).parent / "truth/segment.json").read_text("utf-8"))
    for title, split in (("split_words", split_words), ("as indexed", split_of_search)):
        for name, key in SETS.items():
            report(f"{title}, {name}", truth[key], split, "--show" in sys.argv and key != "held_out")
    joined = {words.replace(" ", "") for words in truth["run_together"]}
    words = {*truth["whole"], *truth["whole_too"]}
    for page in json.loads((DATA / "rkt-2021.truth.json").read_text("utf-8")):
        words.update(word for line in page["text"] for word in re.findall(r"[^\W\d_]+", line))
    words -= joined
    for title, split in (("split_words", split_words), ("as indexed", split_of_search)):
        cut = sorted(word for word in words if len(split(word)) > 1)
        print(f"{title}: words split of {len(words)} that are not run together: {cut}")


if __name__ == "__main__":
    main()
