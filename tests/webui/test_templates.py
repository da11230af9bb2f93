"""Templates say nothing to people that cannot be translated, and carry neither styles nor scripts of their own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import webui

TEMPLATES = sorted((Path(webui.__file__).parent / "templates").glob("*.html"))
SPOKEN = ("title", "placeholder", "alt", "aria-label", "data-label")
"""Attributes that people read or hear."""
SAME_EVERYWHERE = {
    *(
        "kms",
        "kms ingest FOLDER",
        "SHA-256",
        "sha256",
        "CSV",
        "XLSX",
        "HTML",
        "Markdown",
        "JSON",
        "n",
        "p",
        "Bahasa Indonesia",
    ),
    *("PDF, Word (.docx), .md, .txt",),
}
"""What is written alike in every language: names of formats, keys and commands."""
EXAMPLE = re.compile(r"[\w\s\"*:-]*[*:\"-][\w\s\"*:-]*|deteksi dini|ormas OR LSM|\d{4}(?:-\d{4})?")
"""Queries to be typed as they stand, and years."""


class Spoken(HTMLParser):
    """Collects what a page says in its text and in its attributes, and what it carries inline."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said += [given[name] or "" for name in SPOKEN if name in given]
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def read(path: Path) -> Spoken:
    """A template without whatever Jinja puts in."""
    text = re.sub(
        r"{#.*?#}|{% block body_class %}.*?{% endblock %}|{%.*?%}|{{.*?}}",
        " ",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    page = Spoken()
    page.feed(text)
    return page


def is_said_to_people(text: str) -> bool:
    """Whether a text has words that another language would say otherwise."""
    plain = " ".join(text.split()).strip(" –·:,.()%…“”")
    return bool(re.search(r"[A-Za-z]", plain)) and plain not in SAME_EVERYWHERE and not EXAMPLE.fullmatch(plain)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_can_be_translated(path: Path) -> None:
    assert [text for text in read(path).said if is_said_to_people(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_inline_that_the_policy_would_stop(path: Path) -> None:
    assert read(path).inline == []


def test_a_sentence_left_in_a_template_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        '<p title="{{ x }} pages">{{ _("Good") }} bad</p><a style="color: red" onclick="x()">1</a>', "utf-8"
    )
    assert [text.strip() for text in read(path).said if is_said_to_people(text)] == ["pages", "bad"]
    assert read(path).inline == ["a style", "a onclick"]
