"""Commands that keep the documents elsewhere: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from kms.cli.session import ProgressBar, Session, json_option, pass_session, print_json
from kms.language import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def backup(session: Session, file: Path, as_json: bool) -> int:
    """Write all documents into one new FILE (a zip), while others may go on working.

    The index is not in it; `kms restore` makes it again.
    """
    with session.library() as library:
        packed = library.backup(file, ProgressBar())
    if as_json:
        print_json(
            {"file": str(file), "documents": packed.documents, "bytes": packed.size, "damaged": list(packed.damaged)}
        )
    else:
        click.echo(session.say(say("{path}: {count} documents.", path=file, count=packed.documents)))
    if packed.damaged:
        session.tell(say("Damaged: {ids}. `kms verify` says how.", ids=", ".join(packed.damaged)))
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def restore(session: Session, file: Path, as_json: bool) -> int:
    """Bring back all documents of a backup FILE into an empty workspace.

    Every file is compared with its digest before the first document appears.
    """
    with session.library() as library:
        count = library.restore(file, ProgressBar())
    if as_json:
        print_json({"documents": count})
    else:
        click.echo(session.say(say("Restored {count} documents.", count=count)))
    return 0
