"""The desktop's session bus: calls that never wait, and signals.

Connected at the first call, and again after it was lost. Everything happens on the window's event
loop; whoever calls is answered exactly once, by `done` or by `failed`, and never inside `call`.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from reader.gui.bus_wire import CALL, ERROR, SIGNAL, Incoming, Message, WireError, encoded

BUS = "org.freedesktop.DBus"
PATIENCE = 5_000
"""Milliseconds for an answer."""
NO_BUS = "There is no session bus here, by which desktops take notifications."
_LOST = "The connection to the session bus was lost."
_LATE = "The desktop did not answer in time."

Done = Callable[[tuple[Any, ...]], object]
Failed = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Open:
    done: Done
    failed: Failed


def session_address() -> str:
    """Where the session bus listens, or "" when there is none."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if told:
        return told
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    return f"unix:path={usual}" if usual.is_absolute() and usual.exists() else ""


def socket_of(address: str) -> tuple[str, bool]:
    """(name, abstract) of the first local socket that an address lists; ("", False) for none."""
    for one in address.split(";"):
        kind, _, rest = one.partition(":")
        told = dict(part.partition("=")[::2] for part in rest.split(","))
        if kind == "unix" and "path" in told:
            return unquote(told["path"]), False
        if kind == "unix" and "abstract" in told:
            return unquote(told["abstract"]), True
    return "", False


class SessionBus(QObject):
    signalled = Signal(object)
    """A `Message` that was asked for by `match`."""
    lost = Signal()

    def __init__(self, address: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._socket: QLocalSocket | None = None
        self._ready = False
        self._greeting = bytearray()
        self._incoming = Incoming()
        self._serial = 0
        self._open: dict[int, _Open] = {}
        self._unsent: list[bytes] = []
        self._rules: list[str] = []

    def call(
        self, destination: str, path: str, interface: str, member: str, signature: str,
        arguments: tuple[Any, ...], done: Done, failed: Failed,
    ) -> None:  # fmt: skip
        message = Message(
            CALL, path=path, interface=interface, member=member, destination=destination,
            signature=signature, body=arguments,
        )  # fmt: skip
        if self._socket is None and not self._connect():
            QTimer.singleShot(0, self, lambda: failed(NO_BUS))
            return
        serial = self._send(message)
        self._open[serial] = _Open(done, failed)
        QTimer.singleShot(PATIENCE, self, lambda: self._give_up(serial))

    def match(self, rule: str) -> None:
        """Signals that fit are given by `signalled`, also after the bus was lost and is back."""
        self._rules.append(rule)
        if self._socket is not None:
            self._ask_for(rule)

    def close(self) -> None:
        """Nobody is answered any more."""
        self._open.clear()
        if self._socket is not None:
            self._drop()

    # connecting

    def _connect(self) -> bool:
        name, abstract = socket_of(session_address() if self._address is None else self._address)
        if not name or not hasattr(os, "getuid"):
            return False
        self._socket = socket = QLocalSocket(self)
        if abstract:
            socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
        socket.readyRead.connect(self._read)
        socket.connected.connect(self._greet)
        socket.disconnected.connect(self._broke)
        socket.errorOccurred.connect(lambda _why: QTimer.singleShot(0, self, self._broke))
        socket.connectToServer(name)
        self._send(_to_bus("Hello"))
        for rule in self._rules:
            self._ask_for(rule)
        return True

    def _greet(self) -> None:
        who = str(os.getuid()).encode().hex()
        if self._socket is not None:
            self._socket.write(f"\0AUTH EXTERNAL {who}\r\n".encode())

    def _welcomed(self, data: bytes) -> bytes:
        """What follows the bus's answer to our greeting."""
        self._greeting += data
        line, found, rest = bytes(self._greeting).partition(b"\r\n")
        if not found or self._socket is None:
            return b""
        if not line.startswith(b"OK "):
            raise WireError("The session bus does not take us.")
        self._ready = True
        self._socket.write(b"BEGIN\r\n" + b"".join(self._unsent))
        self._unsent.clear()
        return rest

    def _ask_for(self, rule: str) -> None:
        self._send(replace(_to_bus("AddMatch"), signature="s", body=(rule,)))

    def _send(self, message: Message) -> int:
        self._serial += 1
        data = encoded(replace(message, serial=self._serial))
        if self._ready and self._socket is not None:
            self._socket.write(data)
        else:
            self._unsent.append(data)
        return self._serial

    # what comes in

    def _read(self) -> None:
        if self._socket is None:
            return
        data = bytes(self._socket.readAll().data())
        try:
            if not self._ready:
                data = self._welcomed(data)
            for message in self._incoming.feed(data):
                self._handle(message)
        except WireError:
            self._broke()

    def _handle(self, message: Message) -> None:
        if message.kind == SIGNAL:
            self.signalled.emit(message)
        elif (waiting := self._open.pop(message.answers, None)) is None:
            return
        elif message.kind == ERROR:
            waiting.failed(str(message.body[0]) if message.body else message.error)
        else:
            waiting.done(message.body)

    def _give_up(self, serial: int) -> None:
        if (waiting := self._open.pop(serial, None)) is not None:
            waiting.failed(_LATE)

    def _broke(self) -> None:
        if self._socket is None:
            return
        self._drop()
        left, self._open = self._open, {}
        for waiting in left.values():
            waiting.failed(_LOST)
        self.lost.emit()

    def _drop(self) -> None:
        socket, self._socket = self._socket, None
        self._ready = False
        self._greeting.clear()
        self._unsent.clear()
        self._incoming = Incoming()
        if socket is not None:
            socket.blockSignals(True)
            socket.abort()
            socket.deleteLater()


def _to_bus(member: str) -> Message:
    return Message(
        CALL, path="/org/freedesktop/DBus", interface=BUS, member=member, destination=BUS
    )
