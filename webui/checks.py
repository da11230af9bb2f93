"""Periksa: a draft against everything done before; the verdict, the evidence side by side, and a person's decision."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from kms.errors import BadInput, KmsError, NotFound, Unreadable
from kms.language import say
from kms.library.access import LOWEST
from kms.library.checked import Checked, Evidence, Match, Place, is_in_part, page_breaks, set_phrases, stretches
from kms.library.evidence import paragraphs_of
from kms.library.pictures import DraftPictures, places
from kms.library.reporting import write_report
from kms.model import Box
from kms.text.lines import Spans, phrases, run_on
from webui.documents import safe_name
from webui.doors import needs
from webui.jobs import HeldFile, Job, jobs
from webui.pages import WIDTHS, kept_a_day, page_of
from webui.places import library, library_aside, person
from webui.rendering import mark_text
from webui.safety import keep_nothing, keep_nothing_after_logout
from webui.speaking import language
from webui.speaking import phrase as _

LARGEST_TEXT = 400_000
BESIDE = 700
"""Code points shown before and after a passage that has no picture."""
PASSAGES = (8, *[2] * 9)
"""Passages shown side by side on the result of the best match, the second ...; all others on their pages."""
PARAGRAPHS = 4
"""Paragraphs shown of each of these."""
LONGEST_PASSAGE = 800
"""Code points of each paragraph; the whole stands on its page. So a result stays light however much was found."""
MOST_BREAKS = 60
"""Pages of a draft up to which each is told apart on the bar."""
REPORTS = {"html": "text/html", "md": "text/markdown", "json": "application/json"}
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups"
ENDINGS = (".pdf", ".docx", ".md", ".txt")

blueprint = Blueprint("checks", __name__, url_prefix="/check")


@blueprint.get("")
def ask() -> Any:
    """The form for a draft."""
    return render_template("check.html", given={"title": request.args.get("title", "")}, trouble=None)


@blueprint.post("")
def begin() -> Any:
    """Begin a check and show how far it is. The draft is forgotten with the result."""
    given = {name: request.form.get(name, "").strip() for name in ("title", "year", "agency")}
    # A browser sends every end of a line as two signs; else the text stays as it was typed, for places count in it.
    given["text"] = request.form.get("text", "").replace("\r\n", "\n")
    file = request.files.get("file")
    try:
        name = safe_file_name(file.filename or "") if file and file.filename else ""
        stop_unfit(given, name)
    except BadInput as trouble:
        return render_template("check.html", given=given, trouble=trouble), 400
    held = HeldFile(file.stream) if file and name else None
    job = jobs().start("check", checking(held, name, given), given["title"] or name, held, given)
    return redirect(url_for(".show", job_id=job.id), 303)


def stop_unfit(given: Mapping[str, str], name: str) -> None:
    """Stop at a form without anything to check, and at more text than a field holds; ``name`` is the file's."""
    if not (name or given["title"] or given["text"].strip()):
        raise BadInput(say("There is nothing to check."), say("Give a title, a text or a file."))
    if len(given["text"]) > LARGEST_TEXT:
        raise BadInput(say("A text has at most {most} letters.", most=LARGEST_TEXT), say("Give it as a file."))


def checking(held: HeldFile | None, name: str, given: dict[str, Any]) -> Any:
    """The work of a check: the file, if there is one, has a name on the disk only while it is read."""
    asked = library_aside()

    def work(job: Job) -> Checked:
        if held is None:
            return asked.check(on_progress=job.progress, **given)
        with tempfile.TemporaryDirectory(prefix="kms-draft-") as folder:
            path = Path(folder) / name
            held.copy_to(path)
            return asked.check(path, name=name, on_progress=job.progress, **given)

    return work


@blueprint.get("/<job_id>")
def show(job_id: str) -> Any:
    """How far a check is, or what it found."""
    job = jobs().get("check", job_id)
    if not job.over:
        return render_template("check_running.html", job=job)
    if job.error is not None:
        return render_template("check.html", given=job.given, trouble=job.error), 422
    job, checked = finished(job_id)
    titles = Counter(match.document.title for match in checked.matches)
    return render_template(
        "check_result.html",
        job=job,
        checked=checked,
        stretches=stretches,
        is_in_part=is_in_part,
        quiet=set_phrases(checked),
        most=PASSAGES,
        passage=passage,
        most_paragraphs=PARAGRAPHS,
        breaks=page_breaks(checked) if len(checked.page_sizes or ()) <= MOST_BREAKS else [],
        is_pdf=is_pdf(job),
        titles=titles,
    )


@blueprint.get("/<job_id>/state")
def tell_state(job_id: str) -> Any:
    """How far a check is, for scripts."""
    job = jobs().get("check", job_id)
    return {"over": job.over, "done": job.done, "total": job.total}


@blueprint.get("/<job_id>/report.<any(html, md, json):form>")
def report(job_id: str, form: str) -> Response:
    """The report of a check, to be saved, printed and attached."""
    job, checked = finished(job_id)
    response = report_of(checked, form)
    if "show" not in request.args or form != "html":
        name = safe_name(f"pemeriksaan {job.label or checked.title}", form)
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def report_of(checked: Checked, form: str) -> Response:
    """A report in one of `REPORTS`; whatever a draft or document says runs nowhere in it."""
    response = make_response(write_report(checked, f".{form}", language()))
    response.headers["Content-Type"] = f"{REPORTS[form]}; charset=utf-8"
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


@blueprint.post("/<job_id>/decisions")
@needs("editor")
def decide(job_id: str) -> Any:
    """Keep what a person says about the draft and a document found, and check again with it."""
    job, checked = finished(job_id)
    document, choice = request.form.get("document", ""), request.form.get("choice", "")
    why = request.form.get("why", "").strip()[:2000]
    if not why and choice != "undecided":
        flash(_("Say in a few words why, so that whoever reads it later understands."), "bad")
        return redirect(url_for(".show", job_id=job.id, _anchor=f"match-{document}"), 303)
    library().decide(checked.draft, document, choice, person(), why)
    jobs().again(job)
    taken_back = _("The decision is taken back, and the check is done again without it.")
    kept = _("The decision is kept, and the check is done again with it.")
    flash(taken_back if choice == "undecided" else kept, "good")
    return redirect(url_for(".show", job_id=job.id), 303)


@blueprint.get("/<job_id>/matches/<int:number>/<int:place>")
def compare(job_id: str, number: int, place: int) -> Any:
    """One passage of the draft beside the one it shares words with (both counted from 1), on their pages."""
    job, checked = finished(job_id)
    match, evidence = evidence_of(checked, number, place)
    document = library().document(match.document.id)
    page, in_pdf = page_of(document, evidence.found.page), document.content.media == "pdf"
    return render_template(
        "check_compare.html",
        job=job,
        checked=checked,
        match=match,
        number=number,
        place=place,
        evidence=evidence,
        pairs=paragraphs_of(evidence),
        around=around,
        last=len(match.evidence),
        document=document,
        page=page,
        draft_passage=around(job.given["text"], evidence.draft, evidence.draft_marks),
        found_passage=around("" if in_pdf else page.text, evidence.found, evidence.found_marks),
        draft_is_pdf=is_pdf(job),
        found_is_pdf=in_pdf,
    )


@blueprint.get("/<job_id>/matches/<int:number>/<int:place>/<any(draft, found):side>.svg")
def marks(job_id: str, number: int, place: int, side: str) -> Response:
    """What is to be laid over the picture of a page: the passage and the words it shares."""
    job, checked = finished(job_id)
    match, evidence = evidence_of(checked, number, place)
    passage, shared = evidence.found, evidence.found_marks
    width = height = 1.0
    try:
        if side == "draft":
            passage, shared = evidence.draft, evidence.draft_marks
            width, height, whole, words = on_draft(job, evidence)
        else:
            page = library().page(match.document.id, passage.page)
            width, height = page.width or 1.0, page.height or 1.0
            whole = library().page_places(match.document.id, passage.page, [(passage.start, passage.end)])
            shifted = [(passage.start + start, passage.start + end) for start, end in phrases(passage.text, shared)]
            words = library().page_places(match.document.id, passage.page, shifted)
    except (BadInput, NotFound, Unreadable):
        # The text beside it says the same; the picture stays without marks.
        whole, words = [], []
    response = make_response(render_template("marks.svg", width=width, height=height, found=words, place=whole))
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return response


@blueprint.get("/<job_id>/pages/<int:number>/<any(page, large):size>.png")
def draft_picture(job_id: str, number: int, size: str) -> Response:
    """A page of the draft as a picture."""
    job, _checked = finished(job_id)
    if not (job.holds and is_pdf(job)):
        abort(404)
    drawn = DraftPictures(job.holds.copy_to, library().workspace.settings.reading).picture(number, WIDTHS[size])
    response = make_response(drawn)
    response.headers["Content-Type"] = "image/png"
    return kept_a_day(response)


def passage(place: Place, marks: Spans) -> Markup:
    """The beginning of a passage, with the words that it shares marked."""
    text = run_on(place.text)
    if len(text) > LONGEST_PASSAGE:
        blank = text.rfind(" ", LONGEST_PASSAGE // 2, LONGEST_PASSAGE)
        text = text[: blank if blank > 0 else LONGEST_PASSAGE].rstrip()
    return mark_text(text, phrases(text, marks)) + (" …" if len(text) < len(place.text) else "")


def around(text: str, place: Place, marks: Spans) -> Markup:
    """A passage with its shared words marked; where its whole ``text`` is there, with what stands before and after."""
    if text[place.start : place.end] != place.text:
        return mark_text(run_on(place.text), phrases(place.text, marks))
    first, last = max(0, place.start - BESIDE), min(len(text), place.end + BESIDE)
    shared = [(place.start + start - first, place.start + end - first) for start, end in phrases(place.text, marks)]
    inside = mark_text(run_on(text[first:last]), shared, [(place.start - first, place.end - first)])
    return Markup("{}{}{}").format("… " if first else "", inside, " …" if last < len(text) else "")


def on_draft(job: Job, evidence: Evidence) -> tuple[float, float, Sequence[Box], Sequence[Box]]:
    """Width and height of the draft's page in points, the boxes of the passage and those of the words it shares."""
    if job.holds is None:
        raise BadInput(say("This draft has no pages."))
    draft = DraftPictures(job.holds.copy_to, library().workspace.settings.reading)
    width, height, words = draft.words(evidence.draft.page)
    text = evidence.draft.text
    shared = phrases(text, evidence.draft_marks)
    return width, height, places(text, [(0, len(text))], words), places(text, shared, words)


def finished(job_id: str) -> tuple[Job, Checked]:
    """A check that has a result, all of whose documents whoever asks may still see.

    Raises:
        NotFound: there is none yet, or no more.
    """
    job = jobs().get("check", job_id)
    if job.result is None:
        raise NotFound(job_id, say("This check has no result yet."), say("Go back and wait until it is done."))
    checked: Checked = job.result
    if not {match.document.id for match in checked.matches} <= set(library().corpus.ids()):
        raise NotFound(
            job_id,
            say("This result is no longer kept."),
            say("A document in it was removed or is withheld by now. Check again."),
        )
    if any(match.document.access != LOWEST for match in checked.matches):
        keep_nothing()
    keep_nothing_after_logout()
    return job, checked


def evidence_of(checked: Checked, number: int, place: int) -> tuple[Match, Evidence]:
    """Match ``number`` and its passage ``place``, both counted from 1."""
    if not (1 <= number <= len(checked.matches) and 1 <= place <= len(checked.matches[number - 1].evidence)):
        abort(404)
    return checked.matches[number - 1], checked.matches[number - 1].evidence[place - 1]


def is_pdf(job: Job) -> bool:
    """Whether the draft has pages to look at."""
    return job.holds is not None and b"%PDF-" in job.holds.head


def safe_file_name(name: str) -> str:
    """The name of a file that was sent, without a path; its ending kept.

    Raises:
        BadInput: it ends in none of `ENDINGS`.
    """
    ending = Path(name.replace("\\", "/")).suffix.lower()
    if ending not in ENDINGS:
        raise unknown_kind(name)
    return safe_name(name, ending[1:])


def unknown_kind(name: str) -> KmsError:
    """The error for a file of a kind that is not read."""
    return BadInput(
        say("{name} is of a kind that kms does not read.", name=Path(name).name[:200]),
        say("kms reads .pdf, .docx, .md and .txt; save it as one of these."),
    )
