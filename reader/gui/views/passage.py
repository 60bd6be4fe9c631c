"""Paints a passage of an article in a few lines, with a place in it marked."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from reader.gui.words import leans_right, units

_CUT = "…"
_OVER = 3
"""How far high letters may stand over the box."""
_TAIL = 8
"""Letters that are shown behind the place, at least."""


class Marked(NamedTuple):
    """`text[start:end]` (code points) stands on `tint`, in `ink`."""

    text: str
    start: int
    end: int
    ink: QColor
    tint: QColor


def paint_passage(
    painter: QPainter, box: QRectF, marked: Marked, font: QFont, colour: QColor, lines: int
) -> None:
    """As many lines as there is room for, at most `lines`; what is left out is dots."""
    layout = _laid_out(marked, font, box.width())
    if layout.lineCount() > lines:
        room = layout.lineAt(lines - 1).textStart() + layout.lineAt(lines - 1).textLength() - 2
        layout = _laid_out(_cut(marked, room), font, box.width())
    painter.setPen(colour)
    painter.save()
    painter.setClipRect(box.adjusted(0, -_OVER, 0, _OVER), Qt.ClipOperation.IntersectClip)
    layout.draw(painter, box.topLeft())
    painter.restore()


def _cut(marked: Marked, room: int) -> Marked:
    """To about so many letters, those of the place among them."""
    text, start, end = marked.text, marked.start, marked.end
    if end > room - _TAIL:
        begin = text.find(" ", max(0, end - room + _TAIL), start) + 1 or start
        text, start, end = _CUT + text[begin:], start - begin + 1, end - begin + 1
    if len(text) > room:
        text = text[: max(end, room - 1)].rstrip() + _CUT
    return marked._replace(text=text, start=start, end=end)


def _laid_out(marked: Marked, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(marked.text.replace("\n", " "), font)
    option = QTextOption()
    if leans_right(marked.text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.setFormats([_format(marked)])
    layout.beginLayout()
    metrics, base = QFontMetricsF(font), 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # evenly, whatever the script: Arabic lines are higher than those that rows are made for
        line.setPosition(QPointF(0, base + metrics.ascent() - line.ascent()))
        base += metrics.height() + 1
    layout.endLayout()
    return layout


def _format(marked: Marked) -> QTextLayout.FormatRange:
    made, look = QTextLayout.FormatRange(), QTextCharFormat()
    look.setForeground(marked.ink)
    look.setBackground(marked.tint)
    look.setFontWeight(600)
    start, end = units(marked.text, marked.start), units(marked.text, marked.end)
    made.start, made.length = start, end - start
    made.format = look
    return made
