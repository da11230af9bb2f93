"""The months of the year, as texts name them."""

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip

ANY_MONTH = "|".join(MONTHS)
"""One of them, for a regular expression."""
