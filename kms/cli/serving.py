"""The command that serves the pages to browsers."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import click

from kms.cli.session import Session, pass_session, person
from kms.errors import BadInput
from kms.language import say

LOOPBACK = ("127.0.0.1", "localhost", "::1")
THREADS = 8
CONNECTIONS = 400
"""Browsers hold several open each, most of them idle."""
IDLE_SECONDS = 60
"""Seconds after which a connection that says nothing is closed."""
LARGEST_HEADER = 64 * 1024
"""Bytes; a query in an address and its cookies are far less."""
IN_MEMORY = 1024 * 1024
"""Bytes of an upload that are kept in memory; the rest waits in a temporary file."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1, 64), help="Requests at once.")
@click.option(
    "--without-login",
    is_flag=True,
    help="Ask nobody to log in. Other computers may then read what is umum, and change nothing.",
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name under which browsers reach this computer.")
@click.option("--proxy", metavar="ADDRESS", help="The web server in front, whose X-Forwarded headers are believed.")
@pass_session
def serve(
    session: Session,
    host: str,
    port: int,
    threads: int,
    without_login: bool,
    names: tuple[str, ...],
    proxy: str | None,
) -> int:
    """Serve the pages to browsers, until Ctrl-C.

    On 127.0.0.1 nobody has to log in as long as there are no accounts (`kms user add`). On any other address kms
    refuses to start without accounts, unless --without-login is given.
    """
    import waitress
    from waitress.channel import HTTPChannel

    from kms.cli.refusing import refuse
    from kms.library.access import LOWEST, Reader
    from kms.library.accounts import Accounts
    from kms.library.aside import Aside
    from webui import create_app

    accounts = bool(Accounts(session.workspace.root).all())
    local = host in LOOPBACK and proxy is None
    if not local and not accounts and not without_login:
        raise BadInput(
            say("{host} can be reached by others, and nobody has an account.", host=host),
            say("Make one with `kms user add NAME --role admin`, or serve on 127.0.0.1."),
        )
    _check_free(host, port)
    everybody = None
    if without_login:
        everybody = Reader(person()) if local else Reader("", "reader", LOWEST)
    with session.library() as library, closing(Aside(library.workspace)) as aside:
        app = create_app(library, everybody, names, look_unasked=True, aside=aside)
        for account in Accounts(session.workspace.root).all():
            library.seen_by(account.reader()).refresh()
        shown = f"[{host}]" if ":" in host else host
        session.tell(say("kms is at http://{host}:{port}/ - end with Ctrl-C.", host=shown, port=port))
        if without_login and not local:
            session.tell(say("Everybody who can reach this computer may read every document that is umum."))
        if not local and proxy is None:
            session.tell(
                say("Passwords travel unencrypted. Put a web server with HTTPS in front, and name it with --proxy.")
            )
        aside.warm_up()
        HTTPChannel.error_task_class = staticmethod(refuse)
        waitress.serve(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            max_request_header_size=LARGEST_HEADER,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + IN_MEMORY,
            inbuf_overflow=IN_MEMORY,
            outbuf_overflow=IN_MEMORY,
            **_behind(proxy),
        )
    return 0


def _behind(proxy: str | None) -> dict[str, Any]:
    """The settings of the server for a web server in front of it: nobody else's headers count."""
    if proxy is None:
        # Nothing believes them; they tell the doors that somebody put a web server in front without saying so.
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }


def _check_free(host: str, port: int) -> None:
    import socket  # not needed by other commands

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                say("Port {port} on {host} is not free ({error}).", port=port, host=host, error=error.strerror),
                say("Choose another with --port."),
            ) from error
