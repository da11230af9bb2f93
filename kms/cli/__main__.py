"""``python -m kms.cli`` is ``kms``."""

from kms.cli import main

main()
