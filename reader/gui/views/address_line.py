"""Where a link under the pointer leads, at the lower edge of what is read, as browsers show it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_ROOM = 30
"""Pixels left free beside it."""


class AddressLine(QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self.setObjectName("address")
        self.hide()

    def say(self, address: str) -> None:
        """With its middle left out where it is too long; "" hides the line."""
        self.setVisible(bool(address))
        if not address:
            return
        room = self._below.width() - _ROOM
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(address, middle, room))
        self.adjustSize()
        self.move(0, self._below.height() - self.height())
        self.raise_()
