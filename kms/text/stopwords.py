"""Words that carry nothing in a query beside other words."""

# fmt: off
STOP_WORDS = frozenset({
    "adalah", "and", "atau", "dalam", "dan", "dari", "dengan", "di", "for", "ialah", "in", "ini", "itu",
    "ke", "of", "oleh", "pada", "para", "serta", "the", "to", "untuk", "yaitu", "yakni", "yang",
})
# fmt: on
"""Exact forms. They are indexed all the same, so that phrases hold."""
