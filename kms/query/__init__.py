"""kms's own query language: parsed to a tree that engines answer; no engine's syntax ever reaches a person."""
