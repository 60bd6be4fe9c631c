"""A text that is too long for its place is cut where it ends."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from reader.gui import fonts
from reader.gui.views import paint

BOX = QRectF(4, 0, 90, 30)


def painted(text: str) -> list[int]:
    """How high the ink of each column is, from the first with any to the last."""
    image = QImage(110, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as a widget's painter has it
    paint.line_of_text(painter, BOX, text, fonts.ui(13), QColor("black"))
    painter.end()
    high = []
    for x in range(image.width()):
        ink = [y for y in range(30) if image.pixelColor(x, y).lightness() < 160]
        high.append(ink[-1] - ink[0] + 1 if ink else 0)
    columns = [x for x, rows in enumerate(high) if rows]
    return high[columns[0] : columns[-1] + 1]


@pytest.mark.parametrize("letter", ["l", "\u0627"])
def test_the_dots_stand_at_the_end_of_the_text(qtbot: QtBot, letter: str) -> None:
    columns = painted(letter * 80)
    if letter == "\u0627":  # read from the right
        columns.reverse()
    assert max(columns[:6]) > 5, "letters are high"
    assert max(columns[-6:]) <= 3, "dots are not"
