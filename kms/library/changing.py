"""What people change in a workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from kms.corpus import (
    CHOICES,
    Choice,
    Correction,
    Decision,
    StagingArea,
    append_decision,
    correct,
    now,
)
from kms.errors import BadInput, NotFound
from kms.language import say
from kms.library.access import LOWEST, PermittedCorpus, level_of
from kms.library.answers import Ingested
from kms.library.gathering import gather
from kms.library.opened import Changes, Opened
from kms.model import Document


class Changing(Opened):
    """Documents taken in and out, their tags, and what people decide about them."""

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
            BadInput: no path exists, a folder holds nothing to read, or a tag makes no sense.
        """
        from kms.library.taking_in import Intake, take_in

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
        intake = Intake(self._shelves.corpus, self._shelves, self._lock, self._read_behind, jobs)
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

    def _digest(self, name: str) -> str:
        """The sha256 of a document, or ``name`` itself where it is that of a draft."""
        try:
            return self.corpus.document(self.corpus.resolve(name)).sha256
        except NotFound:
            if re.fullmatch(r"[0-9a-f]{64}", name):
                return name
            raise

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
            self._shelves.follow([document])
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
        with self._lock.hold():
            # The files go before the index follows, for that needs room of its own.
            with StagingArea(self.corpus.path) as area:
                self.corpus.remove(area, document_id)
            self._shelves.follow([], gone=[document_id])
        self._journal.append(self.reader, "removal", document_id)
        return document_id
