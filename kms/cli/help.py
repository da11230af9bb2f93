"""The help of every command, and click's own sentences, in the person's language."""

from __future__ import annotations

import contextlib
import copy
import gettext
import os
from collections.abc import Iterator, Sequence
from inspect import cleandoc

import click

from kms.config import open_workspace
from kms.errors import KmsError
from kms.language import DEFAULT_LANGUAGE, LANGUAGES, LOCALE, translate


def wanted_language(command: click.Command, arguments: Sequence[str]) -> str:
    """The language that arguments, environment or kms.toml ask for, told before a command runs or is found wrong."""
    # A copy, as click keeps the option -h that it makes now in whatever language is in force.
    with copy.copy(command).make_context("kms", list(arguments), resilient_parsing=True) as context:
        asked, workspace = context.params["language"], context.params["workspace"]
    if asked in LANGUAGES:
        return str(asked)
    try:
        return open_workspace(workspace).settings.language
    except KmsError:
        # The command that follows opens it too, and says what is wrong.
        return DEFAULT_LANGUAGE


def translated(command: click.Command, language: str) -> click.Command:
    """``command``, with those below it, whose help is in ``language``; the command given stays as it is."""
    told = copy.copy(command)
    told.help = command.help and translate(cleandoc(command.help), language)
    told.params = [copy.copy(param) for param in command.params]
    for param in told.params:
        if isinstance(param, click.Option) and param.help:
            param.help = translate(param.help, language)
    if isinstance(told, click.Group):
        told.commands = {name: translated(part, language) for name, part in told.commands.items()}
    return told


@contextlib.contextmanager
def click_speaking(language: str) -> Iterator[None]:
    """Within, click, which asks gettext of the whole process, finds its sentences in the catalogue of kms."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain("kms", str(LOCALE))
    gettext.textdomain("kms")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before
