"""What the lists of the panel on the right have in common: headings among rows, one beside each."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QWidget,
)


class PanelList(QListView):
    """Its first row is a heading; arrow keys go over headings."""

    def __init__(
        self, delegate: QStyledItemDelegate, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts below the first heading."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount() > 1:
            self.setCurrentIndex(self.rows.index(1, 0))
