"""Every error that kms raises on purpose.

::

    KmsError                    one sentence for a person, and what to do next
    ├── WorkspaceError          the folder or its kms.toml cannot be used
    ├── Busy                    another process is writing                (holder)
    ├── Conflict                somebody else changed it meanwhile        (who, when)
    ├── Forbidden               the account may not do that
    ├── LoginRefused            a wrong name or password
    │   └── TooManyLogins       there were too many of these
    ├── NotFound                no document, page or table of that name   (name)
    ├── Ambiguous               several documents answer to that name     (name, candidates)
    ├── BadInput                a value typed by a person makes no sense
    ├── Unreadable              a file cannot be taken in                 (reason)
    ├── Damaged                 a corpus folder is not what it should be  (where)
    └── IndexDamaged            the index cannot be read; it can be made again

Each carries a `Message` and a next step, so that the command line and the web can say the same thing
in the reader's language. ``str(error)`` is English, for logs.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import Any

from kms.clock import local_moment
from kms.language import Message, say


class KmsError(Exception):
    """Something a person can understand went wrong: ``message`` says what, ``next_step`` what to do (or is None)."""

    def __init__(self, message: Message, next_step: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def text(self, language: str) -> str:
        """The sentence and, after a space, the next step, in ``language``."""
        sentences = [self.message] + ([self.next_step] if self.next_step else [])
        return " ".join(sentence.text(language) for sentence in sentences)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[Any, ...]:
        # Made anew from what it holds; each kind is told other things when it arises.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[KmsError], args: tuple[Any, ...], holds: dict[str, Any]) -> KmsError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(holds)
    return error


class WorkspaceError(KmsError):
    """The workspace folder or its ``kms.toml`` cannot be used."""


class Busy(KmsError):
    """Another process is writing; ``holder`` says who, as far as it is known."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            say("Another process is writing to this workspace: {holder}.", holder=holder),
            say("Try again when it has finished."),
        )
        self.holder = holder


class Conflict(KmsError):
    """Somebody changed the tags of a document since they were shown; ``who`` and ``when`` (UTC) are "" if unknown."""

    def __init__(self, document: str, who: str = "", when: str = "") -> None:
        super().__init__(
            say("The tags of {id} were changed by {who} at {when}, while you had them open.", id=document, who=who,
                when=local_moment(when, "minutes"))
            if who
            else say("The tags of {id} were changed while you had them open.", id=document),
            say("Look at them again; nothing of yours was kept."),
        )  # fmt: skip
        self.who = who
        self.when = when


class Forbidden(KmsError):
    """Whoever asks may not do that."""

    def __init__(self, message: Message | None = None, next_step: Message | None = None) -> None:
        super().__init__(
            message or say("Your account may not do that."),
            next_step or say("Ask whoever looks after kms here."),
        )


class LoginRefused(KmsError):
    """A name and a password that do not belong together; never says which part is wrong."""


class TooManyLogins(LoginRefused):
    """There were too many failed logins; name and password were not looked at."""


class NotFound(KmsError):
    """Nothing has that name; ``name`` is what was asked for."""

    def __init__(self, name: str, message: Message | None = None, next_step: Message | None = None) -> None:
        super().__init__(
            message or say("There is no document {name}.", name=name),
            next_step or say("`kms list` shows every document with its id."),
        )
        self.name = name


class Ambiguous(KmsError):
    """Several documents answer to ``name``; ``candidates`` are their ids."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            say("{name} could be any of: {candidates}.", name=name, candidates=", ".join(candidates)),
            say("Give more of the id."),
        )
        self.name = name
        self.candidates = tuple(candidates)


class BadInput(KmsError):
    """A value typed by a person makes no sense."""


class Unreadable(KmsError):
    """A file cannot be taken in; ``reason`` is a short stable code such as "empty", "password", "damaged"."""

    def __init__(self, reason: str, message: Message, next_step: Message | None = None) -> None:
        super().__init__(message, next_step)
        self.reason = reason


class Damaged(KmsError):
    """A corpus folder is not what it should be; ``where`` is its name."""

    def __init__(self, where: str, message: Message, next_step: Message | None = None) -> None:
        super().__init__(message, next_step or say("`kms verify` lists all damage."))
        self.where = where


class IndexDamaged(KmsError):
    """The index cannot be read. Nothing is lost: it is made again from the corpus."""


_DISK: dict[int, Message] = {
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("the disk is full for this user"),
    errno.EFBIG: say("the file would be larger than allowed"),
    errno.EROFS: say("the disk is write-protected"),
    errno.EACCES: say("there is no permission"),
    errno.EPERM: say("there is no permission"),
    errno.ENOENT: say("a file or folder is gone"),
    **dict.fromkeys(
        (errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT),
        say("the disk or the network folder does not answer"),
    ),
}


def why(error: OSError) -> Message | str:
    """What is wrong with a disk or a file, in a few words; those of the system where kms has none."""
    return _DISK.get(error.errno or 0) or error.strerror or str(error)
