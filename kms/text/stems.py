"""Indonesian stems, from PySastrawi behind a cache and a list of exceptions."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec

from kms.text.stopwords import STOP_WORDS

_WORD = re.compile(r"[a-z]{4,40}(?:-[a-z]{2,40})?")
_PREFIXED = re.compile(r"di|ke|se|be|te|me|pe|ku|kau|[bcdfghjklmnpqrstvwxyz](?:er|el|em|in)[aiueo]")
"""How a word begins that Sastrawi takes a prefix or an infix from."""
_stemming = threading.Lock()


@lru_cache(maxsize=300_000)
def stem(exact: str) -> str:
    """The stem of a folded word, or the word itself where it has none to find (numbers, names, short words).

    Confix stripping after Asian, J. (2007), Effective Techniques for Indonesian Text Retrieval, as in Sastrawi,
    except for the words of ``stems.tsv``. A word that carries nothing stands for itself, and is the stem of no other:
    "terhadap" says nothing of "menghadapi", nor "oleh" of "perolehan".
    """
    known = known_stems().get(exact)
    if known is not None:
        return known
    known = exceptions().get(exact)
    if known is not None:
        return known
    return work_out(exact) if needs_work(exact) else exact


def needs_work(exact: str) -> bool:
    """Whether a folded word may have a stem other than itself that ``stems.tsv`` does not give."""
    return exact not in exceptions() and exact not in STOP_WORDS and _WORD.fullmatch(exact) is not None


def work_out(exact: str) -> str:
    """The stem of a word that `needs_work`, without the list of known ones. Slow: some 20,000 words a second."""
    listed = exceptions().get(exact.removesuffix("nya"))
    if listed is not None:
        return listed
    # Sastrawi's dictionary and visitors are shared; two threads must not build or use them at once.
    with _stemming:
        stemmed: str = stemmer().stem_word(exact)
    stemmed = exceptions().get(stemmed, stemmed)
    return stemmed if stemmed and stemmed not in STOP_WORDS else exact


def has_root(exact: str) -> bool:
    """Whether the stem of a folded word is a root that the dictionary holds."""
    stemmed = stem(exact)
    if stemmed in _exceptions_by_stem():
        return True
    with _stemming:
        return bool(stemmer().dictionary.contains(stemmed))


def traces(stemmed: str) -> tuple[str, ...]:
    """Pieces of which every folded word of that stem, alone or run together with others, has at least one.

    A prefix may have swallowed the first letter of the stem (menulis, tulis), never the others but in listed words.
    """
    return (stemmed[1:], *_without_trace().get(stemmed, ()))


@cache
def _without_trace() -> dict[str, list[str]]:
    """Listed words that do not hold their stem, by stem: berjalan, jalankan."""
    found: dict[str, list[str]] = {}
    for word, stemmed in (known_stems() | exceptions()).items():
        if stemmed[1:] not in word:
            found.setdefault(stemmed, []).append(word)
    return found


@cache
def known_stems() -> dict[str, str]:
    """Common words with their stems, worked out beforehand by ``scripts/known_stems.py``."""
    table = resources.files("kms.text").joinpath("known_stems.json").read_bytes()
    return msgspec.json.decode(table, type=dict[str, str])


@cache
def exceptions() -> dict[str, str]:
    """Words that Sastrawi takes apart wrongly or not at all, with the stem they get instead."""
    return {word: stemmed for stemmed, words in _exceptions_by_stem().items() for word in (stemmed, *words)}


@cache
def _exceptions_by_stem() -> dict[str, tuple[str, ...]]:
    lines = resources.files("kms.text").joinpath("stems.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {stemmed: tuple(words.split()) for stemmed, _, words in pairs}


@cache
def stemmer() -> Any:
    """Sastrawi's stemmer with our stems added to its dictionary, and without its own, unbounded cache.

    A word that can have no prefix is not put before its 41 rules of prefixes one by one: an eighth of the time.
    """
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Context.Context import Context
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    class OneWord(Context):  # type: ignore[misc]
        def accept_prefix_visitors(self, visitors: Any) -> None:
            if _PREFIXED.match(self.current_word):
                super().accept_prefix_visitors(visitors)

    class Words(Stemmer):  # type: ignore[misc]
        def stem_singular_word(self, word: str) -> Any:
            one = OneWord(word, self.dictionary, self.visitor_provider)
            one.execute()
            return one.result

    roots = ArrayDictionary()
    # Left to itself it takes them in one by one, which is most of the time until the first word is stemmed.
    roots.words = dict.fromkeys(filter(None, [*StemmerFactory().get_words(), *_exceptions_by_stem()]))
    return Words(roots)
