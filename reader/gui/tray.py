"""The icon in the desktop's tray: how many alerts are unseen, and what can be done from there."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from reader.gui import fonts, icons, words
from reader.gui.actions import Actions

_SIZES = (16, 22, 24, 32, 48, 64)
_TILE, _SIGN, _BADGE, _PAUSED = "#2F62C9", "#FFFFFF", "#C42B1C", "#6B6760"
_CLICKED = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QObject):
    """Made only where the desktop has a tray. It shows what it is told, and asks."""

    open_wanted = Signal()
    inbox_wanted = Signal()

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icon = QSystemTrayIcon(self)
        self._unseen, self._until = 0, ""
        self.menu = QMenu()
        self.open = _action(self.menu, "Open Media Reader", self.open_wanted.emit)
        self.inbox = _action(self.menu, "Inbox", self.inbox_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction(actions["refresh"])
        self.pause = self.menu.addMenu("Pause notifications")
        for name in ("pause_hour", "pause_day"):
            self.pause.addAction(actions[name])
        self.menu.addAction(actions["resume"])
        self.menu.addSeparator()
        self.menu.addAction(actions["quit"])
        self._resume = actions["resume"]
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.show_state(0, None)

    def show_state(self, unseen: int, paused_until: datetime | None) -> None:
        self._unseen = unseen
        self._until = words.moment(paused_until, datetime.now(UTC)) if paused_until else ""
        self.icon.setIcon(badged(unseen, paused=bool(self._until)))
        self.inbox.setText(f"Inbox ({words.number(unseen)})" if unseen else "Inbox")
        self._resume.setVisible(bool(self._until))
        self.pause.menuAction().setVisible(not self._until)
        self.icon.setToolTip(self.sentence())

    def sentence(self) -> str:
        told = words.counted(self._unseen, "new alert") if self._unseen else "No new alerts"
        paused = f"\nNotifications are paused until {self._until}" if self._until else ""
        return f"Media Reader\n{told}{paused}"

    def close(self) -> None:
        self.icon.hide()
        self.menu.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _CLICKED:
            self.open_wanted.emit()


def _action(menu: QMenu, text: str, do: Callable[[], object]) -> QAction:
    made = menu.addAction(text)
    made.triggered.connect(lambda _checked=False: do())
    return made


@lru_cache(maxsize=256)
def badged(unseen: int, *, paused: bool = False) -> QIcon:
    """In the sizes that trays use; more than 99 is "99+"."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(size, _badge_text(unseen), paused))
    return made


def _badge_text(unseen: int) -> str:
    return "" if unseen <= 0 else str(unseen) if unseen < 100 else "99+"


def _drawn(size: int, text: str, paused: bool) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_PAUSED if paused else _TILE))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    sign = round(size * 0.66)
    name = "bell-off" if paused else "newspaper"
    painter.drawPixmap(QPointF((size - sign) / 2, (size - sign) / 2),
                       icons.pixmap(name, QColor(_SIGN), sign))  # fmt: skip
    if text:
        _paint_badge(painter, size, text)
    painter.end()
    return drawn


def _paint_badge(painter: QPainter, size: int, text: str) -> None:
    """In the lower right corner; a dot where a number would be too small to read."""
    if size < 22:
        dot = size * 0.5
        _ringed(painter, QRectF(size - dot, size - dot, dot, dot), dot / 2)
        return
    high = size * 0.58
    wide = max(high, high * (0.42 + 0.34 * len(text)))
    box = QRectF(size - wide, size - high, wide, high)
    _ringed(painter, box, high / 2)
    painter.setFont(fonts.ui(round(high * (0.78 if len(text) < 3 else 0.62)), 700))
    painter.setPen(QColor(_SIGN))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _ringed(painter: QPainter, box: QRectF, radius: float) -> None:
    painter.setBrush(QColor(_BADGE))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, radius, radius)
