"""A web server for tests: on 127.0.0.1, in threads, with routes that are functions.

    with WebServer() as web:
        web.route("/feed", lambda request: Reply(b"<rss/>", {"ETag": '"1"'}))
        ... fetch web.url("/feed") ...
        assert web.requests[0].headers["User-Agent"]

A route may answer with bytes, with a `Reply`, or with a `Reply` whose body is an iterator: its
pieces are sent as they come, until the client or the server has enough. `web.pause` waits like a
slow server, but never longer than the server lives.
"""

import contextlib
import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Request:
    path: str
    headers: Message
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    body: bytes | Iterable[bytes] = b""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


Route = Callable[[Request], Reply | bytes]


class WebServer:
    def __init__(self, address: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self.routes: dict[str, Route] = {}
        self.most_at_once = 0
        self._running = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server((address, 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/", login: str = "") -> str:
        at = f"{login}@" if login else ""
        return f"http://{at}{self._server.server_address[0]!s}:{self.port}{path}"

    def route(self, path: str, answer: Route | Reply | bytes) -> None:
        self.routes[path] = answer if callable(answer) else lambda _: answer

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.route(path, Reply(b"moved", {"Location": target}, status))

    def pause(self, seconds: float) -> bool:
        """Waits; False when the server is closing meanwhile."""
        return not self._over.wait(seconds)

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        route = self.routes.get(request.path.partition("?")[0])
        reply = route(request) if route else Reply(b"nothing here", {}, 404)
        return reply if isinstance(reply, Reply) else Reply(reply)

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1


def gzip_bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros, compressed a thousandfold; nobody should reach its end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + million * megabytes


def gzipped(body: bytes) -> Reply:
    return Reply(gzip.compress(body), {"Content-Encoding": "gzip"})


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, *arguments: object) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(*arguments)  # type: ignore[arg-type]

    def end_connections(self) -> None:
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A client that leaves in the middle is what many tests are about."""


def _handler(web: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            self.server.connections.add(self.connection)  # type: ignore[attr-defined]

        def finish(self) -> None:
            self.server.connections.discard(self.connection)  # type: ignore[attr-defined]
            super().finish()

        def do_GET(self) -> None:
            with web.counted():
                self._send(web.answer(Request(self.path, self.headers)))

        def do_POST(self) -> None:
            with web.counted():
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._send(web.answer(Request(self.path, self.headers, "POST", body)))

        def _send(self, reply: Reply) -> None:
            body = reply.body
            whole = body if isinstance(body, bytes) else None
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            known = {name.lower() for name in reply.headers}
            if whole is not None and "content-length" not in known:
                self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            for piece in [body] if isinstance(body, bytes) else body:
                self.wfile.write(piece)
            if whole is None or "content-length" in known:
                self.close_connection = True  # the end of the body is the end of the connection

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler
