"""Commands that change the corpus: ingest, tag, remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kms.cli.session import ProgressBar, Session, json_option, pass_session, person, print_json, printable
from kms.errors import BadInput
from kms.language import say
from kms.model import ACCESS_LEVELS

if TYPE_CHECKING:
    from kms.library.answers import Ingested


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--type", "type_", default="", metavar="TYPE", help="What all of them are: rkt, renstra, kajian ...")
@click.option("--year", default="", help="The year they plan or report, or a period such as 2018-2023.")
@click.option("--agency", default="", help="The office they belong to.")
@click.option("--title", default="", help="The title (of one file).")
@click.option("--access", type=click.Choice(ACCESS_LEVELS), help="Who may see them [umum].")
@click.option("--jobs", type=click.IntRange(1), help="Files read at once [number of processors].")
@json_option
@pass_session
def ingest(
    session: Session,
    paths: tuple[str, ...],
    type_: str,
    year: str,
    agency: str,
    title: str,
    access: str | None,
    jobs: int | None,
    as_json: bool,
) -> int:
    """Take in files (.pdf, .docx, .md, .txt) and folders of them.

    One line a file: new, present (it was there already) or failed. A file that fails never stops the rest; the exit
    code is 2 when one has failed.
    """
    from kms.library.answers import ingested_json

    given = {"type": type_, "year": year, "agency": agency, "title": title, "access": access}
    tags = {name: [value] for name, value in given.items() if value}
    failed = 0
    bar = ProgressBar()
    with session.library() as library:
        for done in library.ingest(paths, tags, jobs, bar, by=person()):
            bar.clear()
            failed += done.outcome == "failed"
            if as_json:
                print_json(ingested_json(done, session.language))
            else:
                click.echo(_line(session, done))
    return 2 if failed else 0


@click.command()
@click.argument("id")
@click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
@json_option
@pass_session
def tag(session: Session, id: str, changes: Sequence[str], as_json: bool) -> int:
    """Correct tags by hand; a correction always wins over the machine.

    KEY is type, title, agency, region, year, period, program, code, locus, keyword, or access (umum, terbatas,
    rahasia): who may see it. "KEY=" says that there is none,
    "KEY=-" takes a correction back. Repeat KEY=VALUE for several programs, codes, loci or keywords.
    """
    wanted: dict[str, list[str] | None] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise BadInput(
                say("{change} is no correction.", change=repr(change)), say("Write KEY=VALUE, for example year=2021.")
            )
        if value.strip() == "-":
            wanted[name.strip()] = None
        else:
            values = wanted.setdefault(name.strip(), [])
            if values is not None:
                values.append(value)
    with session.library() as library:
        document = library.tag(id, wanted, person())
    if as_json:
        from kms.library.answers import document_json

        print_json(document_json(document))
    else:
        for name in wanted:
            click.echo(f"{document.id}  {name}: {printable(', '.join(document.values(name))) or '-'}")
    return 0


@click.command()
@click.argument("id")
@json_option
@pass_session
def remove(session: Session, id: str, as_json: bool) -> int:
    """Take a document out of corpus and index."""
    with session.library() as library:
        gone = library.remove(id)
    if as_json:
        print_json({"id": gone, "removed": True})
    else:
        click.echo(session.say(say("Removed: {id}", id=gone)))
    return 0


def _line(session: Session, done: Ingested) -> str:
    path = printable(done.path)
    if done.reason is not None:
        return session.say(say("failed   {path}: {reason}", path=path, reason=printable(session.say(done.reason))))
    if done.outcome == "present":
        return session.say(say("present  {path}: {id}", path=path, id=done.id))
    line = say("new      {path}: {id} ({pages} pages, {tables} tables)", path=path, id=done.id, pages=done.pages,
               tables=done.tables)  # fmt: skip
    if not done.needs_ocr:
        return session.say(line)
    waiting = say("{count} pages are pictures, not read yet", count=done.needs_ocr)
    return f"{session.say(line)}; {session.say(waiting)}"
