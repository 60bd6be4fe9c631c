"""When the articles of a search are from: a small histogram to click or drag a span of time in.

The same figures can be read as a table: in the accessible description, and copied by the menu.
With the keyboard: arrows go from bar to bar, Shift widens the span, Return takes it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from reader.gui import fonts, icons, words
from reader.gui.models.days import Bar, said, unit, value
from reader.gui.theme import Theme
from reader.gui.views import paint
from reader.gui.views.bar_chart import BarChart

SIDE, _HEAD, _PLOT = 18, 30, 56
_EXCLUDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class DayChart(BarChart):
    """Oldest at the left. Nothing is narrowed before the button or the key is let go."""

    wanted = Signal(str, bool)
    """What stands behind `date:`, and whether those articles are to be left out."""
    cleared = Signal()
    """The search is no longer to be about a certain time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "article", _HEAD, _PLOT, SIDE)
        self._span: tuple[int, int] | None = None  # from where to where, in the order chosen
        self._dragging = False
        self._hovered = -1
        self.time = QToolButton(self)
        self.time.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.time.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.time.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.time.setCursor(Qt.CursorShape.PointingHandCursor)
        self.time.setFont(fonts.ui(11, 500))
        self.time.setIconSize(QSize(12, 12))
        self.time.clicked.connect(self.cleared)
        self.show_days((), "")

    def show_days(self, bars: Sequence[Bar], time: str) -> None:
        """`time`: what the search says about time already, shown with a way to take it out."""
        same = [(b.first, b.last) for b in bars] == [(b.first, b.last) for b in self._bars]
        self._bars = tuple(bars)
        if not same or len(bars) == 0:
            self._span, self._dragging = None, False
        self.time.setText(time)
        self.time.setVisible(bool(time))
        self.time.setAccessibleName(f"Take {time} out of the search")
        self.time.setToolTip(self.time.accessibleName())
        self.setAccessibleName(f"Results per {unit(self._bars)}")
        self.setAccessibleDescription(self.summary())
        self._place_time()
        self.update()

    @property
    def span(self) -> tuple[Bar, Bar] | None:
        """The first and last bar of what is being chosen."""
        if self._span is None:
            return None
        low, high = sorted(self._span)
        return self._bars[low], self._bars[high]

    def summary(self) -> str:
        """What the bars show, and all that are not empty."""
        if not self._bars:
            return "Nothing to show"
        top = max(self._bars, key=lambda bar: bar.count)
        total = words.counted(sum(bar.count for bar in self._bars), "article")
        whole = said(self._bars[0].first, self._bars[-1].last)
        most = f"{total} in {whole}, most in {said(top.first, top.last)} ({top.count}). "
        return most + self.listed()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.time.setIcon(icons.icon("x", theme.text2, 12))
        ground, ink, line = (c.name() for c in (theme.selection, theme.text, theme.selection_bar))
        self.time.setStyleSheet(
            f"QToolButton {{ background: {ground}; color: {ink}; border: 1px solid transparent;"
            " border-radius: 5px; padding: 1px 5px; }"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {line}; }}"
        )
        self.update()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.bar_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._span, self._dragging = (at, at), True
            self._say()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.bar_at(event.position().x())
        if self._dragging and self._span is not None:
            self._span = (self._span[0], at)
            self._say()
        elif at != self._hovered:
            self._hovered = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self._take(without=bool(event.modifiers() & _EXCLUDING))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        to = self.led_to(key, self._span[1] if self._span else -1)
        if to >= 0:
            self._move(to, event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._span:
            self._take(without=bool(event.modifiers() & _EXCLUDING))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.time.text():
            self.cleared.emit()
        elif key == Qt.Key.Key_Escape and (self._span or self._dragging):
            self._span, self._dragging = None, False
            self._say()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._span, self._dragging = None, False
        self.update()

    def _move(self, to: int, modifiers: Qt.KeyboardModifier) -> None:
        keep = modifiers & Qt.KeyboardModifier.ShiftModifier and self._span is not None
        self._span = (self._span[0], to) if keep and self._span else (to, to)
        self._say()

    def _take(self, *, without: bool) -> None:
        span = self.span
        if span is not None:
            self.wanted.emit(value(span[0].first, span[1].last), without)

    def _say(self) -> None:
        """The span being chosen, for who cannot see it; the whole again without one."""
        span = self.span
        if span is None:
            self.setAccessibleDescription(self.summary())
        else:
            low, high = self._bars.index(span[0]), self._bars.index(span[1])
            count = sum(bar.count for bar in self._bars[low : high + 1])
            self.setAccessibleDescription(self.told(Bar(span[0].first, span[1].last, count)))
        self.update()

    # the menu

    def menu(self, at: int) -> QMenu:
        """For a bar, or for the span it lies in."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not (self._span and min(self._span) <= at <= max(self._span)):
            self._span = (at, at) if at >= 0 else None
        span = self.span
        if span is not None:
            name, asked = said(span[0].first, span[1].last), value(span[0].first, span[1].last)
            menu.addAction(f"Only {name}", lambda: self.wanted.emit(asked, False))
            menu.addAction(f"Without {name}", lambda: self.wanted.emit(asked, True))
        if self.time.text():
            menu.addAction(self.time.accessibleName(), self.cleared.emit)
        menu.addSeparator()
        menu.addAction("Copy as table", self.copy_table)
        self.update()
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = self._span[1] if self._span else len(self._bars) - 1
        self.menu(self.bar_at(event.pos().x()) if by_mouse else at).popup(event.globalPos())

    # painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_time()

    def _place_time(self) -> None:
        size = self.time.sizeHint().boundedTo(QSize(self.width() - 2 * SIDE - 44, 22))
        self.time.resize(size)
        self.time.move(QPoint(self.width() - SIDE - size.width(), 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRectF(SIDE, 3, 60, 20)
        title = f"{unit(self._bars).capitalize()}s"
        paint.line_of_text(painter, head, title, fonts.ui(11, 600), self._theme.text2)
        chosen = (min(self._span), max(self._span)) if self._span else None
        self.paint_plot(painter, chosen, self._hovered)
        painter.end()
