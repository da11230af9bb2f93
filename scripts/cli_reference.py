"""Write docs/cli-reference.md from the commands themselves; with ``--check``, fail where it is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kms.cli import command

REFERENCE = Path(__file__).parent.parent / "docs" / "cli-reference.md"
SHOWN = {"max_content_width": 100, "terminal_width": 100, "help_option_names": ["-h", "--help"]}
HEAD = """# The command line

Made from the commands by `make docs`; a test compares the two.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 1 nothing found (`search`,
`similar`), or done before (`check`); 2 an error, told in one sentence with what to do next; 130 stopped by Ctrl-C.
`ingest` ends with 2 when a file failed, `verify` and `log --check` when something is damaged.
The JSON of each command is described in [json.md](json.md).
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([HEAD, *sections(command, click.Context(command, info_name="kms", **SHOWN))])


def sections(part: click.Command, context: click.Context) -> Iterator[str]:
    """The help of a command and of those below it, each under its name."""
    yield f"## {context.command_path}\n"
    yield block(part.get_help(context))
    for name, below in sorted(part.commands.items()) if isinstance(part, click.Group) else ():
        yield from sections(below, click.Context(below, info_name=name, parent=context, **SHOWN))


def block(text: str) -> str:
    return "```text\n" + "\n".join(line.rstrip() for line in text.splitlines()) + "\n```\n"


def main() -> None:
    if "--check" not in sys.argv:
        REFERENCE.write_text(reference(), "utf-8")
    elif REFERENCE.read_text("utf-8") != reference():
        sys.exit("docs/cli-reference.md is out of date; run `make docs`")


if __name__ == "__main__":
    main()
