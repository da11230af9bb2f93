"""Small things that templates say of values: names of types and tags, pages, evidence, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask import Flask
from markupsafe import Markup, escape

from kms.language import Message
from kms.library.evidence import paragraphs_of
from kms.library.telling import (
    SHORT_TYPE_NAMES,
    advice,
    choice_name,
    coverage_line,
    is_alike,
    percent,
    reasons,
    relation_name,
    title_line,
    verdict_name,
    where_in_draft,
    where_there,
)
from webui.rendering import Finder, mark_text
from webui.speaking import phrase as _
from webui.speaking import tell
from webui.terms import (
    FILTER_NAMES,
    KIND_NAMES,
    REASON_NAMES,
    SOURCE_NAMES,
    STATE_NAMES,
    TAG_NAMES,
    TIME_NAMES,
    value_name,
)


def spoken(name: Message | str) -> str:
    """A name that may have to be translated."""
    return tell(name) if isinstance(name, Message) else name


def named(names: Mapping[str, Message]) -> Callable[[str], str]:
    """What says the name of a value; the value itself where it has none."""

    def name_of(value: str) -> str:
        return spoken(names.get(value) or value)

    return name_of


def short_type(value: str) -> str:
    """The short name of a type of document."""
    return spoken(SHORT_TYPE_NAMES.get(value, value))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs of neighbours: 1 2 3 7 is (1, 3), (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def page_numbers(numbers: Iterable[int]) -> str:
    """Numbers of pages as people write them: 1–3, 7."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs(numbers))


def page_range(numbers: Sequence[int]) -> Markup:
    """The pages that a table runs over, in words."""
    if len(set(numbers)) == 1:
        return _("page {number}", number=numbers[0])
    return _("pages {numbers}", numbers=page_numbers(numbers))


def cell_text(text: str, find: Finder | None = None) -> Markup:
    """A cell of a table with its line breaks, and found words marked."""
    marked = mark_text(text, find(text)) if find and text else escape(text)
    return Markup("<br>").join(Markup(line) for line in marked.split("\n"))


def teach_templates(app: Flask) -> None:
    """Make these known to the templates of an application."""
    app.jinja_env.globals.update(
        short_type=short_type,
        filter_name=named(FILTER_NAMES),
        tag_name=named(TAG_NAMES),
        source_name=named(SOURCE_NAMES),
        kind_name=named(KIND_NAMES),
        reason_name=named(REASON_NAMES),
        state_name=named(STATE_NAMES),
        time_name=named(TIME_NAMES),
        value_name=lambda name, value: spoken(value_name(name, value)),
        page_range=page_range,
        cell_text=cell_text,
        percent=percent,
        is_alike=is_alike,
        reasons=reasons,
        title_line=title_line,
        verdict_name=verdict_name,
        advice=advice,
        where_in_draft=where_in_draft,
        where_there=where_there,
        paragraphs_of=paragraphs_of,
        coverage_line=coverage_line,
        relation_name=relation_name,
        choice_name=choice_name,
    )
    app.jinja_env.filters["page_numbers"] = page_numbers
