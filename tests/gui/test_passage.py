"""Passages in a few lines: in every script as many lines as there is room for."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.gui import fonts
from reader.gui.views.passage import Marked, paint_passage

_BLACK = QColor("black")


def painted(text: str, high: int) -> QImage:
    """Two lines of 13 pixels in a room so high."""
    image = QImage(300, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    marked = Marked(text, 0, 0, _BLACK, QColor("white"))
    paint_passage(painter, QRectF(0, 10, 300, high), marked, fonts.ui(13), _BLACK, 2)
    painter.end()
    return image


@pytest.mark.parametrize(
    "text",
    [
        "ships and cargo at the port ",
        "نفت شركة نقل أسلحة إلى ليبيا وقال مديرها ",
        "港湾当局は積み荷について避けた",
    ],
)
def test_the_second_line_is_whole_in_every_script(qapp: QApplication, text: str) -> None:
    assert painted(text * 6, 42) == painted(text * 6, 70)
    assert painted(text * 6, 20) != painted(text * 6, 70)
