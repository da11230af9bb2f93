"""Where Tesseract and its models lie on this machine, and what to do when they do not."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kms.extract.ocr.values import Availability
from kms.language import say

FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
LANGUAGES = ("ind", "eng", "osd")


def model_folders(extra: Iterable[Path] = ()) -> list[Path]:
    """The folders that may hold models: ``extra``, TESSDATA_PREFIX, Python's own, then the system's."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [*extra, *([Path(named), Path(named) / "tessdata"] if named else []), Path(sys.prefix) / "share/tessdata"]
    for pattern in FOLDERS:
        root = Path(pattern).anchor
        folders += sorted(Path(root).glob(pattern[len(root) :]), reverse=True)
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def find_models(folders: Iterable[Path]) -> dict[str, str]:
    """Each language found, with its folder. Languages that lie together in one folder are taken from there."""
    held = {folder: [name for name in LANGUAGES if (folder / f"{name}.traineddata").is_file()] for folder in folders}
    found: dict[str, str] = {}
    for folder, names in sorted(held.items(), key=lambda item: -len(item[1])):
        for name in names:
            found.setdefault(name, str(folder))
    return found


def availability(extra: Iterable[Path] = ()) -> Availability:
    """What this machine can read pictures with. Cheap: looks at files and at whether modules could be imported.

    Args:
        extra: more folders with ``*.traineddata`` files, looked at first.
    """
    missing = []
    engine = None
    if importlib.util.find_spec("tesserocr") is None or importlib.util.find_spec("numpy") is None:
        missing.append(say("The OCR program is not installed; get it with `pip install kms[ocr]`."))
    else:
        engine = engine_version()
    found = find_models(model_folders(extra))
    if not found.keys() & {"ind", "eng"}:
        missing.append(say("No model to read with was found; get one with `pip install kms[ocr]`."))
    elif "ind" not in found:
        missing.append(
            say(
                "The Indonesian model is missing, so pages are read with the English one, with more mistakes; "
                "get it with `apt-get install tesseract-ocr-ind`, or put ind.traineddata into a folder and name that "
                "folder in TESSDATA_PREFIX."
            )
        )
    elif "eng" not in found:
        missing.append(
            say(
                "The English model is missing, and the Indonesian one does not know the percent sign; "
                "get it with `pip install kms[ocr]`."
            )
        )
    return Availability(engine, found, tuple(missing))


def engine_version() -> str | None:
    """The name and version of the OCR program, None when its library does not load."""
    try:
        import tesserocr
    except ImportError:
        return None
    return str(tesserocr.tesseract_version()).splitlines()[0].strip()
