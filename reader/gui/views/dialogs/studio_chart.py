"""Hits per day of a query that is being tried out, over the whole archive.

The same figures can be read as a table: in the accessible description, and copied by the menu or
with Ctrl+C. The arrow keys go from bar to bar.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from reader.gui import fonts, words
from reader.gui.models.days import Bar, said, table, unit
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.day_bars import Shown, paint_axis, paint_bars, step

_HEAD, _PLOT, _AXIS = 22, 62, 20


class HitChart(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._faded = False
        self.setFixedHeight(_HEAD + _PLOT + _AXIS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
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
        return f"{_hits(total)}. " + "; ".join(told(bar) for bar in self._bars if bar.count)

    def chosen(self) -> Bar | None:
        """The bar the keyboard or the pointer is at."""
        return self._bars[self._at] if 0 <= self._at < len(self._bars) else None

    def copy_table(self) -> None:
        QGuiApplication.clipboard().setText(table(self._bars))

    def set_faded(self, *, on: bool) -> None:
        """While newer figures are on their way."""
        self._faded = on
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    # what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._bars) - 1
        at = self._at if self._at >= 0 else last + 1
        moves = {
            Qt.Key.Key_Left: at - 1, Qt.Key.Key_Right: at + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }  # fmt: skip
        if event.key() in moves and last >= 0:
            self._go(max(0, min(last, moves[Qt.Key(event.key())])))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        self._at = at
        bar = self.chosen()
        self.setAccessibleDescription(told(bar) if bar else self.summary())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self._bar_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go(-1)

    def _bar_at(self, x: float) -> int:
        if not self._bars:
            return -1
        return max(0, min(len(self._bars) - 1, int(x // step(self.width(), len(self._bars)))))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as table", self.copy_table)
        return menu

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), told(self._bars[at]) if at >= 0 else "", self)
            return True
        return super().event(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.5 if self._faded else 1.0)
        plot = QRectF(0, _HEAD, self.width(), _PLOT)
        self._paint_head(painter)
        painter.setPen(QPen(self._theme.line, 1))
        base = plot.bottom() + 0.5
        painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base))
        shown = Shown(self._bars, None, self._at)
        paint_bars(painter, plot, shown, self._theme)
        paint_axis(painter, plot, shown, self._theme)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        """What is shown, and the figure of the bar one is at."""
        room, bar = QRectF(0, 0, self.width(), 18), self.chosen()
        colour = self._theme.selection_bar if self.hasFocus() else self._theme.text2
        paint.line_of_text(painter, room, self.title(), fonts.ui(11, 600), colour)
        if bar is not None:
            align = Qt.AlignmentFlag.AlignRight
            font = fonts.ui(11, 450)
            paint.line_of_text(painter, room, told(bar), font, self._theme.text2, align)


def told(bar: Bar) -> str:
    """ "16 Dec 2024: 12 hits"."""
    return f"{said(bar.first, bar.last)}: {_hits(bar.count)}"


def _hits(count: int) -> str:
    return words.counted(count, "hit")
