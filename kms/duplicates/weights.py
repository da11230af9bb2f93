"""Words that say more or less than their rareness: kinds of work and place nothing, how something is asked little."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from kms.text import tokenize
from kms.text.synonyms import read_concepts


@cache
def factors() -> Mapping[str, float]:
    """Stems and concepts that say more or less than their rareness, as ``scripts/thesaurus.py`` worked them out."""
    table = resources.files("kms.duplicates").joinpath("weights.json").read_bytes()
    return msgspec.json.decode(table, type=dict[str, float])


def work_out_factors() -> dict[str, float]:
    """The ``factors``, from ``weights.tsv``."""
    table: dict[str, float] = {}
    for line in resources.files("kms.duplicates").joinpath("weights.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, size, words = line.split("\t")
            for word in words.split(",") if kind == "concept" else words.split():
                for name in [word.strip()] if kind == "concept" else [token.stem for token in tokenize(word)]:
                    table.setdefault(f"{kind} {name}", float(size))
    return table


def factor(stem: str) -> float:
    """What the rareness of a stem is multiplied with: 0 for words that only name the kind of work."""
    return 0.0 if stem[0].isdigit() or len(stem) < 2 else factors().get(f"stem {stem}", 1.0)


@cache
def method_words() -> frozenset[str]:
    """The stems by which any study says how it works."""
    return frozenset(name.removeprefix("method ") for name in factors() if name.startswith("method "))


def concept_factor(name: str) -> float:
    """What the weight of a concept is multiplied with: less for those that ask how, and not what about."""
    return factors().get(f"concept {name}", 1.0)


def subjects(text: str) -> frozenset[str]:
    """The concepts that a text is about, without those that any study has."""
    concepts = read_concepts(tokenize(text))
    return frozenset(each.name for each in concepts if concept_factor(each.name) > 0.5 and any(map(factor, each.stems)))
