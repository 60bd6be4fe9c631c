"""Hits per day of a query that is being tried out, over the whole archive.

The same figures can be read as a table: in the accessible description, and copied by the menu or
with Ctrl+C. The arrow keys go from bar to bar.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from reader.gui import fonts, words
from reader.gui.models.days import Bar, unit
from reader.gui.theme import Theme
from reader.gui.views import paint
from reader.gui.views.bar_chart import BarChart

_HEAD, _PLOT = 22, 60


class HitChart(BarChart):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "hit", _HEAD, _PLOT, 0)
        self._at = -1
        self.show_bars(())

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Oldest first."""
        if tuple(bars) != self._bars:
            self._at = -1
        self._bars = tuple(bars)
        self.setAccessibleName(self.title())
        self.setAccessibleDescription(self.summary())
        self.update()

    def title(self) -> str:
        return f"Hits per {unit(self._bars)}"

    def summary(self) -> str:
        """All bars that are not empty."""
        total = sum(bar.count for bar in self._bars)
        if not total:
            return "Nothing to show"
        return f"{words.counted(total, 'hit')}. {self.listed()}"

    def chosen(self) -> Bar | None:
        """The bar the keyboard or the pointer is at."""
        return self._bars[self._at] if 0 <= self._at < len(self._bars) else None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    # what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        to = self.led_to(event.key(), self._at)
        if to >= 0:
            self._go(to)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        self._at = at
        bar = self.chosen()
        self.setAccessibleDescription(self.told(bar) if bar else self.summary())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self.bar_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as table", self.copy_table)
        return menu

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        self.paint_plot(painter, hovered=self._at)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        """What is shown, and the figure of the bar one is at."""
        room, bar = QRectF(0, 0, self.width(), 18), self.chosen()
        colour = self._theme.selection_bar if self.hasFocus() else self._theme.text2
        paint.line_of_text(painter, room, self.title(), fonts.ui(11, 600), colour)
        if bar is not None:
            align = Qt.AlignmentFlag.AlignRight
            font = fonts.ui(11, 450)
            paint.line_of_text(painter, room, self.told(bar), font, self._theme.text2, align)
