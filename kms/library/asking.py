"""What can be asked of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kms.corpus import (
    Decision,
    correct,
    load_decisions,
    render_page,
    standing,
    tags_of,
)
from kms.errors import BadInput, Damaged, NotFound
from kms.language import say
from kms.library.access import LOWEST
from kms.library.answers import Listing, Resembling, Row, SearchAnswer
from kms.library.journal import MOST
from kms.library.opened import Opened
from kms.library.pictures import places
from kms.library.searching import HITS_AT_MOST, Filters, agencies_meant, years_meant
from kms.model import Box, Document, Table

if TYPE_CHECKING:
    from kms.library.checked import Audit, Checked
    from kms.library.checking import Bench
    from kms.library.index import View
    from kms.library.vocabulary import Completion
    from kms.query.tree import Node


class Asking(Opened):
    """Search, documents and their pages, indicators, and what was done before."""

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
        from kms.library.answering import Wish

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
                view.catalogue.damaged,
            )
        )
        self._show({hit.document.id for hit in found.hits if hit.document.access != LOWEST}, "search")
        if not damaged:
            return found
        note = say("Damaged documents were left out: {count}. `kms verify` lists them.", count=damaged)
        return replace(found, notes=(*found.notes, note))

    def similar(self, name: str, limit: int = 5) -> tuple[Resembling, ...]:
        """Other documents about the same as one, most alike first."""
        from kms.library.resembling import resembling

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
        from kms.library.ledger import rows_of, unified, wanted

        asked = wanted(name, program, years_meant(year) if year else ())
        ids = [self.corpus.resolve(document)] if document else self.corpus.ids()
        rows: list[Row] = []
        shown: set[str] = set()
        for document_id in ids:
            try:
                found = self.corpus.document(document_id)
            except (Damaged, NotFound):
                if document:
                    raise
                continue
            rows += (new := rows_of(found, asked))
            if new and found.access != LOWEST:
                shown.add(found.id)
        self._show(shown, "indicators")
        return unified(rows)

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
        from kms.library.checking import check
        from kms.library.drafts import draft_of_file, draft_of_text

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
        from kms.library.auditing import audit

        self.refresh()
        return self._shelf.consult(lambda view: audit(self._bench(view), on_progress))

    def decisions(self) -> tuple[Decision, ...]:
        """What people said of two documents that whoever asks may see, oldest first; named by their digests."""
        ends = {name.rsplit("-", 1)[-1] for name in self.corpus.ids()}
        sizes = {len(end) for end in ends}

        def here(digest: str) -> bool:
            return any(digest[:size] in ends for size in sizes)

        return tuple(each for each in load_decisions(self.corpus.path) if here(each.first) and here(each.second))

    def decided(self) -> tuple[Decision, ...]:
        """Of these the one in force about each pair, latest first."""
        return standing(self.decisions())

    def _bench(self, view: View) -> Bench:
        """What a check works with, as it is now."""
        from kms.library.checking import Bench, thresholds_of

        thresholds = thresholds_of(self.workspace.settings)
        return Bench(view, self.corpus, self._studies, thresholds, load_decisions(self.corpus.path))

    def _show(self, ids: set[str], where: str) -> None:
        """Put into the log that passages of documents were shown that not everybody may see."""
        named = sorted(ids)
        for start in range(0, len(named), MOST):
            self._journal.append(self.reader, "shown", None, documents=named[start : start + MOST], where=where)
