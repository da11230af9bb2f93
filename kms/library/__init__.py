"""The facade: what a program can ask of a workspace."""
