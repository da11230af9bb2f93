"""A check as a report to attach to terms of reference: HTML that needs nothing else, Markdown, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from kms.clock import local_moment
from kms.errors import BadInput
from kms.language import DEFAULT_LANGUAGE, Message, say
from kms.library.checked import (
    Checked,
    Evidence,
    Match,
    Place,
    checked_json,
    is_in_part,
    set_phrases,
    stretches,
)
from kms.library.evidence import paragraphs_of
from kms.library.telling import (
    LOOKS_THE_SAME,
    advice,
    coverage_line,
    decided_line,
    facts,
    figures,
    named,
    reasons,
    relation_name,
    title_line,
    verdict_name,
    where_in_draft,
    where_there,
)
from kms.text.lines import Spans, phrases, run_on

FORMS = (".html", ".md", ".json")
HEADING = say("What was already done")
NOT_CHECKED = say("What could not be checked")
DRAFT = say("Draft")
EARLIER = say("Earlier document")
BAR_KEY = say("Dark: stands in an earlier document. Grey: set phrases, laws, letterheads; they do not count.")
PASSAGES = 40
"""Passages, or paragraphs of them, shown of one document; the JSON has all."""
OF_ANOTHER_FILE = 4
"""The same of a document with the title of one before it: most often the same words in another file."""

STYLE = """
@page { margin: 18mm } * { box-sizing: border-box }
body { font: 11pt/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1b2326; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem }
.verdict { border-left: .4rem solid #0b6b6b; background: #eef6f6; padding: .75rem 1rem; margin: 1rem 0 }
.verdict b { font-size: 1.15rem } .facts, .why { color: #47565b } .why { margin: .25rem 0; padding-left: 1.2rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .75rem 0 }
td { border: 1px solid #c5d0d3; padding: .5rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
.pair { margin: -1px 0 0 } .why + .pair { margin-top: .75rem } .pair td { white-space: pre-wrap; tab-size: 3 }
small { color: #47565b }
mark { background: #ffe9a8; color: inherit }
.bar { width: 100%; height: 1rem; display: block; border: 1px solid #c5d0d3 }
.thin { height: .4rem; margin: .3rem 0 }
footer { margin-top: 2.5rem; border-top: 1px solid #c5d0d3; padding-top: .5rem; color: #47565b; font-size: .9rem }
h1, p, li, .facts, footer { overflow-wrap: anywhere }
@media (max-width: 40rem) { body { margin: 1rem auto }
  table, tbody, tr, td { display: block } td + td { border-top: 0; background: #f8fafa }
  tr + tr { margin-top: .75rem } }
@media print { body { font-size: 9pt; line-height: 1.35; margin: 0; padding: 0; max-width: none }
  h2 { break-after: avoid } .together, .pair, tr { break-inside: avoid } td { padding: .25rem .4rem }
  mark, .verdict, .bar { -webkit-print-color-adjust: exact; print-color-adjust: exact } }
"""


def form_of(path: Path) -> str:
    """The form of a report by the ending of its file's name.

    Raises:
        BadInput: it is none of `FORMS`.
    """
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadInput(
            say("{path} is no kind of report.", path=path.name), say("Its name must end in .html, .md or .json.")
        )
    return form


def write_report(checked: Checked, form: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The report in the form ".html", ".md" or ".json"."""
    if form == ".json":
        return json.dumps(checked_json(checked, language), ensure_ascii=False, indent=2) + "\n"
    return "".join((_html if form == ".html" else _markdown)(checked, language))


def _made(checked: Checked) -> Message:
    """When, and against which corpus, the check was made."""
    return say(
        "Checked on {at} by kms against {documents} documents with {pages} pages; state of the corpus {mark}.",
        at=local_moment(checked.at, "minutes"),
        documents=checked.state.documents,
        pages=checked.state.pages,
        mark=checked.state.mark,
    )


def _html(checked: Checked, language: str) -> Iterator[str]:
    def told(message: Message) -> str:
        return escape(message.text(language))

    heading = told(HEADING)
    title = escape(checked.title or checked.name)
    yield f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n<title>{heading}: {title}</title>\n'
    yield f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n'
    yield f"<h1>{heading}</h1>\n<p>{title}</p>\n"
    if checked.title and checked.name:
        yield f'<p class="facts">{escape(_source(checked, language))}</p>\n'
    yield f'<div class="verdict"><b>{told(verdict_name(checked))}</b><br>{told(coverage_line(checked))}'
    yield f"<br>{told(advice(checked))}</div>\n"
    yield _bar(checked, language)
    if set_phrases(checked):
        yield f'<p class="facts">{told(BAR_KEY)}</p>\n'
    yield from _summary(checked, language)
    for number, match in enumerate(checked.matches, 1):
        yield from _match_html(checked, number, match, language)
    if checked.not_checked:
        yield f"<h2>{told(NOT_CHECKED)}</h2>\n<ul>\n"
        yield from (f"<li>{told(message)}</li>\n" for message in checked.not_checked)
        yield "</ul>\n"
    yield f"<footer>{told(_made(checked))} {told(DRAFT)}: sha256 {checked.draft}</footer>\n</html>\n"


def _source(checked: Checked, language: str) -> str:
    """The name of the draft's file, and where its title comes from."""
    line = title_line(checked)
    return f"{checked.name}. {line.text(language)}" if line else checked.name


def _summary(checked: Checked, language: str) -> Iterator[str]:
    """What was found, at a glance; nothing where that is a single document."""
    if len(checked.matches) < 2:
        return
    yield "<table>\n"
    for number, match in enumerate(checked.matches, 1):
        said = (f"{number}. {named(match, checked)}", facts(match.document, language))
        yield "<tr><td>" + "<br>".join(map(escape, said)) + "</td>"
        told = (relation_name(match.relation), figures(match))
        yield "<td>" + "<br>".join(escape(message.text(language)) for message in told)
        yield "<br>" + escape("; ".join(reason.text(language) for reason in reasons(match))) + "</td></tr>\n"
    yield "</table>\n"


def _bar(checked: Checked, language: str, match: Match | None = None) -> str:
    """The draft from its first page to its last as a bar, what was found elsewhere, or in one document, filled in."""
    parts = [(each, "#b9c7cb") for each in ([] if match else set_phrases(checked))]
    found = stretches(checked, match)
    if not found:
        return ""
    parts += [(each, "#e3bca6" if match and is_in_part(found, match) else "#b3541e") for each in found]
    filled = "".join(f'<rect x="{x}" width="{width}" height="16" fill="{fill}"/>' for (x, width), fill in parts)
    label = escape(coverage_line(checked).text(language)) if match is None else ""
    named = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="bar{" thin" if match else ""}" viewBox="0 0 1000 16" preserveAspectRatio="none" {named}>'
        f'<rect width="1000" height="16" fill="#eef2f3"/>{filled}</svg>\n'
    )


def _match_html(checked: Checked, number: int, match: Match, language: str) -> Iterator[str]:
    def told(message: Message) -> str:
        return escape(message.text(language))

    document = match.document
    yield '<div class="together">\n'
    yield f"<h2>{number}. {escape(named(match, checked))}</h2>\n"
    yield f'<div class="facts"><b>{told(relation_name(match.relation))}</b> · {escape(facts(document, language))}'
    yield f" · {escape(document.id)}</div>\n<div>{told(figures(match))}</div>\n"
    yield _bar(checked, language, match)
    yield '<ul class="why">' + "".join(f"<li>{told(reason)}</li>" for reason in reasons(match)) + "</ul>\n"
    if match.decision:
        decided = decided_line(match.decision)
        yield f"<p>{told(decided)}</p>\n"
    shown, more = _shown(checked, match)
    pairs = [_pair_html(checked, match, each, language) for each in shown]
    yield "".join([*pairs[:1], "</div>\n", *pairs[1:]])
    if more:
        yield f"<p>{told(more)}</p>\n"


def _pair_html(checked: Checked, match: Match, pair: Evidence, language: str) -> str:
    """Two passages side by side: a table of its own, since no browser breaks pages well inside a long one."""
    here, there = _labels(checked, match, pair, language)
    looks = f"<p><i>{escape(LOOKS_THE_SAME.text(language))}</i></p>\n" if pair.kind == "look" else ""
    return (
        f'{looks}<table class="pair"><tr><td>{_passage(pair.draft, pair.draft_marks, here)}</td>'
        f"<td>{_passage(pair.found, pair.found_marks, there)}</td></tr></table>\n"
    )


def _labels(checked: Checked, match: Match, pair: Evidence, language: str) -> tuple[str, str]:
    """Which side is which, and where on it the passage stands."""
    sides = (DRAFT, where_in_draft(checked, pair.draft)), (EARLIER, where_there(match.document, pair.found))
    here, there = (", ".join(each.text(language) for each in side if each) for side in sides)
    return here, there


def _shown(checked: Checked, match: Match) -> tuple[list[Evidence], Message | None]:
    """The passages that a report shows of a document, long ones as paragraphs, and how many more there are."""
    pairs = [each for evidence in match.evidence for each in paragraphs_of(evidence)]
    titled = [each for each in checked.matches if each.document.title == match.document.title]
    most = PASSAGES if titled[0] is match else OF_ANOTHER_FILE
    left = len(pairs) - most
    return pairs[:most], say("{count} more passages are in the JSON report.", count=left) if left > 0 else None


def _passage(place: Place, marks: Spans, where: str) -> str:
    text = "".join(
        f"<mark>{escape(piece)}</mark>" if shared else escape(piece) for piece, shared in _pieces(place, marks)
    )
    return f"<small>{escape(where)}</small><br>{text}"


def _pieces(place: Place, marks: Spans) -> Iterator[tuple[str, bool]]:
    """A passage in pieces, each with whether it is a phrase that the other side has too."""
    last, shown = 0, run_on(place.text)
    for start, end in phrases(shown, marks):
        yield shown[last:start], False
        yield shown[start:end], True
        last = end
    yield shown[last:], False


def _marked_line(place: Place, marks: Spans) -> str:
    """A passage on one line of Markdown, what is shared in bold."""
    line = "".join(f"\0{piece}\1" if shared else piece for piece, shared in _pieces(place, marks))
    return _plain(line).replace("\0", "**").replace("\1", "**")


def _markdown(checked: Checked, language: str) -> Iterator[str]:
    def told(message: Message) -> str:
        return message.text(language)

    yield f"# {told(HEADING)}\n\n{_plain(checked.title or checked.name)}\n\n"
    if checked.title and checked.name:
        yield f"{_plain(_source(checked, language))}\n\n"
    yield f"**{told(verdict_name(checked))}** {told(coverage_line(checked))}\n\n{told(advice(checked))}\n"
    for number, match in enumerate(checked.matches, 1):
        document = match.document
        yield f"\n## {number}. {_plain(named(match, checked))}\n\n"
        yield f"**{told(relation_name(match.relation))}** · {_plain(facts(document, language))} · `{document.id}`\n\n"
        yield f"{told(figures(match))}\n\n"
        yield "".join(f"- {_plain(told(reason))}\n" for reason in reasons(match))
        if match.decision:
            yield f"\n{_plain(told(decided_line(match.decision)))}\n"
        shown, more = _shown(checked, match)
        for each in shown:
            here, there = _labels(checked, match, each, language)
            if each.kind == "look":
                yield f"\n_{_plain(told(LOOKS_THE_SAME))}_\n"
            yield f"\n> {_plain(here)}: {_marked_line(each.draft, each.draft_marks)}\n"
            yield f">\n> {_plain(there)}: {_marked_line(each.found, each.found_marks)}\n"
        if more:
            yield f"\n{told(more)}\n"
    if checked.not_checked:
        yield f"\n## {told(NOT_CHECKED)}\n\n"
        yield "".join(f"- {_plain(told(message))}\n" for message in checked.not_checked)
    yield f"\n---\n\n{told(_made(checked))} {told(DRAFT)}: sha256 `{checked.draft}`\n"


def _plain(text: str) -> str:
    """Text on one line, its signs without a meaning for Markdown or HTML."""
    line = " ".join(text.split())
    return "".join("\\" + sign if sign in "\\`*_[]<>#|&" else sign for sign in line)
