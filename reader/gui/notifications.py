"""What stands on the desktop for a moment: by its notification service, else by the tray icon.

`Desktop.show` never waits. Whoever shows something is told when it was taken, or why not; it is
not tried again here.
"""

import os
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from reader.gui.bus import BUS
from reader.gui.bus_wire import SIGNAL, Message
from reader.gui.models.toasts import LOW, OPEN, URGENT, Toast

SERVICE = INTERFACE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
NOWHERE = "This desktop shows no notifications: alerts wait in the inbox of this window."
_BRIEF, _AS_USUAL, _SOUND = 6_000, -1, "message-new-instant"
_KEPT = 200
"""Notifications whose actions are still known."""

Taken = Callable[[], object]
Failed = Callable[[str], object]


def marked_up(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """As the little markup that notifications know; nothing in `text` is taken for markup."""
    return "".join(
        f"<b>{escape(part, quote=False)}</b>" if on else escape(part, quote=False)
        for part, on in _parts(text, marks)
    )


def _parts(text: str, marks: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in sorted(marks):
        start, end = max(at, start), min(end, len(text))
        if start < end:
            yield text[at:start], False
            yield text[start:end], True
            at = end
    yield text[at:], False


class Bus(Protocol):
    """A `SessionBus`, or what stands for one."""

    signalled: Any
    lost: Any

    def match(self, rule: str) -> None: ...
    def call(
        self, destination: str, path: str, interface: str, member: str, signature: str,
        arguments: tuple[Any, ...], done: Callable[[tuple[Any, ...]], object], failed: Failed,
    ) -> None: ...  # fmt: skip


class Service(QObject):
    """`org.freedesktop.Notifications`, as far as the one on this desktop goes."""

    acted = Signal(str, str)
    """A toast's key, and the id of an action or `OPEN`."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._can: frozenset[str] | None = None
        self._keys: dict[int, str] = {}
        bus.signalled.connect(self._told)
        bus.lost.connect(self._forget)
        bus.match(f"type='signal',sender='{SERVICE}',interface='{INTERFACE}'")
        bus.match(f"type='signal',sender='{BUS}',member='NameOwnerChanged',arg0='{SERVICE}'")

    def show(self, toast: Toast, taken: Taken, failed: Failed) -> None:
        if self._can is not None:
            self._notify(toast, taken, failed)
            return

        def known(answer: tuple[Any, ...]) -> None:
            self._can = frozenset(answer[0]) if answer else frozenset()
            self._notify(toast, taken, failed)

        self._call("GetCapabilities", "", (), known, failed)

    def _notify(self, toast: Toast, taken: Taken, failed: Failed) -> None:
        can = self._can or frozenset()

        def shown(answer: tuple[Any, ...]) -> None:
            self._keys[int(answer[0])] = toast.key
            while len(self._keys) > _KEPT:
                del self._keys[next(iter(self._keys))]
            if toast.sound and "sound" not in can:
                QApplication.beep()
            taken()

        self._call("Notify", "susssasa{sv}i", _arguments(toast, can), shown, failed)

    def _call(
        self, member: str, signature: str, arguments: tuple[Any, ...],
        done: Callable[[tuple[Any, ...]], object], failed: Failed,
    ) -> None:  # fmt: skip
        self._bus.call(SERVICE, PATH, INTERFACE, member, signature, arguments, done, failed)

    def _told(self, message: object) -> None:
        if not isinstance(message, Message) or message.kind != SIGNAL:
            return
        if message.member == "NameOwnerChanged":
            self._forget()  # another service, with other numbers
        elif message.interface == INTERFACE and message.body:
            key = self._keys.get(message.body[0])
            if message.member == "ActionInvoked" and key is not None:
                self._close(message.body[0])
                self.acted.emit(key, str(message.body[1]))
            elif message.member == "ActivationToken":  # with it, our window may come to the front
                os.environ["XDG_ACTIVATION_TOKEN"] = str(message.body[1])
            elif message.member == "NotificationClosed":
                self._keys.pop(message.body[0], None)

    def _close(self, number: int) -> None:
        """What was acted on is done with; some services leave that to us."""
        self._call("CloseNotification", "u", (number,), lambda _: None, lambda _why: None)

    def _forget(self) -> None:
        self._can = None
        self._keys.clear()


def _arguments(toast: Toast, can: frozenset[str]) -> tuple[Any, ...]:
    text = marked_up(toast.text, toast.marks) if "body-markup" in can else toast.text
    actions = ((OPEN, "Open"), *toast.actions) if "actions" in can else ()
    hints: dict[str, tuple[str, Any]] = {
        "urgency": ("y", toast.urgency),
        "desktop-entry": ("s", "media-reader"),
        "category": ("s", "im.received"),
    }
    if toast.sound:
        hints["sound-name"] = ("s", _SOUND)
    else:
        hints["suppress-sound"] = ("b", True)
    stays = _BRIEF if toast.urgency == LOW else _AS_USUAL
    return ("Media Reader", 0, "", toast.title, text,
            [word for pair in actions for word in pair], hints, stays)  # fmt: skip


class Balloons(QObject):
    """The tray icon's own way: one at a time, without actions but a click."""

    acted = Signal(str, str)

    def __init__(self, tray: QSystemTrayIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray, self._key = tray, ""
        tray.messageClicked.connect(lambda: self.acted.emit(self._key, OPEN))

    def show(self, toast: Toast, taken: Taken, failed: Failed) -> None:
        if not (self._tray.isVisible() and self._tray.supportsMessages()):
            failed(NOWHERE)
            return
        self._key = toast.key
        sign = QSystemTrayIcon.MessageIcon
        kind = sign.Warning if toast.urgency == URGENT else sign.Information
        self._tray.showMessage(toast.title, toast.text, kind)
        if toast.sound:
            QApplication.beep()
        taken()


class Desktop(QObject):
    """By the service; where there is none, by the tray; where there is none either, not at all."""

    acted = Signal(str, str)

    def __init__(
        self, bus: Bus, tray: QSystemTrayIcon | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._service = Service(bus, self)
        self._service.acted.connect(self.acted)
        self._balloons: Balloons | None = None
        if tray is not None:
            self._balloons = Balloons(tray, self)
            self._balloons.acted.connect(self.acted)

    def show(self, toast: Toast, taken: Taken, failed: Failed) -> None:
        """Exactly one of the two is called, later or at once; `failed` with a sentence."""

        def otherwise(_why: str) -> None:
            if self._balloons is None:
                failed(NOWHERE)
            else:
                self._balloons.show(toast, taken, failed)

        self._service.show(toast, taken, otherwise)
