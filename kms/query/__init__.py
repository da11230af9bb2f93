"""kms's own query language: parsed to a tree that engines answer; no engine's syntax ever reaches a person."""

from kms.query.language import Parsed, file_name, parse, read_years
from kms.query.resolving import matching, relax, resolve
from kms.query.snippets import Marker, Snippet, highlight, snippet
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word, leaves

__all__ = [
    "Alike",
    "And",
    "Marker",
    "Node",
    "Not",
    "OneOf",
    "Or",
    "Parsed",
    "Phrase",
    "Prefix",
    "Snippet",
    "Word",
    "file_name",
    "highlight",
    "leaves",
    "matching",
    "parse",
    "read_years",
    "relax",
    "resolve",
    "snippet",
]
