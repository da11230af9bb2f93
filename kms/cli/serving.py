"""The command that serves the pages to browsers."""

from __future__ import annotations

import socket

import click

from kms.cli.session import Session, pass_session
from kms.errors import BadInput
from kms.language import say

LOOPBACK = ("127.0.0.1", "localhost", "::1")
THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@pass_session
def serve(session: Session, host: str, port: int) -> int:
    """Serve the pages to browsers, until Ctrl-C."""
    import waitress

    from webui import create_app

    if host not in LOOPBACK:
        raise BadInput(
            say("{host} can be reached by others, and this version has no accounts.", host=host),
            say("Serve on 127.0.0.1."),
        )
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
    with session.library() as library:
        app = create_app(library)
        shown = f"[{host}]" if ":" in host else host
        session.tell(say("kms is at http://{host}:{port}/ - end with Ctrl-C.", host=shown, port=port))
        waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)
    return 0
