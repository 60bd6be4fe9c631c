"""Painting behind the words of an article: tints, rules, rings, hits, quotations, pictures.

Boxes are in coordinates of the document. A span has one box for each line it stands on, and more
where writing directions mix.
"""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)

from reader.gui import fonts, icons
from reader.gui.models.highlights import Highlights
from reader.gui.theme import EntityColours, Theme
from reader.gui.type_looks import contrast
from reader.gui.views import underline
from reader.gui.views.article_body import Picture
from reader.gui.views.article_look import MARGIN, Ground
from reader.gui.views.article_marks import CHIP, HIT, Mark
from reader.gui.views.stretches import stretches, turns, x_at

_ROOM_FOR_WORDS = 120
_SEEN = 3.0
"""Contrast of lines with their ground (WCAG AA)."""
_ABOVE, _BELOW, _BELOW_TURNING = 0.84, 0.29, 0.42
"""A box's height over and under the base line, in sizes of its letters."""


class Frame(NamedTuple):
    """Where a paragraph stands, and whether it needs the care of mixed directions."""

    x: float
    y: float
    turning: bool


def frame(document: QTextDocument, block: QTextBlock) -> Frame:
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    return Frame(corner.x(), corner.y(), turns(block.text()))


def boxes(block: QTextBlock, at: Frame, start: int, end: int) -> Iterator[QRectF]:
    """Where the words from `start` to `end`, as far as they stand in this paragraph, are seen."""
    layout, text = block.layout(), block.text()
    plain = len(text) == block.length() - 1  # every letter one unit
    first = max(0, start - block.position())
    last = min(block.length() - 1, end - block.position())
    size = letters_at(block, block.position() + first).font().pixelSize()
    above, below = size * _ABOVE, size * (_BELOW_TURNING if at.turning else _BELOW)
    line = layout.lineForTextPosition(first)
    while line.isValid() and line.textStart() < last:
        a = max(first, line.textStart())
        z = min(last, line.textStart() + line.textLength())
        while plain and z > a and text[z - 1].isspace():  # where a line is broken
            z -= 1
        base = at.y + line.y() + line.ascent()
        for left, right in stretches(line, a, z, turning=at.turning):
            top, bottom = round(base - above), round(base + below)  # rules stay sharp
            yield QRectF(at.x + left, top, right - left, bottom - top)
        if line.lineNumber() + 1 >= layout.lineCount():
            return
        line = layout.lineAt(line.lineNumber() + 1)


def letters_at(block: QTextBlock, position: int) -> QTextCharFormat:
    """The format of the letter at a place of the document that lies in the block."""
    step = block.begin()
    while not step.atEnd():
        piece = step.fragment()
        if piece.position() <= position < piece.position() + piece.length():
            return piece.charFormat()
        step += 1
    return block.charFormat()


def paint_mark(
    painter: QPainter, mark: Mark, box: QRectF, theme: Theme, highlights: Highlights,
    *, hit: bool = False,
) -> None:  # fmt: skip
    """`hit`: a query's hit is painted here as well, so of a mention only the line is added."""
    painter.setPen(Qt.PenStyle.NoPen)
    if mark.kind == HIT:
        painter.setBrush(theme.match)
        painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 3, 3)
    elif mark.kind == CHIP:
        painter.setBrush(theme.hover)
        painter.drawRoundedRect(box.adjusted(-7, -3, 7, 3), 6, 6)
    else:
        paint_mention(painter, mark.type, box.adjusted(-2, -1, 2, 1), theme, highlights, hit=hit)


def paint_mention(
    painter: QPainter, kind: str, box: QRectF, theme: Theme, highlights: Highlights,
    *, hit: bool,
) -> None:  # fmt: skip
    """A tint, a line or both behind words that name an entity of a type."""
    colours = theme.entity(kind)
    if highlights.filled and not hit:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        painter.drawRoundedRect(box, 4, 4)
    if highlights.underlined or hit:
        ink = line_on_hit(theme, colours) if hit else colours.rule
        underline.draw(painter, box, underline.drawn_for(kind, highlights), ink)


def line_on_hit(theme: Theme, colours: EntityColours) -> QColor:
    """A mention's line on the ground of hits: in its colour where that can be seen there."""
    return colours.ink if contrast(colours.ink, theme.match) >= _SEEN else theme.text


def paint_ring(painter: QPainter, mark: Mark, box: QRectF, theme: Theme) -> None:
    ink = theme.match_current if mark.kind == HIT else theme.entity(mark.type).ink
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(-2.5, -1.5, 2.5, 1.5), 4.5, 4.5)


def paint_ground(
    painter: QPainter, ground: Ground, box: QRectF, theme: Theme, *, rtl: bool
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if ground == Ground.QUOTE:
        left = box.right() - 3 if rtl else MARGIN
        painter.setBrush(theme.field_line)
        painter.drawRoundedRect(QRectF(left, box.top() + 5, 3, box.height() - 2), 1.5, 1.5)
    elif ground == Ground.CODE:
        painter.setBrush(theme.list)
        painter.drawRoundedRect(
            QRectF(MARGIN, box.top() - 8, box.right() - MARGIN, box.height() + 16), 7, 7
        )
    elif ground == Ground.RULE:
        middle = round(box.center().y()) + 0.5
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(QPointF(MARGIN, middle), QPointF(box.right(), middle))


def picture_box(block: QTextBlock, at: Frame, picture: Picture, right: float) -> QRectF:
    """Where a picture of the paragraph is, cut off at `right`; empty where it is not laid out."""
    offset = picture.position - block.position()
    line = block.layout().lineForTextPosition(offset)
    if not line.isValid():
        return QRectF()
    left = at.x + x_at(line, offset)
    base = at.y + line.y() + line.ascent()
    width = min(picture.width, right - left)
    return QRectF(left, base - picture.height, width, picture.height)


def paint_picture(painter: QPainter, box: QRectF, alt: str, theme: Theme, ratio: float) -> None:
    """A calm box in place of a picture that is not shown."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.list)
    painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 7, 7)
    if box.width() < _ROOM_FOR_WORDS:
        return
    icon = icons.pixmap("image-off", theme.text3, 17, ratio)
    painter.drawPixmap(QPointF(box.left() + 16, box.center().y() - 8.5), icon)
    painter.setFont(fonts.ui(12))
    painter.setPen(theme.text3)
    room = box.adjusted(44, 0, -14, 0)
    words = f"Image not shown: {alt}" if alt else "Image not shown"
    cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
