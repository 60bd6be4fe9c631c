"""What charts of articles over time have in common: bars over a line, tips, keys, the table."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reader.gui import words
from reader.gui.models.days import Bar, said, table
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.day_bars import Shown, paint_axis, paint_bars, step

_FADED = 0.6
_AXIS = 22


class BarChart(QWidget):
    """Oldest at the left. Above the bars is room of `head` pixels for a title, beside them `side`.

    `of`: what is counted, in the singular: "article".
    """

    def __init__(self, parent: QWidget | None, of: str, head: int, plot: int, side: int) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._bars: tuple[Bar, ...] = ()
        self._faded = False
        self._of, self._head, self._plot, self._side = of, head, plot, side
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(head + plot + _AXIS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def told(self, bar: Bar) -> str:
        """ "16 Dec 2024: 12 articles"."""
        return f"{said(bar.first, bar.last)}: {words.counted(bar.count, self._of)}"

    def listed(self) -> str:
        """All bars that are not empty, for who cannot see them."""
        return "; ".join(self.told(bar) for bar in self._bars if bar.count)

    def copy_table(self) -> None:
        QGuiApplication.clipboard().setText(table(self._bars))

    def set_faded(self, *, on: bool) -> None:
        """While newer counts are on their way."""
        self._faded = on
        self.update()

    def bar_at(self, x: float) -> int:
        """The number of the bar nearest to a place of the widget; -1 without bars."""
        if not self._bars:
            return -1
        at = int((x - self._side) // step(self.width() - 2 * self._side, len(self._bars)))
        return max(0, min(len(self._bars) - 1, at))

    def led_to(self, key: int, at: int) -> int:
        """The bar to which a key leads from `at` (-1: from none); -1 for any other key."""
        last = len(self._bars) - 1
        start = at if at >= 0 else last + 1
        moves: dict[int, int] = {
            Qt.Key.Key_Left: start - 1, Qt.Key.Key_Right: start + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }  # fmt: skip
        return max(0, min(last, moves[key])) if key in moves and last >= 0 else -1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.told(self._bars[at]) if at >= 0 else "", self)
            return True
        return super().event(event)

    def paint_plot(
        self, painter: QPainter, chosen: tuple[int, int] | None = None, hovered: int = -1
    ) -> None:
        """The line, the bars on it, and the days below; `chosen`: from which bar to which."""
        plot = QRectF(self._side, self._head, self.width() - 2 * self._side, self._plot)
        painter.setPen(QPen(self._theme.line, 1))
        base = plot.bottom() + 0.5
        painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base))
        painter.setOpacity(_FADED if self._faded else 1.0)
        shown = Shown(self._bars, chosen, hovered)
        paint_bars(painter, plot, shown, self._theme)
        paint_axis(painter, plot, shown, self._theme)
