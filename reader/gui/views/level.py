"""Keeps the text of a one-line field at one height, whatever script it is in.

Qt centres a line of higher letters, and then takes its higher ascent away once more: a name in
Arabic stands five pixels above one in Latin letters.
"""

from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLineEdit


def keep_level(field: QLineEdit) -> None:
    """From now on. The field stays as high as it is."""
    field.textChanged.connect(lambda text: _level(field, text))
    _level(field, field.text())


def _level(field: QLineEdit, text: str) -> None:
    layout = QTextLayout(text, field.font())
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    higher = line.height() - field.fontMetrics().height() if line.isValid() else 0
    by = max(0, round(higher / 2))
    margins = field.textMargins()
    if margins.top() != by:
        field.setTextMargins(margins.left(), by, margins.right(), -by)
