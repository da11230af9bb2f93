"""``python -m kms`` is ``kms``."""

from kms.cli import main

main()
