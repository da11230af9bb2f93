"""From texts of documents, which anybody may have written, to HTML that is safe to show, with found words marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import markdown as markdown_package
import nh3
from markupsafe import Markup

from kms.text.lines import FULL_LINE, Spans, joined, runs_on

Finder = Callable[[str], Spans]

TAGS = {"p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup"}
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"th": {"align", "colspan", "rowspan"}, "td": {"align", "colspan", "rowspan"}, "ol": {"start"}}
GROUP_ROW = re.compile(r"<tr>\s*<td[^>]*><strong>([^\n]*)</strong></td>\s*(?:<td[^>]*></td>\s*)+</tr>")
"""A row of which only the first cell is filled, all of it strong: the label of the rows below it."""
EMPTY_HEADING = re.compile(r"<th[^>]*>\s*</th>")
"""A cell that heads nothing; who listens to a page would be told of a heading without words."""
EMPTY_HEAD = re.compile(r"<thead>\s*<tr>\s*(?:<td></td>\s*)*</tr>\s*</thead>")
HEADING = re.compile(r"<(/?)h([1-6])>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
INLINE = {"em", "strong", "del", "sub", "sup", "code", "mark"}


def mark_text(text: str, spans: Spans, passage: Spans = ()) -> Markup:
    """``text`` as HTML with each of ``spans`` (code points, half-open) inside a mark, and ``passage`` in another."""
    found, place = joined(spans, len(text)), joined(passage, len(text))
    edges = sorted({0, len(text), *(edge for pair in (*found, *place) for edge in pair)})
    parts = []
    for start, end in pairwise(edges):
        piece = escape(text[start:end])
        if _inside(found, start):
            piece = f"<mark>{piece}</mark>"
        if _inside(place, start):
            piece = f'<mark class="place">{piece}</mark>'
        parts.append(piece)
    return Markup("".join(parts))


def _inside(spans: Spans, place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def render_markdown(text: str) -> Markup:
    """Markdown as HTML of headings, paragraphs, lists and tables; anything else in it is taken out.

    Headings begin at the third level, for the page that shows them has its own first two.
    """
    html = markdown_package.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    html = below(html, 2)
    html = GROUP_ROW.sub(lambda row: f'<tr><th colspan="{row[0].count("<td")}">{row[1]}</th></tr>', html)
    html = PARAGRAPH.sub(lambda found: f"<p>{flowing(found[1])}</p>", html)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, strip_comments=True)
    return Markup(EMPTY_HEAD.sub("", EMPTY_HEADING.sub("<td></td>", clean)))


def below(html: str, level: int) -> str:
    """``html`` with its headings under one of ``level``, none of them more than one deeper than the one before."""
    depth = level
    ends: list[str] = []

    def lower(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            return f"</h{ends.pop()}>" if ends else ""
        depth = min(int(found[2]) + level, depth + 1, 6)
        ends.append(str(depth))
        return f"<h{depth}>"

    return HEADING.sub(lower, html)


def flowing(paragraph: str) -> str:
    """The lines of a paragraph run on where the page only ended a line; shorter lines, and items of a list, stand."""
    lines = re.split(r"<br ?/?>\n?", paragraph)
    full = FULL_LINE * max(map(len, lines))
    result = lines[0]
    for above, line in pairwise(lines):
        result += f" {line}" if runs_on(above, line, full) else f"<br>{line}"
    return result


def mark_places(html: Markup, find: Finder | None, passage: Finder | None = None) -> Markup:
    """Sanitised HTML with the words that ``find`` names, and what ``passage`` names, inside marks.

    Both see the text without tags.
    """
    if find is None and passage is None:
        return html
    reader = _Pieces()
    reader.feed(str(html))
    reader.close()
    text = reader.text
    return Markup(
        reader.marked(
            joined(find(text) if find else (), len(text)), joined(passage(text) if passage else (), len(text))
        )
    )


class _Pieces(HTMLParser):
    """The tags and texts of sanitised HTML in order, with each text's place in the whole text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append((False, data))
        self.text += data

    def _tag(self, tag: str, source: str) -> None:
        self.pieces.append((True, source))
        if tag not in INLINE:
            self.pieces.append((False, "\n"))
            self.text += "\n"

    def marked(self, spans: Spans, passage: Spans) -> str:
        """The HTML again, with marks at these places of the whole text; a span over a tag becomes two marks."""
        result, position = [], 0
        for is_tag, source in self.pieces:
            if is_tag:
                result.append(source)
                continue
            end = position + len(source)
            blank = not source.strip()
            inside = ((), ()) if blank else (_part(spans, position, end), _part(passage, position, end))
            result.append(str(mark_text(source, *inside)))
            position = end
        return "".join(result)


def _part(spans: Spans, start: int, end: int) -> list[tuple[int, int]]:
    """What of ``spans`` lies between ``start`` and ``end``, counted from ``start``."""
    return [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
