"""What was said not to be meant in the article on show, each to be taken back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from reader.domain.article import Rejection
from reader.gui.words import number


class Rejections(QPushButton):
    """Hidden where nothing was rejected; a menu names what was."""

    wanted = Signal(int, str, str)
    """Entity, spelling and name of what may be meant again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Sequence[Rejection] = ()
        self.setProperty("kind", "quiet")
        self.setToolTip("Names that you said are not meant in this article")
        self.clicked.connect(lambda _on: self.open_menu(self))
        self.hide()

    @property
    def count(self) -> int:
        return len(self._found)

    def show_rejected(self, found: Sequence[Rejection]) -> None:
        self._found = found
        self.setText(f"{number(len(found))} rejected here…")
        self.setVisible(bool(found))

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._found:
            said = f"“{one.spelling}” may mean {one.entity} after all".replace("&", "&&")
            taken = partial(self.wanted.emit, one.entity_id, one.spelling, one.entity)
            menu.addAction(said, taken)
        return menu

    def open_menu(self, beside: QWidget) -> None:
        """At the button, or in the middle of what is on show while the button is not."""
        at = self.rect().topLeft() if self.isVisible() else beside.rect().center()
        shown = self if self.isVisible() else beside
        menu = self.menu()
        above = QPoint(0, menu.sizeHint().height()) if self.isVisible() else QPoint()
        menu.popup(shown.mapToGlobal(at - above))
