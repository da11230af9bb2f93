"""Names of document folders, which are the ids of documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from kms.errors import Ambiguous, NotFound

LONGEST_SLUG = 60
SHORTEST_DIGEST = 8
DOCUMENT_ID = re.compile(r"(?P<slug>.+)-(?P<digest>[0-9a-f]{8,64})")


def slug(words: str) -> str:
    """``words`` in lower-case ASCII letters, digits and single hyphens, at most 60 characters, never empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    text = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(text) > LONGEST_SLUG:
        whole, cut, _ = text[: LONGEST_SLUG + 1].rpartition("-")
        text = whole if cut and len(whole) > LONGEST_SLUG // 2 else text[:LONGEST_SLUG]
    return text.strip("-") or "dokumen"


def new_id(words: str, sha256: str, taken: Iterable[str]) -> str:
    """An id for a new document: the slug and the first 8 hex of its digest; more of them where those 8 are taken."""
    digests = {digest_of(name) for name in taken}
    length = SHORTEST_DIGEST
    while any(digest.startswith(sha256[:length]) for digest in digests) and length < len(sha256):
        length += 4
    return f"{slug(words)}-{sha256[:length]}"


def digest_of(name: str) -> str:
    """The hex digits at the end of an id; "" when ``name`` is no id."""
    match = DOCUMENT_ID.fullmatch(name)
    return match["digest"] if match else ""


def is_document_folder(path: Path) -> bool:
    """Whether ``path`` is the folder of a document, in this or any other corpus."""
    return bool(DOCUMENT_ID.fullmatch(path.name)) and any(path.glob("original.*"))


def resolve_id(name: str, ids: Iterable[str]) -> str:
    """The one id that ``name`` means: the whole id, the beginning of one, or its hex digits (at least 4 of them).

    Raises:
        NotFound: no id answers to ``name``.
        Ambiguous: several do.
    """
    name = name.strip().strip("/")
    known = sorted(ids)
    if name in known:
        return name
    if not name:
        raise NotFound(name)
    found = [known_id for known_id in known if known_id.startswith(name)]
    if len(name) >= 4 and re.fullmatch(r"[0-9a-f]+", name):
        found += [known_id for known_id in known if digest_of(known_id).startswith(name) and known_id not in found]
    if not found:
        raise NotFound(name)
    if len(found) > 1:
        raise Ambiguous(name, found)
    return found[0]
