"""The documents on disk, the record of truth."""
