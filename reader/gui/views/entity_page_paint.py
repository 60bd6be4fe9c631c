"""Paints the charts of an entity's page: on the screen, and as pictures for reports.

Colours of compared series are told apart by people who see colours differently: they differ in
lightness as well, and each line has marks of its own shape.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from reader.gui import fonts, words
from reader.gui.models import days
from reader.gui.models.entity_page import Chart, Series
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint

LEFT, TOP, AXIS = 40.0, 10.0, 24.0
"""Pixels for the scale at the left, above the plot, and for the dates below it."""
LEGEND = 22.0
_LIGHT = ("#2B6CD4", "#D46A00", "#0A3D62", "#C2459B", "#7A1F1F", "#5E7A00")
_DARK = ("#5B94F0", "#F08A3C", "#BFE3FF", "#B85C9E", "#F7E38A", "#6FBF8F")
_SWATCH, _GAP = 10.0, 18.0
_DATES = 92
"""Pixels from one date below the columns to the next, at least."""
_MARKED = 62
"""More columns than so many have lines without marks."""
_STEPS = (1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10, 12, 16, 20)
"""By which powers of ten are multiplied to be the top of a scale of four parts."""
_PICTURE = QSize(960, 400)
_RATIO = 2


def colour(series: Series, chart: Chart, theme: Theme) -> QColor:
    if series.colour is None:
        return theme.entity(chart.type).rule
    if series.colour < 0:
        return theme.entity("other").rule
    colours = _DARK if theme.dark else _LIGHT
    return QColor(colours[series.colour % len(colours)])


def plot_of(room: QRectF) -> QRectF:
    """Where the columns stand in the room of a chart."""
    return room.adjusted(LEFT, TOP, -8, -AXIS)


def column_at(chart: Chart, plot: QRectF, x: float) -> int:
    """The number of the column at a place; -1 beside them."""
    if not chart.columns or not plot.left() <= x <= plot.right():
        return -1
    return min(len(chart.columns) - 1, int((x - plot.left()) / plot.width() * len(chart.columns)))


def paint_chart(painter: QPainter, room: QRectF, chart: Chart, theme: Theme, at: int = -1) -> None:
    """`at`: the column that is lit, or -1."""
    plot = plot_of(room)
    top = _scale(chart.most)
    _grid(painter, plot, top, theme)
    step = plot.width() / max(1, len(chart.columns))
    if at >= 0:
        lit = QRectF(plot.left() + at * step, plot.top(), max(1.0, step), plot.height())
        painter.fillRect(lit, theme.selection)
    if chart.lines:
        for series in chart.series:
            _line(painter, plot, chart, series, top, theme)
    else:
        _bars(painter, plot, chart, top, theme)
    _dates(painter, plot, chart, theme)


def paint_legend(painter: QPainter, room: QRectF, chart: Chart, theme: Theme) -> None:
    """In lines, as many as it takes; nothing for a single series of one colour."""
    for series, box in legend(room, chart):
        ink = colour(series, chart, theme)
        centre = QPointF(box.left() + _SWATCH / 2, box.center().y())
        if chart.lines:
            _mark(painter, centre, chart.series.index(series), ink)
        else:
            swatch = QRectF(box.left(), centre.y() - _SWATCH / 2, _SWATCH, _SWATCH)
            paint.rounded(painter, swatch, 2, ink)
        text = box.adjusted(_SWATCH + 6, 0, 0, 0)
        paint.line_of_text(painter, text, _called(series), fonts.ui(12, 450), theme.text2)


def legend(room: QRectF, chart: Chart) -> list[tuple[Series, QRectF]]:
    """Where each series is named."""
    if len(chart.series) < 2 and not chart.lines:
        return []
    found, x, y = [], room.left(), room.top()
    for series in chart.series:
        wide = _SWATCH + 8 + paint.width(_called(series), fonts.ui(12, 450))
        wide = min(wide, room.width())
        if x > room.left() and x + wide > room.right():
            x, y = room.left(), y + LEGEND
        found.append((series, QRectF(x, y, wide, LEGEND)))
        x += wide + _GAP
    return found


def legend_height(width: float, chart: Chart) -> float:
    boxes = legend(QRectF(0, 0, width, 0), chart)
    return boxes[-1][1].bottom() if boxes else 0.0


def picture(chart: Chart, title: str, note: str) -> QImage:
    """For a report: on white, twice as fine, with title, note, and what each colour means."""
    size = QSize(_PICTURE)
    image = QImage(size * _RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_RATIO)
    image.fill(LIGHT.page)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(24, 18, size.width() - 48, size.height() - 34)
    head = QRectF(room.left(), room.top(), room.width(), 26)
    paint.line_of_text(painter, head, title, fonts.ui(18, 600), LIGHT.text)
    paint.line_of_text(painter, head.translated(0, 26), note, fonts.ui(12, 450), LIGHT.text2)
    below = legend_height(room.width(), chart)
    plot = room.adjusted(0, 62, 0, -below - (8 if below else 0))
    paint_chart(painter, plot, chart, LIGHT)
    paint_legend(painter, QRectF(room.left(), room.bottom() - below, room.width(), below), chart,
                 LIGHT)  # fmt: skip
    painter.end()
    return image


def _called(series: Series) -> str:
    return f"\u2068{series.name}\u2069 · {words.number(sum(series.counts))}"


def _scale(most: int) -> int:
    """The number at the top: round, and at least as high as the highest."""
    if most <= 4:
        return 4
    unit = 10.0 ** math.floor(math.log10(most))
    tops = (round(unit * step) for step in _STEPS)
    return next(top for top in tops if top >= most and top % 4 == 0)


def _grid(painter: QPainter, plot: QRectF, top: int, theme: Theme) -> None:
    font, right = fonts.ui(11, 450), Qt.AlignmentFlag.AlignRight
    for k in range(5):
        y = round(plot.bottom() - plot.height() * k / 4) + 0.5
        painter.setPen(QPen(theme.line2 if k else theme.field_line, 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        room = QRectF(plot.left() - LEFT, y - 9, LEFT - 8, 18)
        if k % 2 == 0:
            number = words.number(top * k // 4)
            paint.short_text(painter, room, number, font, theme.text3, right)


def _bars(painter: QPainter, plot: QRectF, chart: Chart, top: int, theme: Theme) -> None:
    step = plot.width() / max(1, len(chart.columns))
    gap = min(4.0, step / 4)
    wide, inks = step - gap, [colour(series, chart, theme) for series in chart.series]
    for at in range(len(chart.columns)):
        left, base = plot.left() + at * step + gap / 2, plot.bottom()
        for series, ink in zip(chart.series, inks, strict=True):
            if series.counts[at]:
                height = plot.height() * series.counts[at] / top
                seam = 1.0 if height > 3 and len(inks) > 1 else 0.0
                box = QRectF(left, base - height + seam, wide, max(1.0, height - seam))
                if step < 3:
                    painter.fillRect(box, ink)
                else:
                    paint.rounded(painter, box, min(2.0, wide / 4), ink)
                base -= height


def _line(
    painter: QPainter, plot: QRectF, chart: Chart, series: Series, top: int, theme: Theme
) -> None:
    step, ink = plot.width() / max(1, len(chart.columns)), colour(series, chart, theme)
    points = [
        QPointF(plot.left() + (at + 0.5) * step, plot.bottom() - plot.height() * count / top)
        for at, count in enumerate(series.counts)
    ]
    pen = QPen(ink, 2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    number = chart.series.index(series)
    every = max(1, math.ceil(len(points) / _MARKED))
    for at in range(number % every, len(points), every):
        _mark(painter, points[at], number, ink)


def _mark(painter: QPainter, at: QPointF, number: int, ink: QColor) -> None:
    """A shape for each line: a disc, a square, a triangle, a diamond, a ring."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if number % 5 == 0:
        painter.drawEllipse(at, 3.4, 3.4)
    elif number % 5 == 1:
        painter.drawRect(QRectF(at.x() - 3.2, at.y() - 3.2, 6.4, 6.4))
    elif number % 5 == 2:
        painter.drawPolygon(_shape(at, ((0, -4.4), (4.2, 3.2), (-4.2, 3.2))))
    elif number % 5 == 3:
        painter.drawPolygon(_shape(at, ((0, -4.6), (4.6, 0), (0, 4.6), (-4.6, 0))))
    else:
        painter.setPen(QPen(ink, 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 3.4, 3.4)


def _shape(at: QPointF, corners: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([at + QPointF(x, y) for x, y in corners])


def _dates(painter: QPainter, plot: QRectF, chart: Chart, theme: Theme) -> None:
    """The first and the last column, and others between where there is room."""
    count, font = len(chart.columns), fonts.ui(11, 450)
    if not count:
        return
    step, done = plot.width() / count, plot.left() - 1
    end = date_below(chart, count - 1)
    ending = plot.right() - (paint.width(end, font) if count > 1 else 0)
    for at in dated_columns(chart, math.ceil(_DATES / step)):
        text = date_below(chart, at)
        left, wide = plot.left() + at * step, paint.width(text, font)
        if left >= done and (count == 1 or left + wide < ending - 12):
            room = QRectF(left, plot.bottom() + 4, wide + 2, 18)
            paint.short_text(painter, room, text, font, theme.text3)
            done = left + wide + 12
    if count > 1:
        room = QRectF(ending - 2, plot.bottom() + 4, paint.width(end, font) + 2, 18)
        paint.short_text(painter, room, end, font, theme.text3, Qt.AlignmentFlag.AlignRight)


def date_below(chart: Chart, at: int) -> str:
    """When a column begins, with the year where the chart has several; months are said whole,
    hours by the clock."""
    first, last, hour = chart.columns[at]
    if (last - first).days > 6:
        return days.said(first, last)
    said, start, end = days.said(first, first), chart.columns[0].first, chart.columns[-1].last
    if start.year == end.year:
        said = said.removesuffix(f" {first.year}")
    if hour is None or (at < len(chart.columns) - 1 and not hour[0].hour):
        return said
    clock = f"{hour[0]:%H:%M}"
    return f"{said}, {clock}" if at == len(chart.columns) - 1 and start < end else clock


def dated_columns(chart: Chart, every: int) -> Sequence[int]:
    """The columns, but the last, that are dated where there is room for one in `every`; hours
    where the day begins, and every second, third, sixth or twelfth hour."""
    before = max(1, len(chart.columns) - 1)
    if chart.columns[0].hour is None:
        return range(0, before, max(1, every))
    step = next((hours for hours in (1, 2, 3, 6, 12) if hours >= every), 24)
    begun = [column.hour[0] for column in chart.columns[:before] if column.hour]
    found = [at for at, clock in enumerate(begun) if not at or clock.hour % step == 0]
    return found[:: max(1, math.ceil(every / 24))]
