"""Search: one box, hits with their page and words, filters with counts beside them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, render_template, request

from kms.errors import BadInput
from kms.library import SearchAnswer
from kms.model import Summary
from webui.addresses import LONGEST, NEWEST, Asked, read_asked
from webui.documents import twins
from webui.places import library

PER_PAGE = 10
LAST_PAGE = 1000

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def show() -> Any:
    """The hits of what the address asks; how to search, where it asks nothing."""
    asked = read_asked(request.args)
    if not asked.words and not asked.chosen:
        return render_template("search.html", asked=asked, answer=None, trouble=None)
    try:
        answer = library().search(
            asked.words, asked.limits, limit=PER_PAGE, page=asked.page, newest=asked.order == NEWEST
        )
        facets = count_facets(asked, answer)
    except BadInput as trouble:
        return render_template("search.html", asked=asked, answer=None, trouble=trouble), 400
    known = {document.id: document for document in library().documents().documents}
    same = twins(known.values())
    return render_template(
        "search.html",
        asked=asked,
        answer=answer,
        facets=facets,
        trouble=None,
        name_of=lambda document_id: name_of(known[document_id], same) if document_id in known else document_id,
        twins=same,
        first=(asked.page - 1) * PER_PAGE + 1,
        last=min(LAST_PAGE, -(-answer.listed // PER_PAGE)),
    )


def name_of(document: Summary, same: Collection[str]) -> str:
    """The title of a document, with the name of its file where others have the same title."""
    return f"{document.title} ({document.source})" if document.title in same else document.title


def count_facets(asked: Asked, answer: SearchAnswer) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values with the pages they would show beside the other filters in force.

    A filter that is in force is counted without itself, so that its other values stay there to be chosen.
    """
    facets = {}
    for name, values in answer.facets.items():
        if asked.filters.get(name) and (asked.words or len(asked.filters) > 1):
            wider = asked.without_name(name)
            values = library().search(wider.words, wider.limits, limit=1).facets[name]
        chosen = [(value, 0) for value in asked.filters.get(name, ()) if value not in dict(values) and name != "year"]
        facets[name] = sorted(values, reverse=True) if name == "year" else [*values, *chosen]
    return facets


@blueprint.get("/search/completions")
def complete() -> Any:
    """How what is typed may go on."""
    words = request.args.get("q", "")[:LONGEST]
    return {"completions": [each.text for each in library().complete(words)] if words.strip() else []}
