"""A mail server for tests: on 127.0.0.1, in threads, keeping every letter it takes.

    with PostOffice() as post:
        post.say["RCPT"] = "550 nobody of that name"
        ... send to port post.port ...
        assert post.letters[0].recipients == ["ann@news.example"]

It speaks as much SMTP as a client needs: EHLO, STARTTLS, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA,
RSET, QUIT.
"""

import base64
import contextlib
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Self, cast

CERTIFICATE = Path(__file__).parents[1] / "data" / "localhost.pem"
"""Of 127.0.0.1, signed by itself: trusted only by whoever is told to."""


@dataclass(frozen=True)
class Letter:
    sender: str
    recipients: list[str]
    data: bytes
    user: str
    encrypted: bool

    @property
    def message(self) -> EmailMessage:
        return cast("EmailMessage", message_from_bytes(self.data, policy=default))

    def text(self, kind: str = "plain") -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


@dataclass
class PostOffice:
    """`logins`: user and password of those who must log in; none must when it is empty.

    `tls`: "none", "starttls", or "tls" for encryption from the start. `say` answers a command with
    a line of the test's own; "" closes the connection instead, and "DONE" is what follows a letter.
    `patience`: seconds to wait before that answer.
    """

    logins: dict[str, str] = field(default_factory=dict)
    tls: str = "none"
    say: dict[str, str] = field(default_factory=dict)
    patience: dict[str, float] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Addresses nobody has here."""
    offers: tuple[str, ...] = ()
    """What is offered beside what the rest of this says."""
    connections: int = 0

    def __post_init__(self) -> None:
        self.over = threading.Event()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)
        self._server = _Server(("127.0.0.1", 0), _Counter)
        self._server.office = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    block_on_close = True
    office: PostOffice

    def handle_error(self, *_: object) -> None:
        """A client that leaves in the middle is what many tests are about."""


class _Counter(socketserver.StreamRequestHandler):
    """Where one client is served."""

    timeout = 10.0
    office: PostOffice

    def handle(self) -> None:
        self.office = cast("_Server", self.server).office
        self.office.connections += 1
        self.user, self.encrypted = "", False
        if self.office.tls == "tls":
            self._encrypt()
        if not self._reply("HELLO", "220 here"):
            return
        self._forget()
        for line in self._lines():
            word = line.split(" ", 1)[0].upper()
            known = getattr(self, f"_{word.lower()}", None)
            if known is None:
                self._write("502 what?")
            elif not known(line):
                return

    def _lines(self) -> Iterator[str]:
        while line := self.rfile.readline():
            yield line.decode().rstrip("\r\n")

    def _write(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _reply(self, step: str, usual: str) -> bool:
        """False when the connection is to be closed."""
        self.office.over.wait(self.office.patience.get(step, 0))
        line = self.office.say.get(step, usual)
        if line:
            self._write(line)
        return bool(line)

    def _forget(self) -> None:
        self.sender, self.recipients = "", []

    def _encrypt(self) -> None:
        self.connection = self.office.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.connection)
        self.encrypted = True

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.connection.close()

    def _ehlo(self, _line: str) -> bool:
        offers = ["here", "8BITMIME", *self.office.offers]
        if self.office.tls == "starttls" and not self.encrypted:
            offers.append("STARTTLS")
        if self.office.logins:
            offers.append("AUTH PLAIN LOGIN")
        for offer in offers[:-1]:
            self._write(f"250-{offer}")
        return self._reply("EHLO", f"250 {offers[-1]}")

    def _starttls(self, _line: str) -> bool:
        if not self._reply("STARTTLS", "220 go ahead"):
            return False
        self._encrypt()
        return True

    def _auth(self, line: str) -> bool:
        _, kind, *rest = line.split(" ")
        if kind.upper() == "PLAIN":
            _, user, password = base64.b64decode(rest[0]).decode().split("\0")
        else:
            user = base64.b64decode(rest[0]).decode() if rest else self._asked("Username:")
            password = self._asked("Password:")
        if self.office.logins.get(user) != password:
            return self._reply("AUTH", "535 5.7.8 wrong user or password")
        self.user = user
        return self._reply("AUTH", "235 welcome")

    def _asked(self, question: str) -> str:
        self._write(f"334 {base64.b64encode(question.encode()).decode()}")
        return base64.b64decode(self.rfile.readline()).decode()

    def _mail(self, line: str) -> bool:
        if self.office.logins and not self.user:
            return self._reply("MAIL", "530 log in first")
        self.sender = line.partition("<")[2].partition(">")[0]
        return self._reply("MAIL", "250 fine")

    def _rcpt(self, line: str) -> bool:
        address = line.partition("<")[2].partition(">")[0]
        if address in self.office.refused:
            self._write("550 5.1.1 nobody of that name")
            return True
        self.recipients.append(address)
        return self._reply("RCPT", "250 fine")

    def _data(self, _line: str) -> bool:
        if not self._reply("DATA", "354 go on"):
            return False
        if "DATA" in self.office.say:
            return True
        data = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            data += line[1:] if line.startswith(b"..") else line
        answer = self.office.say.get("DONE", "250 taken")
        if answer.startswith("2") or not answer:
            self.office.letters.append(
                Letter(self.sender, self.recipients, data, self.user, self.encrypted)
            )
        self._forget()
        return self._reply("DONE", "250 taken")

    def _rset(self, _line: str) -> bool:
        self._forget()
        return self._reply("RSET", "250 fine")

    def _quit(self, _line: str) -> bool:
        with contextlib.suppress(OSError):
            self._reply("QUIT", "221 bye")
        return False
