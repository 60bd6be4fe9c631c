"""Feeds on 127.0.0.1 that say what they are told to say, all of them changed at one moment."""

import hashlib
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast


class Newsstand:
    """Use as a context manager. `site`: the address of a feed, with "{}" for its number."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.site = f"http://127.0.0.1:{self._server.server_port}/{{}}.xml"

    def show(self, feeds: Mapping[str, bytes | None]) -> None:
        """By address; None: its server is away."""
        self._server.shown = {url.rpartition("/")[2]: body for url, body in feeds.items()}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    shown: Mapping[str, bytes | None] = {}

    def handle_error(self, *_: object) -> None:
        """Who asks may be killed before it has the answer."""


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10.0

    def do_GET(self) -> None:
        body = cast("_Server", self.server).shown.get(self.path.strip("/"))
        if body is None:
            self._say(503)
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if self.headers.get("If-None-Match") == tag:
            self._say(304, ETag=tag)
        else:
            self._say(200, body, ETag=tag)

    def _say(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
