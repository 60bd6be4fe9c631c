"""A narrow strip beside the article: where the mentions stand, and which part is in view."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.gui.theme import LIGHT, Theme

WIDTH = 12
_END = 8
_TICK = 3


class Minimap(QWidget):
    """Ticks at fractions (0 to 1) of the document; a click or drag asks to be taken there.

    It stands in for a scroll bar. Where there is nothing to scroll or mark it stays empty.
    """

    place_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._ticks: list[tuple[float, QColor]] = []
        self._view = (0.0, 1.0)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Where the mentions are")

    def show_ticks(self, ticks: Sequence[tuple[float, QColor]]) -> None:
        """Ticks that would cover each other are drawn once, the later over the earlier."""
        self._ticks = list(ticks)
        self.setAccessibleDescription(f"{len(self._ticks)} mentions")
        self.update()

    def show_view(self, top: float, bottom: float) -> None:
        """The part of the document on the screen, in fractions."""
        if (top, bottom) != self._view:
            self._view = (top, bottom)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

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
        for at, colour in self._unlike(room):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(3, _END + at, 6, _TICK), 1.5, 1.5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask(event)

    @property
    def _scrolls(self) -> bool:
        return self._view[1] - self._view[0] < 0.999

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

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

    def _unlike(self, room: float) -> list[tuple[float, QColor]]:
        """One tick for each pixel row and colour."""
        seen = {(round(at * (room - _TICK)), colour.rgba()): colour for at, colour in self._ticks}
        return [(at, colour) for (at, _), colour in seen.items()]
