"""Words that carry nothing in a query beside other words."""

# fmt: off
STOP_WORDS = frozenset({
    "adalah", "and", "apa", "apakah", "atau", "bagaimana", "bagi", "bahwa", "berapa", "berapakah", "dalam", "dan",
    "dari", "dengan", "di", "dimana", "for", "ialah", "in", "ini", "itu", "kapan", "ke", "kenapa", "mana", "manakah",
    "mengapa", "menurut", "of", "oleh", "pada", "para", "saja", "sebagai", "secara", "serta", "siapa", "siapakah",
    "tentang", "terhadap", "tersebut", "the", "to", "untuk", "yaitu", "yakni", "yang",
})
# fmt: on
"""Exact forms. They are indexed all the same, so that phrases hold."""
