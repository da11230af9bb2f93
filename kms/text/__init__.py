"""What a word is: kms's own tokens, folding and Indonesian stems. Engines, highlighting and checks all use these."""

from kms.text.tokens import Token, tokenize

__all__ = ["Token", "tokenize"]
