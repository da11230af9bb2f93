"""What a word is: kms's own tokens, folding and Indonesian stems. Engines, highlighting and checks all use these."""

from kms.text.abbreviations import abbreviates, long_forms
from kms.text.stems import stem
from kms.text.stopwords import STOP_WORDS
from kms.text.together import separate
from kms.text.tokens import Token, fold, tokenize

ANALYSER = "10"
"""Changes whenever the same text may give other tokens; an index remembers which one it was built with."""

__all__ = ["ANALYSER", "STOP_WORDS", "Token", "abbreviates", "fold", "long_forms", "separate", "stem", "tokenize"]
