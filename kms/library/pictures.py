"""Pictures of pages and the places of words on them, kept beside the index: derived, bounded in size, made when asked.

A word of a page's text is found on the picture by aligning the two sequences of words: what the reader put into
another order (tables cell by cell, columns) is aligned in further rounds among the words that are left over.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import msgspec

from kms.config import ReadingLimits
from kms.model import Box
from kms.text import tokenize

FORMAT = 1
"""Changes whenever a picture or the words of a page come out otherwise."""
WIDTHS = (160, 320, 640, 1000, 1600, 2400)
"""Pixels; pictures of other widths are not kept, so that sizes do not fill the disk."""
KEPT_MB = 500
AT_ONCE = 2
"""Pages drawn at a time: on two cores more would only wait for one another."""
ROUNDS = 6
"""How often what is left of both sides is aligned anew; what stands in another order is found then."""
GAP = 1.5
"""Widths of a letter between two marked words of a line up to which they are one mark."""

Spans = Sequence[tuple[int, int]]
Word = tuple[str, Box]


class Pictures:
    """The pictures of a workspace, under ``folder``. May be used from several threads and processes."""

    def __init__(self, folder: Path, limits: ReadingLimits, kept_mb: int = KEPT_MB) -> None:
        self._folder = folder / f"pictures-{FORMAT}"
        self._limits = limits
        self._kept = kept_mb << 20
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._written = 0

    def picture(self, document_id: str, original: Path, number: int, width: int) -> bytes:
        """Page ``number`` (1-based) of a PDF as PNG, ``width`` pixels wide; kept where that is one of `WIDTHS`.

        Raises:
            Unreadable: the page cannot be drawn.
        """
        from kms import extract

        def draw() -> bytes:
            return extract.render_page(original, number, width, self._limits)

        return self._kept_or(document_id, f"{number}-{width}.png", draw) if width in WIDTHS else draw()

    def ready(self, document_id: str, number: int, width: int | None = None) -> bool:
        """Whether the picture of a page, or without ``width`` the places of its words, is kept and costs no waiting."""
        name = f"{number}-words.json" if width is None else f"{number}-{width}.png"
        return (self._folder / document_id / name).exists()

    def words(self, document_id: str, original: Path, number: int) -> list[Word]:
        """The words on page ``number`` (1-based) of a PDF with their boxes.

        Raises:
            Unreadable: the page cannot be read.
        """
        from kms import extract

        def place() -> bytes:
            placed = extract.place_words(original, number, self._limits)
            return msgspec.json.encode([(word.text, [round(side, 1) for side in word.box]) for word in placed.words])

        return msgspec.json.decode(self._kept_or(document_id, f"{number}-words.json", place), type=list[Word])

    def _kept_or(self, document_id: str, name: str, make: Callable[[], bytes]) -> bytes:
        path = self._folder / document_id / name
        with contextlib.suppress(OSError):
            return path.read_bytes()
        with self._turns:
            with contextlib.suppress(OSError):
                return path.read_bytes()
            data = make()
        # Without room or rights on the disk there is still an answer.
        with contextlib.suppress(OSError):
            self._keep(path, data)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with open(handle, "wb") as file:  # noqa: PTH123 - the file is open already
            file.write(data)
        Path(temporary).replace(path)
        self._written += len(data)
        if self._written > self._kept // 20:
            self._written = 0
            self._make_room()

    def _make_room(self) -> None:
        """Delete the oldest files until a tenth of the room is free."""
        files = []
        for path in self._folder.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file():
                    status = path.stat()
                    files.append((status.st_mtime, status.st_size, path))
        size = sum(each[1] for each in files)
        for _, bytes_of, path in sorted(files, key=lambda each: each[0]):
            if size <= self._kept * 0.9:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                size -= bytes_of


def places(text: str, spans: Spans, words: Sequence[Word]) -> list[Box]:
    """Where ``spans`` (code points of a page's text, half-open) stand on the page, neighbours on a line as one box.

    A word that cannot be found on the page has no box.
    """
    tokens = [(token.exact, token.start, token.end) for token in tokenize(text)]
    shown = [(token.exact, place) for place, (word, _) in enumerate(words) for token in tokenize(word)]
    partner = align([token[0] for token in tokens], [word for word, _ in shown])
    starts = [start for _, start, _ in tokens]
    found: dict[int, None] = {}
    for start, end in spans:
        first = bisect_left(starts, start)
        if first and tokens[first - 1][2] > start:
            first -= 1
        for index in range(first, len(tokens)):
            if starts[index] >= end:
                break
            for place in partner.get(index, ()):
                found[shown[place][1]] = None
    return joined([words[place] for place in found])


def transfer(text: str, spans: Spans, other: str) -> list[tuple[int, int]]:
    """``spans`` of ``text`` as places in ``other``, which says the same in another form or order; word by word."""
    tokens, others = tokenize(text), tokenize(other)
    partner = align([token.exact for token in tokens], [token.exact for token in others])
    found = []
    for index, token in enumerate(tokens):
        if any(token.start < end and start < token.end for start, end in spans):
            found += [(others[place].start, others[place].end) for place in partner.get(index, ())]
    runs: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if runs and not other[runs[-1][1] : start].strip(" \t.,;:()/%-\"'"):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def align(wanted: Sequence[str], shown: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """For each of ``wanted`` the places in ``shown`` where it stands; two where a word is cut in two on the page."""
    partner: dict[int, tuple[int, ...]] = {}
    left, right = list(range(len(wanted))), list(range(len(shown)))
    for _ in range(ROUNDS):
        matcher = SequenceMatcher(None, [wanted[i] for i in left], [shown[j] for j in right], autojunk=False)
        pairs = [
            (left[block.a + step], right[block.b + step])
            for block in matcher.get_matching_blocks()
            for step in range(block.size)
        ]
        if not pairs:
            break
        partner.update((i, (j,)) for i, j in pairs)
        used = {j for _, j in pairs}
        left = [i for i in left if i not in partner]
        right = [j for j in right if j not in used]
        if not left or not right:
            break
    return partner | _halves(wanted, shown, left, right)


def _halves(
    wanted: Sequence[str], shown: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Words that a line's end, or the reader, has cut in two, and those that run together with their neighbour."""
    whole: dict[str, list[tuple[int, ...]]] = {}
    for first, second in pairwise(right):
        whole.setdefault(shown[first] + shown[second], []).append((first, second))
    found: dict[int, tuple[int, ...]] = {}
    for index in left:
        if places_of := whole.get(wanted[index]):
            found[index] = places_of.pop(0)
        else:
            for place in right:
                if len(wanted[index]) > 3 and wanted[index] in shown[place]:
                    found[index] = (place,)
                    break
    return found


def joined(words: Sequence[Word]) -> list[Box]:
    """The boxes of ``words``, those that stand side by side on a line as one."""
    boxes: list[Box] = []
    for text, box in sorted(words, key=lambda word: (round(word[1][1]), word[1][0])):
        letter = (box[2] - box[0]) / max(1, len(re.sub(r"\s", "", text)))
        for number, other in enumerate(boxes):
            overlap = min(box[3], other[3]) - max(box[1], other[1])
            if overlap > 0.6 * (box[3] - box[1]) and -letter <= box[0] - other[2] <= GAP * letter:
                boxes[number] = (other[0], min(other[1], box[1]), box[2], max(other[3], box[3]))
                break
        else:
            boxes.append(box)
    return boxes


class DraftPictures:
    """The pages of a draft: it stands in a folder only while something is drawn or read.

    ``copy_to`` writes it to a path.
    """

    def __init__(self, copy_to: Callable[[Path], None], limits: ReadingLimits) -> None:
        self._copy_to = copy_to
        self._limits = limits

    def picture(self, number: int, width: int) -> bytes:
        """Page ``number`` (1-based) as PNG, ``width`` pixels wide.

        Raises:
            Unreadable: the page cannot be drawn.
        """
        from kms import extract

        with self._on_disk() as path:
            return extract.render_page(path, number, width, self._limits)

    def words(self, number: int) -> tuple[float, float, list[Word]]:
        """Width and height of page ``number`` (1-based) in points, and its words with their boxes.

        Raises:
            Unreadable: the page cannot be read.
        """
        from kms import extract

        with self._on_disk() as path:
            placed = extract.place_words(path, number, self._limits)
        return placed.width, placed.height, [(word.text, word.box) for word in placed.words]

    @contextlib.contextmanager
    def _on_disk(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="kms-draft-") as folder:
            path = Path(folder) / "draft.pdf"
            self._copy_to(path)
            yield path
