"""The facade: everything that can be asked of a workspace or done to it, in the order in which it has to be done."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from kms.errors import BadInput, Damaged, NotFound, WorkspaceError
from kms.language import Message, say
from kms.library.access import LOWEST, PermittedCorpus, Reader, level_of
from kms.library.answering import Answerer, Wish
from kms.library.answers import Ingested, Listing, Resembling, Row, SearchAnswer
from kms.library.auditing import audit
from kms.library.checked import Audit, Checked
from kms.library.checking import Bench, check, thresholds_of
from kms.library.drafts import draft_of_file, draft_of_text
from kms.library.gathering import gather
from kms.library.index import Index, View
from kms.library.inside import Inside
from kms.library.journal import Entry, Journal
from kms.library.ledger import rows_of, unified, wanted
from kms.library.lock import WriterLock
from kms.library.pictures import Pictures, places
from kms.library.rereading import ReadNamed, Reread, reread
from kms.library.resembling import resembling
from kms.library.searching import HITS_AT_MOST, Filters, agencies_meant, type_meant, years_meant
from kms.library.shelves import Shelves
from kms.library.studies import Studies
from kms.library.taking_in import Intake, take_in
from kms.library.trust import distrust
from kms.library.vocabulary import Completion
from kms.model import Box, Document, Extraction, Page, Table
from kms.query.tree import Node
from kms.text import ANALYSER

if TYPE_CHECKING:
    from kms.corpus.archive import Packed

Changes = Mapping[str, Sequence[str] | None]


class Library:
    """A workspace at work. May be used from several threads; several processes may have it open.

    ``read`` tells what is in a file and ``open_engine`` opens the index in a folder; by default the real ones.
    ``command`` is how others see this process while it writes; ``patience`` is how many seconds it waits for another
    writer. ``tell`` gets sentences about waiting and repairing. The corpus is looked through for changes made by
    others at most every ``freshness`` seconds. ``reader`` is who asks; by default somebody who may do and
    see everything.

    Every method that names a document takes an id, the beginning of one, or its hex digits, and raises NotFound or
    Ambiguous; those that read it raise Damaged when its folder cannot be understood. Those that change something
    raise Busy or WorkspaceError when the workspace is not to be had, and Forbidden when the reader may
    not do that.
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
        reader: Reader | None = None,
    ) -> None:
        self.workspace = workspace
        self._read = read or self._read_file
        self._read_as: ReadNamed = self._read_file if read is None else lambda path, name: self._read(path)
        self._pictures = Pictures(workspace.index, workspace.settings.reading)
        self._inside = Inside()
        self._lock = WriterLock(
            workspace.corpus,
            command,
            patience,
            lambda holder: tell(say("Waiting for another process that is writing: {holder}.", holder=holder)),
        )

        def make_index(folder: Path, documents: Corpus) -> Index:
            sentinel = (workspace.settings.engine, ANALYSER)
            return Index(folder, documents, open_engine or self._open_engine, sentinel, self._lock, tell)

        if doubt := distrust(workspace.index):
            tell(doubt)
        whole = Corpus(workspace.corpus)
        self._shelves = Shelves(whole, workspace.index, make_index, freshness)
        self._studies = Studies(workspace.index / "studies", whole)
        self._journal = Journal(workspace.root)
        self._answerers: dict[str, Answerer] = {}
        self._hand_to(reader or Reader())

    def seen_by(self, reader: Reader) -> Library:
        """The same library in the hands of ``reader``: what is above their clearance does not exist in it.

        It costs next to nothing and shares open files with this one; close either and both are closed.
        """
        other = copy.copy(self)
        other._hand_to(reader)
        return other

    def _hand_to(self, reader: Reader) -> None:
        self.reader = reader
        self._shelf = self._shelves.of(reader.clearance)
        self.corpus = self._shelf.corpus
        # One for each clearance, so that nothing learnt from hidden documents is ever in reach.
        self._answerer = self._answerers.setdefault(reader.clearance, Answerer(self.corpus, self.workspace.root))
        self._told: set[str] = set()

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
        self.reader.must("editor")
        if "access" in corrections:
            self.reader.must_set_level(LOWEST, level_of(corrections["access"]))
        intake = Intake(self._shelves.corpus, self._shelves, self._lock, self._read, jobs)
        return self._recorded(take_in(intake, files, corrections, on_progress), by)

    def _recorded(self, results: Iterable[Ingested], by: str) -> Iterator[Ingested]:
        """``results`` as this reader may know them, each in the journal."""
        for done in results:
            told = done
            if done.id is not None and self._hides(done.id):
                withheld = say("This file cannot be taken in by you. Ask whoever looks after kms here.")
                told = Ingested(done.path, "failed", reason=withheld, code="withheld")
            file = Path(done.path).name
            self._journal.append(self.reader, "ingest", done.id, done.outcome, by, file=file, reason=done.code or "")
            yield told

    def _hides(self, document_id: str) -> bool:
        return isinstance(self.corpus, PermittedCorpus) and not self.corpus.permits(document_id)

    # -- asking ------------------------------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        limit: int = 10,
        page: int = 1,
        width: int = 240,
        newest: bool = False,
        explain: bool = False,
    ) -> SearchAnswer:
        """Pages that answer a query: ``limit`` of them on each result page, ``page`` counts from 1.

        Snippets are at most ``width`` code points long. ``newest`` puts documents of later years first instead of the
        best; ``explain`` says of each hit why it ranks where it does.

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
        wish = Wish(limit, (page - 1) * limit, width, newest, explain)
        found, damaged = self._shelf.consult(
            lambda view: (
                self._answerer.answer(view, query, filters, wish),
                [card for card in view.catalogue.cards.values() if card.summary is None],
            )
        )
        self._show({hit.document.id for hit in found.hits if hit.document.access != LOWEST}, "search")
        if not damaged:
            return found
        note = say("Damaged documents were left out: {count}. `kms verify` lists them.", count=len(damaged))
        return replace(found, notes=(*found.notes, note))

    def similar(self, name: str, limit: int = 5) -> tuple[Resembling, ...]:
        """Other documents about the same as one, most alike first."""
        document = self.document(name)
        self.refresh()
        return self._shelf.consult(lambda view: resembling(view, document, limit))

    def complete(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """How a query that is being typed may go on; words by the number of their pages, then whole names."""
        self.refresh()
        return self._shelf.consult(lambda view: self._answerer.complete(view, text, limit))

    def documents(self, filters: Filters | None = None, unsure: bool = False, needs_ocr: bool = False) -> Listing:
        """The documents that pass the filters (year, type, agency), by id.

        ``unsure`` leaves those of which the machine does not know type, title, agency or year well; ``needs_ocr`` those
        with pages that are pictures nobody has read.

        Raises:
            BadInput: a filter makes no sense.
        """
        filters = filters or Filters()
        self.refresh()
        cards = self._shelf.cards()
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
        document = self.corpus.document(self.corpus.resolve(name))
        if document.access != LOWEST and document.id not in self._told:
            self._journal.append(self.reader, "view", document.id)
            self._told.add(document.id)
        return document

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

    def is_drawn(self, name: str, number: int, width: int | None = None) -> bool:
        """Whether the picture of a page, or without ``width`` the places of its words, is there without waiting.

        Raises:
            NotFound: there is no such document.
        """
        return self._pictures.ready(self.corpus.resolve(name), number, width)

    def page_places(self, name: str, number: int, spans: Sequence[tuple[int, int]]) -> list[Box]:
        """Where ``spans`` (code points of its text, half-open) stand on page ``number`` (1-based) of a PDF.

        Raises:
            NotFound, BadInput, Unreadable: as `page_picture` does.
        """
        document = self._with_page(name, number)
        words = self._pictures.words(document.id, self.corpus.original(document.id), number) if spans else []
        return places(self.page(document.id, number).text, spans, words)

    def pages_with(self, name: str, words: str) -> tuple[int, ...]:
        """The pages (1-based) of a document that a search for ``words`` finds there, or those with some of them."""
        return self._inside.pages(self.document(name), self.meant(words)) if words.strip() else ()

    def meant(self, words: str) -> Node:
        """What a search for ``words`` looks for: spelt rightly, and with other words for the same."""
        self.refresh()
        return self._shelf.consult(lambda view: self._answerer.meant(view, words))

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
        return self.corpus.original(self.document(name).id)

    def indicators(self, name: str = "", year: str = "", program: str = "", document: str = "") -> tuple[Row, ...]:
        """Indicators of all documents, or of one: those whose name and program have the words given, in any inflection.

        A name in other words for the same ("indeks kepuasan masyarakat", "IKM") is found too; `histories` of
        kms.library.ledger brings such rows together. ``year`` ("2021" or "2019-2022") leaves those with a target or a
        realisation in one of these years.

        Raises:
            BadInput: the year makes no sense.
        """
        asked = wanted(name, program, years_meant(year) if year else ())
        ids = [self.corpus.resolve(document)] if document else self.corpus.ids()
        rows: list[Row] = []
        for document_id in ids:
            try:
                found = self.corpus.document(document_id)
            except (Damaged, NotFound):
                if document:
                    raise
                continue
            rows += rows_of(found, asked)
        return unified(rows)

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
        checked = self._shelf.consult(lambda view: check(draft, self._bench(view), on_progress))
        self._show({match.document.id for match in checked.matches if match.document.access != LOWEST}, "check")
        return checked

    def audit(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Audit:
        """What the corpus holds twice, in groups, without comparing all pairs."""
        self.refresh()
        return self._shelf.consult(lambda view: audit(self._bench(view), on_progress))

    def decide(self, first: str, second: str, choice: str, by: str, why: str = "") -> Decision:
        """Keep what a person says of two documents; ``first`` may be the sha256 of a draft.

        Raises:
            BadInput: there is no such choice, or both are the same document.
        """
        self.reader.must("editor")
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
        self._journal.append(self.reader, "decision", None, "ok", by, first=first, second=second, choice=choice)
        return decision

    def decisions(self) -> tuple[Decision, ...]:
        """What people said of two documents that whoever asks may see, oldest first; named by their digests."""
        ends = {name.rsplit("-", 1)[-1] for name in self.corpus.ids()}
        sizes = {len(end) for end in ends}

        def here(digest: str) -> bool:
            return any(digest[:size] in ends for size in sizes)

        return tuple(each for each in load_decisions(self.corpus.path) if here(each.first) and here(each.second))

    def _bench(self, view: View) -> Bench:
        """What a check works with, as it is now."""
        thresholds = thresholds_of(self.workspace.settings)
        return Bench(view, self.corpus, self._studies, thresholds, load_decisions(self.corpus.path))

    def _digest(self, name: str) -> str:
        """The sha256 of a document, or ``name`` itself where it is that of a draft."""
        try:
            return self.corpus.document(self.corpus.resolve(name)).sha256
        except NotFound:
            if re.fullmatch(r"[0-9a-f]{64}", name):
                return name
            raise

    # -- changing ----------------------------------------------------------------------------------------------------

    def tag(self, name: str, changes: Changes, by: str, expected: str | None = None) -> Document:
        """Correct tags of a document; the document as it is afterwards.

        ``changes`` maps a tag to its values; no value means that the document has no such tag, None takes a correction
        back so that the machine's tag is in force again. A year may be a period ("2018-2023"). ``expected`` is the
        `tags_mark` of the tags that were shown to whoever corrects them; None asks for nothing.

        Raises:
            BadInput: a name or a value makes no sense.
            Conflict: somebody corrected them meanwhile; nothing is changed.
        """
        self.reader.must("editor")
        document_id = self.corpus.resolve(name)
        checked = self._changes(changes)
        with self._lock.hold():
            if "access" in checked:
                before = level_of(self.corpus.corrections(document_id).get("access"))
                self.reader.must_set_level(before, level_of(correct({}, checked, "", "").get("access")))
            document = self.corpus.apply(document_id, checked, by, expected)
            if "access" in checked:
                self._shelves.levels.announce()
            self._shelves.update([document])
        said = {key: list(values) if values is not None else "-" for key, values in checked.items()}
        self._journal.append(self.reader, "correction", document_id, "ok", by, **said)
        return document

    def tags_mark(self, name: str) -> str:
        """What tells whether the tags of a document were corrected meanwhile, for ``expected`` of `tag`."""
        return self.corpus.tags_mark(self.corpus.resolve(name))

    def remove(self, name: str) -> str:
        """Take a document out of the corpus and the index; its id."""
        self.reader.must("editor")
        document_id = self.corpus.resolve(name)
        with self._lock.hold(), StagingArea(self.corpus.path) as area:
            self.corpus.remove(area, document_id)
            self._shelves.update([], gone=[document_id])
        self._journal.append(self.reader, "removal", document_id)
        return document_id

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Make index and renderings again from the corpus; the number of documents in the index."""
        self.reader.must("admin")
        self.reader.must_see_all()
        with self._lock.hold():
            sweep(self.corpus.path)
            return self._shelves.rebuild(on_progress)

    def reread(
        self, waiting_only: bool = False, on_progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Iterator[Reread]:
        """Read originals anew with the readers of today; ``waiting_only`` those with pictures nobody has read.

        What people said of a document stays. Give the iterator time to end: each document is exchanged by itself.

        Raises:
            Unreadable: ``waiting_only``, and there is nothing here to read pictures with.
        """
        self.reader.must("admin")
        self.reader.must_see_all()
        if waiting_only:
            from kms.extract import must_read_pictures

            must_read_pictures(self.workspace.settings.reading)
        self.refresh()
        ids = [one.id for one in self.documents(needs_ocr=True).documents] if waiting_only else self.corpus.ids()
        jobs = self.workspace.settings.jobs
        return reread(self._shelves.corpus, self._shelves, self._lock, self._read_as, ids, jobs, on_progress)

    def verify(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[Damage, ...]:
        """All damage of corpus and index; empty when everything is as it should be. Repairs nothing."""
        ids = self.corpus.ids()
        found: list[Damage] = []
        for number, document_id in enumerate(ids):
            on_progress(number, len(ids))
            found += inspect(self.corpus, document_id)
        on_progress(len(ids), len(ids))
        return (*found, *self._shelf.index().inspect())

    # -- keeping elsewhere -------------------------------------------------------------------------------------------

    def backup(self, path: str | Path, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Packed:
        """Write all documents into one new file, while others may go on reading and writing.

        Raises:
            BadInput: the file exists already.
            WorkspaceError: it cannot be written.
        """
        from kms.corpus.archive import pack

        self.reader.must("admin")
        self.reader.must_see_all()
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

        self.reader.must("admin")
        self.reader.must_see_all()
        path = Path(path).absolute()
        with self._lock.hold():
            try:
                with StagingArea(self.corpus.path) as area:
                    contents = unpack(path, self.corpus, area, on_progress)
            except OSError as error:
                raise _unwritable(Path(error.filename or path), error) from error
            self._shelves.rebuild()
        return len(contents.documents)

    # -- keeping in step ---------------------------------------------------------------------------------------------

    def refresh(self, now: bool = False) -> bool:
        """Bring the index into step with the corpus where nobody else does; whether it is.

        Looks at most every ``freshness`` seconds unless ``now``; never waits for another writer.
        """
        return self._shelf.refresh(now)

    def close(self) -> None:
        """Let go of open files."""
        self._shelves.close()

    # -- who did what ------------------------------------------------------------------------------------------------

    def log(self, who: str = "", what: str = "", since: str = "", document: str = "") -> Iterator[Entry]:
        """What was done, oldest first: by one person, of one kind, on or since a day ("2026-11-24"), to one document.

        Raises:
            BadInput: the day is none.
        """
        self.reader.must("admin")
        self.reader.must_see_all()
        return self._journal.entries(who, what, since, document)

    def record(self, what: str, result: str = "ok", **detail: str) -> None:
        """Put into the log something that was done outside of the library, such as a login.

        Raises:
            WorkspaceError: the log cannot be written.
        """
        self._journal.append(self.reader, what, None, result, **detail)

    def _show(self, ids: set[str], where: str) -> None:
        """Put into the log that passages of documents were shown that not everybody may see."""
        if ids:
            self._journal.append(self.reader, "shown", None, documents=sorted(ids), where=where)

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

    def _read_file(self, path: Path, name: str = "") -> Extraction:
        from kms.extract import read_file  # heavy; a search never needs it

        return read_file(path, self.workspace.settings.reading, name)

    def _open_engine(self, folder: Path) -> Engine:
        from kms.engines import open_engine

        return open_engine(self.workspace.settings.engine, folder)


def _unwritable(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        say("{path} cannot be read or written ({error}).", path=path, error=error.strerror or error),
        say("Check the name, the permissions and the free space of the disk."),
    )
