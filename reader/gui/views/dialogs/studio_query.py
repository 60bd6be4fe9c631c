"""The search field of the window as it stands in a question: Return tries out, Esc leaves."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from reader.gui.views.search_box import SearchBox


class QueryBox(SearchBox):
    escaped = Signal()
    """There was nothing to close but the question itself."""
    confirmed = Signal()
    """Ctrl+Return: all of the question is as it should be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field.setAccessibleName("Search for")
        self.setFocusProxy(self.field)
        self.field.focus_changed.connect(self._leave)

    def _leave(self, here: bool) -> None:
        if not here:
            self.hint.hide()

    def _show_hint(self) -> None:
        """Only while one writes: else what lies under it is needed."""
        super()._show_hint()
        if not self.field.hasFocus():
            self.hint.hide()

    def _popup_key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
            return True
        return super()._popup_key(event)

    def _escape(self) -> None:
        """What is written stays: it is the user's work."""
        if self.hint.isVisible():
            self.hint.hide()
        else:
            self.escaped.emit()

    def _key_hint(self, painter: QPainter, box: QRectF) -> float:  # noqa: ARG002
        """The window's shortcut does not lead here."""
        return box.right() - 10 - (26 if self.clear_button.isVisible() else 0)
