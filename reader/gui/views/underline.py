"""The line below a mention: plain, or in a pattern for each type where lines alone tell them apart.

The seven types every library knows have one each; a type the user made up always gets the same.
"""

import zlib
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from reader.gui.models.highlights import Highlights
from reader.gui.theme import Theme
from reader.gui.views import paint

_WAVE, _RISE = 3.0, 1.3
"""Half a wave's length, and its height over the middle."""


class Pattern(Enum):
    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DOUBLE = "double"
    WAVY = "wavy"
    DASH_DOT = "dash and dot"
    LONG = "long dashes"


_OF_TYPE = {
    "person": Pattern.SOLID,
    "organisation": Pattern.DASHED,
    "place": Pattern.DOTTED,
    "weapon": Pattern.DOUBLE,
    "event": Pattern.WAVY,
    "topic": Pattern.DASH_DOT,
    "other": Pattern.LONG,
}
_DASHES = {
    Pattern.DASHED: [3.0, 2.0],
    Pattern.DOTTED: [0.1, 2.0],
    Pattern.DASH_DOT: [4.0, 2.2, 0.1, 2.2],
    Pattern.LONG: [7.0, 2.5],
}


def pattern(kind: str) -> Pattern:
    """Of an entity's type."""
    own = list(Pattern)[zlib.crc32(kind.encode()) % len(Pattern)]
    return _OF_TYPE.get(kind, own)


def drawn_for(kind: str, highlights: Highlights) -> Pattern:
    """The pattern below mentions of a type; beside a fill of its colour a plain line is calmer."""
    return pattern(kind) if highlights.patterned else Pattern.SOLID


def draw(painter: QPainter, box: QRectF, drawn: Pattern, colour: QColor) -> None:
    """Along the lower edge of a box, inside it; the painter's pen and brush are left changed."""
    left, right, base = box.left() + 2, box.right() - 2, box.bottom() - 1.2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(drawn, colour))
    if drawn is Pattern.WAVY:
        painter.drawPath(_wave(left, right, base - 0.4))
    elif drawn is Pattern.DOUBLE:
        for above in (0.5, 3.5):  # on whole pixels, else both would be grey
            y = box.bottom() - above
            painter.drawLine(QPointF(left, y), QPointF(right, y))
    else:
        painter.drawLine(QPointF(left, base), QPointF(right, base))


def _pen(drawn: Pattern, colour: QColor) -> QPen:
    thin = {Pattern.DOUBLE: 1.0, Pattern.WAVY: 1.2}
    pen = QPen(QBrush(colour), thin.get(drawn, 1.7))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if drawn in _DASHES:
        pen.setDashPattern(_DASHES[drawn])
    if drawn in (Pattern.DOTTED, Pattern.DASH_DOT):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _wave(left: float, right: float, middle: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, middle))
    x, up = left, -1
    while x < right:
        path.quadTo(x + _WAVE / 2, middle + 2 * _RISE * up, x + _WAVE, middle)
        x, up = x + _WAVE, -up
    return path


def swatch(kind: str, theme: Theme, ratio: float, highlights: Highlights) -> QPixmap:
    """How mentions of a type look, for a menu: 22 by 16 pixels; hollow where none is shown."""
    drawn = QPixmap(round(22 * ratio), round(16 * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0.5, 0.5, 21, 15)
    shown = highlights.shows(kind, 0)
    if not shown:
        paint.outlined(painter, box, 4, theme.field_line)
    if shown and highlights.filled:
        paint.rounded(painter, box, 4, theme.entity(kind).tint)
    if shown and highlights.underlined:
        draw(painter, box, drawn_for(kind, highlights), theme.entity(kind).rule)
    painter.end()
    return drawn
