"""Sentences for people, in Bahasa Indonesia first and English second.

A sentence is written once, in English, where it arises; its Indonesian form stands in
``kms/locale/id/LC_MESSAGES/kms.po``. It is translated only when it is shown, so one error can be
told in two languages.
"""

from __future__ import annotations

import gettext as _gettext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"
LOCALE = Path(__file__).parent / "locale"
LONGEST_REASON = 300
"""Letters of an error of a library that are shown; it may quote a whole file."""


@dataclass(frozen=True)
class Message:
    """A sentence with named places (``{name}``) and the values that go there."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The sentence in ``language`` ("id" or "en"); in English where no translation exists."""
        values = {name: _shown(value, language) for name, value in self.values.items()}
        return translate(self.template, language).format(**values)

    def __str__(self) -> str:
        return self.text("en")


def _shown(value: Any, language: str) -> Any:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, Exception) and len(said := str(value)) > LONGEST_REASON:
        return f"{said[:LONGEST_REASON]} ..."
    return value


def say(template: str, /, **values: Any) -> Message:
    """A sentence to be shown later, in the language of whoever reads it."""
    return Message(template, values)


def translate(template: str, language: str) -> str:
    """The Indonesian form of an English sentence, or the sentence itself."""
    return catalogue(language).gettext(template)


@cache
def catalogue(language: str) -> _gettext.NullTranslations:
    """The gettext catalogue of ``language``; an empty one for English."""
    return _gettext.translation("kms", LOCALE, [language], fallback=True)
