"""How the web server answers what it does not read: with a page of ours where there can be one."""

from __future__ import annotations

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import RequestEntityTooLarge


class TooLargeTask(WSGITask):  # type: ignore[misc]
    """Lets the application refuse a form by the length it announces; nothing of it was read, so the connection ends."""

    def execute(self) -> None:
        self.set_close_on_finish()
        super().execute()


def refuse(channel: HTTPChannel, request: HTTPRequestParser) -> Task:
    """The answer to a request that breaks a limit or the protocol; only a form that is too large has a page."""
    if isinstance(request.error, RequestEntityTooLarge) and not request.chunked:
        return TooLargeTask(channel, request)
    return ErrorTask(channel, request)
