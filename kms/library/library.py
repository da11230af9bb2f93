"""The facade: everything that can be asked of a workspace or done to it, in the order in which it has to be done."""

from __future__ import annotations

from kms.library.changing import Changing
from kms.library.upkeep import Upkeep

__all__ = ["Library"]


class Library(Changing, Upkeep):
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
