"""Servers on this machine that alerts are really sent to, and that are not always in the mood.

One takes mail, one takes JSON, also from a program that alerts are given to. What they took is
kept, also when they then hung up instead of saying so: a sender cannot know, and sends it again.
"""

import contextlib
import json
import random
import re
import socketserver
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast

Key = tuple[str, str, str]
"""What an alert is known by here: saved search, title of the article, source."""
_PROGRAM = """
import http.client, sys
try:
    web = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
    web.request("POST", "/command", sys.stdin.buffer.read())
    sys.exit(0 if web.getresponse().status == 200 else 75)
except (OSError, http.client.HTTPException):
    sys.exit(75)
"""
_ARTICLE = re.compile(r"\d+\. (.*)")
_ABOUT = re.compile(r"   (.*) · \d{4}-")
_NAMED = re.compile(r"   (.*) \(version \d+ of its query\)")


@dataclass(frozen=True, slots=True)
class Came:
    """A message that came. `answer`: "yes", "no" (it was refused), or "silence": it was taken, but
    the sender was not told so."""

    channel: str
    batch: str
    alerts: tuple[Key, ...]
    at: datetime
    answer: str


class Sinks:
    """Use as a context manager. `now` is the moment written down with what arrives; `trouble` the
    share of messages refused, and of those taken without an answer."""

    def __init__(self, now: datetime, trouble: float, seed: str) -> None:
        self.now, self.trouble = now, trouble
        self.came: list[Came] = []
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._mail = _MailServer(("127.0.0.1", 0), _Mail)
        self._web = _WebServer(("127.0.0.1", 0), _Web)
        self._mail.sinks = self._web.sinks = self
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.02,))
            for server in (self._mail, self._web)
        ]

    @property
    def mail_port(self) -> int:
        return int(self._mail.server_address[1])

    @property
    def program(self) -> tuple[str, ...]:
        """Hands what it is given on to here; 75 says that it is to be tried again."""
        return sys.executable, "-S", "-c", _PROGRAM, str(self.web_port)

    @property
    def web_port(self) -> int:
        return self._web.server_port

    def take(self, channel: str, batch: str, alerts: Sequence[Key]) -> str:
        """ "yes", "no", or "silence": taken, but nobody will know."""
        with self._lock:
            luck = self._chance.random()
            answer = "yes"
            if luck < 2 * self.trouble:
                answer = "no" if luck < self.trouble else "silence"
            self.came.append(Came(channel, batch, tuple(sorted(alerts)), self.now, answer))
            return answer

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in (self._mail, self._web):
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()


def alerts_in_mail(data: bytes) -> tuple[str, list[Key]]:
    """The name of the batch, and every alert that the letter tells of."""
    letter = message_from_bytes(data, policy=default)
    part = letter.get_body(("plain",))
    lines = str(part.get_content()).splitlines() if part else []
    found: list[Key] = []
    title = source = ""
    for line in lines:
        if article := _ARTICLE.fullmatch(line):
            title, source = article[1], ""
        elif about := _ABOUT.match(line):
            source = source or about[1]
        elif title and not source:  # the title goes on
            title += f" {line.strip()}"
        elif named := _NAMED.match(line):
            found.append((named[1], title, source))
    return str(letter["Message-ID"]), found


def alerts_in_json(data: bytes) -> tuple[str, list[Key]]:
    told = json.loads(data)
    found = [
        (alert["saved_search"], article["title"], article["source"])
        for article in told["articles"]
        for alert in article["alerts"]
    ]
    return told["batch"], found


class _Quiet:
    sinks: Sinks

    def handle_error(self, *_: object) -> None:
        """A sender that is killed in the middle is what this is for."""


class _MailServer(_Quiet, socketserver.ThreadingTCPServer):
    block_on_close = True


class _WebServer(_Quiet, ThreadingHTTPServer):
    daemon_threads = False


class _Mail(socketserver.StreamRequestHandler):
    """As much SMTP as a sender without a password needs."""

    timeout = 10.0

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].decode("latin-1").upper()
            if word == "DATA" and not self._data():
                return
            if word == "QUIT":
                self._say("221 bye")
                return
            if word != "DATA":
                self._say("250 fine")

    def _data(self) -> bool:
        self._say("354 go on")
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # killed before the letter was complete
            data += line[1:] if line.startswith(b"..") else line
        answer = cast("_MailServer", self.server).sinks.take("email", *alerts_in_mail(data))
        if answer != "silence":
            self._say("250 taken" if answer == "yes" else "451 not now")
        return answer != "silence"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()


class _Web(BaseHTTPRequestHandler):
    timeout = 10.0

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        data = self.rfile.read(size)
        if len(data) < size:
            return
        channel = "command" if self.path == "/command" else "webhook"
        answer = cast("_WebServer", self.server).sinks.take(channel, *alerts_in_json(data))
        if answer == "silence":
            self.close_connection = True
            return
        self.send_response(200 if answer == "yes" else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
