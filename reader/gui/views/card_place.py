"""Where a card stands beside a word: seen whole, and never over the word."""

from PySide6.QtCore import QPoint, QRect, QSize

SHADOW = 8
"""Around the card, within its own size."""
_GAP = 7
"""Between the word and the card."""
_EDGE = 6


def stand(word: QRect, card: QSize, room: QSize) -> QPoint | None:
    """Where a card's corner goes so that it is seen whole and does not cover the word.

    None where there is no such place: it is too big.
    """
    furthest = QPoint(room.width() - card.width() - _EDGE, room.height() - card.height() - _EDGE)
    x = max(_EDGE, min(word.left() - 20, furthest.x()))
    below = word.bottom() + _GAP - SHADOW
    above = word.top() - _GAP + SHADOW - card.height()
    if below <= furthest.y():
        return QPoint(x, below)
    if above >= 0:
        return QPoint(x, above)
    y = max(0, min(word.center().y() - card.height() // 2, furthest.y()))
    right = word.right() + _GAP - SHADOW
    if right + card.width() <= room.width():
        return QPoint(right, y)
    left = word.left() - _GAP + SHADOW - card.width()
    return QPoint(left, y) if left >= 0 else None
