"""The command line: ``kms COMMAND``. Results go to stdout, progress and messages to stderr.

Exit codes: 0 done; 1 nothing found (`search`, `similar`) or done before (`check`); 2 an error, told in one sentence
with what to do next; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

import click

from kms import __version__
from kms.cli.accounts import log, user
from kms.cli.asking import indicators, list_documents, search, show, similar, tables
from kms.cli.changing import ingest, remove, tag
from kms.cli.checking import audit, check, decide
from kms.cli.help import click_speaking, translated, wanted_language
from kms.cli.safekeeping import backup, restore
from kms.cli.serving import serve
from kms.cli.session import Session, pass_session
from kms.cli.upkeep import rebuild, verify
from kms.config import open_workspace
from kms.errors import KmsError, why
from kms.language import LANGUAGES, say

INTERRUPTED = 130
"""Exit code after Ctrl-C, and where nobody reads the output any more."""
SELDOM = 50_000
"""New objects between two looks for garbage: looking after every 700 takes a tenth of the time of a short command."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--workspace", envvar="KMS_WORKSPACE", default=".", metavar="DIR", help="Folder with corpus/ and index/ [here]."
)
@click.option("--language", envvar="KMS_LANGUAGE", type=click.Choice(LANGUAGES), help="Language of messages [id].")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="kms")
@pass_session
def command(session: Session, workspace: str, language: str | None, debug: bool) -> None:
    """Find what was already studied and planned, before it is done again."""
    session.debug = debug
    session.workspace = open_workspace(workspace)


for part in (
    ingest,
    search,
    list_documents,
    show,
    similar,
    tables,
    indicators,
    check,
    audit,
    decide,
    tag,
    remove,
    rebuild,
    verify,
    backup,
    restore,
    serve,
    user,
    log,
):
    command.add_command(part)


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(SELDOM)
    # Products of vectors here are small; threads to share them cost more when they are started than they ever save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        # Threads that wait for a reader would start it again and keep the process for as long as it takes.
        stop_children()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Every error ends as one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    session = Session()
    session.language = wanted_language(command, arguments)
    with click_speaking(session.language):
        return attempt(arguments, session)


def attempt(arguments: list[str], session: Session) -> int:
    """As ``run``, in the language of the session."""
    try:
        told = translated(command, session.language)
        return int(told.main(arguments, prog_name="kms", standalone_mode=False, obj=session) or 0)
    except KmsError as error:
        if session.debug:
            raise
        click.echo(error.text(session.language), err=True)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kms"
        advice = say("`{command} -h` shows how it is used.", command=path)
        click.echo(f"{error.format_message()} {session.say(advice)}", err=True)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
    except (click.Abort, KeyboardInterrupt):
        click.echo(session.say(say("Stopped. Everything that was reported is kept.")), err=True)
        return INTERRUPTED
    except SystemExit as end:
        # click ends with 1 when whoever read our output has gone; here that would say that nothing was found.
        return INTERRUPTED if end.code == 1 else int(end.code or 0)
    except OSError as error:
        if session.debug:
            raise
        where = error.filename if isinstance(error.filename, str | bytes) else "kms"
        sentence = say("{path} cannot be read or written ({error}).", path=os.fsdecode(where), error=why(error))
        advice = say("Check the name, the permissions and the free space of the disk.")
        kept = say("Nothing that was acknowledged is lost.")
        click.echo(" ".join(map(session.say, (sentence, advice, kept))), err=True)
    except Exception as error:
        if session.debug:
            raise
        sentence = say("Something went wrong inside kms: {error}.", error=f"{type(error).__name__}: {error}")
        advice = say("Nothing that was acknowledged is lost. Run the command again with `kms --debug` and report it.")
        click.echo(f"{session.say(sentence)} {session.say(advice)}", err=True)
    return 2


def stop_children() -> None:
    """End the processes that read files for this one, so that nothing goes on after it."""
    import psutil

    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
