"""Where a workspace is and what its ``kms.toml`` sets."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from kms.errors import WorkspaceError
from kms.language import DEFAULT_LANGUAGE, LANGUAGES, say

PATIENCE = 6.0
"""How many times as long as it may work a reader is waited for: others want the processor as well."""

MOST = 10_000_000
"""No setting is a larger number: it would no longer be a limit."""


@dataclass(frozen=True)
class ReadingLimits:
    """What one file may cost while it is read. ``seconds`` are processor time, which a busy machine does not use up."""

    seconds: float = 1800.0
    seconds_per_page: float = 60.0
    memory_mb: int = 1500
    pages: int = 5000
    file_mb: int = 500


@dataclass(frozen=True)
class Settings:
    """The settings of a workspace; every one has a default, and ``kms.toml`` may set any."""

    language: str = DEFAULT_LANGUAGE
    engine: str = "whoosh"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    check: dict[str, float] = field(default_factory=dict)
    """Thresholds of the duplicate check that differ from the calibrated ones; see docs/duplicates.md."""


@dataclass(frozen=True)
class Workspace:
    """A folder with ``corpus/`` and ``index/`` and, if wanted, ``kms.toml``."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def corpus(self) -> Path:
        """The documents, the record of truth."""
        return self.root / "corpus"

    @property
    def index(self) -> Path:
        """Derived; may be deleted at any time."""
        return self.root / "index"


def open_workspace(root: str | Path) -> Workspace:
    """The workspace at ``root``; its folders need not exist yet.

    Raises:
        WorkspaceError: ``root`` is a file, or its ``kms.toml`` cannot be understood.
    """
    root = Path(root).expanduser().absolute()
    if root.exists() and not root.is_dir():
        raise WorkspaceError(say("{path} is not a folder.", path=root), say("Name a folder with --workspace."))
    path = root / "kms.toml"
    if not path.exists():
        return Workspace(root)
    import tomllib

    try:
        settings = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise WorkspaceError(
            say("{path} cannot be understood: {error}.", path=path, error=error), say("Correct it or remove it.")
        ) from error
    _check_limits(path, settings)
    if settings.language not in LANGUAGES:
        raise WorkspaceError(
            say("{path}: there is no language {language}.", path=path, language=settings.language),
            say("Choose one of: {languages}.", languages=", ".join(LANGUAGES)),
        )
    return Workspace(root, settings)


def _check_limits(path: Path, settings: Settings) -> None:
    """Stop a limit that would be none.

    Raises:
        WorkspaceError: a number is not above 0, or has no end.
    """
    numbers = {"jobs": settings.jobs, **{f"reading.{name}": value for name, value in asdict(settings.reading).items()}}
    for name, value in numbers.items():
        if not 0 < value <= MOST:
            raise WorkspaceError(
                say("{path}: {name} cannot be {value}.", path=path, name=name, value=value),
                say("Give a number above 0, and no more than {most}.", most=MOST),
            )
