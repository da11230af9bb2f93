"""How many run-together words are split right, and how many right words are split wrongly.

Run-together words are those of ``rkt-kesbangpol-depok-2021.ocr.txt``, split by hand in ``truth/segment.json``; right
words are those listed there, and every word that the clean text of the same document holds.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from kms.text.segment import split_words

DATA = Path(os.environ.get("KMS_DATA", Path(__file__).parents[2] / "shared/data")) / "rkt-2021"


def main() -> None:
    truth = json.loads((Path(__file__).parent / "truth/segment.json").read_text("utf-8"))
    wrong = [
        (want, found)
        for want in truth["run_together"]
        if (found := " ".join(split_words(want.replace(" ", "")))) != want
    ]
    total = len(truth["run_together"])
    print(f"run-together words split right: {total - len(wrong)}/{total} = {1 - len(wrong) / total:.3f}")
    for want, found in wrong:
        print(f"  {want!r} split as {found!r}")
    joined = {words.replace(" ", "") for words in truth["run_together"]}
    words = set(truth["whole"])
    for page in json.loads((DATA / "rkt-2021.truth.json").read_text("utf-8")):
        words.update(word for line in page["text"] for word in re.findall(r"[^\W\d_]+", line))
    words -= joined
    split = sorted(word for word in words if len(split_words(word)) > 1)
    print(f"words split of {len(words)} that are not in that list (false, or run together in the clean text): {split}")


if __name__ == "__main__":
    main()
