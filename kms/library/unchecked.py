"""What a check could not compare, told in sentences: never hidden."""

from __future__ import annotations

from collections.abc import Sequence

from kms.duplicates.study import without_type
from kms.duplicates.weights import subjects
from kms.language import Message, say
from kms.library.catalogue import Catalogue
from kms.library.checked import Match
from kms.library.drafts import Draft
from kms.library.prepared import Prepared
from kms.text import STOP_WORDS, tokenize
from kms.text.segment import frequencies

NAMED = 5
"""How many pages or documents a sentence names before it only counts them."""
UNDERSTOOD = 0.6
"""Share of a draft's words from which it is Indonesian; plans full of tables have three quarters."""
FEW_WORDS = 20
"""Words below which a draft is too short to tell its language."""
ENGLISH = """
after all also an and are at be been between but by can each for from had has have how if in into is it its more most
not of on or other out over than that the their there these they this those through to was were what when where which
while who will with
"""
"""Words that are English and nothing else: texts in Indonesian quote them, so that the list of its words has them."""


def what_was_not_checked(
    draft: Draft, prepared: Prepared, catalogue: Catalogue, matches: Sequence[Match]
) -> tuple[Message, ...]:
    """What of a draft and of the corpus could not be compared, or only as a machine read it."""
    return (
        *_little_said(draft),
        *_unread_pages(draft),
        *_other_words(draft, prepared),
        *unread_documents(catalogue),
        *_unverified(draft, matches),
    )


def _little_said(draft: Draft) -> list[Message]:
    """A title alone that names no subject, or does so in English: nothing can be like it."""
    if draft.pages:
        return []
    tokens, english = tokenize(draft.title), set(ENGLISH.split())
    words = {token.exact for token in tokens}
    indonesian = words & STOP_WORDS - english or any(token.stem != token.exact for token in tokens)
    if len(words & english) > 1 and not indonesian:
        return [say("The title is in English: what Indonesian documents ask cannot be compared with it.")]
    named = subjects(without_type(draft.title))
    if not any(len(name) > 1 and any(map(str.isalpha, name)) for name in named):
        return [say("The title names no subject: there is nothing to compare.")]
    return []


def _unread_pages(draft: Draft) -> list[Message]:
    """What of the draft itself could not be read."""
    unread = [str(page.number) for page in draft.pages if page.state in ("needs-ocr", "unreadable")]
    if not unread:
        return []
    return [
        say("Pages of the draft that could not be read: {count} ({pages}).", count=len(unread), pages=_named(unread))
    ]


def _other_words(draft: Draft, prepared: Prepared) -> list[Message]:
    """What can hardly be compared: a text of figures, or in another language."""
    stems = prepared.reading.stems
    words = [stem for word in prepared.reading.words.tolist() if (stem := stems[word]).isalpha()]
    if not any(page.text.strip() for page in draft.pages):
        return []
    if len(words) < FEW_WORDS < len(prepared.reading.words):
        return [say("The draft holds figures and hardly any words: what it is about cannot be compared.")]
    foreign = set(ENGLISH.split())
    known = sum(word in frequencies() and word not in foreign for word in words) / max(1, len(words))
    if len(words) < FEW_WORDS or known >= UNDERSTOOD:
        return []
    return [
        say(
            "Only {percent} % of the draft's words are Indonesian ones: what another language says, or what was "
            "misread, cannot be compared.",
            percent=round(100 * known),
        )
    ]


def _unverified(draft: Draft, matches: Sequence[Match]) -> list[Message]:
    """What was compared as a machine read it from pictures, and nobody has looked at since."""
    read = [str(page.number) for page in draft.pages if page.state == "ocr"]
    scans = [match.document.title for match in matches if match.document.scanned and match.evidence]
    messages = []
    if read:
        messages.append(
            say(
                "Figures on {count} pages of the draft that OCR read, perhaps wrongly ({pages}).",
                count=len(read),
                pages=_named(read),
            )
        )
    if scans:
        messages.append(
            say(
                "Figures of {count} documents that OCR read, perhaps wrongly ({titles}).",
                count=len(scans),
                titles=_named(scans),
            )
        )
    return messages


def unread_documents(catalogue: Catalogue) -> list[Message]:
    """What of the corpus could not be compared."""
    messages = []
    if not catalogue.cards:
        messages.append(say("There are no documents here yet to compare with; `kms ingest` takes them in."))
    waiting = sorted(card.summary.title for card in catalogue.cards.values() if card.summary and card.needs_ocr)
    damaged = sorted(name for name, card in catalogue.cards.items() if card.summary is None)
    if waiting:
        messages.append(
            say(
                "Documents with pages that wait for OCR: {count} ({titles}).",
                count=len(waiting),
                titles=_named(waiting),
            )
        )
    if damaged:
        messages.append(say("Damaged documents: {count} ({ids}).", count=len(damaged), ids=_named(damaged)))
    return messages


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" ..." if len(names) > NAMED else "")
