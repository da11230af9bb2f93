"""Beranda: the search box, and what the corpus holds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from webui.places import library

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> Any:
    """The first page; with words in its address, the search."""
    if request.args.get("q"):
        return redirect(url_for("search.show", **request.args.to_dict(flat=False)))  # type: ignore[arg-type]
    return render_template("home.html", documents=library().documents().documents)
