"""A line of a month in the height of a word: how much a saved search found on each day."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

WIDTH, HEIGHT = 30.0, 13.0
_LINE = 1.2


def points(box: QRectF, days: Sequence[int]) -> list[QPointF]:
    """One for each day, the busiest at the top of the box; a quiet month lies on its bottom."""
    most, last = max(days, default=0), max(1, len(days) - 1)
    return [
        QPointF(
            box.left() + box.width() * number / last,
            box.bottom() - (box.height() * count / most if most else 0),
        )
        for number, count in enumerate(days)
    ]


def paint_sparkline(painter: QPainter, box: QRectF, days: Sequence[int], ink: QColor) -> None:
    """Nothing for fewer than two days; a flat line, quieter, for a month without any hit."""
    if len(days) < 2:
        return
    inner = box.adjusted(_LINE / 2, _LINE, -2, -_LINE)
    line = points(inner, days)
    colour = QColor(ink)
    if any(days):
        area = QPainterPath(QPointF(line[0].x(), box.bottom()))
        for point in line:
            area.lineTo(point)
        area.lineTo(QPointF(line[-1].x(), box.bottom()))
        colour.setAlphaF(0.16)
        painter.fillPath(area, colour)
        colour.setAlphaF(1.0)
    else:
        colour.setAlphaF(0.35)
    painter.setPen(QPen(colour, _LINE, j=Qt.PenJoinStyle.RoundJoin, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line)
    if days[-1]:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(line[-1], 1.7, 1.7)
