"""The local web server from which the demo is fetched like any other site, in two rounds."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from reader.services.demo.formats import Page, front_page, path, render
from reader.services.demo.sources import ROUNDS, sources

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DemoFeed:
    """Where a feed of the demo is served, and the folder it belongs in ("A/B")."""

    url: str
    folder: str


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a reader may open all its connections at once
    pages: Mapping[str, Page] = {}

    def handle_error(self, *_: object) -> None:
        """A reader may stop in the middle of an answer; that is its own affair."""
        _LOG.debug("an answer of the demo server was broken off", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif self._known(page):
            self._head(HTTPStatus.NOT_MODIFIED, page)
        else:
            self._head(HTTPStatus.OK, page)
            self.wfile.write(page.body)

    def _known(self, page: Page) -> bool:
        if tags := self.headers.get("If-None-Match"):
            return page.etag in tags or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since", "")
        try:
            return page.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # none, or not a date: send everything
            return False

    def _head(self, status: HTTPStatus, page: Page) -> None:
        self.send_response(status)
        self.send_header("ETag", page.etag)
        self.send_header("Last-Modified", format_datetime(page.modified.astimezone(UTC), True))
        if status is HTTPStatus.OK:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the one who fetches reports what happened."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DemoServer:
    """Serves the sample feeds on a free port of 127.0.0.1 while entered; round 1 is out at once."""

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._moments: dict[int, datetime] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="demo-server", daemon=True
        )

    @property
    def address(self) -> str:
        """The front page, which announces every feed; without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def feeds(self) -> list[DemoFeed]:
        return [DemoFeed(self.address + path(source), source.folder) for source in sources()]

    def publish(self, round: int) -> None:  # noqa: A002 - the word for it
        """Bring out this round and those before it; what is already out keeps its dates."""
        if round not in ROUNDS:
            raise ValueError(f"the demo has the rounds {ROUNDS}, not {round}")
        now = self._clock()
        for number in range(1, round + 1):
            self._moments.setdefault(number, now)
        pages = {path(s): render(s, self._moments, self.address) for s in sources()}
        self._server.pages = {"/": front_page(self.address, self._moments[1]), **pages}

    def __enter__(self) -> Self:
        self.publish(1)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
