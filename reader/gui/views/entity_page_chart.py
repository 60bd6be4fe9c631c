"""Articles over time, painted; with the keyboard and the pointer one goes from column to column.

Left and right go on by one, Return or a click asks for the articles of a column, Ctrl+C copies the
table.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reader.gui import fonts
from reader.gui.models.entity_page import Chart
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.entity_page_paint import (
    column_at,
    legend_height,
    paint_chart,
    paint_legend,
    plot_of,
)

_HEAD = 22
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class TimeChart(QWidget):
    chosen = Signal(object)
    """The `Span` of a column whose articles are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.chart = Chart("")
        self.at = -1
        self._faded = self._tabbed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        if chart.columns != self.chart.columns:
            self.at = -1
        self.chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.summary())
        self.update()

    def set_faded(self, *, on: bool) -> None:
        """While newer figures are on their way."""
        self._faded = on
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 150)

    def room(self) -> QRectF:
        """Where the chart itself is painted, between what is told above and the legend."""
        below = legend_height(self.width() - 20, self.chart)
        return QRectF(0, _HEAD, self.width(), self.height() - _HEAD - below)

    # what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.chart.columns) - 1
        at = self.at if self.at >= 0 else last + 1
        moves = {
            Qt.Key.Key_Left: at - 1, Qt.Key.Key_Right: at + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }  # fmt: skip
        if event.key() in moves and last >= 0:
            self._go(max(0, min(last, moves[Qt.Key(event.key())])))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.chosen.emit(self.chart.columns[self.at])
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.chart.table.tabbed())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(column_at(self.chart, plot_of(self.room()), event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = column_at(self.chart, plot_of(self.room()), event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.chosen.emit(self.chart.columns[at])

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tabbed = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tabbed = False
        self._go(-1)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = column_at(self.chart, plot_of(self.room()), event.pos().x())
            told = "\n".join(self.chart.told(at)) if at >= 0 else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def _go(self, at: int) -> None:
        if at != self.at:
            self.at = at
            told = ", ".join(self.chart.told(at)) if at >= 0 else self.chart.summary()
            self.setAccessibleDescription(told)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.5 if self._faded else 1.0)
        room = self.room()
        self._paint_head(painter)
        paint_chart(painter, room, self.chart, self._theme, self.at)
        below = QRectF(12, room.bottom(), self.width() - 20, self.height() - room.bottom())
        paint_legend(painter, below, self.chart, self._theme)
        if self._tabbed and self.at < 0:
            frame = QRectF(self.rect()).adjusted(6, 0, -2, 0)
            paint.outlined(painter, frame, 6, self._theme.selection_bar)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        """The figures of the column one is at; else the period."""
        parts = (self.chart.period, self.chart.coarser)
        told = " · ".join(self.chart.told(self.at) if self.at >= 0 else filter(None, parts))
        colour = self._theme.text if self.at >= 0 else self._theme.text3
        box = QRectF(12, 0, self.width() - 20, _HEAD)
        paint.line_of_text(painter, box, told, fonts.ui(12, 450), colour)
