"""Did-you-mean and completion over the words of planning/."""

from __future__ import annotations

import random
import statistics
import string
import time
from typing import Any

from planning import planning, quantiles

from kms.text import tokenize
from kms.text.stems import known_stems


def typos(words: list[str], known: Any, number: int, seed: int) -> list[tuple[str, str]]:
    """(misspelt, meant) pairs: a letter left out, put in, changed, or two exchanged, at random; never a word."""
    chance = random.Random(seed)
    pairs: list[tuple[str, str]] = []
    while len(pairs) < number:
        word = chance.choice(words)
        at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
        left, right = word[:at], word[at:]
        typo = chance.choice(
            [
                left + right[1:],
                left + letter + right,
                left + letter + right[1:],
                left + right[1:2] + right[:1] + right[2:],
            ]
        )
        if typo not in known:
            pairs.append((typo, word))
    return pairs


def spelling() -> None:
    """Did-you-mean as `search` answers it: six draws of 500 slips, words that exist, and other forms of them."""
    library = planning()
    vocabulary = dict(library._shelf.consult(lambda view: list(view.engine.vocabulary())))
    for least in (2, 1):
        words = [w for w, pages in vocabulary.items() if w.isascii() and w.isalpha() and len(w) >= 5 and pages >= least]
        shares, took = [], []
        for seed in (11, 21, 22, 23, 24, 25):
            right = 0
            for typo, word in typos(sorted(words), vocabulary, 500, seed):
                began = time.perf_counter()
                answer = library.search(typo)
                took.append((time.perf_counter() - began) * 1000)
                right += answer.suggestion == word
            shares.append(right / 500)
        print(
            f"did you mean, words of 5 letters and more on {least}+ pages: {statistics.mean(shares):.3f} right "
            f"({min(shares):.3f} to {max(shares):.3f}); whole search {quantiles(took)} ms"
        )
    chance = random.Random(12)
    wrong = sum(library.search(word).suggestion is not None for word in chance.sample(sorted(vocabulary), 500))
    print(f"corrections of 500 words that exist: {wrong}")
    stems = {token.stem for word in vocabulary for token in tokenize(word)}
    forms = [word for word, stem in known_stems().items() if stem in stems and word not in vocabulary and len(word) > 4]
    wrong = sum(library.search(word).suggestion is not None for word in forms)
    print(f"corrections of {len(forms)} other forms of words that exist: {wrong}")
    prefixes = [word[:n] for word in chance.sample(sorted(vocabulary), 300) for n in (1, 2, 3)]
    took = []
    for prefix in prefixes:
        began = time.perf_counter()
        library.complete(prefix, 8)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"completion: p50 {took[450]:.2f} ms, p95 {took[855]:.2f} ms, slowest {took[-1]:.1f} ms")
