"""Indikator: the ledger of all indicators with filters, and one indicator through the years as a chart."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from kms.errors import BadInput
from kms.library import Library
from kms.library.answers import Row
from kms.library.ledger import History, Statement, histories
from kms.model import Figure
from webui.addresses import LONGEST
from webui.charts import chart_of
from webui.documents import open_document
from webui.places import library
from webui.speaking import phrase as _
from webui.spreadsheets import as_file, rows_csv, rows_xlsx

FILTERS = ("q", "year", "program", "agency", "type")
PER_PAGE = 40
YEARS_SHOWN = 6
YEAR = re.compile(r"(?:19|20)\d\d")
KEPT = 12

blueprint = Blueprint("indicators", __name__, url_prefix="/indicators")


@dataclass(frozen=True)
class Line:
    """An indicator of one agency in the table: ``years`` maps a year to its latest target and realisation."""

    agency: str | None
    history: History
    years: dict[str, tuple[Figure | None, Figure | None]]
    baseline: Figure | None
    documents: int
    disputed: bool


_kept: OrderedDict[Any, list[Line]] = OrderedDict()


@blueprint.get("")
def index() -> Any:
    """All indicators, or those that the filters leave: words of the name, year, program, agency."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in (*FILTERS, "document")}
    document = open_document(asked["document"]) if asked["document"] else None
    try:
        lines = lines_of(library(), asked["q"], asked["year"], asked["program"], asked["document"])
    except BadInput as trouble:
        return render_template("indicators.html", asked=asked, trouble=trouble, lines=[], total=0), 400
    agencies = count(lines, asked["type"], "")
    types = count_types(lines, asked["agency"])
    found = [line for line in lines if passes(line, asked["agency"], asked["type"])]
    page = request.args.get("page", "1")
    last = max(1, -(-len(found) // PER_PAGE))
    number = max(1, min(int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1, last))
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    given = {name: value for name, value in asked.items() if value}
    return render_template(
        "indicators.html",
        asked=asked,
        given=given,
        document=document,
        trouble=None,
        lines=shown,
        years=years_of(shown),
        total=len(found),
        page=number,
        last=last,
        agencies=agencies,
        types=types,
    )


@blueprint.get("/ledger.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """Every figure that the filters leave, one row for what one document says of one time, for a spreadsheet."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in (*FILTERS, "document")}
    lines = lines_of(library(), asked["q"], asked["year"], asked["program"], asked["document"])
    rows = ledger_rows(line for line in lines if passes(line, asked["agency"], asked["type"]))
    return as_file(rows_csv(rows) if form == "csv" else rows_xlsx(rows), form, f"{_('Indicators').lower()}.{form}")


def ledger_rows(lines: Iterable[Line]) -> list[list[str | float]]:
    """The head of the ledger as a sheet, and its rows: figures as printed and, where they are numbers, as numbers."""
    kinds = (_("Baseline"), _("Target"), _("Realised"))
    head = [_("Indicator"), _("Unit"), _("Agency"), _("Time")]
    head += [name for kind in kinds for name in (kind, _("{kind} (number)", kind=kind))]
    rows: list[list[str | float]] = [[*head, _("Program"), _("Document"), _("Type"), _("Page")]]
    for line in lines:
        for one in line.history.statements:
            row: list[str | float] = [line.history.name, ", ".join(line.history.units), line.agency or "", one.when]
            for figure in (one.baseline, one.target, one.realisation):
                row += [figure.text if figure else "", "" if not figure or figure.value is None else figure.value]
            document = one.row.document
            rows.append(
                [*row, one.row.indicator.program or "", document.title, document.type or "", one.row.indicator.page]
            )
    return rows


@blueprint.get("/one")
def show() -> Any:
    """One indicator of one agency through the years, named in the address as any document calls it."""
    name, agency = request.args.get("name", ""), request.args.get("agency") or None
    for line in lines_of(library()):
        if line.agency == agency and name in (line.history.name, *line.history.other_names):
            return render_template(
                "indicator.html",
                line=line,
                history=line.history,
                chart=chart_of(line.history),
                named_only=named_only(line.history),
                cell_of=cell_of,
            )
    abort(404)


def named_only(history: History) -> list[Statement]:
    """Where an indicator stands without any figure: a statement for each page."""
    found = {(one.row.document.id, one.row.indicator.page): one for one in history.statements if not one.figures}
    return list(found.values())


def lines_of(asked: Library, name: str = "", year: str = "", program: str = "", document: str = "") -> list[Line]:
    """The indicators of each agency, brought together; kept until a document changes.

    Raises:
        BadInput: the year makes no sense.
    """
    key = (asked.documents().documents, name, year, program, document)
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    by_agency: dict[str | None, list[Row]] = {}
    for row in asked.indicators(name, year, program, document):
        by_agency.setdefault(row.document.agency, []).append(row)
    lines = [line_of(agency, history) for agency, rows in by_agency.items() for history in histories(rows)]
    lines.sort(key=lambda line: (-line.documents, -len(line.years), line.history.name.casefold(), line.agency or ""))
    _kept[key] = lines
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return lines


def line_of(agency: str | None, history: History) -> Line:
    """An indicator as a line of the table; where documents say different things, what the latest one says."""
    years: dict[str, tuple[Figure | None, Figure | None]] = {}
    baseline = None
    for statement in sorted(history.statements, key=lambda each: age(each.row)):
        if statement.baseline:
            baseline = statement.baseline
        if YEAR.fullmatch(statement.when):
            target, realisation = years.get(statement.when, (None, None))
            years[statement.when] = (statement.target or target, statement.realisation or realisation)
    documents = len({row.document.id for row in history.rows})
    return Line(agency, history, years, baseline, documents, any(each.disputed for each in history.statements))


def age(row: Row) -> tuple[int, str]:
    """The order in which documents were made, as far as their years tell."""
    document = row.document
    return (document.year or (document.period[0] if document.period else 0), document.id)


def years_of(lines: Sequence[Line]) -> list[str]:
    """The years that get a column: the latest of those that have figures."""
    return sorted({year for line in lines for year in line.years})[-YEARS_SHOWN:]


def passes(line: Line, agency: str, kind: str) -> bool:
    """Whether a line is of an agency and in a document of a type; "" is any."""
    return (not agency or line.agency == agency) and (
        not kind or any(row.document.type == kind for row in line.history.rows)
    )


def count(lines: Sequence[Line], kind: str, agency: str) -> list[tuple[str, int]]:
    """The agencies with the number of their indicators."""
    return Counter(line.agency for line in lines if line.agency and passes(line, agency, kind)).most_common()


def count_types(lines: Sequence[Line], agency: str) -> list[tuple[str, int]]:
    """The types of documents with the number of indicators in them."""
    found: Counter[str] = Counter()
    for line in lines:
        if passes(line, agency, ""):
            found.update({row.document.type for row in line.history.rows if row.document.type})
    return found.most_common()


def cell_of(statement: Statement, figure: Figure | None) -> str:
    """The address of the page on which a figure stands, its cell marked."""
    indicator = statement.row.indicator
    place = None
    if figure is not None and figure.row is not None and figure.column is not None:
        place = f"{indicator.table + 1}.{figure.row + 1}.{figure.column + 1}"
    return url_for(
        "pages.show", document_id=statement.row.document.id, number=indicator.page, cell=place, _anchor="found"
    )
