"""Unggah: many files at once into the corpus, each with its progress and what became of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from kms.errors import BadInput
from kms.language import say
from kms.library import Library
from kms.library.answers import Ingested, ingested_json
from webui.checks import safe_file_name
from webui.doors import needs
from webui.jobs import Job, jobs
from webui.places import library, person
from webui.speaking import language, tell

MOST_FILES = 200

blueprint = Blueprint("uploads", __name__, url_prefix="/upload")


@blueprint.get("")
@needs("editor")
def ask() -> Any:
    """The form for files."""
    largest = current_app.config["MAX_CONTENT_LENGTH"] >> 20
    limit = min(library().workspace.settings.reading.file_mb, largest)
    return render_template("upload.html", limit=limit, most=MOST_FILES)


@blueprint.post("")
@needs("editor")
def begin() -> Any:
    """Take the files and read them in the background; where they are is told at the address of the answer."""
    files = [file for file in request.files.getlist("files") if file.filename][:MOST_FILES]
    if not files:
        flash(tell(say("Choose at least one file.")), "bad")
        return redirect(url_for(".ask"), 303)
    folder = Path(tempfile.mkdtemp(prefix="kms-upload-"))
    try:
        paths, refused = put_down(files, folder)
        job = jobs().start("upload", taking_in(library(), folder, paths, refused, person()))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    job.total = len(files)
    if request.headers.get("Accept") == "application/json":
        return {"state": url_for(".tell_state", job_id=job.id)}
    return redirect(url_for(".show", job_id=job.id), 303)


def put_down(files: Sequence[FileStorage], folder: Path) -> tuple[list[Path], list[Ingested]]:
    """The files that were sent, each in a folder of its own below ``folder``, and those of kinds that are not read."""
    paths: list[Path] = []
    refused: list[Ingested] = []
    for number, file in enumerate(files):
        try:
            path = folder / str(number) / safe_file_name(file.filename or "")
        except BadInput as error:
            refused.append(
                Ingested(Path(file.filename or "").name[:200], "failed", reason=error.message, code="unsupported")
            )
            continue
        path.parent.mkdir()
        file.save(path)
        paths.append(path)
    return paths, refused


def taking_in(asked: Library, folder: Path, paths: Sequence[Path], refused: Sequence[Ingested], by: str) -> Any:
    """The work of an upload; the files that were sent are deleted when it is over."""

    def work(job: Job) -> None:
        try:
            job.told = list(refused)
            job.total, job.done = len(paths) + len(refused), len(refused)
            if paths:
                for outcome in asked.ingest(paths, by=by):
                    job.told.append(outcome)
                    job.done += 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return work


@blueprint.get("/<job_id>")
@needs("editor")
def show(job_id: str) -> Any:
    """What became of each file so far."""
    return render_template("upload_state.html", job=jobs().get("upload", job_id), name_of=name_of)


@blueprint.get("/<job_id>/state")
@needs("editor")
def tell_state(job_id: str) -> Any:
    """The same for scripts."""
    job = jobs().get("upload", job_id)
    outcomes = [
        {
            **ingested_json(outcome, language()),
            "path": name_of(outcome),
            "said": tell(said(outcome)),
            "address": url_for("documents.show", document_id=outcome.id) if outcome.id else None,
        }
        for outcome in list(job.told)
    ]
    error = job.error.text(language()) if job.error else None
    return {"over": job.over, "done": job.done, "total": job.total, "outcomes": outcomes, "error": error}


def name_of(outcome: Ingested) -> str:
    """The name of the file as it was sent."""
    return Path(outcome.path).name


def said(outcome: Ingested) -> Any:
    """What became of a file, in a few words."""
    if outcome.outcome == "failed":
        return outcome.reason or say("It could not be taken in.")
    if outcome.outcome == "present":
        return say("It was there already.")
    if outcome.needs_ocr:
        return say(
            "Taken in; {count} of its {pages} pages are pictures not read yet.",
            count=outcome.needs_ocr,
            pages=outcome.pages,
        )
    return say("Taken in: {pages} pages, {tables} tables.", pages=outcome.pages, tables=outcome.tables)


def teach_uploads(app: Flask) -> None:
    """Make these known to the templates of an application."""
    app.jinja_env.globals.update(upload_said=said)
