"""The query language that people type: read into a tree, never refused.

::

    rencana kerja          pages with both words, in any inflection
    "rencana kerja"        side by side, in this order; so is T-C.30
    kerukun*               words that begin so
    -kota  -"jawa timur"   pages without
    FKUB OR FKDM           pages with at least one (also ATAU)
    2019-2022  2019 s.d. 2022   documents of these years, or pages that have them so
    rkt-2021.pdf           the words of the name of a file
    year:2019-2022         filters: year, type, title, agency, program, indicator (tahun, jenis, judul, opd, ...)
    agency:"dinas kominfo"

What cannot be meant so is read as words, and a note says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kms.language import Message, say
from kms.query.tree import Alike, And, Node, Not, OneOf, Or, Phrase, Prefix, Word
from kms.text import STOP_WORDS, Token, fold, tokenize

FIELDS = {
    "year": "year",
    "tahun": "year",
    "type": "type",
    "jenis": "type",
    "tipe": "type",
    "title": "title",
    "judul": "title",
    "agency": "agency",
    "opd": "agency",
    "skpd": "agency",
    "instansi": "agency",
    "program": "program",
    "indicator": "indicator",
    "indikator": "indicator",
}
"""Names of filters as people type them, each with the keyword it means."""

YEARS = range(1900, 2101)
"""Years that a filter may name."""

WORDS_AT_MOST = 64
"""Words of a query that are looked at; a whole pasted page is no query."""

FILLERS = frozenset((
    "yg", "dgn", "dg", "utk", "dlm", "thd", "ttg", "mengenai", "perihal", "seputar", "terkait", "tolong", "mohon",
    "carikan", "gimana", "soal", "supaya", "biar", "lewat", "melalui", "ketika", "karena",
))  # fmt: skip
"""Words of someone who asks, beside the stop words: they say nothing of the pages."""

_TO = r"\s*(?:-|\u2013|\u2014|\.\.|s/d|sd|s\.\s?d\.?|sampai(?:\s+dengan)?|hingga)\s*"
"""What stands between the first and the last of some years."""

_YEARS = re.compile(rf"\s*(\d{{4}})(?:{_TO}(\d{{4}}))?\s*", re.ASCII | re.IGNORECASE)

_PIECE = re.compile(
    rf"""(?P<minus>[-\u2212](?=[^\s-]))?+
        (?:(?P<field>[^\W\d_]++):(?=\S))?+
        (?:["\u201c\u201d\u201e](?P<quoted>[^"\u201c\u201d\u201e]*+)["\u201c\u201d\u201e]
          |(?P<years>[0-9]{{4}}{_TO}[0-9]{{4}})(?=[,;]?(?:\s|$))
          |(?P<plain>\S[^\s"\u201c\u201d\u201e]*+))""",
    re.VERBOSE | re.IGNORECASE,
)

_FILE = re.compile(r"(.*\w)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|md|txt|jpe?g|png|tiff?)", re.IGNORECASE)
"""The name of a file, which may stand behind folders."""


@dataclass(frozen=True)
class Parsed:
    """What was understood, and ``notes`` for the person where it was not taken as typed."""

    node: Node
    notes: tuple[Message, ...] = ()


def parse(text: str) -> Parsed:
    """The tree of a query; ``And(())``, every page, where it has no words. Filters hold the words as typed: see
    `kms.query.resolve`. Never raises.

    Stop words are left out where other words remain, except inside phrases.
    """
    notes: list[Message] = []
    nodes: list[Node] = []
    alternatives = False
    room = WORDS_AT_MOST
    for match in _PIECE.finditer(text):
        if match["plain"] in ("OR", "ATAU", "|") and not match["minus"] and not match["field"]:
            if nodes and not alternatives and text[match.end() :].strip():
                alternatives = True
                continue
            word = match["plain"]
            notes.append(say("{word} stands between two words to mean either; here it was left out.", word=word))
            continue
        asked = _read(match, notes)
        found = _cut(asked, room)
        room -= sum(map(_size, found))
        if found:
            node = found[0] if len(found) == 1 else And(tuple(found))
            if match["minus"]:
                node = Not(node)
            if alternatives:
                before = nodes.pop()
                nodes.append(Or((*(before.parts if isinstance(before, Or) else (before,)), node)))
                alternatives = False
            else:
                nodes.extend([node] if match["minus"] else found)
        if found != asked:
            notes.append(say("Only the first {count} words were looked for.", count=WORDS_AT_MOST))
            break
    return Parsed(_joined(nodes), _unique(notes))


def _size(node: Node) -> int:
    return len(node.tokens) if isinstance(node, Phrase) else 1


def _cut(nodes: Sequence[Node], room: int) -> list[Node]:
    """The first ``room`` words of ``nodes``."""
    kept: list[Node] = []
    for node in nodes:
        if room < _size(node):
            return [*kept, *_phrase(node.tokens[:room])] if isinstance(node, Phrase) else kept
        kept.append(node)
        room -= _size(node)
    return kept


def _read(match: re.Match[str], notes: list[Message]) -> list[Node]:
    """The nodes of one piece of a query, all of which are wanted."""
    quoted, plain = match["quoted"], match["years"] or match["plain"] or ""
    field = match["field"]
    if match["years"] and not field and (years := read_years(plain)):
        notes.append(say("{years} was read as the years of documents.", years=plain))
        written = Phrase(tuple(tokenize(f"{plain[:4]} {plain[-4:]}")))
        return [Alike(written, (OneOf("year", years),))]
    if field:
        node = _filter(field, quoted if quoted is not None else plain, notes)
        if node:
            return [node]
        if quoted is None:
            plain = f"{field} {plain}"
    if quoted is not None:
        return _phrase(tokenize(quoted))
    if "*" in plain and re.fullmatch(r"[^*]+\*", plain):
        tokens = tokenize(plain)
        if tokens and plain[tokens[-1].end :].startswith("*"):
            return [*_phrase(tokens[:-1]), Prefix(fold(plain[tokens[-1].start : tokens[-1].end]))]
    if "*" in plain:
        notes.append(say("A * stands at the end of a word, for any ending; {word} was read as words.", word=plain))
    if plain[0] in '"\u201c\u201d\u201e':
        notes.append(say("A quotation mark has no partner; the words after it were read one by one."))
    if name := file_name(plain):
        plain = name.rpartition(".")[0]
    tokens = tokenize(plain)
    return _phrase(tokens) if _is_one(tokens) else [Word(token) for token in tokens]


def _is_one(tokens: Sequence[Token]) -> bool:
    """Whether the parts of a piece say nothing apart: a name with a letter before it ("e-kinerja"), or the number of a
    table or a paragraph ("T-C.30", "03/05")."""
    exact = [token.exact for token in tokens]
    if has_letter(exact):
        return True
    numbers = [word for word in exact if word.isdecimal()]
    letters = [word for word in exact if len(word) == 1 and word.isalpha()]
    return bool(numbers) and max(map(len, exact)) <= 3 and (bool(letters) or len(numbers) == len(exact))


def has_letter(words: Sequence[str]) -> bool:
    """Whether ``words`` are a letter and a word."""
    return len(words) == 2 and len(words[0]) == 1 and words[0].isalpha() and len(words[1]) > 2 and words[1].isalpha()


def _phrase(tokens: Sequence[Token]) -> list[Node]:
    if len(tokens) > 1:
        return [Phrase(tuple(tokens))]
    return [Word(token) for token in tokens]


def _filter(field: str, value: str, notes: list[Message]) -> OneOf | None:
    name = FIELDS.get(field.lower())
    value = value.strip()
    if not name:
        if value and not value.startswith("//"):
            notes.append(say("There is no filter {field}; it was read as words.", field=field))
        return None
    if name == "year":
        years = read_years(value)
        if years is None:
            notes.append(say("{value} is no year; it was read as words.", value=value))
            return None
        return OneOf("year", years)
    if not tokenize(value):
        notes.append(say("The filter {field} names nothing; it was read as words.", field=field))
        return None
    return OneOf(name, (value,))


def read_years(value: str) -> tuple[str, ...] | None:
    """The years of "2021", "2019-2022" or "2019 s.d. 2022" (both included, in either order); None for anything else."""
    match = _YEARS.fullmatch(value)
    if not match:
        return None
    first = int(match[1])
    last = int(match[2] or first)
    first, last = min(first, last), max(first, last)
    if first not in YEARS or last not in YEARS:
        return None
    return tuple(str(year) for year in range(first, last + 1))


def file_name(text: str) -> str | None:
    """The name of the file that ``text`` is, without its folders; None where it is no name of one."""
    text = text.strip().strip("\"'")
    return re.split(r"[/\\]", text)[-1] if _FILE.fullmatch(text) else None


def _joined(nodes: list[Node]) -> Node:
    """All of ``nodes``, without stop words unless nothing else is asked for."""
    idle = STOP_WORDS | FILLERS
    telling = [node for node in nodes if not (isinstance(node, Word) and node.token.exact in idle)]
    if any(isinstance(node, Word | Prefix | Phrase | Or) for node in telling):
        nodes = telling
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _unique(notes: list[Message]) -> tuple[Message, ...]:
    return tuple({str(note): note for note in notes}.values())
