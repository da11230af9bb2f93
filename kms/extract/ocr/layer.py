"""Whether the text that a page carries is fit to be read, or a bad old OCR layer or a font without a key."""

from __future__ import annotations

import re

from kms.text.segment import is_word, split_words

LETTERS = re.compile(r"[^\W\d_]{4,}")


def layer_is_usable(text: str, least: float = 0.4, words: int = 12) -> bool:
    """Whether ``text`` reads like language, or is too short to tell.

    Args:
        text: the page's own text.
        least: the share of its longer words that must be words, or words run together. Names and abbreviations are
            none, so a good page of tables may have half.
        words: with fewer longer words than this only unreadable signs speak against the text.
    """
    strange = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text)
    if text and strange > 0.2 * len(text):
        return False
    found = LETTERS.findall(text)[:400]
    if len(found) < words:
        return True
    good = sum(is_word(word) or len(split_words(word)) > 1 for word in found)
    return good >= least * len(found)
