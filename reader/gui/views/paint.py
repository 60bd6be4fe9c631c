"""Small things that several views paint: chips, badges, marks, rounded boxes, single lines."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from reader.gui import fonts, icons, words
from reader.gui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@cache
def _badge_font() -> QFont:
    return fonts.ui(9, 700)


@cache
def chip_font() -> QFont:
    return fonts.ui(11, 500)


def rounded(painter: QPainter, box: QRectF, radius: float, fill: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, radius, radius)


def outlined(
    painter: QPainter, box: QRectF, radius: float, line: QColor, fill: QColor | None = None
) -> None:
    """A one pixel line, sharp on the pixel grid."""
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def line_of_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    """Elided to the box and centred in its height."""
    short = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    if short != text:  # the three dots are where the text ends, whichever way it runs
        short = f"\u2068{short}\u2069"
    short_text(painter, box, short, font, colour, align)


def short_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    """The same for a text that is known to fit."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, text)


def width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def badge(painter: QPainter, box: QRectF, name: str) -> None:
    """The coloured initial that stands for a source."""
    rounded(painter, box, 4, words.badge(name))
    painter.setFont(_badge_font())
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.initial(name))


def chip(
    painter: QPainter, box: QRectF, label: str, kind: str, theme: Theme, *, selected: bool = False
) -> None:
    """An entity's chip in the colours of its type, or a tag's (`kind` "") with a line around."""
    if kind:
        ink, tint, rule = theme.entity(kind)
        line = QColor(rule)
        line.setAlphaF(0.45)
        fill = theme.page if selected and not theme.dark else tint
    else:
        ink, line, fill = theme.text2, theme.field_line, QColor(Qt.GlobalColor.transparent)
    if selected or not kind:
        outlined(painter, box, 5, line, fill)
    else:
        rounded(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), 5, fill)
    short_text(painter, box, label, chip_font(), ink, Qt.AlignmentFlag.AlignHCenter)


def icon(
    painter: QPainter, place: QPointF, name: str, colour: QColor, size: int, *, fill: bool = False
) -> None:
    ratio = painter.device().devicePixelRatioF()
    draw = icons.filled if fill else icons.pixmap
    painter.drawPixmap(place, draw(name, colour, size, ratio))
