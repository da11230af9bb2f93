"""Words that carry nothing in a query beside other words."""

# fmt: off
STOP_WORDS = frozenset({
    "adalah", "and", "apa", "apakah", "atau", "bagaimana", "bagi", "bahwa", "berapa", "dalam", "dan", "dari", "dengan",
    "di", "for", "ialah", "in", "ini", "itu", "ke", "mana", "menurut", "of", "oleh", "pada", "para", "sebagai",
    "secara", "serta", "siapa", "tentang", "terhadap", "tersebut", "the", "to", "untuk", "yaitu", "yakni", "yang",
})
# fmt: on
"""Exact forms. They are indexed all the same, so that phrases hold."""
