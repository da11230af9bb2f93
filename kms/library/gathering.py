"""Which files an ingest takes: those named, and those in folders that kms can read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kms.corpus import is_document_folder
from kms.errors import BadInput
from kms.language import say

KINDS = (".pdf", ".docx", ".md", ".txt")


def gather(paths: Iterable[str | Path]) -> list[Path]:
    """The files to take in, each once, in the order of ``paths`` and by name inside a folder.

    Folders are searched through, but not hidden ones and not the corpus's own document folders; of their files those
    of a kind kms reads are taken. A file that is named is taken whatever it is called; where others are there, one that
    is missing is among them, to fail by itself.

    Raises:
        BadInput: no path exists, or a folder holds nothing to read.
    """
    files: dict[Path, None] = {}
    named = [Path(path) for path in paths]
    some = any(path.exists() for path in named)
    for path in named:
        if path.is_dir():
            found = list(_inside(path))
            if not found:
                raise BadInput(
                    say("The folder {path} holds no file that kms reads.", path=printable(path)),
                    say("It reads: {kinds}.", kinds=" ".join(KINDS)),
                )
            files.update(dict.fromkeys(found))
        elif some:
            files[path] = None
        else:
            raise BadInput(
                say("There is no file or folder {path}.", path=printable(path)), say("Check the name and try again.")
            )
    return list(files)


def _inside(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        if is_document_folder(Path(where)):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower().endswith(KINDS):
                yield Path(where, name)


def printable(path: Path | str) -> str:
    """A path as text that can be printed and sent, also where its bytes are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
