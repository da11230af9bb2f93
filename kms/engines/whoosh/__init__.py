"""The default engine: Whoosh's index files, commits and locks around postings kept as arrays.

What is Whoosh's: the folder (`FileStorage`), the list of segments and its atomic replacement (`TOC`), the writer's life
and lock (`SegmentWriter`), deletions and the codec seam. What is ours: a codec whose segments are one file of arrays, a
merge policy by size, and matching and scoring whole posting lists at a time, kept by segment while they are asked for.
"""

from kms.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
