"""Every sentence shown to people has an Indonesian form, and the compiled catalogue is the one in the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_sentence_is_translated() -> None:
    script = ROOT / "scripts" / "messages.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
