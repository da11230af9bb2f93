"""Tags corrected by people: confirmed or changed in place; whoever comes second is told instead of overwriting."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kms.errors import BadInput, Conflict
from kms.model import ACCESS_LEVELS, DOCUMENT_TYPES, Document
from webui.documents import documents_by_state, open_document
from webui.doors import needs
from webui.pages import passage_of_quote
from webui.places import library, person
from webui.speaking import phrase as _

SINGLE = ("title", "type", "year", "period", "agency", "region", "access")
SEVERAL = ("program", "code", "locus", "keyword")
CHOICES = {"type": DOCUMENT_TYPES, "access": ACCESS_LEVELS}
LONGEST = 20_000
AGENCIES_OFFERED = 200

blueprint = Blueprint("tagging", __name__, url_prefix="/documents/<document_id>/tags")


@blueprint.post("")
@needs("editor")
def confirm_all(document_id: str) -> Any:
    """Confirm everything that the machine read, as it was shown."""
    document = open_document(document_id)
    found = read_by_machine(document)
    if not found or request.form.get("before") != stamp_of_all(document):
        flash(_("The document changed meanwhile. Look at it again before you confirm."), "bad")
        return redirect(url_for("documents.show", document_id=document.id, _anchor="tags-title"), 303)
    was_unsure = is_unsure(document)
    library().tag(document.id, found, person(), library().tags_mark(document.id))
    flash(_("Kept. A person's word wins over the machine, also when the document is read again."), "good")
    return back_to(document, "tags-title", was_unsure)


@blueprint.get("/<name>")
def edit(document_id: str, name: str) -> Any:
    """The form for one tag on a page of its own."""
    document = open_document(document_id)
    check(name)
    return form(document, name, values_in_force(document, name))


@blueprint.post("/<name>")
@needs("editor")
def save(document_id: str, name: str) -> Any:
    """Keep what a person says of one tag.

    ``do`` is "set" (the values given), "none" (the document has no such tag) or "back" (what the machine says).
    ``mark`` and ``before`` stand for what was shown: where the tag itself is still that, nothing is in the way.
    """
    document = open_document(document_id)
    check(name)
    was_unsure = is_unsure(document)
    do, given = request.form.get("do", "set"), values_given(name)
    changes: dict[str, Sequence[str] | None] = {name: {"none": (), "back": None}.get(do, given)}
    try:
        keep(document, name, changes)
    except Conflict as conflict:
        return render_template(
            "conflict.html",
            document=open_document(document_id),
            name=name,
            yours=() if do == "none" else given,
            do=do,
            conflict=conflict,
            mark=library().tags_mark(document_id),
        ), 409
    except BadInput as trouble:
        return form(document, name, given, trouble), 400
    flash(_("Kept. A person's word wins over the machine, also when the document is read again."), "good")
    return back_to(document, f"tag-{name}", was_unsure)


def keep(document: Document, name: str, changes: dict[str, Sequence[str] | None]) -> None:
    """Keep changes unless somebody else changed the same tag since it was shown.

    Raises:
        Conflict: somebody did.
        BadInput: a value makes no sense.
    """
    try:
        library().tag(document.id, changes, person(), request.form.get("mark") or None)
    except Conflict:
        mark = library().tags_mark(document.id)
        if request.form.get("before") != stamp(values_in_force(library().document(document.id), name)):
            raise
        library().tag(document.id, changes, person(), mark)


def form(document: Document, name: str, values: Sequence[str], trouble: BadInput | None = None) -> str:
    """The page with the form for one tag."""
    return render_template(
        "tag_edit.html", document=document, name=name, values=values, trouble=trouble, section="documents"
    )


def back_to(document: Document, anchor: str, was_unsure: bool) -> Response:
    """The document, at what was corrected; one that was among the unsure ones leads on to the next of them."""
    further = 1 if was_unsure else None
    return redirect(url_for("documents.show", document_id=document.id, next=further, _anchor=anchor), 303)


def is_unsure(document: Document) -> bool:
    """Whether the machine does not know well what document this is, and nobody has said."""
    return document.id in documents_by_state()["unsure"]


def check(name: str) -> None:
    """Stop at a tag that there is not."""
    if name not in SINGLE + SEVERAL:
        abort(404)


def values_given(name: str) -> tuple[str, ...]:
    """The values of the form: one a line where a tag has several."""
    parts = [part for text in request.form.getlist("value") for part in text[:LONGEST].splitlines()]
    values = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return values if name in SEVERAL else values[:1]


def stamp(values: Sequence[str]) -> str:
    """Stands for the values of a tag in a form; a document may have hundreds of them."""
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:16]


def values_in_force(document: Document, name: str) -> tuple[str, ...]:
    """The values that a tag has now."""
    return document.values(name)


def read_by_machine(document: Document) -> dict[str, Sequence[str] | None]:
    """The tags that nobody has confirmed yet, with their values."""
    names = (name for name in SINGLE + SEVERAL if name != "access")
    return {
        name: document.values(name)
        for name in names
        if document.tags(name) and not any(tag.source == "person" for tag in document.tags(name))
    }


def stamp_of_all(document: Document) -> str:
    """Stands for everything the machine read, in the form that confirms it."""
    return stamp([f"{name}={value}" for name, values in read_by_machine(document).items() for value in values or ()])


def place_of_quote(document: Document, page: int | None, quote: str | None) -> str | None:
    """Where a tag was read, as a passage for an address; None where its words are not found on their page."""
    if not page or not quote:
        return None
    pages = {each.number: each for each in document.content.pages}
    return passage_of_quote(pages[page], quote) if page in pages else None


def agencies_known() -> list[str]:
    """The agencies of all documents, to choose from; as many as a page can bear."""
    return sorted({one.agency for one in library().documents().documents if one.agency})[:AGENCIES_OFFERED]


def hidden(document: Document, name: str) -> Markup:
    """What every form about a tag carries along: the token, and what was shown."""
    return Markup(
        render_template(
            "tag_hidden.html", before=stamp(values_in_force(document, name)), mark=library().tags_mark(document.id)
        )
    )


def teach_tags(app: Flask) -> None:
    """Make these known to the templates of an application."""
    app.jinja_env.globals.update(
        place_of_quote=place_of_quote,
        agencies_known=agencies_known,
        tag_hidden=hidden,
        read_by_machine=read_by_machine,
        stamp_of_all=stamp_of_all,
        tag_choices=lambda name: CHOICES.get(name, ()),
        tag_is_several=lambda name: name in SEVERAL,
    )
