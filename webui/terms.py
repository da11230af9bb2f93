"""The names that people read for the values that programs write."""

from __future__ import annotations

from kms.language import Message, say

TYPE_NAMES: dict[str, Message] = {
    "rkt": say("Annual performance plan (RKT)"),
    "renstra": say("Strategic plan (Renstra)"),
    "renja": say("Annual work plan (Renja)"),
    "rkpd": say("Regional annual plan (RKPD)"),
    "rpjmd": say("Regional five-year plan (RPJMD)"),
    "rpjpd": say("Regional twenty-year plan (RPJPD)"),
    "lkip": say("Accountability report (LKIP)"),
    "perjanjian-kinerja": say("Performance agreement (PK)"),
    "iku": say("Key indicators (IKU)"),
    "evaluasi": say("Evaluation"),
    "pohon-kinerja": say("Performance tree"),
    "lkpj": say("Mayor's annual report (LKPJ)"),
    "kak": say("Terms of reference (KAK)"),
    "kajian": say("Study"),
    "regulasi": say("Regulation"),
    "lainnya": say("Other"),
}

FILTER_NAMES: dict[str, Message] = {
    "type": say("Type"),
    "year": say("Year"),
    "agency": say("Agency"),
    "program": say("Program"),
    "indicator": say("Indicator"),
    "state": say("Needs attention"),
}

TAG_NAMES: dict[str, Message] = {
    "title": say("Title"),
    "type": say("Type"),
    "agency": say("Agency"),
    "region": say("Region"),
    "year": say("Year"),
    "period": say("Period"),
    "program": say("Program"),
    "code": say("Code"),
    "locus": say("Place studied"),
    "keyword": say("Keyword"),
    "access": say("Who may see it"),
}

ATTENTION_NAMES: dict[str, Message] = {
    "unsure": say("Tags not sure"),
    "needs-ocr": say("Pictures not read"),
}

ACCESS_NAMES: dict[str, Message] = {
    "umum": say("Everybody (umum)"),
    "terbatas": say("Restricted (terbatas)"),
    "rahasia": say("Secret (rahasia)"),
}

KIND_NAMES: dict[str, Message] = {
    "baseline": say("Baseline"),
    "target": say("Target"),
    "realisation": say("Realised"),
}

TIME_NAMES: dict[str, Message] = {"": say("baseline"), "kondisi akhir": say("final condition")}
"""Times of figures that are no years; every other has the words of its document."""

REASON_NAMES: dict[str, Message] = {
    "missing": say("it was not there"),
    "empty": say("it is empty"),
    "no-text": say("it has no text"),
    "only-pictures": say("it has pictures and no text"),
    "too-large": say("it is too large"),
    "not-a-pdf": say("it is no PDF, though it is called one"),
    "unsupported": say("files of its kind are not read"),
    "password": say("it is locked with a password"),
    "damaged": say("it is damaged"),
    "too-many-pages": say("it has too many pages"),
    "too-much-text": say("it unpacks to too much text"),
    "memory": say("reading it takes too much memory"),
    "time": say("reading it takes too long"),
    "crashed": say("it brings its reader down"),
    "changed": say("it was being changed while it was read"),
    "refused": say("what was said of it makes no sense"),
    "system": say("the computer could not read or keep it"),
    "unexpected": say("something unexpected happened"),
    "withheld": say("it is kept here already, and withheld from this account"),
}
"""Why a file could not be taken in, by the codes that the log keeps."""

SOURCE_NAMES: dict[str, Message] = {
    "rule": say("read from the text"),
    "table": say("read from a table"),
    "person": say("confirmed by a person"),
}

STATE_NAMES: dict[str, Message] = {
    "text": say("Text of the file"),
    "ocr": say("Read from a scan by machine"),
    "needs-ocr": say("A picture nobody has read yet"),
    "blank": say("Blank page"),
    "unreadable": say("Damaged page"),
}


def value_name(name: str, value: str) -> Message | str:
    """What to show for a value of a filter or tag: its name where it has one, every other value as it is."""
    names = {"type": TYPE_NAMES, "state": ATTENTION_NAMES, "access": ACCESS_NAMES}.get(name, {})
    return names.get(value, value)
