"""How a saved search was judged week by week, as small bars; the same figures as a table."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from reader.gui.models.inbox import percent
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint

WEEKS = 16
"""The latest, so many."""
_STEP, _GAP = 9, 2
_WEEK = timedelta(days=7)
Week = tuple[date, int, int]


class InboxChart(QWidget):
    """One bar a week, oldest at the left: what was kept stands below, noise on top of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._weeks = LIGHT, list[Week]()
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Judged per week")

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """(Monday, kept, noise), oldest first; weeks between them were without any."""
        self._weeks = without_gaps(weeks)[-WEEKS:]
        self.setAccessibleDescription(self.table())
        self.updateGeometry()
        self.update()

    def table(self) -> str:
        """One line a week: its Monday, kept, noise, the share that was kept."""
        lines = [
            f"{monday.isoformat()}\t{kept}\t{noise}\t{percent(kept, noise)}"
            for monday, kept, noise in self._weeks
            if kept + noise
        ]
        return "\n".join(["Week\tKept\tNoise\tPrecision", *lines])

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_STEP * len(self._weeks), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((kept + noise for _, kept, noise in self._weeks), default=0) or 1
        for number, (_, kept, noise) in enumerate(self._weeks):
            left, high = number * _STEP, self.height() - 2
            bottom = self._bar(painter, left, float(self.height()), high * kept / most, kept=True)
            self._bar(painter, left, bottom, high * noise / most, kept=False)
        painter.end()

    def _bar(
        self, painter: QPainter, left: float, bottom: float, high: float, *, kept: bool
    ) -> float:
        """The upper edge, from which the next one goes on."""
        if not high:
            return bottom
        colour = QColor(self._theme.ok if kept else self._theme.text3)
        colour.setAlphaF(0.85 if kept else 0.5)
        high = max(2.0, high)
        paint.rounded(painter, QRectF(left, bottom - high, _STEP - _GAP, high), 1.5, colour)
        return bottom - high - 1

    def _week_at(self, x: float) -> Week | None:
        number = int(x // _STEP)
        return self._weeks[number] if 0 <= number < len(self._weeks) else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            week = self._week_at(event.pos().x())
            QToolTip.showText(event.globalPos(), said(week) if week else "", self)
            return True
        return super().event(event)

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as a table", lambda: QGuiApplication.clipboard().setText(self.table()))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())


def without_gaps(weeks: Sequence[Week]) -> list[Week]:
    known = {monday: (kept, noise) for monday, kept, noise in weeks}
    made: list[Week] = []
    monday = min(known, default=date.max)
    while known and monday <= max(known):
        made.append((monday, *known.get(monday, (0, 0))))
        monday += _WEEK
    return made


def said(week: Week) -> str:
    """ "Week of 16 November: 4 kept, 1 noise"."""
    monday, kept, noise = week
    month = QLocale.c().monthName(monday.month)
    return f"Week of {monday.day} {month}: {kept} kept, {noise} noise"
