"""Commands that look for what was already done: check, audit, decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kms.cli.session import ProgressBar, Session, json_option, pass_session, person, print_json, printable
from kms.language import say

if TYPE_CHECKING:
    from kms.library.checked import Checked

FLAGGED = ("duplicate", "overlap")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title of the draft.")
@click.option("--text", default="", help="Its abstract, or as much of it as there is.")
@click.option("--year", default="", metavar="YEAR", help="The year it is for, or a period such as 2018-2023.")
@click.option("--agency", default="", help="The office it is for.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a report: .html, .md or .json.")
@json_option
@pass_session
def check(
    session: Session,
    file: Path | None,
    title: str,
    text: str,
    year: str,
    agency: str,
    report: Path | None,
    as_json: bool,
) -> int:
    """Was this already done? FILE is a draft (.pdf .docx .md .txt); or give --title, with --text if you like.

    The draft is never stored. Exit code 1 when it was done before, in whole or in part.
    """
    from kms.library.checked import checked_json

    if report:
        from kms.library.reporting import form_of, write_report

        form = form_of(report)
    bar = ProgressBar()
    with session.library() as library:
        checked = library.check(file, title=title, text=text, year=year, agency=agency, on_progress=bar)
    bar.clear()
    if report:
        report.write_text(write_report(checked, form, session.language), "utf-8")
    if as_json:
        print_json(checked_json(checked, session.language))
    else:
        _tell(session, checked)
        if report:
            session.tell(say("The report is in {path}.", path=report))
    return 1 if checked.verdict in FLAGGED else 0


def _tell(session: Session, checked: Checked) -> None:
    from kms.library.telling import (
        LOOKS_THE_SAME,
        advice,
        coverage_line,
        decided_line,
        facts,
        named,
        relation_name,
        title_line,
        verdict_name,
        where_in_draft,
        where_there,
    )

    if line := title_line(checked):
        click.echo(f"{printable(checked.title)}\n{session.say(line)}\n")
    click.echo(click.style(session.say(verdict_name(checked)), bold=True))
    click.echo(session.say(coverage_line(checked)))
    click.echo(session.say(advice(checked)))
    for number, match in enumerate(checked.matches, 1):
        click.echo(f"\n{number}. {click.style(printable(named(match, checked)), bold=True)}")
        click.echo(f"   {printable(facts(match.document))} · {match.document.id}")
        click.echo(f"   {session.say(relation_name(match.relation))} ({match.score:.2f})")
        for reason in match.reasons:
            click.echo(f"   - {printable(session.say(reason))}")
        if match.decision:
            click.echo(f"   - {printable(session.say(decided_line(match.decision)))}")
        for each in match.evidence[:3]:
            here, there = where_in_draft(checked, each.draft), where_there(match.document, each.found)
            places = [say("draft, {where}", where=here)] if here else []
            places += [say("there, {where}", where=there)] if there else []
            told = "; ".join(session.say(place) for place in places)
            shown = _shortened(each.found.text)
            if each.kind == "look":
                shown = f"{session.say(LOOKS_THE_SAME)} {shown}".rstrip()
            click.echo(f"   {printable(told)}{': ' if told else ''}{shown}")
        if len(match.evidence) > 3:
            more = say("and {count} more passages", count=len(match.evidence) - 3)
            click.echo(f"   {session.say(more)}")
    if checked.not_checked:
        click.echo("\n" + session.say(say("Not checked:")))
        for message in checked.not_checked:
            click.echo(f"- {printable(session.say(message))}")


def _shortened(text: str, most: int = 160) -> str:
    line = printable(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@click.command()
@json_option
@pass_session
def audit(session: Session, as_json: bool) -> int:
    """What the corpus holds twice: copies, editions, studies done again, shared passages."""
    from kms.library.checked import audit_json
    from kms.library.telling import decided_line, facts, relation_name

    bar = ProgressBar()
    with session.library() as library:
        found = library.audit(bar)
    bar.clear()
    if as_json:
        print_json(audit_json(found, session.language))
        return 0
    for group in found.groups:
        click.echo(click.style(f"{session.say(relation_name(group.relation))} ({group.score:.2f})", bold=True))
        for document in group.documents:
            click.echo(f"  {document.id}  {printable(document.title)}  {printable(facts(document))}")
        for decision in group.decisions:
            click.echo(f"  - {printable(session.say(decided_line(decision)))}")
    if not found.groups and library.corpus.ids():
        session.tell(say("Nothing is there twice."))
    for message in found.not_checked:
        session.tell(message)
    return 0


@click.command()
@click.argument("first", metavar="ID")
@click.argument("second", metavar="ID")
@click.argument("choice", type=click.Choice(["not-duplicate", "duplicate", "edition", "undecided"]))
@click.option("--why", default="", help="The reason, shown whenever the two meet again.")
@json_option
@pass_session
def decide(session: Session, first: str, second: str, choice: str, why: str, as_json: bool) -> int:
    """Say of two documents what they are to each other. The last decision wins over the machine.

    "undecided" takes back what was said before.

    The first may also be the sha256 of a draft, as `kms check --json` and a report give it.
    """
    from kms.library.checked import decided_json

    with session.library() as library:
        decision = library.decide(first, second, choice, by=person(), why=why)
        [decided] = decided_json([decision], library.corpus.ids())
    if as_json:
        print_json(decided)
    else:
        first, second = decided["documents"]
        click.echo(session.say(say("Kept: {first} and {second}, {choice}.", first=first, second=second, choice=choice)))
    return 0
