"""A session bus of its own, and a notification service on it, for the tests of notifications."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.gui.bus import BUS, SessionBus
from reader.gui.bus_wire import CALL, RETURN, SIGNAL, Incoming, Message, encoded
from reader.gui.models.toasts import Toast
from reader.gui.notifications import INTERFACE, PATH, SERVICE

DAEMON = shutil.which("dbus-daemon")
ALL = ("actions", "body", "body-markup", "sound")
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


class Daemon:
    """A real bus; `stop` ends it."""

    def __init__(self, folder: Path) -> None:
        assert DAEMON is not None
        self.address = f"unix:path={folder / 'bus'}"
        config = folder / "bus.conf"
        config.write_text(_CONFIG.format(socket=folder / "bus"))
        self._process = subprocess.Popen(
            [DAEMON, f"--config-file={config}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self._process.stdout.readline()  # once it listens

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.communicate(timeout=60)


class Serving(SessionBus):
    """One that is called, too."""

    asked = Signal(object)

    def _handle(self, message: Message) -> None:
        if message.kind == CALL:
            self.asked.emit(message)
        else:
            super()._handle(message)

    def answer(self, call: Message, signature: str, body: tuple[Any, ...]) -> None:
        self._send(Message(RETURN, answers=call.serial, destination=call.sender,
                           signature=signature, body=body))  # fmt: skip


class Server(QObject):
    """Takes notifications on a bus, and remembers them."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__()
        self.can: tuple[str, ...] = ALL
        self._daemon = daemon
        self.shown: list[tuple[Any, ...]] = []
        self.signatures: list[str] = []
        self.closed: list[int] = []
        self.ready = self.silent = self.heard = False
        self.bus = Serving(daemon.address, self)
        self.bus.asked.connect(self._asked)
        self.bus.call(BUS, "/org/freedesktop/DBus", BUS, "RequestName", "su", (SERVICE, 4),
                      self._named, print)  # fmt: skip

    def act(self, number: int, action: str) -> None:
        self._signal("ActionInvoked", "us", (number, action))

    def close_one(self, number: int) -> None:
        self._signal("NotificationClosed", "uu", (number, 2))

    def stop(self) -> None:
        """The whole bus goes."""
        self._daemon.stop()

    def _named(self, _answer: tuple[Any, ...]) -> None:
        self.ready = True

    def _signal(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        message = Message(
            SIGNAL, 1_000_000, path=PATH, interface=INTERFACE, member=member,
            signature=signature, body=body,
        )  # fmt: skip
        assert self.bus._socket is not None
        self.bus._socket.write(encoded(message))

    def _asked(self, message: Message) -> None:
        self.heard = True
        if self.silent:
            return
        if message.member == "GetCapabilities":
            self.bus.answer(message, "as", (list(self.can),))
        elif message.member == "Notify":
            self.shown.append(message.body)
            self.signatures.append(message.signature)
            self.bus.answer(message, "u", (len(self.shown),))
        elif message.member == "CloseNotification":
            self.closed += message.body
            self.bus.answer(message, "", ())


class Memory(QObject):
    """Bus and service in one, in memory: what is sent goes through bytes all the same."""

    signalled = Signal(object)
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.can: tuple[str, ...] = ALL
        self.shown: list[tuple[Any, ...]] = []
        self.signatures: list[str] = []
        self.closed: list[int] = []
        self.rules: list[str] = []
        self.silent = self.heard = False
        self._waiting: list[Callable[[str], object]] = []

    def match(self, rule: str) -> None:
        self.rules.append(rule)

    def call(
        self, destination: str, path: str, interface: str, member: str, signature: str,
        arguments: tuple[Any, ...], done: Callable[[tuple[Any, ...]], object],
        failed: Callable[[str], object],
    ) -> None:  # fmt: skip
        assert (destination, path, interface) == (SERVICE, PATH, INTERFACE)
        sent = encoded(Message(CALL, 1, member=member, signature=signature, body=arguments))
        (got,) = Incoming().feed(sent)
        self.heard = True
        if self.silent:
            self._waiting.append(failed)
        elif member == "GetCapabilities":
            QTimer.singleShot(0, self, lambda: done((list(self.can),)))
        elif member == "CloseNotification":
            self.closed += got.body
            QTimer.singleShot(0, self, lambda: done(()))
        else:
            self.shown.append(got.body)
            self.signatures.append(signature)
            number = len(self.shown)
            QTimer.singleShot(0, self, lambda: done((number,)))

    def act(self, number: int, action: str) -> None:
        self._signal("ActionInvoked", (number, action))

    def close_one(self, number: int) -> None:
        self._signal("NotificationClosed", (number, 2))

    def stop(self) -> None:
        for failed in self._waiting:
            failed("The connection was lost.")
        self.lost.emit()

    def _signal(self, member: str, body: tuple[Any, ...]) -> None:
        self.signalled.emit(Message(SIGNAL, 1, interface=INTERFACE, member=member, body=body))


class Screen(QObject):
    """Takes what it is shown, or refuses it, as a test says; in the place of a desktop."""

    acted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Toast] = []
        self.refuse = ""
        self.held: list[Callable[[], object]] | None = None
        """Once it is a list, what is shown is taken only when a test says so."""

    def show(
        self, toast: Toast, taken: Callable[[], object], failed: Callable[[str], object]
    ) -> None:
        if self.refuse:
            failed(self.refuse)
            return
        self.shown.append(toast)
        if self.held is None:
            taken()
        else:
            self.held.append(taken)
