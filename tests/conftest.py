"""What all tests share: where the real documents and the sample are, drawings, and no property by the clock."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from PIL import Image, ImageDraw, ImageFilter

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


@pytest.fixture(scope="session")
def drawing() -> Callable[[int], Image.Image]:
    """What makes a drawing in small print, another one for each seed."""
    return draw_boxes


@pytest.fixture(scope="session")
def scan() -> Callable[..., Image.Image]:
    """What makes the scan of a sheet."""
    return scan_sheet


def draw_boxes(seed: int) -> Image.Image:
    """Boxes with lines of small print, joined by lines; another layout for each seed."""
    chance = np.random.default_rng(seed)
    sheet = Image.new("L", (1654, 1170), 255)
    pen = ImageDraw.Draw(sheet)
    for row in range(4):
        for x in chance.choice(np.arange(120, 1400, 150), int(chance.integers(2, 7)), replace=False).tolist():
            y = 120 + 210 * row + int(chance.integers(0, 60))
            pen.rectangle((x, y, x + 120, y + 90), fill=int(chance.integers(120, 230)), outline=0, width=2)
            pen.line((x + 60, y - 60, x + 60, y), fill=60, width=3)
            for line in range(5):
                pen.line((x + 10, y + 12 + 15 * line, x + int(chance.integers(40, 110)), y + 12 + 15 * line), 0, 4)
    return sheet


def scan_sheet(sheet: Image.Image, seed: int, skew: float = 1.0, scale: float = 1.0, turn: int = 0) -> Image.Image:
    """The sheet askew, of other size, soft, noisy and squeezed."""
    chance = np.random.default_rng(seed)
    picture = sheet.rotate(skew, Image.Resampling.BICUBIC, fillcolor=245).rotate(turn, expand=True)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    shades = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), np.float32) * 0.92 + 8
    squeezed = io.BytesIO()
    noisy = np.clip(shades + chance.normal(0, 9, shades.shape), 0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(squeezed, "JPEG", quality=50)
    return Image.open(squeezed)


@pytest.fixture
def parking() -> tuple[str, ...]:
    """Paragraphs of a study of parking fees, all on its matter."""
    return (
        "Retribusi parkir tidak pernah tercapai karena juru parkir menyetor menurut kesepakatan dengan koordinator,"
        " bukan menurut kendaraan yang parkir di ruas itu.",
        "Kendaraan dihitung pada setiap ruas dari pagi sampai malam, lalu potensi retribusi dibandingkan dengan setoran"
        " yang diterima kas daerah dari koordinator.",
        "Kebocoran setoran terbesar ditemukan pada ruas di seputar stasiun, tempat satu lahan parkir dipakai bergantian"
        " oleh kendaraan penumpang kereta.",
        "Juru parkir sebaiknya menerima upah tetap, sedangkan retribusi dibayar pengguna kendaraan tanpa uang tunai"
        " pada ruas dengan potensi tertinggi.",
    )
