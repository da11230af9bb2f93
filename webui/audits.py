"""Duplicates inside the corpus: groups of copies, editions and the same studies, and what people decide about them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from kms.library import Library
from kms.library.checked import Audit, Group
from kms.model import Summary
from webui.jobs import Job, jobs
from webui.places import library, may, person
from webui.speaking import phrase as _

KEPT = 4

blueprint = Blueprint("audits", __name__, url_prefix="/duplicates")

_kept: OrderedDict[tuple[Summary, ...], Audit] = OrderedDict()


@blueprint.get("")
def index() -> Any:
    """The groups that were found last, or the way to look for them."""
    return render_template("audit.html", audit=last_audit(library()), documents=len(library().documents().documents))


@blueprint.post("")
def begin() -> Any:
    """Look for duplicates in the background."""
    asked = library()

    def work(job: Job) -> Audit:
        state = asked.documents().documents
        found = asked.audit(job.progress)
        _kept[state] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return found

    return redirect(url_for(".show", job_id=jobs().start("audit", work).id), 303)


@blueprint.get("/<job_id>")
def show(job_id: str) -> Any:
    """How far the search for duplicates is; the groups, when it is over."""
    job = jobs().get("audit", job_id)
    if job.error is not None:
        raise job.error
    return redirect(url_for(".index")) if job.over else render_template("audit_running.html", job=job)


@blueprint.get("/<job_id>/state")
def tell_state(job_id: str) -> Any:
    """How far it is, for scripts."""
    job = jobs().get("audit", job_id)
    return {"over": job.over, "done": job.done, "total": job.total}


@blueprint.post("/decisions")
def decide() -> Any:
    """Keep what a person says of two documents of a group."""
    if not may("editor"):
        abort(403)
    first, second = request.form.get("first", ""), request.form.get("second", "")
    why = request.form.get("why", "").strip()[:2000]
    if not why:
        flash(_("Say in a few words why, so that whoever reads it later understands."), "bad")
    else:
        library().decide(first, second, request.form.get("choice", ""), person(), why)
        _kept.clear()
        flash(_("The decision is kept. Look for duplicates again to see the groups without it."), "good")
    return redirect(url_for(".index"), 303)


def last_audit(asked: Library) -> Audit | None:
    """What was found last among the documents as they are now; None where nobody has looked since they changed."""
    return _kept.get(asked.documents().documents)


def groups_of(document_id: str) -> list[Group]:
    """The groups found last that a document belongs to."""
    audit = last_audit(library())
    return [group for group in audit.groups if any(each.id == document_id for each in group.documents)] if audit else []
