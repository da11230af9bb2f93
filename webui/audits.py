"""Duplicates inside the corpus: groups of copies, editions and the same studies, and what people decide about them."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from kms.library import Library
from kms.library.checked import Audit, Group
from kms.model import Summary
from webui.doors import needs
from webui.jobs import Job, jobs
from webui.places import library, library_aside, person
from webui.speaking import phrase as _

KEPT = 4
UNASKED = 300
"""Documents up to which duplicates are looked for before anybody asks; about a tenth of a second each."""
DECIDED_AT_ONCE = 12
"""Documents of a group up to which all of its pairs can be decided at once."""
UNDECIDED = ("copy", "duplicate")
log = logging.getLogger("kms.web")

if TYPE_CHECKING:
    from kms.corpus import Decision
    from kms.library.aside import AsideLibrary

blueprint = Blueprint("audits", __name__, url_prefix="/duplicates")

_kept: OrderedDict[tuple[Summary, ...], Audit] = OrderedDict()
_looking = threading.Lock()


@blueprint.get("")
def index() -> Any:
    """The groups that were found last, or the way to look for them."""
    audit = last_audit(library())
    decided = decided_groups(library(), audit) if audit else {}
    shown = {decision for decisions in decided.values() for decision in decisions}
    return render_template(
        "audit.html",
        audit=audit,
        looking=audit is None and look_unasked(library()),
        decided=decided,
        others=[each for each in library().decided() if each not in shown],
        documents_of=documents_of,
        at_once=DECIDED_AT_ONCE,
        documents=len(library().documents().documents),
        section="documents",
    )


@blueprint.post("")
def begin() -> Any:
    """Look for duplicates in the background."""
    asked, aside = library(), library_aside()

    def work(job: Job) -> Audit:
        return look(asked, aside, job)

    return redirect(url_for(".show", job_id=jobs().start("audit", work).id), 303)


@blueprint.get("/looking")
def tell_looking() -> Any:
    """Whether the search that began unasked has found what there is, for scripts."""
    return {"over": last_audit(library()) is not None, "done": 0, "total": 0}


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
@needs("editor")
def decide() -> Any:
    """Keep what a person says of two documents of a group."""
    first, second = request.form.get("first", ""), request.form.get("second", "")
    choice, why = request.form.get("choice", ""), request.form.get("why", "").strip()[:2000]
    if not why and choice != "undecided":
        flash(_("Say in a few words why, so that whoever reads it later understands."), "bad")
        return redirect(url_for(".index"), 303)
    members = request.form.getlist("member")[:DECIDED_AT_ONCE]
    for one, other in combinations(members, 2) if first == "all" else [(first, second)]:
        library().decide(one, other, choice, person(), why)
    taken_back = _("The decision is taken back: what the machine finds counts again.")
    flash(taken_back if choice == "undecided" else _("The decision is kept, and counts from now on."), "good")
    return redirect(url_for(".index"), 303)


def look(asked: Library, aside: Library | AsideLibrary, job: Job | None = None) -> Audit:
    """Look for duplicates, and keep what was found as long as the documents stay as they are."""
    state = asked.documents().documents
    found = aside.audit(job.progress) if job else aside.audit()
    _kept[state] = found
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


def look_unasked(asked: Library) -> bool:
    """Begin to look for duplicates in a small corpus where nobody has since it changed; whether that is going on."""
    state = asked.documents().documents
    if not current_app.config["LOOK_UNASKED"] or state in _kept or not 2 <= len(state) <= UNASKED:
        return False

    aside = library_aside()

    def work() -> None:
        try:
            look(asked, aside)
        except Exception:  # nobody waits for it; whoever asks for the groups is told what is wrong
            log.exception("looking for duplicates")
        finally:
            _looking.release()

    if _looking.acquire(blocking=False):
        threading.Thread(target=work, name="kms-duplicates", daemon=True).start()
    return True


def decided_groups(asked: Library, audit: Audit) -> dict[int, list[Decision]]:
    """For each group (by its place) about which somebody decided: what was said last of each of its pairs."""
    decisions = asked.decided()
    found: dict[int, list[Decision]] = {}
    for place, group in enumerate(audit.groups if decisions else ()):
        ends = [one.id.rsplit("-", 1)[-1] for one in group.documents]
        of_pair: dict[frozenset[str], Decision] = {}
        for each in decisions:
            pair = frozenset(end for end in ends if each.first.startswith(end) or each.second.startswith(end))
            if len(pair) == 2:
                of_pair.setdefault(pair, each)
        if of_pair:
            found[place] = list(of_pair.values())
    return found


def documents_of(decision: Decision) -> list[Summary]:
    """The two documents that a decision is about."""
    known = {one.id.rsplit("-", 1)[-1]: one for one in library().documents().documents}
    return [one for digest in (decision.first, decision.second) for end, one in known.items() if digest.startswith(end)]


def undecided(asked: Library, audit: Audit) -> int:
    """How many groups of copies and same studies have a pair that nobody has decided about."""
    decided = decided_groups(asked, audit)
    return sum(
        group.relation in UNDECIDED
        and len(decided.get(place, ())) < len(group.documents) * (len(group.documents) - 1) // 2
        for place, group in enumerate(audit.groups)
    )


def last_audit(asked: Library) -> Audit | None:
    """What was found last among the documents as they are now; None where nobody has looked since they changed."""
    return _kept.get(asked.documents().documents)


def groups_of(document_id: str) -> list[Group]:
    """The groups found last that a document belongs to."""
    audit = last_audit(library())
    return [group for group in audit.groups if any(each.id == document_id for each in group.documents)] if audit else []
