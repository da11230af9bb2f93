"""Words that carry nothing in a query beside other words."""

STOP_WORDS = frozenset(
    {
        "dengan",
        "untuk",
        "para",
        "itu",
        "oleh",
        "di",
        "ke",
        "for",
        "and",
        "of",
        "the",
        "adalah",
        "in",
        "dalam",
        "yakni",
        "ialah",
        "yang",
        "yaitu",
        "atau",
        "dari",
        "to",
        "serta",
        "ini",
        "dan",
        "pada",
    }
)
"""Exact forms. They are indexed all the same, so that phrases hold; queries ask for them only where they have no others.
"""
