"""What tells programs how the server is: /health for whoever asks, /metrics for Prometheus."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from typing import Any, cast

import psutil
from flask import Blueprint, Flask, Response, current_app, g, request

from kms import __version__
from kms.errors import KmsError
from webui.doors import doors, needs
from webui.places import library

KEY = "kms_counts"
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds up to which requests are counted together."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Others are counted as one: whoever asks may call a method whatever they like."""

blueprint = Blueprint("watching", __name__)


class Counts:
    """What was answered since the server began; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.within: Counter[float] = Counter()
        self.seconds = 0.0
        self.open = 0

    def begin(self) -> None:
        """A request has come in."""
        with self._lock:
            self.open += 1

    def end(self, method: str, room: str, status: int, seconds: float) -> None:
        """A request was answered after so many ``seconds``; ``room`` is the part of the site that it was for."""
        with self._lock:
            self.requests[method, room, status] += 1
            self.seconds += seconds
            for bound in BOUNDS:
                self.within[bound] += seconds <= bound

    def leave(self) -> None:
        """A request is over, answered or not."""
        with self._lock:
            self.open -= 1

    def lines(self) -> list[str]:
        """The counts as Prometheus reads them."""
        with self._lock:
            lines = ["# HELP kms_requests_total Requests answered.", "# TYPE kms_requests_total counter"]
            for (method, room, status), count in sorted(self.requests.items()):
                lines.append(f'kms_requests_total{{method="{method}",room="{room}",status="{status}"}} {count}')
            lines += ["# HELP kms_request_seconds Time to answer.", "# TYPE kms_request_seconds histogram"]
            total = sum(self.requests.values())
            lines += [f'kms_request_seconds_bucket{{le="{bound}"}} {self.within[bound]}' for bound in BOUNDS]
            lines += [
                f'kms_request_seconds_bucket{{le="+Inf"}} {total}',
                f"kms_request_seconds_sum {self.seconds:.6f}",
                f"kms_request_seconds_count {total}",
            ]
            return lines + _gauge("kms_requests_open", "Requests being answered now.", self.open)


@blueprint.get("/health")
def health() -> Any:
    """Whether the server can answer: 200, or 503 where the corpus cannot be read. Says nothing else."""
    watched = doors().library
    try:
        gone = watched.workspace.index.is_dir() and not watched.corpus.path.is_dir()
        watched.corpus.ids()
        watched.refresh()
    except (KmsError, OSError):
        gone = True
    return ({"status": "failing"}, 503) if gone else {"status": "ok"}


@blueprint.get("/metrics")
@needs("admin")
def metrics() -> Response:
    """Counts and sizes in the text format of Prometheus, for administrators and their programs."""
    counts = cast(Counts, current_app.extensions[KEY])
    process = psutil.Process()
    listing = library().documents()
    lines = [
        *_gauge("kms_info", "The version that runs.", 1, f'{{version="{__version__}"}}'),
        *counts.lines(),
        *_gauge("kms_documents", "Documents that can be found.", len(listing.documents)),
        *_gauge("kms_documents_damaged", "Documents that cannot be understood.", len(listing.damaged)),
        *_gauge("kms_pages", "Pages that can be found.", sum(each.pages for each in listing.documents)),
        *_gauge("kms_index_in_step", "1 where the index follows the corpus.", int(library().refresh())),
        *_gauge("process_resident_memory_bytes", "Memory in use.", process.memory_info().rss),
        *_gauge("process_start_time_seconds", "When the server began.", round(process.create_time(), 2)),
        *_gauge("process_cpu_seconds_total", "Processor time used.", sum(process.cpu_times()[:2]), kind="counter"),
        *_gauge("process_threads", "Threads.", process.num_threads()),
    ]
    if os.name == "posix":
        lines += _gauge("process_open_fds", "Open files.", process.num_fds())
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4; charset=utf-8")


def watch(app: Flask) -> None:
    """Count what an application answers."""
    counts = Counts()
    app.extensions[KEY] = counts

    def begin() -> None:
        g.kms_began = time.perf_counter()
        counts.begin()

    def end(response: Response) -> Response:
        if "kms_began" in g:
            method = request.method if request.method in METHODS else "other"
            room = request.blueprint or (request.endpoint or "none")
            counts.end(method, room, response.status_code, time.perf_counter() - g.kms_began)
        return response

    def leave(error: BaseException | None) -> None:
        if g.pop("kms_began", None) is not None:
            counts.leave()

    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(leave)


def _gauge(name: str, said: str, value: float, labels: str = "", kind: str = "gauge") -> list[str]:
    return [f"# HELP {name} {said}", f"# TYPE {name} {kind}", f"{name}{labels} {value}"]
