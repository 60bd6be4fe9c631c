"""Questions that are worked in for a while, as large as a window."""

from PySide6.QtWidgets import QWidget

from reader.gui.views.dialogs.question import Question


class Workplace(Question):
    """Its fields have all the room, and its size is the user's affair."""

    def __init__(self, parent: QWidget | None, title: str, confirm: str) -> None:
        super().__init__(parent, title, confirm)
        self.column.setContentsMargins(24, 18, 24, 16)
        self.column.setSpacing(8)
        for part in range(self.column.count()):
            self.column.setStretch(part, 1 if part == 0 else 0)

    def _make_room(self) -> None:
        """Nothing: what is long scrolls."""
