"""Commands that only ask: search, list, show, tables, indicators."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kms.cli.histories import UNVERIFIED, through_the_years, years_of
from kms.cli.session import Session, json_option, pass_session, print_columns, print_json, printable
from kms.language import Message, say
from kms.model import Document, Extraction, Summary, Table

if TYPE_CHECKING:
    from kms.library.answers import Share

MINUS = "\u2212"


class SearchCommand(click.Command):
    """Lets ``-word`` be a word that pages must not have: no option but ``-h`` has a single letter."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [re.sub(r"^-(?=[^-\s].)", MINUS, arg) for arg in args])


@click.command(cls=SearchCommand)
@click.argument("words", nargs=-1)
@click.option("--year", default="", metavar="YEAR", help="2021, or 2019-2022.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="rkt, renstra, kajian ...; may be repeated.")
@click.option("--agency", default="", help="Words of the agency's name.")
@click.option("--program", default="", help="Words of a program's name.")
@click.option("--indicator", default="", help="Words of an indicator's name.")
@click.option("--limit", default=10, show_default=True, help="Hits on a result page.")
@click.option("--page", default=1, show_default=True, help="Which result page.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="The best first, or documents of later years.",
)
@click.option("--explain", is_flag=True, help="Say of each hit why it ranks where it does.")
@json_option
@pass_session
def search(
    session: Session,
    words: tuple[str, ...],
    year: str,
    types: tuple[str, ...],
    agency: str,
    program: str,
    indicator: str,
    limit: int,
    page: int,
    sort: str,
    explain: bool,
    as_json: bool,
) -> int:
    """Find pages by words and filters; exit code 1 when there are none.

    WORDS mean all of them. "a phrase", prefix*, -not, OR, and field:value (tahun:2021, jenis:rkt, opd:kesbangpol)
    say more.
    """
    from kms.library import Filters
    from kms.library.answers import search_json

    with session.library() as library:
        query = " ".join(_as_typed(word) for word in words)
        filters = Filters(year, types, agency, program, indicator)
        answer = library.search(query, filters, limit, page, newest=sort == "date", explain=explain)
        if not answer.total and len(words) == 1 and query != words[0]:
            # One argument may also be a whole query: "tahun:2021 rencana kerja".
            answer = library.search(words[0], filters, limit, page, newest=sort == "date", explain=explain)
    if as_json:
        print_json(search_json(answer, session.language))
        return 0 if answer.total else 1
    for note in answer.notes:
        session.tell(note)
    for number, hit in enumerate(answer.hits, (page - 1) * limit + 1):
        where = say("page {page}", page=hit.page).text(session.language)
        click.echo(f"{number}. {click.style(printable(hit.document.title), bold=True)} - {where}")
        click.echo(f"   {_facts(hit.document)}")
        click.echo("   " + _marked(hit.snippet, hit.marks))
        if hit.similar:
            click.echo("   " + session.say(say("Pages that say nearly the same: {count}", count=len(hit.similar))))
        if explain:
            click.echo("   " + "; ".join(_share(session, share) for share in hit.why))
    if not answer.total:
        session.tell_nothing(library, say("Nothing found."))
    elif not answer.hits:
        last = -(-answer.listed // limit)
        session.tell(say("There is no result page {page}; the last is {last}.", page=page, last=last))
    elif (seen := (page - 1) * limit + len(answer.hits)) < answer.listed:
        more = {"seen": seen, "total": answer.listed, "next": page + 1}
        session.tell(say("Results up to {seen} of {total}; more with --page {next}.", **more))
    if answer.suggestion and not answer.respelt:
        session.tell(say("Did you mean: {suggestion}", suggestion=answer.suggestion))
    return 0 if answer.total else 1


@click.command()
@click.argument("id")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="Documents at most.")
@json_option
@pass_session
def similar(session: Session, id: str, limit: int, as_json: bool) -> int:
    """Other documents about the same; exit code 1 when there are none. ID: as for `kms show`."""
    from kms.library.answers import resembling_json

    with session.library() as library:
        found = library.similar(id, limit)
    if as_json:
        print_json(resembling_json(found))
        return 0 if found else 1
    for one in found:
        click.echo(f"{one.score:.0%} {click.style(printable(one.document.title), bold=True)}")
        click.echo(f"   {_facts(one.document)}")
        if one.copies:
            told = say("Documents that say nearly the same: {ids}", ids=", ".join(each.id for each in one.copies))
            click.echo(f"   {session.say(told)}")
    if not found:
        session.tell_nothing(library, say("Nothing found."))
    return 0 if found else 1


@click.command("list")
@click.option("--year", default="", metavar="YEAR", help="2021, or 2019-2022.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="rkt, renstra, kajian ...; may be repeated.")
@click.option("--agency", default="", help="Words of the agency's name.")
@click.option("--unsure", is_flag=True, help="Only documents whose tags want a person's look.")
@click.option("--needs-ocr", is_flag=True, help="Only documents with pictures that nobody has read.")
@json_option
@pass_session
def list_documents(
    session: Session, year: str, types: tuple[str, ...], agency: str, unsure: bool, needs_ocr: bool, as_json: bool
) -> int:
    """The documents of the corpus."""
    from kms.library import Filters
    from kms.library.answers import listing_json

    with session.library() as library:
        listing = library.documents(Filters(year, types, agency), unsure, needs_ocr)
        waiting = needs_ocr and bool(listing.documents)
        missing = library.missing_for_pictures() if waiting and not as_json else ()
    if as_json:
        print_json(listing_json(listing))
        return 0
    print_columns([(one.id, one.type or "-", years_of(one) or "-", one.title) for one in listing.documents])
    if not listing.documents and not listing.damaged:
        session.tell_nothing(library, say("Nothing found."))
    if listing.damaged:
        session.tell(say("Damaged: {ids}. `kms verify` says how.", ids=", ".join(listing.damaged)))
    for sentence in (*missing, *([say("Read them with `kms rebuild --ocr`.")] if waiting else [])):
        session.tell(sentence)
    return 0


@click.command()
@click.argument("id")
@click.option("--page", type=int, metavar="N", help="Show the text of page N instead.")
@click.option(
    "--debug-page",
    type=(int, click.Path(dir_okay=False)),
    metavar="N FILE",
    help="Draw page N and its tables as PNG.",
)
@json_option
@pass_session
def show(session: Session, id: str, page: int | None, debug_page: tuple[int, str] | None, as_json: bool) -> int:
    """One document with its tags and their evidence. ID: an id, the beginning of one, or its hex digits."""
    from kms.library.answers import document_json

    with session.library() as library:
        if page is not None:
            found = library.page(id, page)
            if as_json:
                print_json({"page": found.number, "state": found.state, "text": found.text})
            else:
                click.echo(found.text)
            return 0
        if debug_page is not None:
            Path(debug_page[1]).write_bytes(library.page_picture(id, debug_page[0], width=1600, drawn=True))
            return 0
        document = library.document(id)
    if as_json:
        print_json(document_json(document))
        return 0
    click.echo(click.style(printable(document.title), bold=True))
    click.echo(_facts(document.summary))
    content = document.content
    counts = say("{pages} pages, {tables} tables, {indicators} indicators", pages=len(content.pages),
                 tables=len(content.tables), indicators=len(content.indicators))  # fmt: skip
    click.echo(session.say(counts))
    for line in _pictures(content):
        click.echo(session.say(line))
    click.echo(f"id {document.id}\nsha256 {document.sha256}\n{printable(document.source)}\n")
    print_columns(_evidence(session, document))
    return 0


@click.command()
@click.argument("id")
@click.option("--format", "form", type=click.Choice(["csv", "json", "md"]), default="md", show_default=True)
@click.option("--page", type=int, metavar="N", help="Only tables that stand on page N.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@pass_session
def tables(session: Session, id: str, form: str, page: int | None, as_json: bool) -> int:
    """The tables of a document."""
    from kms.library.answers import table_json

    with session.library() as library:
        if page is not None:
            library.page(id, page)
        found = [table for table in library.tables(id) if page is None or page in table.pages]
    if as_json or form == "json":
        print_json([table_json(table) for table in found])
    elif form == "csv":
        click.echo("\n".join(_csv(table) for table in found), nl=False)
        if scanned := sum(table.source == "ocr" for table in found):
            session.tell(
                say("{count} of these tables were read by OCR; their figures are not verified.", count=scanned)
            )
    else:
        click.echo("\n".join(_markdown(session, table) for table in found), nl=False)
    return 0


@click.command()
@click.option("--name", default="", help="Words of the indicator's name, in any inflection.")
@click.option("--year", default="", metavar="YEAR", help="2021, or 2019-2022.")
@click.option("--program", default="", help="Words of the program's name.")
@click.option("--document", default="", metavar="ID", help="Only of this document.")
@json_option
@pass_session
def indicators(session: Session, name: str, year: str, program: str, document: str, as_json: bool) -> int:
    """Indicators with their targets over the years, and the document and page where each stands.

    The same indicator of several documents is shown as one, also where they word it a little differently. "≠" marks
    figures for one year that contradict each other.
    """
    from kms.library.answers import indicator_json
    from kms.library.ledger import histories

    with session.library() as library:
        rows = library.indicators(name, year, program, document)
    if as_json:
        print_json([indicator_json(row) for row in rows])
        return 0
    if not rows:
        session.tell_nothing(library, say("No indicator found."))
    offices = {row.document.agency for row in rows}
    for number, history in enumerate(histories(rows)):
        if number:
            click.echo()
        mine = {row.document.agency for row in history.rows}
        # Where a history is of several offices, each of its lines names them.
        agency = next(iter(mine)) if len(offices) > 1 and len(mine) == 1 else None
        whose = f" - {printable(agency)}" if agency else ""
        units = f" ({printable(', '.join(history.units))})" if history.units else ""
        click.echo(click.style(printable(history.name), bold=True) + units + whose)
        if history.other_names:
            click.echo(printable(session.say(say("also: {names}", names="; ".join(history.other_names)))))
        print_columns(through_the_years(session, history))
    return 0


def _pictures(content: Extraction) -> Iterator[Message]:
    """What is to be known of pages that are pictures: how many a machine has read, and how many nobody has."""
    states = Counter(page.state for page in content.pages)
    if states["ocr"]:
        yield say("{count} pages are pictures read by OCR; their figures are not verified", count=states["ocr"])
    if states["needs-ocr"]:
        yield say("{count} pages are pictures, not read yet", count=states["needs-ocr"])
        yield say("Read them with `kms rebuild --ocr`.")


def _share(session: Session, share: Share) -> str:
    near = say("words near one another")
    return f"{printable(share.part) or session.say(near)} {share.score:.2f}"


def _facts(document: Summary) -> str:
    parts = (document.type, years_of(document), document.agency, document.id)
    return printable(" · ".join(part for part in parts if part))


def _as_typed(word: str) -> str:
    """A word of the query with the quotation marks that the shell took: -"two words", field:"two words"."""
    word = "-" + word[1:] if word.startswith(MINUS) else word
    match = re.fullmatch(r"(-?(?:[^\W\d_]+:)?)([^\s\"-][^\"]*\s[^\"]*)", word.strip())
    return f'{match[1]}"{match[2]}"' if match and match[1] else word


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """A snippet on one line; the words found are bold on a terminal."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [text[last:start], click.style(text[start:end], bold=True, fg="yellow")]
        last = end
    return re.sub(r"\s+", " ", "".join([*pieces, text[last:]]))


def _evidence(session: Session, document: Document) -> list[tuple[str, ...]]:
    names = dict.fromkeys(tag.name for tag in (*document.corrections, *document.content.tags))
    rows: list[tuple[str, ...]] = []
    for name in names:
        for tag in document.tags(name):
            page = say("page {page}", page=tag.page).text(session.language) if tag.page else "-"
            rows.append((name, f"{tag.confidence:.2f}", tag.source, page, tag.value))
    return rows


def _csv(table: Table) -> str:
    """Header and rows; the label of a group of rows stands in a row of its own above them."""
    from kms.library.cells import harmless

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([map(harmless, table.header)] if table.header else [])
    before = None
    for row, group in zip(table.rows, table.groups or (None,) * len(table.rows), strict=False):
        if group and group != before:
            writer.writerow([harmless(group), *[""] * (table.width - 1)])
        before = group
        writer.writerow(map(harmless, row))
    return text.getvalue()


def _markdown(session: Session, table: Table) -> str:
    from kms.corpus import render_table

    pages = ", ".join(str(number) for number in table.pages)
    where = session.say(say("Table, page {page}", page=pages))
    note = f"*{session.say(UNVERIFIED)}*\n\n" if table.source == "ocr" else ""
    return f"### {where}\n\n{note}{render_table(table)}\n"
