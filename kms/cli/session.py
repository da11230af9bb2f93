"""What one run of the command line carries: the workspace, the language, and how to speak to the terminal."""

from __future__ import annotations

import codecs
import getpass
import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kms.config import Workspace
from kms.language import DEFAULT_LANGUAGE, Message, say

if TYPE_CHECKING:
    from kms.library import Library


class Session:
    """One run. ``workspace`` is set before any command runs."""

    workspace: Workspace

    def __init__(self) -> None:
        self.language = DEFAULT_LANGUAGE
        self.debug = False

    def library(self) -> Library:
        """The library of the workspace, telling about waiting and repairs on stderr."""
        from kms.library import Library  # not needed for --help
        from kms.library.access import Reader

        command = click.get_current_context().command_path
        return Library(self.workspace, command=command, tell=self.tell, reader=Reader(person()))

    def tell(self, message: Message) -> None:
        """A sentence for the person, on stderr."""
        click.echo(message.text(self.language), err=True)

    def tell_nothing(self, library: Library, message: Message) -> None:
        """Say ``message``, or, where there is no document at all, that the workspace is still empty."""
        empty = say("There are no documents in {path} yet; `kms ingest` takes them in.", path=self.workspace.root)
        self.tell(message if library.corpus.ids() else empty)

    def say(self, message: Message) -> str:
        """The sentence in the person's language."""
        return message.text(self.language)


pass_session = click.make_pass_decorator(Session)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer with JSON.")


def print_json(value: Any) -> None:
    """One JSON object on one line; where the output is not UTF-8, other letters than ASCII as JSON escapes them."""
    spoken = codecs.lookup(sys.stdout.encoding or "utf-8").name
    click.echo(json.dumps(value, ensure_ascii=spoken != "utf-8"))


def printable(text: str) -> str:
    """``text`` on one line of a terminal: no control signs, and no marks that turn the direction of writing."""
    plain = " ".join(text.split())
    return "".join(
        sign.encode("unicode_escape").decode() if unicodedata.category(sign)[0] == "C" else sign for sign in plain
    )


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows as columns; the last column takes what it needs."""
    if not rows:
        return
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        click.echo("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[-1]]).rstrip())


def person() -> str:
    """Who is at the keyboard, for the record of corrections."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # An account without a name, as in some containers.
        return "unknown"


class ProgressBar:
    """A bar on stderr while something runs; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if not self._shown or not total:
            return
        filled = 30 * done // total
        click.echo(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total}", err=True, nl=False)
        if done == total:
            self.clear()

    def clear(self) -> None:
        """Take the bar away, so that a line can be printed in its place."""
        if self._shown:
            click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
