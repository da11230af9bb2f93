"""Write docs/cli-reference.md from the commands themselves; with ``--check``, fail where it is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kms.cli import command

REFERENCE = Path(__file__).parent.parent / "docs" / "cli-reference.md"
HEAD = """# The command line

Made from the commands by `make docs`; a test compares the two.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 1 nothing found (`search`); 2 an error, told
in one sentence with what to do next; 130 stopped by Ctrl-C. `ingest` ends with 2 when a file failed, `verify` when
something is damaged.
The JSON of each command is described in [json.md](json.md).
"""


def reference() -> str:
    """The whole page."""
    shown = {"max_content_width": 100, "terminal_width": 100, "help_option_names": ["-h", "--help"]}
    context = click.Context(command, info_name="kms", **shown)
    parts = [HEAD, "## kms\n", block(command.get_help(context))]
    for name in command.list_commands(context):
        part = command.get_command(context, name)
        assert part
        inner = click.Context(part, info_name=name, parent=context, **shown)
        parts += [f"## kms {name}\n", block(part.get_help(inner))]
    return "\n".join(parts)


def block(text: str) -> str:
    return "```text\n" + "\n".join(line.rstrip() for line in text.splitlines()) + "\n```\n"


def main() -> None:
    if "--check" not in sys.argv:
        REFERENCE.write_text(reference(), "utf-8")
    elif REFERENCE.read_text("utf-8") != reference():
        sys.exit("docs/cli-reference.md is out of date; run `make docs`")


if __name__ == "__main__":
    main()
