"""From texts of documents, which anybody may have written, to HTML that is safe to show, with found words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import markdown as markdown_package
import nh3
from markupsafe import Markup

Spans = Sequence[tuple[int, int]]
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
FULL_LINE = 0.75
"""Share of the longest line of a paragraph from which on a line counts as full."""
SHORTEST_FULL_LINE = 40
ITEM = re.compile(r"\s*(?:[-–•*]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s")
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


def joined(spans: Spans, length: int) -> list[tuple[int, int]]:
    """The spans in order, inside 0..length, those that overlap made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


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


def run_on(text: str) -> str:
    """``text`` with a space for every line end where only the page ended the line; as long as before."""
    lines = text.split("\n")
    full = FULL_LINE * max(map(len, lines))
    result = lines[0]
    for above, line in pairwise(lines):
        result += (" " if runs_on(above, line, full) else "\n") + line
    return result


def runs_on(above: str, line: str, full: float) -> bool:
    """Whether only the page ended the line ``above``: full, or the next begins small; items of lists stand."""
    if len(above) < SHORTEST_FULL_LINE or not line.strip() or ITEM.match(line):
        return False
    return len(above) >= full or (line[0].islower() and above[-1] not in ".:;")


def phrases(text: str, spans: Spans) -> list[tuple[int, int]]:
    """The spans with those made one between which no letter and no digit stands: words in a row read as a phrase."""
    result: list[tuple[int, int]] = []
    for start, end in joined(spans, len(text)):
        if result and not any(map(str.isalnum, text[result[-1][1] : start])):
            start = result.pop()[0]
        result.append((start, end))
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
