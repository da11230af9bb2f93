"""Search engines behind one contract: `memory`, the oracle of the tests, and `whoosh`, the default."""
