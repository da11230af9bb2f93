"""The facade: everything that can be asked of a workspace or done to it, in the order in which it has to be done."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kms.config import Workspace
from kms.corpus import (
    CHOICES,
    Choice,
    Corpus,
    Correction,
    Damage,
    Decision,
    StagingArea,
    append_decision,
    correct,
    inspect,
    load_decisions,
    now,
    render_page,
    sweep,
    tags_of,
)
from kms.engines.engine import Engine
from kms.errors import BadInput, Damaged, IndexDamaged, NotFound, WorkspaceError
from kms.language import Message, say
from kms.library.answers import Ingested, Listing, Row, SearchAnswer
from kms.library.auditing import audit
from kms.library.checked import Audit, Checked
from kms.library.checking import Bench, check, thresholds_of
from kms.library.drafts import draft_of_file, draft_of_text
from kms.library.gathering import gather
from kms.library.index import Index
from kms.library.inside import Inside
from kms.library.lock import WriterLock
from kms.library.pictures import Pictures, places
from kms.library.searching import HITS_AT_MOST, Filters, agencies_meant, answer, type_meant, years_meant
from kms.library.studies import Studies
from kms.library.taking_in import Intake, take_in
from kms.model import Box, Document, Extraction, Page, Table
from kms.text import ANALYSER, tokenize

if TYPE_CHECKING:
    from kms.corpus.archive import Packed

Changes = Mapping[str, Sequence[str] | None]


class Library:
    """A workspace at work. May be used from several threads; several processes may have it open.

    ``read`` tells what is in a file and ``open_engine`` opens the index in a folder; by default the real ones.
    ``command`` is how others see this process while it writes; ``patience`` is how many seconds it waits for another
    writer. ``tell`` gets sentences about waiting and repairing. The corpus is looked through for changes made by
    others at most every ``freshness`` seconds.

    Every method that names a document takes an id, the beginning of one, or its hex digits, and raises NotFound or
    Ambiguous; those that read it raise Damaged when its folder cannot be understood. Those that change something
    raise Busy or WorkspaceError when the workspace is not to be had.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        read: Callable[[Path], Extraction] | None = None,
        open_engine: Callable[[Path], Engine] | None = None,
        command: str = "kms",
        patience: float = 120.0,
        tell: Callable[[Message], None] = lambda message: None,
        freshness: float = 2.0,
    ) -> None:
        self.workspace = workspace
        self.corpus = Corpus(workspace.corpus)
        self._read = read or self._read_file
        self._freshness = freshness
        self._looked_at = float("-inf")
        self._looking = threading.Lock()
        self._pictures = Pictures(workspace.index, workspace.settings.reading)
        self._inside = Inside()
        self._studies = Studies(workspace.index / "studies", self.corpus)
        self._lock = WriterLock(
            workspace.corpus,
            command,
            patience,
            lambda holder: tell(say("Waiting for another process that is writing: {holder}.", holder=holder)),
        )
        self._index = Index(
            workspace.index,
            self.corpus,
            open_engine or self._open_engine,
            (workspace.settings.engine, ANALYSER),
            self._lock,
            tell,
        )

    # -- taking in ---------------------------------------------------------------------------------------------------

    def ingest(
        self,
        paths: Sequence[str | Path],
        tags: Changes | None = None,
        jobs: int | None = None,
        on_progress: Callable[[int, int], None] = lambda done, total: None,
        by: str = "",
    ) -> Iterator[Ingested]:
        """Take in files and folders; what became of each file, in the order in which they are done.

        A document that is given out as "new" stands in the corpus for good. ``tags`` are a person's (``by``) for each
        new document; one that is present keeps the tags it has. ``jobs`` files are read at once. ``on_progress`` gets
        the numbers of files done and of all.

        Raises:
            BadInput: a path does not exist, a folder holds nothing to read, or a tag makes no sense.
        """
        files = gather(paths)
        changes = self._changes(tags or {})
        if "title" in changes and len(files) > 1:
            raise BadInput(
                say("A title belongs to one document; here are {count} files.", count=len(files)),
                say("Ingest them one by one, or give titles with `kms tag`."),
            )
        corrections: dict[str, Correction] = correct({}, changes, by, now())
        jobs = self.workspace.settings.jobs if jobs is None else jobs
        intake = Intake(self.corpus, self._index, self._lock, self._read, jobs)
        return take_in(intake, files, corrections, on_progress)

    # -- asking ------------------------------------------------------------------------------------------------------

    def search(
        self, query: str, filters: Filters | None = None, limit: int = 10, page: int = 1, width: int = 240
    ) -> SearchAnswer:
        """Pages that answer a query: ``limit`` of them on each result page, ``page`` counts from 1.

        Snippets are at most ``width`` code points long.

        Raises:
            BadInput: there is neither a word nor a filter, or a filter or a number makes no sense.
        """
        filters = filters or Filters()
        if not query.strip() and not filters:
            raise BadInput(say("There is nothing to search for."), say("Give words, or a filter such as a year."))
        if not 1 <= limit <= HITS_AT_MOST or page < 1:
            raise BadInput(
                say("Hits per page are from 1 to {most}, and pages count from 1.", most=HITS_AT_MOST),
                say("Correct the numbers."),
            )
        self.refresh()
        offset = (page - 1) * limit
        try:
            found = answer(self._index.view(), self.corpus, query, filters, limit, offset, width)
        except IndexDamaged:
            self._index.heal(patience=None)
            found = answer(self._index.view(), self.corpus, query, filters, limit, offset, width)
        damaged = [card for card in self._index.catalogue().cards.values() if card.summary is None]
        if not damaged:
            return found
        note = say("Damaged documents were left out: {count}. `kms verify` lists them.", count=len(damaged))
        return replace(found, notes=(*found.notes, note))

    def documents(self, filters: Filters | None = None, unsure: bool = False, needs_ocr: bool = False) -> Listing:
        """The documents that pass the filters (year, type, agency), by id.

        ``unsure`` leaves those of which the machine does not know type, title, agency or year well; ``needs_ocr`` those
        with pages that are pictures nobody has read.

        Raises:
            BadInput: a filter makes no sense.
        """
        filters = filters or Filters()
        self.refresh()
        cards = self._index.cards()
        summaries = [card.summary for card in cards.values() if card.summary]
        agencies = agencies_meant(filters.agency, summaries) if filters.agency else ()
        chosen = tuple(
            card.summary
            for _, card in sorted(cards.items())
            if card.summary
            and filters.accept(card.summary, agencies)
            and (card.unsure or not unsure)
            and (card.needs_ocr or not needs_ocr)
        )
        return Listing(chosen, tuple(sorted(name for name, card in cards.items() if card.summary is None)))

    def document(self, name: str) -> Document:
        """A document with its pages, tables, tags and indicators."""
        return self.corpus.document(self.corpus.resolve(name))

    def page(self, name: str, number: int) -> Page:
        """Page ``number`` (1-based) of a document.

        Raises:
            NotFound: also when there is no such page.
        """
        document = self.document(name)
        for page in document.content.pages:
            if page.number == number:
                return page
        raise NotFound(
            str(number),
            say("{id} has no page {number}.", id=document.id, number=number),
            say("It has {count} pages.", count=len(document.content.pages)),
        )

    def page_markdown(self, name: str, number: int) -> str:
        """Page ``number`` (1-based) as Markdown, its tables where they stand.

        Raises:
            NotFound: also when there is no such page.
        """
        self.page(name, number)
        return render_page(self.document(name), number)

    def page_picture(self, name: str, number: int, width: int = 1000, drawn: bool = False) -> bytes:
        """Page ``number`` (1-based) of a PDF as PNG, ``width`` pixels wide; ``drawn`` with the tables found on it.

        Plain pictures in one of `kms.library.pictures.WIDTHS` are kept for the next time.

        Raises:
            NotFound: also when there is no such page.
            BadInput: the original is no PDF.
            Unreadable: the page cannot be drawn.
        """
        document = self._with_page(name, number)
        original = self.corpus.original(document.id)
        if not drawn:
            return self._pictures.picture(document.id, original, number, width)
        from kms import extract

        return extract.draw_page(original, number, document.content, width, self.workspace.settings.reading)

    def page_places(self, name: str, number: int, spans: Sequence[tuple[int, int]]) -> list[Box]:
        """Where ``spans`` (code points of its text, half-open) stand on page ``number`` (1-based) of a PDF.

        Raises:
            NotFound, BadInput, Unreadable: as `page_picture` does.
        """
        document = self._with_page(name, number)
        words = self._pictures.words(document.id, self.corpus.original(document.id), number) if spans else []
        return places(self.page(document.id, number).text, spans, words)

    def pages_with(self, name: str, words: str) -> tuple[int, ...]:
        """The pages (1-based) of a document with all of ``words``; those with some of them where none has all."""
        return self._inside.pages(self.document(name), words)

    def _with_page(self, name: str, number: int) -> Document:
        """A PDF that has page ``number``."""
        document = self.document(name)
        self.page(document.id, number)
        if document.content.media != "pdf":
            raise BadInput(say("{id} is no PDF; only PDFs have pages to look at.", id=document.id))
        return document

    def tables(self, name: str) -> tuple[Table, ...]:
        """The tables of a document in their order."""
        return self.document(name).content.tables

    def original(self, name: str) -> Path:
        """The file as it was given."""
        return self.corpus.original(self.corpus.resolve(name))

    def indicators(self, name: str = "", year: str = "", program: str = "", document: str = "") -> tuple[Row, ...]:
        """Indicators of all documents, or of one: those whose name and program have the words given, in any inflection.

        ``year`` ("2021" or "2019-2022") leaves those with a target or a realisation in one of these years.

        Raises:
            BadInput: the year makes no sense.
        """
        years = set(years_meant(year)) if year else set()
        names, programs = _stems(name), _stems(program)
        ids = [self.corpus.resolve(document)] if document else self.corpus.ids()
        rows = []
        for document_id in ids:
            try:
                found = self.corpus.document(document_id)
            except (Damaged, NotFound):
                if document:
                    raise
                continue
            for row in found.content.indicators:
                if (
                    names <= _stems(row.name)
                    and programs <= _stems(row.program or "")
                    and (not years or years & (set(row.targets) | set(row.realisations)))
                ):
                    rows.append(Row(found.summary, row))
        return tuple(rows)

    # -- what was done before ----------------------------------------------------------------------------------------

    def check(
        self,
        file: str | Path | None = None,
        *,
        title: str = "",
        text: str = "",
        name: str = "",
        year: str = "",
        agency: str = "",
        on_progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Checked:
        """What earlier documents have of a draft: a file, or a title and a text. The draft is not kept.

        ``name`` is how people call the file where its path is a temporary one. ``title``, ``year`` and ``agency`` win
        over what is found in the file.

        Raises:
            BadInput: there is nothing to check, or the year makes no sense.
            Unreadable: the file cannot be read.
        """
        given = {key: (value,) for key, value in (("year", year), ("agency", agency)) if value.strip()}
        tags = tags_of(correct({}, self._changes(given), "", ""))
        if file is None:
            draft = draft_of_text(title, text, tags)
        else:
            draft = draft_of_file(Path(file), self._read, name or Path(file).name, title, text, tags)
        self.refresh()
        try:
            return check(draft, self._bench(), on_progress)
        except IndexDamaged:
            self._index.heal(patience=None)
            return check(draft, self._bench(), on_progress)

    def audit(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Audit:
        """What the corpus holds twice, in groups, without comparing all pairs."""
        self.refresh()
        try:
            return audit(self._bench(), on_progress)
        except IndexDamaged:
            self._index.heal(patience=None)
            return audit(self._bench(), on_progress)

    def decide(self, first: str, second: str, choice: str, by: str, why: str = "") -> Decision:
        """Keep what a person says of two documents; ``first`` may be the sha256 of a draft.

        Raises:
            BadInput: there is no such choice, or both are the same document.
        """
        if choice not in CHOICES:
            raise BadInput(
                say("There is no decision {choice}.", choice=repr(choice)),
                say("Decisions are: {names}.", names=", ".join(CHOICES)),
            )
        digests = [self._digest(first), self._digest(second)]
        if digests[0] == digests[1]:
            raise BadInput(say("Both are the same document."), say("Name two documents."))
        decision = Decision(digests[0], digests[1], cast(Choice, choice), by, now(), " ".join(why.split()))
        with self._lock.hold():
            append_decision(self.corpus.path, decision)
        return decision

    def _bench(self) -> Bench:
        """What a check works with, as it is now."""
        thresholds = thresholds_of(self.workspace.settings)
        return Bench(self._index.view(), self.corpus, self._studies, thresholds, load_decisions(self.corpus.path))

    def _digest(self, name: str) -> str:
        """The sha256 of a document, or ``name`` itself where it is that of a draft."""
        try:
            return self.document(name).sha256
        except NotFound:
            if re.fullmatch(r"[0-9a-f]{64}", name):
                return name
            raise

    # -- changing ----------------------------------------------------------------------------------------------------

    def tag(self, name: str, changes: Changes, by: str) -> Document:
        """Correct tags of a document; the document as it is afterwards.

        ``changes`` maps a tag to its values; no value means that the document has no such tag, None takes a correction
        back so that the machine's tag is in force again. A year may be a period ("2018-2023").

        Raises:
            BadInput: a name or a value makes no sense.
        """
        document_id = self.corpus.resolve(name)
        checked = self._changes(changes)
        with self._lock.hold():
            document = self.corpus.apply(document_id, checked, by)
            self._index.update([document])
        return document

    def remove(self, name: str) -> str:
        """Take a document out of the corpus and the index; its id."""
        document_id = self.corpus.resolve(name)
        with self._lock.hold(), StagingArea(self.corpus.path) as area:
            self.corpus.remove(area, document_id)
            self._index.update([], gone=[document_id])
        return document_id

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Make index and renderings again from the corpus; the number of documents in the index."""
        with self._lock.hold():
            sweep(self.corpus.path)
            for document_id in self.corpus.ids():
                self._index.render(document_id)
            return self._index.rebuild(on_progress)

    def verify(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[Damage, ...]:
        """All damage of corpus and index; empty when everything is as it should be. Repairs nothing."""
        ids = self.corpus.ids()
        found: list[Damage] = []
        for number, document_id in enumerate(ids):
            on_progress(number, len(ids))
            found += inspect(self.corpus, document_id)
        on_progress(len(ids), len(ids))
        return (*found, *self._index.inspect())

    # -- keeping elsewhere -------------------------------------------------------------------------------------------

    def backup(self, path: str | Path, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Packed:
        """Write all documents into one new file, while others may go on reading and writing.

        Raises:
            BadInput: the file exists already.
            WorkspaceError: it cannot be written.
        """
        from kms.corpus.archive import pack

        path = Path(path).absolute()
        try:
            return pack(self.corpus, path, on_progress)
        except OSError as error:
            raise _unwritable(path, error) from error

    def restore(self, path: str | Path, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Bring back all documents of a backup into an empty workspace; how many. The index is made again.

        Raises:
            BadInput: the file is no whole backup, or the workspace has other documents.
            WorkspaceError: something cannot be read or written.
        """
        from kms.corpus.archive import unpack

        path = Path(path).absolute()
        with self._lock.hold():
            try:
                with StagingArea(self.corpus.path) as area:
                    contents = unpack(path, self.corpus, area, on_progress)
            except OSError as error:
                raise _unwritable(Path(error.filename or path), error) from error
            self._index.rebuild()
        return len(contents.documents)

    # -- keeping in step ---------------------------------------------------------------------------------------------

    def refresh(self, now: bool = False) -> bool:
        """Bring the index into step with the corpus where nobody else does; whether it is.

        Looks at most every ``freshness`` seconds unless ``now``; never waits for another writer.
        """
        if not now and time.monotonic() - self._looked_at < self._freshness:
            return True
        if not self._looking.acquire(blocking=False):
            return False
        try:
            healed = self._index.heal()
            self._looked_at = time.monotonic()
            return healed
        finally:
            self._looking.release()

    def close(self) -> None:
        """Let go of open files."""
        self._index.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _changes(self, changes: Changes) -> dict[str, tuple[str, ...] | None]:
        """``changes`` as the corpus wants them: a period given as a year, other names of types, year against period."""
        result: dict[str, tuple[str, ...] | None] = {}
        for name, values in changes.items():
            if values is None:
                result[name] = None
                continue
            given = tuple(value.strip() for value in values if value.strip())
            if name == "type":
                given = tuple(type_meant(value) for value in given)
            if name == "year" and len(given) == 1 and "-" in given[0].replace("–", "-").strip("-"):
                name = "period"
            result[name] = given
        if result.get("year") and "period" not in result:
            result["period"] = None
        elif result.get("period") and "year" not in result:
            result["year"] = None
        return result

    def _read_file(self, path: Path) -> Extraction:
        from kms.extract import read_file  # heavy; a search never needs it

        return read_file(path, self.workspace.settings.reading)

    def _open_engine(self, folder: Path) -> Engine:
        from kms.engines import open_engine

        return open_engine(self.workspace.settings.engine, folder)


def _unwritable(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        say("{path} cannot be read or written ({error}).", path=path, error=error.strerror or error),
        say("Check the name, the permissions and the free space of the disk."),
    )


def _stems(text: str) -> set[str]:
    return {token.stem for token in tokenize(text)}
