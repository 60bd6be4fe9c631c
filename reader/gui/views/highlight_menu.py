"""The choice of what is highlighted: all or none, types, watchlists, and the style.

It stays open while one thing after the other is switched. Each type shows how its mentions look,
so the menu is also the legend.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from reader.gui.models.highlights import BOTH, FILL, UNDERLINE, Highlights
from reader.gui.theme import Theme
from reader.gui.views import underline
from reader.gui.views.entity_rows import heading

LABELS = {
    BOTH: "Colour and line", FILL: "Colour only",
    UNDERLINE: "Line only, in a pattern for each type",
}  # fmt: skip


class HighlightMenu(QMenu):
    """Deletes itself when it closes."""

    toggled = Signal()
    type_wanted = Signal(str, bool)
    list_wanted = Signal(str, bool)
    style_wanted = Signal(str)

    def __init__(
        self, shown: Highlights, types: Sequence[str], lists: Sequence[str], theme: Theme,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("What is highlighted")
        self._theme = theme
        self.all = self._switch("Highlight mentions", self.toggled.emit)
        self.all.setShortcut("H")
        self._title("Types")
        self.types = {
            kind: self._switch(heading(kind) or "No type", partial(self._type, kind))
            for kind in types
        }
        if len(lists) > 1 or shown.lists:
            self._title("Watchlists")
        listed = lists if len(lists) > 1 or shown.lists else ()
        self.lists = {name: self._switch(name, partial(self._list, name)) for name in listed}
        self._title("Style")
        styles = QActionGroup(self)
        self.styles = {
            style: self._switch(label, partial(self.style_wanted.emit, style))
            for style, label in LABELS.items()
        }
        for action in self.styles.values():
            styles.addAction(action)
        self.show_state(shown)

    def show_state(self, shown: Highlights) -> None:
        """After something was switched here or elsewhere."""
        ratio = self.devicePixelRatioF()
        self.all.setChecked(shown.on)
        for kind, action in self.types.items():
            action.setChecked(kind not in shown.types)
            action.setIcon(QIcon(underline.swatch(kind, self._theme, ratio, shown)))
        for name, action in self.lists.items():
            action.setChecked(name not in shown.lists)
        self.styles[shown.style].setChecked(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._press(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_H:
            self.all.trigger()
        elif event.key() not in keys or not self._press(self.activeAction()):
            super().keyPressEvent(event)

    def _press(self, action: QAction | None) -> bool:
        """Without closing, as Qt's own menus would."""
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True

    def _title(self, words: str) -> None:
        self.addSeparator()
        self.addAction(words).setEnabled(False)

    def _switch(self, label: str, do: Callable[[], object]) -> QAction:
        action = self.addAction(label.replace("&", "&&"))
        action.setCheckable(True)
        action.triggered.connect(lambda _on: do())
        return action

    def _type(self, kind: str) -> None:
        self.type_wanted.emit(kind, self.types[kind].isChecked())

    def _list(self, name: str) -> None:
        self.list_wanted.emit(name, self.lists[name].isChecked())
