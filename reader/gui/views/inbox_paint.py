"""Paints the chip of a saved search that fired: its name, how urgent it is, how it was judged."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from reader.domain.alert import Alert
from reader.gui.theme import Theme
from reader.gui.views import paint
from reader.gui.views.row_chips import BELL

_SIGN = 12


def search_chip(
    painter: QPainter, box: QRectF, label: str, alert: Alert, theme: Theme, *,
    selected: bool, chosen: bool,
) -> None:  # fmt: skip
    """`selected`: on the chosen row; `chosen`: this one alone is judged."""
    icon, ink = _sign(alert, theme)
    fill = theme.page if selected and not theme.dark else theme.selection
    if alert.saved_id is None or alert.kept is False:
        fill = QColor(Qt.GlobalColor.transparent)
    line = QColor(theme.selection_bar if chosen else ink)
    line.setAlphaF(1.0 if chosen else 0.45)
    paint.outlined(painter, box, 5, line, fill)
    if chosen:
        paint.outlined(painter, box.adjusted(1, 1, -1, -1), 4, line)
    corner = QPointF(box.left() + 6, box.center().y() - _SIGN / 2)
    paint.icon(painter, corner, icon, ink, _SIGN, fill=icon == "bell")
    room = box.adjusted(6 + BELL, 0, -5, 0)
    words = theme.text3 if alert.kept is False or alert.saved_id is None else ink
    paint.short_text(painter, room, label, paint.chip_font(), words)


def _sign(alert: Alert, theme: Theme) -> tuple[str, QColor]:
    if alert.saved_id is None:
        return "bell-off", theme.text3
    if alert.kept is not None:
        return ("check", theme.ok) if alert.kept else ("bell-off", theme.text3)
    if alert.priority == "high":
        return "triangle-alert", theme.bad
    return "bell", theme.text3 if alert.priority == "low" else theme.accent
