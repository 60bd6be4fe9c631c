"""A narrow strip beside the article: where the mentions stand, and which part is in view."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from reader.gui.theme import LIGHT, Theme
from reader.gui.words import counted

WIDTH = 12
_END = 8
_TICK = 3
_NEAR = 5
"""Pixels around the pointer whose ticks its tool tip names."""
_NAMES = 6


class Tick(NamedTuple):
    """`at`: a fraction (0 to 1) of the document. `hit`: of a search, drawn in a lane of its own."""

    at: float
    colour: QColor
    name: str = ""
    hit: bool = False


class Minimap(QWidget):
    """Ticks beside the text; a click or drag asks to be taken there.

    It stands in for a scroll bar. Where there is nothing to scroll or mark it stays empty.
    """

    place_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._ticks: list[Tick] = []
        self._drawn: list[Tick] = []
        self._view = (0.0, 1.0)
        self._current: float | None = None
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Where the mentions are")

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Ticks that would cover each other are drawn once, the later over the earlier."""
        self._ticks = list(ticks)
        hits = sum(tick.hit for tick in self._ticks)
        said = [counted(len(self._ticks) - hits, "mention")]
        self.setAccessibleDescription(", ".join([*said, *([counted(hits, "hit")] if hits else [])]))
        self._thin_out()

    def show_view(self, top: float, bottom: float) -> None:
        """The part of the document on the screen, in fractions."""
        if (top, bottom) != self._view:
            self._view = (top, bottom)
            self.update()

    def show_current(self, at: float | None) -> None:
        """Where the mention stands that was gone to."""
        if at != self._current:
            self._current = at
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def tip_at(self, y: float) -> str:
        """Whose ticks are near a height, each with how often."""
        room = self._room
        names: dict[str, int] = {}
        for tick in self._ticks:
            if abs(_END + tick.at * room + _TICK / 2 - y) <= _NEAR:
                names[tick.name] = names.get(tick.name, 0) + 1
        shown = [f"{name} × {count}" if count > 1 else name for name, count in names.items()]
        more = [f"and {len(shown) - _NAMES} more"] if len(shown) > _NAMES else []
        return "\n".join([*shown[:_NAMES], *more])

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(event.rect(), self._theme.page)
        room = self.height() - 2 * _END
        if room < 20 or not (self._ticks or self._scrolls):
            painter.end()
            return
        painter.setBrush(self._theme.line2)
        painter.drawRoundedRect(QRectF(3, _END, 6, room), 3, 3)
        self._paint_view(painter, room)
        for tick in self._drawn:
            left, wide = (8, 4) if tick.hit else (1, 7)
            painter.setBrush(tick.colour)
            painter.drawRoundedRect(
                QRectF(left, _END + tick.at * self._room, wide, _TICK), 1.5, 1.5
            )
        if self._current is not None:
            painter.setBrush(self._theme.text)
            painter.drawRoundedRect(QRectF(0, _END + self._current * self._room, 12, _TICK), 1, 1)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().y()), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._thin_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    # the inside

    @property
    def _room(self) -> float:
        """Over which the ticks are spread."""
        return float(self.height() - 2 * _END - _TICK)

    @property
    def _scrolls(self) -> bool:
        return self._view[1] - self._view[0] < 0.999

    def _ask(self, event: QMouseEvent) -> None:
        room = max(1, self.height() - 2 * _END)
        self.place_wanted.emit(min(1.0, max(0.0, (event.position().y() - _END) / room)))

    def _paint_view(self, painter: QPainter, room: float) -> None:
        if not self._scrolls:
            return
        top, bottom = self._view
        shade = QColor(self._theme.text)
        shade.setAlphaF(0.22 if self.underMouse() else 0.14)
        painter.setBrush(shade)
        height = max(12.0, (bottom - top) * room)
        painter.drawRoundedRect(QRectF(1, _END + top * room, 10, height), 5, 5)

    def _thin_out(self) -> None:
        """One tick for each pixel row, colour and lane; the hits are drawn last."""
        room = self._room
        seen = {(tick.hit, round(tick.at * room), tick.colour.rgba()): tick for tick in self._ticks}
        self._drawn = sorted(seen.values(), key=lambda tick: tick.hit)
        self.update()
