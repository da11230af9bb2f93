"""What all tests share: where the real documents and the sample are, and that no property depends on a clock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent


settings.register_profile("any machine", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real documents (KMS_DATA); tests that want it are skipped where it is missing."""
    path = Path(os.environ.get("KMS_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip(f"no real documents at {path}; set KMS_DATA")
    return path


@pytest.fixture(scope="session")
def sample_dir() -> Path:
    """The PDFs of the sample corpus, which stand in the repository."""
    return ROOT / "corpus" / "sample"
