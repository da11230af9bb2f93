"""What a check found, in sentences for people: verdict, advice, how two documents lie, and where a passage stands."""

from __future__ import annotations

from kms.clock import local_day
from kms.corpus import Decision
from kms.language import Message, say
from kms.library.checked import AS_MUCH, Checked, Match, Place, Relation, has_pages, heading_above, stretches
from kms.model import Summary

SHORT_TYPE_NAMES: dict[str, Message] = {
    "rkt": say("RKT"),
    "renstra": say("Renstra"),
    "renja": say("Renja"),
    "rkpd": say("RKPD"),
    "rpjmd": say("RPJMD"),
    "rpjpd": say("RPJPD"),
    "lkip": say("LKIP"),
    "perjanjian-kinerja": say("PK"),
    "iku": say("IKU"),
    "evaluasi": say("Evaluation"),
    "pohon-kinerja": say("Performance tree"),
    "lkpj": say("LKPJ"),
    "kak": say("KAK"),
    "kajian": say("Study"),
    "regulasi": say("Regulation"),
    "lainnya": say("Other"),
}
"""What people call a type of document."""

LOOKS_THE_SAME = say("The pages look the same.")

SHARES_TEXT = 0.08
"""Share of a draft from which text that it has in common is worth a word of the verdict."""

MOST_OF_IT = 0.75
"""Share of a draft from which its text, and not its question, is what was there before."""

STANDS_THERE = "{share}% of the draft stands there too"
"""The reason that `figures` tells, too."""

SEEN_TO_DIFFER = 0.03
"""From here on the share of a draft and what is marked on its bar are seen to differ: set phrases have no share."""


_QUOTE = say("Quote what stands in earlier documents, or leave it out.")


def verdict_name(checked: Checked) -> Message:
    """The verdict in one line."""
    relations = {match.relation for match in checked.matches}
    match checked.verdict:
        case "duplicate" if "copy" in relations:
            return say("Already here: this document is in the collection.")
        case "duplicate" | "overlap" if any(match.covered >= MOST_OF_IT for match in checked.matches):
            return say("Already written: most of this draft stands in an earlier document.")
        case "duplicate":
            return say("Already done: an earlier document answers the same question.")
        case "overlap":
            return say("Partly done: parts of this draft stand in earlier documents.")
        case "related" if "edition" in relations:
            return say("Another edition: the collection holds an issue of the same document.")
        case "related" if "other-locus" in relations:
            return say("Not done here yet, but the same was asked of another place.")
        case "related" if checked.coverage >= MOST_OF_IT:
            return say("No earlier document is the same, but most of the text stands in such documents.")
        case "related" if checked.coverage >= SHARES_TEXT:
            return say("No earlier document is the same, but part of the text stands in such documents.")
        case "related":
            return say("New, but there is related earlier work to build on.")
        case "new" if checked.not_checked:
            return say("Nothing like it was found, as far as it could be checked.")
    return say("New: nothing like it was found.")


def advice(checked: Checked) -> Message:
    """What to do with the verdict, in one line."""
    if checked.verdict == "new" and checked.not_checked:
        return say("Not all could be checked: see below what was not.")
    editions = any(match.relation == "edition" for match in checked.matches)
    if checked.verdict == "related" and checked.coverage >= SHARES_TEXT and not editions:
        if checked.coverage >= MOST_OF_IT:
            return _QUOTE
        return say("Nothing stands against writing it; but quote what stands in earlier documents, or leave it out.")
    return {
        "duplicate": say("Read the first document below before going on, and go on only with a reason."),
        "overlap": _QUOTE,
        "related": say("Nothing stands against writing it; build on the earlier documents below."),
        "new": say("Nothing stands against writing it, as far as this collection goes."),
    }[checked.verdict]


def coverage_line(checked: Checked) -> Message:
    """How much of the draft stands in earlier documents, in one line."""
    if not checked.page_sizes:
        return say("Only the title was compared. Give a text, and passages can be compared too.")
    if not checked.spans and not checked.by_looks:
        return say("No passage of the draft stands in earlier documents.")
    found = percent(checked.coverage)
    if checked.by_looks:
        return say("{percent} % of the draft's pages look like pages of earlier documents.", percent=found)
    if abs(sum(width for _, width in stretches(checked)) / 1000 - checked.coverage) > SEEN_TO_DIFFER:
        return say("{percent} % of the draft, set phrases left out, stands in earlier documents.", percent=found)
    return say("{percent} % of the draft stands in earlier documents.", percent=found)


def relation_name(relation: Relation) -> Message:
    """What an earlier document has to do with the draft, in a word or two."""
    return {
        "copy": say("the same document"),
        "edition": say("another edition"),
        "duplicate": say("the same study"),
        "overlap": say("shared passages"),
        "same-topic": say("related subject"),
        "other-locus": say("same question, another place"),
    }[relation]


def figures(match: Match) -> Message:
    """How alike the two are, and how much of the draft stands in this document."""
    alike, covered = percent(match.score), percent(match.covered)
    if not match.covered:
        return say("{alike} % alike", alike=alike)
    if not is_alike(match):
        return say("{covered} % of the draft stands there", covered=covered)
    return say("{alike} % alike; {covered} % of the draft stands there", alike=alike, covered=covered)


def is_alike(match: Match) -> bool:
    """Whether the score says how alike the two are; of shared passages it only puts them in order."""
    return not match.covered or (match.relation != "overlap" and match.score > match.covered + AS_MUCH)


def reasons(match: Match) -> list[Message]:
    """The reasons beside `figures`, which already say how much of the draft stands there."""
    return [reason for reason in match.reasons if not (match.covered and reason.template == STANDS_THERE)]


def title_line(checked: Checked) -> Message | None:
    """Where the title comes from that the draft was compared by, if nobody gave it; None where somebody did."""
    if not checked.title_read:
        return None
    return say("The title was read from the draft. If it is another, check again with the right one.")


def percent(share: float) -> str:
    """A share (0 to 1) in percent; what is little but not nothing is never 0, what is not all never 100."""
    return "< 1" if 0 < share < 0.01 else str(min(round(share * 100), 100 if share >= 1 else 99))


def facts(document: Summary, language: str | None = None) -> str:
    """Type, year or period, and agency, as far as known; the type as people call it where a language is given."""
    kind = document.type or ""
    if language and kind in SHORT_TYPE_NAMES:
        kind = SHORT_TYPE_NAMES[kind].text(language)
    years = f"{document.period[0]}-{document.period[1]}" if document.period else str(document.year or "")
    return " · ".join(part for part in (kind, years, document.agency or "") if part)


def named(match: Match, checked: Checked) -> str:
    """The title of an earlier document, with the name of its file where another has the same title."""
    title, source = match.document.title, match.document.source
    twins = sum(each.document.title == title for each in checked.matches)
    return f"{title} ({source})" if twins > 1 else title


def where_in_draft(checked: Checked, place: Place) -> Message | None:
    """The page of a passage of the draft, or the heading it stands under; None where neither is known."""
    if has_pages(checked.name, len(checked.page_sizes or ())):
        return say("page {page}", page=place.page)
    heading = heading_above(checked, place)
    return say("under “{heading}”", heading=heading) if heading else None


def where_there(document: Summary, place: Place) -> Message | None:
    """The page of a passage of an earlier document; None where it has none."""
    return say("page {page}", page=place.page) if has_pages(document.source, document.pages) else None


def decided_line(decision: Decision) -> Message:
    """What a person said of two documents, who, when and why."""
    return say(
        "Decided by {by} on {at}: {choice}. {why}",
        by=decision.by,
        at=local_day(decision.at),
        choice=choice_name(decision.choice),
        why=decision.why,
    )


def choice_name(choice: str) -> Message:
    """A decision in words."""
    return {
        "not-duplicate": say("not the same work"),
        "duplicate": say("the same work"),
        "edition": say("editions of one document"),
        "undecided": say("undecided again"),
    }[choice]
