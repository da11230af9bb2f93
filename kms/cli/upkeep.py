"""Commands for the workspace as a whole: rebuild, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kms.cli.session import ProgressBar, Session, json_option, pass_session, print_json, printable
from kms.language import say

if TYPE_CHECKING:
    from kms.library.rereading import Reread


@click.command()
@click.option("--ocr", is_flag=True, help="First read the pictures that nobody has read yet.")
@click.option("--extract", is_flag=True, help="First read every original again, with the readers of today.")
@json_option
@pass_session
def rebuild(session: Session, ocr: bool, extract: bool, as_json: bool) -> int:
    """Make the index and every document.md again from the corpus.

    What people corrected stays, whatever is read again. Exit code 2 where an original could not be read.
    """
    done: list[Reread] = []
    with session.library() as library:
        if ocr or extract:
            bar = ProgressBar()
            for one in library.reread(waiting_only=not extract, on_progress=bar):
                bar.clear()
                done.append(one)
                if not as_json:
                    click.echo(_line(session, one))
        for sentence in library.missing_for_pictures() if done and ocr else ():
            session.tell(sentence)
        count = library.rebuild(ProgressBar())
    failed = [one for one in done if one.reason is not None]
    if as_json:
        reasons = [{"id": one.id, "reason": session.say(one.reason)} for one in failed if one.reason]
        waiting = sum(one.needs_ocr for one in done)
        print_json({"documents": count, "read": len(done) - len(failed), "failed": reasons, "needs_ocr": waiting})
    else:
        click.echo(session.say(say("Indexed {count} documents.", count=count)))
    return 2 if failed else 0


def _line(session: Session, one: Reread) -> str:
    """What became of a document that was read again."""
    if one.reason is not None:
        return session.say(say("failed   {path}: {reason}", path=one.id, reason=printable(session.say(one.reason))))
    line = say("read     {id}", id=one.id) if one.changed else say("the same {id}", id=one.id)
    if not one.needs_ocr:
        return session.say(line)
    return f"{session.say(line)}; {session.say(say('{count} pages are pictures, not read yet', count=one.needs_ocr))}"


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
