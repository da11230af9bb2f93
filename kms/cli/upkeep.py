"""Commands for the workspace as a whole: rebuild, verify."""

from __future__ import annotations

import click

from kms.cli.session import ProgressBar, Session, json_option, pass_session, print_json
from kms.language import say


@click.command()
@json_option
@pass_session
def rebuild(session: Session, as_json: bool) -> int:
    """Make the index and every document.md again from the corpus."""
    with session.library() as library:
        count = library.rebuild(ProgressBar())
    if as_json:
        print_json({"documents": count})
    else:
        click.echo(session.say(say("Indexed {count} documents.", count=count)))
    return 0


@click.command()
@json_option
@pass_session
def verify(session: Session, as_json: bool) -> int:
    """Compare every file with its record and the index with the corpus; exit code 2 where something is damaged."""
    from kms.library.answers import damages_json

    with session.library() as library:
        damages = library.verify(ProgressBar())
        count = len(library.corpus.ids())
    if as_json:
        print_json(damages_json(count, damages, session.language))
    elif damages:
        for damage in damages:
            click.echo(f"{session.say(damage.message)} {session.say(damage.repair)}")
    else:
        click.echo(session.say(say("{count} documents, all as they should be.", count=count)))
    return 2 if damages else 0
