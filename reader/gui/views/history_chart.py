"""Mentions per day of a few entities, as stacked bars painted by us.

The same figures can be read as a table: in the accessible description, and copied by the menu.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme

_SIDE = 18
_TITLE, _AXIS, _LEGEND = 44, 22, 20
_PLOT = 92
_GRID = 3
Day = tuple[date, tuple[int, ...]]


class Series(NamedTuple):
    name: str
    type: str


class HistoryChart(QWidget):
    """One bar a day, oldest at the left; the first series stands at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._series: tuple[Series, ...] = ()
        self._days: list[Day] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Mentions per day")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_history(self, series: Sequence[Series], days: Sequence[Day]) -> None:
        """`days`: one row a day with as many counts as there are series."""
        self._series, self._days = tuple(series), list(days)
        self.setAccessibleDescription(self.summary())
        self.updateGeometry()
        self.update()

    @property
    def empty(self) -> bool:
        return not self._series or not self._days

    def table(self) -> str:
        """Tab-separated, a line for each day, with a line of names on top."""
        names = "\t".join(("day", *(series.name for series in self._series)))
        rows = ("\t".join((day.isoformat(), *map(str, counts))) for day, counts in self._days)
        return "\n".join((names, *rows))

    def summary(self) -> str:
        """What the bars show, in a sentence for each entity."""
        if self.empty:
            return "Nothing to show"
        sentences = []
        for k, series in enumerate(self._series):
            counts = [row[k] for _, row in self._days]
            top = max(range(len(counts)), key=counts.__getitem__)
            sentences.append(
                f"{series.name}: {sum(counts)} articles in {len(counts)} days, "
                f"most on {_short(self._days[top][0])} ({counts[top]})."
            )
        return " ".join(sentences)

    def tip(self, x: float) -> str:
        """The figures of the day under a place of the widget."""
        day = self._day_at(x)
        if day is None:
            return ""
        lines = [f"{s.name}: {n}" for s, n in zip(self._series, day[1], strict=True)]
        return "\n".join((_short(day[0]), *lines))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _TITLE + _PLOT + _AXIS + _LEGEND * len(self._series) + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(event.pos().x()), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as table", self.copy_table)
        menu.popup(event.globalPos())

    def copy_table(self) -> None:
        QGuiApplication.clipboard().setText(self.table())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_title(painter)
        plot = QRectF(_SIDE, _TITLE, self.width() - 2 * _SIDE, _PLOT)
        self._paint_grid(painter, plot)
        self._paint_bars(painter, plot)
        self._paint_axis(painter, plot)
        self._paint_legend(painter, plot.bottom() + _AXIS + 2)
        painter.end()

    def _paint_title(self, painter: QPainter) -> None:
        room = QRectF(_SIDE, 2, self.width() - 2 * _SIDE, 22)
        _text(painter, room, "Mentions per day", fonts.ui(13, 600), self._theme.text)
        days = f"{len(self._days)} days"
        _text(painter, room, days, fonts.ui(11, 450), self._theme.text3, right=True)

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(QPen(self._theme.line2, 1))
        for k in range(_GRID):
            y = round(plot.top() + plot.height() * k / _GRID) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(QPen(self._theme.line, 1))
        base = plot.bottom() + 0.5
        painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base))
        if (most := self._most()) > 0:
            room = QRectF(plot.left(), plot.top() - 16, plot.width(), 14)
            _text(painter, room, str(most), fonts.ui(10, 450), self._theme.text3)

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        step = plot.width() / max(1, len(self._days))
        unit = (plot.height() - 2) / max(1, self._most())
        colours = self._colours()
        for k, (_, counts) in enumerate(self._days):
            y = plot.bottom()
            for colour, count in zip(colours, counts, strict=True):
                if count:
                    height = count * unit
                    painter.setBrush(colour)
                    bar = QRectF(plot.left() + k * step + 0.8, y - height, step - 1.6, height - 1)
                    painter.drawRoundedRect(bar, 1.2, 1.2)
                    y -= height

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        if not self._days:
            return
        room = QRectF(plot.left(), plot.bottom() + 3, plot.width(), 18)
        font, colour = fonts.ui(10, 450), self._theme.text3
        _text(painter, room, _short(self._days[0][0]), font, colour)
        _text(painter, room, _short(self._days[-1][0]), font, colour, right=True)

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        colours = self._colours()
        for k, series in enumerate(self._series):
            y = top + k * _LEGEND
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours[k])
            painter.drawRoundedRect(QRectF(_SIDE, y + 6, 8, 8), 2, 2)
            total = sum(counts[k] for _, counts in self._days)
            room = QRectF(_SIDE + 14, y, self.width() - 2 * _SIDE - 14, _LEGEND)
            font = fonts.ui(11, 450)
            _text(painter, room.adjusted(0, 0, -40, 0), series.name, font, self._theme.text2)
            _text(painter, room, str(total), font, self._theme.text3, right=True)

    def _colours(self) -> list[QColor]:
        """By type; entities of one type get shades of its colour, so that they are told apart."""
        found: list[QColor] = []
        for k, series in enumerate(self._series):
            like = sum(other.type == series.type for other in self._series[:k])
            ink, tint, rule = self._theme.entity(series.type)
            found.append((rule, _between(rule, tint), ink)[like % 3])
        return found

    def _most(self) -> int:
        return max((sum(counts) for _, counts in self._days), default=0)

    def _day_at(self, x: float) -> Day | None:
        width = self.width() - 2 * _SIDE
        at = int((x - _SIDE) * len(self._days) / max(1, width))
        return self._days[at] if x >= _SIDE and 0 <= at < len(self._days) else None


def _between(a: QColor, b: QColor) -> QColor:
    return QColor.fromRgbF(
        (a.redF() + b.redF()) / 2, (a.greenF() + b.greenF()) / 2, (a.blueF() + b.blueF()) / 2
    )


def _short(day: date) -> str:
    return f"{day.day} {QLocale.c().monthName(day.month, QLocale.FormatType.ShortFormat)}"


def _text(
    painter: QPainter, room: QRectF, text: str, font: QFont, colour: QColor, *, right: bool = False
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    cut = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)
